package policy

import (
	"bytes"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// testKeys are the keys of a fixed key file, so that tokens are the same in
// every run.
func testKeys(t *testing.T) *transform.Keys {
	t.Helper()
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(7*i + 1)
	}
	dir, err := os.MkdirTemp("", "key")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	name := filepath.Join(dir, "test.key")
	if err := os.WriteFile(name, []byte(base64.StdEncoding.EncodeToString(key)), 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := transform.LoadKeyFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// run gives what stands for input, and the findings in it, values included.
func run(t *testing.T, cfg pipeline.Config, input []byte) ([]byte, []pipeline.Finding) {
	t.Helper()
	var found []pipeline.Finding
	cfg.Findings = func(f *pipeline.Finding) error {
		found = append(found, *f)
		return nil
	}
	cfg.ShowValues = true
	p, err := pipeline.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := p.Run(context.Background(), pipeline.NewSource(bytes.NewReader(input), "input"), &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), found
}

var tokenForm = regexp.MustCompile(`^[a-z_0-9]+_[a-z2-7]{13,26}$`)

// promises say what may be found in the output of a preset; everything else that
// is found breaks its promise.
var promises = map[string]func(f pipeline.Finding) bool{
	"system-logs": func(pipeline.Finding) bool { return false },
	"web-analytics": func(f pipeline.Finding) bool {
		switch f.Kind {
		case "hostname":
			return f.Field == "url" || f.Field == "referrer"
		case "ipv4":
			return strings.HasSuffix(f.Value, ".0")
		case "ipv6":
			return strings.HasSuffix(f.Value, "::") && strings.Count(f.Value, ":") <= 4
		case "geo":
			return regexp.MustCompile(`^-?\d+(\.\d)?$`).MatchString(f.Value)
		}
		return tokenForm.MatchString(f.Value)
	},
	"session-purge": func(f pipeline.Finding) bool { return f.Kind == "session_id" && f.Field == "contact_id" },
	"shared-statistics": func(f pipeline.Finding) bool {
		switch f.Kind {
		case "gender":
			return true
		case "birth_date":
			return regexp.MustCompile(`^\d{3}0s$`).MatchString(f.Value)
		case "geo":
			return regexp.MustCompile(`^-?\d+$`).MatchString(f.Value)
		}
		return false
	},
	"client-service": func(f pipeline.Finding) bool { return tokenForm.MatchString(f.Value) },
}

// TestPresetsKeepTheirPromise runs each preset over what such a service logs:
// the output is the golden one (UPDATE=1 writes it), nothing is found in it that
// the promise excludes, and no value that was found before stands anywhere in it.
func TestPresetsKeepTheirPromise(t *testing.T) {
	for _, preset := range Presets() {
		t.Run(preset.Name, func(t *testing.T) {
			dir := filepath.Join("../../testdata/presets", preset.Name)
			inputs, err := filepath.Glob(filepath.Join(dir, "input.*"))
			if err != nil || len(inputs) != 1 {
				t.Fatal("want one input: ", inputs, err)
			}
			input, err := os.ReadFile(inputs[0])
			if err != nil {
				t.Fatal(err)
			}
			p, err := Load(preset.Name)
			if err != nil {
				t.Fatal(err)
			}
			promised := promises[preset.Name]
			out, before := run(t, pipeline.Config{Policy: p, Keys: testKeys(t)}, input)
			golden := filepath.Join(dir, "golden"+filepath.Ext(inputs[0]))
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(golden, out, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(out, want) {
				t.Errorf("the output is not %s but\n%s", golden, out)
			}
			_, after := run(t, pipeline.Config{Policy: p.Searching()}, out)
			_, plain := run(t, pipeline.Config{}, out)
			for _, f := range append(after, plain...) {
				if !promised(f) {
					t.Errorf("line %d: %s in field %q is found again", f.Line, f.Kind, f.Field)
				}
			}
			if len(before) == 0 {
				t.Error("nothing is found in the input")
			}
			for _, f := range before {
				if len(f.Value) > 3 && bytes.Contains(out, []byte(f.Value)) && !promised(f) {
					t.Errorf("line %d: a %s of the input is in the output", f.Line, f.Kind)
				}
			}
		})
	}
}

func TestPresetsHaveNoWeakness(t *testing.T) {
	for _, preset := range Presets() {
		p, err := Load(preset.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range Check(&p) {
			if x.Level != "note" {
				t.Errorf("%s: %s: %s", preset.Name, x.Where, x.Msg)
			}
		}
	}
}

func TestCheckFinds(t *testing.T) {
	cases := []struct{ name, text, level, want string }{
		{"IPv4 kept too long", "rules: [{kinds: ipv4, transform: 'truncate:28'}]", "weak", "keeps too much"},
		{"IPv6 household", "rules: [{kinds: ipv6, transform: 'truncate:v6=64'}]", "weak", "household"},
		{"few bits", "rules: [{kinds: email, transform: 'hash:bits=32'}]", "weak", "32 bits"},
		{"few bits in general", "token-bits: 40\nrules: [{kinds: email, transform: hash}]", "weak", "40 bits"},
		{"IPv4 in form", "rules: [{kinds: ipv4, transform: 'hash:form=keep'}]", "weak", "28 bits"},
		{"password hashed", "rules: [{kinds: password, transform: hash}]", "weak", "redact"},
		{"password enciphered", "rules: [{kinds: password, transform: encrypt}]", "weak", "redact"},
		{"secret masked", "rules: [{kinds: api_key, transform: 'mask:keep=4'}]", "weak", "part of a secret"},
		{"mask keeps", "rules: [{kinds: phone, transform: 'mask:keep=8'}]", "weak", "8 characters"},
		{"card", "rules: [{kinds: credit_card, transform: 'mask:keep=8'}]", "weak", "PCI"},
		{"coordinates", "rules: [{kinds: geo, transform: 'truncate:decimals=5'}]", "weak", "house"},
		{"small network", "rules: [{kinds: ipv4, transform: 'generalise:v4=30'}]", "weak", "household"},
		{"gender", "rules: [{kinds: gender, transform: hash}]", "weak", "frequency"},
		{"default keep", "default: keep", "weak", "kinds of later versions"},
		{"shift", "rules: [{kinds: birth_date, transform: 'shift:days=3,by=id'}]", "weak", "month"},
		{"shift of all", "rules: [{kinds: birth_date, transform: shift}]", "weak", "one amount"},
		{"behind", "rules:\n- {kinds: [email, phone], transform: redact}\n- {kinds: phone, fields: a, transform: keep}", "unreachable", "p.yaml:2"},
		{"behind all", "rules:\n- {transform: redact}\n- {kinds: phone, transform: mask}", "unreachable", "p.yaml:2"},
		{"not looked for", "kinds: email\nrules: [{kinds: phone, transform: keep}]", "unreachable", "not looked for"},
		{"no rule", "rules: [{kinds: phone, transform: redact}]", "note", "no rule"},
		{"key", "rules: [{kinds: phone, transform: hash}]", "note", "key"},
		{"rotation", "rotate: daily", "note", "without effect"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p, err := Parse("p.yaml", []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			problems := Check(&p)
			for _, x := range problems {
				if x.Level == c.level && strings.Contains(x.Msg, c.want) {
					return
				}
			}
			t.Errorf("%+v", problems)
		})
	}
	good := "rules:\n- {kinds: [ipv4, ipv6], transform: truncate}\n- {kinds: email, fields: a, transform: 'mask:keep=2'}\n- {kinds: email, transform: hash}\ndefault: redact\n"
	p, err := Parse("p.yaml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range Check(&p) {
		if x.Level != "note" {
			t.Errorf("a good policy: %+v", x)
		}
	}
}

func TestDraftIsAPolicy(t *testing.T) {
	reports := []*pipeline.Report{
		{Kinds: map[string]uint64{"email": 3, "ipv4": 1}, Fields: []pipeline.FieldCount{{Field: "a\nb: c #", Kind: "email", Count: 2}, {Kind: "email", Count: 1}, {Field: strings.Repeat("x", 500), Kind: "ipv4", Count: 1}}},
	}
	for i := range 20 {
		reports[0].Fields = append(reports[0].Fields, pipeline.FieldCount{Field: strings.Repeat("f", i+1), Kind: "email", Count: 1})
	}
	reports[0].Columns = []pipeline.ColumnReport{
		{Column: "mail", Kind: "email", Score: 98, Share: 97, Values: 1000, Evidence: "name and values"},
		{Column: "a\nb", Kind: "phone", Score: 80, Values: 1, Evidence: "name"}, {Column: "id", Values: 3},
	}
	text := Draft(&pipeline.Policy{}, reports)
	p, err := Parse("draft", text)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if len(p.Rules) != 2 || p.RuleFor(detect.IPv4, "").Transform.Name != "truncate" || len(p.Fields) != 0 {
		t.Errorf("%s", text)
	}
	// What is in comments about columns is a part of a policy once it is none.
	_, columns, ok := strings.Cut(string(text), "\n#fields:\n")
	if p, err = Parse("draft", []byte("fields:\n"+strings.ReplaceAll("\n"+columns, "\n#  ", "\n  "))); !ok || err != nil || p.Fields["mail"] != detect.Email || p.Fields["a\nb"] != detect.Phone || len(p.Fields) != 2 {
		t.Errorf("%v: %v\n%s", err, p.Fields, text)
	}
}
