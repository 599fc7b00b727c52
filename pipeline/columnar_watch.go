package pipeline

import (
	"context"
	"iter"

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
	// dict is what was found in the dictionary, searched once; nil before that.
	dict *entries
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
// value, and adds up what it finds.
func (s *columnSearch) watch(ctx context.Context, groups []rowGroup, first []int64) error {
	if s.watchers == nil {
		s.watchers = make(chan *watching, s.p.cfg.Workers)
		for range s.p.cfg.Workers {
			w := newWorker(workConfig{pl: s.p.plan}, noParser)
			for i := range s.columns {
				w.fields = append(w.fields, s.columns[i].field)
			}
			w.setWatch(s.p.cfg.Watch(s.path))
			s.watchers <- &watching{worker: w}
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

func (s *columnSearch) watchGroup(ctx context.Context, w *watching, g rowGroup, first, rows int64) error {
	cursors := make([]*cursor, len(s.columns))
	for i := range cursors {
		cursors[i] = s.cursor(ctx, g, i)
		defer cursors[i].stop()
	}
	kinds := make([][detect.MaxKinds]uint64, len(cursors))
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
		found := w.unsearched()
		for cell, c := range w.cells {
			var matches []detect.Match
			var from int
			if at := w.places[cell]; at.dict {
				e := cursors[c.Field].dict
				matches, from = e.of(at.start), e.spans[at.start].Start
			} else {
				n, end := 0, at.start+int(c.End-c.Start)
				for n < len(found) && found[n].Start < end {
					n++
				}
				matches, found, from = found[:n], found[n:], at.start
			}
			for _, m := range matches {
				m.Start, m.End = m.Start-from+int(c.Start), m.End-from+int(c.Start)
				w.sight(m, m.Start, m.End, cell, data[m.Start:m.End])
				kinds[c.Field][m.Kind]++
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

// A placing is where a cell is searched: start is a place in watching.joined, or the
// number of an entry of a dictionary, which has been searched.
type placing struct {
	start int
	dict  bool
}

// A watching is a worker that shows rows to a Watch.
type watching struct {
	*worker
	joined []byte    // what is to be searched of a block
	places []placing // of its cells
}

// unsearched searches what has not been searched.
func (w *watching) unsearched() []detect.Match {
	if len(w.spans) == 0 {
		return nil
	}
	return w.scanner.ScanSpans(w.joined, w.spans)
}

// collect puts the values of the rows from row to limit into data, one behind
// the other, and notes where they stand, and where they are searched. A row
// without values has no record.
func (s *columnSearch) collect(w *watching, cursors []*cursor, data []byte, row, limit int64) []byte {
	w.cells, w.spans, w.watcher.records = w.cells[:0], w.spans[:0], w.watcher.records[:0]
	w.joined, w.places = w.joined[:0], w.places[:0]
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
				w.places = append(w.places, s.place(w, c, i, int(e)))
			}
		}
		if len(w.cells) > begin {
			w.watcher.records = append(w.watcher.records, int32(begin))
		}
	}
	return data
}

// place says where value e of column i is searched.
func (s *columnSearch) place(w *watching, c *cursor, i, e int) placing {
	says, start := s.columns[i].field.says, len(w.joined)
	switch {
	case !s.columns[i].search:
		return placing{start: start - len(c.v.Text[e])} // before all that is searched still
	case c.v.Dict:
		if c.dict == nil {
			c.dict = new(entries)
			c.dict.search(w.worker, says, c.v.Text)
		}
		return placing{e, true}
	}
	w.joined = append(append(w.joined, c.v.Text[e]...), '\n')
	w.spans = append(w.spans, detect.Span{Start: start, End: len(w.joined) - 1, Field: says})
	return placing{start: start}
}
