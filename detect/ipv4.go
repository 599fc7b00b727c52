package detect

import (
	"bytes"
	"net/netip"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

var ipv4 = Detector{
	Name:      "ipv4",
	Doc:       "Four numbers of 0 to 255 with dots between, unless the words, the product or the numbers around them make them a version, a section or an object identifier.",
	Kinds:     []Kind{IPv4},
	anchor:    ipv4Anchor(),
	verify:    verifyIPv4,
	named:     namedIP,
	canonical: canonicalIP,
}

// ipv4Anchor finds the first dot of three, each between digits and at most three
// bytes from the next.
func ipv4Anchor() bitmap.Expr {
	dot := bitmap.In(bitmap.Dot).AndAt(-1, bitmap.In(bitmap.Digit)).AndAt(1, bitmap.In(bitmap.Digit))
	two := dot.And(dotNear(dot))
	return dot.And(dotNear(two))
}

// dotNear says yes where x does two to four bytes further on.
func dotNear(x bitmap.Expr) bitmap.Expr {
	// An expression needs a first term: x at +2 is x, looked at from there.
	all := bitmap.In(bitmap.Dot)
	return all.AndAt(2, x).Or(all.AndAt(3, x)).Or(all.AndAt(4, x))
}

// octets parses four numbers with dots at i and returns where they end, or 0.
func (t *text) octets(i int) int {
	for n := 0; n < 4; n++ {
		if n > 0 {
			if t.at(i) != '.' {
				return 0
			}
			i++
		}
		c := t.at(i)
		if !isDigit(c) {
			return 0
		}
		v := int(c - '0')
		i++
		if c == '0' && isDigit(t.at(i)) {
			return 0
		}
		for isDigit(t.at(i)) {
			if v = v*10 + int(t.b[i]-'0'); v > 255 {
				return 0
			}
			i++
		}
	}
	return i
}

// octetStart returns where the first octet of which a dot stands at dot starts,
// or -1. Digits of an escape sequence before it are not part of it.
func (t *text) octetStart(dot int) int {
	start := dot
	for start > 0 && dot-start < 8 && isDigit(t.b[start-1]) {
		start--
	}
	if n := t.escapeAt(start); n > 0 && dot-start > n {
		start += n
	}
	if dot-start > 3 || !t.leftEdge(start) {
		return -1
	}
	return start
}

func verifyIPv4(t *text, at int) int {
	start := t.octetStart(at)
	if start < 0 {
		return 0
	}
	end := t.octets(start)
	if end == 0 || !t.rightEdge(end) {
		t.miss(IPv4, start, at+1, "not four numbers to 255, or a letter behind them")
		return 0
	}
	if t.at(start-1) == '.' && isAlnum(t.at(start-2)) {
		return 0 // more than four numbers, or part of a name
	}
	if t.at(end) == '.' && isDigit(t.at(end+1)) && !t.dotPort(start, end) || t.notAddress(start, end) {
		t.miss(IPv4, start, end, "a version, an object identifier or a part of a longer number")
		return skipDotted(t, end)
	}
	t.report(IPv4, Checked, start, end, 95)
	return end
}

// dotPort says whether what follows the address t.b[start:end] after a dot is
// one number, a port as tcpdump and BSD's netstat write it, and the whole no
// object identifier, which begins with 0, 1 or 2, and no version.
func (t *text) dotPort(start, end int) bool {
	i := end + 1
	for isDigit(t.at(i)) {
		i++
	}
	if i-end > 10 && t.b[start+1] != '.' {
		return true // a time in seconds or less, as tracking cookies have it
	}
	if t.at(i) == '.' && isDigit(t.at(i+1)) || isWord(t.at(i)) {
		return false
	}
	return t.b[start+1] != '.' || t.has(i, " > ") || t.has(start-2, "> ")
}

// skipDotted returns the end of the numbers with dots between that go on at i:
// an object identifier.
func skipDotted(t *text, i int) int {
	for isDigit(t.at(i)) || t.at(i) == '.' {
		i++
	}
	return i
}

// notAddress says whether the surroundings of t.b[start:end], which has the form
// of an address, make it something else.
func (t *text) notAddress(start, end int) bool {
	// Versions begin with a small number; addresses that do are rare.
	small := start+1 < end && t.b[start+1] == '.'
	switch t.at(end) {
	case '.':
		if isAlpha(t.at(end+1)) && t.isFileSuffix(end+1) {
			return true
		}
	case '-', '+', '~':
		if small && isAlnum(t.at(end+1)) && t.octets(end+1) == 0 {
			return true
		}
	}
	switch t.at(start - 1) {
	case '-':
		if isAlpha(t.at(start-2)) && t.has(end-6, ".0.0.0") && !t.foldAt(start-3, "ip") {
			return true // a major version of many digits
		}
		if small && isAlnum(t.at(start-2)) && !t.rangeBefore(start-1) && !t.foldAt(start-3, "ip") {
			return true
		}
	case '/':
		if t.isProduct(start-1, end) {
			return true
		}
	}
	w := t.labelBefore(start)
	return dottedThings.isIn(w) || len(w) > 7 && foldIs(w[len(w)-7:], "version")
}

// dottedThings are what is numbered with dots, and no host.
var dottedThings = wordsOf(`version versions ver build release firmware revision rev software section chapter clause appendix oid`)

// rangeBefore says whether an address ends at i.
func (t *text) rangeBefore(i int) bool {
	for n := 7; n <= 15; n++ {
		if t.octets(max(i-n, 0)) == i {
			return true
		}
	}
	return false
}

// isFileSuffix says whether the word at i is what file names end in.
func (t *text) isFileSuffix(i int) bool {
	end := i
	for end-i < 8 && isAlnum(t.at(end)) {
		end++
	}
	return foldAny(t.b[i:end], "jar", "war", "tar", "tgz", "gz", "zip", "rpm", "deb", "exe", "dll", "so", "msi", "dmg", "pkg", "apk", "ipa", "whl", "el7", "el8", "el9", "nupkg", "dist", "final", "js", "css")
}

// isProduct says whether the word before the slash at i names a product and
// t.b[i+1:end] its version (RFC 9110, section 10.1.5), as against a host or an
// interface and its address.
func (t *text) isProduct(i, end int) bool {
	start := i
	for start > 0 && i-start < 24 && (isAlpha(t.b[start-1]) || t.b[start-1] == '_') {
		start--
	}
	w := t.b[start:i]
	if len(w) < 2 || w[0] > 'Z' || !isAlpha(w[0]) || !t.productEdge(start) {
		return false
	}
	// An address may have a port or a mask after it, a version has not.
	if c := t.at(end); c == ':' || c == '/' {
		return false
	}
	lowers := 0
	for _, c := range w {
		if c >= 'a' {
			lowers++
		}
	}
	return lowers > 0 || len(w) <= 4
}

func (t *text) productEdge(i int) bool {
	switch t.at(i - 1) {
	case 0, ' ', '"', '\'', ';', '(', '+', '\t', ',', '=', '>', '\n':
		return true
	}
	return t.escapeBefore(i) > 0
}

// namedIP reports every address in t.b[start:end].
func namedIP(t *text, _ Kind, start, end int) {
	for i := start; i < end; {
		c := t.b[i]
		if !isHex(c) && c != ':' || isWord(t.at(i-1)) && i > start {
			i++
			continue
		}
		if n, _ := t.parseIPv6(i); n > 0 && n <= end && t.rightEdge(n) && (n-i > 2 || end-start == 2) {
			t.report(IPv6, Checked, i, n, 99)
			i = n
		} else if n := t.octets(i); n > 0 && n <= end && !isDigit(t.at(n)) {
			t.report(IPv4, Checked, i, n, 99)
			i = n
		} else {
			for i < end && (isHex(t.b[i]) || t.b[i] == ':') {
				i++
			}
		}
	}
}

// canonicalIP writes addresses as RFC 5952 has it; an IPv4 address mapped into
// IPv6 becomes the IPv4 address.
func canonicalIP(dst, value []byte) []byte {
	if bytes.IndexByte(value, ':') < 0 { // of version 4, which has one spelling, or none
		return append(dst, value...)
	}
	a, err := netip.ParseAddr(string(value))
	if err != nil {
		return append(dst, value...)
	}
	return a.Unmap().AppendTo(dst)
}
