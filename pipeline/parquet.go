package pipeline

import (
	"context"
	"errors"
	"io"

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

// A parquetGroup is a row group of a file.
type parquetGroup struct {
	f *parquet.File
	n int
}

func (g parquetGroup) Values(ctx context.Context, column int, form parquet.Form, fn func(*parquet.Values) error) error {
	return g.f.Values(ctx, g.n, column, form, fn)
}

func (g parquetGroup) Count(ctx context.Context, column int, form parquet.Form, fn func([][]byte, bool) (bool, error)) (parquet.Counts, error) {
	return g.f.Count(ctx, g.n, column, form, fn)
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
	groups, first, rows := make([]rowGroup, len(f.RowGroups())), make([]int64, len(f.RowGroups())), int64(0)
	for n, g := range f.RowGroups() {
		groups[n], first[n] = parquetGroup{f, n}, rows
		rows += g.Rows
	}
	for i, c := range f.Columns() {
		sampled := groups
		if c.Physical == "BOOLEAN" {
			sampled = nil
		}
		says, err := s.judge(ctx, i, c.Path, sampled)
		if err != nil {
			return err
		}
		s.columns[i].many = c.MaxRep > 0
		s.columns[i].search, s.columns[i].form = searchable(c, says)
	}
	if !s.watchOnly { // it searches by itself
		if err := s.run(ctx, groups, first); err != nil {
			return err
		}
	}
	if p.cfg.Watch != nil {
		if err := s.watch(ctx, groups, append(first, rows)); err != nil {
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
	err = s.rewriteParquet(ctx, f, out, t)
	t.report.BytesOut = out.n
	if out.err != nil {
		return &WriteError{out.err}
	}
	return err
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

// rewriteParquet writes the file with what was found replaced.
func (s *columnSearch) rewriteParquet(ctx context.Context, f *parquet.File, dst io.Writer, t *tally) error {
	changes := map[int]parquet.Change{}
	var rewriters []*columnRewriter
	for i := range s.columns {
		if c := &s.columns[i]; c.found {
			r := newColumnRewriter(s.p.plan, c)
			rewriters = append(rewriters, r)
			changes[i] = parquet.Change{Rewriter: r, Form: c.form}
		}
	}
	meta := newWorker(workConfig{pl: s.p.plan, write: true}, noParser)
	_, err := parquet.Rewrite(ctx, f, dst, changes, parquet.Options{Metadata: func(kv parquet.KeyValue) (string, bool) {
		if kv.Key == parquet.ArrowSchemaKey {
			return kv.Value, true // a schema in base64
		}
		return meta.metadata(kv.Value, t), true
	}})
	for _, r := range rewriters {
		t.report.Failures += r.b.failures
	}
	return err
}
