package parquet

import (
	"bytes"
	"hash/maphash"
	"slices"
)

// An interner numbers byte strings that differ, from 0 in the order in which they
// come.
type interner struct {
	seed  maphash.Seed
	slots []internSlot // a power of two of them, less than half of them in use
	ends  []int        // where each string ends in arena
	arena []byte
}

// An internSlot is empty if its number is 0; numbers are from 1 here.
type internSlot struct{ hash, number uint32 }

func newInterner() interner { return interner{seed: maphash.MakeSeed(), slots: make([]internSlot, 64)} }

// number returns the number of b, which is copied if it is new.
func (t *interner) number(b []byte) (n int32, fresh bool) {
	hash := uint32(maphash.Bytes(t.seed, b))
	mask := uint32(len(t.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.number == 0 {
			t.ends, t.arena = append(t.ends, len(t.arena)+len(b)), append(t.arena, b...)
			*s = internSlot{hash, uint32(len(t.ends))}
			if 2*len(t.ends) > len(t.slots) {
				t.grow()
			}
			return int32(len(t.ends) - 1), true
		}
		if s.hash == hash && bytes.Equal(t.of(int32(s.number-1)), b) {
			return int32(s.number - 1), false
		}
	}
}

// reserve makes room for n more strings of so many bytes.
func (t *interner) reserve(n, size int) {
	t.ends, t.arena = slices.Grow(t.ends, n), slices.Grow(t.arena, size)
	for 2*(len(t.ends)+n) > len(t.slots) {
		t.grow()
	}
}

// of returns string n.
func (t *interner) of(n int32) []byte {
	if n == 0 {
		return t.arena[:t.ends[0]]
	}
	return t.arena[t.ends[n-1]:t.ends[n]]
}

func (t *interner) len() int { return len(t.ends) }

func (t *interner) grow() {
	old := t.slots
	t.slots = make([]internSlot, 2*len(old))
	mask := uint32(len(t.slots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		i := s.hash & mask
		for t.slots[i].number != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = s
	}
}
