package pipeline

import (
	"bytes"
	"context"
	"errors"
	"io"

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

// IsArrow says whether head begins an Arrow file or stream. Twelve bytes are
// enough.
func IsArrow(head []byte) bool {
	return bytes.HasPrefix(head, []byte(arrowFile)) || bytes.HasPrefix(head, []byte(arrowStream)) && len(head) > 8 && head[7] == 0
}

// runArrow runs Arrow IPC data, a record batch after the other: of a stream each
// comes out before the next one is read.
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
	if p.plan.drops {
		return errors.New("records of Arrow data cannot be dropped; drop the values, or use another transform")
	}
	in, out := &counted{r: all}, &counter{w: dst}
	defer func() { t.report.BytesIn, t.report.BytesOut = in.n, out.n }()
	rd, done, err := openArrow(src, head, in)
	if err != nil {
		return err
	}
	defer done()
	s := newColumnSearch(p, src.Name, len(rd.Columns()), dst != nil)
	w, err := rd.NewWriter(out.writer(), func(kv parquet.KeyValue) (string, bool) { return s.names.metadata(kv.Value, t), true })
	if err != nil {
		return err
	}
	err = s.batches(ctx, rd, w, &t.report.Lines)
	if err == nil {
		err = w.Close()
	}
	stats := w.Stats()
	s.finish(t, &stats)
	if out.err != nil {
		return &WriteError{out.err}
	}
	return err
}

// openArrow returns a reader of the stream, or of the file form, which is read
// from its end.
func openArrow(src *Source, head []byte, in *counted) (rd *arrow.Reader, done func(), err error) {
	if !bytes.HasPrefix(head, []byte(arrowFile)) {
		rd, err = arrow.NewReader(in, 0)
		return rd, func() {}, err
	}
	file, size, done, err := spool(src, in)
	if err != nil {
		return nil, nil, err
	}
	in.n = size
	if rd, err = arrow.NewFileReader(file, size, 0); err != nil {
		done()
	}
	return rd, done, err
}

// batches passes one record batch after the other to w, or only looks at it.
// Columns are judged by the first one that has rows.
func (s *columnSearch) batches(ctx context.Context, rd *arrow.Reader, w *arrow.Writer, rows *int64) error {
	judged := false
	for n := 0; ; n++ {
		b, err := rd.Next()
		if errors.Is(err, io.EOF) {
			if judged {
				return nil
			}
			return s.take(ctx, rd.Columns(), nil)
		}
		if err != nil {
			return err
		}
		groups, first := []rowGroup{b}, []int64{*rows, *rows + b.Rows()}
		if !judged && b.Rows() > 0 {
			judged = true
			if err := s.take(ctx, rd.Columns(), groups); err != nil {
				return err
			}
			if err := s.suits(rd.Columns(), groups); err != nil {
				return err
			}
		}
		*rows += b.Rows()
		if s.looks() {
			if err := s.look(ctx, groups, first); err != nil {
				return err
			}
			continue
		}
		clear(s.calendar.groups) // nothing is left of the batch before
		s.calendar.show(n, b, b.Rows())
		if err := w.Write(ctx, b, s.changes()); err != nil {
			return err
		}
	}
}

// metadata returns what stands for a value of a file's metadata, and counts what
// was in it.
func (w *worker) metadata(value string, t *tally) string {
	b := newBatch()
	b.data = append(b.data, value...)
	b.body.end, b.window = len(b.data), true // it has no records
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
