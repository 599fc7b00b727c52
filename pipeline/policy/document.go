package policy

import (
	"net/netip"
	"path/filepath"
	"strings"
	"time"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/transform"
)

// A document is one file or preset.
type document struct {
	name string
	root *node
}

// keys are the words of a document, with the reader of each and what the schema
// says of it. The order is that of the documentation.
var keys []key

type key struct {
	name   string
	read   func(d *document, v *node, p *pipeline.Policy) error
	schema map[string]any
}

// init breaks the circle from a reader to the list, in which it looks for words.
func init() {
	keys = []key{
		{"description", (*document).description, text("What the policy is for.")},
		{"extends", nil, oneOrMore(text("A preset or a file: what it says holds where this file does not."))},
		{"kinds", (*document).kinds, oneOrMore(kindSchema())},
		{"skip", (*document).skip, oneOrMore(kindSchema())},
		{"fields", (*document).fields, mapOf("Kind of the values of a field, by its name; none: nothing special.", kindOrNone())},
		{"rules", (*document).rules, ruleSchema()},
		{"default", (*document).defaults, transformSchema()},
		{"token-bits", (*document).tokenBits, map[string]any{"type": "integer", "minimum": 32, "maximum": 256, "description": "Length of the tokens of hash, in bits."}},
		{"rotate", (*document).rotate, rotateSchema()},
		{"allow", (*document).allow, allowSchema()},
		{"labels", (*document).labels, mapOf("Networks whose addresses give way to a label, by label.", oneOrMore(networkSchema()))},
		{"custom", nil, customSchema()},
		{"regions", (*document).regions, oneOrMore(map[string]any{"type": "string", "pattern": "^[A-Za-z]{2}$", "description": "ISO 3166-1 code of a region whose national phone numbers are looked for."})},
		{"formats", (*document).formats, formatSchema()},
	}
}

func keyNames() (names []string) {
	for _, k := range keys {
		names = append(names, k.name)
	}
	return names
}

// value returns the value of a key of the document; nil if it is not there.
func (d *document) value(name string) (*node, error) {
	entries, err := d.root.entries()
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.key == name {
			return e.value, nil
		}
	}
	return nil, nil
}

// extends returns what the document extends.
func (d *document) extends() ([]*node, error) {
	v, err := d.value("extends")
	if v == nil || err != nil {
		return nil, err
	}
	if _, err := v.texts(); err != nil {
		return nil, err
	}
	return v.list()
}

// compose lays the documents over each other.
func (l *loader) compose() (pipeline.Policy, error) {
	p := pipeline.Policy{Fields: map[string]detect.Kind{}}
	for i := len(l.documents) - 1; i >= 0; i-- {
		if err := l.documents[i].custom(&p); err != nil {
			return p, err
		}
	}
	for i := len(l.documents) - 1; i >= 0; i-- {
		if err := l.documents[i].apply(&p); err != nil {
			return p, err
		}
	}
	return p, nil
}

// apply lays the document over p, which has all custom kinds already.
func (d *document) apply(p *pipeline.Policy) error {
	entries, err := d.root.entries()
	if err != nil {
		return err
	}
next:
	for _, e := range entries {
		for _, k := range keys {
			if k.name != e.key {
				continue
			}
			if k.read != nil {
				if err := k.read(d, e.value, p); err != nil {
					return err
				}
			}
			continue next
		}
		return e.at.unknown("key", e.key, keyNames())
	}
	return nil
}

func (d *document) description(v *node, _ *pipeline.Policy) error {
	_, err := v.text()
	return err
}

// kindNames returns the names that may stand for a kind.
func kindNames(p *pipeline.Policy) (names []string) {
	for _, k := range detect.Kinds() {
		names = append(names, k.Name)
	}
	for _, c := range p.Custom {
		names = append(names, "custom:"+c.Name)
	}
	return names
}

func (n *node) kind(p *pipeline.Policy) (detect.Kind, error) {
	s, err := n.text()
	if err != nil {
		return detect.None, err
	}
	k, err := p.ParseKind(s)
	if err != nil {
		names := kindNames(p)
		if near := nearest(s, names); near != "" {
			return k, n.errorf("unknown kind: did you mean %s", near)
		}
		return k, n.errorf("unknown kind: scrim kinds lists them")
	}
	return k, nil
}

func (n *node) kindList(p *pipeline.Policy) ([]detect.Kind, error) {
	list, err := n.list()
	if err != nil {
		return nil, err
	}
	var out []detect.Kind
	for _, x := range list {
		k, err := x.kind(p)
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

func (d *document) kinds(v *node, p *pipeline.Policy) (err error) {
	p.Only, err = v.kindList(p)
	if err == nil && len(p.Only) == 0 {
		return v.errorf("want a kind at least; without the key, all are looked for")
	}
	return err
}

func (d *document) skip(v *node, p *pipeline.Policy) error {
	list, err := v.kindList(p)
	p.Skip = append(p.Skip, list...)
	return err
}

func (d *document) fields(v *node, p *pipeline.Policy) error {
	entries, err := v.entries()
	if err != nil {
		return err
	}
	for _, e := range entries {
		k := detect.None
		if s, err := e.value.text(); err != nil || s != "none" {
			if k, err = e.value.kind(p); err != nil {
				return err
			}
		}
		p.Fields[e.key] = k
	}
	return nil
}

func (d *document) regions(v *node, p *pipeline.Policy) error {
	list, err := v.list()
	if err != nil {
		return err
	}
	for _, x := range list {
		s, err := x.text()
		if err == nil && len(s) == 2 {
			_, err = detect.New(detect.Options{Kinds: []detect.Kind{}, Regions: []string{s}})
		}
		if err != nil || len(s) != 2 {
			return x.errorf("want the two letters of a region, such as CA or FR (ISO 3166-1)")
		}
		p.Regions = append(p.Regions, strings.ToUpper(s))
	}
	return nil
}

// spec reads a transform.
func (n *node) spec() (transform.Spec, error) {
	s, err := n.text()
	if err != nil {
		return transform.Spec{}, err
	}
	spec, err := transform.ParseSpec(s)
	if err != nil {
		return spec, n.errorf("%v", err)
	}
	// The arguments are looked at with a key that nothing is made with.
	if _, err := transform.New(spec, transform.Target{Label: "X", Domain: "x"}, checkKeys()); err != nil {
		return spec, n.errorf("%v", err)
	}
	return spec, nil
}

func (d *document) defaults(v *node, p *pipeline.Policy) (err error) {
	p.Default, err = v.spec()
	return err
}

func (d *document) tokenBits(v *node, p *pipeline.Policy) (err error) {
	p.TokenBits, err = v.number(32, 256)
	return err
}

// rotate reads "daily", or a mapping with the field that holds the time.
func (d *document) rotate(v *node, p *pipeline.Policy) error {
	if every, err := v.choice("daily", "monthly", "never"); err == nil {
		p.Rotate = pipeline.Rotation{Every: strings.TrimSuffix(every, "never")}
		return nil
	}
	entries, err := v.entries()
	if err != nil {
		return v.errorf("want daily, monthly or never, or a mapping with every and time-field")
	}
	r := pipeline.Rotation{}
	for _, e := range entries {
		switch e.key {
		case "every":
			if r.Every, err = e.value.choice("daily", "monthly"); err != nil {
				return err
			}
		case "time-field":
			if r.Field, err = e.value.text(); err != nil {
				return err
			}
		default:
			return e.at.unknown("key", e.key, []string{"every", "time-field"})
		}
	}
	if r.Every == "" {
		return v.errorf("want every: daily or monthly")
	}
	p.Rotate = r
	return nil
}

func (d *document) formats(v *node, p *pipeline.Policy) error {
	entries, err := v.entries()
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch e.key {
		case "input":
			s, err := e.value.text()
			if _, ok := format.ByName(s); err != nil || !ok && s != "auto" {
				return e.value.errorf("want auto, %s", format.Names())
			}
			p.Format = s
		case "delimiter":
			s, err := e.value.text()
			if s == `\t` {
				s = "\t"
			}
			if err != nil || len(s) != 1 {
				return e.value.errorf("want one character")
			}
			p.FormatOptions.Comma = s[0]
		case "header":
			header, err := e.value.truth()
			if err != nil {
				return err
			}
			p.FormatOptions.NoHeader = !header
		default:
			return e.at.unknown("key", e.key, []string{"input", "delimiter", "header"})
		}
	}
	return nil
}

// networks reads names of sets, addresses and prefixes.
func (n *node) networks() (out []netip.Prefix, err error) {
	list, err := n.list()
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		s, err := x.text()
		if err != nil {
			return nil, err
		}
		if set, ok := detect.NetworkSet(s); ok {
			out = append(out, set...)
			continue
		}
		if a, err := netip.ParseAddr(s); err == nil && a.Zone() == "" {
			out = append(out, netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, x.errorf("want an address, a network such as 10.0.0.0/8, or one of %s", strings.Join(detect.NetworkSets(), ", "))
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// beside returns the path of a file that the document names.
func (d *document) beside(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(d.name), name)
}

func (n *node) duration() (time.Duration, error) {
	s, err := n.text()
	if err == nil {
		if t, err := time.ParseDuration(s); err == nil && t >= time.Millisecond && t <= 10*time.Second {
			return t, nil
		}
	}
	return 0, n.errorf("want a time from 1ms to 10s, such as 50ms")
}
