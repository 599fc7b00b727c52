package detect

// National forms: North American numbers by their area code, any region's by a
// word before them, and those of the regions asked for by their number plan.

// nationalPhone judges a number that begins with a digit or a bracket.
func (t *text) nationalPhone(at int) int {
	if !t.mayPrecede(at) && !(t.at(at-1) == '/' && t.at(at-2) == '/') {
		return at + 1
	}
	// Most digits in logs are told off here.
	if end := t.dottedQuad(at); end != 0 {
		return end
	}
	if !t.worthReading(at) {
		return t.digitsEnd(at)
	}
	x, ok := t.readPhone(at)
	if !ok {
		return t.digitsEnd(at)
	}
	if x.n < 7 || x.groups == 0 {
		return max(x.stops[0].end, at+1)
	}
	// The longest run of groups that makes a number of some form.
	for i := x.groups - 1; i >= 0; i-- {
		if x.cut(i); x.n < 7 {
			break
		}
		if !t.phoneEnds(x.end) {
			continue
		}
		if (t.northAmerican(x) || x.groups == 1 && x.n == 10 && t.extension(x.end) > x.end) && t.areaInUse(x) {
			end := t.extension(x.end)
			h, far := t.hints(at)
			// Blanks alone also divide the numbers of a table, or an order number.
			tabular := !x.paren && !x.dashed && !x.dotted
			if h&hintOther != 0 && far == 0 && !x.paren && !t.afterNumber(at) ||
				tabular && h&hintPhone == 0 && end == x.end && !t.whole(at, end) {
				t.miss(Phone, at, end, "no word says that it is a phone number")
				return end
			}
			t.report(Phone, Checked, at, end, 88)
			return end
		}
		if x.prefixed00() {
			h, _ := t.hints(at)
			if x.groups > 2 || h&hintPhone != 0 || t.whole(at, x.end) {
				end := t.extension(x.end)
				t.report(Phone, Checked, at, end, 85)
				return end
			}
		}
		if t.whole(at, x.end) && x.groups > 1 && wholeForm(x) {
			t.report(Phone, Shaped, at, x.end, 65)
			return x.end
		}
		if len(t.opts.Regions) > 0 && t.regionalForm(x) {
			end := t.extension(x.end)
			t.report(Phone, Checked, at, end, 85)
			return end
		}
	}
	return t.evidentPhone(at, x)
}

// worthReading says whether the digits at at could be a number at all: in a
// bracket, after 00 or a word, in North American groups, at the beginning of
// their line, or anything where regions are asked for.
func (t *text) worthReading(at int) bool {
	c := t.b[at]
	if c == '(' || c == '0' && t.at(at+1) == '0' || len(t.opts.Regions) > 0 || t.startsLine(at) {
		return true
	}
	i := at
	if c == '1' && !isDigit(t.at(at+1)) {
		i += 2
		for t.at(i) == ' ' || t.at(i) == '(' {
			i++
		}
	}
	if !isDigit(t.at(i+3)) && isDigit(t.at(i+2)) && isDigit(t.at(i+1)) {
		return true
	}
	return t.touchesWord(at)
}

// evidentPhone judges a number by the words before it.
func (t *text) evidentPhone(at int, x *dialled) int {
	next := max(x.stops[0].end, at+1)
	if !t.touchesWord(at) {
		return next
	}
	h, far := t.hints(at)
	if h&hintPhone == 0 && (h&^weakHints != 0 || h&hintNumber == 0 || h&hintPerson == 0) {
		return next
	}
	y, ok := t.readPhone(at)
	if !ok {
		return next
	}
	for i := y.groups - 1; i >= 0; i-- {
		y.cut(i)
		if y.n < 7 {
			break
		}
		if far > 0 && far < 3 && t.inAreaUndivided(y) { // as good as divided
			far = 0
		}
		if t.phoneEnds(y.end) && looseForm(y, far) {
			end := t.extension(y.end)
			t.report(Phone, Shaped, at, end, 75)
			return end
		}
	}
	return next
}

// inAreaUndivided says whether x is ten digits of a North American area in use, or
// eleven with the 1 before them, and nothing between.
func (t *text) inAreaUndivided(x *dialled) bool {
	return x.groups == 1 && (x.n == 10 || x.n == 11 && x.digits[0] == '1') && t.areaInUse(x)
}

// looseForm says whether x could be a number of some country: seven to fourteen
// digits in groups of two or more, and not a date, an address or a decimal.
func looseForm(x *dialled, far int) bool {
	if x.n > 14 || far > 3 {
		return false
	}
	if x.groups == 1 {
		return far == 0 && x.n <= 13 && (x.digits[0] != '0' || x.digits[1] != '0' || x.digits[2] != '0')
	}
	if x.short < 2 && x.groups > 2 || x.last < 2 || x.first > 6 {
		return false
	}
	kinds := 0
	for _, b := range [...]bool{x.dotted, x.slash, x.dashed || x.spaced || x.paren} {
		if b {
			kinds++
		}
	}
	switch {
	case kinds > 1 && x.dotted:
		return false
	case x.dotted && (x.groups < 3 || x.groups == 4 && x.last <= 3 && x.short <= 3 && x.n <= 12 && x.first <= 3 && x.digits[0] != '0'):
		return false // a decimal or an IPv4 address
	case x.isDate():
		return false
	}
	return true
}

// wholeForm says whether x, with nothing around it, reads as a number: after a
// trunk 0, or grouped 3-3-2-2.
func wholeForm(x *dialled) bool {
	if x.n < 9 || x.n > 12 || x.dotted && x.slash || !looseForm(x, 0) {
		return false
	}
	return x.digits[0] == '0' && x.digits[1] != '0' ||
		x.groups == 4 && x.first == 3 && x.stops[1].n == 6 && x.last == 2 && x.n == 10
}

// isDate says whether the groups of x are those of a date.
func (x *dialled) isDate() bool {
	if x.paren || x.groups < 3 || x.groups > 4 {
		return false
	}
	a, b, c := x.first, x.stops[1].n-x.stops[0].n, x.stops[2].n-x.stops[1].n
	year := func(d []byte) bool { y := number(d); return 1900 <= y && y < 2100 }
	return a == 4 && b <= 2 && c <= 2 && year(x.digits[:4]) ||
		a <= 2 && b <= 2 && c == 4 && year(x.digits[x.stops[1].n:x.stops[2].n])
}

// northAmerican says whether x is written as numbers of the North American
// Numbering Plan are: 514-555-0100, (514) 555-0100, 1 514.555.0100.
func (t *text) northAmerican(x *dialled) bool {
	i := 0
	if x.digits[0] == '1' && x.first == 1 {
		i = 1
	}
	if x.n != 10+i || x.stops[i].n-i != 3 {
		return false
	}
	if x.groups == 2+i {
		return (x.paren || x.dashed && t.whole(x.start, x.end)) && x.last == 7
	}
	// One kind of divider, but after the country and the area code.
	return x.groups == 3+i && x.last == 4 && !(x.dashed && x.dotted) &&
		(x.paren || !x.spaced || i == 1 || !x.dashed && !x.dotted)
}

// prefixed00 says whether x begins with the international prefix 00 and is a
// number of some country after it.
func (x *dialled) prefixed00() bool {
	return x.n > 9 && x.first > 1 && !x.dotted && !x.slash && x.digits[0] == '0' && x.digits[1] == '0' && international(x.digits[2:x.n], x.trunk-2)
}

// digitsEnd returns where the digits and separators from at on end.
func (t *text) digitsEnd(at int) int {
	i := at + 1
	for isDigit(t.at(i)) {
		i++
	}
	return i
}

// afterNumber says whether another number stands before the one at i, with a
// short word between: in "job 7 to 1-201-555-0123" the first is the job's.
func (t *text) afterNumber(i int) bool {
	end := i - 1
	start := end
	for start > 0 && end-start < 5 && isAlpha(t.b[start-1]) {
		start--
	}
	return t.at(end) == ' ' && start < end && t.at(start-1) == ' ' && isDigit(t.at(start-2))
}
