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

// DetectionVersion is raised whenever the same policy finds something else, or
// writes something else, in the same input. It is part of every PolicyHash, so
// that outputs of an older detection are made anew.
const DetectionVersion = 1

// PolicyHash returns the SHA-256 (FIPS 180-4), in hexadecimal, of everything
// besides the key that decides what the output of an input is: the rules and the
// default behind them, the kinds, fields and regions, what was said of the
// format, the record limit, and the version of the detection. What stands in no
// order is put into one first, so that two ways of saying the same give one hash.
func (p *Pipeline) PolicyHash() string {
	type rule struct {
		Kinds     []string
		Fields    []string
		Transform string
	}
	c := struct {
		Detection int
		Rules     []rule
		Kinds     []string // wanted
		Fields    map[string]string
		Regions   []string
		Format    string
		Options   format.Options
		MaxRecord int
	}{
		Detection: DetectionVersion, Kinds: kindNames(p.plan.wanted), Fields: map[string]string{},
		Regions: sorted(p.cfg.Policy.Regions, strings.ToUpper), Options: p.cfg.FormatOptions, MaxRecord: p.cfg.MaxRecord,
	}
	for _, r := range p.plan.rules {
		c.Rules = append(c.Rules, rule{kindNames(r.Kinds), sorted(r.Fields, strings.ToLower), r.Transform.String()})
	}
	for name, k := range p.cfg.Policy.Fields {
		c.Fields[name] = k.String()
	}
	if p.format != nil {
		c.Format = p.format.Name
	}
	b, err := json.Marshal(c)
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

func kindNames(kinds []detect.Kind) []string {
	names := make([]string, 0, len(kinds))
	for _, k := range kinds {
		names = append(names, k.String())
	}
	slices.Sort(names)
	return names
}

// sorted returns list in one order and one case.
func sorted(list []string, fold func(string) string) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, fold(s))
	}
	slices.Sort(out)
	return slices.Compact(out)
}
