package detect

import "sync/atomic"

// A wordSet is a set of words in lower case of at most 20 bytes. Its table is made
// when it is first asked, so that a list costs nothing where it is not needed.
type wordSet struct {
	words string // with one or more blanks between them
	made  atomic.Pointer[wordTable]
}

// A wordTable finds the words of a string.
type wordTable struct {
	words string
	// slots has one per word, by its hash and the free ones behind: where the word
	// starts in words, 1 more, times 32, and its length. There are a power of two.
	slots []uint32
	// filter has a bit for the first and the last letter and the length of each:
	// most words of a text are refused by it.
	filter [1 << 13 / 64]uint64
}

// maxWord is the longest word of a set.
const maxWord = 20

func filterIndex(first, last byte, n int) uint {
	return uint(first&31) | uint(last&31)<<5 | uint(n&7)<<10
}

// wordsOf makes a set of the words of s.
func wordsOf(s string) *wordSet { return &wordSet{words: s} }

func (w *wordSet) table() *wordTable {
	if t := w.made.Load(); t != nil {
		return t
	}
	t := newWordTable(w.words)
	w.made.Store(t)
	return t
}

func newWordTable(words string) *wordTable {
	t := &wordTable{words: words}
	n := 0
	eachWord(words, func(string, int) { n++ })
	size := 16
	for size < 2*n {
		size *= 2
	}
	t.slots = make([]uint32, size)
	eachWord(words, func(word string, start int) {
		t.slots[t.slot(word)] = uint32(start+1)<<5 | uint32(len(word))
		i := filterIndex(word[0], word[len(word)-1], len(word))
		t.filter[i/64] |= 1 << (i % 64)
	})
	return t
}

// eachWord calls f with each word of s and where it starts.
func eachWord(s string, f func(word string, start int)) {
	start := -1
	for i := 0; i <= len(s); i++ {
		switch blank := i == len(s) || s[i] <= ' '; {
		case blank && start >= 0:
			f(s[start:i], start)
			start = -1
		case !blank && start < 0:
			start = i
		}
	}
}

// slot returns where word is in the table, or the free slot where it would be.
func (t *wordTable) slot(word string) uint32 {
	h := uint32(2166136261)
	for i := range len(word) { // FNV-1a
		h = (h ^ uint32(word[i])) * 16777619
	}
	mask := uint32(len(t.slots) - 1)
	for h = (h ^ h>>15) & mask; ; h = (h + 1) & mask {
		at := t.slots[h]
		if start := at>>5 - 1; at == 0 || t.words[start:start+at&31] == word {
			return h
		}
	}
}

// mayHave says whether a word of n bytes with these at its ends may be in t.
func (t *wordTable) mayHave(first, last byte, n int) bool {
	i := filterIndex(first, last, n)
	return t.filter[i/64]>>(i%64)&1 != 0
}

// has says whether word, in lower case, is in w.
func (w *wordSet) has(word string) bool {
	t := w.table()
	return word != "" && t.mayHave(word[0], word[len(word)-1], len(word)) && t.slots[t.slot(word)] != 0
}

// isIn says whether w has v, in any case.
func (w *wordSet) isIn(v []byte) bool {
	var low [maxWord]byte
	t := w.table()
	if len(v) == 0 || len(v) > len(low) || !t.mayHave(v[0], v[len(v)-1], len(v)) {
		return false
	}
	for i, c := range v {
		low[i] = lower(c)
	}
	return t.slots[t.slot(string(low[:len(v)]))] != 0
}
