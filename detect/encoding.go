package detect

import (
	"unicode/utf16"
	"unicode/utf8"
)

// An Encoding says how a value is written where it stands: as it is (the zero
// Encoding), or under up to four layers of escapes, each of two bits, the
// outermost in the lowest.
type Encoding uint8

// The layers of an Encoding.
const (
	// Percent: %40, in URLs and forms (RFC 3986, section 2.1).
	Percent Encoding = 1 + iota
	// Backslash: \u0040, \x40, \" (RFC 8259, section 7, and what C, JavaScript
	// and web servers write).
	Backslash
	// Entity: &#64;, &amp; (HTML 4.01, section 5.3; XML 1.0, section 4.6).
	Entity
)

const (
	layerBits = 2
	layerMask = 1<<layerBits - 1
	// maxLayers is how often a text is decoded at most.
	maxLayers = 3
)

// AppendDecoded appends the value that b, written in e, stands for.
func (e Encoding) AppendDecoded(dst, b []byte) []byte {
	if e == 0 {
		return append(dst, b...)
	}
	from := len(dst)
	for i := 0; i < len(b); {
		var n int
		dst, n = e.layer().decode(dst, b[i:])
		i += n
	}
	if inner := e >> layerBits; inner != 0 {
		return append(dst[:from], inner.AppendDecoded(nil, dst[from:])...)
	}
	return dst
}

// AppendEncoded appends value as it is written in e.
func (e Encoding) AppendEncoded(dst, value []byte) []byte {
	if inner := e >> layerBits; inner != 0 {
		value = inner.AppendEncoded(nil, value)
	}
	const hex = "0123456789ABCDEF"
	for _, c := range value {
		switch e.layer() {
		case Percent:
			if !isAlnum(c) && c != '-' && c != '.' && c != '_' && c != '~' {
				dst = append(dst, '%', hex[c>>4], hex[c&15])
				continue
			}
		case Backslash:
			switch {
			case c == '"' || c == '\\':
				dst = append(dst, '\\')
			case c < ' ':
				dst = append(dst, `\u00`...)
				dst = append(dst, hex[c>>4], hex[c&15])
				continue
			}
		case Entity:
			switch c {
			case '&':
				dst = append(dst, "&amp;"...)
				continue
			case '<':
				dst = append(dst, "&lt;"...)
				continue
			case '>':
				dst = append(dst, "&gt;"...)
				continue
			case '"':
				dst = append(dst, "&quot;"...)
				continue
			}
		}
		dst = append(dst, c)
	}
	return dst
}

func (e Encoding) layer() Encoding { return e & layerMask }

// lead returns what every escape of the one layer e begins with.
func (e Encoding) lead() byte {
	switch e {
	case Percent:
		return '%'
	case Backslash:
		return '\\'
	}
	return '&'
}

// decode appends what the first of b stands for in the layer e, and returns how
// many bytes of b that is: one where no escape stands.
func (e Encoding) decode(dst, b []byte) ([]byte, int) {
	switch {
	case e == Percent && b[0] == '%':
		if c, ok := hexOf(b, 1, 2); ok {
			return append(dst, byte(c)), 3
		}
	case e == Backslash && b[0] == '\\' && len(b) > 1:
		return decodeBackslash(dst, b)
	case e == Entity && b[0] == '&':
		if r, n := entity(b); n > 0 {
			return utf8.AppendRune(dst, r), n
		}
	}
	return append(dst, b[0]), 1
}

func decodeBackslash(dst, b []byte) ([]byte, int) {
	switch b[1] {
	case 'u':
		r, ok := hexOf(b, 2, 4)
		if !ok {
			break
		}
		if utf16.IsSurrogate(r) {
			if low, ok := hexOf(b, 8, 4); ok && b[6] == '\\' && b[7] == 'u' {
				if p := utf16.DecodeRune(r, low); p != utf8.RuneError {
					return utf8.AppendRune(dst, p), 12
				}
			}
		}
		return utf8.AppendRune(dst, r), 6
	case 'x':
		if c, ok := hexOf(b, 2, 2); ok {
			return append(dst, byte(c)), 4
		}
	case '"', '\\', '/', '\'':
		return append(dst, b[1]), 2
	case 'n':
		return append(dst, '\n'), 2
	case 'r':
		return append(dst, '\r'), 2
	case 't':
		return append(dst, '\t'), 2
	case 'b', 'f':
		return append(dst, ' '), 2
	}
	return append(dst, '\\'), 1
}

// hexOf returns the number of n hexadecimal digits at b[i].
func hexOf(b []byte, i, n int) (r rune, ok bool) {
	if len(b) < i+n {
		return 0, false
	}
	for _, c := range b[i : i+n] {
		if !isHex(c) {
			return 0, false
		}
		r = r<<4 | rune(unhex(c))
	}
	return r, true
}

// entities are the names that are in use for characters of ASCII.
var entities = map[string]rune{"amp": '&', "quot": '"', "apos": '\'', "lt": '<', "gt": '>', "nbsp": ' ', "commat": '@',
	"colon": ':', "period": '.', "sol": '/', "equals": '=', "plus": '+', "lowbar": '_', "percnt": '%'}

// entity returns the character that the reference b begins with stands for, and
// its length; 0 if none does.
func entity(b []byte) (r rune, n int) {
	const longest = 10
	end := 1
	for end < len(b) && end < longest && b[end] != ';' {
		if !isAlnum(b[end]) && b[end] != '#' {
			return 0, 0
		}
		end++
	}
	if end == len(b) || end == longest || end < 3 {
		return 0, 0
	}
	name := b[1:end]
	switch {
	case name[0] != '#':
		r = entities[string(name)]
	case lower(name[1]) == 'x':
		var ok bool
		if r, ok = hexOf(name, 2, len(name)-2); !ok || len(name) == 2 {
			return 0, 0
		}
	default:
		for _, c := range name[1:] {
			if !isDigit(c) {
				return 0, 0
			}
			r = r*10 + rune(c-'0')
		}
	}
	if r == 0 || !utf8.ValidRune(r) {
		return 0, 0
	}
	return r, end + 1
}
