package detect

import "bytes"

// again reports user names, host names and identifiers that evidence showed in a
// line where they stand bare in the same line, mailboxes where they are a part of
// a longer word, as of the name of a message, and the last names of persons.
func (t *text) again() {
	n := len(t.found)
	// Places searched last, so that a name that stands often is searched once.
	var done [8]struct {
		m  Match
		hi int
	}
	next := 0
	// No line feed stands in it, and one or nothing before it.
	var line struct{ start, end int }
search:
	for i := 0; i < n; i++ {
		switch t.found[i].Kind {
		case Email, Username, Hostname, Person, DeviceID, SessionID, APIKey:
		default:
			continue
		}
		m := t.recurring(t.found[i])
		if m.Start == m.End {
			continue
		}
		for _, d := range done {
			if m.Start < d.hi && m.Start >= d.m.Start && bytes.Equal(t.b[m.Start:m.End], t.b[d.m.Start:d.m.End]) {
				continue search
			}
		}
		reach := maxAgain
		if m.Kind == DeviceID || m.Kind == SessionID || m.Kind == APIKey {
			reach = maxAgainID
		}
		lo := max(0, m.Start-reach)
		if line.start <= m.Start && m.Start < line.end {
			lo = max(lo, line.start)
		} else if j := bytes.LastIndexByte(t.b[lo:m.Start], '\n'); j >= 0 || lo == 0 {
			lo += j + 1
			line.start, line.end = lo, m.Start
		}
		hi := min(len(t.b), m.End+reach)
		if j := bytes.IndexByte(t.b[m.End:hi], '\n'); j >= 0 {
			hi = m.End + j
		}
		if lo == line.start && bytes.IndexByte(t.b[m.Start:m.End], '\n') < 0 {
			line.end = max(line.end, hi)
		}
		done[next%len(done)].m, done[next%len(done)].hi = m, hi
		next++
		t.reportAgain(m, lo, m.Start)
		t.reportAgain(m, m.End, hi)
	}
}

const (
	// maxAgain bounds how far from where it was shown a name is looked for again.
	maxAgain = 512
	// maxAgainID is that for identifiers, which are rarer, and recur in objects of
	// some length, under names that say less.
	maxAgainID = 2048
)

// reportAgain reports the name of m in t.b[at:hi].
func (t *text) reportAgain(m Match, at, hi int) {
	name := t.b[m.Start:m.End]
	for at+len(name) <= hi {
		i := bytes.Index(t.b[at:hi], name)
		if i < 0 {
			return
		}
		at += i
		left, right := t.at(at-1), t.at(at+len(name))
		if !isNamePart(left) && !isNamePart(right) || m.Kind == Email && !isAlnum(left) && !isAlnum(right) {
			found := m
			found.Start, found.End, found.why = at, at+len(name), whyAgain
			if m.Kind != Email {
				found.Rank = Named
			}
			t.found = append(t.found, found)
		}
		at += len(name)
	}
}

// recurring returns m, or the part of it that is looked for again; an empty
// match if it is not.
func (t *text) recurring(m Match) Match {
	switch v := t.b[m.Start:m.End]; {
	case len(v) > 64, m.Rank == Known:
	case m.Kind == Email && len(v) >= 6,
		(m.Kind == Username || m.Kind == Hostname && m.Rank == Named) && isTelling(v, m.Kind),
		(m.Kind == DeviceID || m.Kind == SessionID || m.Kind == APIKey) && isSerial(v):
		return m
	case m.Kind == Person && m.Rank == Shaped:
		// The last of several names, if it is no common word.
		i := bytes.LastIndexByte(v, ' ')
		if last := v[i+1:]; i > 0 && len(last) >= 4 && isUpper(last[0]) && !isProse(last) && !isNotName(last) && !isStreetWord(last) {
			m.Start += i + 1
			return m
		}
	}
	m.End = m.Start
	return m
}

// isSerial says whether v is long and mixed enough to be the same wherever it
// stands, and not a number of something else by chance.
func isSerial(v []byte) bool { return len(v) >= 10 && formOf(v).digits >= 4 && notWord(v) }
