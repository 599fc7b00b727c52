package detect

import "slices"

// A why says what speaks for a match besides its form.
type why uint8

const (
	whyForm    why = iota // nothing, or what the detector says of itself
	whyKey                // a name before it in the text
	whyColumn             // the name, or the other values, of its column
	whyAgain              // it is named elsewhere in its line
	whyLearned            // it is named elsewhere in the run
	whyRow                // the other cells of its row
)

// Validation says how the value of m was checked.
func (m Match) Validation() string {
	switch m.Rank {
	case Secret:
		return "secret: goes whole"
	case Checked:
		if m.Kind < numKinds && validations[m.Kind] != "" {
			return validations[m.Kind]
		}
		return "its form is valid"
	case Shaped:
		return "its form is likely"
	}
	return "none"
}

// validations says what is checked of a kind's values.
var validations = [numKinds]string{
	Email: "local part, domain and top-level domain", Phone: "country or area code and length", IPv4: "four numbers to 255",
	IPv6: "groups of an address", MAC: "six or eight bytes of a hardware address", UUID: "groups of 8, 4, 4, 4, 12 digits", IMEI: "length and check digit",
	IMSI: "country and length", DeviceID: "form of a device's number", CreditCard: "network and check digit",
	IBAN: "country, length and check digits", USSSN: "area, group and serial in use", NationalID: "form and check digits of a country",
	CryptoWallet: "checksum",
}

// Evidence says what besides its form speaks for m.
func (m Match) Evidence() string {
	s := ""
	switch m.why {
	case whyKey:
		s = "the name before it"
	case whyColumn:
		s = "its field or column"
	case whyAgain:
		s = "named elsewhere in its line"
	case whyLearned:
		s = "named elsewhere in the run"
	case whyRow:
		s = "the other cells of its row"
	default:
		if s = evidenceOf[m.Detector()]; s == "" {
			s = "its form"
		}
	}
	for e := m.Encoding; e != 0; e >>= layerBits {
		s += [...]string{"", ", under percent escapes", ", under backslash escapes", ", under character references"}[e.layer()]
	}
	return s
}

// evidenceOf is the evidence that detectors go by which look at no form.
var evidenceOf = map[string]string{
	"syslog": "its place in the header of a log line", "path": "its place in a path", "sentence": "the sentence it stands in",
	"person": "the words around it", "address": "the words around it", "custom": "a pattern of the policy",
}

// A Miss is a place that looks like a value of a kind and was not taken for one.
type Miss struct {
	Start, End int // in the text scanned
	Kind       Kind
	Reason     string // without anything of the text
}

// Misses returns, in order, the near misses of the last scan, which took notes
// if Options.Explain was set. The slice is valid until the next scan.
func (s *Scanner) Misses() []Miss { return s.misses }

// miss notes a near miss, if notes are taken.
func (t *text) miss(k Kind, start, end int, reason string) {
	if t.opts.Explain && t.wanted[k] && t.depth == 0 && start < end {
		t.missed = append(t.missed, Miss{start, min(end, len(t.b)), k, reason})
	}
}

// explain leaves in s.misses what was missed of this scan: what lies outside of
// the matches m, once each, and the matches that lost against others.
func (s *Scanner) explain(m []Match) {
	t := &s.t
	for _, f := range t.found {
		t.missed = append(t.missed, Miss{f.Start, f.End, f.Kind, "something stronger lies there"})
	}
	slices.SortStableFunc(t.missed, func(a, b Miss) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	s.misses = s.misses[:0]
	i := 0
	for _, x := range t.missed {
		for i < len(m) && m[i].End <= x.Start {
			i++
		}
		lost := i < len(m) && m[i].Start < x.End
		if n := len(s.misses); n > 0 && s.misses[n-1].Kind == x.Kind && s.misses[n-1].End > x.Start {
			continue
		}
		same := lost && m[i].Kind == x.Kind
		if !same && (lost || x.Reason != "something stronger lies there") {
			s.misses = append(s.misses, x)
		}
	}
	t.missed = t.missed[:0]
}
