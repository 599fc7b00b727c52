package parquet

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// byRow has three variants, of rows in turn: to keep a value, to swap it, and to
// make it null, or to keep it too where that cannot be.
func byRow(rows int, required bool) Change {
	return Change{
		New: func() Rewriter { return turns(required) },
		Variants: func(context.Context, int) ([]int32, error) {
			all := make([]int32, rows)
			for i := range all {
				all[i] = int32(i % 3)
			}
			return all, nil
		},
	}
}

// turns is the Rewriter of byRow; true if its column is required.
type turns bool

func (t turns) Rewrite(values [][]byte, variant int32, replies []Reply) error {
	switch {
	case variant == 1:
		return swap.Rewrite(values, variant, replies)
	case variant == 2 && !bool(t):
		for i := range replies {
			replies[i].Verdict = Null
		}
	}
	return nil
}

// TestVariants changes values by the row they stand in, those of dictionaries
// too.
func TestVariants(t *testing.T) {
	for name, s := range samples() {
		t.Run(name, func(t *testing.T) {
			data := s.generate(t)
			before := mustOpen(t, data)
			for _, changed := range []int{sampleRequired, sampleOptional, sampleList} {
				out, _ := rewrite(t, data, map[int]Change{changed: byRow(s.rows, changed == sampleRequired)}, Options{})
				after := mustOpen(t, out)
				for c := range before.Columns() {
					was, is := slots(t, before, c, FormText), slots(t, after, c, FormText)
					for i, v := range was {
						place, text, ok := strings.Cut(v, "=")
						if c != changed || !ok {
							continue
						}
						row, err := strconv.Atoi(strings.TrimSpace(place[strings.IndexByte(place, '/')+1:]))
						if err != nil {
							t.Fatal(err)
						}
						switch {
						case row%3 == 1:
							was[i] = place + "=" + swapped(text)
						case row%3 == 2 && changed != sampleRequired:
							was[i] = place + "-"
						}
					}
					if !slices.Equal(was, is) {
						t.Fatalf("change of column %d: column %d differs", changed, c)
					}
				}
			}
		})
	}
}
