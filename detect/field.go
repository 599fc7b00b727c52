package detect

import (
	"encoding/binary"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// field finds values by the name that stands before them.
var field = Detector{
	Name:   "field",
	Doc:    "A value whose name (a key, a header, an attribute, an element) says what it is.",
	Kinds:  allKinds(),
	anchor: fieldAnchor(),
	verify: verifyField,
}

// fieldAnchor is at what separates a name from its value: '=' or ':' behind a
// name or a quote, "=>" or ":=", or "</" behind an element, whose '<' no class
// has, as '>' has none.
func fieldAnchor() bitmap.Expr {
	space, equal, colon, slash := bitmap.In(bitmap.Space), bitmap.In(bitmap.Equal), bitmap.In(bitmap.Colon), bitmap.In(bitmap.Slash)
	tight := colon.AndAt(-1, letters.Or(bitmap.In(bitmap.Under, bitmap.Quote))).Or(equal.AndAt(-1, wordish.Or(bitmap.In(bitmap.Quote))))
	loose := colon.Or(equal).AndAt(-1, space).AndAt(1, space)
	arrow := equal.AndAt(-1, space).AndNotAt(1, classed).Or(equal.AndAt(1, space).AndAt(-1, colon)).Or(equal.AndAt(1, space).AndNotAt(-1, classed))
	element := slash.AndNotAt(-1, classed).AndAt(1, wordish)
	return tight.Or(loose).AndNotAt(1, equal.Or(colon).Or(slash)).Or(arrow).Or(element)
}

func allKinds() (out []Kind) {
	for k := None + 1; k < numKinds; k++ {
		out = append(out, k)
	}
	return out
}

// maxKey is the longest name looked for, in bytes.
const maxKey = 64

func verifyField(t *text, at int) int {
	if t.b[at] == '/' {
		return verifyElement(t, at)
	}
	switch c := t.at(at + 1); {
	case c == '=', c == ':', c == '/':
		return 0
	case c == '\\' && isWord(t.at(at-1)): // a drive
		return 0
	}
	end, value := at, at
	switch {
	case t.b[at] != '=':
	case t.at(at+1) == '>': // Ruby, PHP, Perl
		value = at + 1
	case t.at(at-1) == ':' || t.at(at-1) == '?': // Go, make
		end--
	}
	for n := 0; n < 2 && t.at(end-1) == ' '; n++ {
		end--
	}
	quote := byte(0)
	if c := t.at(end - 1); c == '"' || c == '\'' || c == ']' && value > at {
		if quote = c; c == ']' {
			quote = '['
		}
		for end--; end > 0 && t.b[end-1] == '\\'; end-- {
			if at-end > 16 {
				return 0
			}
		}
	}
	last := end
	for last > 0 && isDigit(t.b[last-1]) && end-last < 4 {
		last--
	}
	i := endIndex(t.at(last-3), t.at(last-2), t.at(last-1))
	if t.names.ends[i/64]>>(i%64)&1 == 0 {
		return 0
	}
	start := end
	if quote != 0 {
		for start > 0 && end-start <= maxKey && t.b[start-1] != quote && t.b[start-1] >= ' ' {
			start--
		}
		if t.at(start-1) != quote {
			return 0
		}
	} else {
		for start > 0 && end-start <= maxKey && isKey(t.b[start-1]) {
			start--
		}
	}
	if start == end || end-start > maxKey {
		return 0
	}
	if t.between(at) && !generalKeys.isIn(t.b[start:end]) { // what the name says of the value, its span has
		return 0
	}
	f := t.fieldAt(start, end)
	if quote == 0 {
		// The words before may be of the name: "Account Name: ".
		for n := 0; n < 3 && t.at(start-1) == ' ' && isAlpha(t.at(start-2)) && end-start < maxKey && t.mayBeInner(start-1); n++ {
			wider := start - 1
			for wider > 0 && end-wider < maxKey && isKey(t.b[wider-1]) {
				wider--
			}
			g := t.fieldAt(wider, end)
			if g.Kind != None {
				f = g
			}
			start = wider
		}
	}
	if f.Kind == None && (quote == '"' || quote == '\'') && generalKeys.isIn(t.b[start:end]) {
		f = t.fieldByNeighbour(start, end, quote)
	}
	if c := t.at(start - 1); f.Kind == None && quote == 0 && (c == '{' || c == '(' || c == '[') && generalKeys.isIn(t.b[start:end]) {
		f = t.fieldOfObject(start, end)
	}
	if f.Kind == None && quote == 0 && end-start == len("value") && t.b[at] == '=' && t.foldAt(start, "value") {
		f = t.fieldByAttribute(start)
	}
	if f.Kind == None || !t.wanted[f.Kind] {
		return 0
	}
	// "imap-login: " is a program.
	if quote == 0 && f.Kind == Username && t.b[at] == ':' && t.has(end-6, "-login") {
		return 0
	}
	// ";user=phone" in a SIP URI says what kind of user it has (RFC 3261, section
	// 19.1.1; RFC 4967).
	if f.Kind == Username && t.at(start-1) == ';' && foldAny(t.b[at+1:t.wordEnd(at+1)], "phone", "ip", "dialstring") {
		return 0
	}
	return t.takeValue(f, value)
}

// generalKeys say nothing without the key of what they are in.
var generalKeys = wordsOf(`name value id number key uid login fullname by`)

// fieldByNeighbour judges the key t.b[start:end] by the JSON text before it:
// "user":{"name": is "user name", and in {"key":"username","value": the value of
// the first pair names the second.
func (t *text) fieldByNeighbour(start, end int, quote byte) Field {
	i := start - 2
	skip := func() {
		for n := 0; n < 64 && i >= 0 && (isBlank(t.b[i]) || t.b[i] == '\\'); n++ {
			i--
		}
	}
	back := func() (int, int) { // the string that ends at i
		if t.at(i) != quote {
			return 0, 0
		}
		to := i
		for to > 0 && t.b[to-1] == '\\' {
			to--
		}
		for i = to - 1; i > 0 && to-i < maxKey && t.b[i] != quote; i-- {
		}
		if t.at(i) != quote {
			return 0, 0
		}
		return i + 1, to
	}
	skip()
	switch t.at(i) {
	case '{':
		if i--; t.at(i) == '[' {
			i--
		}
		if skip(); t.at(i) != ':' {
			return Field{}
		}
		i--
		skip()
		from, to := back()
		if from == to || end-start+to-from+1 > maxKey {
			return Field{}
		}
		var joined [maxKey]byte
		n := copy(joined[:], t.b[from:to])
		joined[n] = '.'
		n += 1 + copy(joined[n+1:], t.b[start:end])
		return t.fieldOf(joined[:n])
	case ',':
		if !t.foldAt(start, "value") || end-start != 5 {
			return Field{}
		}
		i--
		skip()
		from, to := back()
		i--
		skip()
		if t.at(i) != ':' {
			return Field{}
		}
		i--
		skip()
		k, e := back()
		if !t.foldAt(k, "key") && !t.foldAt(k, "name") || e-k > 4 {
			return Field{}
		}
		return t.fieldAt(from, to)
	}
	return Field{}
}

// fieldOfObject judges the key t.b[start:end] by the word before the bracket it
// stands behind: User{name=x} is "user name".
func (t *text) fieldOfObject(start, end int) Field {
	from := start - 1
	for from > 0 && isKey(t.b[from-1]) && end-from < maxKey {
		from--
	}
	if from == start-1 {
		return Field{}
	}
	var joined [maxKey + 1]byte
	n := copy(joined[:], t.b[from:end])
	joined[start-1-from] = '.'
	return t.fieldOf(joined[:min(n, maxKey)])
}

// fieldByAttribute judges the attribute value at i by the one before it: <add
// key="password" value="x"/>.
func (t *text) fieldByAttribute(i int) Field {
	to := i - 2
	q := t.at(to)
	if t.at(i-1) != ' ' || q != '"' && q != '\'' {
		return Field{}
	}
	from := to
	for from > 0 && to-from <= maxKey && t.b[from-1] != q {
		from--
	}
	if !t.foldAt(from-len("key=")-1, "key=") && !t.foldAt(from-len("name=")-1, "name=") {
		return Field{}
	}
	return t.fieldAt(from, to)
}

// isKey says whether c may be in a name without quotes.
func isKey(c byte) bool { return isWord(c) || c == '.' || c == '-' || c >= 0x80 }

// verifyElement looks at <name>value</name>, at the slash, and at the element
// after <key>name</key> of a property list.
func verifyElement(t *text, at int) int {
	if t.at(at-1) != '<' {
		return 0
	}
	start, end := at+1, at+1
	for isKey(t.at(end)) && end-start < maxKey || t.at(end) == ':' {
		end++
	}
	if t.at(end) != '>' {
		return 0
	}
	valueEnd := at - 1
	lo := valueEnd
	for lo > 0 && valueEnd-lo < maxElement && t.b[lo-1] != '>' && t.b[lo-1] != '<' {
		lo--
	}
	if t.at(lo-1) != '>' {
		return 0
	}
	if string(t.b[start:end]) == "key" || string(t.b[start:end]) == "name" {
		if f := t.fieldAt(lo, valueEnd); f.Kind != None && valueEnd-lo <= maxKey {
			from := end + 1
			for from-end < 64 && isBlank(t.at(from)) {
				from++
			}
			if t.at(from) != '<' || t.at(from+1) == '/' {
				return 0
			}
			for from-end < 128 && t.at(from) != '>' {
				from++
			}
			to := from + 1
			for to-from < maxElement && t.at(to) != '<' && to < len(t.b) {
				to++
			}
			if t.at(to) == '<' && t.at(from) == '>' {
				t.reportField(f, from+1, to)
			}
		}
		return end
	}
	for i := start; i < end; i++ {
		if t.b[i] == ':' { // a namespace
			start = i + 1
		}
	}
	f := t.fieldAt(start, end)
	if f.Kind == None && t.at(lo-2) == '"' {
		// <Data Name="SubjectUserName">: the attribute names the value.
		to := lo - 2
		from := to
		for from > 0 && to-from < maxKey && t.b[from-1] != '"' && t.b[from-1] != '<' {
			from--
		}
		if t.has(from-6, `Name="`) || t.has(from-6, `name="`) || t.has(from-5, `key="`) {
			f = t.fieldAt(from, to)
		}
	}
	if f.Kind != None {
		t.reportField(f, lo, valueEnd)
	}
	return end
}

// fieldCache remembers what names mean: logs repeat few names.
type fieldCache [512]struct {
	name  [maxKey]byte
	len   uint8
	field Field
}

// fieldAt returns what the name in t.b[start:end] says.
func (t *text) fieldAt(start, end int) Field {
	if start >= end || end-start > maxKey {
		return Field{}
	}
	return t.fieldOf(t.b[start:end])
}

// fieldOf returns what name says; it has at most maxKey bytes.
func (t *text) fieldOf(name []byte) Field {
	const prime = 0x9e3779b97f4a7c15
	h, rest := uint64(len(name)), name
	for ; len(rest) >= 8; rest = rest[8:] {
		h = (h ^ binary.LittleEndian.Uint64(rest)) * prime
		h ^= h >> 32
	}
	for _, c := range rest {
		h = h<<8 ^ h>>56 ^ uint64(c)
	}
	e := &t.cache.field[h*prime>>55]
	if int(e.len) == len(name) && string(e.name[:e.len]) == string(name) {
		return e.field
	}
	e.len = uint8(copy(e.name[:], name))
	e.field = t.names.field(string(name))
	return e.field
}

// reportNamed judges t.b[start:end], which a name says is of kind k, by the
// detector of that kind.
func (t *text) reportNamed(k Kind, start, end int) {
	if k < numKinds && namedBy[k] != nil {
		was, why := t.current, t.why
		if why == whyForm && was == fieldIndex {
			t.why = whyKey
		}
		t.current = namedIn[k]
		namedBy[k](t, k, start, end)
		t.current, t.why = was, why
		return
	}
	if k >= numKinds || !hasForm[k] {
		t.report(k, Named, start, end, 70)
	}
}

// hasForm has the kinds whose values have a form of their own: a name alone does
// not make anything one.
var hasForm = [numKinds]bool{Email: true, Phone: true, IPv4: true, IPv6: true, MAC: true, UUID: true, IMEI: true, IMSI: true,
	CreditCard: true, IBAN: true, USSSN: true, NationalID: true, URLUserinfo: true, JWT: true, PrivateKey: true, CryptoWallet: true}
