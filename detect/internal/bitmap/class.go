// Package bitmap finds the places in a text that are worth a look.
//
// A text is classified 64 bytes at a time into one bitmap per [Class]: bit p of
// the bitmap says whether byte p is in the class. An [Expr] combines bitmaps
// with and, or, not and shifts; [Compile] turns the expressions of many
// detectors into one [Program] without common parts computed twice; a [Machine]
// runs it over the text, one chunk of [ChunkBytes] after the other. What an
// expression costs is a few instructions per 64 bytes, whatever the text.
//
// [Words] says of each place whether one of a few words may begin there, which
// classes tell badly, at the cost of some ten operations.
//
// # Forms
//
// The three functions that do the work, to classify, to find words and to run a
// program, each have a plain Go form, which defines their meaning, and vector forms, which
// must equal it: AVX-512 (with VBMI, VBMI2 and GFNI) and AVX2 for amd64, NEON
// for arm64. A Machine takes the fastest that the processor has. With the build
// tag purego there is the plain form alone.
//
// One core of an Intel Xeon, family 6 model 167, at 2.6 GHz nominal, Go 1.26,
// chunks in the first cache (go test -bench . ; other work on the machine):
//
//	                                   plain    AVX2   AVX-512
//	classify, 16 classes, GB/s           1.8     7.4        28
//	one operation on 8 KiB, ns           125      26        16
//	text, 62 operations, GB/s           0.65     2.8       5.9
//	text, 203 operations, GB/s          0.23     1.2       2.2
//
// An operation there bears its part of the marks of [Machine.Nonzero], a tenth.
// NEON was tested under emulation only and has no figures.
//
// What made it so: all classes come out of one look-up a byte, as crossings of
// a grid, instead of one in every eight; slots that are not needed at the same
// time share a place, so that a program stays in the first cache (an operation
// on slots spread over the second takes 15 to 18 ns instead of 8 to 13); one
// call runs a whole program (a call for each operation costs 4 ns more with
// AVX-512 and 8 with AVX2). With AVX-512 an operation with a shift is bound by
// the two ports for vector arithmetic, so to fuse operations, which would save
// loads and stores, was left.
package bitmap

// A Class is a set of bytes.
type Class uint8

// The classes. But for Small, a byte is in at most one of them.
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
	gridClasses
	// Small is every byte that has the bit which tells small letters from capital
	// ones, and so with letters tells these apart.
	Small = gridClasses
)

const (
	NumClasses = Small + 1
	// caseBit is what a small letter has and a capital one has not.
	caseBit = 0x20
)

// classOf gives the class but Small of every byte, NumClasses for bytes in none.
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

// has says whether c is in k.
func (k Class) has(c byte) bool {
	if k == Small {
		return c&caseBit != 0
	}
	return classOf[c] == k
}
