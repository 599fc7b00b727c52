package arrow

import (
	"encoding/binary"
	"errors"

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
	return c.values(data)
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
	one    int32        // the variant of to, if all of it has one
	places []int32      // of the entries of from, or of pairs, in to; -1 is null; nil: the same
	pairs  []pair       // what to has entries for
	number map[pair]int // of the pairs, where rows differ
}

// A pair is a dictionary entry in rows of one variant.
type pair struct {
	entry   int
	variant int32
}

// dictionary rewrites the values of a dictionary. Its indices stay as they are,
// unless two values come out the same or one is null now: categories of pandas
// have to differ. Where values differ by row it has an entry for each pair that
// occurs.
func (c *change) dictionary(data arrow.ArrayData, t *arrow.DictionaryType, file bool) (arrow.ArrayData, error) {
	from := data.Dictionary()
	// In the file form a dictionary can only grow, so that of the batches before is
	// kept.
	_, byRow := c.rewriter.(parquet.RowRewriter)
	expand := len(c.variants) > 0 || file && byRow
	switch {
	case expand:
		if c.number == nil || !file || c.from != from {
			c.pairs, c.number = nil, map[pair]int{}
		}
		c.pair(data)
	case c.from == from && c.one == c.editor.Variant() && c.number == nil:
		return c.indices(data, t)
	default:
		c.pairs, c.number = make([]pair, from.Len()), nil
		for i := range c.pairs {
			c.pairs[i] = pair{i, c.editor.Variant()}
		}
	}
	var err error
	if c.to, c.places, err = c.entries(from); err != nil {
		return nil, err
	}
	from.Retain()
	c.from, c.one = from, c.editor.Variant()
	return c.indices(data, t)
}

// variantOf returns the variant of place i of the leaf.
func (c *change) variantOf(i int) int32 {
	if len(c.variants) == 0 {
		return c.editor.Variant()
	}
	return c.variants[c.placed.row(i)]
}

// pair notes the pairs that occur.
func (c *change) pair(data arrow.ArrayData) {
	in := array.NewDictionaryData(data)
	defer in.Release()
	for i := range data.Len() {
		if in.IsNull(i) {
			continue
		}
		p := pair{in.GetValueIndex(i), c.variantOf(i)}
		if _, ok := c.number[p]; !ok {
			c.number[p] = len(c.pairs)
			c.pairs = append(c.pairs, p)
		}
	}
}

// entries makes a dictionary of the pairs, each value once.
func (c *change) entries(from arrow.ArrayData) (to arrow.ArrayData, places []int32, err error) {
	in := array.MakeFromData(from)
	defer in.Release()
	s := newStretch(in, c.leaf.layout)
	values, seen, moved := [][]byte{}, map[string]int32{}, c.number != nil
	places = make([]int32, len(c.pairs))
	for i, p := range c.pairs {
		places[i] = -1
		if !s.has(p.entry) {
			moved = true
			continue
		}
		c.editor.Use(p.variant)
		out, null, err := c.editor.Entry(nil, s.value(p.entry))
		switch {
		case err != nil:
			return nil, nil, err
		case null && !c.leaf.Optional:
			return nil, nil, parquet.ErrUnrepresentable
		case null:
			moved = true
			continue
		}
		k, ok := seen[string(out)]
		if !ok {
			k = int32(len(values))
			seen[string(out)] = k
			values = append(values, out)
		}
		moved = moved || ok
		places[i] = k
	}
	b := newBuilding(c.leaf.layout, len(values))
	for _, v := range values {
		if !b.put(v) {
			return nil, nil, parquet.ErrUnrepresentable
		}
	}
	if to, err = b.finish(from.DataType()); err != nil || !moved {
		return to, nil, err
	}
	return to, places, nil
}

// indices returns the array with its indices brought into the new dictionary.
func (c *change) indices(data arrow.ArrayData, t *arrow.DictionaryType) (arrow.ArrayData, error) {
	to := c.to.(*array.Data)
	if c.places == nil {
		return array.NewDataWithDictionary(t, data.Len(), data.Buffers(), data.NullN(), data.Offset(), to), nil
	}
	in := array.NewDictionaryData(data)
	defer in.Release()
	width := t.IndexType.(arrow.FixedWidthDataType).BitWidth() / 8
	most := uint64(1)<<(8*width-1) - 1
	valid, nulls := validity(data)
	out := make([]byte, 0, data.Len()*width)
	for i := range data.Len() {
		k := int32(0)
		if in.IsValid(i) {
			entry := in.GetValueIndex(i)
			if c.number != nil {
				entry = c.number[pair{entry, c.variantOf(i)}]
			}
			if k = c.places[entry]; k < 0 {
				k = 0
				if valid == nil {
					valid = make([]byte, bitutil.BytesForBits(int64(data.Len())))
					bitutil.SetBitsTo(valid, 0, int64(data.Len()), true)
				}
				bitutil.ClearBit(valid, i)
				nulls++
			}
		}
		if uint64(k) > most {
			return nil, errIndices
		}
		out = append(out, binary.LittleEndian.AppendUint64(nil, uint64(k))[:width]...)
	}
	var bitmap *memory.Buffer
	if valid != nil {
		bitmap = memory.NewBufferBytes(valid)
	}
	return array.NewDataWithDictionary(t, data.Len(), []*memory.Buffer{bitmap, memory.NewBufferBytes(out)}, nulls, 0, to), nil
}

// validity returns the bitmap of an array as one without an offset, nil if there
// are no nulls.
func validity(data arrow.ArrayData) (bits []byte, nulls int) {
	b := data.Buffers()[0]
	if b == nil || data.NullN() == 0 {
		return nil, 0
	}
	bits = make([]byte, bitutil.BytesForBits(int64(data.Len())))
	bitutil.CopyBitmap(b.Bytes(), data.Offset(), data.Len(), bits, 0)
	return bits, data.NullN()
}

// values makes the values of a leaf anew. What stood under nulls does not come
// along.
func (c *change) values(data arrow.ArrayData) (arrow.ArrayData, error) {
	in := array.MakeFromData(data)
	defer in.Release()
	s := newStretch(in, c.leaf.layout)
	b := newBuilding(c.leaf.layout, data.Len())
	var plain []byte
	for i := range data.Len() {
		if !s.has(i) {
			b.null(i)
			continue
		}
		if len(c.variants) > 0 {
			c.editor.Use(c.variantOf(i))
		}
		out, null, err := c.editor.Value(plain[:0], s.value(i))
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
