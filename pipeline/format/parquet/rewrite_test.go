package parquet

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rewriterFunc makes a ValueRewriter of a function.
type rewriterFunc func(dst, v []byte) ([]byte, Verdict, error)

func (f rewriterFunc) Rewrite(dst, v []byte) ([]byte, Verdict, error) { return f(dst, v) }

// shared returns the files of a folder of the shared corpus.
func shared(t testing.TB, pattern string) []string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join("../../../../shared/corpus", pattern))
	if len(files) == 0 {
		files, _ = filepath.Glob(filepath.Join("../../../../../shared/corpus", pattern))
	}
	if len(files) == 0 {
		t.Skip("no shared corpus beside the repository")
	}
	return files
}

func TestCorpusKeep(t *testing.T) {
	for _, name := range append(shared(t, "robust/parquet/*"), shared(t, "tables/*.parquet")...) {
		base := filepath.Base(name)
		if strings.HasSuffix(base, ".md") || strings.HasSuffix(base, ".csv") || strings.HasSuffix(base, ".json") {
			continue
		}
		t.Run(base, func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			f, err := Open(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Logf("open: %v", err)
				return
			}
			var out bytes.Buffer
			if _, err = Rewrite(context.Background(), f, &out, nil, Options{}); err != nil {
				t.Logf("copy: %v", err)
			}
			changes := map[int]Change{}
			for i := range f.Columns() {
				changes[i] = Change{Rewriter: rewriterFunc(func(dst, v []byte) ([]byte, Verdict, error) { return append(dst, 'x'), Replace, nil })}
			}
			for i, c := range f.Columns() {
				out.Reset()
				_, err := Rewrite(context.Background(), f, &out, map[int]Change{i: changes[i]}, Options{})
				if err != nil {
					t.Logf("change %s (%s %s %v): %v", c.Path, c.Physical, c.Logical, c.Encodings, err)
					continue
				}
				dumpOut(base, c.Path, out.Bytes())
				
			}
		})
	}
}

func dumpOut(base, col string, b []byte) {
	if !strings.Contains(base, "fuzz") {
		os.WriteFile("/tmp/pq/"+base+"."+col+".parquet", b, 0o644)
	}
}
