package detect

import (
	"strings"
	"testing"
)

func TestEvidence(t *testing.T) {
	for _, c := range []struct{ name, in, validation, evidence string }{
		{"form", "to a@example.com now", "local part, domain and top-level domain", "its form"},
		{"key", "user=bob77 done", "none", "the name before it"},
		{"path", "cd /home/bob77/x", "none", "its place in a path"},
		{"sentence", "Failed password for invalid user bob77 from 192.0.2.1 port 22 ssh2", "none", "the sentence it stands in"},
		{"escapes", "x a%40example.com y", "local part, domain and top-level domain", "its form, under percent escapes"},
		{"secret", "postgres://bob:secret@192.0.2.1/db", "secret: goes whole", "its form"},
		{"card", "card 4111 1111 1111 1111.", "network and check digit", "its form"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := newScanner(t, Options{}).Scan([]byte(c.in))
			if len(m) == 0 {
				t.Fatal("nothing found")
			}
			if m[0].Validation() != c.validation || m[0].Evidence() != c.evidence {
				t.Errorf("got %q, %q", m[0].Validation(), m[0].Evidence())
			}
		})
	}
	s := newScanner(t, Options{})
	if m := s.Scan([]byte("user=bob77 then bob77 went")); len(m) != 2 || m[1].Evidence() != "named elsewhere in its line" {
		t.Errorf("got %v", m)
	}
	if m := s.ScanField(Field{Kind: Username}, []byte("bob77")); len(m) != 1 || m[0].Evidence() != "its field or column" {
		t.Errorf("got %v", m)
	}
}

func TestMisses(t *testing.T) {
	for _, c := range []struct {
		name, in string
		kind     Kind
		reason   string
	}{
		{"check digit of a card", "card 4111 1111 1111 1112.", CreditCard, "check digit"},
		{"check digits of an IBAN", "to DE89 3704 0044 0532 0130 01 now", IBAN, "check digits"},
		{"version", "version 8.5.1.2 started", IPv4, "version"},
		{"octet", "at 192.0.2.300 now", IPv4, "255"},
		{"area", "ssn 666-12-3456.", USSSN, "issued"},
		{"placeholder", "user=- done", Username, "no value"},
		{"weak name", "owner=4711 done", Username, "bear it out"},
		{"domain", "see name@ here", Email, "no domain"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScanner(t, Options{Explain: true})
			s.Scan([]byte(c.in))
			for _, m := range s.Misses() {
				if m.Kind == c.kind && strings.Contains(m.Reason, c.reason) {
					return
				}
			}
			t.Errorf("not among %v", s.Misses())
		})
	}
	s := newScanner(t, Options{})
	if s.Scan([]byte("version 8.5.1.2")); len(s.Misses()) != 0 {
		t.Error("notes were taken unasked")
	}
	s = newScanner(t, Options{Explain: true, Allow: Allow{Values: []string{"a@example.com"}}})
	if s.Scan([]byte("to a@example.com")); len(s.Misses()) != 1 || s.Misses()[0].Reason != "the policy allows it" {
		t.Errorf("got %v", s.Misses())
	}
	if s.Scan([]byte("nothing here")); len(s.Misses()) != 0 {
		t.Error("notes of the scan before are left")
	}
}
