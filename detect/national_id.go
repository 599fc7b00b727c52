package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var nationalID = Detector{
	Name:   "national_id",
	Doc:    "An identity, insurance or tax number in a form of some forty states with its check digits and dates: alone where the form is telling, else after a word such as passport, CPF or tax id.",
	Kinds:  []Kind{NationalID},
	anchor: nationalAnchor(),
	verify: verifyNationalID,
	named:  namedNationalID,

	canonical: appendUpper,
}

// nationalAnchor fires at the first digit of six, or of a run of ten digits and
// dividers that is no ISO date, where a word may stand before, the line
// starts, or the groups are those of a form that needs neither; and at a letter
// with digits after it as such numbers have them: one that four digits follow, a
// sixth with digits as in Italy, two before groups of digits as in Britain.
func nationalAnchor() bitmap.Expr {
	d, letter := decimal, letters
	sep := bitmap.In(bitmap.Space, bitmap.Dash, bitmap.Dot, bitmap.Plus, bitmap.Slash)
	space, dash := bitmap.In(bitmap.Space), bitmap.In(bitmap.Dash)
	d2, d4, d6 := d.Run(2), d.Run(4), d.Run(6)
	digits := d.AndNotAt(-1, wordish.Or(bitmap.In(bitmap.Dot, bitmap.Dash))).AndNot(quad).AndNot(d4.AndAt(4, dash).AndAt(7, dash))
	many := digits.And(d6.Or(d.Or(sep).Run(10)))
	telling := digits.AndNot(d.Run(3).AndAt(3, space)).And(d6.Or(d.Or(sep).Run(9)))
	row := letter.AndAt(1, d4).AndNotAt(-1, bitmap.In(bitmap.Digit, bitmap.Under, bitmap.Dot, bitmap.Dash)).
		And(letter.AndAt(1, alnums.Run(6)).Or(letter.AndAt(5, letter).AndAt(-4, letter.Run(4)))) // the second: five letters, four digits, a letter
	italian := letter.AndAt(1, d2).AndAt(3, letter).AndAt(-5, letter.Run(6))
	pair := letter.AndAt(-1, letter).AndNotAt(-2, wordish)
	british := pair.AndAt(1, space).AndAt(2, d2).AndAt(4, d.Or(space)).AndAt(5, d.Or(space))
	// "AA99 999", "AA-99-99", "AAA AAA 99A"
	french := pair.AndAt(1, d2).AndAt(3, space).AndAt(4, d.Run(3))
	dashed := pair.AndAt(1, dash).AndAt(2, d2).AndAt(4, dash).AndAt(5, d2)
	spaced := letter.AndAt(1, space).AndAt(6, d2).AndAt(8, letter).AndAt(2, letter.Run(3)).AndAt(5, space)
	swiss := letter.AndAt(1, dash).AndAt(2, d.Run(3)).AndAt(5, d.Run(3).Or(bitmap.In(bitmap.Dot)))
	return telling.And(tellingGroups()).Or(nearWord(many)).Or(startsLine(many)).Or(row).Or(italian).Or(british).Or(french).Or(dashed).Or(spaced).Or(swiss)
}

// tellingGroups is at the first digit of what may be a form that needs no word:
// its first group, what parts it from the second, and how that begins. A test
// holds it against the forms.
func tellingGroups() bitmap.Expr {
	d := decimal
	sep := bitmap.In(bitmap.Space, bitmap.Dash, bitmap.Dot, bitmap.Slash)
	dash, dot := bitmap.In(bitmap.Dash), bitmap.In(bitmap.Dot)
	d2, d3, d6 := d.Run(2), d.Run(3), d.Run(6)
	// The group behind a divider has two to four digits, six or more.
	group := sep.AndAt(1, d2)
	group = group.AndAt(3, sep.Or(d.AndAt(1, sep)).Or(d2.AndAt(2, sep))).Or(group.AndNot(dot).AndAt(3, d.Run(4)))
	one := d.AndAt(1, group)
	two := d2.AndAt(2, group)
	three := d3.AndAt(3, group.AndNot(bitmap.In(bitmap.Space)))
	five := d.Run(5).AndAt(5, dash.AndAt(1, d6))
	six := d6.AndAt(6, sep.AndNot(dot).AndAt(1, d2))
	eight := d6.AndAt(6, d2).AndAt(8, sep.AndNot(dot).AndAt(1, alnums))
	solid := d6.AndAt(6, letters).Or(d6.AndAt(6, d2).AndAt(8, letters.Or(d.AndAt(1, letters)))).Or(d6.AndAt(6, d6).AndAt(11, d6))
	// With all dividers there are nine bytes before the first letter.
	return one.Or(two).Or(three).Or(five).And(d.Or(sep).Run(9)).Or(six).Or(eight).Or(solid)
}

// Evidence that a form needs.
type need uint8

const (
	// alone: the form tells. In lower case it needs what lone needs.
	alone need = iota
	// lone: nothing else in the text, or a word before it.
	lone
	// told: a word before it.
	told
)

// An idForm is a form of a number of some state. Its shapes have '9' for a digit,
// 'A' for a letter, '*' for either, and dividers as they are.
type idForm struct {
	name   string
	shapes []string
	need   need
	// check judges the letters, in upper case, and digits without dividers.
	check func(c []byte) bool
}

const (
	minShape = 8
	maxShape = 24
)

// idForms has the forms by shape.
var idForms = map[string][]*idForm{}

func init() {
	for _, list := range [...][]idForm{westernIDs, northernIDs, easternIDs, americanIDs, asianIDs, southernIDs} {
		for i := range list {
			for _, s := range list[i].shapes {
				addShape([]byte(s), 0, &list[i])
			}
		}
	}
}

// addShape adds all shapes that s stands for.
func addShape(s []byte, from int, f *idForm) {
	for i := from; i < len(s); i++ {
		if s[i] == '*' {
			for _, c := range "9A" {
				s[i] = byte(c)
				addShape(s, i+1, f)
			}
			s[i] = '*'
			return
		}
	}
	idForms[string(s)] = append(idForms[string(s)], f)
	n := uint16(0)
	for _, c := range s {
		k := shapeByte[c]
		if k == 0 {
			return // only a named value has such a divider
		}
		if idTree[n].next[k-1] == 0 {
			idTree = append(idTree, idNode{})
			idTree[n].next[k-1] = uint16(len(idTree) - 1)
		}
		n = idTree[n].next[k-1]
	}
	idTree[n].forms = append(idTree[n].forms, f)
}

// An idNode is what shapes have in common at their start. next has the node for
// each of shapeByte, 0 where no shape goes on so: most numbers are told off
// after a few bytes.
type idNode struct {
	next  [6]uint16
	forms []*idForm // of the shape that ends here
}

// idTree has the root first.
var idTree = make([]idNode, 1, 2048)

// shapeByte numbers the bytes of shapes from 1.
var shapeByte = [256]uint8{'9': 1, 'A': 2, ' ': 3, '-': 4, '.': 5, '/': 6}

// A shaped is a text as its shape and its letters and digits.
type shaped struct {
	shape   [maxShape]byte
	compact [maxShape]byte
	n, m    int
	lower   bool // has letters in lower case
}

// add adds c and returns what stands for it in the shape.
func (s *shaped) add(c byte) byte {
	kind := c
	switch {
	case isDigit(c):
		kind = '9'
	case isAlpha(c):
		kind = 'A'
		if c >= 'a' {
			s.lower = true
			c &^= 0x20
		}
	}
	s.shape[s.n] = kind
	s.n++
	if kind != c || isAlnum(c) {
		s.compact[s.m] = c
		s.m++
	}
	return kind
}

func verifyNationalID(t *text, at int) int {
	start := at
	for start > 0 && at-start < 6 && isAlpha(t.b[start]) && isAlpha(t.b[start-1]) {
		start--
	}
	if !t.opensBefore(start) || t.at(start-1) == '.' || t.at(start-1) == '-' {
		return at + 1
	}
	if end := t.dottedQuad(start); end != 0 {
		return end
	}
	// The functions that check take s out of the compiler's sight: one of the
	// Scanner's own needs no allocation.
	s := &t.cache.national
	s.n, s.m, s.lower = 0, 0, false
	var best *idForm
	i, end := start, 0
	ev := evidence{t: t, start: start}
	node := &idTree[0]
	for s.n < maxShape {
		c := t.at(i)
		if !isAlnum(c) {
			if node.forms != nil && t.closedAfter(i) {
				if f := ev.form(node.forms, s, i); f != nil {
					best, end = f, i
				}
			}
			if c != ' ' && c != '-' && c != '.' && c != '/' || !isAlnum(t.at(i+1)) {
				break
			}
			if c == ' ' && isAlpha(t.at(i+1)) && isAlpha(t.at(i+2)) && isAlpha(t.at(i+3)) {
				break // a word follows
			}
		}
		next := node.next[shapeByte[s.add(c)]-1]
		if next == 0 {
			break
		}
		node = &idTree[next]
		i++
	}
	if best == nil {
		return t.toldID(start, &ev)
	}
	score := uint8(85)
	if ev.told {
		score = 97
	}
	t.report(NationalID, Checked, start, end, score)
	return end
}

// toldID judges a number of no known form: right behind words that say what it
// is, seven digits at least in one piece, with letters or not, are one.
func (t *text) toldID(start int, ev *evidence) int {
	i, digits := start, 0
	for isAlnum(t.at(i)) && i-start < maxShape {
		if isDigit(t.b[i]) {
			digits++
		}
		i++
	}
	if digits >= 7 && i-start <= 18 && t.closedAfter(i) && ev.words() && ev.near {
		t.report(NationalID, Shaped, start, i, 65)
		return i
	}
	return max(i, start+1)
}

// evidence looks for words before start only when a form needs them, and once.
type evidence struct {
	t      *text
	start  int
	looked bool
	told   bool
	near   bool // told by the word just before, and as a number
}

func (e *evidence) words() bool {
	if !e.looked {
		e.looked = true
		if e.t.touchesWord(e.start) {
			h, far := e.t.hints(e.start)
			e.told = h&hintID != 0 && far <= 2
			e.near = e.told && far == 0 && (h&(hintNumber|hintIdent) != 0 || e.t.at(e.start-1) != ' ')
		}
	}
	return e.told
}

// form returns the first of forms, those of its shape, that s, which ends at end,
// has with the evidence it needs, or nil.
func (e *evidence) form(forms []*idForm, s *shaped, end int) *idForm {
	for _, f := range forms {
		need := f.need
		if need == alone && s.lower {
			need = lone
		}
		if need == told && !e.words() || need == lone && !e.t.whole(e.start, end) && !e.words() {
			continue
		}
		if f.check(s.compact[:s.m]) {
			return f
		}
	}
	return nil
}

// namedNationalID takes a word of up to 24 letters, digits and dividers with four
// digits at least. One whose check digits fit is surer.
func namedNationalID(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	if end-start < 5 || end-start > maxShape {
		return
	}
	s := &t.cache.national
	*s = shaped{}
	digits := 0
	for _, c := range t.b[start:end] {
		if isDigit(c) {
			digits++
		} else if !isAlpha(c) && c != ' ' && c != '-' && c != '.' && c != '/' {
			return
		}
		s.add(c)
	}
	if digits < 4 {
		return
	}
	for _, f := range idForms[string(s.shape[:s.n])] {
		if f.check(s.compact[:s.m]) {
			t.report(k, Checked, start, end, 97)
			return
		}
	}
	t.report(k, Named, start, end, 75)
}
