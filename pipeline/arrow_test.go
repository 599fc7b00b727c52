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

func TestArrowIsNotSurveyed(t *testing.T) {
	schema, rec := people()
	var in bytes.Buffer
	w := ipc.NewWriter(&in, ipc.WithSchema(schema))
	if err := w.Write(rec); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	p, err := New(Config{Watch: func(string) Watch { return &kindWatch{kinds: map[string]int{}} }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(t.Context(), NewSource(&in, "people.arrow"), nil); err == nil {
		t.Error("a survey of Arrow data found nothing and said so as if there were nothing")
	}
}
