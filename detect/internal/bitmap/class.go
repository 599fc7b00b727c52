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
