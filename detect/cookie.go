package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var cookie = Detector{
	Name:   "cookie",
	Doc:    "The values, one by one, of Cookie and Set-Cookie headers; attributes such as Path stay.",
	Kinds:  []Kind{Cookie},
	anchor: cookieAnchor(),
	verify: verifyCookie,
	named:  namedCookie,
}

// cookieAnchor finds the last of six letters of which the first and the last are
// hexadecimal digits and the others are not, with a colon, a quote or a backslash
// after it.
func cookieAnchor() bitmap.Expr {
	hex := bitmap.In(bitmap.HexAlpha)
	return hex.AndAt(-5, hex).AndAt(-4, bitmap.In(bitmap.Alpha).Run(4)).AndAt(1, bitmap.In(bitmap.Colon, bitmap.Quote, bitmap.Escape))
}

func verifyCookie(t *text, at int) int {
	name := at - 5
	if !t.foldAt(name, "cookie") || isWord(t.at(name-1)) && t.escapeBefore(name) == 0 {
		return 0
	}
	set := t.foldAt(name-4, "set-")
	if t.at(name-1) == '-' && !set {
		return 0
	}
	i := at + 1
	for t.at(i) == '"' || t.at(i) == '\'' || t.at(i) == '\\' {
		i++
	}
	if t.at(i) != ':' {
		return 0
	}
	for {
		i++
		for t.at(i) == ' ' || t.at(i) == '"' || t.at(i) == '\'' || t.at(i) == '\\' || t.at(i) == '[' {
			i++
		}
		i = t.cookies(i, len(t.b), set)
		// A list of strings, in JSON.
		if !set || t.at(i) != '"' || t.at(i+1) != ',' || t.at(i+2) != '"' {
			return i
		}
		i++
	}
}

// cookies reports the values of the pairs at i, of the first only if set, and
// returns where they end (RFC 6265, section 4.1.1).
func (t *text) cookies(i, limit int, set bool) int {
	for i < limit {
		name := i
		for i < limit && isCookieName(t.b[i]) {
			i++
		}
		if i == name || t.at(i) != '=' || i >= limit {
			return i
		}
		key := t.b[name:i]
		i++
		for i < limit && (t.b[i] == '"' || t.b[i] == '\\' && t.at(i+1) == '"') && t.at(i+1) != ';' {
			i++
		}
		start := i
		for i < limit && isCookieValue(t.b[i]) && !(t.b[i] == '\\' && (t.escapeAt(i+1) > 0 || t.at(i+1) == '"' || t.at(i+1) == '\\')) {
			i++
		}
		if !isAttribute(key) {
			t.report(Cookie, Shaped, start, i, 90)
		}
		for i < limit && (t.b[i] == '\\' && t.at(i+1) == '"' || t.b[i] == '"' && t.at(i+1) == ';') {
			i++
		}
		if t.at(i) != ';' || i >= limit {
			return i
		}
		if set {
			return t.attributes(i, limit)
		}
		i++
		for i < limit && (t.b[i] == ' ' || t.b[i] == '+') {
			i++
		}
	}
	return i
}

// attributes returns the end of the attributes after a cookie that was set.
func (t *text) attributes(i, limit int) int {
	for i < limit && t.b[i] != '"' && t.b[i] >= ' ' {
		i++
	}
	return i
}

// isAttribute says whether name is that of an attribute of a cookie.
func isAttribute(name []byte) bool {
	return foldAny(name, "path", "domain", "expires", "max-age", "samesite", "priority")
}

func isCookieName(c byte) bool {
	return isAlnum(c) || c == '_' || c == '-' || c == '.' || c == '$' || c == '%' || c == '!' || c == '*' || c == '~' || c == '[' || c == ']' || c == '/' || c == '|' || c == '#'
}

// isCookieValue is looser than the standard, as browsers are.
func isCookieValue(c byte) bool { return c > ' ' && c != ';' && c != '"' && c != 0x7f }

// namedCookie takes pairs, or one value without a name.
func namedCookie(t *text, k Kind, start, end int) {
	i := start
	for i < end && isCookieName(t.b[i]) {
		i++
	}
	if i > start && i < end && t.b[i] == '=' {
		t.cookies(start, end, false)
	} else if end-start >= 4 {
		t.report(k, Named, start, end, 70)
	}
}
