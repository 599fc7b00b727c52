package parquet

import (
	"bytes"
	"slices"
	"testing"
)

// FuzzRecord: what is parsed is written back, and parses to the same again.
func FuzzRecord(f *testing.F) {
	f.Add([]byte{0})
	f.Add([]byte("\x15\x02\x19\x1c\x15\x04\x00\x18\x03abc\x11\x00"))
	f.Add([]byte("\x1b\x01\x85\x02\x01a\x00"))
	for _, s := range samples() {
		s.rows, s.groups = 5, 1
		data := s.generate(f)
		n := int(data[len(data)-8]) | int(data[len(data)-7])<<8
		f.Add(data[len(data)-8-n : len(data)-8])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, n, err := parseRecord(b)
		if err != nil {
			return
		}
		out := r.append(nil)
		if again, k, err := parseRecord(out); err != nil || k != len(out) || !slices.EqualFunc(r, again, func(a, b wireField) bool {
			return a.id == b.id && a.typ == b.typ && bytes.Equal(a.raw, b.raw)
		}) {
			t.Errorf("%x is written as %x", b[:n], out)
		}
		for _, g := range r {
			r.integer(g.id)
			r.binary(g.id)
			r.record(g.id)
			if _, elems, err := parseList(g.raw); err == nil && g.typ == wireList {
				if out := appendList(nil, g.raw[0]&15, elems); len(out) > len(g.raw) {
					t.Errorf("list %x is written as %x", g.raw, out)
				}
			}
		}
	})
}

// FuzzFile: no file makes the package panic or read beyond what there is.
func FuzzFile(f *testing.F) {
	for _, s := range samples() {
		s.rows, s.groups = 5, 1
		f.Add(s.generate(f))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 1<<16 {
			checkFault(t, use(data, FormText))
		}
	})
}

// FuzzHybrid: levels and indices come back as they were written.
func FuzzHybrid(f *testing.F) {
	f.Add([]byte{1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 2}, uint8(2))
	f.Add(bytes.Repeat([]byte{3, 0}, 20), uint8(7))
	f.Fuzz(func(t *testing.T, b []byte, width uint8) {
		w := uint(width % 33)
		values := make([]uint32, len(b))
		for i, c := range b {
			values[i] = uint32(uint64(c) * 0x01010101 & (1<<w - 1))
		}
		h := newHybrid(appendHybrid(nil, values, w), w)
		back := make([]uint32, len(b))
		for rest := back; len(rest) > 0; {
			n := min(len(rest), 1+len(b)%7)
			if !h.read(rest[:n]) {
				t.Fatal("the stream is too short")
			}
			rest = rest[n:]
		}
		if !slices.Equal(values, back) {
			t.Errorf("width %d: %v became %v", w, values, back)
		}
		h = newHybrid(b, w)
		h.read(back)
	})
}
