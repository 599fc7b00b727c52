package detect

import (
	"bytes"

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
	if first := endIndex(t.b[at], t.at(at+1), t.at(at+2)); personStarts[first/64]>>(first%64)&1 == 0 && !t.introEnd(at) {
		return 0
	}
	end := t.personFrom(at)
	if end == 0 {
		return 0
	}
	// Others may follow: "Anna, Ben and Carla".
	for n := 0; n < 16; n++ {
		i := end
		switch {
		case t.has(i, ", and "):
			i += 6
		case t.has(i, ", "):
			i += 2
		case t.has(i, " and "):
			i += 5
		}
		last := t.nameEnd(i, 2)
		if c := t.at(last); i == end || last-i < 3 || c != ',' && c != '.' && c != '\n' && c != 0 && !t.has(last, " and ") && !t.has(last, " had ") ||
			len(t.found) == 0 || t.found[len(t.found)-1].End != end {
			break
		}
		t.report(Person, Shaped, i, last, 55)
		end = last
	}
	return end
}

// personFrom judges the capitalised word at i, and returns the end of what it
// reports, or 0.
func (t *text) personFrom(i int) int {
	end := t.wordEnd(i)
	if end-i < 2 || end-i > 20 {
		return 0
	}
	if f := filterIndex(t.b[i], t.b[end-1], end-i); (givenNames.filter[f/64]|announcements.filter[f/64])>>(f%64)&1 == 0 && !t.introEnd(i) {
		return 0
	}
	var low [20]byte
	for j := i; j < end; j++ {
		low[j-i] = lower(t.b[j])
	}
	word := string(low[:end-i])
	switch word {
	case "mr", "mrs", "ms", "dr", "prof", "herr", "frau", "mme", "mlle", "sr", "sra", "miss", "sir", "madame", "monsieur", "dra":
		next := end
		if t.at(next) == '.' {
			next++
		}
		if t.at(next) != ' ' {
			return 0
		}
		if last := t.nameEnd(next+1, 3); last > next+1 && !t.streetFollows(next+1, last) {
			t.report(Person, Shaped, next+1, last, 75)
			return last
		}
		return 0
	case "dear", "hi", "hello", "hey", "thanks", "regards", "sincerely", "cheers":
		j := end
		for t.at(j) == ',' || t.at(j) == ' ' || t.at(j) == '\n' {
			if j++; j-end > 4 {
				return 0
			}
		}
		last := t.nameEnd(j, 3)
		if c := t.at(last); last > j && (c == ',' || c == '\n' || c == 0 || c == '!') && !isGreetingWord(t.b[j:last]) && (j > end+1 || c == ',' || c == '!') {
			t.report(Person, Shaped, j, last, 60)
			return last
		}
		return 0
	}
	if ok, sure := t.introduced(i); ok {
		if last := t.nameEnd(i, 3); last > end || last == end && sure {
			t.report(Person, Shaped, i, last, 70)
			return last
		}
	}
	if !givenNames.has(word) && t.endsInSurname(i, end) {
		last := t.nameEnd(i, 4)
		if t.streetFollows(i, last) {
			return last
		}
		t.report(Person, Shaped, i, last, 60)
		return last
	}
	if !givenNames.has(word) || !isLower(t.b[i+1]) && t.b[i+1] < 0x80 || isWord(t.at(end)) {
		return 0
	}
	last := t.nameEnd(i, 4)
	if t.streetFollows(i, last) {
		return last
	}
	if last > end {
		t.report(Person, Shaped, i, last, 70)
		return last
	}
	if !ambiguousNames.has(word) && t.inProse(i, end) {
		t.report(Person, Shaped, i, end, 55)
	}
	return end
}

// endsInSurname says whether the capitalised word t.b[i:end] is followed by a last
// name, with at most an initial or one more word between.
func (t *text) endsInSurname(i, end int) bool {
	if t.at(end) != ' ' || !isUpper(t.at(end+1)) || isNotName(t.b[i:end]) || isProse(t.b[i:end]) || isStreetWord(t.b[i:end]) || isRegion(t.b[i:end]) ||
		!isLower(t.at(i+1)) && t.at(i+1) < 0x80 {
		return false
	}
	for n := 0; n < 2; n++ {
		from := end + 1
		end = t.wordEnd(from)
		if surnames.isIn(t.b[from:end]) && !isWord(t.at(end)) && (isLower(t.at(from+1)) || t.at(from+1) >= 0x80) {
			return true
		}
		if t.at(end) == '.' && end == from+1 {
			end++
		}
		if t.at(end) != ' ' || !isUpper(t.at(end+1)) {
			break
		}
	}
	return false
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

// signature reports the name that is the line at i, where the line before is the
// end of a letter: "Regards,".
func (t *text) signature(i int) {
	end := i
	for end > 0 && i-end < 6 && isBlank(t.b[end-1]) {
		end--
	}
	if t.at(end-1) != ',' {
		return
	}
	last := t.nameEnd(i, 3)
	if c := t.at(last); last-i < 3 || c != '\n' && c != '\r' && last != len(t.b) {
		return
	}
	start := end
	for start > 0 && end-start < 32 && t.b[start-1] != '\n' {
		start--
	}
	if isUpper(t.at(start)) && (start == 0 || t.b[start-1] == '\n') && bytes.IndexByte(t.b[start:end-1], ',') < 0 &&
		bytes.IndexByte(t.b[start:end], '=') < 0 && bytes.IndexByte(t.b[start:end], '"') < 0 {
		t.report(Person, Shaped, i, last, 55)
	}
}

// inProse says whether the word t.b[i:end] stands in a sentence: words in lower
// case, or punctuation of sentences, on the side where there is something.
func (t *text) inProse(i, end int) bool {
	before := i < 2 || t.at(i-1) == '>' || t.at(i-1) == '"' || t.at(i-1) == '\n' || t.at(i-1) == ' ' && (isLower(t.at(i-2)) || t.at(i-2) == ',' || t.at(i-2) == '.' || t.at(i-2) == '"')
	after := false
	switch c := t.at(end); c {
	case ' ':
		after = isLower(t.at(end+1)) && t.at(end+2) != ':'
	case '\'':
		after = t.at(end+1) == 's' && t.at(end+2) == ' '
	case ',', '.', '?', '!':
		before = before || c == ',' && t.at(i-1) == ' ' && t.at(i-2) == ':'
		after = t.at(end+1) == ' ' || t.at(end+1) == '\n' || t.at(end+1) == 0
	case 0, '\n':
		after = true
	}
	return before && after
}
