package report

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// BreachSchema names the shape of a Breach.
const BreachSchema = "scrim.breach/1"

// personKinds are those of which each value stands for one person, mostly: of
// the others a person has many (IP addresses) or shares one (gender).
var personKinds = []string{"email", "phone", "username", "person", "us_ssn", "national_id", "imsi", "credit_card", "iban", "social_handle"}

// A Breach is what a notice to a supervisory authority states (GDPR article
// 33(3)(a): the categories and approximate numbers of the data subjects and of
// the records concerned), as far as the files tell.
type Breach struct {
	Schema  string `json:"schema"`
	Version string `json:"version"`
	// Records hold personal data; AllRecords are all that were read.
	Records    int64   `json:"records"`
	AllRecords int64   `json:"all_records"`
	Period     *Period `json:"period,omitempty"`
	// People is the greatest number of distinct values of one kind that stands
	// for a person, PeopleKind that kind.
	People     uint64       `json:"people"`
	PeopleKind string       `json:"people_kind,omitempty"`
	Error      float64      `json:"standard_error"` // relative, of distinct counts
	Kinds      []BreachKind `json:"kinds"`
	Files      []BreachFile `json:"files"`
	// Failed are files that could not be read to their end.
	Failed []string `json:"failed,omitempty"`
}

// A BreachKind is what is concerned of one kind.
type BreachKind struct {
	Kind     string `json:"kind"`
	What     string `json:"what"`
	Records  uint64 `json:"records"`
	Distinct uint64 `json:"distinct"`
	Person   bool   `json:"person"` // each value stands for one person, mostly
}

// A BreachFile is a file that is concerned.
type BreachFile struct {
	Path    string   `json:"path"`
	Records int64    `json:"records"`
	Period  *Period  `json:"period,omitempty"`
	Kinds   []string `json:"kinds"`
}

// breachNote says what the figures are.
const breachNote = "A person may have several addresses or numbers, and several people may share one, so the number of people is an " +
	"approximation, and none where nothing in the files stands for a person. What was not recognised is not counted."

// Breach returns the figures of a breach that exposed the inputs of r.
func (r *Report) Breach() *Breach {
	b := &Breach{
		Schema: BreachSchema, Version: r.Version, Records: r.Totals.Touched, AllRecords: r.Totals.Records,
		Period: r.Totals.Period, Error: r.Distinct.StandardError, Kinds: []BreachKind{}, Files: []BreachFile{},
	}
	for _, row := range r.Totals.Kinds {
		k := BreachKind{row.Kind, kindDoc(row.Kind), row.Records, row.Distinct, slices.Contains(personKinds, row.Kind)}
		if k.Person && k.Distinct > b.People {
			b.People, b.PeopleKind = k.Distinct, k.Kind
		}
		b.Kinds = append(b.Kinds, k)
	}
	for _, in := range r.Inputs {
		if in.Error != "" {
			b.Failed = append(b.Failed, in.Path)
		}
		if in.Touched == 0 {
			continue
		}
		f := BreachFile{Path: in.Path, Records: in.Touched, Period: in.Period}
		for _, row := range in.Kinds {
			f.Kinds = append(f.Kinds, row.Kind)
		}
		b.Files = append(b.Files, f)
	}
	return b
}

// about rounds an estimate to what it is good for.
func (b *Breach) about(n uint64) string {
	if n < 1000 {
		return number(int64(n))
	}
	spread := 2 * b.Error * float64(n)
	return fmt.Sprintf("%s ± %s", number(int64(n)), number(int64(math.Ceil(spread))))
}

func (b *Breach) figures() []figure {
	from, to := "the records do not say", "the records do not say"
	if b.Period != nil {
		from, to = b.Period.From, b.Period.To
	}
	people := "nothing stands for a person"
	if b.PeopleKind != "" {
		people = "about " + b.about(b.People) + " (by " + b.PeopleKind + ")"
	}
	return []figure{
		{"people", people}, {"records concerned", number(b.Records) + " of " + number(b.AllRecords)}, {"from", from}, {"to", to},
		{"kinds", number(int64(len(b.Kinds)))}, {"files concerned", number(int64(len(b.Files)))},
	}
}

// WriteJSON writes b as JSON.
func (b *Breach) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(b)
}

// WriteText writes b as plain text, to be put into a notice.
func (b *Breach) WriteText(w io.Writer) error {
	var s strings.Builder
	s.WriteString("Personal data concerned (figures for a notice under GDPR article 33)\n\n")
	for _, f := range b.figures() {
		fmt.Fprintf(&s, "  %-18s %s\n", f.Name, f.Value)
	}
	s.WriteString("\nBy kind: records, distinct values (* each stands for a person, mostly)\n\n")
	for _, k := range b.Kinds {
		star := " "
		if k.Person {
			star = "*"
		}
		fmt.Fprintf(&s, "  %s %-15s %12s %12s  %s\n", star, k.Kind, number(int64(k.Records)), b.about(k.Distinct), k.What)
	}
	s.WriteString("\nFiles: records concerned, period, kinds\n\n")
	for _, f := range b.Files {
		fmt.Fprintf(&s, "  %s: %s", f.Path, number(f.Records))
		if p := periodText(f.Period); p != "" {
			s.WriteString(", " + p)
		}
		s.WriteString(", " + strings.Join(f.Kinds, " ") + "\n")
	}
	for _, name := range b.Failed {
		fmt.Fprintf(&s, "  %s: could not be read to its end, so the figures are too low\n", name)
	}
	s.WriteString("\n" + breachNote + "\n")
	_, err := io.WriteString(w, s.String())
	return err
}

type breachPage struct {
	page
	Note  string
	Kinds []breachRow
	Files []pageFile
}

type breachRow struct {
	Kind, Doc, Records, Distinct string
	Person                       bool
}

// WriteHTML writes b as one page of HTML with all that it needs inside.
func (b *Breach) WriteHTML(w io.Writer) error {
	r := Report{Version: b.Version, Distinct: Estimate{StandardError: b.Error}}
	p := breachPage{page: r.page("Personal data concerned", "Figures for a notice under GDPR article 33"), Note: breachNote}
	p.Figures = b.figures()
	for _, k := range b.Kinds {
		p.Kinds = append(p.Kinds, breachRow{k.Kind, k.What, number(int64(k.Records)), b.about(k.Distinct), k.Person})
	}
	for _, f := range b.Files {
		p.Files = append(p.Files, pageFile{Path: f.Path, Records: number(f.Records), Period: periodText(f.Period), Kinds: strings.Join(f.Kinds, " ")})
	}
	for _, name := range b.Failed {
		p.Files = append(p.Files, pageFile{Path: name, Kinds: "could not be read to its end: the figures are too low"})
	}
	return pages().ExecuteTemplate(w, "breach", p)
}
