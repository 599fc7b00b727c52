package pipeline

import (
	"bytes"
	"os"
	"strconv"
)

// Sizes of batches in bytes. On cores with 1 and 2 MiB of second cache, what a
// byte costs is the same, within 3 %, for batches from an eighth to all of it;
// smaller ones cost more (a tenth for 32 KiB), larger ones only memory.
const (
	minTunedBatch = 128 << 10
	maxTunedBatch = 512 << 10
	// plainBatch is for machines that do not tell.
	plainBatch = 256 << 10
)

// DefaultBatchSize is the size of a batch, in bytes, where Config leaves it to us:
// an eighth of this machine's second cache, so that a batch, its bitmaps and its
// output stay in it.
func DefaultBatchSize() int {
	b, err := os.ReadFile("/sys/devices/system/cpu/cpu0/cache/index2/size") // Linux, Documentation/ABI/testing/sysfs-devices-system-cpu
	if err != nil {
		return plainBatch
	}
	return tunedBatch(b)
}

// tunedBatch returns the size for a second cache that sysfs describes as "1024K".
func tunedBatch(cache []byte) int {
	kib, ok := bytes.CutSuffix(bytes.TrimSpace(cache), []byte("K"))
	n, err := strconv.Atoi(string(kib))
	if !ok || err != nil || n <= 0 {
		return plainBatch
	}
	size := minTunedBatch
	for size < maxTunedBatch && 2*size <= n<<10/8 {
		size *= 2
	}
	return size
}
