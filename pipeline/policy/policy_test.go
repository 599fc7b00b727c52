package policy

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

// secret stands in every wrong policy where a value may have been pasted.
const secret = "zz-mara.keller@example.com-zz"

// wrong are policies that are refused. inSchema says that the schema refuses
// them too.
var wrong = []struct {
	name, text string
	line, col  int
	want       string
	inSchema   bool
}{
	{"unknown key", "rulez: []\n", 1, 1, "did you mean rules", true},
	{"unknown key without likeness", secret + ": 1\n", 1, 1, "unknown key: want description", true},
	{"key of a rule", "rules:\n  - kinds: email\n    transfrm: redact\n", 3, 5, "did you mean transform", true},
	{"rule without transform", "rules:\n  - kinds: email\n", 2, 5, "wants a transform", true},
	{"kind", "rules:\n  - kinds: [email, fone]\n    transform: redact\n", 2, 20, "did you mean phone", true},
	{"kind that is a value", "kinds: [" + secret + "]\n", 1, 9, "unknown kind", true},
	{"custom kind that is not there", "kinds: custom:tickt\ncustom: {ticket: {words: [a]}}\n", 1, 8, "did you mean custom:ticket", false},
	{"transform", "default: haash\n", 1, 10, "did you mean hash", true},
	{"parameter", "default: mask:kep=3\n", 1, 10, "did you mean keep", false},
	{"argument", "default: mask:keep=" + secret + "\n", 1, 10, "wants a whole number", false},
	{"field kind", "fields:\n  caller: fone\n", 2, 11, "did you mean phone", true},
	{"field pattern", "rules:\n  - fields: '[a'\n    transform: redact\n", 2, 13, "name of a field", false},
	{"token bits", "token-bits: 8\n", 1, 13, "from 32 to 256", true},
	{"rotate", "rotate: hourly\n", 1, 9, "daily, monthly", true},
	{"rotate key", "rotate: {evry: daily}\n", 1, 10, "did you mean every", true},
	{"region", "regions: [XX]\n", 1, 11, "ISO 3166-1", false},
	{"network", "allow:\n  networks: [10.0.0.0/99]\n", 2, 14, "want an address", false},
	{"allow key", "allow: {network: private}\n", 1, 9, "did you mean networks", true},
	{"allow pattern", "allow: {patterns: ['(" + secret + "']}\n", 1, 20, "regular expression", false},
	{"label", "labels: {home net: private}\n", 1, 10, "network label", false},
	{"custom name", "custom:\n  Ticket: {words: [x]}\n", 2, 11, "lower-case", true},
	{"custom pattern", "custom:\n  a: {pattern: '(" + secret + "', literal: zz}\n", 2, 6, "not a regular expression", false},
	{"custom without literal", "custom:\n  a: {pattern: 'x+'}\n", 2, 6, "wants a literal", false},
	{"custom timeout", "custom:\n  a: {pattern: 'xx+', literal: xx, timeout: 1h}\n", 2, 45, "1ms to 10s", true},
	{"words file", "custom:\n  a: {words-file: nonesuch}\n", 2, 19, "cannot read", false},
	{"format", "formats: {input: xml}\n", 1, 18, "want auto", true},
	{"delimiter", "formats: {delimiter: ab}\n", 1, 22, "one character", false},
	{"header", "formats: {header: perhaps}\n", 1, 19, "true or false", true},
	{"extends", "extends: system-log\n", 1, 10, "did you mean the preset system-logs", false},
	{"extends a file", "extends: ./nonesuch.yaml\n", 1, 10, "no such file", false},
	{"alias", "default: &a redact\n", 1, 10, "anchors", false},
	{"list", "- redact\n", 1, 1, "mapping", true},
	{"two documents", "default: redact\n---\ndefault: keep\n", 3, 1, "one document", false},
	{"key twice", "default: redact\ndefault: keep\n", 2, 1, "", false},
	{"no YAML", "rules: [\n  " + secret + "\n", 1, 8, "not valid YAML", false},
	{"quote", "default: \"" + secret + "\n", 1, 10, "not valid YAML", false},
	{"deep", strings.Repeat("[", 100000), 1, 33, "levels deep", false},
	{"deep dashes", strings.Repeat("- ", 1000) + "a", 1, 65, "levels deep", false},
}

func TestErrorsHavePlacesAndNoValues(t *testing.T) {
	for _, c := range wrong {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse("p.yaml", []byte(c.text))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an Error", err)
			}
			if e.Line != c.line || e.Column != c.col {
				t.Errorf("at %d:%d, want %d:%d: %v", e.Line, e.Column, c.line, c.col, err)
			}
			if !strings.Contains(e.Msg, c.want) {
				t.Errorf("%q has no %q", e.Msg, c.want)
			}
			if strings.Contains(err.Error(), "keller") || strings.Contains(err.Error(), "\n") {
				t.Errorf("it repeats the text: %v", err)
			}
		})
	}
}

// full uses every key.
const full = `
description: every key
extends: [system-logs]
kinds: [email, phone, ipv4, custom:ticket, custom:project]
skip: phone
fields: {caller: phone, badge: custom:ticket, note: none}
rules:
  - kinds: email
    fields: ["user.*", mail]
    transform: mask:keep=3
  - kinds: [custom:ticket]
    transform: hash
default: keep
token-bits: 96
rotate: {every: monthly, time-field: ts}
allow:
  domains: example.org
  networks: [resolvers, 198.51.100.7, 10.0.0.0/8]
  values: [a@example.com, 12]
  patterns: ['svc-.*']
labels:
  PRIVATE: [private, loopback]
custom:
  ticket: {pattern: 'TCK-\d{4,}', literal: TCK-, timeout: 50ms}
  project: {words: [Blue Bird], ignore-case: true}
regions: [CA, fr]
formats: {input: csv, delimiter: ";", header: false}
`

func TestEveryKeyIsRead(t *testing.T) {
	p, err := Parse("p.yaml", []byte(full))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Only) != 5 || len(p.Skip) != 1 || len(p.Rules) != 3 || p.Default.Name != "keep" || p.TokenBits != 96 ||
		p.Rotate != (pipeline.Rotation{Every: "monthly", Field: "ts"}) || len(p.Labels) != 1 || len(p.Custom) != 2 ||
		len(p.Regions) != 2 || p.Format != "csv" || p.FormatOptions.Comma != ';' || !p.FormatOptions.NoHeader ||
		len(p.Allow.Networks) < 10 || len(p.Allow.Values) != 2 || p.Fields["badge"] != detect.FirstCustom {
		t.Errorf("%+v", p)
	}
	if p.Rules[0].Source != "p.yaml:8" || p.Rules[2].Source != "system-logs:10" {
		t.Errorf("rules stand at %q and %q", p.Rules[0].Source, p.Rules[2].Source)
	}
	for _, k := range keys {
		if !strings.Contains(full, "\n"+k.name+":") {
			t.Errorf("the example has no %s", k.name)
		}
	}
}

func TestTheFileHasTheLastWord(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("base.yaml", "extends: top.yaml\nrules: [{kinds: email, transform: keep}]\ndefault: keep\nfields: {a: phone, b: email}\ncustom: {x: {words: [one]}}\n")
	top := write("top.yaml", "extends: base.yaml\nrules: [{kinds: [email, 'custom:x'], transform: mask}]\ndefault: drop\nfields: {a: email}\ncustom: {x: {words-file: w.txt}}\n")
	write("w.txt", "# words\ntwo\n\nthree\n")
	p, err := Load(top)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.RuleFor(detect.Email, "").Transform.String(); got != "mask" {
		t.Errorf("email: %s, want that of the file", got)
	}
	if p.Default.Name != "drop" || p.Fields["a"] != detect.Email || p.Fields["b"] != detect.Email {
		t.Errorf("default %v, fields %v", p.Default, p.Fields)
	}
	if len(p.Custom) != 1 || strings.Join(p.Custom[0].Words, " ") != "two three" {
		t.Errorf("custom: %v", p.Custom)
	}
}

func TestHashIsOfWhatThePolicyComesTo(t *testing.T) {
	hash := func(text string) string {
		p, err := Parse("p.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return p.Hash()
	}
	same := [][2]string{
		{"", "description: nothing\n"},
		{"kinds: [email, phone]\n", "# so\nkinds: [phone, email, email]\n"},
		{"extends: system-logs\n", "rules: [{transform: redact}]\n"},
		{"fields: {A: phone}\n", "fields: {a: phone}\n"},
		{"default: redact\n", "rules: [{transform: redact}]\ndefault: keep\n"},
		{"custom: {a: {words: [x, y]}, b: {words: [z]}}\nkinds: custom:a\n", "custom: {b: {words: [z]}, a: {words: [y, x]}}\nkinds: custom:a\n"},
	}
	for _, c := range same {
		if hash(c[0]) != hash(c[1]) {
			t.Errorf("%q and %q differ", c[0], c[1])
		}
	}
	seen := map[string]string{}
	for _, text := range []string{"", "kinds: email\n", "skip: email\n", "default: keep\n", "default: mask\n", "default: mask:keep=1\n", "fields: {a: phone}\n",
		"regions: CA\n", "token-bits: 96\n", "rotate: daily\n", "allow: {values: a}\n", "allow: {domains: a}\n", "allow: {networks: private}\n", "allow: {patterns: a}\n",
		"labels: {A: private}\n", "custom: {a: {words: x}}\n", "custom: {a: {words: y}}\n", "formats: {input: csv}\n", "formats: {header: false}\n", full} {
		h := hash(text)
		if before, ok := seen[h]; ok || len(h) != 64 {
			t.Errorf("%q has the hash of %q", text, before)
		}
		seen[h] = text
	}
}

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("policy.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("policy.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(s *jsonschema.Schema, text []byte) error {
	j, err := yaml.YAMLToJSON(text)
	if err != nil {
		return err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(j))
	if err != nil {
		return err
	}
	return s.Validate(doc)
}

func TestSchemaTakesWhatLoadTakes(t *testing.T) {
	s := schema(t)
	for _, p := range Presets() {
		if err := validate(s, p.Text); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	if err := validate(s, []byte(full)); err != nil {
		t.Error(err)
	}
	for _, c := range wrong {
		if c.inSchema && validate(s, []byte(c.text)) == nil {
			t.Errorf("%s: the schema takes it", c.name)
		}
	}
}

// TestSchemaIsShipped wants the schema under docs to be that of the lists;
// UPDATE=1 writes it.
func TestSchemaIsShipped(t *testing.T) {
	const name = "../../docs/policy.schema.json"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, Schema(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(b) || !bytes.Equal(b, Schema()) {
		t.Errorf("%s is not that of the lists: UPDATE=1 go test ./pipeline/policy", name)
	}
}

func TestPresetsLoad(t *testing.T) {
	names := map[string]bool{}
	for _, p := range Presets() {
		if _, err := Load(p.Name); err != nil || p.Doc == "" {
			t.Errorf("%s: %v, described as %q", p.Name, err, p.Doc)
		}
		names[p.Name+".yaml"] = true
	}
	files, err := presetFiles.ReadDir("preset")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !names[f.Name()] {
			t.Errorf("preset %s is in no list", f.Name())
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range wrong {
		if len(c.text) < 1000 {
			f.Add([]byte(c.text))
		}
	}
	f.Add([]byte(full))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := Parse("p.yaml", text)
		var e *Error
		if err != nil && !errors.As(err, &e) {
			t.Errorf("an error without a place: %T", err)
		}
		if err == nil {
			p.Hash()
			Check(&p)
		}
	})
}
