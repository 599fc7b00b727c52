package arrow

import (
	"math"

	"github.com/apache/arrow/go/v17/arrow"
)

// maxNulls bounds an array of the null type, which takes no memory by itself.
const maxNulls = 1 << 27

// sound says whether the buffers of an array hold as many values as it states,
// and so those inside of it: v17 does not look, and who goes by the length of an
// array without memory of its own would go on for very long.
func sound(d arrow.ArrayData) bool {
	n := d.Len() + d.Offset()
	if d.Len() < 0 || d.Offset() < 0 || n < 0 || n > math.MaxInt/64 {
		return false
	}
	held := func(buffer int) int {
		if b := d.Buffers(); buffer < len(b) && b[buffer] != nil {
			return b[buffer].Len()
		}
		return 0
	}
	ok := true
	if b := d.Buffers(); len(b) > 0 && b[0] != nil && b[0].Len() > 0 {
		ok = (n+7)/8 <= b[0].Len()
	}
	switch t := d.DataType().(type) {
	case *arrow.BinaryType, *arrow.StringType, *arrow.ListType, *arrow.MapType:
		ok = ok && (n == 0 || 4*(n+1) <= held(1))
	case *arrow.LargeBinaryType, *arrow.LargeStringType, *arrow.LargeListType:
		ok = ok && (n == 0 || 8*(n+1) <= held(1))
	case *arrow.BinaryViewType, *arrow.StringViewType:
		ok = ok && arrow.ViewHeaderSizeBytes*n <= held(1)
	case *arrow.ListViewType:
		ok = ok && 4*n <= held(1) && 4*n <= held(2)
	case *arrow.LargeListViewType:
		ok = ok && 8*n <= held(1) && 8*n <= held(2)
	case *arrow.FixedSizeListType:
		ok = ok && len(d.Children()) == 1 && (t.Len() == 0 || n <= reach(d.Children()[0])/int(t.Len()))
	case *arrow.StructType, *arrow.SparseUnionType:
		for _, c := range d.Children() {
			ok = ok && n <= reach(c)
		}
	case *arrow.DenseUnionType:
		ok = ok && n <= held(1) && 4*n <= held(2)
	case *arrow.NullType:
		ok = n <= maxNulls
	case *arrow.RunEndEncodedType, arrow.ExtensionType:
	case arrow.FixedWidthDataType: // dictionaries too
		ok = ok && (n*t.BitWidth()+7)/8 <= held(1)
	}
	for _, c := range d.Children() {
		ok = ok && sound(c)
	}
	if t, is := d.DataType().(*arrow.DictionaryType); is && t != nil {
		ok = ok && d.Dictionary() != nil && sound(d.Dictionary())
	}
	return ok
}

func reach(d arrow.ArrayData) int { return d.Len() + d.Offset() }
