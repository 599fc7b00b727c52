package detect

import (
	"slices"
	"testing"
)

func TestBirthDate(t *testing.T) {
	runTextCases(t, Options{Kinds: []Kind{BirthDate}}, []textCase{
		{"iso", "dob: 1976-06-04", []string{"birth_date:1976-06-04"}},
		{"day first", "born on 22/11/1972.", []string{"birth_date:22/11/1972"}},
		{"month by name", "I was born 15th June 1991", []string{"birth_date:15th June 1991"}},
		{"american", "birthday June 4, 1976", []string{"birth_date:June 4, 1976"}},
		{"short name", "date of birth is 22-nov-1972", []string{"birth_date:22-nov-1972"}},
		{"abbreviated", "d.o.b. is 4 June 1976", []string{"birth_date:4 June 1976"}},
		{"word after", "1985-01-01 is my birthday", []string{"birth_date:1985-01-01"}},
		{"no word", "on 22/11/1972 and 1976-06-04", nil},
		{"time", "born 1976-06-04T10:11:12", nil},
		{"no date", "born 1976-16-04 or 40/40/1976", nil},
	})
	for text, want := range map[string][]string{"4/6/1976": {"4/6/1976"}, "1976-06-04T00:00:00Z": {"1976-06-04T00:00:00Z"}, "unknown": nil, "#": nil} {
		if got := fieldSpans(t, BirthDate, text); !slices.Equal(got, want) {
			t.Errorf("field %q: got %q, want %q", text, got, want)
		}
	}
	if got := string(AppendCanonical(nil, BirthDate, []byte("1976/06/04T00:00"))); got != "1976-06-04" {
		t.Errorf("canonical: %q", got)
	}
}

func TestGender(t *testing.T) {
	for text, want := range map[string][]string{"F": {"F"}, `"male"`: {"male"}, "Weiblich": {"Weiblich"}, "widget": nil, "": nil} {
		if got := fieldSpans(t, Gender, text); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := string(AppendCanonical(nil, Gender, []byte("Female"))); got != "f" {
		t.Errorf("canonical: %q", got)
	}
}
