package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

var tokenPattern = regexp.MustCompile(`[a-z0-9]+_[a-z2-7]{13}`)

// hostile draws values that a transform may trip over: of no kind, of another,
// too long, empty in the middle, with bytes of no character set.
func hostile(kind detect.Kind) *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"\x00\x00", "\xff\xfe\xfd", "[EMAIL]x", "enc~email~aaaaa~bbbb~", "%00%ff%", "999.999.999.999", "::::::", "+-+-+-",
			"00:00:00:00:00:00:00", "9999-99-99", "1e999", "NaN", "é́̂", "\u202e\u0000x", "a@b@c", strings.Repeat("9", 5000), strings.Repeat("é", 3000),
			"203.0.113.42", "mara.keller@example.com", "+15147872100", "1984-06-11", "45.5017", "4111111111111111", "00:1b:63:84:45:e6",
		}),
		rapid.StringN(2, 40, 200),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 2, 60), func(b []byte) string { return string(b) }),
	)
}

// specs are the transforms that take a value away, with arguments that make them
// fail on most values too.
var specs = []string{
	"redact", "redact:label=X", "mask", "mask:keep=4", "mask:keep-first=2,keep=2", "mask:shape", "truncate", "truncate:to=8", "truncate:to=month",
	"hash", "hash:form=keep", "hash:bits=32", "hash:kid", "encrypt", "encrypt:canonical", "fpe", "fpe:keep=2", "ip-prefix", "ip-prefix:cryptopan",
	"shift", "shift:days=10", "generalise", "generalise:bucket=10", "generalise:digits=2", "drop",
}

// TestNeverOpen: whatever stands in a field that is of a kind, no transform lets
// it through, alone or in a longer text.
func TestNeverOpen(t *testing.T) {
	keys := testKeys(t)
	pipelines := map[string]*Pipeline{}
	rapid.Check(t, func(t *rapid.T) {
		info := rapid.SampledFrom(detect.Kinds()).Draw(t, "kind")
		spec := rapid.SampledFrom(specs).Draw(t, "transform")
		value := strings.Map(func(r rune) rune {
			if r == '\n' || r == '\r' {
				return '.'
			}
			return r
		}, hostile(info.Kind).Draw(t, "value"))
		name := info.Name + "=" + spec
		p := pipelines[name]
		if p == nil {
			s, err := transform.ParseSpec(spec)
			if err != nil {
				t.Fatal(err)
			}
			// Every kind, since hostile values may be of another.
			p, err = New(Config{Policy: Policy{Default: s, Fields: map[string]detect.Kind{"zz_field": info.Kind}}, Keys: keys, Workers: 1, Format: "jsonl"})
			if err != nil {
				t.Fatal(err)
			}
			pipelines[name] = p
		}
		line, err := json.Marshal(map[string]string{"zz_field": value})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		var found []Finding
		search := p.cfg
		search.Policy = search.Policy.Searching()
		search.ShowValues = true
		search.Findings = func(f *Finding) error { found = append(found, *f); return nil }
		looking, err := New(search)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := looking.Run(context.Background(), NewSource(bytes.NewReader(line), "x"), nil); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Run(context.Background(), NewSource(bytes.NewReader(line), "x"), &out); err != nil {
			t.Fatal(err)
		}
		if !json.Valid(out.Bytes()) {
			t.Fatalf("%s: the output is no JSON", name)
		}
		// A value that was found is not there as it was, but for coarse parts of
		// it that are its whole.
		for _, f := range found {
			if len(f.Value) > 6 && bytes.Contains(out.Bytes(), []byte(f.Value)) && !coarse(spec, f.Value) {
				t.Fatalf("%s lets a value of %d bytes through: %q becomes %q", name, len(f.Value), line, out.Bytes())
			}
		}
	})
}

// coarse says whether a value is no finer than what its transform gives: an
// address whose host part is zero, or nothing but what masks are made of.
func coarse(spec, value string) bool {
	if strings.HasPrefix(spec, "truncate") || strings.HasPrefix(spec, "generalise") {
		return strings.HasSuffix(value, "0") || strings.HasSuffix(value, ":")
	}
	return strings.HasPrefix(spec, "mask") && strings.Trim(value, "*x0-.:+ ()[]@_/\\") == ""
}

// TestOnePersonOneToken: a log, a CSV file, JSON lines and a Parquet file tell of
// one person in different spellings, and each has the same token.
func TestOnePersonOneToken(t *testing.T) {
	p := set(t, "email,phone,ipv4,ipv6=hash")
	note := "from ::ffff:203.0.113.42, +1 (514) 787-2100"
	inputs := map[string][]byte{
		"log":     []byte("2026-03-14 login MARA.Keller@example.com from 203.0.113.42, call +1 514-787-2100 now\n"),
		"url":     []byte("GET /a?email=mara.keller%40example.com&ip=203.0.113.42 and tel:+15147872100\n"),
		"csv":     []byte("id,email,ip,phone\n1,\"Mara.Keller@EXAMPLE.com\",::ffff:203.0.113.42,+15147872100\n"),
		"jsonl":   []byte(`{"user":{"email":"mara.keller\u0040example.com","phone":15147872100},"ip":"::FFFF:cb00:712a"}` + "\n"),
		"parquet": parquetOf(t, []call{{ID: 1, Email: "mara.keller@Example.com", Note: &note}}),
	}
	want := map[string]string{}
	for name, in := range inputs {
		out, _ := runOn(t, Config{Policy: p, Keys: testKeys(t)}, bytes.NewReader(in))
		got := map[string]string{}
		text := out
		if name == "parquet" {
			row := rowsOf(t, []byte(out))[0]
			text = row.Email + " " + *row.Note
		}
		for _, token := range tokenPattern.FindAllString(text, -1) {
			kind, _, _ := strings.Cut(token, "_")
			got[kind] = token
		}
		if len(got) != 3 {
			t.Errorf("%s: %d kinds of tokens, want 3: %s", name, len(got), text)
		}
		for kind, token := range got {
			if want[kind] == "" {
				want[kind] = token
			}
			if want[kind] != token {
				t.Errorf("%s: another %s", name, kind)
			}
		}
	}
}

func TestLabelsOfNetworks(t *testing.T) {
	private, _ := detect.NetworkSet("private")
	p := Policy{Labels: []NetworkLabel{{"PRIVATE", private}}}
	out, _ := runOn(t, Config{Policy: p}, strings.NewReader("10.1.2.3 ::ffff:192.168.0.9 203.0.113.9 fd00::7\n"))
	if out != "[PRIVATE] [PRIVATE] 203.0.113.0 [PRIVATE]\n" {
		t.Error(out)
	}
	p.Labels[0].Label = "home net"
	if _, err := New(Config{Policy: p}); err == nil {
		t.Error("a label with a space is taken")
	}
}
