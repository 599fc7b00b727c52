package detect

import "testing"

func TestHints(t *testing.T) {
	for _, c := range []struct {
		before string
		want   hint
		far    int
	}{
		{"my phone number is ", hintPhone | hintNumber | hintFiller, 0},
		{`{"callerNumber":"`, hintPhone | hintNumber, 0},
		{"phone_no=", hintPhone | hintNumber, 0},
		{"phone system up with ", hintPhone | hintFiller, 2},
		{"order number ", hintOther | hintNumber, 0},
		{"phone, and ", hintFiller, 0},
		{"phone\n", 0, 0},
		{"", 0, 0},
	} {
		h, far := (&text{b: []byte(c.before + "5")}).hints(len(c.before))
		if h != c.want || far != c.far {
			t.Errorf("%q: got %b, %d, want %b, %d", c.before, h, far, c.want, c.far)
		}
	}
}

func TestTouchesWord(t *testing.T) {
	for before, want := range map[string]bool{"port ": true, `"k":"`: true, "12 ": false, "": false, "x\n": false, "é ": true} {
		if got := (&text{b: []byte(before + "5")}).touchesWord(len(before)); got != want {
			t.Errorf("%q: %t", before, got)
		}
	}
}

// What was taken out is no evidence for what is left, so that a second pass finds
// no more than the first.
func TestHintsEndAtLabels(t *testing.T) {
	for _, c := range []struct {
		text  string
		found bool
	}{
		{`from="[PHONE]" to="14167608087"`, false},
		{`[BIRTH_DATE] to 14167608087`, false},
		{`phone to="14167608087"`, true},
		{`please call back at 14167655123`, true},
		{`Hi, my name is Mara Keller and my number is 16047651151`, true},
		{`Hi, my name is [PERSON] and my number is 16047651151`, true},
		{`call job 7 of 14167655123`, false},
	} {
		found := false
		for _, m := range newScanner(t, Options{}).Scan([]byte(c.text)) {
			found = found || m.Kind == Phone
		}
		if found != c.found {
			t.Errorf("%s: a phone is found: %t", c.text, found)
		}
	}
}
