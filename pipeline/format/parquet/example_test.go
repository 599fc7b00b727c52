package parquet_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	lib "github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// label replaces every value by a label.
type label string

func (l label) Rewrite(values [][]byte, _ int32, replies []parquet.Reply) error {
	for i := range values {
		replies[i] = parquet.Reply{Verdict: parquet.Redact, Class: 1, Text: []byte(l)}
	}
	return nil
}

func Example() {
	// A file with one column.
	var in bytes.Buffer
	root := schema.MustGroup(schema.NewGroupNode("schema", lib.Repetitions.Required,
		schema.FieldList{schema.NewByteArrayNode("mail", lib.Repetitions.Required, -1)}, -1))
	w := file.NewParquetWriter(&in, root)
	group := w.AppendRowGroup()
	column, err := group.NextColumn()
	if err != nil {
		log.Fatal(err)
	}
	mails := []lib.ByteArray{[]byte("a@example.com"), []byte("b@example.com"), []byte("a@example.com")}
	if _, err := column.(*file.ByteArrayColumnChunkWriter).WriteBatch(mails, nil, nil); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}

	f, err := parquet.Open(bytes.NewReader(in.Bytes()), int64(in.Len()))
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range f.Columns() {
		fmt.Println(c.Path, c.Physical, f.NumRows(), "rows")
	}
	var out bytes.Buffer
	stats, err := parquet.Rewrite(context.Background(), f, &out,
		map[int]parquet.Change{0: {New: func() parquet.Rewriter { return label("[EMAIL]") }}}, parquet.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(stats.Calls, "calls")

	after, err := parquet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(stats.Classes[0][1], "values")
	err = after.Values(context.Background(), 0, 0, parquet.FormText, func(v *parquet.Values) error {
		fmt.Printf("%s %v\n", v.Text, v.Index)
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// mail BYTE_ARRAY 3 rows
	// 2 calls
	// 3 values
	// [[EMAIL]] [0 0 0]
}
