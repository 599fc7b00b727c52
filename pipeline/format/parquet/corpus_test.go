package parquet

import (
	"bytes"
	"context"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/xitongsys/parquet-go-source/buffer"
	xitongreader "github.com/xitongsys/parquet-go/reader"
)

// corpus opens the valid files of the corpus.
func corpus(t *testing.T, do func(name string, data []byte, f *File)) {
	t.Helper()
	for _, name := range shared(t, "robust/parquet/*.parquet", "tables/*.parquet") {
		base := filepath.Base(name)
		if strings.Contains(base, "bad__") || unreadable[base] != "" || strings.Contains(base, "large_string_map") {
			continue
		}
		data := readFile(t, name)
		f, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Errorf("%s: %v", base, err)
			continue
		}
		do(base, data, f)
	}
}

// columnsOf reads the columns of a file with xitongsys/parquet-go, nil where it
// cannot.
func columnsOf(data []byte, n int) (columns [][]any) {
	for i := range n {
		columns = append(columns, columnOf(data, i))
	}
	return columns
}

func columnOf(data []byte, i int) (values []any) {
	defer func() {
		if recover() != nil {
			values = nil
		}
	}()
	r, err := xitongreader.NewParquetColumnReader(buffer.NewBufferFileFromBytes(data), 1)
	if err != nil {
		return nil
	}
	defer r.ReadStop()
	values, reps, defs, err := r.ReadColumnByIndex(int64(i), r.GetNumRows())
	if err != nil || len(values) == 0 {
		return nil
	}
	return append(values, reps, defs)
}

// TestCorpusByOthers has xitongsys/parquet-go read every file of the corpus before
// and after each column is changed: all others must be what they were.
func TestCorpusByOthers(t *testing.T) {
	read, unread := 0, 0
	corpus(t, func(name string, data []byte, f *File) {
		n := len(f.Columns())
		if n > 40 {
			n = 40
		}
		before := columnsOf(data, n)
		for i := range n {
			if before[i] == nil {
				unread++
				continue
			}
			read++
		}
		for i := -1; i < n; i++ {
			changes := map[int]Change{}
			if i >= 0 {
				_, r := fitting(f.Columns()[i])
				changes[i] = by(r)
			}
			var out bytes.Buffer
			if _, err := Rewrite(context.Background(), f, &out, changes, Options{}); err != nil {
				continue // TestCorpus knows which may fail
			}
			for k, after := range columnsOf(out.Bytes(), n) {
				if before[k] == nil {
					continue
				}
				if k == i {
					if len(after) != len(before[k]) {
						t.Errorf("%s: column %d has %d values, and had %d", name, k, len(after), len(before[k]))
					}
				} else if !reflect.DeepEqual(after, before[k]) && !holdsNaN(before[k]) {
					t.Errorf("%s: change of column %d: column %d differs", name, i, k)
				}
			}
		}
	})
	t.Logf("%d columns compared, %d that it does not read", read, unread)
}

func holdsNaN(values []any) bool { return !reflect.DeepEqual(values, values) }

// TestCorpusLeaksNothing changes all columns of text and looks for each of the old
// values in every byte of what comes out, pages decompressed.
func TestCorpusLeaksNothing(t *testing.T) {
	looked := 0
	corpus(t, func(name string, data []byte, f *File) {
		changes := map[int]Change{}
		old := map[string]int{}
		for i, c := range f.Columns() {
			if c.Physical != "BYTE_ARRAY" || c.Logical != "None" && c.Logical != "String" && c.Logical != "JSON" && c.Logical != "Enum" {
				continue
			}
			changes[i] = by(label)
			for g := range f.RowGroups() {
				if err := f.Values(context.Background(), g, i, FormText, func(x *Values) error {
					for _, v := range x.Text {
						if len(v) >= 6 && len(old) < 2000 {
							old[string(v)] = i
						}
					}
					return nil
				}); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
		if len(changes) == 0 {
			return
		}
		var out bytes.Buffer
		if _, err := Rewrite(context.Background(), f, &out, changes, Options{Metadata: func(KeyValue) (string, bool) { return "", false }}); err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		all := everything(t, out.Bytes())
		for v, i := range old {
			looked++
			if bytes.Contains(all, []byte(v)) {
				t.Errorf("%s: a value of column %d is left", name, i)
			}
		}
	})
	t.Logf("%d values looked for", looked)
}
