package detect

import (
	"fmt"
	"testing"
)

// column returns n values made by f.
func column(n int, f func(i int) string) (out [][]byte) {
	for i := range n {
		out = append(out, []byte(f(i)))
	}
	return out
}

func TestJudgeColumn(t *testing.T) {
	e, err := New(Options{Fields: map[string]Kind{"ref": Username}})
	if err != nil {
		t.Fatal(err)
	}
	s := e.NewScanner()
	jump := func(i int) int { return i * 7919 % 10000 }
	phones := column(60, func(i int) string { return fmt.Sprintf("1514555%04d", jump(i)) })
	times := column(60, func(i int) string { return fmt.Sprint(1_700_000_000 + i*37) })
	cards := column(30, func(i int) string { return withLuhn(fmt.Sprintf("41111111111%04d", jump(i))) })
	imeis := column(30, func(i int) string { return withLuhn(fmt.Sprintf("3569380356%04d", jump(i))) })
	first := []string{"Maria", "Stefan", "Olivia", "Thomas", "Ingrid", "Hiroshi", "Katarzyna"}
	names := column(21, func(i int) string { return first[i%7] + " " + first[(i+3)%7] + "son" })
	for _, c := range []struct {
		name, column string
		values       [][]byte
		want         Kind
		evidence     Evidence
	}{
		{"name and values", "email", column(10, func(i int) string { return fmt.Sprintf("u%d@example.com", i) }), Email, EvidenceBoth},
		{"values alone", "c1", column(10, func(i int) string { return fmt.Sprintf("u%d@example.com", i) }), Email, EvidenceValues},
		{"values without a name", "", column(10, func(i int) string { return fmt.Sprintf("192.0.2.%d", i) }), IPv4, EvidenceValues},
		{"versions of four numbers", "app_version", column(10, func(i int) string { return fmt.Sprintf("5.4.%d.2", i) }), None, EvidenceNone},
		{"addresses under a name of software", "software_ip", column(10, func(i int) string { return fmt.Sprintf("192.0.2.%d", i) }), IPv4, EvidenceBoth},
		{"too few values", "c1", column(2, func(i int) string { return fmt.Sprintf("192.0.2.%d", i) }), None, EvidenceNone},
		{"too few of them", "c1", column(20, func(i int) string { return []string{"192.0.2.1", "none here", "x", "y"}[i%4] }), None, EvidenceNone},
		{"phones without a name", "c1", phones, Phone, EvidenceValues},
		{"phones that count up", "c1", column(60, func(i int) string { return fmt.Sprintf("1514555%04d", i) }), None, EvidenceNone},
		{"phones that are orders", "order_number", phones, None, EvidenceNone},
		{"times under a phone's name", "phone", times, None, EvidenceTimes},
		{"milliseconds under a phone's name", "callee", column(20, func(i int) string { return fmt.Sprint(1_700_000_000_123 + i*37) }), None, EvidenceTimes},
		{"phones under their name", "phone", phones, Phone, EvidenceBoth},
		{"cards without a name", "c2", cards, CreditCard, EvidenceValues},
		{"IMEI without a name", "c3", imeis, IMEI, EvidenceValues},
		{"persons without a name", "c4", names, Person, EvidenceValues},
		{"persons under a vague name", "name", names, Person, EvidenceValues},
		{"a weak name and values", "owner", column(10, func(i int) string { return fmt.Sprintf("user%d", i) }), Username, EvidenceBoth},
		{"a weak name against values", "location", column(10, func(i int) string { return "US" }), None, EvidenceNone},
		{"a strong name alone", "surname", column(10, func(i int) string { return "x" }), Person, EvidenceName},
		{"free text", "comment", column(10, func(i int) string {
			return "it was said that nobody could tell which of the many things were meant by it"
		}), None, EvidenceSentences},
		{"given", "ref", times, Username, EvidenceGiven},
		{"nothing in it", "email", column(10, func(i int) string { return "-" }), Email, EvidenceName},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := s.JudgeColumn(c.column, c.values)
			if got.Evidence != c.evidence {
				t.Errorf("evidence: got %q, want %q", got.Evidence, c.evidence)
			}
			k := got.Field.Kind
			if got.Score == 0 && got.Evidence != EvidenceName {
				k = None
			}
			if k != c.want {
				t.Errorf("got %v (%d %%), want %v", k, got.Share, c.want)
			}
			if again := s.JudgeColumn(c.column, c.values); again != got {
				t.Error("a second judgement differs")
			}
		})
	}
}

// withLuhn appends the check digit.
func withLuhn(s string) string {
	sum := 0
	for i := len(s) - 1; i >= 0; i-- {
		d := int(s[i] - '0')
		if (len(s)-i)%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return s + string(rune('0'+(10-sum%10)%10))
}

// TestProvenColumn holds that an error in a number does not bare it.
func TestProvenColumn(t *testing.T) {
	s := newScanner(t, Options{})
	for _, c := range []struct {
		field Field
		in    string
		want  int
	}{
		{Field{Kind: Phone, Proven: true}, "514555 01 9O", 1},
		{Field{Kind: Phone}, "514555 01 9O", 0},
		{Field{Kind: Phone, Proven: true}, "none", 0},
		{Field{Kind: CreditCard, Proven: true}, "4111 1111 1l11", 1},
	} {
		if got := len(s.ScanField(c.field, []byte(c.in))); got != c.want {
			t.Errorf("%v: %d matches, want %d", c.field, got, c.want)
		}
	}
}
