package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format"
)

// Hash returns the SHA-256 (FIPS 180-4), in hexadecimal, of what the policy
// comes to: the rules with the default and the built-in ones behind them, the
// kinds looked for, and all else that decides what is found and what becomes of
// it. What stands in no order is put into one first, so that two ways of saying
// the same give one hash. Keys are not in it.
func (p *Policy) Hash() string {
	b, err := json.Marshal(p.canonical())
	if err != nil {
		panic("pipeline: a policy of strings cannot be written as JSON: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

type canonicalRule struct {
	Kinds, Fields []string
	Transform     string
}

// canonicalPolicy is what Hash is of. Its form must stay as it is: hashes are
// kept in manifests.
type canonicalPolicy struct {
	Rules     []canonicalRule
	Kinds     []string
	Fields    map[string]string
	Regions   []string
	Custom    []detect.Custom
	Allow     [4][]string
	Labels    []canonicalRule
	TokenBits int
	Rotate    Rotation
	Format    string
	Options   format.Options
}

func (p *Policy) canonical() canonicalPolicy {
	c := canonicalPolicy{
		Kinds: p.kindNames(p.Kinds()), Fields: map[string]string{}, Regions: sortedSet(p.Regions, strings.ToUpper),
		TokenBits: p.TokenBits, Rotate: p.Rotate, Format: strings.TrimSuffix(p.Format, "auto"), Options: p.FormatOptions,
	}
	for _, r := range p.Effective() {
		c.Rules = append(c.Rules, canonicalRule{p.kindNames(r.Kinds), sortedSet(r.Fields, strings.ToLower), r.Transform.String()})
		if len(r.Kinds)+len(r.Fields) == 0 { // nothing behind it is ever asked
			break
		}
	}
	for name, k := range p.Fields {
		c.Fields[strings.ToLower(name)] = p.KindName(k)
	}
	for _, x := range p.Custom {
		x.Literals, x.Words = sortedSet(x.Literals, same), sortedSet(x.Words, same)
		c.Custom = append(c.Custom, x)
	}
	slices.SortFunc(c.Custom, func(a, b detect.Custom) int { return strings.Compare(a.Name, b.Name) })
	var networks []string
	for _, n := range p.Allow.Networks {
		networks = append(networks, n.String())
	}
	c.Allow = [4][]string{
		sortedSet(p.Allow.Values, same), sortedSet(p.Allow.Domains, strings.ToLower),
		sortedSet(p.Allow.Patterns, same), sortedSet(networks, same),
	}
	for _, l := range p.Labels {
		r := canonicalRule{Transform: l.Label}
		for _, n := range l.Networks {
			r.Fields = append(r.Fields, n.String())
		}
		r.Fields = sortedSet(r.Fields, same)
		c.Labels = append(c.Labels, r)
	}
	return c
}

func (p *Policy) kindNames(kinds []detect.Kind) []string {
	var names []string
	for _, k := range kinds {
		names = append(names, p.KindName(k))
	}
	return sortedSet(names, same)
}

func same(s string) string { return s }

// sortedSet returns list in one order and one case, each once.
func sortedSet(list []string, fold func(string) string) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, fold(s))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// DetectionVersion is raised whenever the same policy finds something else, or
// writes something else, in the same input. It is part of every PolicyHash, so
// that outputs of an older detection are made anew.
const DetectionVersion = 2

// PolicyHash returns the SHA-256, in hexadecimal, of everything besides the key
// that decides what the output of an input is: the policy, what was said of the
// format, the record limit, and the version of the detection.
func (p *Pipeline) PolicyHash() string {
	b, err := json.Marshal(struct {
		Detection int
		Policy    string
		Format    string
		Options   format.Options
		MaxRecord int
		Learn     bool `json:",omitempty"`
		Base64    bool `json:",omitempty"`
		Reveal    bool `json:",omitempty"`
	}{DetectionVersion, p.cfg.Policy.Hash(), strings.TrimSuffix(p.cfg.Format, "auto"), p.cfg.FormatOptions, p.cfg.MaxRecord,
		p.cfg.Learn, p.cfg.Base64, p.cfg.Reveal})
	if err != nil {
		panic("pipeline: a policy of strings cannot be written as JSON: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// KeyID names the key that the transforms use; "" without one.
func (p *Pipeline) KeyID() string {
	if p.cfg.Keys == nil {
		return ""
	}
	return p.cfg.Keys.ID()
}
