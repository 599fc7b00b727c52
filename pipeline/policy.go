package pipeline

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/scrim-dev/scrim/detect"
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
}

// DefaultRules are what holds without a policy, and needs no key: IP addresses
// are truncated, hardware addresses cut to the vendor's half, everything else
// gives way to its label.
func DefaultRules() []Rule {
	return []Rule{
		{Kinds: []detect.Kind{detect.IPv4, detect.IPv6, detect.MAC}, Transform: transform.Spec{Name: "truncate"}},
		{Transform: transform.Spec{Name: "redact"}},
	}
}

// ParseSet reads a rule as --set has it: KIND=TRANSFORM[:ARG], where KIND is
// the name of a kind, several with commas between, or *.
func ParseSet(s string) (Rule, error) {
	left, right, ok := strings.Cut(s, "=")
	if !ok {
		return Rule{}, errors.New("want KIND=TRANSFORM[:ARG], such as email=mask:keep=1")
	}
	var r Rule
	var err error
	if left != "*" {
		if r.Kinds, err = ParseKinds(left); err != nil {
			return Rule{}, err
		}
	}
	if r.Transform, err = transform.ParseSpec(right); err != nil {
		return Rule{}, err
	}
	return r, nil
}

// ParseKinds reads names of kinds with commas between them.
func ParseKinds(s string) ([]detect.Kind, error) {
	var out []detect.Kind
	for name := range strings.SplitSeq(s, ",") {
		k, ok := detect.ParseKind(strings.TrimSpace(name))
		if !ok {
			return nil, fmt.Errorf("no kind is called %q; see scrim kinds", name)
		}
		out = append(out, k)
	}
	return out, nil
}

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
