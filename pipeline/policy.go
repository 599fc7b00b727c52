package pipeline

import (
	"errors"
	"fmt"
	"net/netip"
	"path"
	"slices"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/transform"
)

// A Policy says what becomes of each kind of value. Its rules are read top to
// bottom and the first that matches decides; DefaultRules stand behind them.
type Policy struct {
	// Rules go before the default.
	Rules []Rule
	// Only are the kinds to look for; empty means all.
	Only []detect.Kind
	// Skip are kinds not to look for.
	Skip []detect.Kind
	// Fields says which kind the values of a field are, by name.
	Fields map[string]detect.Kind
	// Regions are those whose national phone numbers are looked for.
	Regions []string
	// Default is what becomes of values that no rule is for; without a name,
	// DefaultRules hold.
	Default transform.Spec
	// Custom are kinds of the policy's own: Custom[i] is detect.FirstCustom+i.
	Custom []detect.Custom
	// Allow says which values pass as if they were not found.
	Allow detect.Allow
	// Labels put a label in place of IP addresses of some networks, wherever a
	// rule would change them. The first that holds an address counts.
	Labels []NetworkLabel
	// TokenBits is the length of the tokens of hash where the rule does not say;
	// 0 means what hash says.
	TokenBits int
	// Rotate makes tokens change with time.
	Rotate Rotation
	// Format and FormatOptions are for the inputs where Config does not say.
	Format        string
	FormatOptions format.Options
}

// A NetworkLabel is a word for the addresses of some networks.
type NetworkLabel struct {
	// Label is upper-case letters, digits, dashes and underscores: "PRIVATE".
	Label    string
	Networks []netip.Prefix
}

// A Rotation says that keyed transforms use a key of their own for every period,
// so that tokens of different periods do not match. A record's period is that of
// the time that stands in it, in UTC; where none is found, what would be keyed
// is redacted, and counted as a failure.
type Rotation struct {
	// Every is "daily" or "monthly"; "" means never.
	Every string
	// Field is the name of the field that holds the time, as in matching of
	// Rule.Fields; "" means the first date and time in the record.
	Field string
}

// A Rule gives the transform for values of some kinds in some fields.
type Rule struct {
	// Kinds that the rule is for; empty means every kind.
	Kinds []detect.Kind
	// Fields are patterns (as in path.Match) of field names that the rule is
	// for, whatever their case; empty means everywhere.
	Fields []string
	// Transform is what is done.
	Transform transform.Spec
	// Source says where the rule stands, for who asks: "web.yaml:12".
	Source string
}

// DefaultRules are what holds without a policy, and needs no key: IP addresses
// are truncated, hardware addresses cut to the vendor's half, everything else
// gives way to its label. So does an address with nothing to cut off, such as
// 192.0.2.0: no value stays as it stood, and verify can hold the output to that.
func DefaultRules() []Rule {
	strict := transform.Spec{Name: "truncate", Args: []transform.Arg{{Name: "strict", Value: "true"}}}
	return []Rule{
		{Kinds: []detect.Kind{detect.IPv4, detect.IPv6, detect.MAC}, Transform: strict, Source: "built in"},
		{Transform: transform.Spec{Name: "redact"}, Source: "built in"},
	}
}

// Effective returns the rules in the order in which they are asked: those of the
// policy, its default, DefaultRules.
func (p *Policy) Effective() []Rule {
	rules := slices.Clone(p.Rules)
	if p.Default.Name != "" {
		rules = append(rules, Rule{Transform: p.Default, Source: "default"})
	}
	return append(rules, DefaultRules()...)
}

// Kinds returns the kinds that are looked for, built-in ones first.
func (p *Policy) Kinds() []detect.Kind {
	out := []detect.Kind{}
	add := func(k detect.Kind) {
		if (len(p.Only) == 0 || slices.Contains(p.Only, k)) && !slices.Contains(p.Skip, k) {
			out = append(out, k)
		}
	}
	for _, info := range detect.Kinds() {
		add(info.Kind)
	}
	for i := range p.Custom {
		add(detect.FirstCustom + detect.Kind(i))
	}
	return out
}

// Searching returns p without what changes values, for who only looks: it needs
// no key.
func (p *Policy) Searching() Policy {
	q := *p
	q.Rules, q.Default, q.Labels, q.TokenBits, q.Rotate = nil, transform.Spec{}, nil, 0, Rotation{}
	return q
}

// KindName returns the name of a kind, built-in or of p.
func (p *Policy) KindName(k detect.Kind) string {
	if i := int(k) - int(detect.FirstCustom); i >= 0 && i < len(p.Custom) {
		return "custom:" + p.Custom[i].Name
	}
	return k.String()
}

// ParseKind returns the kind of that name, built-in or of p.
func (p *Policy) ParseKind(name string) (detect.Kind, error) {
	if k, ok := detect.ParseKind(name); ok {
		return k, nil
	}
	for i, c := range p.Custom {
		if name == "custom:"+c.Name {
			return detect.FirstCustom + detect.Kind(i), nil
		}
	}
	return detect.None, fmt.Errorf("no kind is called %q; see scrim kinds", name)
}

// ParseKinds reads names of kinds with commas between them.
func (p *Policy) ParseKinds(s string) ([]detect.Kind, error) {
	var out []detect.Kind
	for name := range strings.SplitSeq(s, ",") {
		k, err := p.ParseKind(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

// ParseSet reads a rule as --set has it: KIND=TRANSFORM[:ARG], where KIND is
// the name of a kind, several with commas between, or *.
func (p *Policy) ParseSet(s string) (Rule, error) {
	left, right, ok := strings.Cut(s, "=")
	if !ok {
		return Rule{}, errors.New("want KIND=TRANSFORM[:ARG], such as email=mask:keep=1")
	}
	r := Rule{Source: "--set"}
	var err error
	if left != "*" {
		if r.Kinds, err = p.ParseKinds(left); err != nil {
			return Rule{}, err
		}
	}
	if r.Transform, err = transform.ParseSpec(right); err != nil {
		return Rule{}, err
	}
	return r, nil
}

// ParseSet is Policy.ParseSet for the built-in kinds.
func ParseSet(s string) (Rule, error) { return new(Policy).ParseSet(s) }

// RuleFor returns the first rule for a kind in a field; field is "" where there
// is none.
func (p *Policy) RuleFor(k detect.Kind, field string) Rule { return rule(p.Effective(), k, field) }

// rule returns the first rule for a kind in a field.
func rule(rules []Rule, k detect.Kind, field string) Rule {
	for _, r := range rules {
		if (len(r.Kinds) == 0 || slices.Contains(r.Kinds, k)) && (len(r.Fields) == 0 || matchField(r.Fields, field)) {
			return r
		}
	}
	return Rule{Transform: transform.Spec{Name: "redact"}}
}

func matchField(patterns []string, field string) bool {
	field = strings.ToLower(field)
	for _, p := range patterns {
		if ok, err := path.Match(strings.ToLower(p), field); ok && err == nil {
			return true
		}
	}
	return false
}
