// Command columns reads a Parquet file, or rewrites its column mail, in Go: by
// package parquet of this module, and by xitongsys/parquet-go. It is a part of
// bench/parquet_peers.py, which measures it beside other programs.
//
//	go run ./bench/columns read FILE
//	go run ./bench/columns parquet-go-read FILE
//	go run ./bench/columns parquet-go-rewrite FILE OUT
//
// What is written in place of a value is its first twenty bytes. parquet-go reads
// rows of a shape that the program knows: id, mail and note, of those that are
// there.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/xitongsys/parquet-go-source/local"
	xparquet "github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/reader"
	"github.com/xitongsys/parquet-go/writer"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "columns:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "read":
		return read(args[1])
	case len(args) == 2 && args[0] == "parquet-go-read":
		return other(args[1], "")
	case len(args) == 3 && args[0] == "parquet-go-rewrite":
		return other(args[1], args[2])
	}
	return errors.New("want read FILE, parquet-go-read FILE, or parquet-go-rewrite FILE OUT")
}

// read passes every value of a file on as text.
func read(name string) error {
	in, err := os.Open(name)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read from
	info, err := in.Stat()
	if err != nil {
		return err
	}
	f, err := parquet.Open(in, info.Size())
	if err != nil {
		return err
	}
	slots := 0
	for g := range f.RowGroups() {
		for i := range f.Columns() {
			if err := f.Values(context.Background(), g, i, parquet.FormText, func(v *parquet.Values) error {
				slots += len(v.Index)
				return nil
			}); err != nil {
				return err
			}
		}
	}
	fmt.Println(slots, "values")
	return nil
}

type one struct {
	Mail *string `parquet:"name=mail, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
}

type three struct {
	ID   *int64  `parquet:"name=id, type=INT64"`
	Mail *string `parquet:"name=mail, type=BYTE_ARRAY, convertedtype=UTF8"`
	Note *string `parquet:"name=note, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
}

func (r *one) mail() *string   { return r.Mail }
func (r *three) mail() *string { return r.Mail }

// other reads a file with parquet-go and, if out is given, writes it again.
func other(name, out string) error {
	in, err := local.NewLocalFileReader(name)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read from
	shape, err := reader.NewParquetColumnReader(in, 1)
	if err != nil {
		return err
	}
	columns := len(shape.SchemaHandler.ValueColumns)
	shape.ReadStop()
	if columns == 1 {
		return pass(name, out, func(r *one) *string { return r.mail() })
	}
	return pass(name, out, func(r *three) *string { return r.mail() })
}

// pass reads rows of shape T, a hundred thousand at a time.
func pass[T any](name, out string, mail func(*T) *string) error {
	in, err := local.NewLocalFileReader(name)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read from
	r, err := reader.NewParquetReader(in, new(T), 2)
	if err != nil {
		return err
	}
	defer r.ReadStop()
	var w *writer.ParquetWriter
	if out != "" {
		to, err := local.NewLocalFileWriter(out)
		if err != nil {
			return err
		}
		defer to.Close() //nolint:errcheck // WriteStop says what failed
		if w, err = writer.NewParquetWriter(to, new(T), 2); err != nil {
			return err
		}
		w.CompressionType = xparquet.CompressionCodec_SNAPPY
	}
	for left := r.GetNumRows(); left > 0; {
		rows := make([]T, min(left, 100_000))
		if err := r.Read(&rows); err != nil {
			return err
		}
		if len(rows) == 0 {
			return errors.New("rows are missing")
		}
		left -= int64(len(rows))
		if w == nil {
			continue
		}
		for i := range rows {
			if v := mail(&rows[i]); v != nil {
				*v = (*v)[:min(len(*v), 20)]
			}
			if err := w.Write(rows[i]); err != nil {
				return err
			}
		}
	}
	if w != nil {
		return w.WriteStop()
	}
	return nil
}
