package detect

import (
	"slices"
	"testing"
)

func TestNationalID(t *testing.T) {
	runTextCases(t, Options{Kinds: []Kind{NationalID}}, []textCase{
		{"spanish dni", "DNI 12345678Z", []string{"national_id:12345678Z"}},
		{"spanish dni by one letter", "seen 12345678A", nil},
		{"spanish nie", "es X1234567L.", []string{"national_id:X1234567L"}},
		{"italian", "RSSMRA85T10A562S", []string{"national_id:RSSMRA85T10A562S"}},
		{"british", "NI AB 12 34 56 C today", []string{"national_id:AB 12 34 56 C"}},
		{"british prefix", "BG 12 34 56 C", nil},
		{"finnish", "131052-308T", []string{"national_id:131052-308T"}},
		{"swedish", "811228-9874", []string{"national_id:811228-9874"}},
		{"swedish check digit", "811228-9875", nil},
		{"belgian", "85.07.30-033.28", []string{"national_id:85.07.30-033.28"}},
		{"swiss", "756.9217.0769.85", []string{"national_id:756.9217.0769.85"}},
		{"brazilian", "CPF 529.982.247-25, CNPJ 11.222.333/0001-81", []string{"national_id:529.982.247-25", "national_id:11.222.333/0001-81"}},
		{"chinese", "11010519491231002X", []string{"national_id:11010519491231002X"}},
		{"mexican", "HEGG560427MVZRRL04", []string{"national_id:HEGG560427MVZRRL04"}},
		{"singapore", "S1234567D", []string{"national_id:S1234567D"}},
		{"american itin", "912-70-1234", []string{"national_id:912-70-1234"}},
		{"american itin group", "912-10-1234", nil},
		{"polish with a word", "PESEL: 44051401359", []string{"national_id:44051401359"}},
		{"polish without", "took 44051401359 ns", nil},
		{"german with a word", "Steuer-ID 86095742719", []string{"national_id:86095742719"}},
		{"aadhaar with a word", "Aadhaar 2341 2341 2346", []string{"national_id:2341 2341 2346"}},
		{"south african alone", "8001015009087", []string{"national_id:8001015009087"}},
		{"south african in a log", "span 8001015009087 end", nil},
		{"belarusian with a word", "УНП 200019773", []string{"national_id:200019773"}},
		{"costa rican alone", "1-0913-0259", []string{"national_id:1-0913-0259"}},
		{"costa rican in a log", "took 1-0913-0259 of", nil},
		{"ecuadorian", "171430710-3", []string{"national_id:171430710-3"}},
		{"passport", "passport number is X12345678", []string{"national_id:X12345678"}},
	})
	for text, want := range map[string][]string{"044-051-401": {"044-051-401"}, "AB12345": {"AB12345"}, "unknown": nil, "n/a": nil, "123": nil} {
		if got := fieldSpans(t, NationalID, text); !slices.Equal(got, want) {
			t.Errorf("field %q: got %q, want %q", text, got, want)
		}
	}
	if got := string(AppendCanonical(nil, NationalID, []byte("529.982.247-25"))); got != "52998224725" {
		t.Errorf("canonical: %q", got)
	}
}

// TestIDForms holds that every form can be reached and can be judged: its check
// must not fail on any digits and letters of its shapes.
func TestIDForms(t *testing.T) {
	states := map[string]bool{}
	for shape, forms := range idForms {
		if len(shape) < minShape || len(shape) > maxShape {
			t.Errorf("shape %q is never read", shape)
		}
		for _, f := range forms {
			states[f.name[:2]] = true
			for _, digit := range "059" {
				for _, letter := range "AXZ" {
					var c []byte
					for _, s := range shape {
						switch s {
						case '9':
							c = append(c, byte(digit))
						case 'A':
							c = append(c, byte(letter))
						}
					}
					f.check(c)
				}
			}
		}
	}
	if len(states) < 40 {
		t.Errorf("%d states", len(states))
	}
}
