package parquet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
)

// rewriterFunc makes a Rewriter of a function of one value.
type rewriterFunc func(dst, v []byte) ([]byte, Verdict, error)

func (f rewriterFunc) Rewrite(values [][]byte, _ int32, replies []Reply) (err error) {
	for i, v := range values {
		r := &replies[i]
		if r.Text, r.Verdict, err = f(nil, v); err != nil {
			return err
		}
		r.Class = 1
	}
	return nil
}

// by is a Change by one Rewriter, which keeps nothing.
func by(r Rewriter) Change { return Change{New: func() Rewriter { return r }} }

// label replaces every value by a label, which fits text columns alone.
var label = rewriterFunc(func(dst, _ []byte) ([]byte, Verdict, error) { return append(dst, "[X]"...), Replace, nil })

// swap replaces a value by another of its own form: digits are turned around 5,
// which leaves dates, numbers, hexadecimal and addresses what they are.
var swap = rewriterFunc(func(dst, v []byte) ([]byte, Verdict, error) { return append(dst, swapped(string(v))...), Replace, nil })

func swapped(v string) string {
	switch v {
	case "true":
		return "false"
	case "false":
		return "true"
	}
	b := []byte(v)
	if strings.Contains(v, "-02-29") {
		return v // of a leap year
	}
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] == '8' {
			b[i] = '7'
			return string(b)
		}
		if b[i] == '7' {
			b[i] = '8'
			return string(b)
		}
	}
	return v
}

func mustOpen(t testing.TB, data []byte) *File {
	t.Helper()
	f, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// slots reads a column: the row and text of each slot, null as "-".
func slots(t testing.TB, f *File, column int, form Form) []string {
	t.Helper()
	var all []string
	for g := range f.RowGroups() {
		err := f.Values(context.Background(), g, column, form, func(v *Values) error {
			for i, k := range v.Index {
				text := "-"
				if k >= 0 {
					text = "=" + string(v.Text[k])
				}
				all = append(all, fmt.Sprintf("%d/%d %s", g, v.Rows[i], text))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// rewrite changes one column of data and returns the new file.
func rewrite(t testing.TB, data []byte, changes map[int]Change, opts Options) ([]byte, Stats) {
	t.Helper()
	var out bytes.Buffer
	stats, err := Rewrite(context.Background(), mustOpen(t, data), &out, changes, opts)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), stats
}

func TestRewriteTypes(t *testing.T) {
	for name, s := range samples() {
		t.Run(name, func(t *testing.T) {
			data := s.generate(t)
			before := mustOpen(t, data)
			columns := len(before.Columns())
			for _, changed := range []int{-1, sampleRequired, sampleOptional, sampleList} {
				changes := map[int]Change{}
				if changed >= 0 {
					changes[changed] = by(swap)
				}
				out, stats := rewrite(t, data, changes, Options{})
				after := mustOpen(t, out)
				for c := range columns {
					was, is := slots(t, before, c, FormText), slots(t, after, c, FormText)
					if c == changed {
						if stats.Replaced == 0 || slices.Equal(was, is) {
							t.Errorf("column %d: nothing was replaced", c)
						}
						for i, v := range was {
							if place, text, ok := strings.Cut(v, "="); ok {
								was[i] = place + "=" + swapped(text)
							}
						}
					}
					if !slices.Equal(was, is) {
						t.Fatalf("change of column %d: column %d differs", changed, c)
					}
				}
				if s.dict && s.typ != parquet.Types.Int96 && changed >= 0 && stats.Calls > int64(s.groups*s.keys) {
					t.Errorf("%d calls for %d dictionary entries", stats.Calls, s.groups*s.keys)
				}
			}
		})
	}
}

// TestNull makes every other value null, by verdict or because a label does not
// fit the type.
func TestNull(t *testing.T) {
	for name, s := range samples() {
		t.Run(name, func(t *testing.T) {
			data := s.generate(t)
			before := mustOpen(t, data)
			for _, verdict := range []Verdict{Null, Replace} {
				pick := rewriterFunc(func(dst, v []byte) ([]byte, Verdict, error) {
					if odd(string(v)) {
						return append(dst, "[no value of the type]"...), verdict, nil
					}
					return dst, Keep, nil
				})
				for _, changed := range []int{sampleOptional, sampleList} {
					out, stats := rewrite(t, data, map[int]Change{changed: by(pick)}, Options{})
					if verdict == Replace && stats.Unfit == 0 && before.Columns()[changed].Physical != "BYTE_ARRAY" {
						t.Error("labels fitted the type")
					}
					was, is := slots(t, before, changed, FormText), slots(t, mustOpen(t, out), changed, FormText)
					for i, v := range was {
						place, text, ok := strings.Cut(v, "=")
						if !ok || !odd(text) {
							continue
						}
						was[i] = place + "-"
						if verdict == Replace && before.Columns()[changed].Physical == "BYTE_ARRAY" {
							was[i] = place + "=[no value of the type]"
						}
					}
					if !slices.Equal(was, is) {
						t.Fatalf("column %d differs", changed)
					}
				}
				var out bytes.Buffer
				_, err := Rewrite(context.Background(), before, &out, map[int]Change{sampleRequired: by(pick)}, Options{})
				if wide := before.Columns()[sampleRequired].Physical == "BYTE_ARRAY" && verdict == Replace; errors.Is(err, ErrUnrepresentable) == wide {
					t.Errorf("required column: %v", err)
				}
			}
		})
	}
}

// odd picks about half of the values.
func odd(v string) bool {
	n := 0
	for _, c := range []byte(v) {
		n += int(c)
	}
	return n%2 == 1
}

// shared returns the files of a folder of the shared corpus.
func shared(t testing.TB, patterns ...string) []string {
	t.Helper()
	var files []string
	for _, p := range patterns {
		for _, root := range []string{"../../../../shared/corpus", "../../../../../shared/corpus"} {
			more, _ := filepath.Glob(filepath.Join(root, p))
			files = append(files, more...)
		}
	}
	if len(files) == 0 {
		t.Skip("no shared corpus beside the repository")
	}
	return files
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
