package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// flag finds values by the name of the option before them in a command line.
var flag = Detector{
	Name:   "flag",
	Doc:    "A value behind an option of a command whose name says what it is: --password x, -user x.",
	Kinds:  allKinds(),
	anchor: bitmap.In(bitmap.Dash).AndAt(1, letters).AndAt(-1, bitmap.In(bitmap.Dash, bitmap.Space)).AndNotAt(-3, bitmap.In(bitmap.Dash)),
	verify: verifyFlag,
}

func verifyFlag(t *text, at int) int {
	dashes := at
	if t.at(at-1) == '-' {
		dashes--
	}
	if c := t.at(dashes - 1); c != ' ' && c != '"' && c != '\'' && c != '`' && dashes > 0 {
		return 0
	}
	start, end := at+1, at+1
	for (isWord(t.at(end)) || t.at(end) == '-') && end-start <= maxKey {
		end++
	}
	if t.at(end) != ' ' || end-start < 4 || t.at(end+1) == '-' {
		return 0
	}
	f := t.fieldAt(start, end)
	if f.Kind == None || !t.wanted[f.Kind] {
		return 0
	}
	i := end + 1
	if q := t.at(i); q == '"' || q == '\'' {
		if to := quoteEnd(t.b, i+1, q, 0); to > 0 {
			t.why = whyKey
			t.reportField(f, i+1, to)
			t.why = whyForm
			return to
		}
		return 0
	}
	to := i
	for to < len(t.b) && to-i < maxValue && !isBlank(t.b[to]) && t.b[to] != '"' && t.b[to] != '\\' {
		to++
	}
	for to > i && (t.b[to-1] == ',' || t.b[to-1] == ')' || t.b[to-1] == '.' || t.b[to-1] == ';') {
		to--
	}
	if v := t.b[i:to]; len(v) > 0 && !isProse(v) && !(dashes == at && f.Weak) {
		t.why = whyKey
		t.reportField(f, i, to)
		t.why = whyForm
	}
	return to
}
