package policy

import (
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// rules reads the rules, which go before those that are there.
func (d *document) rules(v *node, p *pipeline.Policy) error {
	list, err := v.list()
	if err != nil {
		return err
	}
	var out []pipeline.Rule
	for _, x := range list {
		r, err := x.rule(p)
		if err != nil {
			return err
		}
		out = append(out, r)
	}
	p.Rules = slices.Concat(out, p.Rules)
	return nil
}

var ruleKeys = []string{"kinds", "fields", "transform"}

// rule reads one rule.
func (n *node) rule(p *pipeline.Policy) (pipeline.Rule, error) {
	r := pipeline.Rule{Source: n.where()}
	entries, err := n.entries()
	if err != nil {
		return r, n.errorf("want a rule: kinds, fields and transform")
	}
	for _, e := range entries {
		switch e.key {
		case "kinds":
			r.Kinds, err = e.value.kindList(p)
		case "fields":
			r.Fields, err = e.value.globs()
		case "transform":
			r.Transform, err = e.value.spec()
		default:
			err = e.at.unknown("key of a rule", e.key, ruleKeys)
		}
		if err != nil {
			return r, err
		}
	}
	if r.Transform.Name == "" {
		return r, n.errorf("a rule wants a transform")
	}
	return r, nil
}

// globs reads patterns of field names.
func (n *node) globs() ([]string, error) {
	list, err := n.list()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, x := range list {
		s, err := x.text()
		if err != nil {
			return nil, err
		}
		if _, err := path.Match(strings.ToLower(s), ""); err != nil || s == "" {
			return nil, x.errorf(`want the name of a field, in which * and ? may stand`)
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, n.errorf("want a field at least; without the key, the rule is for all")
	}
	return out, nil
}

// checkKeys returns a key with which the arguments of keyed transforms are
// looked at before there is one.
func checkKeys() *transform.Keys { return theCheckKeys() }

var theCheckKeys = sync.OnceValue(transform.Ephemeral)
