package detect

import (
	"encoding/binary"
	"maps"
	"slices"
)

// learned finds user names and secrets that evidence showed elsewhere. It runs
// only with Options.Names.
var learned = Detector{
	Name:   "learned",
	Doc:    "A secret, or (with --learn) a user name, that stands bare, and that a name or a sentence showed elsewhere in the input.",
	Kinds:  append([]Kind{Username}, secretKinds...),
	anchor: wordish.AndNotAt(-1, alnums),
	verify: verifyLearned,
}

// secretKinds are the kinds of which values are secrets: made at random, so that
// they stand for the same thing wherever they stand.
var secretKinds = []Kind{SessionID, Cookie, JWT, APIKey, Password, URLUserinfo, DeviceID}

// Learnable says whether values of kind k are secrets, for Names.AddSecrets.
func Learnable(k Kind) bool { return slices.Contains(secretKinds, k) }

// Names are user names and secrets that were learned from matches. The zero value
// is ready; it must not be added to while an Engine uses it.
type Names struct {
	set map[string]Kind
	// ends has a bit for the first and last byte and the length of each user name.
	ends [1 << 14 / 64]uint64
	// starts has a bit for the first eight bytes of each secret, lengths has the
	// lengths of those that begin so, the longest first.
	starts  [1 << 16 / 64]uint64
	lengths map[uint64][]uint16
	users   int
	bytes   int
}

const (
	// MaxNames bounds a set of Names: those learned first stay.
	MaxNames = 1 << 16
	maxLearn = 64 // bytes of a user name
	// Secrets have at least eight bytes, for starts.
	minSecret, maxSecret = 8, 2048
	// maxNameBytes bounds the bytes of all names together.
	maxNameBytes = 8 << 20
)

// AddUser learns a user name, if it is no common word and so will hardly be
// anything else where it stands bare.
func (n *Names) AddUser(value []byte) {
	if len(value) < 4 || len(value) > maxLearn || !isTelling(value, Username) {
		return
	}
	for _, c := range value {
		if !isNamePart(c) {
			return
		}
	}
	if n.add(Username, value) {
		n.users++
		i := nameEndsAt(value)
		n.ends[i/64] |= 1 << (i % 64)
	}
}

// AddSecrets learns what is secret in a value of kind k: what is long and mixed
// enough that it will hardly be anything else where it stands bare. In a cookie
// or the credentials of a URL that may be several parts, in most passwords none.
func (n *Names) AddSecrets(k Kind, value []byte) {
	if !Learnable(k) {
		return
	}
	for len(value) >= minSecret {
		end := 0
		for end < len(value) && isTokenByte(value[end]) {
			end++
		}
		if s := trimSecret(value[:end]); isSecret(s) && n.add(k, s) {
			p := binary.LittleEndian.Uint64(s)
			i := startOf(p)
			n.starts[i/64] |= 1 << (i % 64)
			if n.lengths == nil {
				n.lengths = map[uint64][]uint16{}
			}
			if list := n.lengths[p]; !slices.Contains(list, uint16(len(s))) {
				list = append(slices.Clip(list), uint16(len(s)))
				slices.SortFunc(list, func(a, b uint16) int { return int(b) - int(a) })
				n.lengths[p] = list
			}
		}
		value = value[min(end+1, len(value)):]
	}
}

// add adds a name, if there is room for it and it is not there.
func (n *Names) add(k Kind, value []byte) bool {
	if _, ok := n.set[string(value)]; ok || len(n.set) >= MaxNames || n.bytes+len(value) > maxNameBytes {
		return false
	}
	if n.set == nil {
		n.set = map[string]Kind{}
	}
	n.set[string(value)] = k
	n.bytes += len(value)
	return true
}

// Len returns how many names there are.
func (n *Names) Len() int { return len(n.set) }

func nameEndsAt(v []byte) uint {
	return uint(v[0]&63)<<8 ^ uint(v[len(v)-1]&63)<<3 ^ uint(len(v)&15)
}

// startOf spreads the first bytes of a secret (multiplicative hashing).
func startOf(p uint64) uint64 { return p * 0x9e3779b97f4a7c15 >> (64 - 16) }

// isTokenByte says whether secrets are made of bytes like c: words, base64 in
// both alphabets (RFC 4648), tokens with dots between their parts.
func isTokenByte(c byte) bool {
	return isWord(c) || c == '-' || c == '.' || c == '+' || c == '/' || c == '=' || c == '~' || c == '%'
}

// trimSecret cuts what a token has around its secret: a name before an equals
// sign that is no padding, and what no search can begin or end at.
func trimSecret(s []byte) []byte {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '=' && i+1 < len(s) && s[i+1] != '=' {
			s = s[i+1:]
			break
		}
	}
	for len(s) > 0 && !isAlnum(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && !isAlnum(s[len(s)-1]) && s[len(s)-1] != '=' {
		s = s[:len(s)-1]
	}
	return s
}

// isSecret says whether a token is so long and mixed that no other thing will be
// written like it. It reckons its entropy in tenths of a bit, low: words of a
// language have about two bits a letter.
func isSecret(s []byte) bool {
	if len(s) < minSecret || len(s) > maxSecret {
		return false
	}
	letters, digits, tenths := 0, 0, 0
	dot, slash := false, false
	for i, c := range s {
		var before byte
		if i > 0 {
			before = s[i-1]
		}
		switch {
		case c == before:
		case isDigit(c):
			tenths += 33
			if isAlpha(before) {
				tenths += 15
			}
		case isAlpha(c):
			tenths += 20
			if isDigit(before) {
				tenths += 15
			} else if isUpper(c) && isLower(before) {
				tenths += 10
			}
		}
		if isDigit(c) {
			digits++
		} else if isAlpha(c) {
			letters++
		}
		dot = dot || c == '.'
		slash = slash || c == '/'
	}
	// Both together are of a path or a URL; digits alone of a number or a time.
	return tenths >= 480 && letters >= 3 && (digits >= 2 || digits == 1 && len(s) >= 20) && !(dot && slash)
}

// Names returns a copy of the names that e finds.
func (e *Engine) Names() *Names {
	if e.opts.Names == nil {
		return new(Names)
	}
	n := *e.opts.Names
	n.set, n.lengths = maps.Clone(n.set), maps.Clone(n.lengths)
	return &n
}

// WithNames returns an Engine that does what e does, and finds names besides.
func (e *Engine) WithNames(names *Names) (*Engine, error) {
	o := e.opts
	o.Names = names
	return New(o)
}

// OnlyNames returns an Engine that finds names, and nothing else.
func (e *Engine) OnlyNames(names *Names) (*Engine, error) {
	o := Options{Names: names, onlyNames: true, Kinds: []Kind{}}
	for _, k := range learned.Kinds {
		if e.wanted[k] {
			o.Kinds = append(o.Kinds, k)
		}
	}
	return New(o)
}

func verifyLearned(t *text, at int) int {
	n := t.opts.Names
	if len(n.lengths) > 0 && at+minSecret <= len(t.b) {
		p := binary.LittleEndian.Uint64(t.b[at:])
		if i := startOf(p); n.starts[i/64]>>(i%64)&1 != 0 {
			for _, length := range n.lengths[p] {
				end := at + int(length)
				if end > len(t.b) || isAlnum(t.at(end)) && isAlnum(t.b[end-1]) {
					continue
				}
				if k, ok := n.set[string(t.b[at:end])]; ok && k != Username {
					t.known(k, at, end)
					return end
				}
			}
		}
	}
	if n.users == 0 {
		return 0
	}
	end := at
	for isNamePart(t.at(end)) && end-at <= maxLearn {
		end++
	}
	for end > at && (t.b[end-1] == '.' || t.b[end-1] == '-') {
		end--
	}
	if end-at < 4 || end-at > maxLearn || isNamePart(t.at(at-1)) && t.escapeBefore(at) == 0 {
		return 0
	}
	v := t.b[at:end]
	if i := nameEndsAt(v); n.ends[i/64]>>(i%64)&1 == 0 || n.set[string(v)] != Username {
		return 0
	}
	t.known(Username, at, end)
	return end
}

// known reports a value that was shown elsewhere.
func (t *text) known(k Kind, start, end int) {
	t.why = whyLearned
	t.report(k, Known, start, end, 60)
	t.why = whyForm
}

// takeKnown takes the matches of what is known only from elsewhere out of found,
// which it reorders, into s.known.
func (s *Scanner) takeKnown(found []Match) []Match {
	s.known = s.known[:0]
	return slices.DeleteFunc(found, func(m Match) bool {
		if m.Rank == Known {
			s.known = append(s.known, m)
		}
		return m.Rank == Known
	})
}

// addKnown puts s.known among the matches m, but what overlaps one of them.
func (s *Scanner) addKnown(m []Match) []Match {
	slices.SortFunc(s.known, byStart)
	for _, x := range s.known {
		i, _ := slices.BinarySearchFunc(m, x.Start, func(m Match, at int) int {
			if m.End <= at {
				return -1
			}
			return 1
		})
		if i == len(m) || m[i].Start >= x.End {
			m = slices.Insert(m, i, x)
		}
	}
	return m
}
