package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// A madeGroup is a row group of columns that each come in parts.
type madeGroup [][]parquet.Values

func (g madeGroup) Values(_ context.Context, column int, _ parquet.Form, fn func(*parquet.Values) error) error {
	for _, v := range g[column] {
		v.Index = append([]int32(nil), v.Index...) // which is lent
		if err := fn(&v); err != nil {
			return err
		}
	}
	return nil
}

func (g madeGroup) Fits(int, parquet.Form, []byte) bool { return true }

// parts deals the rows of a list column, or of one that is none, out to parts.
func parts(r *rand.Rand, rows [][]string, dict bool) (all []parquet.Values) {
	v := parquet.Values{Dict: dict}
	places := map[string]int32{}
	if dict {
		for _, row := range rows {
			for _, s := range row {
				if _, ok := places[s]; !ok {
					places[s] = int32(len(v.Text))
					v.Text = append(v.Text, []byte(s))
				}
			}
		}
	}
	put := func(row int, k int32) {
		v.Index, v.Rows = append(v.Index, k), append(v.Rows, int64(row))
		if r.IntN(5) == 0 { // the part ends
			all = append(all, v)
			v.Index, v.Rows = nil, nil
			if !dict {
				v.Text = nil
			}
		}
	}
	for i, row := range rows {
		if len(row) == 0 {
			put(i, -1)
		}
		for _, s := range row {
			if k, ok := places[s]; ok {
				put(i, k)
				continue
			}
			v.Text = append(v.Text, []byte(s))
			put(i, int32(len(v.Text)-1))
		}
	}
	return append(all, v)
}

// A rowWatch puts rows together again.
type rowWatch struct {
	kindWatch
	seen [][]string // by row: what stands in which column
}

func (w *rowWatch) Wants(name string) bool { return name == "wanted" }

func (w *rowWatch) Rows(r *Rows) {
	w.kindWatch.Rows(r)
	if r.Continued {
		w.rows--
	}
	for i := range r.Columns {
		c := &r.Columns[i]
		for slot, k := range c.Index {
			row := int(r.First) + c.Row(slot)
			if k >= 0 {
				w.seen[row] = append(w.seen[row], c.Name+"="+string(c.Text(int(k))))
				for _, s := range c.Sightings(nil, int(k)) {
					w.seen[row] = append(w.seen[row], s.Field+":"+string(s.Value))
				}
			}
		}
	}
}

// TestRowsAreAllShown holds that a Watch sees each value in its row and what was
// found in it, and is told of each match as often as it occurs, whatever parts the
// columns come in and whichever dictionaries they have.
func TestRowsAreAllShown(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 5))
		seen := &rowWatch{kindWatch: kindWatch{kinds: map[string]int{}}}
		p, err := New(Config{Watch: func(string) Watch { return seen }, Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		names := []string{"mail", "note", "list", "wanted", "other"}
		s := newColumnSearch(p, "x", len(names), false)
		for i, name := range names {
			s.columns[i] = column{field: field{name: name, show: name}, many: name == "list", search: i < 3}
		}
		var groups []rowGroup
		first, want, kinds := []int64{0}, [][]string(nil), map[string]int{}
		for range 6 {
			n := r.IntN(12)
			base := r.IntN(2) * r.IntN(100_000) // whether its values are those of others
			long := strings.Repeat("z", r.IntN(2)*maxTogether/3)
			values := make([][][]string, len(names))
			rows := make([][]string, n)
			for i, name := range names {
				for range n {
					var list []string
					size := min(r.IntN(4), 1)
					if name == "list" {
						size *= r.IntN(30)
					}
					for range size {
						s := fmt.Sprintf("u%d@example.com", base+r.IntN(1+r.IntN(9)))
						if name == "note" {
							s = long + " " + s + " and " + s
						}
						list = append(list, s)
					}
					values[i] = append(values[i], list)
				}
			}
			for row := range n {
				for i, name := range names[:4] {
					for _, v := range values[i][row] {
						rows[row] = append(rows[row], name+"="+v)
						if i < 3 {
							for range strings.Count(v, "@") {
								rows[row] = append(rows[row], name+":"+v[strings.LastIndexByte(v, ' ')+1:])
								kinds[name+" email"]++
							}
						}
					}
				}
			}
			want = append(want, rows...)
			first = append(first, first[len(first)-1]+int64(n))
			var g madeGroup
			for i := range names {
				g = append(g, parts(r, values[i], r.IntN(3) > 0))
			}
			groups = append(groups, g)
		}
		seen.seen = make([][]string, len(want))
		if err := s.watch(t.Context(), groups, first); err != nil {
			t.Fatal(err)
		}
		s.watched()
		for i := range want { // the lists of a row may come later
			slices.Sort(want[i])
			slices.Sort(seen.seen[i])
		}
		if diff := cmp.Diff(want, seen.seen); diff != "" {
			t.Fatalf("seed %d: rows: %.2000s", seed, diff)
		}
		if diff := cmp.Diff(kinds, seen.kinds); diff != "" || seen.rows != len(want) {
			t.Fatalf("seed %d: %d rows of %d, %s", seed, seen.rows, len(want), diff)
		}
		for i, name := range names {
			n := 0
			for _, k := range s.columns[i].kinds {
				n += int(k)
			}
			if n != kinds[name+" email"] {
				t.Fatalf("seed %d: %s: %d matches were counted", seed, name, n)
			}
		}
	}
}
