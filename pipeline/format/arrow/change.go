package arrow

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/bitutil"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

var (
	errRuns    = errors.New("a value that stands for a run of rows cannot be changed by row")
	errIndices = errors.New("the dictionary's indices are too small for an entry by row; write the column without a dictionary")
)

// array rewrites the leaves of an array and leaves its shape as it is.
func (w *Writer) array(data arrow.ArrayData, typ arrow.DataType) (arrow.ArrayData, error) {
	switch t := typ.(type) {
	case arrow.ExtensionType:
		inner, err := w.array(retyped(data, t.StorageType()), t.StorageType())
		if err != nil {
			return nil, err
		}
		return retyped(inner, typ), nil
	case *arrow.RunEndEncodedType:
		return w.children(data, 1) // the first child is where runs end
	case arrow.NestedType:
		return w.children(data, 0)
	}
	c := w.changes[w.leaf]
	w.at = w.leaf
	w.leaf++
	if c == nil {
		return data, nil
	}
	c.leaf, c.placed = &w.reader.leaves[w.at], &w.batch.places[w.at]
	if len(c.variants) > 0 && c.leaf.runs {
		return nil, errRuns
	}
	if t, ok := typ.(*arrow.DictionaryType); ok {
		return c.dictionary(data, t, w.reader.file)
	}
	return c.build(data, data.Len(), nil, func(i int) int32 { return c.variants[c.placed.row(i)] })
}

// retyped is the same data under another type of the same layout.
func retyped(data arrow.ArrayData, typ arrow.DataType) arrow.ArrayData {
	d := array.NewData(typ, data.Len(), data.Buffers(), data.Children(), data.NullN(), data.Offset())
	if dict, ok := data.Dictionary().(*array.Data); ok && dict != nil {
		d.SetDictionary(dict)
	}
	return d
}

// children rewrites the children of an array from one on.
func (w *Writer) children(data arrow.ArrayData, from int) (arrow.ArrayData, error) {
	all := append([]arrow.ArrayData(nil), data.Children()...)
	for i := from; i < len(all); i++ {
		var err error
		if all[i], err = w.array(all[i], all[i].DataType()); err != nil {
			return nil, err
		}
	}
	return array.NewData(data.DataType(), data.Len(), data.Buffers(), all, data.NullN(), data.Offset()), nil
}

// A change is how one leaf is rewritten, and what was made of its dictionary.
type change struct {
	leaf     *leaf
	placed   *placed
	rewriter parquet.ValueRewriter
	editor   *parquet.Editor
	variants []int32 // by row of the batch; empty: one for all

	from   arrow.ArrayData // the dictionary that to was made of
	to     arrow.ArrayData
	one    int32 // the variant of to, if all of it has one
	pairs  []pair
	places map[pair]int
}

// A pair is a dictionary entry in rows of one variant.
type pair struct {
	entry   int
	variant int32
}

// dictionary rewrites the values of a dictionary. Its indices stay as they are,
// unless values differ by row: then it has an entry for each pair that occurs.
func (c *change) dictionary(data arrow.ArrayData, t *arrow.DictionaryType, file bool) (arrow.ArrayData, error) {
	from := data.Dictionary()
	if _, byRow := c.rewriter.(parquet.RowRewriter); len(c.variants) > 0 || file && byRow {
		return c.expand(data, t, file)
	}
	if c.from != from || c.one != c.editor.Variant() {
		to, err := c.build(from, from.Len(), nil, nil)
		if err != nil {
			return nil, err
		}
		from.Retain()
		c.from, c.to, c.one, c.pairs = from, to, c.editor.Variant(), nil
	}
	return array.NewDataWithDictionary(t, data.Len(), data.Buffers(), data.NullN(), data.Offset(), c.to.(*array.Data)), nil
}

// expand makes a dictionary of pairs, and indices into it. In the file form a
// dictionary can only grow, so that of the batches before is kept.
func (c *change) expand(data arrow.ArrayData, t *arrow.DictionaryType, file bool) (arrow.ArrayData, error) {
	if c.pairs == nil || !file || c.from != data.Dictionary() {
		c.pairs, c.places = []pair{}, map[pair]int{}
	}
	in := array.NewDictionaryData(data)
	defer in.Release()
	width := t.IndexType.(arrow.FixedWidthDataType).BitWidth() / 8
	most := uint64(1)<<(8*width-1) - 1
	out := make([]byte, 0, data.Len()*width)
	for i := range data.Len() {
		k := 0
		if in.IsValid(i) {
			p := pair{in.GetValueIndex(i), c.editor.Variant()}
			if len(c.variants) > 0 {
				p.variant = c.variants[c.placed.row(i)]
			}
			var ok bool
			if k, ok = c.places[p]; !ok {
				k = len(c.pairs)
				c.places[p] = k
				c.pairs = append(c.pairs, p)
			}
		}
		if uint64(k) > most {
			return nil, errIndices
		}
		out = append(out, binary.LittleEndian.AppendUint64(nil, uint64(k))[:width]...)
	}
	from := data.Dictionary()
	to, err := c.build(from, len(c.pairs), func(i int) int { return c.pairs[i].entry }, func(i int) int32 { return c.pairs[i].variant })
	if err != nil {
		return nil, err
	}
	from.Retain()
	c.from, c.to = from, to
	valid, nulls := validity(data)
	return array.NewDataWithDictionary(t, data.Len(), []*memory.Buffer{valid, memory.NewBufferBytes(out)}, nulls, 0, to.(*array.Data)), nil
}

// validity returns the bitmap of an array as one without an offset.
func validity(data arrow.ArrayData) (*memory.Buffer, int) {
	b := data.Buffers()[0]
	if b == nil || data.NullN() == 0 {
		return nil, 0
	}
	bits := make([]byte, bitutil.BytesForBits(int64(data.Len())))
	bitutil.CopyBitmap(b.Bytes(), data.Offset(), data.Len(), bits, 0)
	return memory.NewBufferBytes(bits), data.NullN()
}

// build makes n values anew: value i of value at(i) of data, i itself if at is nil,
// in the variant of i if the rewriter has several. What stood under nulls does not
// come along.
func (c *change) build(data arrow.ArrayData, n int, at func(int) int, variant func(int) int32) (arrow.ArrayData, error) {
	in := array.MakeFromData(data)
	defer in.Release()
	s := newStretch(in, c.leaf.layout)
	b := newBuilding(c.leaf.layout, n)
	var plain []byte
	for i := range n {
		k := i
		if at != nil {
			k = at(i)
		}
		if !s.has(k) {
			b.null(i)
			continue
		}
		if len(c.variants) > 0 && variant != nil || at != nil {
			c.editor.Use(variant(i))
		}
		out, null, err := c.edit(plain[:0], s.value(k), data != c.placed.array.Data())
		if err != nil {
			return nil, err
		}
		plain = out
		if null || !b.put(plain) {
			if !c.leaf.Optional {
				return nil, parquet.ErrUnrepresentable
			}
			b.null(i)
		}
	}
	return b.finish(data.DataType())
}

// edit changes a value; those of dictionaries are remembered.
func (c *change) edit(dst, plain []byte, entry bool) ([]byte, bool, error) {
	if entry {
		return c.editor.Entry(dst, plain)
	}
	return c.editor.Value(dst, plain)
}

// A building is an array in the making.
type building struct {
	layout
	n       int
	valid   []byte // nil: no nulls
	nulls   int
	data    []byte
	offsets []byte
	views   interface {
		array.Builder
		Append([]byte)
	}
}

func newBuilding(l layout, n int) *building {
	b := &building{layout: l, n: n}
	switch {
	case l.kind == arrow.BOOL:
		b.data = make([]byte, 0, n) // a byte each, for now
	case l.width > 0:
		b.data = make([]byte, 0, n*l.width)
	case l.wide > 0:
		b.offsets = make([]byte, l.wide, (n+1)*l.wide)
	default:
		b.views = newViews(l.kind)
	}
	return b
}

// null makes value i, the next one, null.
func (b *building) null(i int) {
	if b.views != nil {
		b.views.AppendNull()
		return
	}
	if b.valid == nil {
		b.valid = make([]byte, bitutil.BytesForBits(int64(b.n)))
		bitutil.SetBitsTo(b.valid, 0, int64(b.n), true)
	}
	bitutil.ClearBit(b.valid, i)
	b.nulls++
	switch {
	case b.kind == arrow.BOOL:
		b.data = append(b.data, 0)
	case b.width > 0:
		b.data = append(b.data, make([]byte, b.width)...)
	default:
		b.offset()
	}
}

// put adds a value in plain form; false if the type has no such value.
func (b *building) put(plain []byte) (ok bool) {
	switch {
	case b.views != nil:
		b.views.Append(plain)
	case b.kind == arrow.BOOL:
		b.data = append(b.data, plain...)
	case b.width > 0:
		at := len(b.data)
		if b.data, ok = b.appendStored(b.data, plain); !ok {
			b.data = b.data[:at]
		}
		return ok
	default:
		b.data = append(b.data, plain...)
		b.offset()
	}
	return true
}

func (b *building) offset() {
	if b.wide == 4 {
		b.offsets = binary.LittleEndian.AppendUint32(b.offsets, uint32(len(b.data)))
		return
	}
	b.offsets = binary.LittleEndian.AppendUint64(b.offsets, uint64(len(b.data)))
}

func (b *building) finish(t arrow.DataType) (arrow.ArrayData, error) {
	if b.views != nil {
		return b.views.NewArray().Data(), nil
	}
	if b.wide == 4 && len(b.data) > math.MaxInt32 {
		return nil, errTooLarge
	}
	if b.kind == arrow.BOOL {
		bits := make([]byte, bitutil.BytesForBits(int64(b.n)))
		for i, v := range b.data {
			bitutil.SetBitTo(bits, i, v != 0)
		}
		b.data = bits
	}
	var valid *memory.Buffer
	if b.valid != nil {
		valid = memory.NewBufferBytes(b.valid)
	}
	buffers := []*memory.Buffer{valid, memory.NewBufferBytes(b.data)}
	if b.wide > 0 {
		buffers = []*memory.Buffer{valid, memory.NewBufferBytes(b.offsets), memory.NewBufferBytes(b.data)}
	}
	return array.NewData(t, b.n, buffers, nil, b.nulls, 0), nil
}

func newViews(kind arrow.Type) interface {
	array.Builder
	Append([]byte)
} {
	if kind == arrow.STRING_VIEW {
		return stringViews{array.NewStringViewBuilder(memory.DefaultAllocator)}
	}
	return array.NewBinaryViewBuilder(memory.DefaultAllocator)
}

type stringViews struct{ *array.StringViewBuilder }

func (s stringViews) Append(v []byte) { s.StringViewBuilder.Append(string(v)) }
