package detect

import (
	"cmp"
	"slices"
)

// A resolver orders matches by position and settles overlaps. Of matches that
// overlap, the one with the lower rank stays, then the one that starts first,
// then the longer, then the one that was decoded, then the one with the higher
// score, then the one whose detector the list has first. A Named match gives way only where it is
// overlapped: what is left of it on either side stays, if there is a letter or a
// digit in it, so that a weaker wide match never leaves bare what a stronger one
// within it does not cover.
type resolver struct {
	out   []Match
	kept  []Match
	order order
}

// resolve returns what is left of found, which it reorders. The result is valid
// until the next call.
func (r *resolver) resolve(b []byte, found []Match) []Match {
	found = r.order.sort(found)
	r.out = r.out[:0]
	for i := 0; i < len(found); {
		// A cluster is a run of matches each of which overlaps one before it.
		j, end := i+1, found[i].End
		for j < len(found) && found[j].Start < end {
			end = max(end, found[j].End)
			j++
		}
		if j == i+1 {
			r.out = append(r.out, found[i])
		} else {
			r.settle(b, found[i:j])
			r.out = append(r.out, r.kept...)
		}
		i = j
	}
	return r.out
}

func byStart(x, y Match) int {
	if x.Start != y.Start {
		return cmp.Compare(x.Start, y.Start)
	}
	if x.End != y.End {
		return cmp.Compare(y.End, x.End)
	}
	return cmp.Compare(x.detector, y.detector)
}

// precedence says which of two matches that overlap comes first.
func precedence(x, y Match) int {
	return cmp.Or(cmp.Compare(x.Rank, y.Rank), cmp.Compare(x.Start, y.Start),
		cmp.Compare(y.End, x.End), cmp.Compare(y.Encoding, x.Encoding), cmp.Compare(y.Score, x.Score))
}

// foremost returns the first by precedence of matches with one extent, as those
// of a form and of a name are for most values of a table; ok is false where they
// have not, or widest may drop it.
func foremost(c []Match) (m Match, ok bool) {
	m = c[0]
	for _, x := range c[1:] {
		if x.Start != m.Start || x.End != m.End {
			return m, false
		}
		if precedence(x, m) < 0 {
			m = x
		}
	}
	return m, m.Rank != Shaped || m.Kind != Address && m.Kind != Person
}

// settle resolves one cluster into r.kept.
func (r *resolver) settle(b []byte, c []Match) {
	r.kept = r.kept[:0]
	if m, ok := foremost(c); ok {
		r.kept = append(r.kept, m)
		return
	}
	slices.SortStableFunc(c, precedence)
	c = widest(c)
	for _, m := range c {
		if m.Rank != Named {
			if k := r.after(m.Start); k == len(r.kept) || r.kept[k].Start >= m.End {
				r.kept = slices.Insert(r.kept, k, m)
			}
			continue
		}
		for start := m.Start; start < m.End; {
			part, next := m, m.End
			k := r.after(start)
			if k < len(r.kept) && r.kept[k].Start < m.End {
				part.End, next = r.kept[k].Start, r.kept[k].End
			}
			part.Start = start
			if part != m && (m.Kind == Username || m.Kind == Hostname) { // what divided it from what lies within
				for part.Start < part.End && isDivider(b[part.Start]) {
					part.Start++
				}
				for part.Start < part.End && isDivider(b[part.End-1]) {
					part.End--
				}
			}
			if part.Start < part.End && (part == m || hasWord(b[part.Start:part.End])) {
				r.kept = slices.Insert(r.kept, k, part)
			}
			start = next
		}
	}
}

// widest drops addresses and persons found within a value that its name says is
// one as a whole.
func widest(c []Match) []Match {
	const few = 16 // more is a list
	if n := len(c); n > few || c[n-1].Rank != Named {
		return c
	}
	return slices.DeleteFunc(c, func(x Match) bool {
		return x.Rank == Shaped && (x.Kind == Address || x.Kind == Person) && slices.ContainsFunc(c, func(m Match) bool {
			return m.Rank == Named && (m.Kind == x.Kind || m.Kind == Address) && m.Start <= x.Start && x.End <= m.End
		})
	})
}

// after returns the index of the first of r.kept that ends after at.
func (r *resolver) after(at int) int {
	i, _ := slices.BinarySearchFunc(r.kept, at, func(m Match, at int) int {
		if m.End <= at {
			return -1
		}
		return 1
	})
	return i
}

// isDivider says whether c stands between the parts of a value: DOMAIN\name.
func isDivider(c byte) bool {
	return c == '\\' || c == '/' || c == ' ' || c == ',' || c == ';' || c == '@'
}

// hasWord says whether there is a letter, a digit or a byte beyond ASCII in b.
func hasWord(b []byte) bool {
	for _, c := range b {
		if isAlnum(c) || c >= 0x80 {
			return true
		}
	}
	return false
}
