package detect

import "slices"

// A Span is the extent of one value in a text of many, and what its name says.
type Span struct {
	Start, End int
	Field      Field
	// Name: the value is itself a name, such as a column header. What only its
	// own or another name speaks for is no match in it.
	Name bool
}

// ScanSpans returns the matches in the values of b that spans bound, in order
// and not overlapping. Spans are in order and do not overlap; what stands
// between them is looked at, as context, but never matched, and a name there says
// nothing of the value behind it: that is for its Span's Field. A match lies within
// one span. The slice is valid until the next call; neither b nor spans are
// retained.
//
// The text is searched once as a whole, which for short values is many times
// faster than one by one.
func (s *Scanner) ScanSpans(b []byte, spans []Span) []Match {
	s.t.found = s.t.found[:0]
	s.t.spans = spans
	s.t.tabled = slices.ContainsFunc(spans, func(sp Span) bool { return sp.Name || sp.Field.Kind != None })
	s.find(b)
	s.t.spans, s.t.tabled = nil, false
	for _, sp := range spans {
		if sp.Field.Kind != None && !sp.Name && sp.Start < sp.End {
			n := len(s.t.found)
			s.t.reportColumn(sp.Field, sp.Start, sp.End)
			for i := n; i < len(s.t.found); i++ { // what surrounds a value is no part of it
				m := &s.t.found[i]
				m.Start, m.End = max(m.Start, sp.Start), min(m.End, sp.End)
			}
		}
	}
	s.t.again()
	s.keepWithin(spans)
	for _, i := range s.alone {
		s.search(b, spans[i])
	}
	return s.settled()
}

// keepWithin drops the matches that do not lie in a span. One that reaches over
// an end of its span may have hidden another that does not, and stands on bytes
// that are no part of the value: such spans are left in s.alone.
func (s *Scanner) keepWithin(spans []Span) {
	found := s.order.sort(s.t.found)
	kept := s.t.found[:0]
	s.alone = s.alone[:0]
	i := 0
	for _, m := range found {
		for i < len(spans) && spans[i].End <= m.Start {
			i++
		}
		if i == len(spans) {
			break
		}
		switch sp := spans[i]; {
		case m.Start >= sp.Start && m.End <= sp.End:
			if !sp.Name || m.Rank < Shaped || m.Rank == Known || m.Timeout {
				kept = append(kept, m)
			}
		case m.End > sp.Start:
			s.alone = s.overlapped(s.alone, spans, i, m.End)
		}
	}
	s.t.found = kept
}

// overlapped adds the spans from i on that begin before end to alone.
func (s *Scanner) overlapped(alone []int, spans []Span, i, end int) []int {
	for ; i < len(spans) && spans[i].Start < end; i++ {
		if n := len(alone); n == 0 || alone[n-1] < i {
			alone = append(alone, i)
		}
	}
	return alone
}

// search searches one span by itself and adds what is found.
func (s *Scanner) search(b []byte, sp Span) {
	n := len(s.t.found)
	s.find(b[sp.Start:sp.End])
	kept := s.t.found[:n]
	for _, m := range s.t.found[n:] {
		if !sp.Name || m.Rank < Shaped || m.Rank == Known || m.Timeout {
			m.Start += sp.Start
			m.End += sp.Start
			kept = append(kept, m)
		}
	}
	s.t.found = kept
	s.t.b = b
}
