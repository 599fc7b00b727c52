package parquet

import "context"

// A pair is a dictionary entry in rows of one variant.
type pair struct {
	entry   uint32
	variant int32
}

// An expansion is a dictionary that is to have an entry for each pair that occurs.
// Entries that no row has are left behind.
type expansion struct {
	pairs   []pair
	numbers map[pair]uint32
}

// expansion collects the pairs of a chunk's dictionary, nil if it has none.
func (p *part) collect(ctx context.Context, f *File) error {
	return f.Values(ctx, p.group, p.column, FormText, func(v *Values) error {
		if !v.Dict {
			return nil
		}
		if p.expand == nil {
			p.expand = &expansion{numbers: map[pair]uint32{}}
		}
		for i, k := range v.Index {
			if k < 0 {
				continue
			}
			x := pair{uint32(k), p.variants[v.Rows[i]]}
			if _, ok := p.expand.numbers[x]; !ok {
				p.expand.numbers[x] = uint32(len(p.expand.pairs))
				p.expand.pairs = append(p.expand.pairs, x)
			}
		}
		return nil
	})
}

// of returns the value and the variant of each pair.
func (x *expansion) of(values [][]byte) (all [][]byte, variants []int32) {
	for _, p := range x.pairs {
		all, variants = append(all, values[p.entry]), append(variants, p.variant)
	}
	return all, variants
}

// classes returns those of a dictionary's n entries, from those of the pairs.
func (x *expansion) classes(d *Dictionary, n int) []int32 {
	if d.Classes == nil {
		return nil
	}
	classes := make([]int32, n)
	for i, p := range x.pairs {
		classes[p.entry] = d.Classes[i]
	}
	return classes
}

// number puts the numbers of pairs in the place of entries; false if one has none.
func (x *expansion) number(entries []uint32, variants []int32) bool {
	for i, v := range entries {
		n, ok := x.numbers[pair{v, variants[i]}]
		if !ok {
			return false
		}
		entries[i] = n
	}
	return true
}

// variantsOf returns the variant of each of the n values of the page.
func (h *hand) variantsOf(b *body, n int) ([]int32, error) {
	p, l := &h.page, h.leaf
	reps, err := p.levels(b.reps, b.legacyReps, l.MaxRep)
	if err != nil {
		return nil, err
	}
	defs, err := p.levels(b.defs, b.legacyDefs, l.MaxDef)
	if err != nil {
		return nil, err
	}
	variants := make([]int32, 0, n)
	var rep, def [1024]uint32
	for left := p.slots; left > 0; {
		part := min(left, len(rep))
		if err := reps.read(rep[:part]); err != nil {
			return nil, err
		}
		if err := defs.read(def[:part]); err != nil {
			return nil, err
		}
		for i := range part {
			if rep[i] == 0 {
				h.row++
			}
			if h.row < 0 || h.row >= int64(len(h.variants)) {
				return nil, errCounts
			}
			if def[i] == uint32(l.MaxDef) {
				variants = append(variants, h.variants[h.row])
			}
		}
		left -= part
	}
	return variants, nil
}
