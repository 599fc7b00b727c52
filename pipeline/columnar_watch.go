package pipeline

import (
	"context"
	"iter"
	"sort"

	"golang.org/x/sync/errgroup"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// maxViewRows bounds the rows that a watch of a Parquet file sees at once.
const maxViewRows = 2048

// A cursor goes through a chunk, some slots at a time.
type cursor struct {
	next func() (*parquet.Values, bool)
	stop func()
	err  error // why next ended
	v    *parquet.Values
	slot int
	many bool // a row may have more than one slot
}

func (s *columnSearch) cursor(ctx context.Context, g rowGroup, i int) *cursor {
	c := &cursor{many: s.columns[i].many}
	c.next, c.stop = iter.Pull(func(yield func(*parquet.Values) bool) {
		c.err = g.Values(ctx, i, s.columns[i].form, func(v *parquet.Values) error {
			if !yield(v) {
				return errEnough
			}
			return nil
		})
	})
	return c
}

// fill takes the next slots when the last have been seen. It returns false at
// the end of the chunk.
func (c *cursor) fill() (bool, error) {
	for c.v == nil || c.slot == len(c.v.Rows) {
		v, ok := c.next()
		if !ok {
			c.v = nil
			return false, c.err
		}
		c.v, c.slot = v, 0
	}
	return true, nil
}

// limit is the row up to which the slots that are there go, which begin at row.
// The last row of a list may go on in the slots to come, and waits for them,
// unless it is the only one.
func (c *cursor) limit(row int64) int64 {
	last := c.v.Rows[len(c.v.Rows)-1]
	if c.many && last > row {
		return last
	}
	return last + 1
}

// watch shows the rows to the Config's Watch, row groups side by side. first has
// the number of the first row of each, and then that of all rows. It searches each
// value, and adds up what it finds in a run that does nothing else.
func (s *columnSearch) watch(ctx context.Context, groups []rowGroup, first []int64) error {
	if s.watchers == nil {
		s.watchers = make(chan *worker, s.p.cfg.Workers)
		for range s.p.cfg.Workers {
			w := newWorker(workConfig{pl: s.p.plan}, noParser)
			for i := range s.columns {
				w.fields = append(w.fields, s.columns[i].field)
			}
			w.setWatch(s.p.cfg.Watch(s.path))
			s.watchers <- w
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(s.p.cfg.Workers)
	for n := range groups {
		g.Go(func() error {
			w := <-s.watchers
			defer func() { s.watchers <- w }()
			return s.watchGroup(ctx, w, groups[n], first[n], first[n+1]-first[n])
		})
	}
	return g.Wait()
}

func (s *columnSearch) watchGroup(ctx context.Context, w *worker, g rowGroup, first, rows int64) error {
	cursors := make([]*cursor, len(s.columns))
	for i := range cursors {
		cursors[i] = s.cursor(ctx, g, i)
		defer cursors[i].stop()
	}
	var kinds [][detect.MaxKinds]uint64
	if s.watchOnly {
		kinds = make([][detect.MaxKinds]uint64, len(cursors))
	}
	var data []byte
	for row := int64(0); row < rows; {
		limit := min(row+maxViewRows, rows)
		for _, c := range cursors {
			more, err := c.fill()
			if err != nil {
				return err
			}
			if more {
				limit = min(limit, c.limit(row))
			}
		}
		data = s.collect(w, cursors, data[:0], row, max(limit, row+1))
		k := &w.watcher.block
		k.Data, k.Start, k.End, k.Line, k.rows = data, 0, len(data), first+row, true
		k.Cells, k.Records = w.cells, w.watcher.records
		for _, m := range w.scanner.ScanSpans(data, w.spans) {
			cell := sort.Search(len(w.cells), func(i int) bool { return int(w.cells[i].End) >= m.End })
			w.sight(m, m.Start, m.End, cell, data[m.Start:m.End])
			if s.watchOnly {
				kinds[w.cells[cell].Field][m.Kind]++
			}
		}
		w.watcher.watch.Look(k)
		k.Sightings = k.Sightings[:0]
		row = max(limit, row+1)
	}
	// What the footer states is checked against what was read at a chunk's end.
	for _, c := range cursors {
		if _, err := c.fill(); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range kinds {
		for k, n := range kinds[i] {
			s.columns[i].kinds[k] += n
		}
	}
	return nil
}

// collect puts the values of the rows from row to limit into data, one behind
// the other, and notes where they stand. A row without values has no record.
func (s *columnSearch) collect(w *worker, cursors []*cursor, data []byte, row, limit int64) []byte {
	w.cells, w.spans, w.watcher.records = w.cells[:0], w.spans[:0], w.watcher.records[:0]
	for ; row < limit; row++ {
		begin := len(w.cells)
		for i, c := range cursors {
			for c.v != nil && c.slot < len(c.v.Rows) && c.v.Rows[c.slot] <= row {
				e := c.v.Index[c.slot]
				c.slot++
				if e < 0 || len(c.v.Text[e]) == 0 {
					continue
				}
				start := len(data)
				data = append(append(data, c.v.Text[e]...), '\n')
				w.cells = append(w.cells, format.Cell{Start: int32(start), End: int32(len(data) - 1), Field: int32(i)})
				if s.columns[i].search {
					w.spans = append(w.spans, detect.Span{Start: start, End: len(data) - 1, Field: s.columns[i].field.says})
				}
			}
		}
		if len(w.cells) > begin {
			w.watcher.records = append(w.watcher.records, int32(begin))
		}
	}
	return data
}
