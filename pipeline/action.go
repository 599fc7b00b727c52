package pipeline

import (
	"errors"
	"slices"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

// actions are the actions of one worker: those of the plan, and for a policy
// that rotates keys those of each period.
type actions struct {
	pl *plan
	actionSet
	// sets has the actions of the periods that were seen lately; "" stands for
	// records of which the time is not known.
	sets map[string]actionSet
}

// An actionSet has an action for each kind, with one key.
type actionSet struct {
	keys  *transform.Keys
	plain *[detect.MaxKinds]*action
	named map[fieldKind]*action
}

type fieldKind struct {
	field string
	kind  detect.Kind
}

// maxPeriods bounds the periods whose actions are kept.
const maxPeriods = 64

func (pl *plan) newActions() *actions {
	a := &actions{pl: pl, sets: map[string]actionSet{}}
	if pl.rotates {
		a.at("")
		return a
	}
	a.actionSet = actionSet{keys: pl.keys, plain: new([detect.MaxKinds]*action), named: map[fieldKind]*action{}}
	for k, x := range pl.plain {
		a.plain[k] = x.clone()
	}
	a.plain[tokenKind] = pl.openAction()
	return a
}

// at makes a give the actions of a period; "" where it is not known.
func (a *actions) at(period string) {
	set, ok := a.sets[period]
	if !ok {
		if len(a.sets) >= maxPeriods {
			clear(a.sets)
		}
		set = a.make(period)
		a.sets[period] = set
	}
	a.actionSet = set
}

func (a *actions) make(period string) actionSet {
	set := actionSet{plain: new([detect.MaxKinds]*action), named: map[fieldKind]*action{}}
	if period != "" && a.pl.keys != nil {
		if keys, err := a.pl.keys.ForPeriod(period); err == nil {
			set.keys = keys
		}
	}
	for _, k := range a.pl.wanted {
		set.plain[k] = a.pl.plain[k].clone()
		for _, r := range a.pl.rules {
			if len(r.Fields) == 0 && (len(r.Kinds) == 0 || slices.Contains(r.Kinds, k)) {
				set.plain[k] = a.pl.actionFor(k, r, set.keys)
				break
			}
		}
	}
	set.plain[tokenKind] = a.pl.openAction()
	return set
}

// actionFor is makeAction for rules that newPlan has made actions of: what can
// fail is only that there is no key for the time of a record.
func (pl *plan) actionFor(k detect.Kind, r Rule, keys *transform.Keys) *action {
	a, err := pl.makeAction(k, r, keys)
	if err != nil {
		return &action{do: failing{}, label: []byte("[" + pl.target(k).Label + "]"), stay: pl.reveals}
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
		x = a.pl.actionFor(k, rule(a.pl.rules, k, field), a.keys)
		a.named[key] = x
	}
	return x
}

// failing is the transform of values for which there is no key.
type failing struct{}

var errNoPeriod = errors.New("no time stands in the record, so there is no key for it")

func (failing) Append(dst []byte, _ transform.Value) ([]byte, error) { return dst, errNoPeriod }
func (f failing) Clone() transform.Transform                         { return f }
