package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var iban = Detector{
	Name:  "iban",
	Doc:   "A country code, and as many letters and digits as that country's accounts have, whose remainder by 97 is 1.",
	Kinds: []Kind{IBAN},
	anchor: func() bitmap.Expr {
		d := bitmap.In(bitmap.Digit)
		letter := bitmap.In(bitmap.HexAlpha, bitmap.Alpha)
		word := letter.Or(d)
		wide := word.Or(bitmap.In(bitmap.Space, bitmap.Dash))
		d2 := d.Run(2)
		first := letter.AndAt(1, letter).AndNotAt(-1, word)
		check := first.AndAt(2, d2).Or(first.AndAt(2, bitmap.In(bitmap.Space)).AndAt(3, d2))
		return check.AndAt(4, wide.Run(11))
	}(),
	verify:    verifyIBAN,
	named:     namedIBAN,
	canonical: appendUpper,
}

// ibans has the account structure of each country (ISO 13616, SWIFT's IBAN
// registry): n digits, a upper-case letters, c either, after country code and
// check digits.
var ibans = map[[2]byte]string{}

func init() {
	for s := ibanStructures; len(s) > 0; {
		i := 0
		for i < len(s) && s[i] != ' ' && s[i] != '\n' && s[i] != '\t' {
			i++
		}
		if i > 2 {
			ibans[[2]byte{s[0], s[1]}] = expandIBAN(s[2:i])
		}
		s = s[min(i+1, len(s)):]
	}
}

// expandIBAN turns "4a6n" into "aaaannnnnn".
func expandIBAN(s string) string {
	var out []byte
	count := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			count = count*10 + int(s[i]-'0')
			continue
		}
		for ; count > 0; count-- {
			out = append(out, s[i])
		}
	}
	return string(out)
}

const ibanStructures = `AD8n12c AE19n AL8n16c AT16n AZ4a20c BA16n BE12n BG4a6n8c BH4a14c BI23n BR23n1a1c BY4c4n16c
	CH5n12c CR18n CY8n16c CZ20n DE18n DJ23n DK14n DO4c20n EE16n EG25n ES20n FI14n FK2a12n FO14n FR10n11c2n GB4a14n
	GE2a16n GI4a15c GL14n GR7n16c GT24c HN4a20n HR17n HU24n IE4a14n IL19n IQ4a15n IS22n IT1a10n12c JO4a4n18c
	KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT16n LU3n13c LV4a13c LY21n MC10n11c2n MD2c18c ME18n MK3n10c2n MN16n
	MR23n MT4a5n18c MU4a19n3a NI4a20n NL4a10n NO11n OM3n16c PK4a16c PL24n PS4a21c PT21n QA4a21c RO4a16c RS18n
	RU14n15c SA2n18c SC4a20n3a SD14n SE20n SI15n SK20n SM1a10n12c SO19n ST21n SV4a20n TL19n TN20n TR5n1n16c UA6n19c
	VA18n VG4a16n XK16n YE4a4n18c`

func verifyIBAN(t *text, at int) int {
	if c := t.at(at - 1); c == '_' || c == '-' || c == '.' || c == '/' && isWord(t.at(at-2)) || c == '%' {
		return at + 1
	}
	end, grouped := readIBAN(t, at, len(t.b))
	if end == 0 {
		end = readGrouped(t, at)
	}
	if end == 0 || !t.closedAfter(end) || grouped && t.at(end) == ' ' && isDigit(t.at(end+1)) && !isDigit(t.b[end-1]) {
		return at + 1
	}
	t.report(IBAN, Checked, at, end, 98)
	return end
}

// readIBAN returns where the account number that begins at at ends, 0 where
// there is none. Single blanks or dashes may stand between its parts.
func readIBAN(t *text, at, limit int) (end int, grouped bool) {
	form, ok := ibans[[2]byte{t.at(at) &^ 0x20, t.at(at+1) &^ 0x20}]
	if !ok {
		return 0, false
	}
	want := len(form) + 4
	var buf [40]byte
	n, i := 0, at
	var sep byte
	for n < want {
		if i >= limit {
			return 0, false
		}
		c := t.b[i]
		if c == ' ' || c == '-' {
			if sep != 0 && sep != c || !isAlnum(t.at(i+1)) || n < 2 {
				return 0, false
			}
			sep = c
			i++
			continue
		}
		if c-'a' <= 'z'-'a' {
			c &^= 0x20
		}
		if n >= 4 && !ibanFits(form[n-4], c) || (n == 2 || n == 3) && !isDigit(c) {
			return 0, false
		}
		buf[n] = c
		n++
		i++
	}
	if mod97(buf[4:n], buf[:4]) != 1 || !bankChecks(buf[:n]) {
		t.miss(IBAN, at, i, "its check digits are wrong")
		return 0, false
	}
	return i, sep != 0
}

// bankChecks says whether the check digits that Belgium has within the account
// number fit too: two digits, the remainder by 97, written 97 where it is 0.
func bankChecks(b []byte) bool {
	if b[0] != 'B' || b[1] != 'E' {
		return true
	}
	r := number(b[4:14]) % 97
	if r == 0 {
		r = 97
	}
	return number(b[14:16]) == r
}

// readGrouped returns where a number printed as ISO 13616 has it, in groups of
// four, ends, if its check digits fit. Its length may be wrong for the country:
// so printed, it is meant for an account number.
func readGrouped(t *text, at int) int {
	if _, ok := ibans[[2]byte{t.at(at) &^ 0x20, t.at(at+1) &^ 0x20}]; !ok {
		return 0
	}
	var buf [34]byte
	n, i := 0, at
	for n < len(buf) {
		c := t.at(i)
		if n > 0 && n%4 == 0 && c == ' ' && isDigit(t.at(i-1)) && isAlnum(t.at(i+1)) {
			i++
			continue
		}
		if c-'a' <= 'z'-'a' || !isAlnum(c) || n > 0 && n%4 == 0 && t.at(i-1) != ' ' {
			break
		}
		buf[n] = c
		n++
		i++
	}
	if n < 15 || mod97(buf[4:n], buf[:4]) != 1 {
		return 0
	}
	return i
}

func ibanFits(form, c byte) bool {
	switch form {
	case 'n':
		return isDigit(c)
	case 'a':
		return isAlpha(c)
	}
	return isAlnum(c)
}

// mod97 returns the remainder by 97 of the parts put together, letters counting
// from 10 (ISO/IEC 7064, MOD 97-10).
func mod97(parts ...[]byte) int {
	r := 0
	for _, p := range parts {
		for _, c := range p {
			if isDigit(c) {
				r = (r*10 + int(c-'0')) % 97
			} else {
				r = (r*100 + int(c-'A') + 10) % 97
			}
		}
	}
	return r
}

// namedIBAN takes what reads as an account number of the country, and otherwise
// what has the general form: the check digits may be wrong.
func namedIBAN(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	if e, _ := readIBAN(t, start, end); e == end {
		t.report(k, Checked, start, end, 99)
		return
	}
	n := 0
	for i, c := range t.b[start:end] {
		if isAlnum(c) {
			n++
		} else if c != ' ' && c != '-' {
			return
		}
		if i < 2 && !isAlpha(c) || (i == 2 || i == 3) && !isDigit(c) {
			return
		}
	}
	if n >= 15 && n <= 34 {
		t.report(k, Named, start, end, 70)
	}
}
