package detect

// Edges of values: whether one may start or end at a place, though the byte next
// to it may belong to an escape sequence and not to a word.

// leftEdge says whether a value may start at i: it is not within a word.
func (t *text) leftEdge(i int) bool { return !isWord(t.at(i-1)) || t.escapeBefore(i) > 0 }

// rightEdge says whether a value may end at i.
func (t *text) rightEdge(i int) bool { return !isWord(t.at(i)) }

// escapeBefore returns the length of the escape sequence that ends at i, or 0:
// %3A, \n, \x3a, \u003a, #011 (a tab, as rsyslog writes it), a terminal colour.
func (t *text) escapeBefore(i int) int {
	switch {
	case t.at(i-2) == '\\' && isEscapeLetter(t.at(i-1)):
		return 2
	case t.at(i-3) == '%' && t.hexAt(i-2, 2):
		return 3
	case t.at(i-4) == '\\' && t.at(i-3) == 'x' && t.hexAt(i-2, 2):
		return 4
	case t.at(i-4) == '#' && t.at(i-3) == '0' && t.hexAt(i-2, 2):
		return 4
	case t.at(i-6) == '\\' && t.at(i-5) == 'u' && t.hexAt(i-4, 4):
		return 6
	case t.at(i-1) == 'm':
		for j := i - 2; j >= i-8; j-- {
			if c := t.at(j); c == '[' && (t.at(j-1) == 0x1b || t.at(j-1) == 'b' || t.at(j-1) == '3') {
				return i - j
			} else if !isDigit(c) && c != ';' {
				break
			}
		}
	}
	return 0
}

// escapeAt returns the length of what of an escape sequence stands at i, right
// after the bytes that start it (the % of %3A, the \ or \u of \u003a), or 0.
func (t *text) escapeAt(i int) int {
	switch c := t.at(i); t.at(i - 1) {
	case '%':
		if t.hexAt(i, 2) {
			return 2
		}
	case '\\':
		switch {
		case c == 'u' && t.hexAt(i+1, 4):
			return 5
		case c == 'x' && t.hexAt(i+1, 2):
			return 3
		case isEscapeLetter(c):
			return 1
		}
	case 'u':
		if t.at(i-2) == '\\' && t.hexAt(i, 4) {
			return 4
		}
	case 'x':
		if t.at(i-2) == '\\' && t.hexAt(i, 2) {
			return 2
		}
	case '[':
		if t.at(i-2) == 0x1b {
			for j := i; j < i+8; j++ {
				if t.at(j) == 'm' {
					return j + 1 - i
				} else if !isDigit(t.at(j)) && t.at(j) != ';' {
					break
				}
			}
		}
	case '#':
		if c == '0' && isDigit(t.at(i+1)) && isDigit(t.at(i+2)) {
			return 3
		}
	}
	return 0
}

func isEscapeLetter(c byte) bool {
	return c == 'n' || c == 't' || c == 'r' || c == 'b' || c == 'f' || c == 'v'
}

// hexAt says whether n hexadecimal digits stand at i.
func (t *text) hexAt(i, n int) bool {
	for j := i; j < i+n; j++ {
		if !isHex(t.at(j)) {
			return false
		}
	}
	return true
}

// foldAt says whether s, which is lower case, stands at i in any case.
func (t *text) foldAt(i int, s string) bool {
	if i < 0 || len(t.b)-i < len(s) {
		return false
	}
	for j := range len(s) {
		if lower(t.b[i+j]) != s[j] {
			return false
		}
	}
	return true
}

// labelBefore returns the word of letters that stands before i, with nothing but
// a few separators between. Its last part counts: of "appVersion" and
// "app_version", "version".
func (t *text) labelBefore(i int) []byte {
	end := i
	for n := 0; n < 5; n++ {
		if c := t.at(end - 1); c != ' ' && c != '\t' && c != ':' && c != '=' && c != '"' && c != '\'' && c != '(' && c != '\\' && c != '>' {
			break
		}
		end--
	}
	start := end
	for start > 0 && end-start < 16 && isAlpha(t.b[start-1]) {
		start--
		if t.b[start] < 'a' && isAlpha(t.at(start-1)) && t.b[start-1] >= 'a' {
			break
		}
	}
	return t.b[max(start, 0):max(end, start, 0)]
}

// foldIs says whether w is s, which is lower case.
func foldIs(w []byte, s string) bool {
	if len(w) != len(s) {
		return false
	}
	for i, c := range w {
		if lower(c) != s[i] {
			return false
		}
	}
	return true
}

// foldAny says whether w is one of words, which are lower case.
func foldAny(w []byte, words ...string) bool {
	for _, s := range words {
		if foldIs(w, s) {
			return true
		}
	}
	return false
}

// has says whether s stands at i.
func (t *text) has(i int, s string) bool {
	return i >= 0 && len(t.b)-i >= len(s) && string(t.b[i:i+len(s)]) == s
}
