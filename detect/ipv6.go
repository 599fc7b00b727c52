package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var ipv6 = Detector{
	Name:      "ipv6",
	Doc:       "Eight groups of hexadecimal digits, or fewer with ::, with an IPv4 tail or a zone, unless they are a time, an identifier or a fingerprint.",
	Kinds:     []Kind{IPv6},
	anchor:    ipv6Anchor(),
	verify:    verifyIPv6,
	named:     namedIP,
	canonical: canonicalIP,
}

// ipv6Anchor finds two colons side by side, and the first of four colons that
// have one to four bytes between.
func ipv6Anchor() bitmap.Expr {
	colon := bitmap.In(bitmap.Colon)
	hex := bitmap.In(bitmap.Digit, bitmap.HexAlpha)
	near := func(x bitmap.Expr) bitmap.Expr {
		return colon.AndAt(2, x).Or(colon.AndAt(3, x)).Or(colon.AndAt(4, x)).Or(colon.AndAt(5, x))
	}
	group := colon.AndAt(1, hex)
	return colon.AndAt(1, colon).Or(near(near(near(colon)).And(group)).And(group))
}

// maxIPv6 bounds an address without its zone, in bytes.
const maxIPv6 = 45

// parseIPv6 parses the longest address at i (RFC 4291, section 2.2), without
// zone, and returns where it ends, or 0, and how many groups it has. A number
// that follows a whole address after a colon is a port.
func (t *text) parseIPv6(i int) (end, groups int) {
	n, gap := 0, false
	if t.at(i) == ':' {
		if t.at(i+1) != ':' {
			return 0, 0
		}
		i += 2
		gap = true
		end = i
	}
	for n < 8 {
		j := i
		for j-i < 5 && isHex(t.at(j)) {
			j++
		}
		if j == i || j-i > 4 {
			break
		}
		if t.at(j) == '.' && n <= 6 && (gap || n == 6) {
			if e := t.octets(i); e > 0 && !isDigit(t.at(e)) {
				return e, n + 2
			}
		}
		n++
		i = j
		if gap || n == 8 {
			end = i
		}
		if t.at(i) != ':' {
			break
		}
		if t.at(i+1) == ':' {
			if gap || n == 8 {
				break
			}
			gap = true
			i += 2
			end = i
			continue
		}
		i++
	}
	if !gap && n < 8 || gap && n > 7 {
		return 0, 0
	}
	return end, n
}

func verifyIPv6(t *text, at int) int {
	start := at
	for start > 0 && at-start < maxIPv6 && (isHex(t.b[start-1]) || t.b[start-1] == ':') {
		start--
	}
	if at-start == maxIPv6 {
		return skipHexColons(t, at)
	}
	if n := t.escapeAt(start); n > 0 {
		start = min(start+n, at)
	} else if isWord(t.at(start-1)) && t.escapeBefore(start) == 0 {
		// "IPv6:" or "smtpd:": a name, which may end in letters that are digits.
		from := start
		for start < at && t.b[start] != ':' {
			start++
		}
		if n := start - from; n == 4 {
			return 0 // part of a longer word: "text2001:db8::1"
		}
	}
	// The colon after a name, not the first of two.
	if t.at(start) == ':' && t.at(start-1) > ' ' && (t.at(start+1) != ':' || t.at(start+2) == ':') {
		start++
	}
	if start > at {
		return 0
	}
	if isWord(t.at(start-1)) && t.escapeBefore(start) == 0 {
		return 0
	}
	end, groups := t.parseIPv6(start)
	if end <= at || !t.ipv6Edge(end) {
		if groups == 0 && end == 0 {
			return 0
		}
		return skipHexColons(t, end)
	}
	b := t.b[start:end]
	if !plausibleIPv6(t, start, end, groups) {
		return end
	}
	end = t.zoneEnd(b, end)
	t.report(IPv6, Checked, start, end, 95)
	return end
}

// ipv6Edge says whether an address may end at i: no word, no further groups.
func (t *text) ipv6Edge(i int) bool {
	c := t.at(i)
	if isWord(c) || c == '.' && isDigit(t.at(i+1)) {
		return false
	}
	if c != ':' {
		return true
	}
	// A port, a sentence that goes on, but no ninth group.
	j := i + 1
	for j-i < 7 && isDigit(t.at(j)) {
		j++
	}
	if isHex(t.at(j)) || t.at(j) != ':' {
		return !isHex(t.at(j))
	}
	// After the port, a word.
	for j++; isHex(t.at(j)); j++ {
	}
	return isWord(t.at(j))
}

func skipHexColons(t *text, i int) int {
	for isHex(t.at(i)) || t.at(i) == ':' {
		i++
	}
	return i
}

// plausibleIPv6 says whether what parses as an address is meant as one.
func plausibleIPv6(t *text, start, end, groups int) bool {
	digits, pairs, longest, gap := 0, true, 0, 0
	run := 0
	for i := start; i < end; i++ {
		c := t.b[i]
		switch {
		case isDigit(c):
			digits++
			run++
		case c == ':':
			if i > start && t.b[i-1] == ':' {
				gap = i - start
			}
			if run != 2 {
				pairs = false
			}
			run = 0
		default:
			run++
		}
		longest = max(longest, run)
	}
	pairs = pairs && run == 2
	if gap == 0 {
		// Pairs are bytes: a hardware address of 64 bits, a fingerprint.
		return !pairs
	}
	if groups == 0 {
		return t.alone(start, end)
	}
	if digits == 0 && groups < 3 {
		return false // a::b, std::add
	}
	// A time of day with something after it.
	return !(gap >= 6 && isDigit(t.b[start]) && isDigit(t.b[start+1]) && t.b[start+2] == ':' &&
		isDigit(t.b[start+3]) && isDigit(t.b[start+4]) && t.b[start+5] == ':' && start+8 < end && t.b[start+8] == ':')
}

// alone says whether t.b[start:end], which is "::", is a value of its own.
func (t *text) alone(start, end int) bool {
	l, r := t.at(start-1), t.at(end)
	switch l {
	case '[':
		return r == ']'
	case 0, '\t', ',', '|', '\n':
		return r == 0 && len(t.b) == end || r == '\t' || r == ',' || r == '|' || r == '\n' || r == '\r'
	}
	return false
}

// zoneEnd returns the end of the zone that follows an address, which ends at
// end (RFC 4007, section 11; RFC 6874 for %25), or end.
func (t *text) zoneEnd(addr []byte, end int) int {
	if t.at(end) != '%' {
		return end
	}
	i := end + 1
	if t.at(i) == '2' && t.at(i+1) == '5' && isAlnum(t.at(i+2)) {
		i += 2
	}
	start := i
	for i-start < 16 && (isWord(t.at(i)) || t.at(i) == '.' || t.at(i) == '-') {
		i++
	}
	for i > start && (t.b[i-1] == '.' || t.b[i-1] == '-') {
		i--
	}
	// %5D after an address is a bracket, written for a URL; %11 after one that
	// needs a zone is a zone.
	if t.hexAt(start, 2) && start == end+1 && !(isDigit(t.b[start+1]) && linkLocal(addr) && t.b[start] != '2') {
		return end
	}
	return i
}

// linkLocal says whether an address of that text is one of a link.
func linkLocal(addr []byte) bool {
	return len(addr) > 3 && lower(addr[0]) == 'f' && (lower(addr[1]) == 'e' || lower(addr[1]) == 'f')
}
