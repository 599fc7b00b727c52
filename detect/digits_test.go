package detect

import "testing"

func TestCheckDigits(t *testing.T) {
	for _, c := range []struct {
		name  string
		check func([]byte) bool
		good  string
		bad   string
	}{
		{"luhn", luhn, "79927398713", "79927398710"},
		{"verhoeff", verhoeff, "2363", "2364"},
		{"mod 11,10", mod1110, "86095742719", "86095742718"},
		{"mod 11-2", mod112, "07940", "07941"},
	} {
		if !c.check([]byte(c.good)) || c.check([]byte(c.bad)) {
			t.Errorf("%s: %s is %t, %s is %t", c.name, c.good, c.check([]byte(c.good)), c.bad, c.check([]byte(c.bad)))
		}
	}
	if luhn(nil) {
		t.Error("luhn takes nothing for a number")
	}
}

func TestDottedQuad(t *testing.T) {
	for in, want := range map[string]int{"10.20.30.40 x": 11, "1.2.3.4": 7, "1.2.3": 0, "1.2.3.4.5": 0, "1000.2.3.4": 0, "1.2.3.": 0} {
		if got := (&text{b: []byte(in)}).dottedQuad(0); got != want {
			t.Errorf("%q: %d, want %d", in, got, want)
		}
	}
}
