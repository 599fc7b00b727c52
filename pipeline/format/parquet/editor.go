package parquet

import (
	"context"
	"slices"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// An Editor changes values in their plain form, that of PLAIN in a Parquet file
// without the length before byte arrays, by way of their text.
type Editor struct {
	rewriter    ValueRewriter
	form        textForm
	stats       *Stats
	text, reply []byte
	variant     int32
	known       map[string]known // entries of dictionaries before, in the variant
	variants    map[int32]map[string]known
	room        int // for more of them
}

// known is what became of an entry.
type known struct {
	plain []byte
	null  bool
}

// Row groups have dictionaries of their own, mostly of the same values: these are
// remembered, so many of them and no longer ones than that.
const maxKnown, maxKnownLength = 1 << 16, 256

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

// NewEditor returns an Editor for values of one column; it counts in stats.
func NewEditor(text Text, rewriter ValueRewriter, stats *Stats) *Editor {
	e := &Editor{rewriter: rewriter, form: text.form, stats: stats, known: map[string]known{}, room: maxKnown}
	e.variants = map[int32]map[string]known{0: e.known}
	return e
}

// Variant is the variant that Use said last, 0 at first.
func (e *Editor) Variant() int32 { return e.variant }

// Variants makes ready for a row group of so many rows. If the rewriter is a
// [RowRewriter] and rows differ, their variants are returned; if not, all of them
// are of the variant that is in use now.
func (e *Editor) Variants(ctx context.Context, group int, rows int64) ([]int32, error) {
	r, ok := e.rewriter.(RowRewriter)
	if !ok {
		return nil, nil
	}
	variants, err := r.Variants(ctx, group)
	if err != nil {
		return nil, err
	}
	if int64(len(variants)) != rows {
		return nil, errCounts
	}
	for _, v := range variants {
		if v != variants[0] {
			return variants, nil
		}
	}
	if rows > 0 {
		e.Use(variants[0])
	}
	return nil, nil
}

// Use makes replacements those of a variant, if the rewriter is a [RowRewriter].
func (e *Editor) Use(variant int32) {
	if r, ok := e.rewriter.(RowRewriter); ok && variant != e.variant {
		e.variant = variant
		if e.known = e.variants[variant]; e.known == nil {
			e.known = map[string]known{}
			e.variants[variant] = e.known
		}
		r.Use(variant)
	}
}

// Entry is Value for an entry of a dictionary: the rewriter is not called again
// for one that it was called for before.
func (e *Editor) Entry(dst, plain []byte) (out []byte, null bool, err error) {
	if k, ok := e.known[string(plain)]; ok {
		return append(dst, k.plain...), k.null, nil
	}
	at := len(dst)
	out, null, err = e.Value(dst, plain)
	if err == nil && e.room > 0 && len(plain)+len(out)-at <= maxKnownLength {
		e.known[string(plain)] = known{slices.Clone(out[at:]), null}
		e.room--
	}
	return out, null, err
}

// Value appends what becomes of one value, in plain form; or says that it becomes
// null, by verdict or because the replacement does not fit the type.
func (e *Editor) Value(dst, plain []byte) (out []byte, null bool, err error) {
	text := plain
	if !e.form.raw {
		e.text = e.form.text(e.text[:0], plain)
		text = e.text
	}
	e.stats.Calls++
	var verdict Verdict
	e.reply, verdict, err = e.rewriter.Rewrite(e.reply[:0], text)
	switch {
	case err != nil:
		return dst, false, err
	case verdict == Null:
		e.stats.Nulled++
		return dst, true, nil
	case verdict == Keep || string(e.reply) == string(text):
		return append(dst, plain...), false, nil
	}
	e.stats.Replaced++
	if e.form.raw {
		return append(dst, e.reply...), false, nil
	}
	at := len(dst)
	out, ok := e.form.parse(dst, e.reply)
	if !ok {
		e.stats.Unfit++
		if r, ok := e.rewriter.(interface{ Unfit() }); ok {
			r.Unfit()
		}
		return out[:at], true, nil
	}
	return out, false, nil
}
