package aggregate

import "sync"

// people bounds how many records of a person count. It keeps a keyed hash and a
// count for each person, so its memory (about 20 bytes each) grows with their
// number and not with the records: a sketch in its place would let one person's
// records decide whether another's are counted, and that no bound holds.
type people struct {
	most   uint32
	shards [64]struct {
		sync.Mutex
		seen map[uint64]uint32
	}
}

func newPeople(most int) *people {
	p := &people{most: uint32(most)}
	for i := range p.shards {
		p.shards[i].seen = map[uint64]uint32{}
	}
	return p
}

// admit says whether one more record of a person counts. Records that name no
// person are those of one person together.
func (p *people) admit(hash uint64) bool {
	s := &p.shards[hash%64]
	s.Lock()
	defer s.Unlock()
	n := s.seen[hash]
	if n >= p.most {
		return false
	}
	s.seen[hash] = n + 1
	return true
}
