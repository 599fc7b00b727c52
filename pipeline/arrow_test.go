package pipeline

import (
	"bytes"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// people is a record batch of two columns.
func people() (*arrow.Schema, arrow.Record) {
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "email", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "n", Type: arrow.PrimitiveTypes.Int64},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	b.Field(0).(*array.StringBuilder).AppendValues([]string{"a@example.com", "none"}, nil)
	b.Field(1).(*array.Int64Builder).AppendValues([]int64{1, 2}, nil)
	return schema, b.NewRecord()
}

func TestArrowStream(t *testing.T) {
	schema, rec := people()
	var in bytes.Buffer
	w := ipc.NewWriter(&in, ipc.WithSchema(schema))
	if err := w.Write(rec); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	out, report := runOn(t, Config{}, &in)
	if report.Format != "arrow" || report.Kinds["email"] != 1 || report.Lines != 2 {
		t.Errorf("report says %s, %v, %d rows", report.Format, report.Kinds, report.Lines)
	}
	r, err := ipc.NewReader(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	if !r.Next() {
		t.Fatal("no batch came out")
	}
	got := r.Record().Column(0).(*array.String)
	if !r.Schema().Equal(schema) || got.Value(0) != "[EMAIL]" || got.Value(1) != "none" || r.Record().Column(1).(*array.Int64).Value(1) != 2 {
		t.Errorf("got %v", r.Record())
	}
	if strings.Contains(out, "example.com") {
		t.Error("a value is still in the output")
	}
}

func streamOf(t *testing.T) []byte {
	t.Helper()
	schema, rec := people()
	var in bytes.Buffer
	w := ipc.NewWriter(&in, ipc.WithSchema(schema))
	for range 2 {
		if err := w.Write(rec); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return in.Bytes()
}

// TestArrowIsWatchedByRow holds that Arrow data is surveyed as Parquet is.
func TestArrowIsWatchedByRow(t *testing.T) {
	seen := &kindWatch{kinds: map[string]int{}}
	p, err := New(Config{Watch: func(string) Watch { return seen }})
	if err != nil {
		t.Fatal(err)
	}
	report, err := p.Run(t.Context(), NewSource(bytes.NewReader(streamOf(t)), "people.arrow"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if seen.rows != 4 || seen.kinds["email email"] != 2 || report.Kinds["email"] != 2 || report.Lines != 4 || len(report.Columns) != 2 {
		t.Errorf("saw %d rows, %v; report %+v", seen.rows, seen.kinds, report)
	}
}

func TestArrowFindings(t *testing.T) {
	var got []Finding
	p, err := New(Config{Findings: func(f *Finding) error { got = append(got, *f); return nil }, ShowValues: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), NewSource(bytes.NewReader(streamOf(t)), "people.arrow"), nil); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Line != 1 || got[1].Line != 3 || got[1].Value != "a@example.com" || got[1].Field != "email" {
		t.Errorf("got %+v", got)
	}
}
