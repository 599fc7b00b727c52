// Package transform turns a personal value into something that may be shared.
//
// A [Transform] appends what stands for a value: a label, a mask, a shorter or
// coarser value, a keyed token. It knows values, not kinds: what a value is
// called, which spelling of it counts, and which key belongs to it are given
// when the Transform is made ([Target], [Keys]). The [List] names all of them;
// [New] makes one from a [Spec] such as "mask:keep=1".
//
//  1. [ParseSpec] reads what a policy or a command line says.
//  2. [LoadKeyFile], [KeyFromEnv], [UnwrapKeys] or [Ephemeral] give [Keys],
//     and [Keys.ForPeriod] those of a day or month.
//  3. [New] makes the Transform of one kind of values; each goroutine has its
//     [Transform.Clone].
//  4. [FindToken] and [Reveal] open the tokens of encrypt again; a [Reverser]
//     undoes the results of fpe, ip-prefix and shift.
//
// # Terminology
//
//   - Pseudonymisation: the value is replaced by a token that a holder of the
//     key can tie to it (hash, encrypt, fpe, ip-prefix, shift). The token is
//     still personal data for who has the key.
//   - Reversible: the value can be computed back from the token with the key.
//   - Canonical: the one spelling of a value for which all its spellings stand.
//
// A Transform never fails open: when it returns an error, the caller redacts.
package transform

// A Value is one thing to transform.
type Value struct {
	// Text is the value as it stood, without quotes or escapes around it.
	Text []byte
	// Canonical is the spelling that all spellings of the value share; Text
	// where there is no other.
	Canonical []byte
	// Written is how Text stands in its file, where that is not what a writer of
	// the file's format would make of Text: with \u0040 for @, say. Else it is nil.
	Written []byte
	// Bare says that Text stands without the quotes that a token in its place
	// gets: a number in JSON.
	Bare bool
	// Place says what fits where Text stands. The zero Place takes any text.
	Place Place
}

// A Place says what can stand where a value stood.
type Place struct {
	// Typed: only a value of the same type: a number, a date, an address, a UUID.
	Typed bool
	// Required: a redaction, which leaves nothing there, is an error.
	Required bool
	// Bits: the type is that of integers, and has those from 0 to 2^Bits-1; 0 is
	// another type.
	Bits int
}

// A Transform appends what stands for a value. It belongs to one goroutine;
// Clone makes another that gives the same results.
type Transform interface {
	// Append appends what stands for v to dst, which does not overlap v, and
	// returns it. It must not retain v. On an error dst is returned as it came,
	// and the error does not tell the value.
	Append(dst []byte, v Value) ([]byte, error)
	// Clone returns a Transform for another goroutine.
	Clone() Transform
}

// ByText says that t, given a Value without Canonical, gives what it would give
// with it, or an error: to find out the Canonical of most values, which costs
// more than such a Transform does, can be left until there is one.
func ByText(t Transform) bool {
	b, ok := t.(interface{ byText() bool })
	return ok && b.byText()
}

// A Reverser is a Transform of which who has the key can undo each result
// alone. Results of encrypt need none: [Reveal] opens them wherever they stand.
type Reverser interface {
	Transform
	// Reverse appends the value of which Append made result. On an error
	// dst is returned as it came.
	Reverse(dst, result []byte) ([]byte, error)
}

// A SubjectTransform goes by the subject of a record (a user, a patient), so
// that what belongs to one subject stays together.
type SubjectTransform interface {
	Transform
	// By names the field of a record that holds its subject; "" where all records
	// have one subject, which is set.
	By() string
	// SetSubject sets the subject of the values that follow; nil where it is not
	// known. It does not retain the subject.
	SetSubject(subject []byte)
}

// A Target says what a Transform is made for.
type Target struct {
	// Label names the kind of value in upper case, as it stands in a redaction:
	// "EMAIL".
	Label string
	// Domain separates the keys of different kinds of values: "email". The same
	// person's address and phone must not share tokens by chance.
	Domain string
}

// AsWritten gives Written, or Text where there is none: the bytes that stood for v.
func (v Value) AsWritten() []byte {
	if v.Written != nil {
		return v.Written
	}
	return v.Text
}

// canonical gives Canonical, or Text where there is none.
func (v Value) canonical() []byte {
	if len(v.Canonical) == 0 {
		return v.Text
	}
	return v.Canonical
}
