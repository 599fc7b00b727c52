package policy

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

var customKeys = []string{"pattern", "literal", "timeout", "words", "words-file", "ignore-case"}

// custom reads the custom kinds of the document into p; those of the same name
// are replaced.
func (d *document) custom(p *pipeline.Policy) error {
	v, err := d.value("custom")
	if v == nil || err != nil {
		return err
	}
	entries, err := v.entries()
	if err != nil {
		return err
	}
	for _, e := range entries {
		c, err := d.customKind(e)
		if err != nil {
			return err
		}
		// Alone, so that what is wrong is at its place.
		if _, err := detect.New(detect.Options{Kinds: []detect.Kind{}, Custom: []detect.Custom{c}}); err != nil {
			return e.value.errorf("%s", strings.TrimPrefix(err.Error(), "detect: "))
		}
		if i := slices.IndexFunc(p.Custom, func(x detect.Custom) bool { return x.Name == c.Name }); i >= 0 {
			p.Custom[i] = c
		} else {
			p.Custom = append(p.Custom, c)
		}
	}
	if _, err := detect.New(detect.Options{Kinds: []detect.Kind{}, Custom: p.Custom}); err != nil {
		return v.errorf("%s", strings.TrimPrefix(err.Error(), "detect: "))
	}
	return nil
}

func (d *document) customKind(e entry) (detect.Custom, error) {
	c := detect.Custom{Name: e.key}
	entries, err := e.value.entries()
	if err != nil {
		return c, err
	}
	for _, e := range entries {
		switch e.key {
		case "pattern":
			c.Pattern, err = e.value.text()
		case "literal":
			c.Literals, err = e.value.texts()
		case "timeout":
			c.Timeout, err = e.value.duration()
		case "words":
			var words []string
			words, err = e.value.texts()
			c.Words = append(c.Words, words...)
		case "words-file":
			err = d.wordsFile(e.value, &c)
		case "ignore-case":
			c.IgnoreCase, err = e.value.truth()
		default:
			err = e.at.unknown("key of a custom kind", e.key, customKeys)
		}
		if err != nil {
			return c, err
		}
	}
	return c, nil
}

// wordsFile reads a file with a value on each line; lines that begin with # are
// comments.
func (d *document) wordsFile(v *node, c *detect.Custom) error {
	name, err := v.text()
	if err != nil {
		return err
	}
	text, err := readFile(d.beside(filepath.FromSlash(name)))
	if err != nil {
		return v.errorf("cannot read the file of words: %v", err)
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			c.Words = append(c.Words, line)
		}
	}
	return nil
}

var allowKeys = []string{"values", "domains", "networks", "patterns"}

// allow reads the allow lists, which are added to those that are there.
func (d *document) allow(v *node, p *pipeline.Policy) error {
	entries, err := v.entries()
	if err != nil {
		return err
	}
	for _, e := range entries {
		var texts []string
		switch e.key {
		case "values":
			texts, err = e.value.texts()
			p.Allow.Values = append(p.Allow.Values, texts...)
		case "domains":
			texts, err = e.value.texts()
			p.Allow.Domains = append(p.Allow.Domains, texts...)
		case "networks":
			more, nerr := e.value.networks()
			p.Allow.Networks, err = append(p.Allow.Networks, more...), nerr
		case "patterns":
			err = e.value.patterns(p)
		default:
			err = e.at.unknown("key of allow", e.key, allowKeys)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (n *node) patterns(p *pipeline.Policy) error {
	list, err := n.list()
	if err != nil {
		return err
	}
	for _, x := range list {
		s, err := x.text()
		if err != nil {
			return err
		}
		if _, err := detect.New(detect.Options{Kinds: []detect.Kind{}, Allow: detect.Allow{Patterns: []string{s}}}); err != nil || s == "" {
			return x.errorf("want a regular expression for the whole value")
		}
		p.Allow.Patterns = append(p.Allow.Patterns, s)
	}
	return nil
}

// labels reads what stands for addresses of networks.
func (d *document) labels(v *node, p *pipeline.Policy) error {
	entries, err := v.entries()
	if err != nil {
		return err
	}
	var out []pipeline.NetworkLabel
	for _, e := range entries {
		networks, err := e.value.networks()
		if err != nil {
			return err
		}
		l := pipeline.NetworkLabel{Label: e.key, Networks: networks}
		if err := l.Check(); err != nil {
			return e.at.errorf("%v", err)
		}
		out = append(out, l)
	}
	p.Labels = append(out, p.Labels...)
	return nil
}
