package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// field finds values by the name that stands before them.
var field = Detector{
	Name:   "field",
	Doc:    "A value whose name (a key, a header, a word of a common log sentence) says what it is.",
	Kinds:  allKinds(),
	anchor: bitmap.In(bitmap.Equal, bitmap.Colon),
	verify: func(t *text, at int) int { return 0 },
}

func allKinds() (out []Kind) {
	for k := None + 1; k < numKinds; k++ {
		out = append(out, k)
	}
	return out
}

// A Field is what a name says of the values under it.
type Field struct {
	Kind Kind // None: nothing
}

// Field returns what a name says: a column name, a path of object keys.
func (e *Engine) Field(name string) Field { return e.names.field(name) }

type nameTable struct{ user map[string]Kind }

func newNameTable(user map[string]Kind) *nameTable { return &nameTable{user} }

func (n *nameTable) field(name string) Field { return Field{n.user[name]} }

// reportNamed judges t.b[start:end], which a name says is of kind k, by the
// detector of that kind.
func (t *text) reportNamed(k Kind, start, end int) {
	if k < numKinds && namedBy[k] != nil {
		was := t.current
		t.current = namedIn[k]
		namedBy[k](t, k, start, end)
		t.current = was
		return
	}
	t.report(k, Named, start, end, 70)
}
