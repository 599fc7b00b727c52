package detect

import "bytes"

// username judges values that a name says are user names. What else shows one,
// a sentence or a home directory, is in sentence.go and path.go.
var username = Detector{
	Name:  "username",
	Doc:   "A value that a name, a sentence or a home directory says is a user name; again where it stands bare in the same line.",
	Kinds: []Kind{Username},
	named: namedUsername,
}

// maxUsername is more than any system allows, with a domain.
const maxUsername = 128

func namedUsername(t *text, k Kind, start, end int) {
	v := t.b[start:end]
	if len(v) > maxUsername || isAddressForm(v) {
		return
	}
	f := formOf(v)
	if f.letters+f.high+f.digits == 0 || f.spaces > 6 || v[0] == '/' || v[0] == '=' {
		return
	}
	for i := 0; i+2 < len(v); i++ {
		if v[i] == ':' && v[i+1] == '/' && v[i+2] == '/' {
			return
		}
	}
	t.report(Username, Named, start, end, 80)
}

// isAddressForm says whether v is an IPv4 address, or is likely to be an IPv6
// one, with or without a port.
func isAddressForm(v []byte) bool {
	dots, colons := 0, 0
	for _, c := range v {
		switch {
		case isHex(c):
			if !isDigit(c) && colons == 0 && dots > 0 {
				return false
			}
		case c == '.':
			dots++
		case c == ':':
			colons++
		case c == '[', c == ']', c == '%', c == '/':
		default:
			return false
		}
	}
	return dots == 3 || colons >= 2
}

// again reports user names and host names that evidence showed in a line where
// they stand bare in the same line.
func (t *text) again() {
	n := len(t.found)
	// Places searched last, so that a name that stands often is searched once.
	var done [8]struct{ m, hi int }
	next := 0
search:
	for i := 0; i < n; i++ {
		m := t.found[i]
		if m.Kind != Username && m.Kind != Hostname || m.End-m.Start > 64 || m.Kind == Hostname && m.Rank != Named || !isTelling(t.b[m.Start:m.End], m.Kind) {
			continue
		}
		for _, d := range done {
			if m.Start < d.hi && m.Start >= t.found[d.m].Start && bytes.Equal(t.b[m.Start:m.End], t.b[t.found[d.m].Start:t.found[d.m].End]) {
				continue search
			}
		}
		lo := max(0, m.Start-maxAgain)
		lo += bytes.LastIndexByte(t.b[lo:m.Start], '\n') + 1
		hi := min(len(t.b), m.End+maxAgain)
		if j := bytes.IndexByte(t.b[m.End:hi], '\n'); j >= 0 {
			hi = m.End + j
		}
		done[next%len(done)].m, done[next%len(done)].hi = i, hi
		next++
		t.reportAgain(m, lo, m.Start)
		t.reportAgain(m, m.End, hi)
	}
}

// maxAgain bounds how far from where it was shown a name is looked for again.
const maxAgain = 512

// reportAgain reports the name of m in t.b[at:hi].
func (t *text) reportAgain(m Match, at, hi int) {
	name := t.b[m.Start:m.End]
	for at+len(name) <= hi {
		i := bytes.Index(t.b[at:hi], name)
		if i < 0 {
			return
		}
		at += i
		if !isNamePart(t.at(at-1)) && !isNamePart(t.at(at+len(name))) {
			found := m
			found.Start, found.End, found.Rank, found.why = at, at+len(name), Named, whyAgain
			t.found = append(t.found, found)
		}
		at += len(name)
	}
}

func isNamePart(c byte) bool { return isWord(c) || c == '-' || c == '.' || c >= 0x80 }

// isTelling says whether a name is unlikely to be a word of the line by chance.
func isTelling(v []byte, k Kind) bool {
	if len(v) < 3 || isProse(v) || isCommonName(v) {
		return false
	}
	f := formOf(v)
	if f.letters == 0 || f.spaces > 0 {
		return false
	}
	return k == Username || f.digits > 0 || f.others > 0
}

var commonNames = wordsOf(`root admin administrator user users test guest system service daemon nobody local localhost server client host machine
	anonymous operator backup default web www http https ftp ssh mail news git svn cron sudo bin sys kernel apache nginx mysql postgres redis
	docker jenkins public manager support info sales dev prod app data log logs api auth security network node master worker agent monitor
	owner none demo sample example public private shared main open windows linux android session process name tomcat hadoop yarn hdfs spark`)

// isCommonName says whether v names a role, a program or a system rather than
// somebody.
func isCommonName(v []byte) bool { return commonNames.isIn(v) }
