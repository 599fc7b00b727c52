package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var phone = Detector{
	Name:   "phone",
	Doc:    "A number in international form that its country's lengths allow; in North American form in an area code in use; in the form of a region asked for; or in any national form where a word such as phone stands before.",
	Kinds:  []Kind{Phone},
	anchor: phoneAnchor(),
	verify: verifyPhone,
	named:  namedPhone,

	regional: func() bitmap.Expr {
		open, first := phoneStart()
		return open.Or(first)
	},

	canonical: canonicalPhone,
}

// phoneStart is at a plus or a bracket before a digit, and at the first digit of
// a number, where seven more bytes are digits or what parts them. ISO dates and
// times and IPv4 addresses are left out at once, being most of such places in
// logs, and so are numbers behind what mayPrecede does not have.
func phoneStart() (open, first bitmap.Expr) {
	sep := bitmap.In(bitmap.Space, bitmap.Dash, bitmap.Dot, bitmap.Plus, bitmap.Slash)
	slash, dash := bitmap.In(bitmap.Slash), bitmap.In(bitmap.Dash)
	body := decimal.Or(sep).Run(6)
	open = bitmap.In(bitmap.Plus).AndAt(1, decimal.Or(bitmap.In(bitmap.Plus)))
	date := decimal.Run(4).AndAt(4, dash).AndAt(7, dash)
	first = decimal.AndNotAt(-1, wordish.Or(bitmap.In(bitmap.Dot, bitmap.Dash, bitmap.Plus, bitmap.At, bitmap.Escape)).Or(slash.AndNotAt(-1, slash)))
	return open.AndAt(1, body), first.AndNot(date).AndNot(quad).AndAt(1, body)
}

// phoneAnchor is phoneStart where nationalPhone sees a number without a number
// plan: in North American groups, near a word, at the start of a line, or with
// eleven digits or dividers of which the first eight are not all digits, as a
// number after 00 has.
func phoneAnchor() bitmap.Expr {
	open, first := phoneStart()
	sep := bitmap.In(bitmap.Space, bitmap.Dash, bitmap.Dot, bitmap.Plus, bitmap.Slash)
	d3 := decimal.Run(3)
	exchange := d3.AndAt(3, parted(sep, decimal.Run(4)))
	area := d3.AndAt(3, parted(sep, exchange))
	long := decimal.Or(bitmap.In(bitmap.Space, bitmap.Dash, bitmap.Plus)).Run(11)
	grouped := area.OrAt(1, parted(sep, area)).Or(long.AndNot(decimal.Run(8)))
	return open.Or(first.And(grouped)).Or(nearWord(first)).Or(startsLine(first))
}

// parted is at the first of one to three dividers that x follows.
func parted(sep, x bitmap.Expr) bitmap.Expr {
	return sep.AndAt(1, x).Or(sep.AndAt(1, sep.AndAt(1, x).Or(sep.AndAt(1, sep.AndAt(1, x)))))
}

// A dialled is a telephone number as written.
type dialled struct {
	start, end int // without extension
	digits     [20]byte
	n          int // digits of the number
	groups     int // groups of digits
	plus       bool
	paren      bool // some are in brackets
	slash      bool
	spaced     bool // some are divided by blanks
	dotted     bool
	dashed     bool
	first      int // digits of the first group
	last       int // digits of the last group
	short      int // digits of the shortest group but the first
	trunk      int // index of a (0) in digits, or -1
	stops      [10]phoneStop
}

// A phoneStop is where a number might end: after a group.
type phoneStop struct {
	end  int
	n    int
	last uint8
}

// maxPhoneDigits bounds a number with its prefixes: E.164 allows 15.
const maxPhoneDigits = 18

// readPhone reads a number from at, which is a digit, '+' or '(', into the
// Scanner's own x, which is good until the next call. ok is false where it is
// longer than a number can be or its brackets are not paired.
func (t *text) readPhone(at int) (x *dialled, ok bool) {
	x = &t.cache.phone.read
	x.start, x.end, x.n, x.groups, x.trunk, x.short = at, at, 0, 0, -1, 99
	x.plus, x.paren, x.slash, x.spaced, x.dotted, x.dashed = false, false, false, false, false, false
	i, open := at, false
	if t.at(i) == '(' && t.at(i+1) == '+' {
		open, x.paren = true, true
		i++
	}
	if t.at(i) == '+' {
		x.plus = true
		i++
	}
	for {
		// What may stand between two groups: blanks, a dash, a dot, a slash, a
		// bracket, at most three of them.
		var seps [3]byte
		for sep := 0; !isDigit(t.at(i)); sep++ {
			c := t.at(i)
			switch {
			case sep == 3:
				return x, x.groups > 0 && !open
			case c == '(' && !open:
				open = true
			case c == ')' && open:
				open = false
				if x.groups > 0 {
					x.end = i + 1
					x.stops[x.groups-1].end = i + 1
				}
			case c == ')', c != ' ' && c != '-' && c != '.' && c != '/':
				return x, x.groups > 0 && !open
			}
			seps[sep] = c
			i++
		}
		x.note(seps)
		group := i
		for isDigit(t.at(i)) {
			if x.n == maxPhoneDigits {
				return x, false
			}
			x.digits[x.n] = t.b[i]
			x.n++
			i++
		}
		if x.groups == len(x.stops) {
			return x, true
		}
		x.last = i - group
		if x.groups == 0 {
			x.first = x.last
		} else {
			x.short = min(x.short, x.last)
		}
		if open && x.last == 1 && t.b[group] == '0' && t.at(i) == ')' {
			x.trunk = x.n - 1
		}
		x.end = i
		x.stops[x.groups] = phoneStop{i, x.n, uint8(x.last)}
		x.groups++
	}
}

// note notes what stands before a group.
func (x *dialled) note(seps [3]byte) {
	for _, c := range seps {
		switch c {
		case ' ':
			x.spaced = true
		case '-':
			x.dashed = true
		case '.':
			x.dotted = true
		case '/':
			x.slash = true
		case '(', ')':
			x.paren = true
		}
	}
}

// cut drops the groups from the one after stop i on.
func (x *dialled) cut(i int) {
	x.end, x.n, x.last, x.groups = x.stops[i].end, x.stops[i].n, int(x.stops[i].last), i+1
}

func verifyPhone(t *text, at int) int {
	c := t.b[at]
	switch {
	case c == '+' || c == '(' && t.at(at+1) == '+':
		return t.plusPhone(at)
	case c == ')':
		return at + 1
	}
	return t.nationalPhone(at)
}

// mayPrecede says whether a number may begin at at, by what stands before it.
func (t *text) mayPrecede(at int) bool {
	switch c := t.at(at - 1); c {
	case 0, ' ', '\t', '\n', '\r', '"', '\'', '`', '(', '[', '{', '<', '>', '=', ':', ';', ',', '|', '*', '!', '~':
		return true
	default:
		// A blank that does not break, or a character of a script that has no
		// blanks between words; not a letter with an accent.
		return c >= 0x80 && (t.at(at-3) >= 0xe0 || t.at(at-2) == 0xc2 && c == 0xa0)
	}
}

// plusPhone judges a number in international form (E.164 with E.123 spacing):
// the country must exist and its numbers may be that long.
func (t *text) plusPhone(at int) int {
	if !t.mayPrecede(at) {
		return at + 1
	}
	x, ok := t.readPhone(at)
	if !ok || x.n < 7 {
		return max(x.end, at+1)
	}
	longest := *x
	for i := x.groups - 1; i >= 0; i-- {
		if x.cut(i); x.n < 7 {
			break
		}
		if international(x.digits[:x.n], x.trunk) && t.phoneEnds(x.end) {
			end := t.extension(x.end)
			t.report(Phone, Checked, at, end, 92)
			return end
		}
	}
	return t.misdialled(at, &longest)
}

// misdialled judges a number that its country does not have: where nothing else
// is in its line, or a word says so, it is one with an error in it, and no less
// somebody's.
func (t *text) misdialled(at int, x *dialled) int {
	if x.n < 8 || x.n > 15 || callingCode(x.digits[:x.n]) == 0 || !t.phoneEnds(x.end) {
		return at + 1
	}
	if h, far := t.hints(at); !t.whole(at, x.end) && (h&hintPhone == 0 || far > 1) {
		t.miss(Phone, at, x.end, "its country has no numbers of that length")
		return at + 1
	}
	t.report(Phone, Shaped, at, x.end, 70)
	return x.end
}

// international says whether d, a calling code and a national number, is of a
// length that the country has. A trunk 0 after the calling code, at index trunk
// or not in brackets, does not count.
func international(d []byte, trunk int) bool {
	cc := callingCode(d)
	if cc == 0 {
		return false
	}
	n := len(d) - cc
	lengths := callingCodes[number(d[:cc])]
	if trunk == cc {
		return lengths>>(n-1)&1 != 0
	}
	if cc == 2 && d[0] == '5' && d[1] == '2' && d[2] == '1' && n == 11 {
		return true // Mexican mobile numbers, as they were dialled until 2019
	}
	return n > 3 && (lengths>>n&1 != 0 || d[cc] == '0' && lengths>>(n-1)&1 != 0)
}

// phoneEnds says whether a number may end before end.
func (t *text) phoneEnds(end int) bool {
	switch c := t.at(end); {
	case c == 'x' || c == 'e' || c == 'X' || c == 'E':
		return t.extension(end) > end
	case isWord(c) || c == '%' || c == '+':
		return false
	case c == '.' || c == '-' || c == '/' || c == ':':
		return !isAlnum(t.at(end + 1))
	}
	return true
}

// extension returns the end of an extension after end (RFC 3966 ";ext=", "x12",
// "ext. 12"), or end.
func (t *text) extension(end int) int {
	i := end
	for i < end+3 && (t.at(i) == ' ' || t.at(i) == ',' || t.at(i) == ';') {
		i++
	}
	blank := i
	for _, word := range [...]string{"extension", "ext", "x", "#"} {
		if t.foldAt(i, word) {
			i += len(word)
			break
		}
	}
	if i == blank {
		return end
	}
	for n := 0; n < 3 && (t.at(i) == ' ' || t.at(i) == '.' || t.at(i) == '=' || t.at(i) == ':'); n++ {
		i++
	}
	digits := i
	for isDigit(t.at(i)) {
		i++
	}
	if i == digits || i-digits > 7 || isWord(t.at(i)) {
		return end
	}
	return i
}
