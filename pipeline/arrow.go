package pipeline

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/pipeline/format/arrow"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// arrowName is the name of the Arrow IPC format. Its files begin with
// arrowFile; its streams with the mark of a message, the length of a schema
// behind it.
const (
	arrowName   = "arrow"
	arrowFile   = "ARROW1\x00\x00"
	arrowStream = "\xff\xff\xff\xff"
)

// isArrow says whether head begins an Arrow file or stream.
func isArrow(head []byte) bool {
	return bytes.HasPrefix(head, []byte(arrowFile)) || bytes.HasPrefix(head, []byte(arrowStream)) && len(head) > 8 && head[7] == 0
}

// runArrow runs Arrow IPC data, a batch after the other. What is found is counted
// once for each entry of a dictionary and once for each value outside of one.
func (p *Pipeline) runArrow(ctx context.Context, src *Source, head []byte, all io.Reader, dst io.Writer) (*Report, error) {
	t := &tally{name: p.plan.name, report: Report{Path: src.Name, Format: arrowName, Compression: src.Codec}}
	err := p.arrow(ctx, src, head, all, dst, t)
	report := t.finish()
	if err != nil {
		report.Error = err.Error()
	}
	return report, err
}

func (p *Pipeline) arrow(ctx context.Context, src *Source, head []byte, all io.Reader, dst io.Writer, t *tally) error {
	switch {
	case p.plan.drops:
		return errors.New("records of Arrow data cannot be dropped; drop the values, or use another transform")
	case p.cfg.Findings != nil:
		return errors.New("matches in Arrow data have no place to be named by; write it as Parquet to have findings")
	case p.cfg.Watch != nil:
		return errors.New("Arrow data is filtered, not surveyed; write it as Parquet to scan or aggregate it")
	}
	if dst == nil {
		dst = io.Discard
	}
	in, out := &counted{r: all}, &counter{w: dst}
	names := newWorker(workConfig{pl: p.plan, write: true}, noParser)
	var rewriters []*columnRewriter
	decide := func(columns []arrow.Column) (map[int]parquet.ValueRewriter, error) {
		changes := map[int]parquet.ValueRewriter{}
		for _, c := range columns {
			col := &column{field: names.newField(c.Path), mixed: true}
			names.shown(&col.field)
			if !isArrowText(c.Type) && col.field.says.Kind == detect.None {
				continue
			}
			r := newColumnRewriter(p.plan, col)
			rewriters = append(rewriters, r)
			changes[c.Index] = r
		}
		return changes, nil
	}
	opts := arrow.Options{Metadata: func(kv parquet.KeyValue) (string, bool) { return names.metadata(kv.Value, t), true }}
	var stats arrow.Stats
	var err error
	if bytes.HasPrefix(head, []byte(arrowFile)) {
		file, size, done, serr := spool(src, in)
		if serr != nil {
			return serr
		}
		defer done()
		in.n = size
		stats, err = arrow.RewriteFile(ctx, file, size, out, decide, opts)
	} else {
		stats, err = arrow.RewriteStream(ctx, in, out, decide, opts)
	}
	t.report.BytesIn, t.report.BytesOut, t.report.Lines = in.n, out.n, stats.Rows
	for _, r := range rewriters {
		r.column.kinds = r.b.counts
		r.column.count(t)
		t.report.Failures += r.b.failures
	}
	if out.err != nil {
		return &WriteError{out.err}
	}
	return err
}

// isArrowText says whether the values of an Arrow type are text, or bytes that
// may be.
func isArrowText(name string) bool {
	return strings.Contains(name, "utf8") || strings.Contains(name, "string") || strings.Contains(name, "binary")
}

// metadata returns what stands for a value of a file's metadata, and counts what
// was in it.
func (w *worker) metadata(value string, t *tally) string {
	b := newBatch(0)
	b.data = append(b.data, value...)
	b.body.end = len(b.data)
	w.doText(b, w.scanner.Scan(b.data), b.body)
	t.add(b)
	return string(b.out)
}

// A counted counts what is read.
type counted struct {
	r io.Reader
	n int64
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

// noParser is for workers that are given values, not blocks.
func noParser() format.Parser { return nil }
