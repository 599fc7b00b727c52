package parquet

import (
	"context"
	"errors"
	"io"
	"runtime"
)

// A Verdict is what a [Rewriter] decides of a value.
type Verdict uint8

const (
	// Keep leaves the value as it is.
	Keep Verdict = iota
	// Replace puts a text in its place. A value of a type that the text has no form
	// in becomes null, and is counted as [Stats].Unfit.
	Replace
	// Redact is Replace by a label: that null takes its place is as good.
	Redact
	// Null makes it null; an error if the column is required.
	Null
)

// A Reply is what a [Rewriter] says of a value.
type Reply struct {
	Verdict Verdict
	// Class is the class that the value is counted in, from 1; 0 is not counted.
	Class int32
	// Text is that of Replace and Redact, valid until the next call.
	Text []byte
}

// A Rewriter changes the values of a column.
type Rewriter interface {
	// Rewrite says what becomes of values, in the text form that [Change].Form asks
	// for: replies has a zero Reply for each. values are valid during the call only.
	// They are those of some slots, or entries of a dictionary, which may stand for any
	// number of rows; an entry that a dictionary before had is not asked for again
	// as a rule. variant is that of the values' rows, see [Change].Variants.
	// An error ends the rewriting and must not quote a value.
	Rewrite(values [][]byte, variant int32, replies []Reply) error
}

// A Change says how a column is rewritten.
type Change struct {
	// New makes a Rewriter. Each goroutine has its own; equal values must come out
	// equal.
	New  func() Rewriter
	Form Form
	// Variants, if it is set, gives a number for each row of a row group. Equal values
	// of rows with different ones may be replaced differently: by the key of a row's
	// day, say. An entry of a dictionary that stands for rows of several variants
	// becomes several. Row groups are asked for in order.
	Variants func(ctx context.Context, group int) ([]int32, error)
}

// VariantsOf gives the variants of a row group of so many rows: that of each, or one
// for all of them, where each is nil.
func (c *Change) VariantsOf(ctx context.Context, group int, rows int64) (each []int32, all int32, err error) {
	if c.Variants == nil {
		return nil, 0, nil
	}
	each, err = c.Variants(ctx, group)
	switch {
	case err != nil:
		return nil, 0, err
	case int64(len(each)) != rows:
		return nil, 0, errVariants
	case rows == 0:
		return nil, 0, nil
	case one(each):
		return nil, each[0], nil
	}
	return each, 0, nil
}

// Options are what may be asked of [Rewrite] beyond the columns.
type Options struct {
	// Metadata is called with each key-value pair of the file and of its chunks,
	// those inside of an ArrowSchemaKey included; it returns the value to write,
	// or false to drop the pair. nil keeps all.
	Metadata func(KeyValue) (value string, keep bool)
	// Workers is how many goroutines take pages apart; 0 means one for each processor.
	Workers int
}

// Stats are counts of what [Rewrite] did.
type Stats struct {
	Rows      int64
	Changed   int   // columns with a Change
	Calls     int64 // values that a Rewriter was asked for
	Replaced  int64 // of these, by another value
	Nulled    int64 // of these, by null as the Rewriter said
	Unfit     int64 // of these, by null because a replacement does not fit the type
	Copied    int64 // bytes of chunks copied as they are
	Rewritten int64 // bytes of chunks with changes, as written
	// Classes has for each column how many of its values are in each class; nil of
	// columns without a Change.
	Classes [][]int64
}

// Rewrite writes f to w with the columns in changes, by index, rewritten and all
// else as it was: chunks in which every value is kept, too. If w is nil, the
// columns are read and counted, and nothing is written.
//
// Errors are of type [*Error], but for those of ctx; w then holds part of a file.
// Memory is bounded by some pages and a dictionary for each worker, and by the
// footer.
func Rewrite(ctx context.Context, f *File, w io.Writer, changes map[int]Change, opts Options) (stats Stats, err error) {
	r := rewriter{File: f, ctx: ctx, out: newSink(w), opts: opts, changes: make([]*change, len(f.leaves))}
	if r.opts.Workers <= 0 {
		r.opts.Workers = runtime.GOMAXPROCS(0)
	}
	r.counts.Classes = make([][]int64, len(f.leaves))
	for i, c := range changes {
		if i < 0 || i >= len(f.leaves) || c.New == nil {
			return stats, &Error{RowGroup: -1, Err: errors.New("a change names no column of the file, or has no rewriter")}
		}
		l := &f.leaves[i]
		form, err := newTextForm(l, c.Form)
		if err != nil {
			return stats, &Error{Column: l.Path, RowGroup: -1, Err: err}
		}
		r.changes[i] = &change{c, Text{form}, NewMemory()}
	}
	r.counts.Rows, r.counts.Changed = f.rows, len(changes)
	defer func() {
		// The sink's error is the cause, whatever followed from it.
		if r.out.err != nil {
			err = r.out.err
		}
		var e *Error
		if err != nil && !errors.As(err, &e) && ctx.Err() == nil {
			err = &Error{RowGroup: -1, Err: err}
		}
		stats = r.counts
	}()
	return stats, r.run()
}

// A rewriter is one run of Rewrite.
type rewriter struct {
	*File
	ctx     context.Context
	out     sink
	opts    Options
	changes []*change // by column, nil where it is copied
	moved   [][]moved // by row group and column
	counts  Stats
}

// A change is a Change of a column of the file.
type change struct {
	Change
	text   Text
	memory *Memory
}

// A moved is a chunk that has been written.
type moved struct {
	outer   record // ColumnChunk, with the new metadata in it
	start   int64
	size    int64
	grown   int64      // of the bytes before compression
	pages   []location // of a changed chunk, if it has an offset index
	changed bool
}

// A location is where a data page was written.
type location struct{ offset, size int64 }

func (r *rewriter) run() error {
	if r.out.w == nil {
		return r.flow()
	}
	if _, err := r.out.Write([]byte(magic)); err != nil {
		return err
	}
	if err := r.flow(); err != nil {
		return err
	}
	if err := r.indexes(); err != nil {
		return err
	}
	return r.footerOut()
}
