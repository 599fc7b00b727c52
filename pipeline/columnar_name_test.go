package pipeline

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/decimal128"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/pqarrow"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

const manyRows = 20

// dataOf is a column as a Parquet file and as an Arrow stream.
func dataOf(t *testing.T, f arrow.Field, a arrow.Array) map[string][]byte {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{f}, nil)
	rec := array.NewRecord(schema, []arrow.Array{a}, int64(a.Len()))
	var stream, whole bytes.Buffer
	w := ipc.NewWriter(&stream, ipc.WithSchema(schema))
	pw, err := pqarrow.NewFileWriter(schema, &whole, nil, pqarrow.DefaultWriterProps())
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{w.Write(rec), w.Close(), pw.Write(rec), pw.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return map[string][]byte{"parquet": whole.Bytes(), "arrow": stream.Bytes()}
}

// valuesOf reads the texts of the first column.
func valuesOf(t *testing.T, format string, b []byte) (values []string) {
	t.Helper()
	if format == "parquet" {
		r, err := file.NewParquetReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		pr, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
		if err != nil {
			t.Fatal(err)
		}
		table, err := pr.ReadTable(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range table.Column(0).Data().Chunks() {
			for i := range a.Len() {
				values = append(values, a.ValueStr(i))
			}
		}
		return values
	}
	r, err := ipc.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	for {
		rec, err := r.Read()
		if err == io.EOF {
			return values
		}
		if err != nil {
			t.Fatal(err)
		}
		for i := range int(rec.NumRows()) {
			values = append(values, rec.Column(0).ValueStr(i))
		}
	}
}

func uuids(marked bool) arrow.Array {
	typ := &arrow.FixedSizeBinaryType{ByteWidth: 16}
	b := array.NewFixedSizeBinaryBuilder(memory.DefaultAllocator, typ)
	for i := range manyRows {
		v := make([]byte, 16)
		binary.BigEndian.PutUint64(v, 0x9e3779b97f4a7c15*uint64(i+1))
		binary.BigEndian.PutUint64(v[8:], 0xc2b2ae3d27d4eb4f*uint64(i+3))
		v[6], v[8] = v[6]&0x0f|0xf0, v[8]|0xc0
		if marked {
			v[6], v[8] = v[6]&0x0f|0x40, v[8]&0x3f|0x80
		}
		b.Append(v)
	}
	return b.NewArray()
}

// Columns whose values are told neither by a logical type nor by their last name.
func TestColumnsByOtherNames(t *testing.T) {
	phones := array.NewListBuilder(memory.DefaultAllocator, arrow.PrimitiveTypes.Int64)
	doubles := array.NewFloat64Builder(memory.DefaultAllocator)
	decimals := array.NewDecimal128Builder(memory.DefaultAllocator, &arrow.Decimal128Type{Precision: 38})
	for i := range manyRows {
		decimals.Append(decimal128.FromI64(15147872100 + int64(i)))
		phones.Append(true)
		phones.ValueBuilder().(*array.Int64Builder).Append(15147872100 + int64(i))
		doubles.Append(15147872100 + float64(i))
	}
	numbers := doubles.NewArray()
	for _, tt := range []struct {
		name, column string
		values       arrow.Array
		transform    string
		changes      bool
	}{
		{"a list", "phone", phones.NewArray(), "hash", true},
		{"integers in a double", "phone", numbers, "fpe", true},
		{"tokens in a double", "phone", numbers, "hash", true},
		{"tokens in a decimal", "phone", decimals.NewArray(), "hash", true},
		{"uuids by their marks", "ref", uuids(true), "hash", true},
		{"uuids by their name", "session_id", uuids(false), "hash", true},
		{"any bytes", "digest", uuids(false), "hash", false},
	} {
		for format, in := range dataOf(t, arrow.Field{Name: tt.column, Type: tt.values.DataType(), Nullable: true}, tt.values) {
			t.Run(tt.name+"/"+format, func(t *testing.T) {
				out, report := runOn(t, Config{Policy: set(t, "*="+tt.transform), Keys: testKeys(t)}, bytes.NewReader(in))
				was, is := valuesOf(t, format, in), valuesOf(t, format, []byte(out))
				if report.Failures > 0 || len(is) != manyRows {
					t.Fatalf("%d failures, %d rows", report.Failures, len(is))
				}
				seen := map[string]bool{}
				for i := range is {
					seen[is[i]] = true
					if (was[i] != is[i]) != tt.changes {
						t.Errorf("%s became %s", was[i], is[i])
					}
				}
				if len(seen) != manyRows {
					t.Errorf("%d distinct values", len(seen))
				}
			})
		}
	}
}

func TestOuterName(t *testing.T) {
	for path, want := range map[string]string{
		"phone.list.element": "phone", "phone.item": "phone", "a.phone.bag.array_element": "a.phone",
		"phone": "phone", "list": "list", "phone.list.element.home": "phone.list.element.home",
	} {
		if got := outerName(parquet.Column{Path: path, MaxRep: 1}); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
		if got := outerName(parquet.Column{Path: path}); got != path {
			t.Errorf("%s, which is no list: %s", path, got)
		}
	}
}

func TestAreUUIDs(t *testing.T) {
	c := parquet.Column{Physical: "FIXED_LEN_BYTE_ARRAY", TypeLength: 16, Logical: "None"}
	text := [][]byte{[]byte("0123456789abcdef")}
	if areUUIDs(c, detect.Field{Kind: detect.SessionID}, text) {
		t.Error("text was taken for UUIDs")
	}
	var few [][]byte
	for i := range leastMarked {
		few = append(few, []byte(fmt.Sprintf("\xff23456\x47\xff\x80abcde%02d", i)))
		if got := areUUIDs(c, detect.Field{}, few); got != (i+1 >= leastMarked) {
			t.Errorf("%d values: %v", len(few), got)
		}
	}
}

func TestDecimalBits(t *testing.T) {
	for logical, want := range map[string]int{
		"decimal(precision=38, scale=0)": 63, "decimal(18, 0)": 59, "decimal256(18, 0)": 59, "decimal(precision=10, scale=2)": 26,
		"decimal(9, 9)": 0, "decimal(5, -2)": 0, "decimal": 0,
	} {
		if got := decimalBits(logical); got != want {
			t.Errorf("%s: %d bits, want %d", logical, got, want)
		}
	}
}
