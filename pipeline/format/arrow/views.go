package arrow

import (
	"encoding/binary"
	"math"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/bitutil"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// v17 writes before the counts of the buffers of a batch's views those of the
// dictionaries that go with it, so that readers take the ones for the others. Where
// all views have one buffer the counts are the same, and it does not matter.

// viewDictionaries says whether a dictionary of the fields has views.
func viewDictionaries(fields []arrow.Field) bool {
	for _, f := range fields {
		switch t := f.Type.(type) {
		case *arrow.DictionaryType:
			if holdsViews(t.ValueType) {
				return true
			}
		case arrow.NestedType:
			if viewDictionaries(t.Fields()) {
				return true
			}
		}
	}
	return false
}

func holdsViews(t arrow.DataType) bool {
	if _, ok := t.(arrow.BinaryViewDataType); ok {
		return true
	}
	n, ok := t.(arrow.NestedType)
	if !ok {
		return false
	}
	for _, f := range n.Fields() {
		if holdsViews(f.Type) {
			return true
		}
	}
	return false
}

// evened is an array, or that of a dictionary, whose views have one buffer.
func evened(data arrow.ArrayData) (arrow.ArrayData, error) {
	if _, ok := data.DataType().(*arrow.DictionaryType); ok {
		dict, err := evened(data.Dictionary())
		if err != nil || dict == data.Dictionary() {
			return data, err
		}
		return array.NewDataWithDictionary(data.DataType(), data.Len(), data.Buffers(), data.NullN(), data.Offset(), dict.(*array.Data)), nil
	}
	if _, ok := data.DataType().(arrow.BinaryViewDataType); !ok || len(data.Buffers()) == 3 {
		return data, nil
	}
	old := data.Buffers()
	var text []byte
	starts := make([]int, 0, len(old)-2)
	for _, b := range old[2:] {
		starts, text = append(starts, len(text)), append(text, bytesOf(b)...)
	}
	if len(text) > math.MaxInt32 {
		return nil, errTooLarge
	}
	// A view is its length, four first bytes, the number of a buffer and a place in
	// it; of up to twelve bytes it has all (Arrow columnar format, variable-size views).
	const size, within = arrow.ViewHeaderSizeBytes, 12
	views := append([]byte(nil), bytesOf(old[1])...)
	for i := data.Offset(); i < data.Offset()+data.Len(); i++ {
		v := views[i*size : (i+1)*size]
		null := old[0] != nil && data.NullN() != 0 && !bitutil.BitIsSet(old[0].Bytes(), i)
		if null || int32(binary.LittleEndian.Uint32(v)) <= within {
			continue
		}
		buffer := binary.LittleEndian.Uint32(v[8:])
		if uint64(buffer) >= uint64(len(starts)) {
			return nil, errMalformed
		}
		start := starts[buffer]
		binary.LittleEndian.PutUint32(v[12:], binary.LittleEndian.Uint32(v[12:])+uint32(start))
		binary.LittleEndian.PutUint32(v[8:], 0)
	}
	return array.NewData(data.DataType(), data.Len(), []*memory.Buffer{old[0], memory.NewBufferBytes(views), memory.NewBufferBytes(text)},
		nil, data.NullN(), data.Offset()), nil
}
