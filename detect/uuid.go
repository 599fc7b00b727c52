package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var uuid = Detector{
	Name:      "uuid",
	Doc:       "Hexadecimal digits in groups of 8, 4, 4, 4 and 12 with dashes between.",
	Kinds:     []Kind{UUID},
	anchor:    uuidAnchor(),
	verify:    verifyUUID,
	named:     namedUUID,
	canonical: canonicalUUID,
}

// uuidAnchor finds the first of four dashes that are five apart.
func uuidAnchor() bitmap.Expr {
	hex := bitmap.In(bitmap.Digit, bitmap.HexAlpha)
	two := bitmap.In(bitmap.Dash).AndAt(5, bitmap.In(bitmap.Dash))
	return two.AndAt(10, two).AndAt(-1, hex).AndAt(16, hex)
}

const uuidBytes = 36

// isUUID says whether the form of RFC 9562, section 4, stands at i.
func (t *text) isUUID(i int) bool {
	return i >= 0 && t.hexAt(i, 8) && t.at(i+8) == '-' && t.hexAt(i+9, 4) && t.at(i+13) == '-' && t.hexAt(i+14, 4) &&
		t.at(i+18) == '-' && t.hexAt(i+19, 4) && t.at(i+23) == '-' && t.hexAt(i+24, 12)
}

func verifyUUID(t *text, at int) int {
	start := at - 8
	end := start + uuidBytes
	// '_' is what identifiers are joined with: req_<uuid>.
	if !t.isUUID(start) || isAlnum(t.at(start-1)) && t.escapeBefore(start) == 0 || isAlnum(t.at(end)) {
		return 0
	}
	t.report(UUID, Checked, start, end, 98)
	return end
}

// namedUUID also takes 32 digits without dashes.
func namedUUID(t *text, k Kind, start, end int) {
	for i := start; i < end; {
		j := i
		for j < end && isHex(t.b[j]) {
			j++
		}
		switch {
		case j-i == 8 && t.isUUID(i) && i+uuidBytes <= end:
			j = i + uuidBytes
			t.report(k, Checked, i, j, 98)
		case j-i == 32 && !isWord(t.at(i-1)) && !isWord(t.at(j)):
			t.report(k, Checked, i, j, 90)
		}
		i = max(j, i+1)
	}
}

// canonicalUUID writes the digits in lower case, with dashes.
func canonicalUUID(dst, value []byte) []byte {
	n := 0
	for _, c := range value {
		if !isHex(c) {
			continue
		}
		if n == 8 || n == 12 || n == 16 || n == 20 {
			dst = append(dst, '-')
		}
		dst = append(dst, lower(c))
		n++
	}
	return dst
}
