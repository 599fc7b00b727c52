package aggregate

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

// A keyKind is what a Key goes by.
type keyKind uint8

const (
	byField     keyKind = iota // the value of a field, through the policy
	byTransform                // a transform of it
	byTime                     // its time, cut
	byKindFound                // what was found
	byFieldFound
	byFile
)

// A Key is one thing that groups are made by.
type Key struct {
	// Text is what ParseKey read.
	Text string

	kind  keyKind
	field string
	spec  transform.Spec
	step  string // layout of a time
}

var timeSteps = map[string]string{
	"hour": "2006-01-02T15", "day": "2006-01-02", "month": "2006-01", "year": "2006",
}

// ParseKey reads what groups are made by:
//
//	NAME                 the value of a field, as the policy has it
//	"NAME"               the same, where NAME is kind, field or file
//	day(NAME)            hour, day, month or year of a time, in UTC
//	TRANSFORM(NAME,ARG)  a transform as in --set: truncate(ip,16), mask(email,keep=1)
//	kind, field, file    of each match: then matches are counted, not records
//
// Where no field is called NAME, it may be a kind: the first match of it in the
// record. In running text day(time) is the time at the line's start.
func ParseKey(s string) (Key, error) {
	k := Key{Text: s}
	s = strings.TrimSpace(s)
	switch s {
	case "kind":
		k.kind = byKindFound
		return k, nil
	case "field":
		k.kind = byFieldFound
		return k, nil
	case "file":
		k.kind = byFile
		return k, nil
	case "":
		return k, errors.New("is empty: want a field, kind, field or file, or a function of a field")
	}
	open := strings.IndexByte(s, '(')
	if open < 0 || s[0] == '"' {
		k.field = unquote(s)
		return k, nil
	}
	inside, ok := strings.CutSuffix(s[open+1:], ")")
	if !ok || inside == "" {
		return k, errors.New("wants a closing bracket, such as truncate(ip,16)")
	}
	name := strings.TrimSpace(s[:open])
	field, args, _ := strings.Cut(inside, ",")
	k.field = unquote(strings.TrimSpace(field))
	if step, ok := timeSteps[name]; ok {
		if args != "" {
			return k, fmt.Errorf("%s takes a field and nothing else", name)
		}
		k.kind, k.step = byTime, step
		return k, nil
	}
	text := name
	if args != "" {
		text += ":" + args
	}
	spec, err := transform.ParseSpec(text)
	if err != nil {
		return k, err
	}
	if spec.Keeps() {
		return k, errors.New("keep: a raw value as a key is what a policy says (--set KIND=keep), not what a query does")
	}
	k.kind, k.spec = byTransform, spec
	return k, nil
}

func unquote(s string) string {
	if len(s) > 1 && s[0] == '"' && s[len(s)-1] == '"' {
		return s[1 : len(s)-1]
	}
	return s
}

// A plan is a Config made ready: which names are wanted, and where each goes.
type plan struct {
	keys []Key
	// names are the fields that are wanted; a name's number is its place.
	names  []string
	kinds  []detect.Kind // by name: the kind of that name, or None
	key    []int         // by key: its name, -1 if it has none
	person int           // name, -1
	// distinct, sums: names. low, high and mean are sums too.
	distinct []int
	numbers  []int
	matches  bool // groups are of matches, not of records
}

func newPlan(cfg *Config) (*plan, error) {
	p := &plan{keys: cfg.By, person: -1}
	for _, k := range cfg.By {
		n := -1
		switch k.kind {
		case byKindFound, byFieldFound:
			p.matches = true
		case byFile:
		default:
			n = p.name(k.field)
		}
		p.key = append(p.key, n)
		if k.kind == byTransform { // so that errors show before any input is read
			if _, err := transform.New(k.spec, transform.Target{Label: "VALUE", Domain: "value"}, cfg.Keys); err != nil {
				return nil, err
			}
		}
	}
	if cfg.Person != "" {
		p.person = p.name(cfg.Person)
	}
	for _, s := range cfg.Distinct {
		p.distinct = append(p.distinct, p.name(s))
	}
	for _, list := range [][]string{cfg.Sum, cfg.Min, cfg.Max, cfg.Avg} {
		for _, s := range list {
			p.numbers = append(p.numbers, p.name(s))
		}
	}
	return p, nil
}

func (p *plan) name(s string) int {
	for i, n := range p.names {
		if n == s {
			return i
		}
	}
	p.names = append(p.names, s)
	k, _ := detect.ParseKind(s)
	p.kinds = append(p.kinds, k)
	return len(p.names) - 1
}

// wants returns the number of the name of a field, -1 if it is not wanted.
func (p *plan) wants(field string) int {
	want := -1
	for i, n := range p.names {
		if strings.EqualFold(n, field) {
			want = i
		}
	}
	return want
}

// finds says that it matters what is found in any field.
func (p *plan) finds() bool {
	return p.matches || slices.ContainsFunc(p.kinds, func(k detect.Kind) bool { return k != detect.None })
}
