package detect

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var o order
	for _, c := range []struct {
		name      string
		n, spread int
	}{
		{"none", 0, 1}, {"one", 1, 1}, {"same start", 100, 1}, {"dense", 500, 100},
		{"sparse", 300, 1 << 20}, {"few far apart", 3, 1 << 30}, {"crowded", 200, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			var found []Match
			for i := range c.n {
				start := 1000 + r.IntN(c.spread)
				found = append(found, Match{Start: start, End: start + 1 + r.IntN(4), detector: uint8(r.IntN(3)), Score: uint8(i)})
			}
			if c.n > 2 {
				found[c.n-1].Start, found[c.n-1].End = 7, 9 // far before the others
			}
			want := slices.Clone(found)
			slices.SortStableFunc(want, byStart)
			if got := o.sort(found); !slices.Equal(got, want) {
				t.Errorf("not in order, or not stable")
			}
		})
	}
}
