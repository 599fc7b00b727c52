package detect

import (
	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// person finds names of people: by field, behind a title or an introduction, and
// where a common given name starts a capitalised name.
var person = Detector{
	Name:      "person",
	Doc:       "A value that a name says is a person's; capitalised words after a title (Dr.), an introduction (my name is) or starting with a common given name.",
	Kinds:     []Kind{Person},
	anchor:    personAnchor(),
	verify:    verifyPerson,
	named:     namedPerson,
	canonical: canonicalPerson,
}

// personAnchor is at the capital that begins a word behind a space, a quote, the
// start of a line, or what is in no class: if a small letter follows and no byte
// that stands behind no name, if it may be in capitals behind a title or an
// introduction, or on the line below a greeting.
func personAnchor() bitmap.Expr {
	space, newline := bitmap.In(bitmap.Space), bitmap.In(bitmap.Newline)
	start := capital.AndNotAt(-1, inside).AndAt(1, letters.Or(bitmap.In(bitmap.High)))
	// No name of a person ends before these.
	ends := bitmap.In(bitmap.Digit, bitmap.Under, bitmap.Colon, bitmap.At, bitmap.Plus, bitmap.Equal, bitmap.Slash, bitmap.Escape)
	two := letters.Run(2)
	ends = ends.Or(letters.AndAt(1, ends))
	ends = ends.Or(two.AndAt(2, ends))
	ends = ends.Or(letters.Run(4).AndAt(4, ends))
	ends = ends.Or(letters.Run(8).AndAt(8, ends))
	small := letters.And(bitmap.In(bitmap.Small)).Or(bitmap.In(bitmap.High))
	mixed := start.AndAt(1, small).AndNotAt(2, ends)
	var intros []string
	for _, s := range introductions {
		intros = append(intros, s.words[len(s.words)-4:len(s.words)-1])
	}
	introduced := start.AndAt(-1, space).AndAt(-4, bitmap.Words(intros...))
	// "MR. SMITH", "HELLO JOHN", "REGARDS,\nJOHN": from the last letter back.
	next := space.Or(newline).AndAt(1, capital.Or(bitmap.In(bitmap.High)))
	last := letters.AndAt(1, next).Or(letters.AndNotAt(1, classed.AndNot(bitmap.In(bitmap.Dot))).AndAt(2, next))
	last = last.Or(letters.AndAt(1, last))
	last = last.Or(two.AndAt(2, last))
	titled := start.AndAt(1, capital).AndAt(1, last.Or(letters.Run(4).AndAt(4, last)))
	signed := start.AndAt(-1, newline).AndNotAt(-2, visible)
	return mixed.Or(introduced).Or(titled).Or(signed)
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
		case !isAlpha(c) && c < 0x80 && c != '.' && c != '\'' && c != '-':
			return false
		case isUpper(c) && isUpper(v[i-1]):
			return false
		}
	}
	return n >= 2 && n <= 4
}

func verifyPerson(t *text, at int) int {
	if t.at(at-1) == '\n' {
		t.signature(at)
	}
	end := t.wordEnd(at)
	k := t.nameWordAt(at, end)
	if k == 0 && !t.introEnd(at) {
		return 0
	}
	return t.personFrom(at, end, k)
}

// personFrom judges the capitalised word t.b[i:end], which is k, and returns the
// end of what it reports, or 0.
func (t *text) personFrom(i, end int, k nameWord) int {
	if end-i < 2 {
		return 0
	}
	if k&wordTitle != 0 {
		return t.titled(i, end)
	}
	if ok, sure := t.introduced(i); ok {
		if last := t.nameEnd(i, 3); last > end || last == end && sure {
			t.report(Person, Shaped, i, last, 70)
			return last
		}
	}
	if k == 0 || isUpper(t.b[i+1]) || isWord(t.at(end)) {
		return 0
	}
	if k&wordGiven != 0 {
		last := t.nameEnd(i, 4)
		if t.streetFollows(i, last) {
			return last
		}
		if last > end {
			t.report(Person, Shaped, i, last, 70)
			t.nameList(i, last, true)
			return last
		}
	}
	if k&wordSurname != 0 {
		if start := t.nameBefore(i); start < i {
			last := max(t.nameEnd(i, 2), end)
			if !t.streetFollows(i, last) {
				t.report(Person, Shaped, start, last, 60)
				t.nameList(start, last, true)
			}
			return last
		}
	}
	if last := t.nameList(i, end, false); last > 0 {
		return last
	}
	if k&wordVague == 0 && t.inProse(i, end) && !t.streetFollows(i, end) {
		t.report(Person, Shaped, i, end, 55)
	}
	return end
}

// nameBefore returns where the capitalised word before the last name at i starts,
// with an initial between them or none; i if there is none that may be a name.
func (t *text) nameBefore(i int) int {
	end := i - 1
	if t.at(end) != ' ' {
		return i
	}
	if t.at(end-1) == '.' && isUpper(t.at(end-2)) && t.at(end-3) == ' ' {
		end -= 3
	} else if isUpper(t.at(end-1)) && t.at(end-2) == ' ' {
		end -= 2
	}
	start := t.wordStart(end)
	if w := t.b[start:end]; len(w) < 3 || !t.isNameLike(start, end) || isStreetWord(w) || isRegion(w) || isStreetPrefix(w) || isUnit(w) {
		return i
	}
	return start
}

// wordStart returns the start of the word that ends at end.
func (t *text) wordStart(end int) int {
	start := end
	for start > 0 && end-start < 32 && (isAlpha(t.b[start-1]) || t.b[start-1] >= 0x80) {
		start--
	}
	return start
}

// isNameLike says whether the word t.b[i:end] is written as names are, and is no
// common word.
func (t *text) isNameLike(i, end int) bool {
	w := t.b[i:end]
	if len(w) < 2 || !isUpper(w[0]) && (w[0] < 0xc3 || w[0] > 0xc5) || isUpper(w[1]) {
		return false
	}
	switch c := t.at(i - 1); c {
	case 0, '\n', ' ', '"', '>', '(', '\'', '\t':
	default:
		return false
	}
	return !isNotName(w) && !isProse(w) && !isWord(t.at(end)) && !announcements.isIn(w)
}

// wordEnd returns the end of the word at i: letters, and bytes beyond ASCII.
func (t *text) wordEnd(i int) int {
	start := i
	for c := t.at(i); (isAlpha(c) || c >= 0x80) && i-start < 32; c = t.at(i) {
		if c == 0xe2 && t.at(i+1) == 0x80 { // a dash or a quote (U+2010 and on)
			break
		}
		i++
	}
	return i
}

// particles stand within names, in lower case.
var particles = [...]string{"van der ", "van de ", "van den ", "von der ", "van ", "von ", "de la ", "del ", "de ", "da ", "dos ", "di ", "du ", "le ", "la ", "al ", "bin ", "ibn ", "ter "}

// nameEnd returns the end of up to n capitalised words at i, with initials,
// hyphens and particles between them; i if there is none.
func (t *text) nameEnd(i, n int) int {
	last := i
	for ; n > 0; n-- {
		if !isUpper(t.at(i)) && t.at(i) < 0xc3 {
			break
		}
		end := t.wordEnd(i)
		for (t.at(end) == '-' || t.at(end) == '\'') && isUpper(t.at(end+1)) {
			end = t.wordEnd(end + 1)
		}
		if end == i || end-i > 1 && isUpper(t.at(i+1)) && end-i <= 4 && !isLower(t.at(i+2)) || isWord(t.at(end)) {
			break
		}
		if isNotName(t.b[i:end]) {
			break
		}
		last = end
		if end-i == 1 && t.at(end) == '.' {
			end++
		}
		if t.at(end) != ' ' {
			break
		}
		i = end + 1
		if isLower(t.at(i)) && isLower(t.at(i+1)) {
			for _, p := range &particles {
				if t.has(i, p) && isUpper(t.at(i+len(p))) {
					i += len(p)
					break
				}
			}
		}
	}
	return last
}

var notNames = wordsOf(`the a an in on at of for and or is was i it he she we they you my your his her our their this that these those what who when where why how
	inc ltd llc gmbh corp company corporation university college school hospital bank group airport station street road avenue lane drive boulevard court
	place square way park bridge river lake mountain island city county state january february march april may june july august september october november december
	monday tuesday wednesday thursday friday saturday sunday north south east west new suite apt orchestra band club team award prize server service error warning
	failed login user account system manager version windows linux apache chrome safari firefox mozilla google microsoft ceo cto hi hello dear thanks regards if but so no yes
	please can could would will shall should do does did has have had not there here with from by to as llp plc ag sa`)

func isNotName(v []byte) bool { return notNames.isIn(v) }

var greetingWords = wordsOf(`all everyone team sir madam customer user friend friends there world folks guys colleagues members valued support both everybody again`)

func isGreetingWord(v []byte) bool { return greetingWords.isIn(v) }

// streetFollows says whether the words after t.b[i:last], or its last one, make
// a street of a name.
func (t *text) streetFollows(i, last int) bool {
	word := last
	for word > i && t.b[word-1] != ' ' {
		word--
	}
	if word > i && foldAny(t.b[word:last], "ave", "rd", "blvd", "st", "ln", "hwy", "pkwy", "street", "avenue", "road") {
		return true
	}
	if t.at(last) == ' ' {
		if end := t.wordEnd(last + 1); isStreetWord(t.b[last+1 : end]) {
			return true
		}
		if isDigit(t.at(last + 1)) {
			return true
		}
	}
	return false
}
