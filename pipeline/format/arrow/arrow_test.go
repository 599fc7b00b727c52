package arrow

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// rewriterFunc makes a Rewriter of a function of one value.
type rewriterFunc func(dst, v []byte) ([]byte, parquet.Verdict, error)

func (f rewriterFunc) Rewrite(values [][]byte, _ int32, replies []parquet.Reply) (err error) {
	for i, v := range values {
		r := &replies[i]
		if r.Text, r.Verdict, err = f(nil, v); err != nil {
			return err
		}
		r.Class = 1
	}
	return nil
}

var label = rewriterFunc(func(dst, _ []byte) ([]byte, parquet.Verdict, error) {
	return append(dst, "[X]"...), parquet.Replace, nil
})

// changeAll passes all batches of a reader on, changed as decide says.
func changeAll(rd *Reader, err error, w io.Writer, decide func([]parquet.Column) map[int]parquet.Rewriter, metadata func(parquet.KeyValue) (string, bool)) (parquet.Stats, error) {
	if err != nil {
		return parquet.Stats{}, err
	}
	changes := map[int]parquet.Change{}
	for i, r := range decide(rd.Columns()) {
		changes[i] = parquet.Change{New: func() parquet.Rewriter { return r }}
	}
	out, err := rd.NewWriter(w, metadata)
	if err != nil {
		return parquet.Stats{}, err
	}
	for {
		b, err := rd.Next()
		if errors.Is(err, io.EOF) {
			return out.Stats(), out.Close()
		}
		if err == nil {
			err = out.Write(context.Background(), b, changes)
		}
		if err != nil {
			return out.Stats(), err
		}
	}
}

type decider = func([]parquet.Column) map[int]parquet.Rewriter

func rewriteStream(data []byte, w io.Writer, decide decider, metadata func(parquet.KeyValue) (string, bool)) (parquet.Stats, error) {
	rd, err := NewReader(bytes.NewReader(data), 1<<24)
	return changeAll(rd, err, w, decide, metadata)
}

func rewriteFile(data []byte, w io.Writer, decide decider, metadata func(parquet.KeyValue) (string, bool)) (parquet.Stats, error) {
	rd, err := NewFileReader(bytes.NewReader(data), int64(len(data)), 1<<24)
	return changeAll(rd, err, w, decide, metadata)
}

var dictType = &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int16, ValueType: arrow.BinaryTypes.String}

func testSchema() *arrow.Schema {
	meta := arrow.MetadataFrom(map[string]string{"note": "secret"})
	return arrow.NewSchema([]arrow.Field{
		{Name: "id", Type: arrow.PrimitiveTypes.Int64},
		{Name: "mail", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "city", Type: dictType, Nullable: true},
		{Name: "born", Type: arrow.FixedWidthTypes.Date32, Nullable: true},
		{Name: "tags", Type: arrow.ListOfField(arrow.Field{Name: "item", Type: arrow.BinaryTypes.String, Nullable: true, Metadata: meta}), Nullable: true},
		{Name: "home", Type: arrow.StructOf(arrow.Field{Name: "street", Type: arrow.BinaryTypes.LargeString, Nullable: true},
			arrow.Field{Name: "n", Type: arrow.PrimitiveTypes.Int32, Nullable: true}), Nullable: true},
	}, &meta)
}

// batches are two record batches with one dictionary, the second one a slice.
func batches(t testing.TB) []arrow.Record {
	t.Helper()
	b := array.NewRecordBuilder(memory.DefaultAllocator, testSchema())
	for i := range 20 {
		b.Field(0).(*array.Int64Builder).Append(int64(i))
		text := fmt.Sprintf("secret%d@example.com", i)
		if i%4 == 1 {
			b.Field(1).AppendNull()
			b.Field(3).AppendNull()
			b.Field(4).AppendNull()
			b.Field(5).AppendNull()
		} else {
			b.Field(1).(*array.StringBuilder).Append(text)
			b.Field(3).(*array.Date32Builder).Append(arrow.Date32(5000 + i))
			l := b.Field(4).(*array.ListBuilder)
			l.Append(true)
			for range i % 3 {
				l.ValueBuilder().(*array.StringBuilder).Append(text)
			}
			s := b.Field(5).(*array.StructBuilder)
			s.Append(true)
			s.FieldBuilder(0).(*array.LargeStringBuilder).Append(text)
			s.FieldBuilder(1).(*array.Int32Builder).Append(int32(i))
		}
		if err := b.Field(2).AppendValueFromString(fmt.Sprintf("secret town %d", i%3)); err != nil {
			t.Fatal(err)
		}
	}
	whole := b.NewRecord()
	return []arrow.Record{whole, whole.NewSlice(5, 15)}
}

func stream(t testing.TB, recs []arrow.Record) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := ipc.NewWriter(&buf, ipc.WithSchema(recs[0].Schema()))
	for _, r := range recs {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func filed(t testing.TB, recs []arrow.Record) []byte {
	t.Helper()
	var buf bytes.Buffer
	w, err := ipc.NewFileWriter(&sink{w: &buf}, ipc.WithSchema(recs[0].Schema()))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range recs {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func read(t testing.TB, data []byte) (rows []string, meta arrow.Metadata) {
	t.Helper()
	r, err := ipc.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for r.Next() {
		rec := r.Record()
		for i := range int(rec.NumRows()) {
			var row []string
			for _, c := range rec.Columns() {
				row = append(row, c.ValueStr(i))
			}
			rows = append(rows, strings.Join(row, "|"))
		}
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	return rows, r.Schema().Metadata()
}

func TestColumns(t *testing.T) {
	rd, err := NewReader(bytes.NewReader(stream(t, batches(t))), 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range rd.Columns() {
		got = append(got, fmt.Sprint(c.Path, " ", c.Physical, " ", c.Logical, " ", c.MaxRep))
	}
	want := []string{"id INT64 int64 0", "mail BYTE_ARRAY utf8 0", "city BYTE_ARRAY dictionary<values=utf8, indices=int16, ordered=false> 0",
		"born INT32 date32 0", "tags.item BYTE_ARRAY utf8 1", "home.street BYTE_ARRAY large_utf8 0", "home.n INT32 int32 0"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestRewrite(t *testing.T) {
	month := rewriterFunc(func(dst, v []byte) ([]byte, parquet.Verdict, error) {
		return append(append(dst, v[:8]...), "01"...), parquet.Replace, nil
	})
	some := rewriterFunc(func(dst, v []byte) ([]byte, parquet.Verdict, error) {
		if v[len(v)-1]%2 == 0 {
			return dst, parquet.Keep, nil
		}
		return append(dst, "no number"...), parquet.Replace, nil
	})
	decide := func([]parquet.Column) map[int]parquet.Rewriter {
		return map[int]parquet.Rewriter{1: label, 2: label, 3: month, 4: label, 5: label, 6: some}
	}
	clean := func(parquet.KeyValue) (string, bool) { return "clean", true }
	recs := batches(t)
	data := stream(t, recs)
	var out bytes.Buffer
	stats, err := rewriteStream(data, &out, decide, clean)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out.Bytes(), []byte("secret")) {
		t.Error("an old value is left")
	}
	was, _ := read(t, data)
	is, meta := read(t, out.Bytes())
	if len(was) != len(is) || stats.Rows != 30 {
		t.Fatalf("%d rows, then %d; %+v", len(was), len(is), stats)
	}
	if v, _ := meta.GetValue("note"); v != "clean" {
		t.Error("metadata was not changed")
	}
	for i, row := range was {
		for n := range 20 {
			row = strings.ReplaceAll(row, fmt.Sprintf("secret%d@example.com", n), "[X]")
			row = strings.ReplaceAll(row, fmt.Sprintf("secret town %d", n), "[X]")
			if n%2 == 1 {
				row = strings.ReplaceAll(row, fmt.Sprintf(`"n":%d,`, n), `"n":null,`)
				row = strings.ReplaceAll(row, fmt.Sprintf(`"n":%d}`, n), `"n":null}`)
			}
		}
		f := strings.Split(row, "|")
		if f[3] != array.NullValueStr {
			f[3] = f[3][:8] + "01"
		}
		if row = strings.Join(f, "|"); row != is[i] {
			t.Errorf("row %d is\n%s, want\n%s", i, is[i], row)
		}
	}

	t.Run("file", func(t *testing.T) {
		data := filed(t, recs)
		var out bytes.Buffer
		if _, err := rewriteFile(data, &out, decide, clean); err != nil {
			t.Fatal(err)
		}
		r, err := ipc.NewFileReader(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		var rows []string
		for i := range r.NumRecords() {
			rec, err := r.Record(i)
			if err != nil {
				t.Fatal(err)
			}
			for i := range int(rec.NumRows()) {
				var row []string
				for _, c := range rec.Columns() {
					row = append(row, c.ValueStr(i))
				}
				rows = append(rows, strings.Join(row, "|"))
			}
		}
		if !slices.Equal(rows, is) {
			t.Error("the file form differs from the stream")
		}
		if bytes.Contains(out.Bytes(), []byte("secret")) {
			t.Error("an old value is left")
		}
	})
}

// TestDictionaryCalls: one call for each entry, however many batches.
func TestDictionaryCalls(t *testing.T) {
	decide := func([]parquet.Column) map[int]parquet.Rewriter {
		return map[int]parquet.Rewriter{2: label}
	}
	recs := batches(t)
	stats, err := rewriteStream(stream(t, append(recs, recs...)), new(bytes.Buffer), decide, nil)
	if err != nil || stats.Calls != 3 {
		t.Errorf("%d calls, %v", stats.Calls, err)
	}
}

func TestRequired(t *testing.T) {
	decide := func([]parquet.Column) map[int]parquet.Rewriter {
		return map[int]parquet.Rewriter{0: label}
	}
	_, err := rewriteStream(stream(t, batches(t)), new(bytes.Buffer), decide, nil)
	var e *Error
	if !errors.Is(err, parquet.ErrUnrepresentable) || !errors.As(err, &e) || e.Column != "id" || e.Batch != 0 {
		t.Errorf("%v", err)
	}
}

func TestDamaged(t *testing.T) {
	decide := func(columns []parquet.Column) map[int]parquet.Rewriter {
		all := map[int]parquet.Rewriter{}
		for i := range columns {
			all[i] = label
		}
		return all
	}
	rng := rand.New(rand.NewPCG(5, 6))
	recs := batches(t)
	for _, data := range [][]byte{stream(t, recs), filed(t, recs)} {
		for range 300 {
			bad := slices.Clone(data)
			if rng.IntN(3) == 0 {
				bad = bad[:rng.IntN(len(bad))]
			} else {
				for range 1 + rng.IntN(4) {
					bad[rng.IntN(len(bad))] ^= 1 << rng.IntN(8)
				}
			}
			_, err := rewriteStream(bad, new(bytes.Buffer), decide, nil)
			_, err2 := rewriteFile(bad, new(bytes.Buffer), decide, nil)
			for _, err := range []error{err, err2} {
				if err != nil && strings.Contains(err.Error(), "secret") {
					t.Errorf("%v", err)
				}
			}
		}
	}
}
