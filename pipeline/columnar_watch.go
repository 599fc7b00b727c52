package pipeline

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/scrim-dev/scrim/detect"
)

// A watching is a worker that shows rows to a Watch, and its places in the columns
// that it shows.
type watching struct {
	*worker
	cursors []*cursor
	rows    Rows
	number  int64 // of Values
	held    int   // what vocabularies have, in bytes
}

// watch shows the rows to the Config's Watch, row groups side by side. first has
// the number of the first row of each, and then that of all rows. It searches each
// value, and adds up what it finds.
func (s *columnSearch) watch(ctx context.Context, groups []rowGroup, first []int64) error {
	if s.watchers == nil {
		s.watchers = make(chan *watching, s.p.cfg.Workers)
		for range s.p.cfg.Workers {
			s.watchers <- s.newWatching()
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	for n := range groups {
		w := <-s.watchers // here, so that each sees its row groups in their order
		g.Go(func() error {
			defer func() { s.watchers <- w }()
			return s.watchGroup(ctx, w, groups[n], first[n], first[n+1]-first[n])
		})
	}
	return g.Wait()
}

func (s *columnSearch) newWatching() *watching {
	w := &watching{worker: newWorker(workConfig{pl: s.p.plan}, noParser)}
	for i := range s.columns {
		w.fields = append(w.fields, s.columns[i].field)
	}
	w.setWatch(s.p.cfg.Watch(s.path))
	w.rows.Apply = w.watcher.block.Apply
	for i := range s.columns {
		if c := &s.columns[i]; c.search || w.watcher.watch.Wants(c.field.name) {
			w.cursors = append(w.cursors, newCursor(i, c))
		}
	}
	w.rows.Columns = make([]Slots, len(w.cursors))
	return w
}

// watchGroup shows the rows of a row group.
func (s *columnSearch) watchGroup(ctx context.Context, w *watching, g rowGroup, first, rows int64) error {
	for _, c := range w.cursors {
		c.open(ctx, g)
		defer c.stop()
	}
	for row := int64(0); ; {
		// Rows are shown as far as all columns are at hand, and then once more those
		// with lists that go on behind what was at hand. At the end of a chunk what the
		// footer states of it is checked against what was read.
		begin, end := row, rows
		for _, c := range w.cursors {
			more, err := c.fill(w)
			if err != nil {
				return err
			}
			if more {
				begin, end = min(begin, c.row()), min(end, c.limit(row))
			}
		}
		if begin == rows {
			break
		}
		w.rows.Continued = begin < row
		if end = max(end, row+1); begin < row {
			end = row
		}
		w.show(begin, end, first)
		row = end
	}
	return nil
}

// watched tells each Watch of what it has not been told, and adds up what was found.
func (s *columnSearch) watched() {
	for range cap(s.watchers) {
		w := <-s.watchers
		for _, c := range w.cursors {
			c.dict.close(w, &c.kinds)
			for k, n := range c.kinds {
				c.column.kinds[k] += n
			}
		}
		s.watchers <- w
	}
}

// show shows the rows from begin to end of a row group whose first row is first.
func (w *watching) show(begin, end, first int64) {
	w.rows.First, w.rows.Len = first+begin, int(end-begin)
	for i, c := range w.cursors {
		if c.take(&w.rows.Columns[i], begin, end) && c.column.search {
			w.tell(&c.plain, &c.kinds)
		}
	}
	w.watcher.watch.Rows(&w.rows)
}

// tell passes values on that have been counted.
func (w *watching) tell(v *Values, kinds *[detect.MaxKinds]uint64) {
	v.count(kinds)
	w.watcher.watch.Values(v)
}
