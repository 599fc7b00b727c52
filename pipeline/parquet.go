package pipeline

import (
	"context"
	"errors"
	"io"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// parquetName is the name of the format, parquetMagic what its files begin with.
const (
	parquetName  = "parquet"
	parquetMagic = "PAR1"
)

// runParquet runs a Parquet file, which is columnar: it has no blocks and no
// lines, and is read from its end. Its columns are judged by a sample each, and then
// it is read once: pages in which something is found are changed, all others copied
// as they are.
func (p *Pipeline) runParquet(ctx context.Context, src *Source, all io.Reader, dst io.Writer) (*Report, error) {
	t := &tally{name: p.plan.name, report: Report{Path: src.Name, Format: parquetName, Compression: src.Codec}}
	err := p.parquet(ctx, src, all, dst, t)
	report := t.finish()
	if err != nil {
		report.Error = err.Error()
	}
	return report, err
}

// A parquetGroup is a row group of a file.
type parquetGroup struct {
	f *parquet.File
	n int
}

func (g parquetGroup) Values(ctx context.Context, column int, form parquet.Form, fn func(*parquet.Values) error) error {
	return g.f.Values(ctx, g.n, column, form, fn)
}

func (g parquetGroup) Fits(column int, form parquet.Form, text []byte) bool {
	return g.f.Fits(column, form, text)
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
	s := newColumnSearch(p, src.Name, len(f.Columns()), dst != nil)
	groups, first := make([]rowGroup, 0, len(f.RowGroups())), []int64{0}
	for n, g := range f.RowGroups() {
		groups, first = append(groups, parquetGroup{f, n}), append(first, first[n]+g.Rows)
		s.calendar.show(n, groups[n], g.Rows)
	}
	if err := s.take(ctx, f.Columns(), groups); err != nil {
		return err
	}
	if s.looks() {
		err := s.look(ctx, groups, first)
		s.finish(t, new(parquet.Stats))
		return err
	}
	if err := s.suits(f.Columns(), groups); err != nil {
		return err
	}
	out := &counter{w: dst}
	stats, err := parquet.Rewrite(ctx, f, out.writer(), s.changes(), parquet.Options{Workers: p.cfg.Workers, Metadata: func(kv parquet.KeyValue) (string, bool) {
		if kv.Key == parquet.ArrowSchemaKey {
			return kv.Value, true // a schema in base64
		}
		return s.names.metadata(kv.Value, t), true
	}})
	s.finish(t, &stats)
	t.report.BytesOut = out.n
	if out.err != nil {
		return &WriteError{out.err}
	}
	return err
}
