package arrow

import (
	"encoding/binary"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/bitutil"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// dictionary rewrites the values of a dictionary. Its indices stay as they are,
// unless two values come out the same or one is null now: categories of pandas
// have to differ. Where values differ by row it has an entry for each pair that
// occurs.
func (c *change) dictionary(data arrow.ArrayData, t *arrow.DictionaryType) (arrow.ArrayData, error) {
	from := data.Dictionary()
	in := array.NewDictionaryData(data)
	defer in.Release()
	// In the file form a dictionary can only grow, so that of the batches before is
	// kept.
	switch {
	case c.variants != nil || c.file && c.byRow:
		if c.number == nil || !c.file || c.from != from {
			c.pairs, c.number = nil, map[pair]int{}
		}
		c.pair(in)
	case c.from == from && c.one == c.variant && c.number == nil:
		return c.indices(data, in, t)
	default:
		c.pairs, c.number = nil, nil
	}
	if err := c.entries(from); err != nil {
		return nil, err
	}
	from.Retain()
	c.from, c.one = from, c.variant
	return c.indices(data, in, t)
}

// pair notes the pairs that occur.
func (c *change) pair(in *array.Dictionary) {
	for i := range in.Len() {
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

// entries makes a dictionary of the entries of from, or of the pairs, each value
// once.
func (c *change) entries(from arrow.ArrayData) error {
	in := array.MakeFromData(from)
	defer in.Release()
	s := newStretch(in, c.leaf.layout)
	pairs := c.pairs
	if c.number == nil {
		pairs = make([]pair, from.Len())
		for i := range pairs {
			pairs[i] = pair{i, c.variant}
		}
	}
	var which, places []int // which of the pairs has a value, and where
	var variants []int32
	for i, p := range pairs {
		if s.has(p.entry) {
			which, places, variants = append(which, i), append(places, p.entry), append(variants, p.variant)
		}
	}
	plain, _ := gather(nil, nil, &s, places)
	b := newBuilding(c.leaf.layout, len(plain))
	fits := true
	put := func(v []byte) { fits = b.put(v) && fits }
	d, err := c.editor.Dictionary(plain, put, variants...)
	if err != nil {
		return err
	}
	c.class = make([]int32, len(pairs))
	moved := c.number != nil || len(which) < len(pairs) || d.Places != nil
	c.places = make([]int32, len(pairs))
	for i := range c.places {
		c.places[i] = -1
	}
	for k, i := range which {
		c.places[i], c.class[i] = int32(k), d.Class
		if d.Places != nil {
			c.places[i] = d.Places[k]
		}
		if d.Classes != nil {
			c.class[i] = d.Classes[k]
		}
	}
	if !moved || !d.Changed && c.number == nil && !c.file {
		c.places = nil
	}
	if !d.Changed {
		if c.places == nil {
			c.to = from // in the file form, too: nothing is there twice
			return nil
		}
		d.PutKept(plain, put)
	}
	if !fits || d.Nulled && !c.leaf.Optional {
		return parquet.ErrUnrepresentable
	}
	b.n = d.Entries
	c.to, err = b.finish(from.DataType())
	return err
}

// indices returns the array with its indices brought into the new dictionary, and
// counts the values.
func (c *change) indices(data arrow.ArrayData, in *array.Dictionary, t *arrow.DictionaryType) (arrow.ArrayData, error) {
	to := c.to.(*array.Data)
	width := t.IndexType.(arrow.FixedWidthDataType).BitWidth() / 8
	most := uint64(1)<<(8*width-1) - 1
	valid, nulls := validity(data)
	out := make([]byte, 0, data.Len()*width)
	counts := make([]int64, len(c.class))
	for i := range data.Len() {
		k := int32(0)
		if in.IsValid(i) {
			entry := in.GetValueIndex(i)
			if c.number != nil {
				entry = c.number[pair{entry, c.variantOf(i)}]
			}
			counts[entry]++
			if c.places == nil {
				continue
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
	for entry, n := range counts {
		c.editor.Count(c.class[entry], n)
	}
	if c.places == nil {
		return array.NewDataWithDictionary(t, data.Len(), data.Buffers(), data.NullN(), data.Offset(), to), nil
	}
	var bitmap *memory.Buffer
	if valid != nil {
		bitmap = memory.NewBufferBytes(valid)
	}
	return array.NewDataWithDictionary(t, data.Len(), []*memory.Buffer{bitmap, memory.NewBufferBytes(out)}, nulls, 0, to), nil
}
