package format

import (
	"unicode/utf16"
	"unicode/utf8"
)

// stringEnd returns the offset of the quote that ends the string whose content
// begins at b[i] (RFC 8259, section 7), or, with false, the offset of the first
// byte that cannot stand in it: len(b) when it is not ended. Bytes that are not
// UTF-8 are let pass.
func stringEnd(b []byte, i int) (end int, flags CellFlag, ok bool) {
	for {
		for i+8 <= len(b) {
			w := word(b, i)
			if m := zeros(w^lows*'"') | zeros(w^lows*'\\') | below20(w); m != 0 {
				i += first(m)
				goto found
			}
			i += 8
		}
		for i < len(b) && b[i] != '"' && b[i] != '\\' && b[i] >= ' ' {
			i++
		}
		if i == len(b) {
			return i, flags, false
		}
	found:
		if b[i] == '"' {
			return i, flags, true
		}
		if b[i] != '\\' {
			return i, flags, false
		}
		flags = Escaped
		n := escapeLen(b[i:])
		if n <= 0 {
			return min(i-n, len(b)), flags, false
		}
		i += n
	}
}

// escapeLen returns the length of the escape that b begins with, or minus the
// length of what is right of it.
func escapeLen(b []byte) int {
	if len(b) < 2 {
		return -1
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		for k := 2; k < 6; k++ {
			if k >= len(b) || hexValue(b[k]) < 0 {
				return -k
			}
		}
		return 6
	}
	return -1
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// hex4 returns the code unit of the \uXXXX escape that b begins with.
func hex4(b []byte) rune {
	var r rune
	for _, c := range b[2:6] {
		r = r<<4 | rune(hexValue(c))
	}
	return r
}

// unescapes gives the byte that a short escape stands for.
var unescapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unescape returns what the escape that b, the rest of a valid string, begins
// with stands for, and its length. A surrogate without its other half is U+FFFD.
func unescape(b []byte) (rune, int) {
	if b[1] != 'u' {
		return rune(unescapes[b[1]]), 2
	}
	r := hex4(b)
	if utf16.IsSurrogate(r) {
		if len(b) >= 12 && b[6] == '\\' && b[7] == 'u' {
			if pair := utf16.DecodeRune(r, hex4(b[6:])); pair != utf8.RuneError {
				return pair, 12
			}
		}
		return utf8.RuneError, 6
	}
	return r, 6
}

// appendEscaped appends s as the content of a JSON string. What is not UTF-8 in
// it becomes U+FFFD.
func appendEscaped(dst, s []byte) []byte {
	const hex = "0123456789abcdef"
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(s[i:])
			dst = utf8.AppendRune(dst, r)
			i += n
			continue
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c == '\r':
			dst = append(dst, '\\', 'r')
		case c == '\t':
			dst = append(dst, '\\', 't')
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
		i++
	}
	return dst
}

// numberEnd returns the end of the JSON number that begins at b[i] (RFC 8259,
// section 6), or, with false, the offset of the first byte that is wrong.
func numberEnd(b []byte, i int) (int, bool) {
	if b[i] == '-' {
		i++
	}
	whole := i
	i = digitsEnd(b, i)
	if i == whole || b[whole] == '0' && i > whole+1 {
		return min(i, len(b)), false
	}
	if i < len(b) && b[i] == '.' {
		point := i + 1
		if i = digitsEnd(b, point); i == point {
			return i, false
		}
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		power := i
		if i = digitsEnd(b, power); i == power {
			return i, false
		}
	}
	return i, true
}

func digitsEnd(b []byte, i int) int {
	for i < len(b) && b[i]-'0' < 10 {
		i++
	}
	return i
}

// wordEnd returns the end of the true, false or null that begins at b[i], or,
// with false, the offset of the first byte that is wrong.
func wordEnd(b []byte, i int) (int, bool) {
	word := "true"
	switch b[i] {
	case 'f':
		word = "false"
	case 'n':
		word = "null"
	}
	for k := range len(word) {
		if i+k == len(b) || b[i+k] != word[k] {
			return i + k, false
		}
	}
	return i + len(word), true
}

// isBare says whether s is a JSON number, true, false or null.
func isBare(s []byte) bool {
	if len(s) == 0 {
		return false
	}
	end, ok := 0, false
	switch c := s[0]; {
	case c == '-' || c-'0' < 10:
		end, ok = numberEnd(s, 0)
	case c == 't' || c == 'f' || c == 'n':
		end, ok = wordEnd(s, 0)
	}
	return ok && end == len(s)
}
