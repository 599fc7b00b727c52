package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// A Problem is something in a policy that whoever signs it should know.
type Problem struct {
	// Level is "weak" (more stays than the transform's name says), "unreachable"
	// (a rule that no value comes to) or "note".
	Level string `json:"level"`
	// Where is the place of the rule: "web.yaml:12"; "built in" or "default".
	Where string `json:"where"`
	// Kinds are those that it is about; empty means all of the rule.
	Kinds []string `json:"kinds,omitempty"`
	Msg   string   `json:"message"`
}

// Check returns the problems of a policy: rules in their order, then notes.
func Check(p *pipeline.Policy) []Problem {
	var out []Problem
	wanted := p.Kinds()
	rules := p.Effective()
	builtIn := len(rules) - len(pipeline.DefaultRules())
	for i, r := range rules[:builtIn] {
		if msg := unreachable(rules[:i], r, wanted); msg != "" && r.Source != "default" {
			out = append(out, Problem{Level: "unreachable", Where: r.Source, Msg: msg})
			continue
		}
		out = append(out, weaknesses(p, rules, i, wanted)...)
	}
	return append(out, notes(p, rules, builtIn, wanted)...)
}

// covers says whether rule r is for every value of kind k that a rule with the
// given fields is for.
func covers(r pipeline.Rule, k detect.Kind, fields []string) bool {
	if len(r.Kinds) > 0 && !slices.Contains(r.Kinds, k) {
		return false
	}
	if len(r.Fields) == 0 {
		return true
	}
	if len(fields) == 0 {
		return false
	}
	for _, f := range fields {
		if !slices.ContainsFunc(r.Fields, func(g string) bool { return strings.EqualFold(f, g) }) {
			return false
		}
	}
	return true
}

// unreachable says why no value comes to rule r, behind those before it; ""
// when some may. What another document's rule covers is covered on purpose.
func unreachable(before []pipeline.Rule, r pipeline.Rule, wanted []detect.Kind) string {
	kinds := r.Kinds
	if len(kinds) == 0 {
		kinds = wanted
	}
	looked := false
	var by []string
	for _, k := range kinds {
		if !slices.Contains(wanted, k) {
			continue
		}
		looked = true
		i := slices.IndexFunc(before, func(b pipeline.Rule) bool { return covers(b, k, r.Fields) })
		if i < 0 {
			return ""
		}
		if documentOf(before[i].Source) != documentOf(r.Source) {
			return ""
		}
		if !slices.Contains(by, before[i].Source) {
			by = append(by, before[i].Source)
		}
	}
	if !looked {
		return "its kinds are not looked for"
	}
	return "every value is taken by " + strings.Join(by, ", ")
}

func documentOf(source string) string { return source[:strings.LastIndexByte(source, ':')+1] }

// weaknesses returns what is weak in rule i for the kinds that come to it.
func weaknesses(p *pipeline.Policy, rules []pipeline.Rule, i int, wanted []detect.Kind) []Problem {
	r := rules[i]
	byMsg := map[string][]string{}
	var order []string
	for _, k := range wanted {
		if len(r.Kinds) > 0 && !slices.Contains(r.Kinds, k) {
			continue
		}
		if slices.ContainsFunc(rules[:i], func(b pipeline.Rule) bool { return covers(b, k, r.Fields) }) {
			continue
		}
		if msg := weakness(p, k, r.Transform, len(r.Kinds)+len(r.Fields) == 0); msg != "" {
			if byMsg[msg] == nil {
				order = append(order, msg)
			}
			byMsg[msg] = append(byMsg[msg], p.KindName(k))
		}
	}
	var out []Problem
	for _, msg := range order {
		out = append(out, Problem{Level: "weak", Where: r.Source, Kinds: byMsg[msg], Msg: msg})
	}
	return out
}

var (
	secrets   = []detect.Kind{detect.Password, detect.APIKey, detect.JWT, detect.PrivateKey, detect.URLUserinfo, detect.Cookie}
	fewValues = []detect.Kind{detect.Gender, detect.BirthDate, detect.Geo}
	addresses = []detect.Kind{detect.IPv4, detect.IPv6}
)

// weakness says what is weak about a transform for a kind. all: the rule is for
// whatever no other is for.
func weakness(p *pipeline.Policy, k detect.Kind, s transform.Spec, all bool) string {
	secret := slices.Contains(secrets, k)
	switch s.Name {
	case "keep":
		switch {
		case secret:
			return "a secret stays as it is"
		case all:
			return "what no rule is for stays as it is, kinds of later versions too"
		}
	case "truncate":
		return weakTruncate(k, s)
	case "mask":
		shown := number(s, "keep", 0) + number(s, "keep-first", 0)
		switch {
		case k == detect.CreditCard && (number(s, "keep", 0) > 4 || number(s, "keep-first", 0) > 6):
			return "more than the first six and the last four digits of a card stay (PCI DSS, requirement 3.4)"
		case secret && shown > 0:
			return "part of a secret stays"
		case k != detect.CreditCard && shown > 4:
			return fmt.Sprintf("%d characters stay: with the region or the domain they name few people", shown)
		case flag(s, "shape") && slices.Contains(addresses, k):
			return "the shape of an address is no mask worth the name: redact, or truncate"
		}
	case "hash":
		bits := number(s, "bits", p.TokenBits)
		switch {
		case secret:
			return "who has the key can try passwords and tokens until one fits: redact"
		case bits > 0 && bits < 64:
			return fmt.Sprintf("tokens of %d bits: two of %s values share one with even odds", bits, magnitude(bits))
		case k == detect.IPv4 && argument(s, "form") == "keep":
			return "28 bits in the form of an address: two of 19,000 addresses share one with even odds"
		case slices.Contains(fewValues, k):
			return "so few values that their frequency tells them: generalise or redact"
		}
	case "encrypt", "fpe":
		if secret {
			return "a secret that can be had back: redact"
		}
	case "generalise":
		if slices.Contains(addresses, k) && (number(s, "v4", 16) > 24 || number(s, "v6", 32) > 48) {
			return "the network is so small that it may be one household: v4=24 and v6=48 at most"
		}
	case "shift":
		if argument(s, "by") == "" {
			return "dates of all people move by one amount, so that one that is known gives the rest: say by=FIELD, the field that says whose they are"
		}
		if number(s, "days", 365) < 30 {
			return "dates move by less than a month: the season and the order of people stay"
		}
	}
	return ""
}

func weakTruncate(k detect.Kind, s transform.Spec) string {
	to := number(s, "to", 0)
	v4, v6 := number(s, "v4", 24), number(s, "v6", 48)
	if to > 0 && to <= 32 {
		v4, v6 = number(s, "v4", to), number(s, "v6", min(2*to, 64))
	}
	switch {
	case k == detect.IPv4 && v4 > 24:
		return fmt.Sprintf("/%d keeps too much: it holds %d addresses; 24 at most", v4, 1<<(32-min(v4, 32)))
	case k == detect.IPv6 && v6 > 48:
		return fmt.Sprintf("/%d keeps too much: /56 and /64 are one household; 48 at most", v6)
	case k == detect.Geo && number(s, "decimals", min(max(to, 1), 3)) >= 3:
		return "three decimals are 110 metres: a house; 1 at most"
	case k == detect.BirthDate && argument(s, "to") == "day":
		return "the whole date of birth stays"
	case slices.Contains(secrets, k) && number(s, "runes", to) > 0:
		return "part of a secret stays"
	}
	return ""
}

// notes says what holds by default, and what wants a key.
func notes(p *pipeline.Policy, rules []pipeline.Rule, builtIn int, wanted []detect.Kind) []Problem {
	var out []Problem
	without := map[string][]string{}
	var keyed []string
	for _, k := range wanted {
		i := slices.IndexFunc(rules, func(r pipeline.Rule) bool { return covers(r, k, nil) })
		if i >= builtIn {
			t := rules[i].Transform.String()
			without[t] = append(without[t], p.KindName(k))
		}
		if slices.ContainsFunc(rules[:i+1], func(r pipeline.Rule) bool {
			return (len(r.Kinds) == 0 || slices.Contains(r.Kinds, k)) && needsKey(r.Transform)
		}) {
			keyed = append(keyed, p.KindName(k))
		}
	}
	for _, r := range pipeline.DefaultRules() {
		t := r.Transform.String()
		if without[t] != nil {
			out = append(out, Problem{Level: "note", Where: "built in", Kinds: without[t], Msg: "no rule is for them: " + t})
			delete(without, t)
		}
	}
	if keyed != nil {
		out = append(out, Problem{Level: "note", Where: "key", Kinds: keyed, Msg: "a key is needed"})
	}
	if p.Rotate.Every != "" && keyed == nil {
		out = append(out, Problem{Level: "note", Where: "rotate", Msg: "without effect: no transform needs a key"})
	}
	return out
}

func needsKey(s transform.Spec) bool {
	return slices.ContainsFunc(transform.List(), func(i transform.Info) bool { return i.Name == s.Name && i.NeedsKey })
}

func argument(s transform.Spec, name string) string {
	for _, a := range s.Args {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

func flag(s transform.Spec, name string) bool { return argument(s, name) == "true" }

func number(s transform.Spec, name string, otherwise int) int {
	if n, err := strconv.Atoi(argument(s, name)); err == nil {
		return n
	}
	return otherwise
}

// magnitude says of how many values two share a token of so many bits with even
// odds: 1.18 times the square root of the tokens that there are.
func magnitude(bits int) string {
	n, unit := 1.18, ""
	for range bits {
		n *= 1.4142135623730951
	}
	switch {
	case n >= 1e9:
		n, unit = n/1e9, " billion"
	case n >= 1e6:
		n, unit = n/1e6, " million"
	}
	return strconv.FormatFloat(n, 'f', 0, 64) + unit
}
