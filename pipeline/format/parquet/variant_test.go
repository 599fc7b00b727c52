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
type byRow struct {
	rows     int
	variant  int32
	required bool
}

func (b *byRow) Variants(context.Context, int) ([]int32, error) {
	all := make([]int32, b.rows)
	for i := range all {
		all[i] = int32(i % 3)
	}
	return all, nil
}

func (b *byRow) Use(variant int32) { b.variant = variant }

func (b *byRow) Rewrite(dst, v []byte) ([]byte, Verdict, error) {
	switch {
	case b.variant == 1:
		return swap(dst, v)
	case b.variant == 2 && !b.required:
		return dst, Null, nil
	}
	return dst, Keep, nil
}

// TestVariants changes values by the row they stand in, those of dictionaries
// too.
func TestVariants(t *testing.T) {
	for name, s := range samples() {
		t.Run(name, func(t *testing.T) {
			data := s.generate(t)
			before := mustOpen(t, data)
			for _, changed := range []int{sampleRequired, sampleOptional, sampleList} {
				out, _ := rewrite(t, data, map[int]Change{changed: {Rewriter: &byRow{rows: s.rows, required: changed == sampleRequired}}}, Options{})
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
