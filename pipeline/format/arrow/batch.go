package arrow

import (
	"context"
	"errors"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// A Batch is a record batch. Its columns may be read side by side.
type Batch struct {
	reader *Reader
	rec    arrow.Record
	places []placed
	n      int64 // its number
}

// Rows returns the number of rows.
func (b *Batch) Rows() int64 { return b.rec.NumRows() }

// block is the number of slots in one call.
const block = 1 << 13

// Values passes the slots of a column, in order, to fn. Errors are of type
// [*Error], but for those of fn and ctx.
func (b *Batch) Values(ctx context.Context, column int, form parquet.Form, fn func(*parquet.Values) error) error {
	return b.read(column, form, func(p *placed, text parquet.Text) error {
		return b.slots(ctx, p, &b.reader.leaves[column], text, fn)
	})
}

// Fits says whether text can stand in a column.
func (b *Batch) Fits(column int, form parquet.Form, text []byte) bool {
	t, err := b.reader.leaves[column].plain.Text(form)
	return err == nil && t.Fits(text)
}

// An outside error is one of a function that was called.
type outside struct{ error }

func (b *Batch) read(column int, form parquet.Form, do func(*placed, parquet.Text) error) (err error) {
	if column < 0 || column >= len(b.places) {
		return &Error{Batch: b.n, Err: errors.New("no such column")}
	}
	l := &b.reader.leaves[column]
	defer func() {
		var o outside
		if errors.As(err, &o) {
			err = o.error
		}
	}()
	defer place(&err, l.Path, b.n)
	defer recovered(&err)
	text, err := l.plain.Text(form)
	if err != nil {
		return err
	}
	return do(&b.places[column], text)
}

func (b *Batch) slots(ctx context.Context, p *placed, l *leaf, text parquet.Text, fn func(*parquet.Values) error) error {
	if l.kind == arrow.NULL {
		return nil
	}
	source := p.array
	d, isDict := p.array.(*array.Dictionary)
	if isDict {
		source = d.Dictionary()
	}
	s := newStretch(source, l.layout)
	v := parquet.Values{Dict: isDict}
	if isDict {
		v.Text = texts(&s, text, 0, source.Len(), nil)
	}
	n := p.array.Len()
	for from := 0; from < n || isDict && n == 0; from += block {
		if err := ctx.Err(); err != nil {
			return outside{err}
		}
		to := min(from+block, n)
		v.Index, v.Rows = v.Index[:0], v.Rows[:0]
		if !isDict {
			v.Text = texts(&s, text, from, to, v.Text[:0])
		}
		for i := from; i < to; i++ {
			k, at := i-from, i
			if isDict && !p.array.IsNull(i) {
				k = d.GetValueIndex(i)
				at = k
			}
			if isDict && p.array.IsNull(i) || !s.has(at) {
				k = -1
			}
			v.Index, v.Rows = append(v.Index, int32(k)), append(v.Rows, p.row(i))
		}
		if err := fn(&v); err != nil {
			return outside{err}
		}
		if n == 0 {
			break // a dictionary alone
		}
	}
	return nil
}

// texts returns the texts of some values, that of a null empty.
func texts(s *stretch, text parquet.Text, from, to int, dst [][]byte) [][]byte {
	var arena []byte
	ends := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		if s.has(i) {
			arena = text.Append(arena, s.value(i))
		}
		ends = append(ends, len(arena))
	}
	at := 0
	for _, end := range ends {
		dst = append(dst, arena[at:end:end])
		at = end
	}
	return dst
}

func bytesOf(b *memory.Buffer) []byte {
	if b == nil {
		return nil
	}
	return b.Bytes()
}

// viewOf gives the values of an array of views, and of types whose text is the
// library's.
func viewOf(a arrow.Array) interface{ Value(int) []byte } {
	if v, ok := a.(*array.BinaryView); ok {
		return v
	}
	return written{a}
}

type written struct{ arrow.Array }

func (w written) Value(i int) []byte { return []byte(w.ValueStr(i)) }
