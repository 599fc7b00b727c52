package detect

// Check digits and dates that national numbers have in common.

// weighted returns the sum of the digits of c, as far as there are weights, each
// times its weight.
func weighted(c []byte, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(c[i]-'0') * w
	}
	return sum
}

func digit(c byte) int { return int(c - '0') }

// day says whether y, m, d could be a date; the year is taken for a leap year.
func day(m, d int) bool {
	return 1 <= m && m <= 12 && 1 <= d && d <= int("\x1f\x1d\x1f\x1e\x1f\x1e\x1f\x1f\x1e\x1f\x1e\x1f"[m-1])
}

// ymd says whether c begins with year, month and day of two digits each.
func ymd(c []byte) bool { return day(number(c[2:4]), number(c[4:6])) }

// dmy says whether c begins with day, month and year of two digits each.
func dmy(c []byte) bool { return day(number(c[2:4]), number(c[:2])) }

// mod1110 says whether the last digit is right by ISO/IEC 7064, MOD 11,10.
func mod1110(c []byte) bool {
	p := 10
	for _, d := range c[:len(c)-1] {
		s := (p + digit(d)) % 10
		if s == 0 {
			s = 10
		}
		p = s * 2 % 11
	}
	return (11-p)%10 == digit(c[len(c)-1])
}

// mod112 says whether the last character is right by ISO/IEC 7064, MOD 11-2.
func mod112(c []byte) bool {
	p := 0
	for _, d := range c[:len(c)-1] {
		p = (p + digit(d)) * 2 % 11
	}
	r := (12 - p) % 11
	last := c[len(c)-1]
	return r == 10 && last == 'X' || isDigit(last) && r == digit(last)
}

// verhoeff says whether the last digit is right by Verhoeff's scheme: the
// dihedral group of order ten, and a permutation by position.
func verhoeff(c []byte) bool {
	p := [...]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	sum := 0
	for i := range c {
		d := digit(c[len(c)-1-i])
		for range i % 8 {
			d = p[d]
		}
		sum = dihedral(sum, d)
	}
	return sum == 0
}

// dihedral multiplies in the group of the symmetries of a pentagon: 0 to 4 are
// turns, 5 to 9 are flips.
func dihedral(a, b int) int {
	switch {
	case a < 5 && b < 5:
		return (a + b) % 5
	case a < 5:
		return 5 + (a+b-5)%5
	case b < 5:
		return 5 + (a-5-b+5)%5
	}
	return (a - b + 5) % 5
}

// allDigits says whether c has digits only.
func allDigits(c []byte) bool {
	for _, d := range c {
		if !isDigit(d) {
			return false
		}
	}
	return true
}

// oneDigit says whether all characters are the same: filler.
func oneDigit(c []byte) bool {
	for _, d := range c {
		if d != c[0] {
			return false
		}
	}
	return true
}
