package detect

import (
	"slices"
	"strings"
	"testing"
)

// An evidenceCase is a text and what is found in it.
type evidenceCase struct {
	name, text string
	want       []string
}

func testEvidence(t *testing.T, kinds []Kind, cases []evidenceCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := spans(t, Options{Kinds: kinds}, c.text); !slices.Equal(got, c.want) {
				t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
			}
		})
	}
}

// TestEvidencePlaces puts one line for each detector in many places of a text.
func TestEvidencePlaces(t *testing.T) {
	for _, c := range []struct {
		line, want string
	}{
		{"user=zoe7", "username:zoe7"},
		{`{"session_id":"a81bc81b"}`, "session_id:a81bc81b"},
		{`{\"user\":\"zoe7\"}`, "username:zoe7"},
		{"<hostname>db-7</hostname>", "hostname:db-7"},
		{"Failed password for zoe7 from", "username:zoe7"},
		{"open /home/zoe7/x", "username:zoe7"},
		{"get api.example.com now", "hostname:api.example.com"},
		{"dial tcp://db7:5432 failed", "hostname:db7"},
		{"with Dr. Anna Berg today", "person:Anna Berg"},
		{"at 12 Main Street now", "address:12 Main Street"},
		{"h $6$saltsalt$" + strings.Repeat("aB3./x", 15)[:86] + " h", "password:$6$saltsalt$" + strings.Repeat("aB3./x", 15)[:86]},
	} {
		for _, place := range []struct{ name, before, after string }{
			{"alone", "", ""},
			{"first", "", "\nrest of it"},
			{"last", "x\n", ""},
			{"middle", "x\n", "\nrest of it"},
			{"at the chunk border", strings.Repeat("x", 8192-8) + "\n", "\n"},
			{"before the chunk border", strings.Repeat("x", 8192-len(c.line)-1) + "\n", "\n"},
			{"behind the chunk border", strings.Repeat("x", 8191) + "\n", "\n"},
		} {
			if got := spans(t, Options{}, place.before+c.line+place.after); !slices.Equal(got, []string{c.want}) {
				t.Errorf("%s, %s: %q, want %q", c.line, place.name, got, c.want)
			}
		}
		if got := spans(t, Options{}, strings.Repeat(c.line+"\n", 3)); len(got) != 3 {
			t.Errorf("%s, three times: %q", c.line, got)
		}
	}
}

// hostile are texts that a scan must take in time linear in their length.
var hostile = map[string]string{
	"open quotes":  `user="`,
	"keys":         "password=",
	"spaced keys":  "account name : ",
	"escapes":      `\\\\\"user\\\\\":`,
	"elements":     "</user",
	"plist":        "<key>user</key>",
	"labels":       "a.b-c.",
	"dots":         "aa..com",
	"names":        "Anna Berg ",
	"name list":    "Anna, Berg, ",
	"streets":      "12 Main ",
	"units":        "12 Main Street Suite 5 ",
	"homes":        "/home/",
	"clocks":       "10:00:00 ",
	"sudo":         "a : TTY=",
	"parentheses":  "((to (uid=",
	"users":        "for user user ",
	"urls":         "http://a@",
	"hashes":       "$6$$6$",
	"lists":        `"users":["a","b",`,
	"neighbours":   `{"key":"name","value":`,
	"same user":    "user=zoe7 zoe7 ",
	"backslashes":  `\`,
	"spaces":       "user=   ",
	"brackets":     "user=[",
	"accesses":     "- - [10/Oct/2000:13:55:36",
	"wide":         "address: a ",
	"introduction": "my name is ",
}

// TestEvidenceHostile scans what a scan that is not linear would not come to the
// end of; BenchmarkHostile shows what it costs.
func TestEvidenceHostile(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := e.NewScanner()
	for name, unit := range hostile {
		b := []byte(strings.Repeat(unit, 1<<18/len(unit)))
		last := 0
		for _, m := range s.Scan(b) {
			if m.Start < last || m.End <= m.Start || m.End > len(b) {
				t.Fatalf("%s: match [%d,%d) after %d of %d", name, m.Start, m.End, last, len(b))
			}
			last = m.End
		}
	}
}

func FuzzEvidence(f *testing.F) {
	for _, unit := range hostile {
		f.Add([]byte(strings.Repeat(unit, 5)))
	}
	for _, text := range benchTexts {
		f.Add([]byte(text[:400]))
	}
	e, err := New(Options{Fields: map[string]Kind{"x": Person}})
	if err != nil {
		f.Fatal(err)
	}
	s := e.NewScanner()
	f.Fuzz(func(t *testing.T, b []byte) {
		at := 0
		for _, m := range s.Scan(b) {
			if m.Start < at || m.End <= m.Start || m.End > len(b) {
				t.Fatalf("match %v in %d bytes after %d", m, len(b), at)
			}
			at = m.End
		}
		for k := None; k < numKinds; k++ {
			for _, m := range s.ScanField(Field{Kind: k, Weak: len(b)%2 == 0}, b) {
				if m.End <= m.Start || m.End > len(b) {
					t.Fatalf("field %v: match %v in %d bytes", k, m, len(b))
				}
			}
		}
		e.Field(string(b))
	})
}
