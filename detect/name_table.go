package detect

import "strings"

// A Field is what a name says of the values under it.
type Field struct {
	Kind Kind // None: nothing
	// Weak says that the name alone is not enough: "address" may head a street or
	// a host. The value must have the form of its kind.
	Weak bool
	// Given says that Options.Fields has the name: whatever its value looks like,
	// it is of the kind.
	Given bool
	// Proven says that the values of the column are of the kind with few
	// exceptions, so that the exceptions are too: see JudgeColumn.
	Proven bool
}

// Field returns what a name says: a column name, a path of object keys.
func (e *Engine) Field(name string) Field {
	if e.opts.onlyNames {
		return Field{}
	}
	return e.names.field(name)
}

// standard is what names say without options, by word sequence.
var standard = func() map[string]Field {
	m := map[string]Field{}
	for k := None; k < numKinds; k++ {
		for _, seq := range strings.Split(names[k], ";") {
			seq = strings.Join(strings.Fields(seq), " ")
			seq, weak := strings.CutSuffix(seq, "?")
			if _, taken := m[seq]; !taken && seq != "" {
				m[seq] = Field{Kind: k, Weak: weak}
			}
		}
	}
	return m
}()

// A nameTable knows names. It is not changed once made.
type nameTable struct {
	user map[string]Kind // by lower-cased name
	// ends has a bit for the last three bytes of every name that may mean
	// something, 5 bits each: see endIndex. It refuses most keys of a text in a
	// few instructions.
	ends nameEnds
	// inner has a bit for the words of names but the last: where a word before a
	// name has none, it is not of the name.
	inner nameEnds
}

// nameEnds is a set of what names may end in, by endIndex.
type nameEnds [1 << 15 / 64]uint64

// endIndex tells letters apart, in either case, and takes other bytes for some
// letter: the table only has to be right when it refuses.
func endIndex(a, b, c byte) uint {
	return uint(a&31)<<10 | uint(b&31)<<5 | uint(c&31)
}

func (n *nameEnds) mark(name string) {
	switch l := len(name); {
	case l >= 3:
		i := endIndex(name[l-3], name[l-2], name[l-1])
		n[i/64] |= 1 << (i % 64)
	case l == 2:
		for a := range byte(32) {
			i := endIndex(a, name[0], name[1])
			n[i/64] |= 1 << (i % 64)
		}
	case l == 1:
		for a := range uint(1 << 10) {
			i := a<<5 | uint(name[0]&31)
			n[i/64] |= 1 << (i % 64)
		}
	}
}

// mayBeInner says whether the word that ends before end may be one of a name of
// more words, before its last.
func (t *text) mayBeInner(end int) bool {
	last := end
	for last > 0 && isDigit(t.b[last-1]) && end-last < 4 {
		last--
	}
	i := endIndex(t.at(last-3), t.at(last-2), t.at(last-1))
	return len(t.names.user) > 0 || !isAlpha(t.at(last-1)) || t.names.inner[i/64]>>(i%64)&1 != 0
}

func newNameTable(user map[string]Kind) *nameTable {
	n := &nameTable{user: map[string]Kind{}}
	for name, k := range user {
		n.user[strings.ToLower(name)] = k
		n.ends.mark(strings.TrimRight(name, "0123456789"))
	}
	n.ends.mark("name")
	n.ends.mark("value")
	for seq := range standard {
		last := strings.LastIndexByte(seq, ' ') + 1
		n.ends.mark(seq[last:])
		for _, w := range strings.Fields(seq[:last]) {
			n.inner.mark(w)
		}
	}
	for w, parts := range compounds {
		n.inner.mark(w)
		if _, ok := standard[parts]; ok {
			n.ends.mark(w)
		}
	}
	return n
}

// maxWords bounds the words of a name that are looked at, from its end.
const maxWords = 8

// field returns what name says: as the user has it, for the whole name or its
// last path element, or as the standard names do.
func (n *nameTable) field(name string) Field {
	if len(n.user) > 0 {
		low := strings.ToLower(name)
		if k, ok := n.user[low]; ok {
			return Field{Kind: k, Given: true}
		}
		if k, ok := n.user[low[strings.LastIndexByte(low, '.')+1:]]; ok {
			return Field{Kind: k, Given: true}
		}
	}
	w := splitName(name)
	if n := len(w); n > 1 && w[n-1] == "value" { // {"password":{"value":
		w = w[:n-1]
	}
	for n := min(len(w), 4); n > 0; n-- {
		if f, ok := standard[strings.Join(w[len(w)-n:], " ")]; ok {
			for _, before := range w[:len(w)-n] {
				if refusals.has(before) {
					return Field{}
				}
			}
			return f
		}
	}
	if n := len(w); n > 1 && w[n-1] == "key" && !plainKeys.has(w[n-2]) {
		return Field{Kind: APIKey, Weak: true}
	}
	return Field{}
}

// plainKeys are words before "key" in names of what is no secret.
var plainKeys = wordsOf(`public primary foreign sort partition cache object row index shard routing lookup message registry group hash range
	bucket host idempotency dedup map dict json i18n translation event metric search order composite natural business surrogate unique
	record field column table node parent child root next prev last first start end etag state tag label config setting feature flag
	pub ssh gpg pgp key foreign file storage s3 redis kafka topic user name product project issue page session x y mapping value meta data`)

// splitName returns the words of name, lower-cased: parts between separators,
// parts of camelCase; digits are left out, compounds taken apart.
func splitName(name string) []string {
	if len(name) > 128 {
		name = name[len(name)-128:]
	}
	var out []string
	add := func(w string) {
		if w == "" {
			return
		}
		w = strings.ToLower(w)
		if parts, ok := compounds[w]; ok {
			out = append(out, strings.Fields(parts)...)
			return
		}
		for _, tail := range [...]string{"password", "passwd"} { // "pgpassword"
			if head, ok := strings.CutSuffix(w, tail); ok && head != "" {
				out = append(out, head, tail)
				return
			}
		}
		out = append(out, w)
	}
	start := 0
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case !isAlpha(c) && c < 0x80:
			add(name[start:i])
			start = i + 1
		case i > start && isUpper(c) && (!isUpper(name[i-1]) || i+1 < len(name) && isLower(name[i+1])):
			// "IPAddress" is cut before "Address", "userName" before "Name".
			add(name[start:i])
			start = i
		}
	}
	add(name[start:])
	if len(out) > maxWords {
		out = out[len(out)-maxWords:]
	}
	return out
}

func isUpper(c byte) bool { return c-'A' <= 'Z'-'A' }
func isLower(c byte) bool { return c-'a' <= 'z'-'a' }
