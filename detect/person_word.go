package detect

import "sync/atomic"

// A nameWord says what a capitalised word is in names of persons.
type nameWord uint8

const (
	wordGiven   nameWord = 1 << iota // a given name
	wordSurname                      // a last name, of the list or by its ending
	wordVague                        // it names other things as often
	wordTitle                        // a title or a greeting, before a name
)

// A nameDictionary knows the words of names.
type nameDictionary struct {
	table *wordTable
	kinds []nameWord // by slot of table
	// first has a bit, at fourIndex, for the first four letters of its words,
	// last one, at endIndex, for the last three, tails for the last three of
	// surnameEndings: together they refuse most capitalised words at once.
	first       [1 << 16 / 64]uint64
	last, tails nameEnds
}

var nameWords atomic.Pointer[nameDictionary]

// persons returns the dictionary, which is made when first it is needed.
func persons() *nameDictionary {
	if d := nameWords.Load(); d != nil {
		return d
	}
	d := &nameDictionary{table: newWordTable(givenNameList + " " + surnameList + " " + announcements.words)}
	d.kinds = make([]nameWord, len(d.table.slots))
	for _, x := range [...]struct {
		words string
		k     nameWord
	}{{givenNameList, wordGiven}, {surnameList, wordSurname}, {announcements.words, wordTitle}} {
		eachWord(x.words, func(w string, _ int) {
			d.kinds[d.table.slot(w)] |= x.k
			d.last.mark(w)
			if len(w) > 3 {
				d.markStart(w[0], w[1], w[2], w[3])
				return
			}
			for c := range byte(32) { // what follows a short word is none of its letters
				if len(w) == 3 {
					d.markStart(w[0], w[1], w[2], c)
					continue
				}
				for e := range byte(32) {
					d.markStart(w[0], w[1], c, e)
				}
			}
		})
	}
	eachWord(ambiguousNames.words, func(w string, _ int) { d.kinds[d.table.slot(w)] |= wordVague })
	eachWord(ambiguousSurnames.words, func(w string, _ int) {
		if h := d.table.slot(w); d.kinds[h]&wordGiven == 0 {
			d.kinds[h] |= wordVague
		}
	})
	for _, e := range surnameEndings {
		d.tails.mark(e)
	}
	nameWords.Store(d)
	return d
}

// fourIndex tells words apart by their first four letters, in either case.
func fourIndex(a, b, c, d byte) uint32 {
	return (uint32(a&31)<<15 | uint32(b&31)<<10 | uint32(c&31)<<5 | uint32(d&31)) * 0x9e3779b1 >> 16
}

func (d *nameDictionary) markStart(a, b, c, e byte) {
	i := fourIndex(a, b, c, e)
	d.first[i/64] |= 1 << (i % 64)
}

// announcements are titles and the words of greetings, before names.
var announcements = wordsOf(`mr mrs ms dr prof herr frau mme mlle sr sra miss sir madame monsieur dra dear hi hello hey thanks regards sincerely cheers`)

// surnameEndings are what last names of many languages end in and few other words
// do, in words of seven letters or more.
var surnameEndings = [...]string{"sson", "rson", "lson", "nson", "dson", "tson", "kson", "sdottir", "dottir", "lsen", "nsen", "rsen", "dsen", "tsen", "ksen", "esen",
	"ovic", "evic", "ovich", "evich", "enko", "chuk", "czyk", "wski", "wska", "ecki", "icki", "icka", "nski", "nska", "dzki", "dzka", "sky", "skaya",
	"akov", "ikov", "inov", "anov", "imov", "amov", "asov", "isov", "atov", "alov", "ulov", "elov", "ayev", "iyev", "aev", "eev", "ova", "eva", "shvili",
	"adze", "idze", "yan", "poulos", "akis", "idis", "iadis", "escu", "oglu", "inen", "onen", "anen", "unen", "qvist", "kvist", "strom", "gren", "lund", "guez", "ndez", "inez", "alez"}

// nameWordAt says what the capitalised word t.b[i:end] is.
func (t *text) nameWordAt(i, end int) (k nameWord) {
	n := end - i
	if n < 2 || n > 2*maxWord {
		return 0
	}
	d := persons()
	last := endIndex(t.at(end-3), t.at(end-2), t.at(end-1))
	tail := d.tails[last/64]>>(last%64)&1 != 0
	if first := fourIndex(t.b[i], t.at(i+1), t.at(i+2), t.at(i+3)); !tail && (d.first[first/64]>>(first%64))&(d.last[last/64]>>(last%64))&1 == 0 &&
		t.b[i]|t.at(i+1)|t.at(i+2)|t.at(i+3)|t.at(end-3)|t.at(end-2)|t.at(end-1) < 0x80 {
		return 0
	}
	var buf [maxWord]byte
	w := fold(&buf, t.b[i:end])
	if len(w) < 2 {
		return 0
	}
	if h := d.table.slot(string(w)); d.table.slots[h] != 0 {
		return d.kinds[h]
	}
	if tail && len(w) >= 7 && endsLikeSurname(w) {
		return wordSurname | wordVague
	}
	return 0
}

// endsLikeSurname says whether w, folded, ends as last names do.
func endsLikeSurname(w []byte) bool {
	for _, e := range &surnameEndings {
		if n := len(w) - len(e); n > 1 && string(w[n:]) == e {
			return true
		}
	}
	return false
}

// latin has the letters that U+00C0 to U+017F are but for their marks, in lower
// case.
const latin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// fold returns w in lower case and without marks on its letters, in buf: "Ångström"
// is "angstrom". It is empty where w is too long, or in other letters.
func fold(buf *[maxWord]byte, w []byte) []byte {
	n := 0
	for i := 0; i < len(w); i++ {
		c := w[i]
		second := byte(0)
		switch {
		case c < 0x80:
			c = lower(c)
		case c >= 0xc3 && c <= 0xc5 && i+1 < len(w):
			i++
			r := int(c&0x1f)<<6 + int(w[i]&0x3f) - 0xc0
			switch c = latin[r]; r {
			case 6, 38: // æ
				second = 'e'
			case 30, 62: // þ
				second = 'h'
			case 31: // ß
				second = 's'
			}
		default:
			return nil
		}
		if n+2 > len(buf) {
			return nil
		}
		buf[n] = c
		n++
		if second != 0 {
			buf[n] = second
			n++
		}
	}
	return buf[:n]
}
