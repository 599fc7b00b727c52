package parquet

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// bench writes a file of one string column, mail, and an integer column, id,
// once: rows values of which keys are distinct.
func bench(b *testing.B, rows, keys int, dict bool) []byte {
	b.Helper()
	root := schema.MustGroup(schema.NewGroupNode("schema", parquet.Repetitions.Required, schema.FieldList{
		schema.NewInt64Node("id", parquet.Repetitions.Required, -1),
		schema.MustPrimitive(schema.NewPrimitiveNodeLogical("mail", parquet.Repetitions.Optional,
			schema.StringLogicalType{}, parquet.Types.ByteArray, -1, -1)),
	}, -1))
	var buf bytes.Buffer
	w := file.NewParquetWriter(&buf, root, file.WithWriterProps(parquet.NewWriterProperties(
		parquet.WithDictionaryDefault(dict), parquet.WithDictionaryFor("id", false),
		parquet.WithCompression(compress.Codecs.Snappy))))
	names := make([]parquet.ByteArray, keys)
	for i := range names {
		names[i] = []byte("person" + string(rune('a'+i%26)) + itoa(i) + "@example.com")
	}
	const group = 1 << 20
	for first := 0; first < rows; first += group {
		n := min(group, rows-first)
		ids, mails, defs := make([]int64, n), make([]parquet.ByteArray, n), make([]int16, n)
		for i := range n {
			ids[i], defs[i] = int64(first+i), 1
			mails[i] = names[uint64(first+i)*2654435761%uint64(keys)]
		}
		rg := w.AppendRowGroup()
		c, err := rg.NextColumn()
		if err == nil {
			_, err = c.(*file.Int64ColumnChunkWriter).WriteBatch(ids, nil, nil)
			c.Close()
		}
		if err != nil {
			b.Fatal(err)
		}
		c, err = rg.NextColumn()
		if err == nil {
			_, err = c.(*file.ByteArrayColumnChunkWriter).WriteBatch(mails, defs, nil)
			c.Close()
		}
		if err != nil {
			b.Fatal(err)
		}
		if err := rg.Close(); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.FlushWithFooter(); err != nil {
		b.Fatal(err)
	}
	return buf.Bytes()
}

func itoa(n int) string {
	text, _ := integerForm(&leaf{typ: parquet.Types.Int64, form: schema.NoLogicalType{}}).append(nil, le64(int64(n)))
	return string(text)
}

var benchFiles = struct {
	sync.Mutex
	m map[string][]byte
}{m: map[string][]byte{}}

func benchFile(b *testing.B, name string, rows, keys int, dict bool) []byte {
	benchFiles.Lock()
	defer benchFiles.Unlock()
	if benchFiles.m[name] == nil {
		benchFiles.m[name] = bench(b, rows, keys, dict)
		if dir := os.Getenv("SCRIM_BENCH_FILES"); dir != "" { // for bench/parquet_peers.py
			if err := os.WriteFile(filepath.Join(dir, name+".parquet"), benchFiles.m[name], 0o600); err != nil {
				b.Fatal(err)
			}
		}
	}
	return benchFiles.m[name]
}

func BenchmarkRewrite(b *testing.B) {
	token := rewriterFunc(func(dst, v []byte) ([]byte, Verdict, error) {
		return append(append(dst, "tok_"...), v[:8]...), Replace, nil
	})
	for _, bb := range []struct {
		name    string
		rows    int
		keys    int
		dict    bool
		changes map[int]Change
		file    bool
	}{
		{"column=dictionary/rows=10M/distinct=12k", 10_000_000, 12_000, true, map[int]Change{1: by(token)}, false},
		{"column=dictionary/rows=10M/distinct=12k/sink=file", 10_000_000, 12_000, true, map[int]Change{1: by(token)}, true},
		{"column=plain/rows=2M", 2_000_000, 1_000_000, false, map[int]Change{1: by(token)}, false},
		{"column=int64/rows=2M", 2_000_000, 1_000_000, false, map[int]Change{0: by(swap)}, false},
		{"column=none/rows=10M", 10_000_000, 12_000, true, nil, false},
	} {
		b.Run(bb.name, func(b *testing.B) {
			name := "plain"
			if bb.dict {
				name = "dictionary"
			}
			data := benchFile(b, name, bb.rows, bb.keys, bb.dict)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				f, err := Open(bytes.NewReader(data), int64(len(data)))
				if err != nil {
					b.Fatal(err)
				}
				sink := io.Discard
				if bb.file {
					out, err := os.Create(filepath.Join(b.TempDir(), "out.parquet"))
					if err != nil {
						b.Fatal(err)
					}
					defer out.Close()
					sink = out
				}
				if _, err := Rewrite(context.Background(), f, sink, bb.changes, Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(bb.rows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
	}
}

// twoKinds has values in two classes, so that each entry of a dictionary is counted.
type twoKinds struct{ each bool }

func (k twoKinds) Rewrite(values [][]byte, _ int32, replies []Reply) error {
	for i := range values {
		replies[i].Class = 1
		if k.each {
			replies[i].Class += int32(i % 2)
		}
	}
	return nil
}

// BenchmarkCount reads a column and counts its values, and writes nothing.
func BenchmarkCount(b *testing.B) {
	for _, bb := range []struct {
		name string
		rows int
		keys int
		each bool
	}{
		{"dictionary", 10_000_000, 12_000, false},
		{"dictionary", 10_000_000, 12_000, true},
		{"plain", 2_000_000, 1_000_000, false},
	} {
		b.Run(fmt.Sprintf("column=%s/each=%t", bb.name, bb.each), func(b *testing.B) {
			data := benchFile(b, bb.name, bb.rows, bb.keys, bb.name == "dictionary")
			f, err := Open(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(f.Columns()[1].Compressed)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Rewrite(context.Background(), f, nil, map[int]Change{1: by(twoKinds{bb.each})}, Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(bb.rows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
	}
}
