package transform

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Info describes one transform. Help and the tables of the documentation are
// printed from it.
type Info struct {
	Name string
	// Doc is one sentence: what stands for the value.
	Doc    string
	Params []Param
	// Reversible says that the value can be had back with the key.
	Reversible bool
	// NeedsKey says that [New] wants keys.
	NeedsKey bool
	// Preserves says what can still be done with the result.
	Preserves string
	// Attacks says what an attacker who has the result can still learn.
	Attacks string
}

// A Param is a parameter of a transform.
type Param struct {
	Name string
	// Default is the value taken when none is given; empty when then nothing
	// is done.
	Default string
	Doc     string
	// Main says that a bare value is meant for this one.
	Main bool
	// Flag says that it is "true" or "false", and that its name alone says
	// "true".
	Flag bool
}

func (k *Info) param(name string) *Param {
	for i := range k.Params {
		if k.Params[i].Name == name {
			return &k.Params[i]
		}
	}
	return nil
}

// An entry ties a description to its constructor.
type entry struct {
	info *Info
	make func(*arguments, Target, *Keys) (Transform, error)
}

// entries holds every transform, in the order in which help shows them. It is
// filled in init because the constructors' errors lead back to it.
var entries []entry

func init() {
	entries = []entry{
		{&redactInfo, newRedact},
		{&maskInfo, newMask},
		{&truncateInfo, newTruncate},
		{&hashInfo, newHash},
		{&encryptInfo, newEncrypt},
		{&fpeInfo, newFPE},
		{&ipPrefixInfo, newIPPrefix},
		{&shiftInfo, newShift},
		{&generaliseInfo, newGeneralise},
		{&keepInfo, newKeep},
		{&dropInfo, newDrop},
	}
}

// List describes all transforms, in the order in which help shows them.
func List() []Info {
	all := make([]Info, len(entries))
	for i := range entries {
		all[i] = *entries[i].info
		all[i].Params = slices.Clone(all[i].Params)
	}
	return all
}

func lookup(name string) *Info {
	for i := range entries {
		if entries[i].info.Name == name {
			return entries[i].info
		}
	}
	return nil
}

// New makes the transform that spec names for values of target. Without a key
// keys may be nil; where the transform needs one, the error then wraps
// [ErrNoKey], and says so only after the arguments have been found right.
func New(spec Spec, target Target, keys *Keys) (Transform, error) {
	for i := range entries {
		k := &entries[i]
		if k.info.Name != spec.Name {
			continue
		}
		args := &arguments{info: k.info, spec: spec}
		for _, a := range spec.Args {
			if k.info.param(a.Name) == nil {
				return nil, unknownParam(k.info, a.Name)
			}
		}
		t, err := k.make(args, target, keys)
		if args.err != nil {
			return nil, args.err
		}
		return t, err
	}
	return nil, unknownTransform(spec.Name)
}

// arguments reads the values of a spec for a constructor, with the defaults
// that the description states. The first error stays.
type arguments struct {
	info *Info
	spec Spec
	err  error
}

func (a *arguments) fail(name, want string) {
	if a.err == nil {
		a.err = fmt.Errorf("%s: parameter %s wants %s", a.info.Name, name, want)
	}
}

// given reports whether the spec states the parameter.
func (a *arguments) given(name string) bool {
	return slices.ContainsFunc(a.spec.Args, func(g Arg) bool { return g.Name == name })
}

// text gives the value or the default.
func (a *arguments) text(name string) string {
	for _, g := range a.spec.Args {
		if g.Name == name {
			return g.Value
		}
	}
	return a.info.param(name).Default
}

// number gives a whole number from lo to hi, and -1 where there is neither a
// value nor a default.
func (a *arguments) number(name string, lo, hi int) int {
	s := a.text(name)
	if s == "" {
		return -1
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < lo || n > hi {
		a.fail(name, fmt.Sprintf("a whole number from %d to %d", lo, hi))
		return -1
	}
	return n
}

func (a *arguments) choice(name string, options ...string) string {
	s := a.text(name)
	if s != "" && !slices.Contains(options, s) {
		a.fail(name, "one of "+strings.Join(options, ", "))
	}
	return s
}

func (a *arguments) flag(name string) bool {
	return a.choice(name, "true", "false") == "true"
}

// key checks that there are keys, once the arguments have been read.
func (a *arguments) key(keys *Keys) error {
	if a.err != nil {
		return a.err
	}
	if keys.ring() == nil {
		return fmt.Errorf("%s: %w", a.info.Name, ErrNoKey)
	}
	return nil
}
