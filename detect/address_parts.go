package detect

// unitBefore returns the start of the unit that stands before the address at
// start, "Apt. 12", or start.
func (t *text) unitBefore(start int) int {
	end := start - 1
	if t.at(end) != ' ' {
		return start
	}
	if isDigit(t.at(start)) { // the number may be the unit's
		end = start
	} else {
		for end > 0 && start-end < 8 && isDigit(t.b[end-1]) {
			end--
		}
	}
	i := end - 1
	if t.at(i) != ' ' {
		return start
	}
	if t.at(i-1) == '.' {
		i--
	}
	if w := t.wordStart(i); isUnit(t.b[w:i]) && isUpper(t.b[w]) {
		return w
	}
	return start
}

// corner widens an address at the corner of two streets to the whole of it: "the
// corner of Elm Street 5 and Oak Road".
func (t *text) corner(start, end int) (from, to int) {
	const words = "corner of "
	if !t.foldAt(start-len(words), words) {
		return start, end
	}
	start -= len(words)
	if t.foldAt(start-4, "the ") {
		start -= 4
	}
	i := end
	if t.at(i) == '.' {
		i++
	}
	if !t.has(i, " and ") {
		return start, end
	}
	for n, j := 0, i+5; n < 4; n++ {
		word := t.wordEnd(j)
		for isDigit(t.at(word)) && word-j < 7 {
			word++
		}
		if c := t.at(j); word == j || !isUpper(c) && c < 0xc3 && !(n > 0 && isDigit(c)) || isWord(t.at(word)) {
			break
		}
		end = word
		if t.at(word) != ' ' {
			break
		}
		j = word + 1
	}
	return start, end
}

// militaryPost returns where the address starts whose state is the word at i of
// the United States' military post, "FPO AA": a ship or a unit in the line before;
// i if there is none.
func (t *text) militaryPost(i int) int {
	if !t.has(i-4, "FPO ") && !t.has(i-4, "APO ") && !t.has(i-4, "DPO ") {
		return i
	}
	end := i - 5
	if c := t.at(end); c != '\n' && c != ' ' && c != ',' {
		return i - 4
	}
	line := end
	for line > 0 && end-line < 40 && t.b[line-1] != '\n' && t.b[line-1] != ':' {
		line--
	}
	for ; line < end; line++ {
		if isWord(t.at(line - 1)) {
			continue
		}
		for _, s := range [...]string{"USS ", "USNS ", "USNV ", "USCGC ", "PSC ", "Unit ", "CMR "} {
			if t.has(line, s) {
				return line
			}
		}
	}
	return i - 4
}

// hasMark says whether there is a letter beyond ASCII in b.
func hasMark(b []byte) bool {
	for _, c := range b {
		if c >= 0xc3 {
			return true
		}
	}
	return false
}

var townParticles = wordsOf(`nad pod na u v ve sur sous les lez en le la los las del della di de da do dos am an der ob im bei aan den het op upon on under
	al el e y i z w koło przy med ved bij ter ten sub`)

func isTownParticle(v []byte) bool { return townParticles.isIn(v) }

// compoundTails has a bit, at endIndex, for the last three bytes of each of
// compoundEndings: most words have none of them.
var compoundTails = func() (tails nameEnds) {
	for _, e := range compoundEndings {
		tails.mark(e)
	}
	return
}()

func isStreetCompound(v []byte) bool {
	if len(v) < 5 {
		return false // no ending is shorter than three
	}
	i := endIndex(v[len(v)-3], v[len(v)-2], v[len(v)-1])
	if compoundTails[i/64]>>(i%64)&1 == 0 {
		return false
	}
	for _, e := range compoundEndings {
		if len(v) >= len(e)+2 && string(v[len(v)-len(e):]) == e {
			return true
		}
	}
	return false
}
