// Package bitmap finds the places in a text that are worth a look.
//
// A text is classified 64 bytes at a time into one bitmap per [Class]: bit p of
// the bitmap says whether byte p is in the class. An [Expr] combines bitmaps
// with and, or, not and shifts; [Compile] turns the expressions of many
// detectors into one [Program] without common parts computed twice; a [Machine]
// runs it over the text, one chunk of [ChunkBytes] after the other. What an
// expression costs is a few instructions per 64 bytes, whatever the text.
//
// Classification and the bitmap operations each have a plain Go form, which
// defines their meaning, and may have vector forms that must equal it.
package bitmap

// A Class is a set of bytes.
type Class uint8

// The classes. A byte is in at most one of them.
const (
	Digit    Class = iota // 0-9
	HexAlpha              // a-f A-F
	Alpha                 // g-z G-Z
	Under                 // _
	Dot                   // .
	Dash                  // -
	Colon                 // :
	At                    // @
	Plus                  // + ( )
	Space                 // space, not tab
	Equal                 // =
	Quote                 // " '
	Slash                 // /
	Escape                // % & \ : what an encoding of the value may start with
	Newline               // \n \r
	High                  // 0x80 to 0xff
	NumClasses
)

// classOf gives the class of every byte, NumClasses for bytes in none.
var classOf = func() (t [256]Class) {
	for c := range t {
		t[c] = NumClasses
		if c >= 0x80 {
			t[c] = High
		}
	}
	set := func(k Class, s string) {
		for i := range len(s) {
			t[s[i]] = k
		}
	}
	set(Digit, "0123456789")
	set(HexAlpha, "abcdefABCDEF")
	set(Alpha, "ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ")
	set(Under, "_")
	set(Dot, ".")
	set(Dash, "-")
	set(Colon, ":")
	set(At, "@")
	set(Plus, "+()")
	set(Space, " ")
	set(Equal, "=")
	set(Quote, `"'`)
	set(Slash, "/")
	set(Escape, `%&\`)
	set(Newline, "\n\r")
	return t
}()

const (
	blockBytes = 64
	// ChunkBytes is how much text a Machine looks at in one run.
	ChunkBytes = 8192
	chunkWords = ChunkBytes / blockBytes

	// An anchor at p may depend on bytes p-MaxBehind to p+MaxAhead.
	leadWords  = 1
	trailWords = 2
	// MaxBehind and MaxAhead bound what an Expr may look at around a place.
	MaxBehind = leadWords * blockBytes
	MaxAhead  = trailWords * blockBytes

	// A slot holds one bitmap of a chunk and its surroundings, with a zero word
	// at either end so that shifts need no edge case.
	slotWords = 1 + leadWords + chunkWords + trailWords + 1
	slotFirst = 1             // first word that holds text
	slotEnd   = slotWords - 1 // one past the last
	viewBytes = (slotEnd - slotFirst) * blockBytes
)

// A slot is a bitmap of the view of a chunk. Words 0 and slotWords-1 are zero.
type slot [slotWords]uint64
