package pipeline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

// A plan is a Policy made ready: an engine that finds what it asks for, and the
// action for each kind. It is safe for concurrent use.
type plan struct {
	engine  *detect.Engine
	rules   []Rule
	keys    *transform.Keys
	byField bool // some rule looks at fields
	drops   bool // some rule drops records
	plain   [detect.MaxKinds]*action
	wanted  []detect.Kind
}

// An action is what is done with values of a kind.
type action struct {
	keep bool
	drop bool // the whole record
	do   transform.Transform
	// label stands in when do fails.
	label []byte
}

// newPlan checks p and makes it ready.
func newPlan(p *Policy, keys *transform.Keys) (*plan, error) {
	pl := &plan{rules: append(slices.Clone(p.Rules), DefaultRules()...), keys: keys, wanted: []detect.Kind{}}
	for _, r := range pl.rules {
		pl.byField = pl.byField || len(r.Fields) > 0
		pl.drops = pl.drops || r.Transform.DropsRecord()
	}
	for _, info := range detect.Kinds() {
		if (len(p.Only) == 0 || slices.Contains(p.Only, info.Kind)) && !slices.Contains(p.Skip, info.Kind) {
			pl.wanted = append(pl.wanted, info.Kind)
		}
	}
	engine, err := detect.New(detect.Options{Kinds: pl.wanted, Regions: p.Regions, Fields: p.Fields})
	if err != nil {
		return nil, err
	}
	pl.engine = engine
	for _, k := range pl.wanted {
		for _, r := range pl.rules { // every transform is made once here, so that errors show before any input is read
			if len(r.Kinds) > 0 && !slices.Contains(r.Kinds, k) {
				continue
			}
			a, err := pl.makeAction(k, r)
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

func (pl *plan) makeAction(k detect.Kind, r Rule) (*action, error) {
	label := strings.ToUpper(k.String())
	a := &action{keep: r.Transform.Keeps(), drop: r.Transform.DropsRecord(), label: []byte("[" + label + "]")}
	if a.keep || a.drop {
		return a, nil
	}
	t, err := transform.New(r.Transform, transform.Target{Label: label, Domain: k.String()}, pl.keys)
	if err != nil {
		return nil, fmt.Errorf("%s=%s: %w", k, r.Transform, err)
	}
	a.do = t
	return a, nil
}

// keepsAll says that no value is changed, so that the input is the output.
func (pl *plan) keepsAll() bool {
	if pl.byField {
		return false
	}
	for _, k := range pl.wanted {
		if !pl.plain[k].keep {
			return false
		}
	}
	return true
}

// actions are the actions of one worker.
type actions struct {
	pl    *plan
	plain [detect.MaxKinds]*action
	named map[fieldKind]*action
}

type fieldKind struct {
	field string
	kind  detect.Kind
}

func (pl *plan) newActions() *actions {
	a := &actions{pl: pl, named: map[fieldKind]*action{}}
	for k, x := range pl.plain {
		a.plain[k] = x.clone()
	}
	return a
}

func (a *action) clone() *action {
	if a == nil || a.do == nil {
		return a
	}
	c := *a
	c.do = a.do.Clone()
	return &c
}

// of returns the action for kind k in a field; field is "" where there is none.
func (a *actions) of(k detect.Kind, field string) *action {
	if !a.pl.byField || field == "" {
		return a.plain[k]
	}
	key := fieldKind{field, k}
	x, ok := a.named[key]
	if !ok {
		if len(a.named) >= maxFields { // keys that are data, not names
			clear(a.named)
		}
		made, err := a.pl.makeAction(k, rule(a.pl.rules, k, field))
		if err != nil { // newPlan made the same transform, so this cannot be
			made = &action{do: a.plain[k].do, label: a.plain[k].label}
		}
		x = made
		a.named[key] = x
	}
	return x
}
