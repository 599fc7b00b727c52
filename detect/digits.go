package detect

// maxDigits is the longest number that a detector of numbers looks at.
const maxDigits = 34

// A numeral is a number as written: its digits, and how they are grouped.
type numeral struct {
	start, end int
	digits     [maxDigits]byte // '0' to '9'
	n          int
	groups     [12]uint8 // digits in each group
	ends       [12]int   // where each group ends
	seps       [12]byte  // what stands before each group, 0 before the first
	ng         int
}

// isSep says whether a byte may stand between groups of digits.
func isSep(c byte) bool { return c == ' ' || c == '-' || c == '.' }

// readNumeral reads digits from at on, in groups divided by one separator of
// isSep. full is false where it stopped because the number is too long.
func (t *text) readNumeral(at int) (x numeral, full bool) {
	x.start = at
	i, sep := at, byte(0)
	for {
		group := i
		for isDigit(t.at(i)) {
			if x.n == maxDigits {
				return x, false
			}
			x.digits[x.n] = t.b[i]
			x.n++
			i++
		}
		if x.ng == len(x.groups) {
			return x, false
		}
		x.groups[x.ng], x.ends[x.ng], x.seps[x.ng] = uint8(i-group), i, sep
		x.ng++
		x.end = i
		if !isSep(t.at(i)) || !isDigit(t.at(i+1)) {
			return x, true
		}
		sep = t.b[i]
		i++
	}
}

// sameSep says whether all groups of x are divided by the same byte, and which.
func (x *numeral) sameSep() (byte, bool) {
	for i := 2; i < x.ng; i++ {
		if x.seps[i] != x.seps[1] {
			return 0, false
		}
	}
	return x.seps[1], true
}

// luhn says whether the last digit checks the others (ISO/IEC 7812-1, annex B).
func luhn(digits []byte) bool {
	sum := 0
	for i, double := len(digits)-1, false; i >= 0; i, double = i-1, !double {
		d := int(digits[i] - '0')
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return len(digits) > 0 && sum%10 == 0
}

// number returns the value of up to 18 digits.
func number(digits []byte) int {
	v := 0
	for _, d := range digits {
		v = v*10 + int(d-'0')
	}
	return v
}

// closedBefore says whether a number may begin at at: nothing before it that
// makes it the tail of a longer word, number, path or decimal.
func (t *text) closedBefore(at int) bool {
	c := t.at(at - 1)
	if isWord(c) || c == '+' || c == '%' {
		return false
	}
	if c == '.' || c == '-' || c == '/' || c == ':' || c == ',' {
		return !isWord(t.at(at - 2))
	}
	return true
}

// opensBefore is closedBefore for a value that may follow a colon or a comma at
// once, as after a key.
func (t *text) opensBefore(at int) bool {
	c := t.at(at - 1)
	if c == ':' || c == ',' || c == '/' {
		return !isDigit(t.at(at - 2))
	}
	return t.closedBefore(at)
}

// closedAfter says whether a number may end at end.
func (t *text) closedAfter(end int) bool {
	c := t.at(end)
	if isWord(c) || c == '%' {
		return false
	}
	if c == '.' || c == '-' {
		return !isWord(t.at(end + 1))
	}
	return c != '/' && c != ':' || !isDigit(t.at(end+1))
}

// appendDigits appends the digits in value.
func appendDigits(dst, value []byte) []byte {
	for _, c := range value {
		if isDigit(c) {
			dst = append(dst, c)
		}
	}
	return dst
}

// appendUpper appends the letters and digits in value, in upper case.
func appendUpper(dst, value []byte) []byte {
	for _, c := range value {
		if isAlnum(c) {
			if c-'a' <= 'z'-'a' {
				c -= 'a' - 'A'
			}
			dst = append(dst, c)
		}
	}
	return dst
}

// dottedQuad returns the end of four groups of up to three digits with dots
// between, as of an IPv4 address, that begin at at, or 0.
func (t *text) dottedQuad(at int) int {
	i, groups, digits := at, 1, 0
	for {
		if c := t.at(i); isDigit(c) {
			if digits++; digits > 3 {
				return 0
			}
		} else if c == '.' && digits > 0 && isDigit(t.at(i+1)) {
			groups, digits = groups+1, 0
		} else {
			break
		}
		i++
	}
	if groups != 4 {
		return 0
	}
	return i
}
