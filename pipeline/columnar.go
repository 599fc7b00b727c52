package pipeline

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// parquetName is the name of the format, parquetMagic what its files begin with.
const (
	parquetName  = "parquet"
	parquetMagic = "PAR1"
)

// runParquet runs a Parquet file, which is columnar: it has no blocks and no
// lines, and is read from its end. It is searched first, column by column; then
// it is written again with the columns changed in which something was found, and
// all others copied as they are.
func (p *Pipeline) runParquet(ctx context.Context, src *Source, all io.Reader, dst io.Writer) (*Report, error) {
	t := &tally{name: p.plan.name, report: Report{Path: src.Name, Format: parquetName, Compression: src.Codec}}
	err := p.parquet(ctx, src, all, dst, t)
	report := t.finish()
	if err != nil {
		report.Error = err.Error()
	}
	return report, err
}

func (p *Pipeline) parquet(ctx context.Context, src *Source, all io.Reader, dst io.Writer, t *tally) error {
	if p.plan.drops {
		return errors.New("records of a Parquet file cannot be dropped; drop the values, or use another transform")
	}
	in, size, done, err := spool(src, all)
	if err != nil {
		return err
	}
	defer done()
	f, err := parquet.Open(in, size)
	if err != nil {
		return err
	}
	t.report.BytesIn, t.report.Lines = size, f.NumRows()
	s := &columnSearch{p: p, f: f, path: src.Name, columns: make([]column, len(f.Columns()))}
	s.watchOnly = p.cfg.Watch != nil && p.cfg.Findings == nil && dst == nil
	if err := s.run(ctx); err != nil {
		return err
	}
	if p.cfg.Watch != nil {
		if err := s.watch(ctx, s.watchOnly); err != nil {
			return err
		}
	}
	t.report.Columns = s.judged.report
	for i := range s.columns {
		s.columns[i].count(t)
	}
	if dst == nil {
		return nil
	}
	out := &counter{w: dst}
	err = s.rewrite(ctx, out, t)
	t.report.BytesIn, t.report.BytesOut = size, out.n
	if out.err != nil {
		return &WriteError{out.err}
	}
	return err
}

// spool returns the file behind src, or what is read from it as a temporary file
// that only its owner may read, and a function to be called when it is done with.
func spool(src *Source, all io.Reader) (io.ReaderAt, int64, func(), error) {
	if f, size, ok := src.plainFile(); ok {
		return f, size, func() {}, nil
	}
	f, err := os.CreateTemp("", "scrim-*") // made with mode 0600
	if err != nil {
		return nil, 0, nil, err
	}
	done := func() {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
	size, err := io.Copy(f, all)
	if err != nil {
		done()
		return nil, 0, nil, err
	}
	return f, size, done, nil
}

// A counter counts what is written, and remembers the failure of it.
type counter struct {
	w   io.Writer
	n   int64
	err error
}

func (c *counter) Write(b []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(b)
	c.n += int64(n)
	c.err = err
	return n, err
}

// A column is what was found in a column.
type column struct {
	field  field
	form   parquet.Form
	search bool // it may hold something
	kinds  [detect.MaxKinds]uint64
	// found says that something was found that is not kept; uniform, the kind that
	// every value has been found to be, whole: then each needs no search when it
	// is rewritten.
	found   bool
	uniform detect.Kind
	mixed   bool
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

// A columnSearch searches the columns of a file.
type columnSearch struct {
	p       *Pipeline
	f       *parquet.File
	path    string
	columns []column
	judged  columns
	mu      sync.Mutex // of columns, while they are searched
	// watchOnly says that the run is for a Watch and nothing else.
	watchOnly bool
}

// run searches all columns, the chunks side by side; one after the other where
// findings are to come in order.
func (s *columnSearch) run(ctx context.Context) error {
	names := newWorker(workConfig{pl: s.p.plan}, noParser)
	for i, c := range s.f.Columns() {
		col := &s.columns[i]
		col.field = names.newField(c.Path)
		names.shown(&col.field)
		values, err := s.sample(ctx, i)
		if err != nil {
			return err
		}
		col.field.says = s.judged.judge(names, c.Path, values)
		col.search, col.form = searchable(c, col.field.says)
	}
	if s.watchOnly { // which searches by itself
		return nil
	}
	workers := s.p.cfg.Workers
	if s.p.cfg.Findings != nil {
		workers = 1
	}
	idle := make(chan *worker, workers)
	for range workers {
		idle <- newWorker(workConfig{pl: s.p.plan}, noParser)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	first := int64(0)
	for group, rg := range s.f.RowGroups() {
		for i := range s.columns {
			if !s.columns[i].search {
				continue
			}
			at := first
			g.Go(func() error {
				w := <-idle
				defer func() { idle <- w }()
				return s.chunk(ctx, w, group, i, at)
			})
		}
		first += rg.Rows
	}
	return g.Wait()
}

// errEnough ends the reading of a sample.
var errEnough = errors.New("enough")

// sample returns the first values of column i, as text.
func (s *columnSearch) sample(ctx context.Context, i int) ([][]byte, error) {
	if len(s.f.RowGroups()) == 0 || s.f.Columns()[i].Physical == "BOOLEAN" {
		return nil, nil
	}
	var out [][]byte
	err := s.f.Values(ctx, 0, i, parquet.FormText, func(v *parquet.Values) error {
		for _, e := range v.Index {
			if e < 0 {
				continue
			}
			if out = append(out, bytes.Clone(v.Text[e])); len(out) == detect.MaxColumnValues {
				return errEnough
			}
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}

// searchable says whether a column may hold personal data, and in which form its
// values are to be seen. Text may hold anything; a number only what its name
// says it is.
func searchable(c parquet.Column, says detect.Field) (bool, parquet.Form) {
	isIP := says.Kind == detect.IPv4 || says.Kind == detect.IPv6
	switch c.Physical {
	case "BYTE_ARRAY":
		return true, parquet.FormText
	case "FIXED_LEN_BYTE_ARRAY":
		if isIP && (c.TypeLength == 4 || c.TypeLength == 16) {
			return true, parquet.FormIP
		}
		return true, parquet.FormText
	case "INT32":
		if isIP {
			return true, parquet.FormIP
		}
	}
	return says.Kind != detect.None && c.Physical != "BOOLEAN", parquet.FormText
}

// chunk searches the chunk of column i in a row group whose first row is first.
func (s *columnSearch) chunk(ctx context.Context, w *worker, group, i int, first int64) error {
	says, form := s.columns[i].field.says, s.columns[i].form
	var sum column
	var entries entries
	dict := false
	err := s.f.Values(ctx, group, i, form, func(v *parquet.Values) error {
		if !v.Dict || !dict {
			entries.search(w, says, v.Text, &sum)
			dict = v.Dict
		}
		for slot, e := range v.Index {
			if e < 0 {
				continue
			}
			for _, m := range entries.of(int(e)) {
				sum.kinds[m.Kind]++
				if s.p.cfg.Findings == nil {
					continue
				}
				if err := s.p.cfg.Findings(s.finding(m, &entries, int(e), first+v.Rows[slot], &s.columns[i].field)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.columns[i].add(&sum)
	return err
}

// add adds what was found in a chunk.
func (c *column) add(sum *column) {
	for k, n := range sum.kinds {
		c.kinds[k] += n
	}
	if sum.uniform != detect.None && c.uniform != detect.None && c.uniform != sum.uniform {
		c.mixed = true
	}
	if sum.uniform != detect.None {
		c.uniform = sum.uniform
	}
	c.mixed = c.mixed || sum.mixed
	c.found = c.found || sum.found
}

// finding describes match m in a value of a row. Parquet has rows, not lines,
// and no offsets: a row stands for a line, offsets are those in the value.
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

// entries are values and what was found in them: the matches of entry i are
// found[starts[i]:starts[i+1]].
type entries struct {
	text   []byte
	spans  []detect.Span
	found  []detect.Match
	starts []int
}

func (e *entries) of(i int) []detect.Match { return e.found[e.starts[i]:e.starts[i+1]] }

// search searches values at once, and notes in sum what they have in common.
func (e *entries) search(w *worker, says detect.Field, values [][]byte, sum *column) {
	e.text, e.spans, e.starts = e.text[:0], e.spans[:0], e.starts[:0]
	for _, v := range values {
		start := len(e.text)
		e.text = append(append(e.text, v...), '\n')
		e.spans = append(e.spans, detect.Span{Start: start, End: start + len(v), Field: says})
	}
	e.found = append(e.found[:0], w.scanner.ScanSpans(e.text, e.spans)...)
	n := 0
	for _, sp := range e.spans {
		e.starts = append(e.starts, n)
		from := n
		for n < len(e.found) && e.found[n].Start < sp.End {
			sum.found = sum.found || !w.actionFor(e.found[n], "").keep || w.cfg.pl.byField
			n++
		}
		whole := n == from+1 && !e.found[from].Timeout && e.found[from].Start == sp.Start && e.found[from].End == sp.End && e.found[from].Encoding == 0
		switch {
		case sp.Start == sp.End:
		case !whole || sum.uniform != detect.None && sum.uniform != e.found[from].Kind:
			sum.mixed = true
		default:
			sum.uniform = e.found[from].Kind
		}
	}
	e.starts = append(e.starts, n)
}
