package parquet

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// everything returns all bytes that a reader may come by in a file: those of the
// file, pages decompressed, and values decoded.
func everything(t testing.TB, data []byte) []byte {
	t.Helper()
	f := mustOpen(t, data)
	all := slices.Clone(data)
	for g := range f.chunks {
		for i, c := range f.chunks[g] {
			w := f.walk(c)
			for {
				p, err := w.next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if p.kind == pageDict {
					b, err := decompress(c.codec, nil, p.payload, p.size)
					if err != nil {
						t.Fatal(err)
					}
					all = append(all, b...)
					continue
				}
				b, _, err := p.open(c.codec, &f.leaves[i], nil)
				if err != nil {
					t.Fatal(err)
				}
				all = append(all, b.values...)
			}
			err := f.Values(context.Background(), g, i, FormText, func(v *Values) error {
				for _, text := range v.Text {
					all = append(all, text...)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	pairs, err := f.footer.list(fileKeyValues, wireStruct)
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range pairs {
		p, _, _ := parseRecord(raw)
		v, _ := p.binary(kvValue)
		if schema, err := base64.StdEncoding.DecodeString(string(v)); err == nil {
			all = append(all, schema...)
		}
	}
	return all
}

// TestNothingLeft rewrites files of pyarrow and DuckDB, and looks for the old
// values in every byte of what comes out; then both read it back.
func TestNothingLeft(t *testing.T) {
	dir := t.TempDir()
	python(t, nil, "testdata/generate.py", dir)
	files, _ := filepath.Glob(filepath.Join(dir, "*.parquet"))
	if len(files) < 30 {
		t.Fatalf("%d files were generated", len(files))
	}
	var cases []comparison
	for _, name := range files {
		data := readFile(t, name)
		base := filepath.Base(name)
		if empty := strings.Contains(base, "empty"); !empty && !bytes.Contains(everything(t, data), []byte("secret-0000")) {
			t.Errorf("%s: the values are not found before the change either", base)
		}
		f := mustOpen(t, data)
		var odd, even []int
		for i := range f.Columns() {
			if i%2 == 0 {
				even = append(even, i)
			} else {
				odd = append(odd, i)
			}
		}
		for _, columns := range [][]int{nil, odd, even} {
			cases = append(cases, changeColumns(t, dir, name, f, columns...)...)
		}
		changes := map[int]Change{}
		for i, c := range f.Columns() {
			if c.Physical == "BYTE_ARRAY" {
				changes[i] = by(label)
			} else if c.Physical == "FIXED_LEN_BYTE_ARRAY" && c.Logical == "None" {
				changes[i] = by(rewriterFunc(func(dst, v []byte) ([]byte, Verdict, error) {
					return append(dst, bytes.Repeat([]byte{'-'}, len(v))...), Replace, nil
				}))
			}
		}
		var seen []string
		out, stats := rewrite(t, data, changes, Options{Metadata: func(kv KeyValue) (string, bool) {
			seen = append(seen, kv.Key)
			return strings.ReplaceAll(kv.Value, "secret-0", "-"), true
		}})
		all := everything(t, out)
		if i := bytes.Index(all, []byte("secret-0")); i >= 0 {
			t.Errorf("%s: an old value is left (%d bytes before the end of the file)", base, len(out)-i)
		}
		if i := bytes.Index(all, []byte("secret0000")); i >= 0 {
			t.Errorf("%s: an old fixed-length value is left", base)
		}
		if strings.HasPrefix(base, "pyarrow") && !(slices.Contains(seen, "note") && slices.Contains(seen, ArrowSchemaKey+"/note")) {
			t.Errorf("%s: metadata was not shown", base)
		}
		if strings.Contains(base, "dict-") && strings.Contains(base, "-40-") && stats.Calls > 40*3*10+1000 {
			t.Errorf("%s: %d calls for few distinct values", base, stats.Calls)
		}
		if kv, err := mustOpen(t, out).Metadata(); err != nil || strings.HasPrefix(base, "pyarrow") && !slices.Contains(kv, KeyValue{Key: ArrowSchemaKey + "/note", Value: "of -00001"}) {
			t.Errorf("%s: metadata inside of Arrow's schema: %v", base, err)
		}
		after := filepath.Join(dir, "all."+base)
		if err := os.WriteFile(after, out, 0o600); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, comparison{name, after, map[string]string{"*": "any"}})
	}
	compare(t, cases)
}
