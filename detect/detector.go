package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// A Detector finds values of one kind, or of a few close ones. It is a value of
// the list in list.go, and has no state.
type Detector struct {
	Name  string // "email"
	Doc   string // how it decides, in one or two sentences
	Kinds []Kind // what it may report

	// anchor says where verify must look; verify is called for those places only,
	// in order. It reports what it finds through t and returns the place before
	// which it need not be called again (at most len(t.b)); 0 is as good as at+1.
	// Its work must be bounded, or linear in how far the returned place advances.
	anchor bitmap.Expr
	verify func(t *text, at int) int
	// regional is the anchor where numbers of regions are asked for, if it is another.
	regional func() bitmap.Expr

	// named judges t.b[start:end], of which a name (a key, a column, a sentence)
	// says that it is of kind k, and reports what of it is. It may be looser than
	// verify. nil takes any value that is not a placeholder.
	named func(t *text, k Kind, start, end int)

	// canonical appends the one spelling of a value found. nil keeps it.
	canonical func(dst, value []byte) []byte
}

// anchorFor returns where verify must look under o.
func (d *Detector) anchorFor(o *Options) bitmap.Expr {
	if d.regional != nil && len(o.Regions) > 0 {
		return d.regional()
	}
	return d.anchor
}

// A Rank orders evidence: a match of a lower rank wins over those of a higher
// one that it overlaps.
type Rank uint8

// The ranks.
const (
	// Secret: a span that must go whole whatever stands in it: a private key, a
	// token, a password, credentials.
	Secret Rank = iota
	// Checked: a form that validates: an address, a checksum, a number plan.
	Checked
	// Shaped: a form that is likely, with or without words around it.
	Shaped
	// Named: a value that only its name speaks for. Where a better match lies
	// within, what is left on either side stays a match.
	Named
	// Known: a value that only another place in the input speaks for. It gives way
	// to whatever it overlaps.
	Known
)

// A Match is a value found.
type Match struct {
	Start, End int // text[Start:End]
	Kind       Kind
	Rank       Rank
	Score      uint8 // confidence in percent, 50 at least
	// Timeout: a custom kind's pattern ran out of time. What of its kind is in
	// the span is not known; it should go whole.
	Timeout bool
	// Encoding says how the value is written where it stands.
	Encoding Encoding
	// Base64: the span, once Encoding is undone, is text in base64 in which values
	// stand, one of Kind and maybe others; see DecodeBase64.
	Base64   bool
	why      why
	detector uint8 // index in the list
}

// Detector returns the name of the detector that found m.
func (m Match) Detector() string {
	if m.detector == customDetector {
		return "custom"
	}
	return List()[m.detector].Name
}

// text is what detectors see.
type text struct {
	b    []byte
	opts *Options
	// wanted has the kinds that are reported.
	wanted  *[MaxKinds]bool
	current uint8 // index of the running detector
	names   *nameTable
	found   []Match
	cache   *caches
	runs    []run  // of escapes, to be decoded
	why     why    // what speaks for what is reported now
	missed  []Miss // with Options.Explain
	depth   uint8  // how often t.b has been decoded
	tabled  bool   // names are known of the values of t.b
	spans   []Span // that end behind the place of the last call of between, or none
}

// at returns byte i, 0 before the start and after the end.
func (t *text) at(i int) byte {
	if uint(i) < uint(len(t.b)) {
		return t.b[i]
	}
	return 0
}

// report adds a match.
func (t *text) report(k Kind, r Rank, start, end int, score uint8) {
	if t.wanted[k] && start < end && !t.isLabel(start, end) {
		t.found = append(t.found, Match{Start: start, End: end, Kind: k, Rank: r, Score: score, why: t.why, detector: t.current})
	}
}

// between says whether i, which only grows from call to call, is in none of the
// spans of ScanSpans.
func (t *text) between(i int) bool {
	for len(t.spans) > 0 && t.spans[0].End <= i {
		t.spans = t.spans[1:]
	}
	return len(t.spans) > 0 && i < t.spans[0].Start
}

// caches keeps the answers of costly checks for one Scanner.
type caches struct {
	phone    phoneCache
	field    fieldCache
	national shaped
	row      row
}
