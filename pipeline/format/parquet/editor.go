package parquet

import (
	"bytes"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// An Editor changes values in their plain form, that of PLAIN in a Parquet file
// without the length before byte arrays, by way of their text. Each goroutine has
// its own.
type Editor struct {
	rewriter Rewriter
	form     textForm
	stats    Stats
	classes  []int64

	arena   []byte
	ends    []int
	texts   [][]byte
	replies []Reply
	edits   []Edit
	chosen  [][]byte // values of one variant
	memory  *Memory
	others  *circle // of workers that may answer questions; nil: there are none
	column  int     // for them
	building
}

// An Edit is what became of a value. It is valid until the Editor is used again.
type Edit struct {
	Plain   []byte
	Class   int32
	Null    bool // instead of Plain
	Changed bool
}

// A Plain says what values of a plain form are.
type Plain struct {
	Physical parquet.Type
	Logical  schema.LogicalType // nil is none
	Length   int                // of FIXED_LEN_BYTE_ARRAY, in bytes
}

// A Text turns values in plain form into text and back.
type Text struct{ form textForm }

// Text returns the text form of the values; an error if there is none.
func (p Plain) Text(form Form) (Text, error) {
	l := leaf{typ: p.Physical, form: p.Logical, Column: Column{TypeLength: p.Length}}
	if l.form == nil {
		l.form = schema.NoLogicalType{}
	}
	f, err := newTextForm(&l, form)
	return Text{f}, err
}

// Append appends the text of a value; a value without a text is shown as the
// bytes that it is.
func (t Text) Append(dst, plain []byte) []byte { return t.form.text(dst, plain) }

// Fits says whether a value of the type can be made of text.
func (t Text) Fits(text []byte) bool {
	if t.form.raw {
		return true
	}
	_, ok := t.form.parse(nil, text)
	return ok
}

// Fits says whether text can stand in a column.
func (f *File) Fits(column int, form Form, text []byte) bool {
	t, err := newTextForm(&f.leaves[column], form)
	return err == nil && Text{t}.Fits(text)
}

// NewEditor returns an Editor for values of one column. It shares memory with the
// other Editors of the column.
func NewEditor(text Text, rewriter Rewriter, memory *Memory) *Editor {
	return &Editor{rewriter: rewriter, form: text.form, memory: memory}
}

// Count counts n values of a class.
func (e *Editor) Count(class int32, n int64) { addClass(&e.classes, class, n) }

func addClass(classes *[]int64, class int32, n int64) {
	if class == 0 || n == 0 {
		return
	}
	for int(class) >= len(*classes) {
		*classes = append(*classes, 0)
	}
	(*classes)[class] += n
}

// AddTo adds what the Editor did to stats, which has Classes for the column.
func (e *Editor) AddTo(stats *Stats, column int) {
	stats.Calls += e.stats.Calls
	stats.Replaced += e.stats.Replaced
	stats.Nulled += e.stats.Nulled
	stats.Unfit += e.stats.Unfit
	for class, n := range e.classes {
		addClass(&stats.Classes[column], int32(class), n)
	}
}

// Edit returns what becomes of values of a column. variants has that of each value,
// or one for all of them.
func (e *Editor) Edit(values [][]byte, variants ...int32) ([]Edit, error) {
	e.arena, e.edits = e.arena[:0], resized(e.edits, len(values))
	if len(values) == 0 {
		return e.edits, nil
	}
	if one(variants) {
		return e.edits, e.some(values, variants[0], nil)
	}
	done := map[int32]bool{}
	for i, v := range variants {
		if done[v] {
			continue
		}
		done[v] = true
		e.chosen = e.chosen[:0]
		var at []int
		for k := i; k < len(values); k++ {
			if variants[k] == v {
				e.chosen, at = append(e.chosen, values[k]), append(at, k)
			}
		}
		if err := e.some(e.chosen, v, at); err != nil {
			return nil, err
		}
	}
	return e.edits, nil
}

func one(variants []int32) bool {
	for _, v := range variants {
		if v != variants[0] {
			return false
		}
	}
	return true
}

// resized returns a slice of n, in the memory of s if that is large enough.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// some edits values of one variant, which stand at the places at, or at their own.
func (e *Editor) some(values [][]byte, variant int32, at []int) error {
	e.stats.Calls += int64(len(values))
	texts := e.textsOf(values)
	e.replies = resized(e.replies, len(values))
	clear(e.replies)
	if err := e.rewriter.Rewrite(texts, variant, e.replies); err != nil {
		return err
	}
	for i := range e.replies {
		place := i
		if at != nil {
			place = at[i]
		}
		e.edits[place] = e.edit(&e.replies[i], values[i], texts[i])
	}
	return nil
}

// textsOf returns the texts of values, in the arena if they are not the values
// themselves.
func (e *Editor) textsOf(values [][]byte) [][]byte {
	if e.form.raw {
		return values
	}
	e.ends, e.texts = e.ends[:0], e.texts[:0]
	start := len(e.arena)
	for _, v := range values {
		e.arena = e.form.text(e.arena, v)
		e.ends = append(e.ends, len(e.arena))
	}
	for _, end := range e.ends {
		e.texts = append(e.texts, e.arena[start:end:end])
		start = end
	}
	return e.texts
}

// edit does what a reply says of a value.
func (e *Editor) edit(r *Reply, plain, text []byte) Edit {
	x := Edit{Plain: plain, Class: r.Class}
	switch {
	case r.Verdict == Null:
		e.stats.Nulled++
		x.Null, x.Changed = true, true
		return x
	case r.Verdict == Keep || bytes.Equal(r.Text, text):
		return x
	}
	e.stats.Replaced++
	x.Changed = true
	from := len(e.arena)
	ok := e.form.raw
	if ok {
		e.arena = append(e.arena, r.Text...)
	} else if e.arena, ok = e.form.parse(e.arena, r.Text); !ok {
		e.arena = e.arena[:from]
		x.Null = true
		if r.Verdict == Replace {
			e.stats.Unfit++
		}
		return x
	}
	x.Plain = e.arena[from:len(e.arena):len(e.arena)]
	return x
}
