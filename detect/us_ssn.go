package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var ssn = Detector{
	Name:  "us_ssn",
	Doc:   "Three, two and four digits in ranges that the SSA issues, divided by '-', or by ' ' or '.' or nothing where a word such as SSN stands before.",
	Kinds: []Kind{USSSN},
	anchor: func() bitmap.Expr {
		d := bitmap.In(bitmap.Digit)
		sep := bitmap.In(bitmap.Dash, bitmap.Space, bitmap.Dot)
		d2, d3 := d.Run(2), d.Run(3)
		d4 := d.Run(4)
		parted := d3.AndAt(3, sep).AndAt(4, d2).AndAt(6, sep).AndAt(7, d4)
		bare := d4.AndAt(4, d4).AndAt(8, d).AndNotAt(9, d)
		return parted.Or(bare).AndNotAt(-1, d)
	}(),
	verify:    verifySSN,
	named:     namedSSN,
	canonical: appendDigits,
}

func verifySSN(t *text, at int) int {
	var d [9]byte
	end, sep := readSSN(t, at, &d)
	if end != 0 && sep == '-' && !ssnIssued(&d) {
		t.miss(USSSN, at, end, "its area, group or serial has never been issued")
	}
	if end == 0 || !ssnIssued(&d) || !t.opensBefore(at) || !t.closedAfter(end) {
		return at + 1
	}
	switch {
	case sep == '-':
		t.report(USSSN, Checked, at, end, 90)
	case sep != 0 && t.whole(at, end):
		t.report(USSSN, Shaped, at, end, 80)
	case t.touchesWord(at):
		h, far := t.hints(at)
		if h&hintSSN != 0 && far <= 4 {
			t.report(USSSN, Checked, at, end, 90)
		} else if sep == ' ' && h&^weakHints == 0 && endsPhrase(t, end) {
			t.report(USSSN, Shaped, at, end, 60)
		}
	}
	return end
}

// readSSN reads nine digits, grouped or not, into d. It returns where they end,
// 0 where the form is another.
func readSSN(t *text, at int, d *[9]byte) (end int, sep byte) {
	i, n := at, 0
	for n < 9 {
		if c := t.at(i); isDigit(c) {
			d[n] = c
			n++
			i++
			continue
		}
		c := t.at(i)
		if n == 3 && i == at+3 && isSep(c) {
			sep = c
		} else if n != 5 || i != at+6 || c != sep {
			return 0, 0
		}
		i++
	}
	if sep != 0 && i != at+11 || isDigit(t.at(i)) {
		return 0, 0
	}
	return i, sep
}

// ssnIssued says whether the Social Security Administration may have issued the
// number: area not 000, 666 or 900 and above, no group 00, no serial 0000, and
// not one of those made void by advertisements.
func ssnIssued(d *[9]byte) bool {
	area, group, serial := number(d[:3]), number(d[3:5]), number(d[5:])
	if area == 0 || area == 666 || area >= 900 || group == 0 || serial == 0 {
		return false
	}
	switch s := string(d[:]); s {
	case "078051120", "219099999":
		return false
	}
	return true
}

// endsPhrase says whether what follows end is a word, or the end of a sentence
// or line, and not one more number.
func endsPhrase(t *text, end int) bool {
	i := end
	for t.at(i) == ' ' || t.at(i) == '.' || t.at(i) == '"' {
		i++
		if i > end+3 {
			return false
		}
	}
	c := t.at(i)
	return c == 0 || c == '\n' || c == '\r' || c == ',' || isAlpha(c)
}

// namedSSN also takes areas never issued: who fills in a field may err.
func namedSSN(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	if end-start > 16 {
		return
	}
	digits := 0
	for _, c := range t.b[start:end] {
		if isDigit(c) {
			digits++
		} else if !isSep(c) {
			return
		}
	}
	if digits == 9 {
		t.report(k, Checked, start, end, 90)
	} else if digits == 4 {
		t.report(k, Named, start, end, 60) // the last four
	}
}
