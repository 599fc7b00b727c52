package detect

import (
	"net/netip"
	"strings"
	"testing"
	"time"
)

// customFound returns "name:value" of the matches of custom kinds in b, and of
// the others "kind:value".
func customFound(t *testing.T, opts Options, b string) (out []string) {
	t.Helper()
	e, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range e.NewScanner().Scan([]byte(b)) {
		s := e.Name(m.Kind) + ":" + b[m.Start:m.End]
		if m.Timeout {
			s = "timeout:" + s
		}
		out = append(out, s)
	}
	return out
}

var ticket = Custom{Name: "ticket", Pattern: `\bTCK-\d{4,}\b`, Literals: []string{"TCK-"}}

func TestCustomPattern(t *testing.T) {
	long := strings.Repeat("word ", 3000)
	cases := []struct{ name, text, want string }{
		{"start", "TCK-1234 is open", "custom:ticket:TCK-1234"},
		{"middle", "see TCK-12345, please", "custom:ticket:TCK-12345"},
		{"end", "see TCK-1234", "custom:ticket:TCK-1234"},
		{"two lines", "TCK-1234\nTCK-5678\n", "custom:ticket:TCK-1234 custom:ticket:TCK-5678"},
		{"one line", "TCK-1234 TCK-5678", "custom:ticket:TCK-1234 custom:ticket:TCK-5678"},
		{"in a word", "XTCK-1234", ""},
		{"literal alone", "TCK- TCK-1", ""},
		{"behind other letters", "é TCK-1234 é", "custom:ticket:TCK-1234"},
		{"behind bytes that are no UTF-8", "\xff\xfe TCK-1234 \x80", "custom:ticket:TCK-1234"},
		{"far into a long line", long + "TCK-1234" + " " + long + "TCK-5678", "custom:ticket:TCK-1234 custom:ticket:TCK-5678"},
		{"with a mailbox", "TCK-1234 a@example.com", "custom:ticket:TCK-1234 email:a@example.com"},
		{"goes before a name", "user=TCK-1234 x", "custom:ticket:TCK-1234"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(customFound(t, Options{Custom: []Custom{ticket}}, c.text), " "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestCustomSyntax holds that patterns have the syntax of package regexp, and
// what it has not.
func TestCustomSyntax(t *testing.T) {
	for _, c := range []struct{ name, pattern, text, want string }{
		{"named group", `(?P<id>EMP-[[:digit:]]{3})`, "EMP-123", "EMP-123"},
		{"digits of ASCII", `EMP-\d+`, "EMP-1٣", "EMP-1"},
		{"letters of ASCII", `EMP-\w+`, "EMP-aé", "EMP-a"},
		{"quoted", `\QEMP-(\E\d`, "EMP-(1", "EMP-(1"},
		{"no capitals", `(?i)emp-[a-z]+`, "EMP-AB", "EMP-AB"},
		{"end of a line", `EMP-\d+$`, "EMP-12\r\nEMP-34\nEMP-5 x\nEMP-67", "EMP-12 EMP-34 EMP-67"},
		{"end of the text", `EMP-\d+\z`, "EMP-12\r\n", "EMP-12"},
		{"looking ahead", `EMP-\d{2}(?!\d)`, "EMP-123 EMP-12", "EMP-12"},
		{"looking behind", `(?<=no )EMP-\d+`, "EMP-1 no EMP-2", "EMP-2"},
	} {
		k := Custom{Name: "emp", Pattern: c.pattern, Literals: []string{"EMP-"}}
		got := customFound(t, Options{Kinds: []Kind{FirstCustom}, Custom: []Custom{k}}, c.text)
		want := strings.Fields(c.want)
		for i := range want {
			want[i] = "custom:emp:" + want[i]
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

func TestCustomPatternOutOfTimeGoesWhole(t *testing.T) {
	slow := Custom{Name: "slow", Pattern: `(x+x+)+SLOW$`, Literals: []string{"SLOW"}, Timeout: time.Millisecond}
	line := strings.Repeat("x", 200) + " SLOW a@example.com end"
	got := customFound(t, Options{Custom: []Custom{slow}}, "first\n"+line+"\nlast")
	want := []string{"timeout:custom:slow:" + line[:206], "email:a@example.com", "timeout:custom:slow: end"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%q, want %q", got, want)
	}
	// Every line of an input made to be slow is taken whole, and soon without
	// trying.
	e, err := New(Options{Kinds: []Kind{FirstCustom}, Custom: []Custom{slow}})
	if err != nil {
		t.Fatal(err)
	}
	many := strings.Repeat(line+"\n", 2000)
	found := e.NewScanner().Scan([]byte(many))
	if len(found) != 2000 {
		t.Errorf("%d lines of 2000 are taken", len(found))
	}
}

func TestDictionary(t *testing.T) {
	opts := Options{Custom: []Custom{
		{Name: "project", Words: []string{"Blue Bird", "Blue", "ÉTOILE", "C-3PO"}, IgnoreCase: true},
		{Name: "exact", Words: []string{"Heron"}},
	}}
	cases := []struct{ name, text, want string }{
		{"any case", "BLUE bird", "custom:project:BLUE bird"},
		{"the longest", "blue birds, blue bird.", "custom:project:blue custom:project:blue bird"},
		{"no part of a word", "bluefish unblue blueé", ""},
		{"beyond ASCII", "étoile", "custom:project:étoile"},
		{"with marks", "(c-3po)", "custom:project:c-3po"},
		{"exact case", "Heron heron HERON", "custom:exact:Heron"},
		{"ends", "Heron", "custom:exact:Heron"},
		{"in a mailbox", "blue@example.com", "email:blue@example.com"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(customFound(t, opts, c.text), " "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestCustomKindByField(t *testing.T) {
	opts := Options{Custom: []Custom{{Name: "badge"}}, Fields: map[string]Kind{"badge_no": FirstCustom}}
	if got := strings.Join(customFound(t, opts, `badge_no=A77-12 x {"badge_no":"B 9"}`), " "); got != "custom:badge:A77-12 custom:badge:B 9" {
		t.Error(got)
	}
	opts.Kinds = []Kind{Email}
	if got := customFound(t, opts, `badge_no=A77-12`); got != nil {
		t.Error("not wanted, and found: ", got)
	}
}

func TestCustomRefuses(t *testing.T) {
	for name, c := range map[string]Custom{
		"no name":              {Words: []string{"x"}},
		"upper case":           {Name: "Ticket"},
		"no literal":           {Name: "a", Pattern: "x"},
		"short literal":        {Name: "a", Pattern: "x", Literals: []string{"x"}},
		"literal of two lines": {Name: "a", Pattern: "x", Literals: []string{"x\nx"}},
		"wrong pattern":        {Name: "a", Pattern: "(mara@example.com", Literals: []string{"xx"}},
	} {
		_, err := New(Options{Custom: []Custom{c}})
		if err == nil || strings.Contains(err.Error(), "mara") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := New(Options{Custom: []Custom{{Name: "a"}, {Name: "a"}}}); err == nil {
		t.Error("one name twice")
	}
	if _, err := New(Options{Kinds: []Kind{FirstCustom}}); err == nil {
		t.Error("a custom kind that is not there")
	}
	if _, err := New(Options{Custom: make([]Custom, maxCustom+1)}); err == nil {
		t.Error("too many")
	}
}

func TestAllow(t *testing.T) {
	sets := func(names ...string) (out []netip.Prefix) {
		for _, n := range names {
			s, ok := NetworkSet(n)
			if !ok {
				t.Fatal(n)
			}
			out = append(out, s...)
		}
		return out
	}
	cases := []struct {
		name  string
		allow Allow
		text  string
		want  string
	}{
		{"value in any spelling", Allow{Values: []string{"A@Example.com", "::ffff:192.0.2.1"}}, "a@example.COM b@example.com 192.0.2.1", "email:b@example.com"},
		{"domain and below", Allow{Domains: []string{"Example.com"}}, "a@example.com b@mail.example.com c@notexample.com", "email:c@notexample.com"},
		{"private", Allow{Networks: sets("private", "resolvers")}, "10.1.2.3 192.168.0.9 8.8.8.8 8.8.8.9 fd00::1 203.0.113.9", "ipv4:8.8.8.9 ipv4:203.0.113.9"},
		{"mapped", Allow{Networks: sets("documentation")}, "::ffff:192.0.2.1 2001:db8::1 4.3.2.1", "ipv4:4.3.2.1"},
		{"pattern of the whole", Allow{Patterns: []string{`svc-\w+@example\.com`}}, "svc-a@example.com xsvc-a@example.com", "email:xsvc-a@example.com"},
		{"pattern with a choice", Allow{Patterns: []string{`a|b@example\.com`}}, "b@example.com ab@example.com", "email:ab@example.com"},
		{"pattern out of time", Allow{Patterns: []string{`(a+)+x?b`}}, strings.Repeat("a", 60) + "@example.com", "email:" + strings.Repeat("a", 60) + "@example.com"},
		{"nothing else is found in it", Allow{Values: []string{"a@example.com"}}, "user=a@example.com x", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(customFound(t, Options{Allow: c.allow}, c.text), " "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	if _, err := New(Options{Allow: Allow{Patterns: []string{"("}}}); err == nil {
		t.Error("a wrong pattern is taken")
	}
	if _, err := New(Options{Allow: Allow{Networks: []netip.Prefix{{}}}}); err == nil {
		t.Error("a network that is none is taken")
	}
	for _, n := range NetworkSets() {
		sets(n)
	}
}

func TestLabelsAreNotFoundAgain(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := e.NewScanner()
	for _, k := range Kinds() {
		label := "[" + strings.ToUpper(k.Name) + "]"
		for _, text := range []string{label, "user=" + label, "password: " + label + " x", `{"host":"` + label + `"}`, "Failed password for invalid user " + label + " from x"} {
			if m := s.Scan([]byte(text)); len(m) > 0 {
				t.Errorf("%s: %s is found", text, m[0].Kind)
			}
			if m := s.ScanField(Field{Kind: k.Kind}, []byte(label)); len(m) > 0 {
				t.Errorf("%s in a field of its kind is found", label)
			}
		}
	}
}

func FuzzCustom(f *testing.F) {
	f.Add([]byte("TCK-1234 blue bird\nétoile \xff TCK-99999 x"))
	e, err := New(Options{Custom: []Custom{ticket, {Name: "project", Words: []string{"Blue Bird", "ÉTOILE", "İx"}, IgnoreCase: true}}, Allow: Allow{Values: []string{"TCK-9999"}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		at := 0
		for _, m := range e.NewScanner().Scan(b) {
			if m.Start < at || m.End <= m.Start || m.End > len(b) {
				t.Fatalf("match %d-%d behind %d in %d bytes", m.Start, m.End, at, len(b))
			}
			at = m.End
			if m.Kind == FirstCustom && !strings.Contains(string(b[m.Start:m.End]), "TCK-") && !m.Timeout {
				t.Fatalf("%d-%d is no ticket", m.Start, m.End)
			}
		}
	})
}
