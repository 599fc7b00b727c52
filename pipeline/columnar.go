package pipeline

import (
	"context"
	"sync"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
	"github.com/scrim-dev/scrim/transform"
)

// A rowGroup is a stretch of rows that is stored column by column: a row group of
// a Parquet file, a record batch of Arrow data. Its columns can be read side by
// side.
type rowGroup interface {
	Values(ctx context.Context, column int, form parquet.Form, fn func(*parquet.Values) error) error
	Fits(column int, form parquet.Form, text []byte) bool
}

// A column is what is known of a column, and what was found in it.
type column struct {
	field  field
	form   parquet.Form
	number bool // its values are numbers, whatever they mean
	place  transform.Place
	sample [][]byte // of its values, if its place is for some alone
	many   bool     // a row may have more than one slot
	search bool     // it may hold something
	timed  bool     // it may hold the time of a row
	kinds  [detect.MaxKinds]uint64
	classes
}

func (c *column) count(t *tally) {
	for k, n := range c.kinds {
		t.kinds[k] += n
		if n > 0 {
			if t.fields == nil {
				t.fields = map[fieldCount]uint64{}
			}
			t.fields[fieldCount{c.field.show, detect.Kind(k)}] += n
		}
	}
}

// A columnSearch searches the columns of an input.
type columnSearch struct {
	p       *Pipeline
	path    string
	columns []column
	judged  columns
	writes  bool       // what is found is replaced, not only counted
	mu      sync.Mutex // of columns and workers, while they are searched
	names   *worker    // for the names of columns, and for metadata
	// workers are those that were made, idle those of them that have nothing to do.
	workers, idle []*columnWorker
	// watchers are for Watch; nil until it is called.
	watchers chan *watching
	calendar calendar
}

func newColumnSearch(p *Pipeline, path string, columns int, writes bool) *columnSearch {
	s := &columnSearch{p: p, writes: writes, path: path, columns: make([]column, columns), names: newWorker(workConfig{pl: p.plan, write: true}, noParser)}
	s.calendar.s = s
	return s
}

// changes are those of the columns that may hold something.
func (s *columnSearch) changes() map[int]parquet.Change {
	all := map[int]parquet.Change{}
	for i := range s.columns {
		c := &s.columns[i]
		if !c.search {
			continue
		}
		x := parquet.Change{New: func() parquet.Rewriter { return &columnRewriter{s: s, column: c} }, Form: c.form}
		if s.p.plan.rotates {
			x.Variants = s.calendar.of
		}
		all[i] = x
	}
	return all
}

// look shows what is found in row groups to the Config's Findings and Watch. first has
// the number of the first row of each, and then that of the row behind them.
func (s *columnSearch) look(ctx context.Context, groups []rowGroup, first []int64) error {
	if s.p.cfg.Findings != nil {
		w := newWorker(workConfig{pl: s.p.plan}, noParser)
		for n, g := range groups {
			for i := range s.columns {
				if !s.columns[i].search {
					continue
				}
				if err := s.find(ctx, w, g, i, first[n]); err != nil {
					return err
				}
			}
		}
	}
	if s.p.cfg.Watch == nil {
		return nil
	}
	return s.watch(ctx, groups, first)
}

// looks says that the input is looked at, and nothing is written.
func (s *columnSearch) looks() bool {
	return !s.writes && (s.p.cfg.Findings != nil || s.p.cfg.Watch != nil)
}

// finish adds what was found and done to a report; stats is of what changes did.
func (s *columnSearch) finish(t *tally, stats *parquet.Stats) {
	t.report.Columns = s.judged.report
	t.report.Failures += uint64(stats.Unfit)
	for _, w := range s.workers {
		t.report.Failures += w.b.failures
	}
	s.watched()
	for i := range s.columns {
		c := &s.columns[i]
		if stats.Classes != nil {
			c.addTo(&c.kinds, stats.Classes[i])
		}
		c.count(t)
	}
}

// find reports what is found in column i of a row group, whose first row is first,
// slot by slot.
func (s *columnSearch) find(ctx context.Context, w *worker, g rowGroup, i int, first int64) error {
	var e entries
	dict := false
	c := &s.columns[i]
	return g.Values(ctx, i, c.form, func(v *parquet.Values) error {
		if !v.Dict || !dict {
			e.search(w, c.field.says, v.Text)
			dict = v.Dict
		}
		for slot, k := range v.Index {
			if k < 0 {
				continue
			}
			for _, m := range e.of(int(k)) {
				if s.p.cfg.Watch == nil { // which counts, too
					c.kinds[m.Kind]++
				}
				if err := s.p.cfg.Findings(s.finding(m, &e, int(k), first+v.Rows[slot], &c.field)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// finding describes match m in a value of a row. Columnar data has rows, not
// lines, and no offsets: a row stands for a line, offsets are those in the value.
func (s *columnSearch) finding(m detect.Match, e *entries, entry int, row int64, f *field) *Finding {
	from := e.spans[entry].Start
	x := &Finding{
		Path: s.path, Line: row + 1, Start: int64(m.Start - from), End: int64(m.End - from), Offset: -1,
		Kind: s.p.plan.name(m.Kind), Score: m.Score, Field: f.show, Detector: s.p.plan.detector(m),
	}
	if s.p.cfg.ShowValues {
		x.Value = string(e.text[m.Start:m.End])
	}
	return x
}
