package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var urlUserinfo = Detector{
	Name:   "url_userinfo",
	Doc:    "What stands between :// and the @ of a URL's host.",
	Kinds:  []Kind{URLUserinfo},
	anchor: userinfoAnchor(),
	verify: verifyUserinfo,
}

// userinfoAnchor finds the colon of ://, also of :\/\/.
func userinfoAnchor() bitmap.Expr {
	slash := bitmap.In(bitmap.Slash)
	plain := bitmap.In(bitmap.Colon).AndAt(1, slash).AndAt(2, slash)
	escaped := bitmap.In(bitmap.Colon).AndAt(1, bitmap.In(bitmap.Escape)).AndAt(2, slash)
	return plain.Or(escaped.AndAt(4, slash))
}

func verifyUserinfo(t *text, at int) int {
	start := at + 3
	if t.b[at+1] == '\\' {
		start = at + 5
	}
	if !isAlpha(t.at(at-1)) && !isDigit(t.at(at-1)) {
		return start
	}
	if !t.atWithin(start) {
		return start
	}
	last, colon, digits := 0, 0, 0
	i := start
scan:
	for ; i < len(t.b); i++ {
		switch c := t.b[i]; c {
		case '@':
			last = i
		case ':':
			if colon == 0 {
				colon = i
			}
		case '/', '?', '#', '"', '<', '>', '\\', '`', 0:
			break scan
		case ',', ';', ')', '|', '\'', '&', ']', '}', '(':
			// These end a URL in a text, but may be part of a password. A port is
			// no password.
			if colon == 0 || last > 0 || digits == i-colon-1 {
				break scan
			}
		default:
			if c <= ' ' || c == 0x7f {
				break scan
			}
			if colon > 0 && isDigit(c) {
				digits++
			}
		}
	}
	if last > start && !isRepository(t.b[start:last], '/') {
		t.report(URLUserinfo, Secret, start, last, 95)
	}
	return max(i, start)
}

// atWithin says whether an '@' stands between i and what ends an authority in
// any case. Most have none.
func (t *text) atWithin(i int) bool {
	for ; i < len(t.b); i++ {
		if endsAuthority[t.b[i]] {
			return t.b[i] == '@'
		}
	}
	return false
}

// endsAuthority has '@' and the bytes that end the authority of a URL, whatever
// stands before.
var endsAuthority = func() (t [256]bool) {
	for c := range byte(' ' + 1) {
		t[c] = true
	}
	for _, c := range "@/?#\"<>\\`\x7f" {
		t[c] = true
	}
	return
}()
