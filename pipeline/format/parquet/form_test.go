package parquet

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

func le32(n int32) []byte   { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }
func le64(n int64) []byte   { return binary.LittleEndian.AppendUint64(nil, uint64(n)) }
func be(b ...byte) []byte   { return b }
func wide(b ...byte) []byte { return append(make([]byte, 16-len(b)), b...) }

var (
	int32s = parquet.Types.Int32
	int64s = parquet.Types.Int64
	fixed  = parquet.Types.FixedLenByteArray
	arrays = parquet.Types.ByteArray
)

func TestForm(t *testing.T) {
	utc := schema.NewTimestampLogicalType(true, schema.TimeUnitMillis)
	local := schema.NewTimestampLogicalType(false, schema.TimeUnitMicros)
	nanos := schema.NewTimestampLogicalType(true, schema.TimeUnitNanos)
	tests := []struct {
		name    string
		typ     parquet.Type
		logical schema.LogicalType
		form    Form
		value   []byte
		text    string
	}{
		{"plain int", int32s, nil, FormText, le32(-15), "-15"},
		{"phone", int64s, nil, FormText, le64(15145550100), "15145550100"},
		{"unsigned", int32s, schema.NewIntLogicalType(32, false), FormText, le32(-1), "4294967295"},
		{"unsigned 64", int64s, schema.NewIntLogicalType(64, false), FormText, le64(-1), "18446744073709551615"},
		{"date", int32s, schema.DateLogicalType{}, FormText, le32(5196), "1984-03-24"},
		{"date before 1970", int32s, schema.DateLogicalType{}, FormText, le32(-1), "1969-12-31"},
		{"first day", int32s, schema.DateLogicalType{}, FormText, le32(minDay), "0000-01-01"},
		{"last day", int32s, schema.DateLogicalType{}, FormText, le32(maxDay), "9999-12-31"},
		{"milliseconds", int64s, utc, FormText, le64(1), "1970-01-01T00:00:00.001Z"},
		{"milliseconds before 1970", int64s, utc, FormText, le64(-1), "1969-12-31T23:59:59.999Z"},
		{"microseconds, local", int64s, local, FormText, le64(86400_000_001), "1970-01-02T00:00:00.000001"},
		{"nanoseconds", int64s, nanos, FormText, le64(1_500_000_000_000_000_001), "2017-07-14T02:40:00.000000001Z"},
		{"time of day", int32s, schema.NewTimeLogicalType(true, schema.TimeUnitMillis), FormText, le32(86399999), "23:59:59.999"},
		{"time of day, microseconds", int64s, schema.NewTimeLogicalType(true, schema.TimeUnitMicros), FormText, le64(1), "00:00:00.000001"},
		{"decimal", int32s, schema.NewDecimalLogicalType(9, 2), FormText, le32(-12345), "-123.45"},
		{"small decimal", int64s, schema.NewDecimalLogicalType(18, 4), FormText, le64(-5), "-0.0005"},
		{"whole decimal", int64s, schema.NewDecimalLogicalType(18, 0), FormText, le64(700), "700"},
		{"decimal of bytes", arrays, schema.NewDecimalLogicalType(9, 2), FormText, be(0xcf, 0xc7), "-123.45"},
		{"decimal of 4 bytes", fixed, schema.NewDecimalLogicalType(9, 2), FormText, be(0, 0, 0x30, 0x39), "123.45"},
		{"decimal of 16 bytes", fixed, schema.NewDecimalLogicalType(38, 0), FormText, wide(1, 0), "256"},
		{"float", parquet.Types.Float, nil, FormText, le32(int32(math.Float32bits(0.1))), "0.1"},
		{"double", parquet.Types.Double, nil, FormText, le64(int64(math.Float64bits(45.5017))), "45.5017"},
		{"half", fixed, schema.Float16LogicalType{}, FormText, be(0, 0x3e), "1.5"},
		{"boolean", parquet.Types.Boolean, nil, FormText, be(1), "true"},
		{"int96", parquet.Types.Int96, nil, FormText, append(le64(1), le32(julianEpoch)...), "1970-01-01T00:00:00.000000001"},
		{"uuid", fixed, schema.UUIDLogicalType{}, FormText, be(0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff), "00112233-4455-6677-8899-aabbccddeeff"},
		{"fixed bytes", fixed, nil, FormText, be('a', 'b'), "ab"},
		{"IPv4 of 4 bytes", fixed, nil, FormIP, be(192, 0, 2, 1), "192.0.2.1"},
		{"IPv6 of 16 bytes", fixed, nil, FormIP, be(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), "2001:db8::1"},
		{"mapped", fixed, nil, FormIP, wide(0xff, 0xff, 192, 0, 2, 1), "::ffff:192.0.2.1"},
		{"IP in a byte array", arrays, nil, FormIP, be(192, 0, 2, 1), "192.0.2.1"},
		{"IP as an integer", int32s, nil, FormIP, le32(-0x3ffffdff), "192.0.2.1"},
		{"IP as a wide integer", int64s, nil, FormIP, le64(0xc0000201), "192.0.2.1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.logical == nil {
				tt.logical = schema.NoLogicalType{}
			}
			l := &leaf{typ: tt.typ, form: tt.logical}
			if tt.typ == fixed {
				l.TypeLength = len(tt.value)
			}
			form, err := newTextForm(l, tt.form)
			if err != nil {
				t.Fatal(err)
			}
			text, ok := form.append([]byte("."), tt.value)
			if !ok || string(text) != "."+tt.text {
				t.Errorf("text %s, want .%s", text, tt.text)
			}
			value, ok := form.parse([]byte("."), []byte(tt.text))
			if !ok || !bytes.Equal(value, append([]byte("."), tt.value...)) {
				t.Errorf("value %x, want %x", value, tt.value)
			}
		})
	}
}

func TestFormUnfit(t *testing.T) {
	tests := []struct {
		name    string
		typ     parquet.Type
		logical schema.LogicalType
		length  int
		form    Form
		text    string
		want    []byte // nil: it does not fit
	}{
		{"label in an integer", int64s, nil, 0, FormText, "[PHONE]", nil},
		{"integer too large", int32s, nil, 0, FormText, "2147483648", nil},
		{"integer of 8 bits", int32s, schema.NewIntLogicalType(8, true), 0, FormText, "128", nil},
		{"below zero", int32s, schema.NewIntLogicalType(16, false), 0, FormText, "-1", nil},
		{"empty", int64s, nil, 0, FormText, "", nil},
		{"month", int32s, schema.DateLogicalType{}, 0, FormText, "1984-03", le32(5173)},
		{"year", int32s, schema.DateLogicalType{}, 0, FormText, "1984", le32(5113)},
		{"day in a timestamp", int64s, schema.NewTimestampLogicalType(true, schema.TimeUnitMillis), 0, FormText, "1970-01-02", le64(86400000)},
		{"zone", int64s, schema.NewTimestampLogicalType(true, schema.TimeUnitMillis), 0, FormText, "1970-01-01T02:00:00+02:00", le64(0)},
		{"nanoseconds out of range", int64s, schema.NewTimestampLogicalType(true, schema.TimeUnitNanos), 0, FormText, "2500-01-01", nil},
		{"no day", int32s, schema.DateLogicalType{}, 0, FormText, "1984-02-30", nil},
		{"decimal too fine", int32s, schema.NewDecimalLogicalType(9, 2), 0, FormText, "1.234", nil},
		{"decimal filled up", int32s, schema.NewDecimalLogicalType(9, 2), 0, FormText, "1", le32(100)},
		{"decimal too large", int32s, schema.NewDecimalLogicalType(4, 2), 0, FormText, "100", nil},
		{"decimal sign alone", int32s, schema.NewDecimalLogicalType(4, 2), 0, FormText, "-", nil},
		{"decimal point alone", int32s, schema.NewDecimalLogicalType(4, 2), 0, FormText, ".", nil},
		{"other length", fixed, nil, 3, FormText, "ab", nil},
		{"uuid cut short", fixed, schema.UUIDLogicalType{}, 16, FormText, "00112233-4455-6677-8899-aabbccddee", nil},
		{"uuid without dashes", fixed, schema.UUIDLogicalType{}, 16, FormText, "00112233445566778899AABBCCDDEEFF", be(0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff)},
		{"IPv6 into 4 bytes", fixed, nil, 4, FormIP, "2001:db8::1", nil},
		{"prefix", fixed, nil, 4, FormIP, "192.0.2.0/24", be(192, 0, 2, 0)},
		{"label for a fixed IP", fixed, nil, 4, FormIP, "[IP]", nil},
		{"label in a byte array", arrays, nil, 0, FormIP, "[IP]", []byte("[IP]")},
		{"boolean", parquet.Types.Boolean, nil, 0, FormText, "[X]", nil},
		{"float", parquet.Types.Float, nil, 0, FormText, "[X]", nil},
		{"float too large", parquet.Types.Float, nil, 0, FormText, "1e39", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.logical == nil {
				tt.logical = schema.NoLogicalType{}
			}
			l := &leaf{typ: tt.typ, form: tt.logical, Column: Column{TypeLength: tt.length}}
			form, err := newTextForm(l, tt.form)
			if err != nil {
				t.Fatal(err)
			}
			value, ok := form.parse(nil, []byte(tt.text))
			if ok != (tt.want != nil) || ok && !bytes.Equal(value, tt.want) {
				t.Errorf("value %x, %v; want %x", value, ok, tt.want)
			}
		})
	}
}
