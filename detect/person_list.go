package detect

// maxNameList bounds the names of a list.
const maxNameList = 16

// nameList reports the list of names, "Anna, Ben and Carla", that the name
// t.b[i:end] is one of, and returns its end; 0 if it is none. sure says that
// t.b[i:end] is surely a name; else others of the list must be known, too.
func (t *text) nameList(i, end int, sure bool) int {
	if t.separator(end) == 0 && t.separatorBefore(i) == 0 {
		return 0
	}
	type item struct{ start, end int }
	var items [2 * maxNameList]item
	n, known, strong, and := 1, 1, 0, false
	if k := t.nameWordAt(i, t.wordEnd(i)); sure || k&wordVague == 0 {
		strong++
	}
	add := func(start, stop int) bool {
		first := t.wordEnd(start)
		k := t.nameWordAt(start, first)
		if !t.isNameLike(start, first) || k&wordTitle != 0 || isStreetWord(t.b[start:first]) {
			return false
		}
		items[n] = item{start, stop}
		n++
		if k != 0 {
			known++
			if k&wordVague == 0 {
				strong++
			}
		}
		return true
	}
	items[0] = item{i, end}
	for from := i; n < maxNameList; {
		sep := t.separatorBefore(from)
		if sep == 0 {
			break
		}
		stop := from - sep
		start := t.wordStart(stop)
		if t.at(start-1) == '-' || start == stop || !add(start, stop) {
			break
		}
		and = and || sep > 2
		from = start
	}
	last := end
	for n < 2*maxNameList {
		sep := t.separator(last)
		if sep == 0 {
			break
		}
		start := last + sep
		stop := t.nameEnd(start, 2)
		if stop-start < 2 || isWord(t.at(stop)) || t.at(stop) == ':' || t.at(stop) == '=' || !add(start, stop) {
			break
		}
		and = and || sep > 2
		last = stop
	}
	if n == 1 || strong == 0 || 2*known < n || !and && (n < 3 || strong < 2) && !(sure && n > 1 && known == n) {
		return 0
	}
	for _, x := range items[:n] {
		t.report(Person, Shaped, x.start, x.end, 55)
	}
	return last
}

// separator returns the length of what divides names of a list at i, or 0.
func (t *text) separator(i int) int {
	for _, s := range [...]string{", and ", ", ", " and ", " & "} {
		if t.has(i, s) {
			return len(s)
		}
	}
	return 0
}

// separatorBefore is separator for what ends at i.
func (t *text) separatorBefore(i int) int {
	if t.at(i-1) != ' ' {
		return 0
	}
	for _, s := range [...]string{", and ", ", ", " and ", " & "} {
		if t.has(i-len(s), s) {
			return len(s)
		}
	}
	return 0
}
