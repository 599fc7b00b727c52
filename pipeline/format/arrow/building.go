package arrow

import (
	"encoding/binary"
	"math"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/bitutil"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

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
