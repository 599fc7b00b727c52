package pipeline

import "testing"

func TestTunedBatch(t *testing.T) {
	for cache, want := range map[string]int{
		"256K\n": 128 << 10, "512K": 128 << 10, "1024K\n": 128 << 10, "1280K": 128 << 10, "2048K\n": 256 << 10,
		"4096K": 512 << 10, "65536K": 512 << 10, "": plainBatch, "K": plainBatch, "-1K": plainBatch, "2M": plainBatch,
	} {
		if got := tunedBatch([]byte(cache)); got != want {
			t.Errorf("%q: %d KiB, want %d", cache, got>>10, want>>10)
		}
	}
	if n := DefaultBatchSize(); n < minTunedBatch || n > maxTunedBatch {
		t.Errorf("this machine has %d", n)
	}
}
