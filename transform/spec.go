package transform

import (
	"errors"
	"fmt"
	"strings"
)

// A Spec names a transform and its arguments, as a policy or a command line
// writes them:
//
//	NAME[:ARG[,ARG...]]
//
// where ARG is key=value, the name of a yes-or-no parameter, or a bare value
// for the transform's main parameter: "mask:keep=1", "mask:shape",
// "truncate:24".
type Spec struct {
	// Name is a name of [List]: "mask".
	Name string
	// Args are the arguments in the order in which they were written.
	Args []Arg
}

// An Arg is one argument of a [Spec]. A yes-or-no parameter that was written
// without a value has the value "true".
type Arg struct {
	Name  string
	Value string
	// bare says that the value (or the flag) was written without a key, so
	// that String gives back what was read.
	bare bool
}

// ErrNoKey is in the chain of the error that [New] returns for a spec that is
// right and wants a key, when there is none.
var ErrNoKey = errors.New("needs a key: name a key file or a key variable")

// ParseSpec reads a Spec. The name and the parameters have to be known; whether
// the values fit is checked by [New]. Errors name the transform or parameter
// and the nearest known one, never a value.
func ParseSpec(s string) (Spec, error) {
	name, rest, found := strings.Cut(s, ":")
	spec := Spec{Name: strings.TrimSpace(name)}
	k := lookup(spec.Name)
	if k == nil {
		return Spec{}, unknownTransform(spec.Name)
	}
	if !found {
		return spec, nil
	}
	for field := range strings.SplitSeq(rest, ",") {
		arg, err := parseArg(k, strings.TrimSpace(field))
		if err != nil {
			return Spec{}, err
		}
		for _, have := range spec.Args {
			if have.Name == arg.Name {
				return Spec{}, fmt.Errorf("%s: parameter %s stands twice", k.Name, arg.Name)
			}
		}
		spec.Args = append(spec.Args, arg)
	}
	return spec, nil
}

func parseArg(k *Info, field string) (Arg, error) {
	name, value, found := strings.Cut(field, "=")
	if found {
		arg := Arg{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)}
		if k.param(arg.Name) == nil {
			return Arg{}, unknownParam(k, arg.Name)
		}
		if arg.Value == "" {
			return Arg{}, fmt.Errorf("%s: parameter %s has no value", k.Name, arg.Name)
		}
		return arg, nil
	}
	if field == "" {
		return Arg{}, fmt.Errorf("%s: an argument is missing after ':' or ','", k.Name)
	}
	if p := k.param(field); p != nil {
		if !p.Flag {
			return Arg{}, fmt.Errorf("%s: parameter %s has no value", k.Name, field)
		}
		return Arg{Name: field, Value: "true", bare: true}, nil
	}
	for i := range k.Params {
		if k.Params[i].Main {
			return Arg{Name: k.Params[i].Name, Value: field, bare: true}, nil
		}
	}
	return Arg{}, unknownParam(k, field)
}

// String gives the spec as [ParseSpec] reads it.
func (s Spec) String() string {
	var b strings.Builder
	b.WriteString(s.Name)
	for i, a := range s.Args {
		if i == 0 {
			b.WriteByte(':')
		} else {
			b.WriteByte(',')
		}
		switch {
		case !a.bare:
			b.WriteString(a.Name + "=" + a.Value)
		case a.isFlag(s.Name):
			b.WriteString(a.Name)
		default:
			b.WriteString(a.Value)
		}
	}
	return b.String()
}

func (a Arg) isFlag(transform string) bool {
	k := lookup(transform)
	if k == nil {
		return false
	}
	p := k.param(a.Name)
	return p != nil && p.Flag
}

// MarshalText is [Spec.String], for policies and manifests.
func (s Spec) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText is [ParseSpec].
func (s *Spec) UnmarshalText(text []byte) error {
	spec, err := ParseSpec(string(text))
	if err != nil {
		return err
	}
	*s = spec
	return nil
}

// Keeps reports whether values pass as they are, so that a caller need not
// look at them.
func (s Spec) Keeps() bool { return s.Name == "keep" }

// DropsRecord reports whether the whole record that holds the value is to go.
// The transform itself can only drop the value.
func (s Spec) DropsRecord() bool {
	if s.Name != "drop" {
		return false
	}
	for _, a := range s.Args {
		if a.Name == "record" {
			return a.Value == "true"
		}
	}
	return false
}

func unknownTransform(name string) error {
	var names []string
	for i := range entries {
		names = append(names, entries[i].info.Name)
	}
	if hint := nearest(name, names); hint != "" {
		return fmt.Errorf("unknown transform: did you mean %s", hint)
	}
	return fmt.Errorf("unknown transform: know %s", strings.Join(names, ", "))
}

func unknownParam(k *Info, name string) error {
	// What stands before '=' is a name only when it has the form of one; else
	// it may be anything that was pasted there, and is not repeated.
	shown := ""
	if isName(name) {
		shown = " " + name
	}
	var names []string
	for _, p := range k.Params {
		names = append(names, p.Name)
	}
	if len(names) == 0 {
		return fmt.Errorf("%s: takes no parameters", k.Name)
	}
	if hint := nearest(name, names); hint != "" {
		return fmt.Errorf("%s: unknown parameter%s: did you mean %s", k.Name, shown, hint)
	}
	return fmt.Errorf("%s: unknown parameter%s: know %s", k.Name, shown, strings.Join(names, ", "))
}

func isName(s string) bool {
	if s == "" || len(s) > 20 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// nearest gives the known word within two edits, or one that begins so, or "".
func nearest(word string, known []string) string {
	if len(word) > 40 {
		return ""
	}
	word = strings.ToLower(word)
	best, least := "", 3
	for _, k := range known {
		d := edits(word, k)
		if len(word) >= 3 && strings.HasPrefix(k, word) {
			d = 1
		}
		// A word of which most letters had to change is no likeness.
		if d < least && d*2 <= len(k) {
			best, least = k, d
		}
	}
	return best
}

// edits is the Levenshtein distance in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
