package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var birthDate = Detector{
	Name:  "birth_date",
	Doc:   "A date, in digits or with the name of its month, after a word such as born or DOB, or before birthday.",
	Kinds: []Kind{BirthDate},
	anchor: func() bitmap.Expr {
		d := bitmap.In(bitmap.Digit)
		letter := bitmap.In(bitmap.Alpha, bitmap.HexAlpha)
		sep := bitmap.In(bitmap.Slash, bitmap.Dash, bitmap.Dot)
		space := bitmap.In(bitmap.Space)
		d2, d4 := d.Run(2), d.Run(4)
		// What divides day and month from a year of four digits, unless a clock
		// time or more of a word follows the year.
		last := sep.Or(space).AndAt(1, d4).AndNotAt(5, letter.Or(d).Or(bitmap.In(bitmap.Colon, bitmap.Under)).Or(bitmap.In(bitmap.Dot).AndAt(1, d)))
		// A number of three digits before it is no day or month, nor is a word of
		// two letters.
		last = last.AndAt(-1, d).AndNotAt(-3, d.Run(3)).Or(last.AndAt(-1, letter.Or(bitmap.In(bitmap.Dot, bitmap.High))).AndNotAt(-2, d))
		comma := space.AndAt(1, d4).AndNotAt(5, letter.Or(d)).AndAt(-2, d).AndNotAt(-1, classed)
		// The first of the two in a year-first date without a time.
		first := sep.AndAt(-4, d4).AndAt(1, d2).AndAt(3, sep).AndAt(4, d2).AndNotAt(6, letter.Or(d).Or(bitmap.In(bitmap.Under)).Or(space.AndAt(1, d).AndAt(3, bitmap.In(bitmap.Colon))))
		return last.Or(comma).Or(first)
	}(),
	verify:    verifyBirth,
	named:     namedBirth,
	canonical: canonicalBirth,
}

// months has the first letters of the months, by which English, French, German,
// Spanish, Italian, Dutch and Portuguese can be told.
var months = map[string]int{
	"jan": 1, "ene": 1, "gen": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3, "maa": 3, "mrz": 3, "apr": 4, "avr": 4, "abr": 4,
	"may": 5, "mai": 5, "mei": 5, "mag": 5, "jun": 6, "jui": 6, "giu": 6, "jul": 7, "lug": 7, "aug": 8, "aoû": 8, "ago": 8,
	"sep": 9, "set": 9, "oct": 10, "okt": 10, "ott": 10, "out": 10, "nov": 11, "dec": 12, "déc": 12, "dez": 12, "dic": 12,
}

// month returns the number of the month whose name w is, 0 for none.
func month(w []byte) int {
	if len(w) < 3 || len(w) > 11 {
		return 0
	}
	var buf [4]byte
	n := copy(buf[:], w)
	for i := range buf[:n] {
		buf[i] = lower(buf[i])
	}
	if m := months[string(buf[:3])]; m != 0 {
		return m
	}
	if n == 4 {
		return months[string(buf[:4])]
	}
	return 0
}

func verifyBirth(t *text, at int) int {
	var start, end int
	if isDigit(t.at(at-4)) && isDigit(t.at(at-3)) && isDigit(t.at(at+2)) && t.at(at+3) == t.b[at] && !isDigit(t.at(at-5)) {
		start, end = at-4, at+6
		if !isYear(t.b[start:start+4]) || number(t.b[at+1:at+3]) > 12 || number(t.b[at+4:at+6]) > 31 {
			return at + 1
		}
		if t.at(end) == ' ' && isDigit(t.at(end+1)) && t.at(end+3) == ':' {
			return end
		}
	} else {
		end = at + 5
		if !isYear(t.b[at+1 : end]) {
			return at + 1
		}
		if start = t.dayBefore(at); start < 0 {
			return at + 1
		}
	}
	if c := t.at(start - 1); isWord(c) || c == '-' || c == '/' || c == '.' {
		return end
	}
	if h, far := t.hints(start); h&hintBirth != 0 && far <= 3 || t.abbreviated(start) || t.birthdayAfter(end) {
		t.report(BirthDate, Checked, start, end, 90)
	}
	return end
}

func isYear(b []byte) bool {
	y := number(b)
	return 1890 <= y && y < 2040
}

// dayBefore returns where day and month before the divider at at begin, in
// digits or with a name, either first; -1 where they do not read so.
func (t *text) dayBefore(at int) int {
	i := at
	back := func(in func(byte) bool, limit int) []byte {
		end := i
		for i > 0 && end-i < limit && in(t.b[i-1]) {
			i--
		}
		return t.b[i:end]
	}
	name := func(c byte) bool { return isAlpha(c) || c >= 0x80 }
	gap := func() bool {
		for n := 0; n < 3; n++ {
			c := t.at(i - 1)
			if c != ' ' && c != ',' && c != '.' && c != '-' && c != '/' {
				return n > 0
			}
			i--
		}
		return true
	}
	if t.at(i-1) == ',' || t.at(i-1) == '.' {
		i--
	}
	if d := back(isDigit, 3); len(d) > 0 {
		if len(d) > 2 || !gap() {
			return -1
		}
		if m := back(isDigit, 3); len(m) > 0 { // 22/11/1972, in either order
			a, b := number(d), number(m)
			if len(m) > 2 || t.at(i+len(m)) != t.b[at] || max(a, b) > 31 || min(a, b) > 12 || min(a, b) == 0 {
				return -1
			}
			return i
		}
		if month(back(name, 12)) == 0 || number(d) > 31 { // June 4, 1976
			return -1
		}
		return i
	}
	w := back(name, 12)
	if w := w; len(w) == 2 && isDigit(t.at(i-1)) { // June 4th, 1976
		if d := back(isDigit, 3); len(d) > 2 || !gap() || month(back(name, 12)) == 0 {
			return -1
		}
		return i
	}
	if month(w) == 0 || !gap() {
		return -1
	}
	if isAlpha(t.at(i - 1)) { // 15th, 2nd; 4 de junio de 1976 is not read
		if back(name, 3); !isDigit(t.at(i - 1)) {
			return -1
		}
	}
	if d := back(isDigit, 3); len(d) == 0 || len(d) > 2 || number(d) > 31 || number(d) == 0 {
		return -1
	}
	return i
}

// abbreviated says whether "d.o.b." stands within a few bytes before at.
func (t *text) abbreviated(at int) bool {
	for i := max(at-12, 0); i+4 < at; i++ {
		if t.foldAt(i, "d.o.b") {
			return true
		}
	}
	return false
}

// birthdayAfter says whether a word for a birthday is among the three after end.
func (t *text) birthdayAfter(end int) bool {
	i := end
	for range 4 {
		for i < end+40 && (t.at(i) == ' ' || t.at(i) == '(') {
			i++
		}
		start := i
		for isAlpha(t.at(i)) && i-start < maxWordBytes {
			i++
		}
		if i == start {
			return false
		}
		if lookupWord(t.b[start:i])&hintBirth != 0 {
			return true
		}
	}
	return false
}

// namedBirth takes what has the bytes of a date, or of the time since 1970, and
// four digits at least.
func namedBirth(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	if end-start > 40 {
		return
	}
	digits, letters := 0, 0
	for _, c := range t.b[start:end] {
		switch {
		case isDigit(c):
			digits++
		case isAlpha(c) || c >= 0x80:
			letters++
		case c != '-' && c != '/' && c != '.' && c != ' ' && c != ',' && c != ':' && c != '+':
			return
		}
	}
	if digits >= 4 && letters <= 14 {
		t.report(k, Checked, start, end, 90)
	}
}

// canonicalBirth spells a date whose year comes first, or whose month has a name,
// as ISO 8601 does, without its time. A date whose order is not known keeps its
// digits.
func canonicalBirth(dst, value []byte) []byte {
	if len(value) >= 10 && isDigit(value[0]) && isDigit(value[3]) && !isDigit(value[4]) && !isDigit(value[7]) {
		dst = append(dst, value[:4]...)
		dst = append(dst, '-')
		dst = append(dst, value[5:7]...)
		dst = append(dst, '-')
		return append(dst, value[8:10]...)
	}
	return append(dst, value...)
}
