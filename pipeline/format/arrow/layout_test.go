package arrow

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// typed has a type, values as Arrow writes them, and as they are to be seen.
type typed struct {
	typ    arrow.DataType
	values []string
	texts  []string // nil: the same
}

func types() []typed {
	numbers := []string{"1", "100", "127", "0"}
	return []typed{
		{arrow.PrimitiveTypes.Int8, append(numbers, "-128"), nil},
		{arrow.PrimitiveTypes.Uint8, append(numbers, "255"), nil},
		{arrow.PrimitiveTypes.Int16, append(numbers, "-32768"), nil},
		{arrow.PrimitiveTypes.Uint16, append(numbers, "65535"), nil},
		{arrow.PrimitiveTypes.Int32, append(numbers, "-2147483648"), nil},
		{arrow.PrimitiveTypes.Uint32, append(numbers, "4294967295"), nil},
		{arrow.PrimitiveTypes.Int64, append(numbers, "-9223372036854775808"), nil},
		{arrow.PrimitiveTypes.Uint64, append(numbers, "18446744073709551615"), nil},
		{arrow.FixedWidthTypes.Float16, []string{"1.5", "-2"}, nil},
		{arrow.PrimitiveTypes.Float32, []string{"1.5", "-0.1"}, nil},
		{arrow.PrimitiveTypes.Float64, []string{"1.5", "-0.1"}, nil},
		{arrow.FixedWidthTypes.Boolean, []string{"true", "false"}, nil},
		{arrow.FixedWidthTypes.Date32, []string{"1969-12-31", "2026-02-28"}, nil},
		{arrow.FixedWidthTypes.Date64, []string{"1969-12-31", "2026-02-28"}, nil},
		{arrow.FixedWidthTypes.Time32s, []string{"01:02:03", "23:59:59"}, []string{"01:02:03.000", "23:59:59.000"}},
		{arrow.FixedWidthTypes.Time64ns, []string{"01:02:03.000000004", "23:59:59.5"}, []string{"01:02:03.000000004", "23:59:59.500000000"}},
		{arrow.FixedWidthTypes.Timestamp_s, []string{"1969-12-31 23:59:58Z", "2026-02-28 10:00:00Z"}, []string{"1969-12-31T23:59:58.000Z", "2026-02-28T10:00:00.000Z"}},
		{&arrow.TimestampType{Unit: arrow.Microsecond}, []string{"1969-12-31 23:59:58.5"}, []string{"1969-12-31T23:59:58.500000"}},
		{&arrow.Decimal128Type{Precision: 10, Scale: 2}, []string{"12.34", "-0.01"}, nil},
		{&arrow.Decimal256Type{Precision: 50, Scale: 3}, []string{"12.340", "-0.001"}, nil},
		{arrow.BinaryTypes.String, []string{"a", "", "bc"}, nil},
		{arrow.BinaryTypes.LargeString, []string{"a", "", "bc"}, nil},
		{arrow.BinaryTypes.StringView, []string{"a", "", "a value that is too long for a view"}, nil},
	}
}

// TestTypes sees values of every type as text, and gives each the next one's.
func TestTypes(t *testing.T) {
	for _, c := range types() {
		t.Run(c.typ.String(), func(t *testing.T) {
			if c.texts == nil {
				c.texts = c.values
			}
			b := array.NewBuilder(memory.DefaultAllocator, c.typ)
			b.AppendNull() // and the slice below begins inside of a bitmap
			for _, v := range c.values {
				if err := b.AppendValueFromString(v); err != nil {
					t.Fatal(err)
				}
			}
			b.AppendNull()
			whole := b.NewArray()
			schema := arrow.NewSchema([]arrow.Field{{Name: "v", Type: c.typ, Nullable: true}}, nil)
			rec := array.NewRecord(schema, []arrow.Array{array.NewSlice(whole, 1, int64(whole.Len()))}, int64(whole.Len()-1))
			var texts []string
			rd, err := NewReader(bytes.NewReader(stream(t, []arrow.Record{rec})), 0)
			if err != nil {
				t.Fatal(err)
			}
			batch, err := rd.Next()
			if err != nil {
				t.Fatal(err)
			}
			err = batch.Values(context.Background(), 0, parquet.FormText, func(v *parquet.Values) error {
				for i, k := range v.Index {
					if (k < 0) != (i == len(c.values)) {
						return errors.New("another value is null")
					}
					if k >= 0 {
						texts = append(texts, string(v.Text[k]))
					}
				}
				return nil
			})
			if err != nil || !slices.Equal(texts, c.texts) {
				t.Fatalf("saw %q, want %q; %v", texts, c.texts, err)
			}
			next := rewriterFunc(func(dst, v []byte) ([]byte, parquet.Verdict, error) {
				i := slices.Index(texts, string(v))
				return append(dst, texts[(i+1)%len(texts)]...), parquet.Replace, nil
			})
			var out bytes.Buffer
			w, err := rd.NewWriter(&out, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(w.Write(context.Background(), batch, map[int]parquet.Change{0: {New: func() parquet.Rewriter { return next }}}), w.Close()); err != nil {
				t.Fatal(err)
			}
			r, err := ipc.NewReader(&out)
			if err != nil || !r.Next() {
				t.Fatal(err)
			}
			got := r.Record().Column(0)
			for i := range c.values {
				// Where the next one was is now what this one was made of.
				if want := whole.ValueStr(1 + (i+1)%len(c.values)); got.ValueStr(i) != want {
					t.Errorf("value %d is %s, want %s", i, got.ValueStr(i), want)
				}
			}
			if !got.IsNull(len(c.values)) || got.NullN() != 1 {
				t.Error("the null went")
			}
		})
	}
}
