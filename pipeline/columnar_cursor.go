package pipeline

import (
	"context"
	"iter"
	"sort"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// A cursor goes through the chunks of a column, some slots at a time.
//
//	0 ≤ slot ≤ end ≤ len(v.Index)
type cursor struct {
	i      int // of the column
	column *column
	next   func() (*parquet.Values, bool)
	stop   func()
	err    error // why next ended

	v         *parquet.Values // at hand; nil at the end of a chunk
	slot, end int             // next to be shown, and where what was searched ends
	// v.Text[from:to] were searched last, where it is no dictionary.
	from, to int

	dict  vocabulary
	begun bool // the chunk's dictionary is in it
	plain Values
	fresh bool                    // plain has not been shown
	kinds [detect.MaxKinds]uint64 // that have been told of
}

func newCursor(i int, c *column) *cursor {
	k := &cursor{i: i, column: c}
	for _, v := range []*Values{&k.dict.Values, &k.plain} {
		v.Name, v.Show, v.field = c.field.name, c.field.show, int32(i)
		if c.search {
			v.entries = new(entries)
		}
	}
	return k
}

// open goes to the chunk of a row group.
func (c *cursor) open(ctx context.Context, g rowGroup) {
	c.v, c.slot, c.end, c.err, c.begun = nil, 0, 0, nil, false
	c.next, c.stop = iter.Pull(func(yield func(*parquet.Values) bool) {
		c.err = g.Values(ctx, c.i, c.column.form, func(v *parquet.Values) error {
			if !yield(v) {
				return errEnough
			}
			return nil
		})
	})
}

// fill takes the next slots when the last have been shown, and searches their
// values, those of a dictionary once. It returns false at the end of the chunk.
func (c *cursor) fill(w *watching) (bool, error) {
	for c.slot == c.end {
		if c.v == nil || c.end == len(c.v.Index) {
			v, ok := c.next()
			if !ok {
				c.v, c.slot, c.end = nil, 0, 0
				return false, c.err
			}
			c.v, c.slot, c.end, c.from, c.to = v, 0, 0, 0, 0
		}
		if !c.v.Dict {
			c.piece(w)
			continue
		}
		if c.end = len(c.v.Index); c.end > 0 && !c.begun {
			c.begun = true
			c.dict.learn(w, c.column, c.v.Text, &c.kinds)
		}
	}
	return true, nil
}

// piece searches so many of the values that follow as are searched together. The
// slots up to the first value behind them can be shown then.
func (c *cursor) piece(w *watching) {
	w.number++
	c.plain.Number, c.fresh = w.number, true
	if !c.column.search {
		c.plain.texts, c.end = c.v.Text, len(c.v.Index)
		return
	}
	c.from = c.to
	c.to += together(c.v.Text[c.from:])
	c.plain.entries.search(w.worker, c.column.field.says, c.v.Text[c.from:c.to])
	if c.to == len(c.v.Text) && c.from == 0 {
		c.end = len(c.v.Index)
		return
	}
	for c.end < len(c.v.Index) && int(c.v.Index[c.end]) < c.to {
		if c.v.Index[c.end] >= 0 {
			c.v.Index[c.end] -= int32(c.from)
		}
		c.end++
	}
}

// row is that of the next slot.
func (c *cursor) row() int64 { return c.v.Rows[c.slot] }

// limit is the row up to which the slots at hand go, which begin at row. The last
// row of a list may go on in the slots to come, and waits for them, unless it is the
// only one.
func (c *cursor) limit(row int64) int64 {
	last := c.v.Rows[c.end-1]
	if c.column.many && last > row {
		return last
	}
	return last + 1
}

// take gives s the slots of the rows from begin to end. It returns true when the
// values of these are new, and no dictionary.
func (c *cursor) take(s *Slots, begin, end int64) bool {
	*s = Slots{Values: &c.plain}
	if c.v == nil {
		return false
	}
	from := c.slot
	if c.column.many {
		c.slot += sort.Search(c.end-from, func(i int) bool { return c.v.Rows[from+i] >= end })
		s.rows, s.first = c.v.Rows[from:c.slot], begin
	} else {
		c.slot += max(min(int(end-c.row()), c.end-from), 0)
	}
	s.Index = c.v.Index[from:c.slot]
	if !c.v.Dict {
		fresh := c.fresh
		c.fresh = false
		return fresh
	}
	s.Values = &c.dict.Values
	c.dict.count(s.Index)
	return false
}
