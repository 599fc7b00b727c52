package pipeline

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// A rowGroup is a stretch of rows that is stored column by column: a row group of
// a Parquet file, a record batch of Arrow data. Its columns can be read side by
// side.
type rowGroup interface {
	Values(ctx context.Context, column int, form parquet.Form, fn func(*parquet.Values) error) error
	Count(ctx context.Context, column int, form parquet.Form, fn func(texts [][]byte, dict bool) (each bool, err error)) (parquet.Counts, error)
}

// A column is what is known of a column, and what was found in it.
type column struct {
	field  field
	form   parquet.Form
	number bool // its values are numbers, whatever they mean
	many   bool // a row may have more than one slot
	search bool // it may hold something
	kinds  [detect.MaxKinds]uint64
	// found says that something was found that is not kept; uniform, the kind that
	// every value has been found to be, whole: then each needs no search when it
	// is rewritten.
	found   bool
	uniform detect.Kind
	mixed   bool
	// timed says that it may hold the time of a row; rewriter, once it is made,
	// changes its values.
	timed    bool
	rewriter *columnRewriter
}

// see notes what was found in one of its values.
func (c *column) see(s *sighted) {
	c.found = c.found || s.found
	switch {
	case s.empty:
	case !s.whole || c.uniform != detect.None && c.uniform != s.kinds[0]:
		c.mixed = true
	default:
		c.uniform = s.kinds[0]
	}
}

func (c *column) add(s *sighted, times int64) {
	for _, k := range s.kinds {
		c.kinds[k] += uint64(times)
	}
}

// merge adds what was found in a chunk.
func (c *column) merge(chunk *column) {
	for k, n := range chunk.kinds {
		c.kinds[k] += n
	}
	c.mixed = c.mixed || chunk.mixed || chunk.uniform != detect.None && c.uniform != detect.None && c.uniform != chunk.uniform
	if chunk.uniform != detect.None {
		c.uniform = chunk.uniform
	}
	c.found = c.found || chunk.found
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
	mu      sync.Mutex // of columns, while they are searched
	names   *worker    // for the names of columns, and for metadata
	idle    chan *searcher
	// watchers are for Watch; nil until it is called.
	watchers chan *watching
	calendar calendar
	// watchOnly says that the run is for a Watch and nothing else.
	watchOnly bool
}

func newColumnSearch(p *Pipeline, path string, columns int, written bool) *columnSearch {
	s := &columnSearch{
		p: p, path: path, columns: make([]column, columns), names: newWorker(workConfig{pl: p.plan, write: true}, noParser),
		watchOnly: p.cfg.Watch != nil && p.cfg.Findings == nil && !written,
	}
	s.calendar.s = s
	workers := p.cfg.Workers
	if p.cfg.Findings != nil { // which are to come in order
		workers = 1
	}
	s.idle = make(chan *searcher, workers)
	for range workers {
		s.idle <- newSearcher(p.plan, columns)
	}
	return s
}

// look searches row groups, and shows them to the Config's Watch. first has the
// number of the first row of each, and then that of the row behind them.
func (s *columnSearch) look(ctx context.Context, groups []rowGroup, first []int64) error {
	if !s.watchOnly { // it searches by itself
		if err := s.run(ctx, groups, first); err != nil {
			return err
		}
	}
	if s.p.cfg.Watch == nil {
		return nil
	}
	return s.watch(ctx, groups, first)
}

// finish adds what was found and done to a report.
func (s *columnSearch) finish(t *tally) {
	t.report.Columns = s.judged.report
	for i := range s.columns {
		s.columns[i].count(t)
		if r := s.columns[i].rewriter; r != nil {
			t.report.Failures += r.b.failures
		}
	}
}

// run searches the columns of row groups, chunks side by side.
func (s *columnSearch) run(ctx context.Context, groups []rowGroup, first []int64) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(cap(s.idle))
	for n := range groups {
		for i := range s.columns {
			if !s.columns[i].search {
				continue
			}
			g.Go(func() error {
				q := <-s.idle
				defer func() { s.idle <- q }()
				return s.chunk(ctx, q, groups[n], i, first[n])
			})
		}
	}
	return g.Wait()
}

// chunk searches column i of a row group whose first row is first.
func (s *columnSearch) chunk(ctx context.Context, q *searcher, g rowGroup, i int, first int64) error {
	look := s.count
	if s.p.cfg.Findings != nil {
		look = func(ctx context.Context, q *searcher, g rowGroup, i int, sum *column) error {
			return s.find(ctx, q, g, i, first, sum)
		}
	}
	var sum column
	err := look(ctx, q, g, i, &sum)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.columns[i].merge(&sum)
	return err
}

// count counts what is found.
func (s *columnSearch) count(ctx context.Context, q *searcher, g rowGroup, i int, sum *column) error {
	var dict []sighted
	counts, err := g.Count(ctx, i, s.columns[i].form, func(texts [][]byte, isDict bool) (bool, error) {
		seen := q.values(i, s.columns[i].field.says, texts, isDict)
		for k := range seen {
			sum.see(&seen[k])
			if !isDict {
				sum.add(&seen[k], 1)
			}
		}
		if !isDict {
			return false, nil
		}
		dict = seen
		return !alike(dict), nil
	})
	if err != nil {
		return err
	}
	if counts.Of == nil && len(dict) > 0 {
		sum.add(&dict[0], counts.All)
	}
	for k, n := range counts.Of {
		sum.add(&dict[k], n)
	}
	return nil
}

// find reports what is found, row by row.
func (s *columnSearch) find(ctx context.Context, q *searcher, g rowGroup, i int, first int64, sum *column) error {
	e, dict := &q.entries, false
	f := &s.columns[i].field
	return g.Values(ctx, i, s.columns[i].form, func(v *parquet.Values) error {
		if !v.Dict || !dict {
			e.search(q.worker, f.says, v.Text)
			for k := range v.Text {
				seen := e.sighted(q.worker, k)
				sum.see(&seen)
			}
			dict = v.Dict
		}
		for slot, k := range v.Index {
			if k < 0 {
				continue
			}
			for _, m := range e.of(int(k)) {
				sum.kinds[m.Kind]++
				if err := s.p.cfg.Findings(s.finding(m, e, int(k), first+v.Rows[slot], f)); err != nil {
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
