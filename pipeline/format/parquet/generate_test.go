package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// A sample is a file to generate: an id, a leaf of the type under test that is
// required, one that is optional, and one in a list; row i of them holds value
// i, null, or a list of i%4 values.
type sample struct {
	typ     parquet.Type
	logical schema.LogicalType
	length  int // of a FIXED_LEN_BYTE_ARRAY
	enc     parquet.Encoding
	dict    bool
	codec   compress.Compression
	v2      bool
	rows    int // in each row group
	groups  int
	keys    int // distinct values; 0: all are
	page    int64
}

// Columns of a sample.
const (
	sampleID = iota
	sampleRequired
	sampleOptional
	sampleList
)

func (s sample) schema(t testing.TB) *schema.GroupNode {
	t.Helper()
	leaf := func(name string, rep parquet.Repetition) schema.Node {
		if s.logical == nil {
			return schema.MustPrimitive(schema.NewPrimitiveNode(name, rep, s.typ, -1, int32(s.length)))
		}
		return schema.MustPrimitive(schema.NewPrimitiveNodeLogical(name, rep, s.logical, s.typ, s.length, -1))
	}
	list := schema.MustGroup(schema.NewGroupNode("list", parquet.Repetitions.Repeated,
		schema.FieldList{leaf("element", parquet.Repetitions.Optional)}, -1))
	outer := schema.MustGroup(schema.NewGroupNodeLogical("many", parquet.Repetitions.Optional,
		schema.FieldList{list}, schema.NewListLogicalType(), -1))
	return schema.MustGroup(schema.NewGroupNode("schema", parquet.Repetitions.Required, schema.FieldList{
		schema.NewInt64Node("id", parquet.Repetitions.Required, -1),
		leaf("must", parquet.Repetitions.Required),
		leaf("may", parquet.Repetitions.Optional),
		outer,
	}, -1))
}

// number returns the number that value i is made of.
func (s sample) number(i int) int {
	if s.keys > 0 {
		i %= s.keys
	}
	return 1000 + i
}

// generate writes the sample with arrow v17.
func (s sample) generate(t testing.TB) []byte {
	t.Helper()
	opts := []parquet.WriterProperty{
		parquet.WithDictionaryDefault(s.dict),
		parquet.WithEncoding(s.enc),
		parquet.WithCompression(s.codec),
		parquet.WithBatchSize(100),
	}
	if s.page > 0 {
		opts = append(opts, parquet.WithDataPageSize(s.page))
	}
	if s.v2 {
		opts = append(opts, parquet.WithDataPageVersion(parquet.DataPageV2))
	}
	var buf bytes.Buffer
	w := file.NewParquetWriter(&buf, s.schema(t), file.WithWriterProps(parquet.NewWriterProperties(
		append(opts, parquet.WithDictionaryFor("id", false), parquet.WithEncodingFor("id", parquet.Encodings.Plain))...)))
	for g := range s.groups {
		rg := w.AppendRowGroup()
		first := g * s.rows
		ids := make([]int64, s.rows)
		may := make([]int16, s.rows)
		var must, some, many []int
		var defs, reps []int16
		for i := range s.rows {
			ids[i] = int64(first + i)
			must = append(must, first+i)
			if i%5 != 3 {
				may[i] = 1
				some = append(some, first+i)
			}
			switch n := i % 4; {
			case i%7 == 6:
				defs, reps = append(defs, 0), append(reps, 0)
			case n == 0:
				defs, reps = append(defs, 1), append(reps, 0)
			default:
				for j := range n {
					def, rep := int16(3), int16(1)
					if j == 0 {
						rep = 0
					}
					if j == 1 && i%3 == 0 {
						def = 2
					} else {
						many = append(many, first+i+j)
					}
					defs, reps = append(defs, def), append(reps, rep)
				}
			}
		}
		check := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		c, err := rg.NextColumn()
		check(err)
		_, err = c.(*file.Int64ColumnChunkWriter).WriteBatch(ids, nil, nil)
		check(err)
		check(c.Close())
		for _, col := range []struct {
			at         []int
			defs, reps []int16
		}{{must, nil, nil}, {some, may, nil}, {many, defs, reps}} {
			c, err := rg.NextColumn()
			check(err)
			check(s.write(c, col.at, col.defs, col.reps))
			check(c.Close())
		}
		check(rg.Close())
	}
	if err := w.FlushWithFooter(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func (s sample) write(c file.ColumnChunkWriter, at []int, defs, reps []int16) error {
	var err error
	switch w := c.(type) {
	case *file.BooleanColumnChunkWriter:
		_, err = w.WriteBatch(each(at, func(i int) bool { return s.number(i)%3 == 0 }), defs, reps)
	case *file.Int32ColumnChunkWriter:
		_, err = w.WriteBatch(each(at, func(i int) int32 { return int32(s.number(i)) }), defs, reps)
	case *file.Int64ColumnChunkWriter:
		_, err = w.WriteBatch(each(at, func(i int) int64 { return int64(s.number(i)) * 1_000_003 }), defs, reps)
	case *file.Int96ColumnChunkWriter:
		_, err = w.WriteBatch(each(at, func(i int) (v parquet.Int96) {
			binary.LittleEndian.PutUint64(v[:], uint64(s.number(i))*1e9)
			binary.LittleEndian.PutUint32(v[8:], julianEpoch+uint32(s.number(i)))
			return v
		}), defs, reps)
	case *file.Float32ColumnChunkWriter:
		_, err = w.WriteBatch(each(at, func(i int) float32 { return float32(s.number(i)) / 4 }), defs, reps)
	case *file.Float64ColumnChunkWriter:
		_, err = w.WriteBatch(each(at, func(i int) float64 { return float64(s.number(i)) / 4 }), defs, reps)
	case *file.ByteArrayColumnChunkWriter:
		_, err = w.WriteBatch(each(at, func(i int) parquet.ByteArray {
			return parquet.ByteArray(fmt.Sprintf("person%d@example.com", s.number(i)))
		}), defs, reps)
	case *file.FixedLenByteArrayColumnChunkWriter:
		_, err = w.WriteBatch(each(at, func(i int) parquet.FixedLenByteArray {
			b := make([]byte, s.length)
			binary.BigEndian.PutUint32(b[s.length-4:], uint32(s.number(i))<<8|'7')
			return b
		}), defs, reps)
	}
	return err
}

func each[T any](at []int, fn func(int) T) []T {
	all := make([]T, len(at))
	for i, k := range at {
		all[i] = fn(k)
	}
	return all
}

// samples is every type in every encoding v17 writes it in, each with another
// codec and page version.
func samples() map[string]sample {
	all := map[string]sample{}
	codecs := []compress.Compression{compress.Codecs.Uncompressed, compress.Codecs.Snappy, compress.Codecs.Gzip,
		compress.Codecs.Zstd, compress.Codecs.Brotli, codecLZ4Raw}
	plain := []parquet.Encoding{parquet.Encodings.Plain}
	ints := append(plain, parquet.Encodings.DeltaBinaryPacked)
	types := []struct {
		typ     parquet.Type
		name    string
		logical schema.LogicalType
		length  int
		encs    []parquet.Encoding
	}{
		{parquet.Types.Boolean, "boolean", nil, 0, append(plain, parquet.Encodings.RLE)},
		{parquet.Types.Int32, "int32", nil, 0, ints},
		{parquet.Types.Int32, "date", schema.DateLogicalType{}, 0, ints},
		{parquet.Types.Int32, "uint16", schema.NewIntLogicalType(16, false), 0, ints},
		{parquet.Types.Int32, "decimal9", schema.NewDecimalLogicalType(9, 2), 0, plain},
		{parquet.Types.Int64, "int64", nil, 0, ints},
		{parquet.Types.Int64, "timestamp", schema.NewTimestampLogicalType(true, schema.TimeUnitMicros), 0, ints},
		{parquet.Types.Int96, "int96", nil, 0, plain},
		{parquet.Types.Float, "float", nil, 0, plain},
		{parquet.Types.Double, "double", nil, 0, plain},
		{parquet.Types.ByteArray, "string", schema.StringLogicalType{}, 0,
			append(plain, parquet.Encodings.DeltaLengthByteArray, parquet.Encodings.DeltaByteArray)},
		{parquet.Types.FixedLenByteArray, "uuid", schema.UUIDLogicalType{}, 16, plain},
		{parquet.Types.FixedLenByteArray, "decimal16", schema.NewDecimalLogicalType(38, 3), 16, plain},
		{parquet.Types.FixedLenByteArray, "fixed4", nil, 4, plain},
	}
	n := 0
	for _, ty := range types {
		for _, enc := range ty.encs {
			for _, dict := range []bool{false, true} {
				if dict && (enc != parquet.Encodings.Plain || ty.typ == parquet.Types.Boolean) {
					continue
				}
				for _, v2 := range []bool{false, true} {
					codec := codecs[n%len(codecs)]
					n++
					name := fmt.Sprintf("%s/%s/dict=%v/v2=%v/%s", ty.name, enc, dict, v2, codecName(int64(codec)))
					s := sample{typ: ty.typ, logical: ty.logical, length: ty.length, enc: enc, dict: dict,
						codec: codec, v2: v2, rows: 700, groups: 2, page: 1000}
					if dict {
						s.keys = 50
					}
					all[name] = s
				}
			}
		}
	}
	return all
}
