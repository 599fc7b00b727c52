package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var imei = Detector{
	Name:  "imei",
	Doc:   "Fifteen digits with a right Luhn digit after a word such as IMEI, or parted 2-6-6-1 or 6-2-6-1 as type allocation, serial and check digit.",
	Kinds: []Kind{IMEI},
	anchor: func() bitmap.Expr {
		d := bitmap.In(bitmap.Digit)
		sep := bitmap.In(bitmap.Dash, bitmap.Space)
		d6 := d.Run(6)
		parted := d.Run(2).AndAt(2, sep).AndAt(3, d6).AndAt(9, sep)
		old := d6.AndAt(6, sep).AndAt(7, d.Run(2)).AndAt(9, sep)
		bare := d6.AndAt(6, d6).AndAt(8, d6)
		return parted.Or(old).Or(bare).AndNotAt(-1, d)
	}(),
	verify:    verifyIMEI,
	named:     namedIMEI,
	canonical: canonicalIMEI,
}

// verifyIMEI judges an IMEI with its check digit, or after the word also one
// without, or with the software version in its place (3GPP TS 23.003, 6.2).
func verifyIMEI(t *text, at int) int {
	x, full := t.readNumeral(at)
	if !full || !t.opensBefore(at) || !t.closedAfter(x.end) || x.n < 14 || x.n > 17 {
		return x.ends[0]
	}
	d := x.digits[:x.n]
	switch {
	case x.ng == 1:
		if x.n == 17 {
			return x.end
		}
		h, far := t.hints(at)
		if h&hintIMEI != 0 && far <= 2 && (x.n != 15 || luhn(d)) {
			t.report(IMEI, Checked, at, x.end, 97)
		} else if x.n == 15 && t.whole(at, x.end) && luhn(d) && issuesIMEI(d) {
			t.report(IMEI, Checked, at, x.end, 60)
		}
	case x.ng >= 3 && x.groups[2] == 6 && (x.groups[0] == 2 && x.groups[1] == 6 || x.groups[0] == 6 && x.groups[1] == 2 && x.ng == 4):
		check := x.ng == 4 && (x.groups[3] == 1 && luhn(d) || x.groups[3] == 2)
		if same, ok := x.sameSep(); ok && same != '.' && (check || x.ng == 3 && issuesIMEI(d)) {
			t.report(IMEI, Checked, at, x.end, 93)
		}
	}
	return x.end
}

// issuesIMEI says whether d begins with the number of a body that allocates IMEI
// (GSM Association TS.06): 01 and 02 for the test and American bodies, 35, 86,
// 91, 98, 99, and those of before 2000 that are still about.
func issuesIMEI(d []byte) bool {
	switch number(d[:2]) {
	case 1, 33, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99:
		return true
	}
	return false
}

// namedIMEI takes 14 to 17 digits, the 18 of an MEID in decimal, or its 14 in hex.
func namedIMEI(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	digits, n := 0, 0
	for _, c := range t.b[start:end] {
		switch {
		case isDigit(c):
			digits++
			n++
		case isHex(c):
			n++
		case c != ' ' && c != '-' && c != '/':
			return
		}
	}
	if n == digits && n >= 14 && n <= 19 {
		t.report(k, Checked, start, end, 95)
	} else if (n == 14 || n == 15) && digits >= 4 {
		t.report(k, Checked, start, end, 90)
	}
}

// canonicalIMEI keeps the 14 digits of device and serial: the check digit or
// software version behind them does not name another device.
func canonicalIMEI(dst, value []byte) []byte {
	n := len(dst)
	dst = appendUpper(dst, value)
	if len(dst)-n > 14 {
		dst = dst[:n+14]
	}
	return dst
}
