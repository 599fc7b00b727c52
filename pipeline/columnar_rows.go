package pipeline

import (
	"context"
	"iter"

	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// blockRows is how many rows of a Parquet file are shown to a watch at a time.
const blockRows = 1024

// watch shows the file to a watch row by row: as blocks in which each value is a
// cell and each row ends with a line feed. It counts what is found in them.
func (s *columnSearch) watch(ctx context.Context, t *tally) error {
	rows := &rowParser{s: s}
	w := newWorker(workConfig{pl: s.p.plan, columns: s.judged.fields, byField: s.p.cfg.ByField, lines: true},
		func() format.Parser { return rows })
	w.setWatch(s.p.cfg.Watch(s.path))
	b := newBatch(0)
	for group, rg := range s.f.RowGroups() {
		cursors := make([]*cursor, len(s.columns))
		for i := range cursors {
			cursors[i] = s.cursor(ctx, group, i)
		}
		err := func() error {
			defer func() {
				for _, c := range cursors {
					c.stop()
				}
			}()
			for row := int64(0); row < rg.Rows; row += blockRows {
				b.reset(0)
				if err := rows.fill(b, cursors, row, min(row+blockRows, rg.Rows)); err != nil {
					return err
				}
				w.do(b)
				if b.err != nil {
					return b.err
				}
				t.add(b)
				rows.line += b.lines
			}
			return nil
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

// A cursor goes through the slots of a chunk.
type cursor struct {
	next func() (*parquet.Values, bool)
	stop func()
	v    *parquet.Values
	slot int
	err  error
}

func (s *columnSearch) cursor(ctx context.Context, group, i int) *cursor {
	c := &cursor{}
	c.next, c.stop = iter.Pull(func(yield func(*parquet.Values) bool) {
		err := s.f.Values(ctx, group, i, s.columns[i].form, func(v *parquet.Values) error {
			if !yield(v) {
				return errEnough
			}
			return nil
		})
		c.err = err
	})
	c.advance()
	return c
}

// advance makes v the next values that are not used up; nil if there are none.
func (c *cursor) advance() {
	for c.v == nil || c.slot == len(c.v.Index) {
		v, ok := c.next()
		if c.v, c.slot = v, 0; !ok {
			c.v = nil
			return
		}
	}
}

// A rowParser gives rows that have been read as the cells of a block.
type rowParser struct {
	s     *columnSearch
	cells []format.Cell
	line  int64
}

// fill sets the rows from first up to end into b.
func (p *rowParser) fill(b *batch, cursors []*cursor, first, end int64) error {
	p.cells = p.cells[:0]
	for row := first; row < end; row++ {
		was := len(p.cells)
		for i, c := range cursors {
			for c.v != nil && c.v.Rows[c.slot] == row {
				if e := c.v.Index[c.slot]; e >= 0 {
					p.add(b, i, c.v.Text[e])
				}
				c.slot++
				c.advance()
			}
			if c.err != nil {
				return c.err
			}
		}
		if len(p.cells) == was { // a row without values is a row
			p.add(b, 0, nil)
		}
		b.data[len(b.data)-1] = '\n'
	}
	b.body, b.line = span{0, len(b.data)}, p.line
	return nil
}

// add appends a value of column i. Values must not touch each other.
func (p *rowParser) add(b *batch, i int, value []byte) {
	c := format.Cell{Start: int32(len(b.data)), Field: int32(i)}
	if !p.s.columns[i].search {
		c.Flags = format.Inert
	}
	b.data = append(append(b.data, value...), '\x1f')
	c.End = int32(len(b.data) - 1)
	p.cells = append(p.cells, c)
}

// Cells appends the cells of the rows that were read last.
func (p *rowParser) Cells(dst []format.Cell, _ []byte) []format.Cell { return append(dst, p.cells...) }

// Field returns the path of a column.
func (p *rowParser) Field(i int32) string { return p.s.columns[i].field.name }

// Decode is not asked for: no cell is escaped.
func (p *rowParser) Decode(dst []byte, at []int32, _ []byte, _ format.Cell) ([]byte, []int32) {
	return dst, at
}

// Splice is not asked for: nothing is written.
func (p *rowParser) Splice(dst, _ []byte, _, _ int, _ format.Cell, _ []format.Edit) []byte {
	return dst
}

// Record is not asked for: no record is dropped.
func (p *rowParser) Record([]byte, int) (start, end int) { return 0, 0 }
