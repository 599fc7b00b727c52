package transform

import (
	"errors"
	"unicode"
	"unicode/utf8"
)

var maskInfo = Info{
	Name: "mask",
	Doc:  "The value with its characters replaced one by one, ends or shape kept on request: ****-****-****-1111.",
	Params: []Param{
		{Name: "keep", Default: "0", Main: true, Doc: "characters to keep at the end; of a number written with separators, digits"},
		{Name: "keep-first", Default: "0", Doc: "characters to keep at the start, counted likewise"},
		{Name: "char", Default: "*", Doc: "character that stands for a masked one"},
		{Name: "shape", Default: "false", Flag: true, Doc: "letters become x, digits 0, ASCII punctuation and spaces stay"},
	},
	Preserves: "the length, the ends that were asked for, the separators of cards and phones; with shape the outer form",
	Attacks:   "length and kept ends narrow the value down: four digits of a phone number known by region leave few people",
}

var errShapeless = errors.New("mask: nothing to mask in this value")

type mask struct {
	last, first int
	shape       bool
	char        []byte
}

func newMask(a *arguments, _ Target, _ *Keys) (Transform, error) {
	m := &mask{
		last:  a.number("keep", 0, 1000),
		first: a.number("keep-first", 0, 1000),
		shape: a.flag("shape"),
		char:  []byte(a.text("char")),
	}
	r, n := utf8.DecodeRune(m.char)
	if n != len(m.char) || r == utf8.RuneError || !unicode.IsPrint(r) {
		a.fail("char", "one printable character")
	}
	return m, nil
}

// Append masks by rune; a byte that is no UTF-8 counts as one. When the kept
// ends would show more than two thirds of the value, nothing is kept: a short
// value must not pass whole.
func (m *mask) Append(dst []byte, v Value) ([]byte, error) {
	number := isNumber(v.Text)
	count := 0
	for i := 0; i < len(v.Text); {
		c := v.Text[i]
		if c < utf8.RuneSelf {
			if !number || isDigit(c) {
				count++
			}
			i++
			continue
		}
		_, n := utf8.DecodeRune(v.Text[i:])
		count++
		i += n
	}
	first, last := m.first, m.last
	if 3*(first+last) > 2*count {
		first, last = 0, 0
	}
	came := len(dst)
	masked := false
	for i, at := 0, 0; i < len(v.Text); {
		c, n := v.Text[i], 1
		r := rune(c)
		if c >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(v.Text[i:])
		}
		counted := !number || isDigit(c)
		switch {
		case !counted, at < first, at >= count-last:
			dst = append(dst, v.Text[i:i+n]...)
		case !m.shape:
			dst = append(dst, m.char...)
		case r < utf8.RuneSelf && isPunct(c):
			dst = append(dst, c)
		case isDigit(c) || r >= utf8.RuneSelf && unicode.IsDigit(r):
			dst, masked = append(dst, '0'), true
		default:
			dst, masked = append(dst, 'x'), true
		}
		if counted {
			at++
		}
		i += n
	}
	if m.shape && !masked && len(v.Text) > 0 {
		return dst[:came], errShapeless
	}
	return dst, nil
}

// Clone gives m itself: it is only read.
func (m *mask) Clone() Transform { return m }

func (m *mask) byText() bool { return true }

// isNumber reports whether text is digits with the separators in which cards
// and phones are written, which then stay and do not count.
func isNumber(text []byte) bool {
	digits := false
	for _, c := range text {
		switch c {
		case ' ', '-', '.', '/', '(', ')', '+':
		default:
			if !isDigit(c) {
				return false
			}
			digits = true
		}
	}
	return digits
}

func isDigit(c byte) bool { return c-'0' < 10 }

// isPunct holds for ASCII punctuation and the space.
func isPunct(c byte) bool {
	return c >= ' ' && c < 0x7f && !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'z')
}
