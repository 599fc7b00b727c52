package detect

import (
	"math/bits"
	"slices"
)

// An order sorts matches as byStart says.
//
// Matches come detector by detector, and a few in every kilobyte of text, so
// that dealing them into as many stretches of the text as there are matches
// nearly sorts them: 8 ns a match, where slices.SortFunc takes 100.
type order struct {
	sorted []Match
	ends   []int32 // of each stretch, in sorted
}

// crowd is how many matches in one stretch are too many to be sorted one by one.
const crowd = 32

// sort returns found in order, in found itself or in a slice that is valid until
// the next call.
func (o *order) sort(found []Match) []Match {
	first, last, ok := bounds(found)
	if ok {
		return found
	}
	// Stretches are a power of two long, so that there are n/2 to n of them.
	shift := max(bits.Len(uint(last-first))-bits.Len(uint(len(found))), 0)
	n := (last-first)>>shift + 2
	o.ends = slices.Grow(o.ends[:0], n)[:n]
	clear(o.ends)
	for i := range found {
		o.ends[(found[i].Start-first)>>shift+1]++
	}
	for i := 1; i < n; i++ {
		o.ends[i] += o.ends[i-1]
	}
	o.sorted = slices.Grow(o.sorted[:0], len(found))[:len(found)]
	for i := range found {
		s := (found[i].Start - first) >> shift
		o.sorted[o.ends[s]] = found[i]
		o.ends[s]++
	}
	from := 0
	for _, end := range o.ends[:n-1] {
		sortFew(o.sorted[from:end])
		from = int(end)
	}
	return o.sorted
}

// bounds returns the first and the last start, or that found is in order.
func bounds(found []Match) (first, last int, ok bool) {
	if len(found) == 0 {
		return 0, 0, true
	}
	first, last, ok = found[0].Start, found[0].Start, true
	for i := 1; i < len(found); i++ {
		ok = ok && byStart(found[i-1], found[i]) <= 0
		first, last = min(first, found[i].Start), max(last, found[i].Start)
	}
	return first, last, ok
}

// sortFew sorts the matches of one stretch.
func sortFew(m []Match) {
	if len(m) > crowd {
		slices.SortStableFunc(m, byStart)
		return
	}
	for i := 1; i < len(m); i++ {
		for j := i; j > 0 && byStart(m[j-1], m[j]) > 0; j-- {
			m[j-1], m[j] = m[j], m[j-1]
		}
	}
}
