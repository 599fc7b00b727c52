package aggregate

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
)

// Schema names the shape of a Result.
const Schema = "scrim.aggregate/1"

// A Result is what an Aggregate gives out.
type Result struct {
	Schema string `json:"schema"`
	// Keys and Figures name the columns.
	Keys    []string `json:"keys"`
	Figures []string `json:"figures"`
	// Unit is what a count counts: records or matches.
	Unit   string `json:"unit"`
	Groups []Row  `json:"groups"`
	// Total counts all records, those of suppressed groups too. It is left out
	// where it would give a group away, and with noise.
	Total *uint64 `json:"total,omitempty"`
	// K is the threshold, ByPerson that it counts people. Suppressed groups were
	// under it; Secondary ones would have given one of them away.
	K          int  `json:"k,omitempty"`
	ByPerson   bool `json:"k_of_people,omitempty"`
	Suppressed int  `json:"suppressed_groups"`
	Secondary  int  `json:"secondary_groups"`
	// Noise says what noise is in the figures.
	Noise *NoiseNote `json:"noise,omitempty"`
	// DistinctError is the relative standard error of distinct counts.
	DistinctError float64 `json:"distinct_standard_error,omitempty"`
	// Spilled counts the temporary files that were needed.
	Spilled int `json:"spilled_files"`
}

// A Row is a group.
type Row struct {
	Keys []string `json:"keys"`
	// Figures are in the order of Result.Figures; NaN, which JSON has not, is
	// null: there was no number.
	Figures []Figure `json:"figures"`

	count uint64 // records or matches
	size  uint64 // what K is compared with
}

// A Figure is a number that may be missing.
type Figure float64

// MarshalJSON implements json.Marshaler.
func (f Figure) MarshalJSON() ([]byte, error) {
	s := f.String()
	if s == "" {
		s = "null"
	}
	return []byte(s), nil
}

// Result merges what all workers grouped and protects it. The Aggregate is not
// to be used after it.
func (a *Aggregate) Result() (*Result, error) {
	if a.err != nil {
		return nil, a.err
	}
	r := &Result{Schema: Schema, Unit: "records", K: a.cfg.K, ByPerson: a.cfg.Person != "" && a.cfg.Noise == nil, Spilled: a.spilled,
		Keys: []string{}, Groups: []Row{}}
	if a.plan.matches {
		r.Unit = "matches"
	}
	for _, k := range a.cfg.By {
		r.Keys = append(r.Keys, k.Text)
	}
	r.Figures = a.figureNames()
	if len(a.cfg.Distinct) > 0 {
		r.DistinctError = StandardError
	}
	err := a.merge(func(key string, g *group) error {
		r.Groups = append(r.Groups, a.row(key, g))
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(r.Groups, func(a, b Row) int { return slices.Compare(a.Keys, b.Keys) })
	if a.cfg.Noise != nil {
		err = a.addNoise(r)
	} else {
		r.protect(uint64(max(a.cfg.K, 0)))
	}
	return r, err
}

func (a *Aggregate) figureNames() []string {
	names := []string{"count"}
	c := &a.cfg
	for _, s := range c.Distinct {
		names = append(names, "distinct("+s+")")
	}
	for _, s := range c.Sum {
		names = append(names, "sum("+s+")")
	}
	for _, s := range c.Min {
		names = append(names, "min("+s+")")
	}
	for _, s := range c.Max {
		names = append(names, "max("+s+")")
	}
	for _, s := range c.Avg {
		names = append(names, "avg("+s+")")
	}
	return names
}

// row reads a group's keys and figures.
func (a *Aggregate) row(key string, g *group) Row {
	row := Row{count: g.count, size: g.count, Keys: []string{}}
	for len(key) >= 2 {
		n := int(binary.BigEndian.Uint16([]byte(key[:2])))
		row.Keys = append(row.Keys, strings.ToValidUTF8(key[2:2+n], "\uFFFD"))
		key = key[2+n:]
	}
	if g.people != nil {
		row.size = min(g.people.Estimate(), g.count)
	}
	row.Figures = append(row.Figures, Figure(g.count))
	for _, s := range g.distinct {
		row.Figures = append(row.Figures, Figure(min(s.Estimate(), g.count)))
	}
	c := &a.cfg
	for i := range g.numbers {
		x := &g.numbers[i]
		v := x.total()
		switch at := i - len(c.Sum); {
		case at < 0: // a sum of nothing is 0
		case x.n == 0:
			v = math.NaN()
		case at < len(c.Min):
			v = x.low
		case at < len(c.Min)+len(c.Max):
			v = x.high
		default:
			v /= float64(x.n)
		}
		row.Figures = append(row.Figures, Figure(v))
	}
	return row
}
