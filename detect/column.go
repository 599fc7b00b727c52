package detect

import (
	"bytes"
	"slices"
)

// A Column is what a sample of its values shows a column of a table to be, or
// the values under one path of object keys.
type Column struct {
	// Field is what holds for every value of it; see Span. Its Kind is None where
	// nothing holds for all: values are then searched one by one.
	Field Field
	// Score is the confidence in Field.Kind in percent, 0 for None.
	Score uint8
	// Share is how many of the values are of that kind by themselves, in percent.
	Share uint8
	// Values is how many values were looked at: empty ones, and those that say
	// that there is no value, are not counted.
	Values int
	// Evidence says what decided.
	Evidence Evidence
}

// Evidence is what a Column was judged by.
type Evidence string

// The evidence for a Column.
const (
	EvidenceNone      Evidence = "nothing"
	EvidenceGiven     Evidence = "given by the user"
	EvidenceName      Evidence = "name"
	EvidenceBoth      Evidence = "name and values"
	EvidenceValues    Evidence = "values"
	EvidenceWeakName  Evidence = "weak name"      // decides nothing by itself
	EvidenceTimes     Evidence = "points in time" // against what the name says
	EvidenceSentences Evidence = "free text"
)

const (
	// MaxColumnValues is how many values of a column are looked at.
	MaxColumnValues = 1000
	// fewValues are too few to judge a column by, where its name says nothing.
	fewValues = 5
	// Shares of values, in percent, over which values decide: alone, and where a
	// weak name agrees.
	aloneShare, weakShare = 90, 75
)

// JudgeColumn says what kind the values of a column are, from its name and from
// a sample of them. Equal input gives an equal answer.
func (s *Scanner) JudgeColumn(name string, values [][]byte) Column {
	f := s.e.Field(name)
	if s.e.opts.onlyNames {
		return Column{}
	}
	if f.Given {
		return Column{Field: f, Score: 99, Evidence: EvidenceGiven, Values: len(values)}
	}
	c := columnSample{wanted: &s.e.wanted}
	var all lines
	for _, v := range values[:min(len(values), MaxColumnValues)] {
		all.add(bytes.TrimSpace(v)...)
	}
	found := all.search(s, None)
	named := found
	if f.Kind != None {
		named = all.search(s, f.Kind)
	}
	for i, sp := range all.spans {
		c.look(f.Kind, all.text[sp.Start:sp.End], found[i], named[i])
	}
	for i, found := range c.dialled.search(s, None) {
		c.whole(found, c.dialled.spans[i].End-c.dialled.spans[i].Start)
	}
	return c.judge(f, name)
}

// lines are values, each in a line of its own: they are searched all at once, which
// for short ones is many times faster.
type lines struct {
	text  []byte
	spans []Span
}

func (l *lines) add(v ...byte) {
	from := len(l.text)
	l.text = append(l.text, v...)
	l.spans = append(l.spans, Span{Start: from, End: len(l.text)})
	l.text = append(l.text, '\n')
}

// search returns what is found in each value, of which a name says that it is of
// kind k. Places count from the start of the value.
func (l *lines) search(s *Scanner, k Kind) [][]Match {
	for i := range l.spans {
		l.spans[i].Field = Field{Kind: k}
	}
	out := make([][]Match, len(l.spans))
	found := slices.Clone(s.ScanSpans(l.text, l.spans))
	for i, sp := range l.spans {
		n := 0
		for n < len(found) && found[n].Start < sp.End {
			found[n].Start -= sp.Start
			found[n].End -= sp.Start
			n++
		}
		out[i], found = found[:n], found[n:]
	}
	return out
}

// A columnSample counts what the values of a column are.
type columnSample struct {
	wanted  *[MaxKinds]bool
	last    []byte // number
	dialled lines  // numbers of which a phone number, say, could not be told alone, with a plus

	n          int // values
	fits       int // of the kind that the name says
	votes      [MaxKinds]int
	times      int // seconds, milliseconds, ... since 1970
	long       int // sentences
	digits     int // nothing but digits
	ascending  int // not smaller than the one before
	fullNames  int
	givenNames int
}

// look counts one value; k is what the column's name says, found what is found in
// it without the name, named with it.
func (s *columnSample) look(k Kind, v []byte, found, named []Match) {
	if isPlaceholder(v) {
		return
	}
	s.n++
	f := formOf(v)
	if f.spaces >= 6 && len(v) > 60 {
		s.long++
	}
	if s.whole(found, len(v)) {
		if k != None && found[0].Kind == k {
			s.fits++
			k = None
		}
	}
	if f.digits == len(v) {
		s.number(v)
	}
	if k != None && namedFits(k, v, named) {
		s.fits++
	}
	if f.letters+f.high > 1 && f.digits == 0 {
		first, _, more := bytes.Cut(v, []byte{' '})
		if more && isFullName(v) {
			s.fullNames++
		}
		if givenNames.isIn(first) && (more || !ambiguousNames.isIn(first)) {
			s.givenNames++
		}
	}
}

// whole counts a match that is the whole value.
func (s *columnSample) whole(found []Match, n int) bool {
	if len(found) != 1 || found[0].Start != 0 || found[0].End != n {
		return false
	}
	s.votes[found[0].Kind]++
	return true
}

// number counts a value of digits.
func (s *columnSample) number(v []byte) {
	s.digits++
	if len(v) == len(s.last) && bytes.Compare(v, s.last) >= 0 {
		s.ascending++
	}
	s.last = append(s.last[:0], v...)
	switch len(v) {
	case 10, 13, 16, 19: // seconds to nanoseconds: 2001 to 2029
		if v[0] == '1' && v[1] != '9' {
			s.times++
			return
		}
	}
	if len(v) >= 10 && len(v) <= 14 {
		s.dialled.add(append([]byte{'+'}, v...)...)
	}
}

// namedFits says whether v is one of kind k if a name says so, with what is found
// in it then.
func namedFits(k Kind, v []byte, found []Match) bool {
	if !looksLike(k, v) {
		return false
	}
	n := 0
	for _, m := range found {
		if m.Kind == k || k == IPv4 && m.Kind == IPv6 {
			n += m.End - m.Start
		}
	}
	return 5*n >= 4*len(v)
}

func (s *columnSample) judge(f Field, name string) Column {
	c := Column{Field: f, Values: s.n, Evidence: EvidenceNone}
	if s.n == 0 {
		if c.Evidence = EvidenceName; f.Kind == None || f.Weak {
			c.Evidence = EvidenceNone
		}
		return c
	}
	c.Share = s.percent(s.fits)
	switch {
	case f.Kind != None && s.percent(s.times) >= aloneShare && isNumber[f.Kind]:
		return Column{Values: s.n, Evidence: EvidenceTimes}
	case f.Kind != None && !f.Weak:
		c.Score, c.Evidence = 80, EvidenceName
		if c.Share >= aloneShare {
			c.Score, c.Evidence, c.Field.Proven = 98, EvidenceBoth, true
		}
		return c
	case f.Kind != None && c.Share >= weakShare:
		c.Score, c.Evidence, c.Field.Weak = 90, EvidenceBoth, false
		return c
	}
	if k, share := s.byValues(name); k != None && s.n >= fewValues {
		return Column{Field: Field{Kind: k, Proven: true}, Score: min(share, 95), Share: share, Values: s.n, Evidence: EvidenceValues}
	}
	switch {
	case f.Kind != None && (c.Share > 0 || s.n < fewValues):
		c.Score, c.Evidence = 50, EvidenceWeakName
	case 2*s.long > s.n:
		c.Evidence = EvidenceSentences
	}
	return c
}

// isNumber has the kinds whose values are long numbers.
var isNumber = [MaxKinds]bool{Phone: true, CreditCard: true, IMEI: true, IMSI: true, NationalID: true, USSSN: true}

// byValues returns the kind that the values alone show.
func (s *columnSample) byValues(name string) (k Kind, share uint8) {
	best := 0
	for i, n := range s.votes[:numKinds] {
		if n > best {
			k, best = Kind(i), n
		}
	}
	share = s.percent(best)
	if share >= aloneShare {
		// Numbers that count up are not phone numbers, whatever plan they fit, nor
		// are those whose name says that they are of something else.
		if k == Phone && 2*s.digits > s.n && (10*s.ascending > 9*s.digits || s.digits < 20 || namesOther(name)) {
			return None, 0
		}
		if k == IPv4 && namesDotted(name) {
			return None, 0
		}
		return k, share
	}
	if !s.wanted[Person] || namesOther(name) {
		return None, 0
	}
	if p := s.percent(s.fullNames); p >= aloneShare && 2*s.givenNames >= s.n {
		return Person, p
	}
	if p := s.percent(s.givenNames); p >= 70 {
		return Person, p
	}
	return None, 0
}

func (s *columnSample) percent(n int) uint8 { return uint8(100 * n / s.n) }

// namesDotted says whether a name is that of a version, which may have four numbers
// in every row.
func namesDotted(name string) bool {
	return slices.ContainsFunc(splitName(name), func(w string) bool { return dottedThings.isIn([]byte(w)) })
}

// namesOther says whether a name is that of a number of something else: an
// order, a size, a time.
func namesOther(name string) bool {
	for _, w := range splitName(name) {
		if h := lookupWord([]byte(w)); h&hintOther != 0 && h&hintPhone == 0 {
			return true
		}
	}
	return false
}
