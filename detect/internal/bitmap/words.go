package bitmap

// wordBytes is how much of a word is looked at.
const wordBytes = 3

// A wordSet tells where words may begin, by their first three bytes. The words
// are dealt into eight buckets, each a bit: byte j of a text may be byte j of a
// word of a bucket if its lower half is in low[j] and its upper one, but for the
// top bit, in high[j]. So a bucket of one word is exact, but that the top bit of
// a byte does not count, and one of more takes mixtures of them, too.
//
// This is how Hyperscan's Teddy looks for the prefixes of literals: a few
// look-ups for 64 bytes tell as much as dozens of operations on classes.
type wordSet struct {
	low, high [wordBytes][16]byte
	// whole is low and high as one table.
	whole [wordBytes][128]byte
}

// Words says yes where one of words, of three letters or bytes at least, may
// begin, in either case: exactly as to the first three bytes where there are no
// more than eight such beginnings, else also where mixtures of them stand. A
// byte beyond ASCII is taken for the one without its top bit.
func Words(words ...string) Expr {
	s := &wordSet{}
	buckets := map[string]int{}
	for _, w := range words {
		w = w[:wordBytes]
		if _, ok := buckets[w]; !ok {
			buckets[w] = len(buckets) % 8
		}
	}
	for w, bucket := range buckets {
		for j := range wordBytes {
			s.add(j, w[j], 1<<bucket)
		}
	}
	for j := range s.whole {
		for c := range s.whole[j] {
			s.whole[j][c] = s.low[j][c&15] & s.high[j][c>>4]
		}
	}
	return Expr{&node{op: opWords, words: s, ahead: wordBytes - 1}}
}

// add puts c, in either case, at place j of the words of the bucket.
func (s *wordSet) add(j int, c, bucket byte) {
	for _, c := range [...]byte{c, otherCase(c)} {
		s.low[j][c&15] |= bucket
		s.high[j][c>>4&7] |= bucket
	}
}

// otherCase returns a letter in the other case, and anything else as it is.
func otherCase(c byte) byte {
	if c|caseBit-'a' <= 'z'-'a' {
		return c ^ caseBit
	}
	return c
}

// wordsGo sets dst to where words of s may begin in text, but for the last block
// of the view, which nothing depends on. It defines what the vector forms
// compute.
func wordsGo(dst *slot, text *[viewBytes]byte, s *wordSet) {
	for w := range viewWords - 1 {
		block := (*[blockBytes + wordBytes - 1]byte)(text[w*blockBytes:])
		var bits uint64
		for i := range blockBytes {
			if s.whole[0][block[i]&0x7f]&s.whole[1][block[i+1]&0x7f]&s.whole[2][block[i+2]&0x7f] != 0 {
				bits |= 1 << i
			}
		}
		dst[slotFirst+w] = bits
	}
}
