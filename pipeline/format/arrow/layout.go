package arrow

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/bitutil"
	"github.com/apache/arrow/go/v17/parquet/schema"

	lib "github.com/apache/arrow/go/v17/parquet"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// A leaf is a column that holds values.
type leaf struct {
	parquet.Column
	layout
	runs bool // a value stands for a run of rows
}

// A layout says how the values of a type lie in its buffers, and how they come
// into the plain form of package parquet and back.
type layout struct {
	plain parquet.Plain
	known bool // its values have a text that can be turned back
	width int  // bytes of a value; 0: they have different lengths, or are bits
	wide  int  // bytes of an offset, where lengths differ; 0 for views
	kind  arrow.Type
	scale int64 // what the plain form has as many times of: seconds as milliseconds
}

// Names under which Arrow's own extension types are kept in a field's metadata.
const (
	extensionName = "ARROW:extension:name"
	extensionUUID = "arrow.uuid"
	extensionJSON = "arrow.json"
)

func layoutOf(t arrow.DataType, meta arrow.Metadata) layout {
	l := layout{known: true, kind: t.ID()}
	if w, ok := t.(arrow.FixedWidthDataType); ok {
		l.width = w.BitWidth() / 8
	}
	extension, _ := meta.GetValue(extensionName)
	p := &l.plain
	switch t := t.(type) {
	case *arrow.StringType, *arrow.LargeStringType, *arrow.StringViewType:
		p.Physical, p.Logical = lib.Types.ByteArray, schema.StringLogicalType{}
		if extension == extensionJSON {
			p.Logical = schema.JSONLogicalType{}
		}
	case *arrow.BinaryType, *arrow.LargeBinaryType, *arrow.BinaryViewType:
		p.Physical = lib.Types.ByteArray
	case *arrow.FixedSizeBinaryType:
		p.Physical, p.Length = lib.Types.FixedLenByteArray, t.ByteWidth
		if extension == extensionUUID && t.ByteWidth == 16 {
			p.Logical = schema.UUIDLogicalType{}
		}
	case *arrow.Float16Type:
		p.Physical, p.Length, p.Logical = lib.Types.FixedLenByteArray, 2, schema.Float16LogicalType{}
	case *arrow.Float32Type:
		p.Physical = lib.Types.Float
	case *arrow.Float64Type:
		p.Physical = lib.Types.Double
	case *arrow.BooleanType:
		p.Physical = lib.Types.Boolean
	case *arrow.Date32Type, *arrow.Date64Type:
		p.Physical, p.Logical = lib.Types.Int32, schema.DateLogicalType{}
	case *arrow.TimestampType:
		p.Physical, p.Logical = lib.Types.Int64, schema.NewTimestampLogicalType(t.TimeZone != "", unitOf(t.Unit))
		l.seconds(t.Unit)
	case *arrow.Time32Type:
		p.Physical, p.Logical = lib.Types.Int32, schema.NewTimeLogicalType(false, schema.TimeUnitMillis)
		l.seconds(t.Unit)
	case *arrow.Time64Type:
		p.Physical, p.Logical = lib.Types.Int64, schema.NewTimeLogicalType(false, unitOf(t.Unit))
	case arrow.DecimalType:
		p.Physical, p.Length = lib.Types.FixedLenByteArray, l.width
		if l.known = t.GetPrecision() > 0 && t.GetScale() >= 0 && t.GetScale() <= t.GetPrecision(); l.known {
			p.Logical = schema.NewDecimalLogicalType(t.GetPrecision(), t.GetScale())
		}
	default:
		l.known = false
		if arrow.IsInteger(t.ID()) {
			l.known = true
			if p.Physical = lib.Types.Int32; l.width == 8 {
				p.Physical = lib.Types.Int64
			}
			p.Logical = schema.NewIntLogicalType(int8(8*l.width), arrow.IsSignedInteger(t.ID()))
		}
	}
	if !l.known { // the library's text of it can be read, but not changed
		l.width, *p = 0, parquet.Plain{Physical: lib.Types.ByteArray}
	}
	switch t.ID() {
	case arrow.STRING, arrow.BINARY:
		l.wide = 4
	case arrow.LARGE_STRING, arrow.LARGE_BINARY:
		l.wide = 8
	}
	return l
}

func unitOf(u arrow.TimeUnit) schema.TimeUnitType {
	switch u {
	case arrow.Microsecond:
		return schema.TimeUnitMicros
	case arrow.Nanosecond:
		return schema.TimeUnitNanos
	}
	return schema.TimeUnitMillis
}

// seconds, which Parquet has not, are shown as milliseconds.
func (l *layout) seconds(u arrow.TimeUnit) {
	if u == arrow.Second {
		l.scale = 1000
	}
}

// A stretch gives the values of an array.
type stretch struct {
	layout
	data    arrow.ArrayData
	valid   []byte // a bit for each value; nil: all are
	fixed   []byte
	offsets []byte
	view    interface{ Value(int) []byte }
	scratch []byte
}

// newStretch returns the values of an array, which is no dictionary.
func newStretch(a arrow.Array, l layout) stretch {
	s := stretch{layout: l, data: a.Data()}
	buffers := s.data.Buffers()
	if len(buffers) > 0 && buffers[0] != nil && s.data.NullN() != 0 {
		s.valid = buffers[0].Bytes()
	}
	switch {
	case l.width > 0 || l.kind == arrow.BOOL:
		s.fixed = buffers[1].Bytes()
	case l.wide > 0:
		s.offsets, s.fixed = buffers[1].Bytes(), bytesOf(buffers[2])
	default:
		s.view = viewOf(a)
	}
	return s
}

// has says whether value i is not null.
func (s *stretch) has(i int) bool {
	return s.kind != arrow.NULL && (s.valid == nil || bitutil.BitIsSet(s.valid, s.data.Offset()+i))
}

// value returns value i in plain form, valid until the next call.
func (s *stretch) value(i int) []byte {
	at := s.data.Offset() + i
	switch {
	case s.kind == arrow.BOOL:
		s.scratch = append(s.scratch[:0], 0)
		if bitutil.BitIsSet(s.fixed, at) {
			s.scratch[0] = 1
		}
		return s.scratch
	case s.width > 0:
		return s.toPlain(s.fixed[at*s.width : (at+1)*s.width])
	case s.wide == 4:
		return s.fixed[binary.LittleEndian.Uint32(s.offsets[4*at:]):binary.LittleEndian.Uint32(s.offsets[4*at+4:])]
	case s.wide == 8:
		return s.fixed[binary.LittleEndian.Uint64(s.offsets[8*at:]):binary.LittleEndian.Uint64(s.offsets[8*at+8:])]
	}
	return s.view.Value(i)
}

const dayMillis = 86400000

// toPlain brings a value of a fixed width into plain form.
func (s *stretch) toPlain(v []byte) []byte {
	switch s.kind {
	case arrow.DATE64:
		n := int64(binary.LittleEndian.Uint64(v))
		day := n / dayMillis
		if n%dayMillis < 0 {
			day--
		}
		s.scratch = binary.LittleEndian.AppendUint32(s.scratch[:0], uint32(day))
		return s.scratch
	case arrow.DECIMAL128, arrow.DECIMAL256:
		s.scratch = append(s.scratch[:0], v...)
		slices.Reverse(s.scratch)
		return s.scratch
	case arrow.INT8:
		v = binary.LittleEndian.AppendUint32(s.scratch[:0], uint32(int8(v[0])))
	case arrow.UINT8:
		v = binary.LittleEndian.AppendUint32(s.scratch[:0], uint32(v[0]))
	case arrow.INT16:
		v = binary.LittleEndian.AppendUint32(s.scratch[:0], uint32(int16(binary.LittleEndian.Uint16(v))))
	case arrow.UINT16:
		v = binary.LittleEndian.AppendUint32(s.scratch[:0], uint32(binary.LittleEndian.Uint16(v)))
	default:
		if s.scale == 0 {
			return v
		}
		if len(v) == 4 {
			v = binary.LittleEndian.AppendUint32(s.scratch[:0], binary.LittleEndian.Uint32(v)*uint32(s.scale))
		} else {
			v = binary.LittleEndian.AppendUint64(s.scratch[:0], binary.LittleEndian.Uint64(v)*uint64(s.scale))
		}
	}
	s.scratch = v
	return v
}

// appendStored appends a plain value as it lies in a buffer; false if the type has
// no such value.
func (l *layout) appendStored(dst, plain []byte) ([]byte, bool) {
	switch l.kind {
	case arrow.DATE64:
		day := int64(int32(binary.LittleEndian.Uint32(plain)))
		return binary.LittleEndian.AppendUint64(dst, uint64(day*dayMillis)), true
	case arrow.DECIMAL128, arrow.DECIMAL256:
		at := len(dst)
		dst = append(dst, plain...)
		slices.Reverse(dst[at:])
		return dst, true
	}
	switch {
	case l.scale == 0:
		return append(dst, plain[:min(len(plain), l.width)]...), len(plain) >= l.width
	case len(plain) == 4:
		return binary.LittleEndian.AppendUint32(dst, uint32(int64(int32(binary.LittleEndian.Uint32(plain)))/l.scale)), true
	}
	n := int64(binary.LittleEndian.Uint64(plain))
	q := n / l.scale
	if n%l.scale < 0 {
		q--
	}
	return binary.LittleEndian.AppendUint64(dst, uint64(q)), n != math.MinInt64
}
