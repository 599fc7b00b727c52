package bench

import (
	"cmp"
	"slices"
	"strings"
)

// Aliases are the types that a predicted type of another name stands for.
var Aliases = map[string][]string{
	"IP": {"IPV4", "IPV6"}, "IP_ADDRESS": {"IPV4", "IPV6"}, "EMAIL_ADDRESS": {"EMAIL"},
	"PHONE_NUMBER": {"PHONE"}, "SSN": {"US_SSN"}, "MAC_ADDRESS": {"MAC"},
	"CARD": {"CREDIT_CARD"}, "PAN": {"CREDIT_CARD"}, "IBAN_CODE": {"IBAN"},
	"DOMAIN": {"HOSTNAME"}, "FQDN": {"HOSTNAME"}, "HOST": {"HOSTNAME"},
	"USER": {"USERNAME"}, "NAME": {"PERSON"}, "TOKEN": {"API_KEY"},
	"SECRET": {"API_KEY", "PASSWORD"}, "IDFA": {"DEVICE_ID"}, "GAID": {"DEVICE_ID"},
	"UDID": {"DEVICE_ID"}, "LATLONG": {"GEO"}, "COORDINATES": {"GEO"},
	// Kinds of scrim for which records made elsewhere have a wider word.
	"URL_USERINFO": {"PASSWORD", "URL_USERINFO"}, "SOCIAL_HANDLE": {"SOCIAL_HANDLE", "USERNAME"},
}

// A Judge counts how predictions compare with the gold spans of records.
//
// A prediction is right where a gold span has one of its types (or one of the
// gold span's Alt), with the same bounds (exact) or a byte in common (overlap);
// each answers for one other at most, the longest overlap first, but in overlap
// mode a prediction finds all gold spans that it holds whole. A prediction that
// is not right is
//
//   - ignored, where it overlaps an Ignore span of its type;
//   - an alarm, where its type is in CompleteFor or NegativeFor, or a NonPII
//     span covers half of it or more, or (exact only) it overlaps a gold span
//     of its own type;
//   - unjudged otherwise: the source does not label that type exhaustively.
//
// Fields are set before the first Add.
type Judge struct {
	// By names the section that a record is also counted in; nil means none.
	By func(*Record) string
	// NoGeneric ignores generic gold spans: root, localhost.
	NoGeneric bool
	// Errors is how many misses and alarms of each type to keep.
	Errors int

	scores Scores
}

// Scores are the counts of a Judge.
type Scores struct {
	Records   int                           `json:"records"`
	Bytes     int                           `json:"bytes"`
	All       map[string]*Counts            `json:"all"`                // by type
	Sections  map[string]map[string]*Counts `json:"sections,omitempty"` // by Judge.By, then by type
	Negatives map[string]*Negative          `json:"negatives,omitempty"`
	Errors    []Error                       `json:"errors,omitempty"`
}

// Counts are what was counted for a type.
type Counts struct {
	Gold    int     `json:"gold"`    // gold spans
	Cover   int     `json:"cover"`   // gold spans that predictions of any type cover whole
	Exact   Outcome `json:"exact"`   // with the same bounds
	Overlap Outcome `json:"overlap"` // with a byte in common
}

// An Outcome counts predictions, and gold spans that have none.
type Outcome struct {
	TP       int `json:"tp"`
	FN       int `json:"fn"`
	FP       int `json:"fp"`
	NonPII   int `json:"fp_nonpii"` // of FP, those on a NonPII span; overlap only
	Unjudged int `json:"unjudged"`
	Ignored  int `json:"ignored"`
}

// A Negative counts alarms in records whose source says that they have nothing
// of a type.
type Negative struct {
	Records int `json:"records"`
	Bytes   int `json:"bytes"`
	Alarms  int `json:"alarms"`
	Hit     int `json:"hit"` // records with an alarm
}

// An Error is a miss or an alarm: its place, not its value.
type Error struct {
	Type   string  `json:"type"`
	Missed bool    `json:"missed"` // else an alarm
	Record *Record `json:"-"`
	ID     string  `json:"id"`
	Start  int     `json:"start"`
	End    int     `json:"end"`
}

// typeSet is a sorted set of types.
type typeSet []string

func newTypeSet(types ...string) typeSet {
	s := slices.Clone(types)
	slices.Sort(s)
	return slices.Compact(s)
}

func (s typeSet) has(t string) bool { return slices.Contains(s, t) }

func (s typeSet) meets(o typeSet) bool { return slices.ContainsFunc(s, o.has) }

// interval is a gold span or a prediction with every type that it may go by.
type interval struct {
	start, end int
	typ        string // of a gold span
	types      typeSet
}

func overlap(a, b, c, d int) int { return min(b, d) - max(a, c) }

func (g *interval) touches(p *interval) bool {
	return overlap(g.start, g.end, p.start, p.end) > 0 && g.types.meets(p.types)
}

// Scores returns the counts so far. They change with the next Add.
func (j *Judge) Scores() *Scores { return &j.scores }

// Add judges the predictions for a record.
func (j *Judge) Add(r *Record, predicted []Span) {
	s := &j.scores
	s.Records++
	s.Bytes += len(r.Text)
	if s.All == nil {
		s.All = map[string]*Counts{}
		s.Sections = map[string]map[string]*Counts{}
		s.Negatives = map[string]*Negative{}
	}
	c := &court{judge: j, record: r, tables: []map[string]*Counts{s.All},
		complete: newTypeSet(r.CompleteFor...), negative: newTypeSet(r.NegativeFor...)}
	c.judged = newTypeSet(append(slices.Clone(r.CompleteFor), r.NegativeFor...)...)
	if j.By != nil {
		name := j.By(r)
		if s.Sections[name] == nil {
			s.Sections[name] = map[string]*Counts{}
		}
		c.tables = append(c.tables, s.Sections[name])
	}
	c.ignore = r.Ignore
	for _, g := range r.Spans {
		if j.NoGeneric && g.Generic {
			c.ignore = append(slices.Clip(c.ignore), g)
			continue
		}
		c.gold = append(c.gold, interval{g.Start, g.End, g.Type, newTypeSet(append([]string{g.Type}, g.Alt...)...)})
	}
	c.take(predicted)
	c.cover()
	c.compare(false)
	c.compare(true)
	for _, t := range c.negative {
		n := j.negative(t)
		n.Records++
		n.Bytes += len(r.Text)
		if slices.Contains(c.hit, t) {
			n.Hit++
		}
	}
}

func (j *Judge) negative(t string) *Negative {
	n := j.scores.Negatives[t]
	if n == nil {
		n = new(Negative)
		j.scores.Negatives[t] = n
	}
	return n
}

// court is the judging of one record.
type court struct {
	judge              *Judge
	record             *Record
	tables             []map[string]*Counts
	complete, negative typeSet
	judged             typeSet // complete or negative
	ignore             []Span
	gold, found        []interval
	hit                []string // negative types with an alarm
}

// count calls f with the counts of a type, in each table.
func (c *court) count(t string, f func(*Counts)) {
	for _, table := range c.tables {
		if table[t] == nil {
			table[t] = new(Counts)
		}
		f(table[t])
	}
}

// take keeps the predictions that are not the same as an earlier one: of the
// same bounds and with a type in common.
func (c *court) take(predicted []Span) {
	type bounds struct{ start, end int }
	seen := make(map[bounds][]typeSet, len(predicted))
	for _, p := range predicted {
		types := typeSet{p.Type}
		if a, ok := Aliases[p.Type]; ok {
			types = a
		} else if strings.Contains(p.Type, ",") {
			types = newTypeSet(strings.Split(p.Type, ",")...)
		}
		at := bounds{p.Start, p.End}
		if !slices.ContainsFunc(seen[at], types.meets) {
			c.found = append(c.found, interval{p.Start, p.End, "", types})
		}
		seen[at] = append(seen[at], types)
	}
}

// cover counts the gold spans of which no byte is left by predictions of
// whatever type.
func (c *court) cover() {
	byStart := slices.SortedFunc(slices.Values(c.found), func(a, b interval) int {
		return cmp.Or(a.start-b.start, a.end-b.end)
	})
	for _, g := range c.gold {
		upTo := g.start
		for _, p := range byStart {
			if p.start > upTo || upTo >= g.end {
				break
			}
			upTo = max(upTo, p.end)
		}
		c.count(g.typ, func(n *Counts) {
			n.Gold++
			if upTo >= g.end {
				n.Cover++
			}
		})
	}
}

// pairs says which gold spans are found and which predictions answer for one.
func (c *court) pairs(exact bool) (found, used []bool) {
	type pair struct{ cost, gold, pred int }
	var candidates []pair
	for i := range c.gold {
		g := &c.gold[i]
		for k := range c.found {
			p := &c.found[k]
			o := overlap(g.start, g.end, p.start, p.end)
			if exact && (g.start != p.start || g.end != p.end) || !exact && o <= 0 || !g.types.meets(p.types) {
				continue
			}
			// The longest overlap first; its own type before one of Alt.
			cost := -2 * o
			if exact {
				cost = 0
			}
			if !p.types.has(g.typ) {
				cost++
			}
			candidates = append(candidates, pair{cost, i, k})
		}
	}
	slices.SortFunc(candidates, func(a, b pair) int {
		return cmp.Or(a.cost-b.cost, a.gold-b.gold, a.pred-b.pred)
	})
	found, used = make([]bool, len(c.gold)), make([]bool, len(c.found))
	for _, x := range candidates {
		if !found[x.gold] && !used[x.pred] {
			found[x.gold], used[x.pred] = true, true
		}
	}
	if exact {
		return found, used
	}
	for i := range c.gold {
		g := &c.gold[i]
		found[i] = found[i] || slices.ContainsFunc(c.found, func(p interval) bool {
			return p.start <= g.start && g.end <= p.end && g.types.meets(p.types)
		})
	}
	return found, used
}

func (c *Counts) mode(exact bool) *Outcome {
	if exact {
		return &c.Exact
	}
	return &c.Overlap
}

func (c *court) compare(exact bool) {
	found, used := c.pairs(exact)
	for i, g := range c.gold {
		c.count(g.typ, func(n *Counts) {
			if found[i] {
				n.mode(exact).TP++
			} else {
				n.mode(exact).FN++
			}
		})
		if !found[i] && !exact {
			c.keep(Error{Type: g.typ, Missed: true, Start: g.start, End: g.end})
		}
	}
	for i := range c.found {
		if !used[i] {
			c.wrong(&c.found[i], exact)
		}
	}
}

// wrong counts a prediction that no gold span answers to.
func (c *court) wrong(p *interval, exact bool) {
	same := slices.ContainsFunc(c.gold, func(g interval) bool { return g.touches(p) })
	if same && !exact {
		return // a second piece of a span that is found
	}
	t := p.types[0]
	if i := slices.IndexFunc(p.types, c.judged.has); i >= 0 {
		t = p.types[i]
	}
	ignored := slices.ContainsFunc(c.ignore, func(s Span) bool {
		return (s.Type == "*" || p.types.has(s.Type)) && overlap(s.Start, s.End, p.start, p.end) > 0
	})
	nonPII := slices.ContainsFunc(c.record.NonPII, func(s Span) bool {
		return 2*overlap(s.Start, s.End, p.start, p.end) >= p.end-p.start
	})
	alarm := !ignored && (same || nonPII || p.types.meets(c.judged))
	c.count(t, func(n *Counts) {
		o := n.mode(exact)
		switch {
		case ignored:
			o.Ignored++
		case alarm:
			o.FP++
			if nonPII && !exact {
				o.NonPII++
			}
		default:
			o.Unjudged++
		}
	})
	if alarm && !exact {
		c.keep(Error{Type: t, Start: p.start, End: p.end})
		if p.types.meets(c.negative) {
			c.judge.negative(t).Alarms++
			c.hit = append(c.hit, t)
		}
	}
}

// keep keeps an error, while there are fewer than asked for of its sort.
func (c *court) keep(e Error) {
	if c.judge.Errors == 0 {
		return
	}
	n := 0
	for _, x := range c.judge.scores.Errors {
		if x.Type == e.Type && x.Missed == e.Missed {
			n++
		}
	}
	if n < c.judge.Errors {
		e.Record, e.ID = c.record, c.record.ID
		c.judge.scores.Errors = append(c.judge.scores.Errors, e)
	}
}
