package arrow

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"golang.org/x/sync/errgroup"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// A Writer changes the batches of a Reader and writes them, in the form and
// compression that it reads.
type Writer struct {
	reader *Reader
	sink   sink
	out    interface { // nil: nothing is written
		Write(arrow.Record) error
		Close() error
	}
	schema *arrow.Schema
	known  map[int]*change // by leaf
	even   bool            // views want one buffer
	stats  parquet.Stats
}

// NewWriter returns a Writer to w. metadata is called with each key-value pair of
// the schema and its columns, as of [parquet.Options]; nil keeps all. If w is nil,
// batches are read and counted, and nothing is written.
func (r *Reader) NewWriter(w io.Writer, metadata func(parquet.KeyValue) (string, bool)) (wr *Writer, err error) {
	defer place(&err, "", -1)
	defer recovered(&err)
	wr = &Writer{reader: r, sink: sink{w: w}, schema: r.schema, known: map[int]*change{}, even: viewDictionaries(r.schema.Fields())}
	if w == nil {
		return wr, nil
	}
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
		place(&err, "", b.n)
	}()
	defer recovered(&err)
	leaves, err := w.change(ctx, b, changes)
	if err != nil {
		return err
	}
	w.stats.Rows += b.rec.NumRows()
	if w.out == nil {
		return nil
	}
	columns := make([]arrow.Array, b.rec.NumCols())
	v := visit{leaf: func(i int, data arrow.ArrayData) arrow.ArrayData {
		if leaves[i] != nil {
			data = leaves[i]
		}
		if !w.even || err != nil {
			return data
		}
		var made arrow.ArrayData
		if made, err = evened(data); err != nil {
			return data
		}
		return made
	}}
	for i, c := range b.rec.Columns() {
		columns[i] = array.MakeFromData(v.array(c.Data(), c.DataType()))
	}
	if err != nil {
		return err
	}
	out := array.NewRecord(w.schema, columns, b.rec.NumRows())
	defer out.Release()
	return w.out.Write(out)
}

// change returns the leaves of a batch that are changed, side by side.
func (w *Writer) change(ctx context.Context, b *Batch, changes map[int]parquet.Change) (map[int]arrow.ArrayData, error) {
	var data []arrow.ArrayData
	v := visit{leaf: func(_ int, d arrow.ArrayData) arrow.ArrayData {
		data = append(data, d)
		return d
	}}
	for _, c := range b.rec.Columns() {
		v.array(c.Data(), c.DataType())
	}
	for i, c := range changes {
		if err := w.begin(ctx, b, i, c); err != nil {
			return nil, err
		}
	}
	leaves, mu := map[int]arrow.ArrayData{}, sync.Mutex{}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range changes {
		g.Go(func() (err error) {
			defer place(&err, w.reader.leaves[i].Path, b.n)
			defer recovered(&err)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			changed, err := w.known[i].array(data[i])
			mu.Lock()
			defer mu.Unlock()
			leaves[i] = changed
			return err
		})
	}
	return leaves, g.Wait()
}

// begin makes ready for the change of a column in a batch.
func (w *Writer) begin(ctx context.Context, b *Batch, i int, c parquet.Change) (err error) {
	if i < 0 || i >= len(w.reader.leaves) || c.New == nil || !w.reader.leaves[i].known {
		return errChanges
	}
	defer place(&err, w.reader.leaves[i].Path, b.n)
	x := w.known[i]
	if x == nil {
		text, err := w.reader.leaves[i].plain.Text(c.Form)
		if err != nil {
			return err
		}
		x = &change{leaf: &w.reader.leaves[i], file: w.reader.file, byRow: c.Variants != nil, editor: parquet.NewEditor(text, c.New(), parquet.NewMemory())}
		w.known[i] = x
	}
	x.placed = &b.places[i]
	if x.variants, x.variant, err = c.VariantsOf(ctx, int(b.n), b.Rows()); err != nil {
		return err
	}
	if x.variants != nil && x.leaf.runs {
		return errRuns
	}
	return nil
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
	if w.out == nil {
		return nil
	}
	return w.out.Close()
}

// Stats are counts of what was done.
func (w *Writer) Stats() parquet.Stats {
	stats := w.stats
	stats.Changed, stats.Classes = len(w.known), make([][]int64, len(w.reader.leaves))
	for i, c := range w.known {
		c.editor.AddTo(&stats, i)
	}
	return stats
}

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
