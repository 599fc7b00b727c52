package aggregate

import (
	"math/bits"
	"slices"
	"strings"
)

// protect takes out every group under the threshold k, and more where the total
// of a line of the table, as another query can ask for it, would give one away:
// for each way to leave out some keys, the groups that then fall together have
// none that was taken out, or at least two that have k records (people)
// together. The smallest groups of such a line are taken out until that holds.
func (r *Result) protect(k uint64) {
	all := uint64(0)
	for i := range r.Groups {
		all += r.Groups[i].count
	}
	if k <= 1 {
		r.Total = &all
		return
	}
	out := make([]bool, len(r.Groups))
	size := uint64(0)
	for i := range r.Groups {
		size += r.Groups[i].size
		if r.Groups[i].size < k {
			out[i] = true
			r.Suppressed++
		}
	}
	// What is taken out for one line may want more in another.
	for changed := r.Suppressed > 0; changed; {
		changed = false
		for _, mask := range masks(min(len(r.Keys), maxMasked)) {
			if n := r.protectLines(mask, k, out); n > 0 {
				r.Secondary += n
				changed = true
			}
		}
	}
	if size >= k {
		r.Total = &all
	}
	kept := r.Groups[:0]
	for i := range r.Groups {
		if !out[i] {
			kept = append(kept, r.Groups[i])
		}
	}
	r.Groups = kept
}

// maxMasked bounds the keys of which every set is looked at.
const maxMasked = 8

// masks are the sets of n keys but the whole one, the larger first: what is taken
// out for a short line serves the longer ones too.
func masks(n int) []int {
	all := make([]int, 1<<n-1)
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(a, b int) int { return bits.OnesCount(uint(b)) - bits.OnesCount(uint(a)) })
	return all
}

// protectLines looks at the lines of groups that agree in the keys of mask, and
// says how many more groups it took out.
func (r *Result) protectLines(mask int, k uint64, out []bool) int {
	type line struct {
		taken int    // groups
		size  uint64 // of them
	}
	lines := map[string]*line{}
	names := make([]string, len(r.Groups))
	var b strings.Builder
	for i := range r.Groups {
		b.Reset()
		for j, key := range r.Groups[i].Keys {
			if mask&(1<<j) != 0 {
				b.WriteString(key)
				b.WriteByte(0)
			}
		}
		names[i] = b.String()
		if out[i] {
			l := lines[names[i]]
			if l == nil {
				l = &line{}
				lines[names[i]] = l
			}
			l.taken++
			l.size += r.Groups[i].size
		}
	}
	short := func(l *line) bool { return l != nil && (l.taken < 2 || l.size < k) }
	var candidates []int
	for i := range r.Groups {
		if !out[i] && short(lines[names[i]]) {
			candidates = append(candidates, i)
		}
	}
	slices.SortStableFunc(candidates, func(x, y int) int {
		switch {
		case r.Groups[x].size < r.Groups[y].size:
			return -1
		case r.Groups[x].size > r.Groups[y].size:
			return 1
		}
		return 0
	})
	more := 0
	for _, i := range candidates {
		if l := lines[names[i]]; short(l) {
			out[i] = true
			l.taken++
			l.size += r.Groups[i].size
			more++
		}
	}
	return more
}
