package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// learned finds user names that evidence showed elsewhere. It runs only with
// Options.Names.
var learned = Detector{
	Name:   "learned",
	Doc:    "A user name that stands bare, and that a name or a sentence showed elsewhere in the input (with --learn).",
	Kinds:  []Kind{Username},
	anchor: wordish.AndNotAt(-1, wordish.Or(bitmap.In(bitmap.Dot, bitmap.Dash))),
	verify: verifyLearned,
}

// Names are user names that were learned from matches. The zero value is ready;
// it must not be added to while an Engine uses it.
type Names struct {
	set map[string]bool
	// ends has a bit for the first and last byte and the length of each name.
	ends [1 << 14 / 64]uint64
}

const (
	// MaxNames bounds a set of Names: those learned first stay.
	MaxNames = 1 << 16
	maxLearn = 64 // bytes
)

// Add learns a user name, if it is no common word and so will hardly be anything
// else where it stands bare.
func (n *Names) Add(value []byte) {
	if len(value) < 4 || len(value) > maxLearn || !isTelling(value, Username) || len(n.set) >= MaxNames {
		return
	}
	for _, c := range value {
		if !isNamePart(c) {
			return
		}
	}
	if n.set == nil {
		n.set = map[string]bool{}
	}
	n.set[string(value)] = true
	i := nameEndsAt(value)
	n.ends[i/64] |= 1 << (i % 64)
}

// Len returns how many names there are.
func (n *Names) Len() int { return len(n.set) }

func nameEndsAt(v []byte) uint {
	return uint(v[0]&63)<<8 ^ uint(v[len(v)-1]&63)<<3 ^ uint(len(v)&15)
}

// WithNames returns an Engine that does what e does, and finds names besides.
func (e *Engine) WithNames(names *Names) (*Engine, error) {
	o := e.opts
	o.Names = names
	return New(o)
}

func verifyLearned(t *text, at int) int {
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
	n := t.opts.Names
	if i := nameEndsAt(v); n.ends[i/64]>>(i%64)&1 == 0 || !n.set[string(v)] {
		return end
	}
	t.why = whyLearned
	t.report(Username, Named, at, end, 60)
	t.why = whyForm
	return end
}
