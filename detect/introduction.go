package detect

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

// personStarts and introEnds have a bit, at endIndex, for the first three bytes
// of words that may start a name or announce one, and for the last three before
// the space of an introduction: they refuse most capitalised words at once.
var personStarts, introEnds = func() (starts, ends [1 << 15 / 64]uint64) {
	start := func(w string) {
		if len(w) > 2 {
			i := endIndex(w[0], w[1], w[2])
			starts[i/64] |= 1 << (i % 64)
			return
		}
		for c := range byte(32) {
			i := endIndex(w[0], w[1], c)
			starts[i/64] |= 1 << (i % 64)
		}
	}
	for w := range givenNames.list {
		start(w)
	}
	for w := range announcements.list {
		start(w)
	}
	for _, s := range introductions {
		w := s.words
		i := endIndex(w[len(w)-4], w[len(w)-3], w[len(w)-2])
		ends[i/64] |= 1 << (i % 64)
	}
	return
}()

// announcements are titles and the words of greetings, before names.
var announcements = wordsOf(`mr mrs ms dr prof herr frau mme mlle sr sra miss sir madame monsieur dra dear hi hello hey thanks regards sincerely cheers`)

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
