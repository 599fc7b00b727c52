//go:build amd64 && !purego

package bitmap

// The AVX2 form knows a byte by its halves: VPSHUFB looks up sixteen bytes at
// a time, so the sets it can tell are those of some low halves crossed with
// some high ones. A table of the low halves and one of the high ones, anded,
// tell eight such sets. Sets that a byte of no class is in as well, or that
// number the classes of one row of the code table, keep their count, and so
// the number of VPMOVMSKB, which is what bounds this form, at twelve.

// A rectangle is the set of bytes whose halves are both listed.
type rectangle struct{ high, low []byte }

// rectangles are in the order in which classifyAVX2 takes them from the top
// bit of a look-up down.
var rectangles = [2][8]rectangle{
	{
		// The punctuation 0x20 to 0x2f, as a number: 1 dot, 2 dash, 3 slash,
		// 4 space, 5 quote, 6 plus, 7 escape, 0 none.
		{[]byte{2}, []byte{0xe, 0xf, 2, 7, 5, 6}},
		{[]byte{2}, []byte{0xd, 0xf, 8, 9, 0xb, 5, 6}},
		{[]byte{2}, []byte{0, 2, 7, 8, 9, 0xb, 5, 6}},
		// Digits and colon; colon and equal.
		{[]byte{3}, []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xa}},
		{[]byte{3}, []byte{0xa, 0xd}},
		{[]byte{0}, []byte{0xa, 0xd}}, // newline
		{[]byte{4}, []byte{0}},        // at
		{[]byte{5}, []byte{0xf}},      // under
	},
	{
		{[]byte{5}, []byte{0xc}},                                      // backslash
		{[]byte{4, 6}, []byte{1, 2, 3, 4, 5, 6}},                      // a-f
		{[]byte{4, 6}, []byte{7, 8, 9, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf}}, // g-o
		{[]byte{5, 7}, []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xa}},     // p-z
	},
}

// nibbles are the tables, both lanes of a vector each: low halves and high
// halves of the first eight rectangles, then of the others.
var nibbles = func() (t [4][32]byte) {
	for i, eight := range rectangles {
		for bit, r := range eight {
			for lane := range 2 {
				for _, h := range r.low {
					t[2*i][16*lane+int(h)] |= 0x80 >> bit
				}
				for _, h := range r.high {
					t[2*i+1][16*lane+int(h)] |= 0x80 >> bit
				}
			}
		}
	}
	return t
}()
