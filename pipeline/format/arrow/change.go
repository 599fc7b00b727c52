package arrow

import (
	"errors"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/bitutil"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

var (
	errRuns    = errors.New("a value that stands for a run of rows cannot be changed by row")
	errIndices = errors.New("the dictionary's indices are too small for an entry by row; write the column without a dictionary")
)

// A change is how one leaf is rewritten, and what was made of its dictionary.
type change struct {
	leaf     *leaf
	file     bool // the form of the input
	placed   *placed
	editor   *parquet.Editor
	byRow    bool    // rows may differ
	variants []int32 // by row of the batch; nil: variant for all
	variant  int32

	from   arrow.ArrayData // the dictionary that to was made of
	to     arrow.ArrayData
	one    int32        // the variant of to, if all of it has one
	places []int32      // of the entries of from, or of pairs, in to; -1 is null; nil: the same
	pairs  []pair       // what to has entries for; nil: the entries of from
	number map[pair]int // of the pairs, where rows differ
	// class has that of each entry of from, or of each pair.
	class []int32
}

// A pair is a dictionary entry in rows of one variant.
type pair struct {
	entry   int
	variant int32
}

// array returns what becomes of the leaf in a batch.
func (c *change) array(data arrow.ArrayData) (arrow.ArrayData, error) {
	if t, ok := data.DataType().(*arrow.DictionaryType); ok {
		return c.dictionary(data, t)
	}
	return c.values(data)
}

// variantOf returns the variant of place i of the leaf.
func (c *change) variantOf(i int) int32 {
	if c.variants == nil {
		return c.variant
	}
	return c.variants[c.placed.row(i)]
}

// gather appends the values at some places of s, in plain form: what of them is in
// scratch is copied into arena.
func gather(dst [][]byte, arena []byte, s *stretch, places []int) ([][]byte, []byte) {
	for _, i := range places {
		v := s.value(i)
		if s.scratch != nil {
			at := len(arena)
			arena = append(arena, v...)
			v = arena[at:len(arena):len(arena)]
		}
		dst = append(dst, v)
	}
	return dst, arena
}

// values makes the values of a leaf anew, if one of them changes. What stood under
// nulls does not come along then.
func (c *change) values(data arrow.ArrayData) (arrow.ArrayData, error) {
	in := array.MakeFromData(data)
	defer in.Release()
	s := newStretch(in, c.leaf.layout)
	b := newBuilding(c.leaf.layout, data.Len())
	changed := false
	var places []int
	var variants []int32
	var plain [][]byte
	var arena []byte
	for from := 0; from < data.Len(); from += block {
		places, variants = places[:0], variants[:0]
		for i := from; i < min(from+block, data.Len()); i++ {
			if s.has(i) {
				places, variants = append(places, i), append(variants, c.variantOf(i))
			}
		}
		plain, arena = gather(plain[:0], arena[:0], &s, places)
		edits, err := c.editor.Edit(plain, variants...)
		if err != nil {
			return nil, err
		}
		next := from
		for k, i := range places {
			for ; next < i; next++ {
				b.null(next)
			}
			next++
			x := &edits[k]
			c.editor.Count(x.Class, 1)
			changed = changed || x.Changed
			if x.Null || !b.put(x.Plain) {
				if !c.leaf.Optional {
					return nil, parquet.ErrUnrepresentable
				}
				b.null(i)
			}
		}
		for ; next < min(from+block, data.Len()); next++ {
			b.null(next)
		}
	}
	if !changed {
		return data, nil
	}
	return b.finish(data.DataType())
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
