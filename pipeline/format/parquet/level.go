package parquet

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// The hybrid of run-length encoding and bit packing in which levels, dictionary
// indices and booleans are written (Parquet format, Encodings.md, "RLE").

// A hybrid reads such a stream.
type hybrid struct {
	data  []byte
	width uint
	run   int // values left of a run of one value
	value uint32
	pack  int  // values left of a bit-packed run
	bit   uint // bits of data[0] that are used up
	ok    bool // no fault so far
}

func newHybrid(data []byte, width uint) hybrid {
	return hybrid{data: data, width: width, ok: width <= 32}
}

// indices is the stream of n dictionary indices; their width stands before them.
func indices(data []byte, n int) (h hybrid, err error) {
	switch {
	case n == 0:
		return h, nil
	case len(data) == 0 || data[0] > 32:
		return h, errPage
	}
	return newHybrid(data[1:], uint(data[0])), nil
}

// read fills dst and reports whether the stream held that many values.
func (h *hybrid) read(dst []uint32) bool {
	for len(dst) > 0 {
		if h.run == 0 && h.pack == 0 && !h.next() {
			return false
		}
		if n := min(h.run, len(dst)); n > 0 {
			fill(dst[:n], h.value)
			h.run -= n
			dst = dst[n:]
			continue
		}
		n := min(h.pack, len(dst))
		h.unpack(dst[:n])
		h.pack -= n
		dst = dst[n:]
		if h.pack == 0 && h.bit > 0 {
			h.data, h.bit = h.data[1:], 0
		}
	}
	return true
}

func fill(dst []uint32, v uint32) {
	for i := range dst {
		dst[i] = v
	}
}

// next reads the header of a run.
func (h *hybrid) next() bool {
	u, n := binary.Uvarint(h.data)
	if !h.ok || n <= 0 || u>>1 == 0 || u>>1 > 1<<31 {
		h.ok = false
		return false
	}
	rest := h.data[n:]
	if u&1 == 1 { // groups of eight bit-packed values
		have := uint64(len(rest)) * 8
		want := u >> 1 * 8
		if h.width > 0 && want*uint64(h.width) > have {
			// Some writers cut the last group short: what is there counts.
			want = have / uint64(h.width)
		}
		if want == 0 || want > 1<<31 {
			h.ok = false
			return false
		}
		h.data, h.pack, h.bit = rest, int(want), 0
		return true
	}
	size := int(h.width+7) / 8
	if len(rest) < size {
		h.ok = false
		return false
	}
	h.value = 0
	for i := range size {
		h.value |= uint32(rest[i]) << (8 * i)
	}
	h.data, h.run = rest[size:], int(u>>1)
	return true
}

// unpack fills dst, which the packed run has values for.
func (h *hybrid) unpack(dst []uint32) {
	if h.width == 0 {
		fill(dst, 0)
		return
	}
	data, bit, width := h.data, h.bit, h.width
	mask := uint64(1)<<width - 1
	i := 0
	// Eight bytes at once hold any value, where there are so many left.
	for ; i < len(dst) && int(bit/8) <= len(data)-8; i++ {
		dst[i] = uint32(binary.LittleEndian.Uint64(data[bit/8:]) >> (bit % 8) & mask)
		bit += width
	}
	for ; i < len(dst); i++ {
		var v uint64
		for j, c := range data[min(int(bit/8), len(data)):] {
			v |= uint64(c) << (8 * j)
		}
		dst[i] = uint32(v >> (bit % 8) & mask)
		bit += width
	}
	h.data, h.bit = data[bit/8:], bit%8
}

// tally reads n values and counts each in counts; false if the stream has fewer,
// or one that has no place there.
func (h *hybrid) tally(counts []int64, n int) bool {
	var block [1024]uint32
	for n > 0 {
		if h.run == 0 && h.pack == 0 && !h.next() {
			return false
		}
		if k := min(h.run, n); k > 0 {
			if uint64(h.value) >= uint64(len(counts)) {
				return false
			}
			counts[h.value] += int64(k)
			h.run -= k
			n -= k
			continue
		}
		part := block[:min(n, len(block), h.pack)]
		if !h.read(part) {
			return false
		}
		if !tally(counts, part) {
			return false
		}
		n -= len(part)
	}
	return true
}

// tally counts values; false if one has no place in counts.
func tally(counts []int64, values []uint32) bool {
	for _, v := range values {
		if uint64(v) >= uint64(len(counts)) {
			return false
		}
		counts[v]++
	}
	return true
}

// appendHybrid writes values of a width.
func appendHybrid(dst []byte, values []uint32, width uint) []byte {
	for len(values) > 0 {
		if n := runLength(values); n >= 8 || n == len(values) {
			dst = appendRun(dst, values[0], n, width)
			values = values[n:]
			continue
		}
		// Whole groups until a long run begins.
		n := 0
		for n < len(values) {
			if n > 0 && runLength(values[n:min(len(values), n+8)]) == 8 {
				break
			}
			n = min(n+8, len(values))
		}
		dst = binary.AppendUvarint(dst, uint64(n+7)/8<<1|1)
		dst = appendPacked(dst, values[:n], width)
		values = values[n:]
	}
	return dst
}

// appendRun writes a run of n times a value.
func appendRun(dst []byte, value uint32, n int, width uint) []byte {
	dst = binary.AppendUvarint(dst, uint64(n)<<1)
	for i := range int(width+7) / 8 {
		dst = append(dst, byte(value>>(8*i)))
	}
	return dst
}

// appendPacked writes groups of eight, the last one filled up with zeros.
func appendPacked(dst []byte, values []uint32, width uint) []byte {
	size := (len(values) + 7) / 8 * int(width)
	dst = slices.Grow(dst, size+8)
	out := dst[len(dst) : len(dst)+size+8]
	var acc uint64
	var have uint
	at := 0
	for _, v := range values {
		acc |= uint64(v) << have
		if have += width; have >= 32 {
			binary.LittleEndian.PutUint32(out[at:], uint32(acc))
			acc >>= 32
			have -= 32
			at += 4
		}
	}
	// What is left, and the zeros: groups of eight end with a byte.
	binary.LittleEndian.PutUint64(out[at:], acc)
	clear(out[min(at+8, size):size])
	return dst[:len(dst)+size]
}

func runLength(values []uint32) int {
	n := 1
	for n < len(values) && values[n] == values[0] {
		n++
	}
	return n
}

// levelWidth is the number of bits a level takes.
func levelWidth(highest int) uint { return uint(bits.Len(uint(highest))) }

// legacyLevels reads levels in the old BIT_PACKED encoding, most significant
// bit first, without a length before them.
func legacyLevels(dst []uint32, data []byte, width uint) bool {
	if uint64(len(dst))*uint64(width) > uint64(len(data))*8 {
		return false
	}
	bit := uint(0)
	for i := range dst {
		v := uint32(0)
		for range width {
			v = v<<1 | uint32(data[bit/8]>>(7-bit%8)&1)
			bit++
		}
		dst[i] = v
	}
	return true
}
