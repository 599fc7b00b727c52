package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var mac = Detector{
	Name:      "mac",
	Doc:       "Six or eight pairs of hexadecimal digits with colons, dashes or spaces between, or groups of four with dots; longer rows are fingerprints.",
	Kinds:     []Kind{MAC},
	anchor:    macAnchor(),
	verify:    verifyMAC,
	named:     namedMAC,
	canonical: canonicalMAC,
}

// macAnchor finds the first separator of five that are three apart, and the
// first dot of two that are five apart.
func macAnchor() bitmap.Expr {
	hex := bitmap.In(bitmap.Digit, bitmap.HexAlpha)
	sep := bitmap.In(bitmap.Colon, bitmap.Dash, bitmap.Space).AndAt(1, hex)
	two := sep.AndAt(3, sep)
	four := two.AndAt(6, two)
	dot := bitmap.In(bitmap.Dot).AndAt(1, hex).AndAt(-1, hex)
	return four.AndAt(12, sep).AndAt(-1, hex).Or(dot.AndAt(5, dot).AndAt(4, hex).AndAt(-4, hex))
}

func verifyMAC(t *text, at int) int {
	if t.b[at] == '.' {
		return verifyCiscoMAC(t, at)
	}
	sep, start := t.b[at], at-2
	if !t.hexAt(start, 2) {
		return 0
	}
	end, n := t.pairs(start, sep)
	if n < 6 {
		return 0
	}
	if sep == ' ' && !t.whole(start, end) {
		return end // a dump
	}
	// In the middle of a longer row, or of something else that pairs end.
	if t.at(start-1) == sep && t.hexAt(start-2, 1) && sep != ' ' && !t.otherBefore(start-1, sep) ||
		!t.leftEdge(start) || isHex(t.at(end)) {
		return end
	}
	switch {
	case n >= 14 && (t.etherType(start+36, sep) || t.foldAt(start-4, "mac=")):
		// The first bytes of a frame, as netfilter logs them: to, from, type.
		t.report(MAC, Checked, start, start+17, 95)
		t.report(MAC, Checked, start+18, start+35, 95)
	case !t.rightEdge(end):
	case n == 6 || n == 8 && !(sep == ':' && t.allSmall(start, end)):
		t.report(MAC, Checked, start, end, 95)
	}
	return end
}

// pairs returns the end and the number of the pairs at start.
func (t *text) pairs(start int, sep byte) (end, n int) {
	for end = start; t.hexAt(end, 2); end += 3 {
		n++
		if t.at(end+2) != sep || !t.hexAt(end+3, 2) {
			return end + 2, n
		}
	}
	return end, n
}

// otherBefore says whether what the separator at i ends is a word of its own
// ("hwaddr:") and not a pair.
func (t *text) otherBefore(i int, sep byte) bool {
	return !t.hexAt(i-2, 2) || isWord(t.at(i-3)) && t.at(i-3) != sep
}

// etherType says whether the two pairs at i are the type of a frame: IPv4, ARP,
// IPv6, VLAN.
func (t *text) etherType(i int, sep byte) bool {
	return t.at(i+2) == sep && (t.foldAt(i, "08") && t.foldAt(i+3, "0") || t.foldAt(i, "86") && t.foldAt(i+3, "dd") || t.foldAt(i, "81") && t.foldAt(i+3, "00"))
}

// allSmall says whether all pairs are decimal and below 60: times, one after
// the other.
func (t *text) allSmall(start, end int) bool {
	for i := start; i < end; i += 3 {
		if t.b[i] > '5' || !isDigit(t.b[i+1]) {
			return false
		}
	}
	return false
}

// verifyCiscoMAC looks at three or four groups of four digits.
func verifyCiscoMAC(t *text, at int) int {
	start := at - 4
	n, end := 0, start
	for n < 5 && t.hexAt(end, 4) && !isHex(t.at(end+4)) {
		n++
		if t.at(end+4) != '.' || !isHex(t.at(end+5)) {
			end += 4
			break
		}
		end += 5
	}
	if n < 3 || n > 4 || !t.leftEdge(start) || !t.rightEdge(end) || t.at(start-1) == '.' || t.at(start-1) == '-' ||
		t.at(end) == '.' && isAlnum(t.at(end+1)) || t.at(end) == '-' && isAlnum(t.at(end+1)) {
		return 0
	}
	t.report(MAC, Checked, start, end, 90)
	return end
}

// namedMAC also takes twelve or sixteen digits without separators.
func namedMAC(t *text, k Kind, start, end int) {
	for i := start; i < end; {
		if !isHex(t.b[i]) || isWord(t.at(i-1)) {
			i++
			continue
		}
		j, digits := i, 0
		for j < end && (isHex(t.b[j]) || j > i && j+1 < end && isSeparator(t.b[j]) && isHex(t.b[j+1])) {
			if isHex(t.b[j]) {
				digits++
			}
			j++
		}
		if (digits == 12 || digits == 16) && !isWord(t.at(j)) && (j-i == digits || j-i == digits+digits/2-1 || j-i == digits+digits/4-1) {
			t.report(k, Checked, i, j, 95)
		}
		i = max(j, i+1)
	}
}

func isSeparator(c byte) bool { return c == ':' || c == '-' || c == '.' || c == ' ' }

// canonicalMAC writes pairs in lower case with colons between.
func canonicalMAC(dst, value []byte) []byte {
	n := 0
	for _, c := range value {
		if !isHex(c) {
			continue
		}
		if n > 0 && n%2 == 0 {
			dst = append(dst, ':')
		}
		dst = append(dst, lower(c))
		n++
	}
	return dst
}
