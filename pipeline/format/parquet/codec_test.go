package parquet

import (
	"bytes"
	"testing"
)

func TestCodecs(t *testing.T) {
	random := make([]byte, 5000)
	for i := range random {
		random[i] = byte(i * i >> 3)
	}
	inputs := map[string][]byte{"empty": {}, "byte": {7}, "random": random, "zeros": make([]byte, 3<<20)}
	for codec := range int64(len(codecNames)) {
		if codec == codecLZO {
			continue
		}
		for name, in := range inputs {
			t.Run(codecName(codec)+"/"+name, func(t *testing.T) {
				packed, err := compressPage(codec, nil, in)
				if err != nil {
					t.Fatal(err)
				}
				packed = bytes.Clone(packed)
				for _, buf := range [][]byte{nil, make([]byte, 10000)} {
					out, err := decompress(codec, buf, packed, len(in))
					if err != nil || !bytes.Equal(out, in) {
						t.Fatalf("%d bytes, %v", len(out), err)
					}
				}
				for _, size := range []int{len(in) + 1, len(in) - 1, len(in)*2 + 100, maxPage, maxPage + 1, -1} {
					if out, err := decompress(codec, nil, packed, size); err == nil {
						t.Errorf("size %d: %d bytes", size, len(out))
					}
				}
				if _, err := decompress(codec, nil, packed[:len(packed)/2], len(in)); err == nil && len(in) > 0 {
					t.Error("half of it was accepted")
				}
			})
		}
	}
	if _, err := decompress(codecLZO, nil, []byte{1}, 1); err == nil {
		t.Error("LZO was accepted")
	}
}
