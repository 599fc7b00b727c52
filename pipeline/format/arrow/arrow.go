// Package arrow reads and rewrites Arrow IPC, the stream and the file form, batch
// by batch and column by column: schema, batches and dictionaries stay as they
// were but for the values that are told to change.
//
// It knows no kinds and no policy. Columns, values, rewriters and verdicts are
// those of package parquet: what a column holds is described in Parquet's types,
// and its values are seen in the same text.
//
//  1. [NewReader] and [NewFileReader] read the schema, and [Reader.Next] a record
//     batch at a time. [Batch.Values] shows what is in it.
//  2. A [Writer] builds the changed leaves of a batch anew and writes it: as many
//     batches come out as went in, of the same length, compressed likewise.
//  3. A dictionary is changed once, one call for each entry, and again only when
//     the input replaces it.
//
// Batches are decoded and encoded by arrow v17.
package arrow

import (
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

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

// A Reader reads record batches.
type Reader struct {
	schema *arrow.Schema
	leaves []leaf
	next   func() (arrow.Record, error)
	codec  string // of buffers: "", "lz4" or "zstd"
	file   bool   // the file form
	n      int64  // batches read
}

// NewReader reads the stream form. maxBuffer bounds each buffer, and the body of a
// message, in bytes; 0 means 4 GiB. Input that asks for more is refused. Errors are
// of type [*Error].
func NewReader(r io.Reader, maxBuffer int64) (rd *Reader, err error) {
	defer place(&err, "", -1)
	defer recovered(&err)
	all, codec, err := verifyStream(r)
	if err != nil {
		return nil, err
	}
	in, err := ipc.NewReader(all, ipc.WithAllocator(newLimit(maxBuffer)))
	if err != nil {
		return nil, errMalformed
	}
	return newReader(in.Schema(), codec, false, func() (arrow.Record, error) {
		if in.Next() {
			return in.Record(), nil
		}
		if in.Err() != nil && !errors.Is(in.Err(), io.EOF) {
			return nil, errMalformed
		}
		return nil, io.EOF
	})
}

// NewFileReader reads the file form: r holds size bytes of it.
func NewFileReader(r io.ReaderAt, size, maxBuffer int64) (rd *Reader, err error) {
	defer place(&err, "", -1)
	defer recovered(&err)
	codec, err := verifyFile(r, size)
	if err != nil {
		return nil, err
	}
	in, err := ipc.NewFileReader(io.NewSectionReader(r, 0, size), ipc.WithAllocator(newLimit(maxBuffer)))
	if err != nil {
		return nil, errMalformed
	}
	n := 0
	return newReader(in.Schema(), codec, true, func() (arrow.Record, error) {
		if n == in.NumRecords() {
			return nil, io.EOF
		}
		n++
		rec, err := in.Record(n - 1)
		if err != nil {
			return nil, errMalformed
		}
		return rec, nil
	})
}

func newReader(schema *arrow.Schema, codec string, file bool, next func() (arrow.Record, error)) (*Reader, error) {
	r := &Reader{schema: schema, codec: codec, file: file, next: next}
	for _, f := range schema.Fields() {
		r.walk(f.Name, f, 0)
	}
	return r, nil
}

// Columns returns the leaves of the schema. Fields of structs are named, the items
// of lists "item", of maps "key" and "value". Physical is "" for types that
// Parquet has not, such as durations, which can be read but not changed.
func (r *Reader) Columns() []parquet.Column {
	all := make([]parquet.Column, len(r.leaves))
	for i := range r.leaves {
		all[i] = r.leaves[i].Column
	}
	return all
}

// Next returns the next record batch, io.EOF after the last one. It is valid until
// the call after it.
func (r *Reader) Next() (b *Batch, err error) {
	defer func() {
		if !errors.Is(err, io.EOF) {
			place(&err, "", r.n)
		}
	}()
	defer recovered(&err)
	rec, err := r.next()
	if err != nil {
		return nil, err
	}
	b = &Batch{reader: r, rec: rec, n: r.n}
	for _, c := range rec.Columns() {
		if !sound(c.Data()) {
			return nil, errMalformed
		}
		b.collect(c, nil)
	}
	if len(b.places) != len(r.leaves) {
		return nil, errMalformed
	}
	r.n++
	return b, nil
}

// place says where an error came up, unless it says so itself.
func place(err *error, column string, batch int64) {
	var e *Error
	if *err != nil && !errors.As(*err, &e) {
		*err = &Error{Column: column, Batch: batch, Err: *err}
	}
}
