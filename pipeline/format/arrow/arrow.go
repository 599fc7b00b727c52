// Package arrow rewrites Arrow IPC, the stream and the file form, column by
// column: schema, batches and dictionaries stay as they were but for the values
// that are told to change.
//
// It knows no kinds and no policy. A caller is shown the columns and says which
// of them change and how, in the terms of package parquet, whose rewriters and
// verdicts it shares.
//
//  1. [RewriteStream] and [RewriteFile] read the schema and ask for changes.
//  2. Each record batch is read, its changed leaves are built anew, and it is
//     written: as many batches come out as went in, of the same length.
//  3. A dictionary is changed once, one call for each entry, and again only when
//     the input replaces it.
//
// Batches are decoded and encoded by arrow v17.
package arrow

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// A Column is a leaf of the schema. Fields of structs are named, the items of
// lists "item", of maps "key" and "value".
type Column struct {
	Index    int
	Path     string // dotted: "user.phones.item"
	Type     string // Arrow's name: "utf8", "timestamp[us, tz=UTC]"
	Nullable bool
}

// Options are what may be asked beyond the columns.
type Options struct {
	// Metadata is called with each key-value pair of the schema and its columns;
	// it returns the value to write, or false to drop the pair. nil keeps all.
	Metadata func(parquet.KeyValue) (value string, keep bool)
	// Compression of the buffers written: "", "lz4" or "zstd". The reader of v17
	// does not tell what they were compressed with.
	Compression string
	// MaxBuffer bounds each buffer, and the body of a message, in bytes; 0 means
	// 4 GiB. Input that asks for more is refused.
	MaxBuffer int64
}

// Decide is shown the leaves and returns the changes, by index.
type Decide func([]Column) (map[int]parquet.ValueRewriter, error)

// Stats are counts of what was done.
type Stats struct {
	Batches  int64
	Rows     int64
	Calls    int64 // of a rewriter
	Replaced int64 // values or dictionary entries
	Nulled   int64 // by verdict, or because the replacement does not fit the type
}

// An Error says where in an input something is wrong. It never holds a value.
type Error struct {
	Column string // "" if the fault is in no column
	Batch  int64  // from 0, -1 if in none
	Err    error
}

func (e *Error) Error() string {
	switch {
	case e.Batch < 0:
		return "arrow: " + e.Err.Error()
	case e.Column == "":
		return fmt.Sprintf("arrow: batch %d: %v", e.Batch, e.Err)
	}
	return fmt.Sprintf("arrow: column %s, batch %d: %v", e.Column, e.Batch, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

var (
	errMalformed = errors.New("malformed Arrow IPC data")
	errTooLarge  = errors.New("a buffer is larger than is allowed")
	errChanges   = errors.New("a change names no column of the input, or has no rewriter")
)

// recovered turns a panic of the library into an error; what it panicked with is
// kept only if it can hold no data.
func recovered(err *error) {
	switch r := recover().(type) {
	case nil:
	case runtime.Error:
		*err = fmt.Errorf("%w: %w", errMalformed, r)
	case error:
		*err = errMalformed
		if errors.Is(r, errTooLarge) {
			*err = errTooLarge
		}
	default:
		*err = errMalformed
	}
}

// RewriteStream rewrites the stream form from r to w. Errors are of type
// [*Error], but for those of decide, w and ctx. One batch is in memory at a time,
// and the dictionaries.
func RewriteStream(ctx context.Context, r io.Reader, w io.Writer, decide Decide, opts Options) (stats Stats, err error) {
	var run *rewriter
	defer func() { stats, err = run.end(err) }()
	defer recovered(&err)
	if r, err = verifyStream(r); err != nil {
		return stats, err
	}
	in, err := ipc.NewReader(r, ipc.WithAllocator(newLimit(opts.MaxBuffer)))
	if err != nil {
		return stats, errMalformed
	}
	defer in.Release()
	if run, err = newRewriter(in.Schema(), w, decide, opts); err != nil {
		return stats, err
	}
	out := ipc.NewWriter(&run.sink, run.writerOptions()...)
	for in.Next() {
		if err := run.batch(ctx, in.Record(), out.Write); err != nil {
			return stats, err
		}
	}
	if in.Err() != nil && !errors.Is(in.Err(), io.EOF) {
		return stats, errMalformed
	}
	return stats, out.Close()
}

// RewriteFile rewrites the file form: r holds size bytes of it.
func RewriteFile(ctx context.Context, r io.ReaderAt, size int64, w io.Writer, decide Decide, opts Options) (stats Stats, err error) {
	var run *rewriter
	defer func() { stats, err = run.end(err) }()
	defer recovered(&err)
	if err := verifyFile(r, size); err != nil {
		return stats, err
	}
	in, err := ipc.NewFileReader(io.NewSectionReader(r, 0, size), ipc.WithAllocator(newLimit(opts.MaxBuffer)))
	if err != nil {
		return stats, errMalformed
	}
	defer in.Close()
	if run, err = newRewriter(in.Schema(), w, decide, opts); err != nil {
		return stats, err
	}
	out, err := ipc.NewFileWriter(&run.sink, run.writerOptions()...)
	if err != nil {
		return stats, err
	}
	for i := range in.NumRecords() {
		rec, err := in.Record(i)
		if err != nil {
			return stats, errMalformed
		}
		if err := run.batch(ctx, rec, out.Write); err != nil {
			return stats, err
		}
	}
	return stats, out.Close()
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

// A rewriter is one run.
type rewriter struct {
	sink    sink
	opts    Options
	mem     limit
	schema  *arrow.Schema
	columns []Column
	changes map[int]parquet.ValueRewriter
	leaf    int // of the array that is rewritten
	dicts   map[int]changedDict
	stats   Stats
	done    int64 // batches
}

func newRewriter(schema *arrow.Schema, w io.Writer, decide Decide, opts Options) (*rewriter, error) {
	r := &rewriter{sink: sink{w: w}, opts: opts, mem: newLimit(opts.MaxBuffer), dicts: map[int]changedDict{}}
	for _, f := range schema.Fields() {
		r.walk(f.Name, f)
	}
	var err error
	if r.changes, err = decide(append([]Column(nil), r.columns...)); err != nil {
		return r, err
	}
	for i, c := range r.changes {
		if i < 0 || i >= len(r.columns) || c == nil {
			return r, errChanges
		}
	}
	r.schema = r.rewriteSchema(schema)
	return r, nil
}

// walk lists the leaves in the order in which arrays are rewritten.
func (r *rewriter) walk(path string, f arrow.Field) {
	typ := f.Type
	if e, ok := typ.(arrow.ExtensionType); ok {
		typ = e.StorageType()
	}
	switch t := typ.(type) {
	case *arrow.MapType:
		r.walk(path+".key", t.KeyField())
		r.walk(path+".value", t.ItemField())
	case arrow.ListLikeType:
		r.walk(path+".item", t.ElemField())
	case *arrow.RunEndEncodedType:
		r.walk(path, arrow.Field{Name: f.Name, Type: t.Encoded(), Nullable: f.Nullable})
	case arrow.NestedType:
		for _, inner := range t.Fields() {
			r.walk(path+"."+inner.Name, inner)
		}
	default:
		r.columns = append(r.columns, Column{Index: len(r.columns), Path: path, Type: f.Type.String(), Nullable: f.Nullable})
	}
}

func (r *rewriter) rewriteSchema(s *arrow.Schema) *arrow.Schema {
	if r.opts.Metadata == nil {
		return s
	}
	pairs := func(m arrow.Metadata, column string) arrow.Metadata {
		var keys, values []string
		for i, k := range m.Keys() {
			if v, keep := r.opts.Metadata(parquet.KeyValue{Key: k, Value: m.Values()[i], Column: column}); keep {
				keys, values = append(keys, k), append(values, v)
			}
		}
		return arrow.NewMetadata(keys, values)
	}
	fields := append([]arrow.Field(nil), s.Fields()...)
	for i := range fields {
		fields[i].Metadata = pairs(fields[i].Metadata, fields[i].Name)
	}
	meta := pairs(s.Metadata(), "")
	return arrow.NewSchemaWithEndian(fields, &meta, s.Endianness())
}

func (r *rewriter) writerOptions() []ipc.Option {
	all := []ipc.Option{ipc.WithSchema(r.schema)}
	switch r.opts.Compression {
	case "lz4":
		all = append(all, ipc.WithLZ4())
	case "zstd":
		all = append(all, ipc.WithZstd())
	}
	return all
}

// batch rewrites one record batch and writes it.
func (r *rewriter) batch(ctx context.Context, rec arrow.Record, write func(arrow.Record) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.leaf = 0
	columns := make([]arrow.Array, rec.NumCols())
	for i, c := range rec.Columns() {
		data, err := r.array(c.Data(), c.DataType())
		if err != nil {
			return err
		}
		columns[i] = array.MakeFromData(data)
	}
	out := array.NewRecord(r.schema, columns, rec.NumRows())
	defer out.Release()
	if err := write(out); err != nil {
		return err
	}
	r.done++
	r.stats.Batches++
	r.stats.Rows += rec.NumRows()
	return r.sink.err
}

// end gives an error its place.
func (r *rewriter) end(err error) (Stats, error) {
	if r == nil {
		return Stats{}, wrap(err, "", -1)
	}
	if r.sink.err != nil {
		return r.stats, r.sink.err
	}
	column := ""
	if r.leaf < len(r.columns) && r.changes[r.leaf] != nil {
		column = r.columns[r.leaf].Path
	}
	return r.stats, wrap(err, column, r.done)
}

func wrap(err error, column string, batch int64) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &Error{Column: column, Batch: batch, Err: err}
}
