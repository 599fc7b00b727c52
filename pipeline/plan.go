package pipeline

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

// A plan is a Policy made ready: an engine that finds what it asks for, and the
// action for each kind. It is safe for concurrent use.
type plan struct {
	engine  *detect.Engine
	policy  *Policy
	rules   []Rule
	keys    *transform.Keys
	byField bool // some rule looks at fields
	drops   bool // some rule drops records
	rotates bool // keys change with time
	reveals bool // values are put back in place of tokens
	// tokens are looked for instead of values; nil: values are.
	tokens *tokenSet
	plain  [detect.MaxKinds]*action
	wanted []detect.Kind
}

// An action is what is done with values of a kind.
type action struct {
	name string // of its transform
	keep bool
	drop bool // the whole record
	do   transform.Transform
	// exact: do wants the value as it stands, escapes included, so that it can be
	// put back to the byte.
	exact bool
	// byText: do is tried without the value's canonical spelling first.
	byText bool
	// label stands in when do fails.
	label []byte
	// by is the field of the record that holds the subject that do goes by.
	by string
	// redacts: nothing of the value is to be left.
	redacts bool
	// stay: the value stays when do fails. It is a token then.
	stay bool
	// opens: do opens reversible tokens; see worker.open.
	opens bool
}

// isCoarse says whether a truncates and value has nothing to cut off.
func (a *action) isCoarse(value []byte) bool { return a.do != nil && transform.IsCoarse(a.do, value) }

// newPlan checks p and makes it ready.
func newPlan(p *Policy, keys *transform.Keys, reveals, explain, base64 bool) (*plan, error) {
	pl := &plan{policy: p, reveals: reveals, rules: p.Effective(), keys: keys, wanted: p.Kinds()}
	for _, r := range pl.rules {
		pl.byField = pl.byField || len(r.Fields) > 0
		pl.drops = pl.drops || r.Transform.DropsRecord()
	}
	for _, l := range p.Labels {
		if err := l.Check(); err != nil {
			return nil, err
		}
	}
	switch p.Rotate.Every {
	case "":
	case "daily", "monthly":
		pl.rotates = true
	default:
		return nil, errors.New("rotate: want daily or monthly")
	}
	engine, err := detect.New(detect.Options{Kinds: pl.wanted, Regions: p.Regions, Explain: explain, Base64: base64, Fields: p.Fields, Custom: p.Custom, Allow: p.Allow})
	if err != nil {
		return nil, err
	}
	pl.engine = engine
	for _, k := range pl.wanted {
		for _, r := range pl.rules { // every transform is made once here, so that errors show before any input is read
			if len(r.Kinds) > 0 && !slices.Contains(r.Kinds, k) {
				continue
			}
			a, err := pl.makeAction(k, r, keys)
			if err != nil {
				return nil, err
			}
			if len(r.Fields) == 0 {
				pl.plain[k] = a
				break
			}
		}
	}
	return pl, nil
}

// makeAction makes the action of rule r for kind k. With nil keys a transform
// that wants them is an error.
func (pl *plan) makeAction(k detect.Kind, r Rule, keys *transform.Keys) (*action, error) {
	target := pl.target(k)
	a := &action{name: r.Transform.Name, keep: r.Transform.Keeps(), drop: r.Transform.DropsRecord(), label: []byte("[" + target.Label + "]")}
	if pl.reveals {
		return pl.makeReverse(k, r, keys)
	}
	if a.keep || a.drop {
		return a, nil
	}
	t, err := transform.New(pl.policy.spec(r.Transform), target, keys)
	if err != nil {
		return nil, fmt.Errorf("%s=%s: %w", target.Domain, r.Transform, err)
	}
	a.do, a.byText = t, transform.ByText(t)
	if s, ok := t.(transform.SubjectTransform); ok {
		a.by = s.By()
	}
	a.redacts = r.Transform.Name == "redact" || r.Transform.Name == "drop"
	a.exact = r.Transform.Name == "encrypt" && !slices.ContainsFunc(r.Transform.Args, func(x transform.Arg) bool { return x.Name == "canonical" && x.Value == "true" })
	if k == detect.IPv6 && keyed(r.Transform) {
		four, err := transform.New(pl.policy.spec(r.Transform), pl.target(detect.IPv4), keys)
		if err != nil {
			return nil, fmt.Errorf("%s=%s: %w", target.Domain, r.Transform, err)
		}
		a.do, a.byText = mapped{t, four}, false
	}
	if len(pl.policy.Labels) > 0 && (k == detect.IPv4 || k == detect.IPv6) {
		a.do, a.byText = labelled{a.do, pl.policy.Labels}, false
	}
	return a, nil
}

// target says what transforms of kind k are made for.
func (pl *plan) target(k detect.Kind) transform.Target {
	name := pl.engine.Name(k)
	return transform.Target{Label: labelOf(name), Domain: name}
}

// labelOf returns what stands in redactions for a kind, by its name.
func labelOf(name string) string { return strings.ToUpper(strings.TrimPrefix(name, "custom:")) }

// spec returns s with what the policy says of tokens in general.
func (p *Policy) spec(s transform.Spec) transform.Spec {
	if p.TokenBits == 0 || s.Name != "hash" || slices.ContainsFunc(s.Args, func(a transform.Arg) bool { return a.Name == "bits" }) {
		return s
	}
	s.Args = append(slices.Clone(s.Args), transform.Arg{Name: "bits", Value: strconv.Itoa(p.TokenBits)})
	return s
}

// keepsAll says that no value is changed, so that the input is the output.
func (pl *plan) keepsAll() bool {
	if pl.byField || pl.reveals {
		return false
	}
	for _, k := range pl.wanted {
		if !pl.plain[k].keep {
			return false
		}
	}
	return true
}
