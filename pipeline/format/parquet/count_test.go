package parquet

import (
	"context"
	"io"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
)

// byLast is a class for each last digit before the at sign of a mail, or one for all.
type byLast struct{ each, swap bool }

func (k byLast) Rewrite(values [][]byte, _ int32, replies []Reply) error {
	for i, v := range values {
		replies[i].Class = k.class(v)
		if k.swap {
			replies[i].Verdict, replies[i].Text = Replace, append([]byte("x"), v...)
		}
	}
	return nil
}

func (k byLast) class(v []byte) int32 {
	if !k.each {
		return 1
	}
	return int32(v[len("person100")]-'0') + 1
}

// TestClasses counts values by class, and looks that each is counted once: in
// dictionaries and out of them, where something is written and where not.
func TestClasses(t *testing.T) {
	for _, dict := range []bool{true, false} {
		s := sample{typ: parquet.Types.ByteArray, dict: dict, codec: compress.Codecs.Snappy, rows: 100, groups: 3, keys: 4}
		f := mustOpen(t, s.generate(t))
		for _, c := range f.Columns() {
			if c.Physical != "BYTE_ARRAY" {
				continue
			}
			for _, k := range []byLast{{false, false}, {true, false}, {false, true}, {true, true}} {
				var want [10]int64
				for g := range f.RowGroups() {
					if err := f.Values(context.Background(), g, c.Index, FormText, func(v *Values) error {
						for _, i := range v.Index {
							if i >= 0 {
								want[k.class(v.Text[i])]++
							}
						}
						return nil
					}); err != nil {
						t.Fatal(err)
					}
				}
				for _, w := range []io.Writer{nil, io.Discard} {
					stats, err := Rewrite(context.Background(), f, w, map[int]Change{c.Index: by(k)}, Options{})
					if err != nil {
						t.Fatal(err)
					}
					var got [10]int64
					copy(got[:], stats.Classes[c.Index])
					if got != want || want[1] == 0 {
						t.Errorf("column %d, %+v: %v, want %v", c.Index, k, got, want)
					}
				}
			}
		}
	}
}
