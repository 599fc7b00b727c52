package arrow

import (
	"context"
	"errors"
	"io"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// A Writer writes the batches of a Reader, in the form and compression that it
// reads.
type Writer struct {
	reader *Reader
	sink   sink
	out    interface {
		Write(arrow.Record) error
		Close() error
	}
	schema  *arrow.Schema
	known   map[int]*change // by leaf
	changes map[int]*change // of the batch
	batch   *Batch
	leaf    int // the next one
	at      int // the one that is rewritten, -1 if none
	stats   parquet.Stats
}

// NewWriter returns a Writer to w. metadata is called with each key-value pair of
// the schema and its columns, as of [parquet.Options]; nil keeps all.
func (r *Reader) NewWriter(w io.Writer, metadata func(parquet.KeyValue) (string, bool)) (wr *Writer, err error) {
	defer place(&err, "", -1)
	defer recovered(&err)
	wr = &Writer{reader: r, sink: sink{w: w}, schema: r.schema, known: map[int]*change{}, at: -1}
	if metadata != nil {
		if wr.schema, _, err = parquet.RewriteSchema(r.schema, "", metadata); err != nil {
			return nil, err
		}
	}
	opts := []ipc.Option{ipc.WithSchema(wr.schema)}
	switch r.codec {
	case "lz4":
		opts = append(opts, ipc.WithLZ4())
	case "zstd":
		opts = append(opts, ipc.WithZstd())
	}
	if !r.file {
		wr.out = ipc.NewWriter(&wr.sink, opts...)
		return wr, nil
	}
	wr.out, err = ipc.NewFileWriter(&wr.sink, append(opts, ipc.WithDictionaryDeltas(true))...)
	return wr, err
}

// Write writes a batch with the columns in changes, by index, rewritten. A column
// need not be changed in every batch, but always in the same way. Errors are
// of type [*Error], but for those of ctx and of the writer's output.
func (w *Writer) Write(ctx context.Context, b *Batch, changes map[int]parquet.Change) (err error) {
	defer func() {
		if w.sink.err != nil {
			err = w.sink.err
		}
		if ctx.Err() != nil {
			err = ctx.Err()
			return
		}
		column := ""
		if w.at >= 0 {
			column = w.reader.leaves[w.at].Path
		}
		place(&err, column, b.n)
	}()
	defer recovered(&err)
	w.batch, w.leaf, w.at, w.changes = b, 0, -1, map[int]*change{}
	for i, c := range changes {
		if w.changes[i], err = w.begin(ctx, i, c); err != nil {
			return err
		}
	}
	columns := make([]arrow.Array, b.rec.NumCols())
	for i, c := range b.rec.Columns() {
		data, err := w.array(c.Data(), c.DataType())
		if err != nil {
			return err
		}
		columns[i] = array.MakeFromData(data)
	}
	w.at = -1
	out := array.NewRecord(w.schema, columns, b.rec.NumRows())
	defer out.Release()
	w.stats.Rows += b.rec.NumRows()
	return w.out.Write(out)
}

// begin makes ready for the change of a column in a batch.
func (w *Writer) begin(ctx context.Context, i int, c parquet.Change) (*change, error) {
	if i < 0 || i >= len(w.reader.leaves) || c.Rewriter == nil || !w.reader.leaves[i].known {
		return nil, errChanges
	}
	x := w.known[i]
	if x == nil {
		text, err := w.reader.leaves[i].plain.Text(c.Form)
		if err != nil {
			return nil, err
		}
		x = &change{rewriter: c.Rewriter, editor: parquet.NewEditor(text, c.Rewriter, &w.stats)}
		w.known[i] = x
	}
	var err error
	x.variants, err = x.editor.Variants(ctx, int(w.batch.n), w.batch.Rows())
	return x, err
}

// Close ends the output.
func (w *Writer) Close() (err error) {
	defer func() {
		if w.sink.err != nil {
			err = w.sink.err
		}
		place(&err, "", -1)
	}()
	defer recovered(&err)
	return w.out.Close()
}

// Stats are counts of what was done.
func (w *Writer) Stats() parquet.Stats { return w.stats }

// A sink remembers its first error, and knows where it is: the writer of the
// file form asks for that, and seeks nowhere.
type sink struct {
	w   io.Writer
	n   int64
	err error
}

func (s *sink) Write(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(b)
	s.n += int64(n)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	s.err = err
	return n, err
}

func (s *sink) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekCurrent {
		return 0, errors.New("the output cannot be moved in")
	}
	return s.n, nil
}
