package detect

import "bytes"

// An introduction is what stands before a name and says that one follows; what
// is not sure needs a name of two words.
type introduction struct {
	words string
	sure  bool
}

var introductions = [...]introduction{
	{"my name is ", true}, {"i am called ", true}, {"call me ", true}, {"maiden name is ", true}, {"your name? ", true}, {"had given ", true},
	{"shouted at ", true}, {"born as ", true}, {"name's ", false}, {"this is ", false}, {"i'm ", false}, {"signed by ", false}, {"directed by ", false},
	{"written by ", false}, {"killed by ", false}, {"follow up with ", false}, {"correct it to ", false}, {"features ", false}, {"said ", false},
	{"patient ", false}, {"applicant ", false}, {"policyholder ", false}, {"agent ", false}, {"specialist ", false}, {"adjuster ", false},
	{"employee ", false}, {"resident ", false}, {"customer ", false}, {"claimant ", false}, {"student ", false}, {"player ", false}, {"novelist ", false},
	{"president ", false}, {"minister ", false}, {"senator ", false}, {"captain ", false}, {"professor ", false}, {"doctor ", false}, {"sergeant ", false},
	{"singer ", false}, {"actor ", false}, {"actress ", false}, {"author ", false}, {"director ", false}, {"friend ", false}, {"brother ", false},
	{"sister ", false}, {"wife ", false}, {"husband ", false}, {"daughter ", false}, {"colleague ", false}, {"attorney ", false},
}

// introEnds has a bit, at endIndex, for the last three bytes before the space of an
// introduction.
var introEnds = func() (ends nameEnds) {
	for _, s := range introductions {
		ends.mark(s.words[:len(s.words)-1])
	}
	return
}()

// introEnd says whether the end of an introduction may stand before i.
func (t *text) introEnd(i int) bool {
	before := endIndex(t.at(i-4), t.at(i-3), t.at(i-2))
	return t.at(i-1) == ' ' && introEnds[before/64]>>(before%64)&1 != 0
}

// introduced says whether an introduction ends at i, and whether it is sure.
func (t *text) introduced(i int) (ok, sure bool) {
	if !t.introEnd(i) {
		return false, false
	}
	c := lower(t.at(i - 2))
	for _, s := range introductions {
		if w := s.words; w[len(w)-2] == c && t.foldAt(i-len(w), w) && !isWord(t.at(i-len(w)-1)) {
			return true, s.sure
		}
	}
	return false, false
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
	if !before || !after {
		return false
	}
	// "San Francisco"
	start := i
	if t.at(i-1) == ' ' {
		start = t.wordStart(i - 1)
	}
	return start+1 >= i || !isUpper(t.b[start]) || isNotName(t.b[start:i-1]) || isProse(t.b[start:i-1])
}

// titled judges what stands behind the title or the greeting t.b[i:end].
func (t *text) titled(i, end int) int {
	if !foldAny(t.b[i:end], "dear", "hi", "hello", "hey", "thanks", "regards", "sincerely", "cheers") {
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
	}
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
