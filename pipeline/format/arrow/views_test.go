package arrow

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// viewsOf is an array of views, each in a buffer of its own if it is long.
func viewsOf(t *testing.T, values ...string) arrow.Array {
	t.Helper()
	b := array.NewStringViewBuilder(memory.DefaultAllocator)
	b.SetBlockSize(32)
	for _, v := range values {
		if v == "" {
			b.AppendNull()
		} else {
			b.Append(v)
		}
	}
	return b.NewArray()
}

// TestViewsBesideDictionaries has views whose numbers of buffers differ, and
// dictionaries of views beside them, as Polars writes categories and text.
func TestViewsBesideDictionaries(t *testing.T) {
	long := func(n int) string { return fmt.Sprintf("a value that is longer than a view, %d", n) }
	dict := func(values ...string) arrow.Array {
		typ := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint32, ValueType: arrow.BinaryTypes.StringView}
		i := array.NewUint32Builder(memory.DefaultAllocator)
		i.AppendValues([]uint32{1, 0, 1}, nil)
		return array.NewDictionaryArray(typ, i.NewArray(), viewsOf(t, values...))
	}
	list := array.NewListBuilder(memory.DefaultAllocator, arrow.BinaryTypes.StringView)
	items := list.ValueBuilder().(*array.StringViewBuilder)
	items.SetBlockSize(32)
	for i := range 3 {
		list.Append(true)
		items.Append(long(10 + i))
		items.Append("short")
	}
	columns := []arrow.Array{
		viewsOf(t, long(1), "", long(2)), dict(long(3), "x"), list.NewArray(), dict("y", "z"), dict(long(4), long(5)), viewsOf(t, "a", "b", "c"),
	}
	var fields []arrow.Field
	for i, c := range columns {
		fields = append(fields, arrow.Field{Name: fmt.Sprint(i), Type: c.DataType(), Nullable: true})
	}
	in := array.NewRecord(arrow.NewSchema(fields, nil), columns, 3)
	for _, changed := range []int{-1, 0, 1, 2, 4} {
		rd := &Reader{schema: in.Schema()}
		for _, f := range fields {
			rd.walk(f.Name, f, 0)
		}
		b := &Batch{reader: rd, rec: in}
		for i := range columns {
			b.collect(columns[i], nil)
		}
		changes := map[int]parquet.Change{}
		if changed >= 0 {
			changes[changed] = parquet.Change{New: func() parquet.Rewriter {
				return rewriterFunc(func(dst, v []byte) ([]byte, parquet.Verdict, error) {
					return append(append(dst, v...), " and more"...), parquet.Replace, nil
				})
			}}
		}
		var out bytes.Buffer
		w, err := rd.NewWriter(&out, nil)
		if err == nil {
			err = w.Write(t.Context(), b, changes)
		}
		if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		r, err := ipc.NewReader(&out)
		if err != nil || !r.Next() {
			t.Fatalf("it cannot be read: %v", err)
		}
		for i, c := range r.Record().Columns() {
			for row := range 3 {
				was, is := columns[i].ValueStr(row), c.ValueStr(row)
				if i == changed {
					is = strings.ReplaceAll(is, " and more", "")
				}
				if was != is {
					t.Errorf("change of %d: column %d, row %d: %s, want %s", changed, i, row, is, was)
				}
			}
		}
	}
}
