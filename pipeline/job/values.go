package job

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"slices"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

// A valueSet holds what is searched for: hashes of values, in lower case, in each
// spelling that was found and in the canonical one.
//
// A search looks at every place of a text: the first eight (or four) bytes there
// are looked up in a bitmap, which most places are not in; then in a table of the
// lengths of values that begin so; then the hash of as many bytes in the set.
type valueSet struct {
	most   int
	full   bool
	seed   maphash.Seed
	byHash map[uint64]value
	long   prefixes // first eight bytes
	short  prefixes // first four
	fold   []byte
	folded []byte
}

// A value is what is known of one that was found.
type value struct {
	kind   detect.Kind
	rank   detect.Rank
	before int64 // line in the input
}

// leastValue is the length of the shortest values that are searched for: shorter
// ones stand everywhere.
const leastValue = 4

type prefixes struct {
	bits    []uint64 // by hash of the prefix
	lengths map[uint64][]uint16
}

const prefixBits = 22

func newPrefixes() prefixes {
	return prefixes{make([]uint64, 1<<(prefixBits-6)), map[uint64][]uint16{}}
}

// slot spreads a prefix (multiplicative hashing).
func slot(p uint64) uint64 { return p * 0x9e3779b97f4a7c15 >> (64 - prefixBits) }

func (p *prefixes) add(prefix uint64, length int) {
	i := slot(prefix)
	p.bits[i>>6] |= 1 << (i & 63)
	list := p.lengths[prefix]
	if !slices.Contains(list, uint16(length)) {
		p.lengths[prefix] = append(list, uint16(length))
	}
}

func (p *prefixes) has(prefix uint64) bool {
	i := slot(prefix)
	return p.bits[i>>6]>>(i&63)&1 != 0
}

func newValueSet(most int) *valueSet {
	return &valueSet{most: most, seed: maphash.MakeSeed(), byHash: map[uint64]value{}}
}

// addAll adds the values of a block that the policy removes, but those of which
// same says that the same stands for them.
func (s *valueSet) addAll(b *pipeline.Block, same []bool) {
	line, at := b.Line, 0
	for i := range b.Hits {
		h := &b.Hits[i]
		if h.Keep || h.Coarse || same != nil && same[i] {
			continue
		}
		if h.Start > at {
			line += int64(bytes.Count(b.Data[at:h.Start], []byte{'\n'}))
			at = h.Start
		}
		v := value{h.Kind, h.Rank, line}
		s.add(h.Value, v)
		s.fold = detect.AppendCanonical(s.fold[:0], h.Kind, h.Value)
		s.add(s.fold, v)
	}
}

func (s *valueSet) add(b []byte, v value) {
	if len(b) < leastValue || len(b) > 1<<15 {
		return
	}
	s.folded = lower(s.folded[:0], b)
	h := maphash.Bytes(s.seed, s.folded)
	if old, ok := s.byHash[h]; ok {
		if v.rank < old.rank {
			s.byHash[h] = v
		}
		return
	}
	if len(s.byHash) >= s.most {
		s.full = true
		return
	}
	if s.long.bits == nil {
		s.long, s.short = newPrefixes(), newPrefixes()
	}
	s.byHash[h] = v
	if len(b) >= 8 {
		s.long.add(binary.LittleEndian.Uint64(s.folded), len(b))
	} else {
		s.short.add(uint64(binary.LittleEndian.Uint32(s.folded)), len(b))
	}
}

// search calls found for every place of text where a value stands that is not a
// part of a longer word or number.
func (s *valueSet) search(text []byte, found func(start, end int, v value)) {
	if len(s.byHash) == 0 {
		return
	}
	s.folded = lower(s.folded[:0], text)
	t := s.folded
	for i := 0; i+leastValue <= len(t); i++ {
		if i+8 <= len(t) {
			if p := binary.LittleEndian.Uint64(t[i:]); s.long.has(p) {
				s.try(t, i, s.long.lengths[p], found)
			}
		}
		if p := uint64(binary.LittleEndian.Uint32(t[i:])); s.short.has(p) {
			s.try(t, i, s.short.lengths[p], found)
		}
	}
}

func (s *valueSet) try(t []byte, i int, lengths []uint16, found func(start, end int, v value)) {
	if i > 0 && wordByte(t[i]) && wordByte(t[i-1]) {
		return
	}
	for _, n := range lengths {
		end := i + int(n)
		if end > len(t) || end < len(t) && wordByte(t[end]) && wordByte(t[end-1]) || inNumber(t, i, end) {
			continue
		}
		if v, ok := s.byHash[maphash.Bytes(s.seed, t[i:end])]; ok {
			found(i, end, v)
		}
	}
}

// inNumber says whether t[i:end] goes on, before or behind, with a dot and a
// digit: as four of the numbers of an object identifier do.
func inNumber(t []byte, i, end int) bool {
	digit := func(at int) bool { return at >= 0 && at < len(t) && t[at]-'0' < 10 }
	return digit(end-1) && digit(end+1) && t[end] == '.' || digit(i) && digit(i-2) && t[i-1] == '.'
}

// lower appends b to dst with ASCII letters in lower case.
func lower(dst, b []byte) []byte {
	dst = append(dst, b...)
	out := dst[len(dst)-len(b):]
	for i, c := range out {
		if c-'A' < 26 {
			out[i] = c | 0x20
		}
	}
	return dst
}

func wordByte(c byte) bool {
	return c|0x20-'a' < 26 && c >= 'A' || c-'0' < 10 || c >= 0x80
}
