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
	pairs  []pair
	number map[pair]uint32
}

// begin makes ready for a chunk. If its rows are of several variants, the pairs of
// its dictionary are collected by reading it once more.
func (ch *changer) begin(r *rewriter, group int) error {
	ch.dict, ch.places, ch.encodings, ch.library = false, nil, nil, library{}
	ch.expand, ch.row = nil, -1
	rows, _ := r.groups[group].integer(groupNumRows)
	var err error
	if ch.variants, err = ch.editor.Variants(r.ctx, group, rows); err != nil || ch.variants == nil {
		return err
	}
	return ch.collect(r.ctx, r.File, group)
}

// collect finds the pairs of the chunk's dictionary, if it has one.
func (ch *changer) collect(ctx context.Context, f *File, group int) error {
	return f.Values(ctx, group, ch.leaf.Index, FormText, func(v *Values) error {
		if !v.Dict {
			return nil
		}
		if ch.expand == nil {
			ch.expand = &expansion{number: map[pair]uint32{}}
		}
		for i, k := range v.Index {
			if k < 0 {
				continue
			}
			p := pair{uint32(k), ch.variants[v.Rows[i]]}
			if _, ok := ch.expand.number[p]; !ok {
				ch.expand.number[p] = uint32(len(ch.expand.pairs))
				ch.expand.pairs = append(ch.expand.pairs, p)
			}
		}
		return nil
	})
}

// rows returns the row of each of the n values of a page.
func (ch *changer) rows(p *page, b *body, n int) ([]int64, error) {
	reps, err := p.levels(b.reps, b.legacyReps, ch.leaf.MaxRep)
	if err != nil {
		return nil, err
	}
	defs, err := p.levels(b.defs, b.legacyDefs, ch.leaf.MaxDef)
	if err != nil {
		return nil, err
	}
	rows := make([]int64, 0, n)
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
				ch.row++
			}
			if ch.row < 0 || ch.row >= int64(len(ch.variants)) {
				return nil, errCounts
			}
			if def[i] == uint32(ch.leaf.MaxDef) {
				rows = append(rows, ch.row)
			}
		}
		left -= part
	}
	return rows, nil
}
