package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// address finds postal addresses: by field, and where a house number, a street
// word and capitalised words stand together.
var address = Detector{
	Name:      "address",
	Doc:       "A value that a name says is a postal address or a line of one; a house number, capitalised words and a word for streets in running text.",
	Kinds:     []Kind{Address},
	anchor:    addressAnchor(),
	verify:    verifyAddress,
	named:     namedAddress,
	canonical: canonicalAddress,
}

// addressAnchor is at a space between a number of up to six digits and a word,
// either way round: "12 Main", "12 rue d", "Mayor 5".
func addressAnchor() bitmap.Expr {
	letter := letters.Or(bitmap.In(bitmap.High))
	space := bitmap.In(bitmap.Space)
	first := decimal.AndNotAt(-1, wordish.Or(bitmap.In(bitmap.Colon, bitmap.Dot, bitmap.Slash, bitmap.Dash)))
	two := first.Or(decimal.AndAt(-1, first))
	last := two.Or(decimal.AndAt(-1, decimal).AndAt(-2, two)).Or(decimal.AndAt(-3, decimal.Run(3)).AndAt(-4, two))
	before := space.AndAt(-1, last).And(space.AndAt(1, capital.Or(bitmap.In(bitmap.High))).Or(space.AndAt(1, letters).AndAt(4, space)))
	fraction := decimal.And(decimal.AndAt(1, inNumber).Or(decimal.AndAt(1, decimal.AndAt(1, inNumber).Or(decimal.AndAt(1, decimal.AndAt(1, inNumber))))))
	after := space.AndAt(1, decimal).AndAt(-1, letter.Or(bitmap.In(bitmap.Dot))).AndNotAt(1, fraction.Or(decimal.Run(7)))
	return before.Or(after)
}

func namedAddress(t *text, k Kind, start, end int) {
	v := t.b[start:end]
	if isFullName(v) && t.nameWordAt(start, t.wordEnd(start)) != 0 && !t.streetFollows(start, end) { // whose it is comes first
		t.report(Person, Named, start, end, 70)
		return
	}
	if f := formOf(v); len(v) <= 400 && f.letters+f.high+f.digits >= 3 && !isAddressForm(v) {
		t.report(Address, Named, start, end, 75)
	}
}

func verifyAddress(t *text, at int) int {
	if isDigit(t.at(at - 1)) {
		// "12 Main Street", "12 Rue de la Paix"
		if c := t.b[at+1]; !isUpper(c) && c < 0xc3 && !t.foldAt(at+1, "rue ") && !t.has(at+1, "ul. ") {
			return 0
		}
		start := at - 1
		for start > 0 && at-start < 7 && isDigit(t.b[start-1]) {
			start--
		}
		if c := t.at(start - 1); isWord(c) || c == ':' || c == '.' || c == '/' || c == '-' || at-start > 6 {
			return 0
		}
		words, strong, end := t.streetWords(at + 1)
		if words == 0 {
			return 0
		}
		return t.reportAddress(start, end, strong)
	}
	// "Hauptstraße 12", "Calle Mayor 5"
	word := at
	for word > 0 && at-word < 32 && (isAlpha(t.b[word-1]) || t.b[word-1] >= 0x80 || t.b[word-1] == '.') {
		word--
	}
	if c := t.at(word); !isUpper(c) && c < 0xc3 && !isStreetSuffix(t.b[word:at]) || word > 0 && t.b[word-1] != ' ' && t.b[word-1] != '\n' && t.b[word-1] != ',' && t.b[word-1] != '"' && t.b[word-1] != '\t' && t.b[word-1] != '>' {
		return 0
	}
	start, strong := word, isStreetCompound(t.b[word:at])
	// "Villacher Strasse 89", "Kossuth u. 97"
	if !strong && isStreetSuffix(t.b[word:at]) && t.at(word-1) == ' ' {
		before := word - 1
		for before > 0 && word-before < 32 && (isAlpha(t.b[before-1]) || t.b[before-1] >= 0x80) {
			before--
		}
		if c := t.at(before); before < word-2 && isLower(c) && t.b[word] >= 0xc3 && t.at(before-1) == ' ' { // "Árpád fejedelem útja 3"
			before = t.wordStart(before - 1)
		}
		if c := t.at(before); before < word-2 && (isUpper(c) || c >= 0xc3) {
			start, strong = before, true
		}
	}
	switch w := string(t.b[word:at]); {
	case w == "Box" && (t.has(word-5, "P.O. ") || t.has(word-3, "PO ")):
		strong = true
		if start -= 5; !t.has(start, "P.O. ") {
			start += 2
		}
	case w == "Postbox" || w == "Postfach" || w == "Postboks" || w == "Apartado":
		strong = true
	case w == "AA" || w == "AE" || w == "AP":
		if start = t.militaryPost(word); start < word {
			end := at + 1
			for isDigit(t.at(end)) && end-at < 7 {
				end++
			}
			if end-at == 6 && !isWord(t.at(end)) {
				return t.reportAddress(start, end, true)
			}
			return 0
		}
	case w == "PSC" || w == "Unit":
		i := at + 1
		for isDigit(t.at(i)) && i-at < 7 {
			i++
		}
		if t.has(i, " Box ") || t.has(i, ", Box ") {
			return t.reportAddress(word, i, true)
		}
	}
	// The words before, while they are capitalised.
	for n := 0; n < 4 && !strong && t.at(start-1) == ' '; n++ {
		from := start - 1
		for from > 0 && start-from < 24 && (isAlpha(t.b[from-1]) || t.b[from-1] >= 0x80 || t.b[from-1] == '.') {
			from--
		}
		w := t.b[from : start-1]
		if len(w) == 0 || !isUpper(w[0]) && w[0] < 0xc3 && !isParticle(w) && string(w) != "ul." {
			break
		}
		start = from
		strong = isStreetPrefix(w)
	}
	if !strong {
		return 0
	}
	if t.at(start-1) == ' ' && isDigit(t.at(start-2)) { // a number before, too
		from := start - 2
		for from > 0 && start-from < 7 && isDigit(t.b[from-1]) {
			from--
		}
		if c := t.at(from - 1); !isWord(c) && c != ':' && c != '.' {
			start = from
		}
	}
	end := at + 1
	for isDigit(t.at(end)) {
		if end++; end-at > 6 {
			return 0
		}
	}
	if isAlpha(t.at(end)) && !isWord(t.at(end+1)) {
		end++
	}
	if isWord(t.at(end)) || t.at(end) == ':' || t.at(end) == '.' && isDigit(t.at(end+1)) {
		return 0
	}
	return t.reportAddress(start, end, true)
}

// streetWords reads the capitalised words of a street at i. strong says that one
// of them is a word for streets; a number may follow them.
func (t *text) streetWords(i int) (n int, strong bool, end int) {
	end = i
	loud := false // the word before is in capitals
	prefix := false
	for n < 6 {
		j := t.wordEnd(i)
		w := t.b[i:j]
		if len(w) == 0 || n > 0 && isUnit(w) {
			break
		}
		capital := isUpper(w[0]) || w[0] >= 0xc3
		prefix = prefix || isStreetPrefix(w)
		if !capital && !isParticle(w) && !prefix {
			break
		}
		shouted := len(w) > 2 && isUpper(w[0]) && isUpper(w[1])
		if n > 0 && isStreetWord(w) && shouted == loud || isStreetCompound(w) || isStreetPrefix(w) {
			strong = true
		}
		n++
		loud = shouted
		if capital {
			end = j
		}
		if t.at(j) == '.' && t.at(j+1) == ' ' && len(w) <= 4 {
			j++
		}
		for (t.at(j) == '-' || t.at(j) == '\'') && isAlpha(t.at(j+1)) {
			j = t.wordEnd(j + 1)
			end = j
		}
		if t.at(j) != ' ' {
			break
		}
		i = j + 1
	}
	if prefix && i > end && isDigit(t.at(i)) { // "rue du centre 320"
		end = i - 1
	}
	if t.at(end) == ' ' && isDigit(t.at(end+1)) {
		j := end + 1
		for isDigit(t.at(j)) && j-end < 7 {
			j++
		}
		if !isWord(t.at(j)) && t.at(j) != ':' && t.at(j) != '.' {
			end = j
		}
	}
	return n, strong, end
}

// isTownLine says whether nothing but the name of a town follows on the line of
// the post code that ends at i, or nothing at all.
func (t *text) isTownLine(i int) bool {
	end := i
	for c := t.at(end); end-i < 40 && (isAlpha(c) || c == ' ' || c == '-' || c == ',' || c == '.' || c >= 0x80); c = t.at(end) {
		end++
	}
	c := t.at(end)
	return (c == '\n' || c == '\r' || c == 0) && (end == i || t.at(i) == ' ' && isUpper(t.at(i+1)))
}

// reportAddress reports the street t.b[start:end] with what follows of an
// address: a unit, a town, a region, a post code. A street that is not strong
// needs the unit, or, with a number on both sides, a town and its code.
func (t *text) reportAddress(start, end int, strong bool) int {
	likely := !strong && isDigit(t.at(start+2)) && isDigit(t.at(end-1))
	strong = strong || likely && hasMark(t.b[start:end])
	unitSeen, town, code := false, false, false
	for range 10 {
		i := end
		if t.at(i) == '.' && isBlank(t.at(i+1)) { // of a number that is an ordinal
			if w := i + 2; t.at(i+1) != '\n' && isUnit(t.b[w:t.wordEnd(w)]) {
				i++
			}
		}
		for c := t.at(i); (isBlank(c) || c == ',' || c == '>' || c == '?' && (t.at(i+1) == '?' || t.at(i-1) == '?')) && i-end < 12; c = t.at(i) {
			i++
		}
		if i == end {
			break
		}
		unit := i
		if j := t.wordEnd(i); isUnit(t.b[i:j]) {
			if t.at(j) == '.' {
				j++
			}
			if t.at(j) == ' ' && isAlnum(t.at(j+1)) && (isDigit(t.at(j+1)) || !foldIs(t.b[i:i+2], "no")) {
				for j++; isAlnum(t.at(j)) && j-unit < 20; {
					j++
				}
				strong, unitSeen, end = true, true, j
				continue
			}
		}
		if !strong && !likely {
			break
		}
		j := i
		digits := 0
		for isDigit(t.at(j)) {
			digits++
			j++
		}
		// A line that begins with a number may be the next of a log: only a post
		// code has a town behind it, and an address has one code.
		if code || t.at(unit-1) == '\n' && digits > 0 && !t.isTownLine(j) {
			break
		}
		if digits >= 4 && digits <= 6 && !isWord(t.at(j)) && t.at(j) != ':' && !(t.at(j) == '.' && isDigit(t.at(j+1))) {
			if digits == 5 && t.at(j) == '-' && isDigit(t.at(j+1)) && isDigit(t.at(j+4)) && !isWord(t.at(j+5)) { // ZIP+4
				j += 5
			}
			end, code = j, true
			strong = strong || town && digits == 5
			if !town && t.at(unit-1) != '\n' && t.at(end) == ' ' { // "Hauptstraße 5, 12345 Berlin"
				if last := t.nameEnd(end+1, 1); last > end+2 {
					end = last
				}
			}
			continue
		}
		if digits > 0 {
			break
		}
		if w := t.wordEnd(j); foldAny(t.b[j:w], "nan", "null", "none") && (t.at(w) == '\n' || t.at(w) == ',') { // of a region that is not known
			end = w
			continue
		}
		// A town or a region: capitalised words that another part follows, or the
		// end of the line does.
		for m := 0; m < 3 && (isUpper(t.at(j)) || t.at(j) >= 0xc3); m++ {
			w := t.wordEnd(j)
			if v := t.b[j:w]; isNotName(v) && !isRegion(v) && !(len(v) == 2 && isUpper(v[1])) || isUnit(v) {
				break
			}
			i = w
			if t.at(w) == ' ' && t.at(w+1) == '(' { // "Cyprus (Greek)"
				if p := t.wordEnd(w + 2); p > w+2 && t.at(p) == ')' {
					i, w = p+1, p+1
				}
			}
			if t.at(w) != ' ' && t.at(w) != '-' {
				break
			}
			j = w + 1
			// "Ostrov nad Ohří", "Soto del Barco"
			if p := t.wordEnd(j); p > j && t.at(p) == ' ' && isLower(t.b[j]) && isTownParticle(t.b[j:p]) {
				j = p + 1
			}
		}
		if i == unit {
			break
		}
		c := t.at(i)
		if c == ',' || c == '\n' || c == 0 || c == ' ' && (isDigit(t.at(i+1))) || c == '?' || c == '.' && (t.at(i+1) == ' ' || t.at(i+1) == 0) || unitSeen && c == ' ' {
			town, end = true, i
			continue
		}
		break
	}
	if !strong {
		return 0
	}
	// A second number before the street: of a house in a row, or a post code.
	if t.at(start-1) == ' ' && isDigit(t.at(start-2)) {
		from := start - 2
		for from > 0 && start-from < 8 && isDigit(t.b[from-1]) {
			from--
		}
		if c := t.at(from - 1); isBlank(c) || c == 0 || c == '>' {
			start = from
		}
	}
	start, end = t.corner(t.unitBefore(start), end)
	t.addressee(start)
	t.report(Address, Shaped, start, end, 65)
	return end
}

// addressee reports the name in the line above the address at start.
func (t *text) addressee(start int) {
	end, lines := start, 0
	for end > 0 && start-end < 16 && (isBlank(t.b[end-1]) || t.b[end-1] == '>' || t.b[end-1] == '?') {
		if t.b[end-1] == '\n' {
			lines++
		}
		end--
	}
	from := end
	for from > 0 && end-from < 40 && t.b[from-1] != '\n' && t.b[from-1] != ':' && t.b[from-1] != '>' {
		from--
	}
	for from < end && !isUpper(t.b[from]) && t.b[from] < 0xc3 {
		from++
	}
	if lines > 0 && from < end && isFullName(t.b[from:end]) && t.nameEnd(from, 4) == end {
		t.report(Person, Shaped, from, end, 60)
	}
}

var (
	streetWordList = wordsOf(`street st road rd avenue ave lane ln drive dr boulevard blvd court ct way place pl square sq terrace ter highway hwy parkway pkwy close crescent
		cres row circle cir trail trl alley mews grove gardens green hill mount walk loop plaza esplanade quay wharf path pike turnpike bypass commons crossing
		heights junction landing meadow meadows mill mills oval parade point ridge rise route run spur station summit track trace view village ville vista`)
	streetPrefixList = wordsOf(`rue via calle avenida rua ul. ul ulica avenue boulevard viale corso carrer paseo chemin allée allee route quai piazza largo travessa
		carretera camino impasse cours plac aleja os ulice náměstí praça praca estrada rodovia strada vicolo`)
	// streetSuffixes stand between the name of a street and a number.
	streetSuffixes = wordsOf(`u. u út útja utca tér tere krt. rkp. sétány strasse straße str. weg platz allee gasse tee mnt tänav maantee puiestee pst gate gata vei veg vej gade
		gatan väg vägen tie katu kuja straat laan plein ulica ulice náměstí třída street road avenue drive lane st. ave. rd.`)
	regionWords   = wordsOf(`new north south east west la las los san santa saint st mount fort city park river lake island bridge mountain ag sa`)
	unitWords     = wordsOf(`suite apt apartment flat unit ste box bldg building floor room lot no wohnung appartement piso appt`)
	particleWords = wordsOf(`delle dei degli della lo gli de la las los du des del der den van di da do dos das e y el al of the und i von le les l d zum zur am im an`)
	// compoundEndings end the name of a street in one word.
	compoundEndings = [...]string{"straße", "strasse", "str.", "weg", "gasse", "platz", "allee", "straat", "laan", "gracht", "kade", "dijk", "plein", "gatan", "vägen",
		"gata", "vej", "gade", "veien", "vegen", "gate", "stien", "alléen", "alleen", "katu", "kuja", "polku", "utca", "ulice", "tänav", "stræti", "vegur", "holt", "stígur",
		"gränd", "backen", "stigen", "torget", "braut", "gerði", "hamrar", "steeg", "singel", "lei"}
)

func isStreetWord(v []byte) bool   { return streetWordList.isIn(v) }
func isStreetPrefix(v []byte) bool { return streetPrefixList.isIn(v) }
func isStreetSuffix(v []byte) bool { return streetSuffixes.isIn(v) }
func isUnit(v []byte) bool         { return unitWords.isIn(v) }
func isRegion(v []byte) bool       { return regionWords.isIn(v) }
func isParticle(v []byte) bool     { return particleWords.isIn(v) }
