package detect

import (
	"slices"
	"testing"
)

func TestSSN(t *testing.T) {
	runTextCases(t, Options{Kinds: []Kind{USSSN}}, []textCase{
		{"dashes", "my number 536-22-1234.", []string{"us_ssn:536-22-1234"}},
		{"blanks", "ssn 536 22 1234", []string{"us_ssn:536 22 1234"}},
		{"dots with a word", "SSN: 536.22.1234", []string{"us_ssn:536.22.1234"}},
		{"dots without", "v 536.22.1234 x", nil},
		{"bare with a word", "the ssn is 536221234.", []string{"us_ssn:536221234"}},
		{"bare without", "got 536221234 bytes", nil},
		{"mixed", "536-22.1234", nil},
		{"area 000, 666, 9xx", "000-22-1234 666-22-1234 912-22-1234", nil},
		{"group 00, serial 0000", "536-00-1234 536-22-0000", nil},
		{"void", "078-05-1120 219-09-9999", nil},
	})
	for text, want := range map[string][]string{"536221234": {"536221234"}, "536-22-1234": {"536-22-1234"}, "1234": {"1234"}, "n/a": nil} {
		if got := fieldSpans(t, USSSN, text); !slices.Equal(got, want) {
			t.Errorf("field %q: got %q, want %q", text, got, want)
		}
	}
}
