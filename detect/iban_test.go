package detect

import "testing"

func TestIBAN(t *testing.T) {
	runTextCases(t, Options{Kinds: []Kind{IBAN}}, []textCase{
		{"printed", "to GB29 NWBK 6016 1331 9268 19 now", []string{"iban:GB29 NWBK 6016 1331 9268 19"}},
		{"electronic", "DE89370400440532013000", []string{"iban:DE89370400440532013000"}},
		{"lower case", "fr1420041010050500013m02606", []string{"iban:fr1420041010050500013m02606"}},
		{"short", "NO93 8601 1117 947", []string{"iban:NO93 8601 1117 947"}},
		{"blanks elsewhere", "BE 68 539 0075470 34", []string{"iban:BE 68 539 0075470 34"}},
		{"number after it", "BE68 5390 0754 7034 100 EUR", []string{"iban:BE68 5390 0754 7034"}},
		{"wrong check digits", "GB28 NWBK 6016 1331 9268 19", nil},
		{"no country", "XX29 NWBK 6016 1331 9268 19", nil},
		{"longer", "DE893704004405320130009", nil},
		{"in a word", "XDE89370400440532013000", nil},
	})
	if got := string(AppendCanonical(nil, IBAN, []byte("gb29 nwbk 6016 1331 9268 19"))); got != "GB29NWBK60161331926819" {
		t.Errorf("canonical: %q", got)
	}
}

func TestIBANStructures(t *testing.T) {
	for country, form := range ibans {
		if n := len(form) + 4; n < 15 || n > 34 {
			t.Errorf("%s: %d characters", country, n)
		}
	}
	if len(ibans) < 80 {
		t.Errorf("%d countries", len(ibans))
	}
}
