package parquet

// levels returns a reader over one kind of levels of the page.
func (p *page) levels(data []byte, legacy bool, highest int) (levelReader, error) {
	if p.slots == 0 {
		return levelReader{none: true}, nil
	}
	width := levelWidth(highest)
	if legacy {
		all := make([]uint32, p.slots)
		if !legacyLevels(all, data, width) {
			return levelReader{}, errPage
		}
		return levelReader{all: all}, nil
	}
	if p.kind == pageData && highest > 0 {
		data = data[4:]
	}
	return levelReader{h: newHybrid(data, width), none: highest == 0}, nil
}

// A levelReader reads levels in order.
type levelReader struct {
	h    hybrid
	all  []uint32
	none bool // all are 0, and nothing is stored
}

func (r *levelReader) read(dst []uint32) error {
	switch {
	case r.none:
		clear(dst)
	case r.all != nil:
		if copy(dst, r.all) < len(dst) {
			return errPage
		}
		r.all = r.all[len(dst):]
	default:
		if !r.h.read(dst) {
			return errPage
		}
	}
	return nil
}

// run takes up to n levels off the front, if they are a run of one value; 0 if
// it is not known to be one.
func (r *levelReader) run(n int) (value uint32, length int) {
	if r.none {
		return 0, n
	}
	if r.all != nil || r.h.run == 0 && (r.h.pack > 0 || !r.h.next()) {
		return 0, 0
	}
	length = min(n, r.h.run)
	r.h.run -= length
	return r.h.value, length
}

// count returns how many of the next n levels are want; none may be above highest.
func (r *levelReader) count(n int, want, highest uint32) (hits int, err error) {
	var block [1024]uint32
	for n > 0 {
		if v, k := r.run(n); k > 0 {
			if v > highest {
				return 0, errPage
			}
			if v == want {
				hits += k
			}
			n -= k
			continue
		}
		part := block[:min(n, len(block))]
		if err := r.read(part); err != nil {
			return 0, err
		}
		for _, v := range part {
			if v > highest {
				return 0, errPage
			}
			if v == want {
				hits++
			}
		}
		n -= len(part)
	}
	return hits, nil
}

// present counts the slots of a page that hold a value.
func (p *page) present(b *body, l *leaf) (int, error) {
	r, err := p.levels(b.defs, b.legacyDefs, l.MaxDef)
	if err != nil {
		return 0, err
	}
	return r.count(p.slots, uint32(l.MaxDef), uint32(l.MaxDef))
}

// begun counts the rows that begin in a page.
func (p *page) begun(b *body, l *leaf) (int, error) {
	r, err := p.levels(b.reps, b.legacyReps, l.MaxRep)
	if err != nil {
		return 0, err
	}
	return r.count(p.slots, 0, uint32(l.MaxRep))
}
