package aggregate

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestNoLineGivesOneAway holds what protect promises on tables of any shape, by
// a second look at every line.
func TestNoLineGivesOneAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := uint64(rapid.IntRange(2, 12).Draw(t, "k"))
		keys := rapid.IntRange(0, 3).Draw(t, "keys")
		r := &Result{Keys: make([]string, keys)}
		all := map[string]uint64{}
		for range rapid.IntRange(1, 40).Draw(t, "groups") {
			row := Row{Keys: []string{}}
			for range keys {
				row.Keys = append(row.Keys, fmt.Sprint(rapid.IntRange(0, 3).Draw(t, "key")))
			}
			name := strings.Join(row.Keys, "|")
			if _, ok := all[name]; ok {
				continue
			}
			row.size = uint64(rapid.IntRange(1, 40).Draw(t, "size"))
			row.count = row.size
			all[name] = row.size
			r.Groups = append(r.Groups, row)
		}
		r.protect(k)
		kept := map[string]bool{}
		for _, g := range r.Groups {
			kept[strings.Join(g.Keys, "|")] = true
			if g.size < k {
				t.Errorf("a group of %d is there, k is %d", g.size, k)
			}
		}
		for mask := range 1<<keys - 1 {
			type line struct{ taken, left, size uint64 }
			lines := map[string]*line{}
			for name, size := range all {
				of := ""
				for i, key := range strings.Split(name, "|") {
					if mask&(1<<i) != 0 {
						of += key + "|"
					}
				}
				if lines[of] == nil {
					lines[of] = &line{}
				}
				if kept[name] {
					lines[of].left++
				} else {
					lines[of].taken++
					lines[of].size += size
				}
			}
			for of, l := range lines {
				if l.taken > 0 && l.left > 0 && (l.taken < 2 || l.size < k) {
					t.Errorf("line %q: total less the groups that are there is %d groups of %d together, k is %d", of, l.taken, l.size, k)
				}
			}
		}
		if r.Total != nil && *r.Total < k {
			t.Errorf("a total of %d, k is %d", *r.Total, k)
		}
	})
}
