package detect

import "strings"

// A wordSet is a set of words in lower case of at most 20 bytes.
type wordSet struct {
	list map[string]struct{}
	// filter has a bit for the first and the last letter and the length of each:
	// most words of a text are refused by it.
	filter [1 << 13 / 64]uint64
}

func filterIndex(first, last byte, n int) uint {
	return uint(first&31) | uint(last&31)<<5 | uint(n&7)<<10
}

// wordsOf makes a set of the words of s.
func wordsOf(s string) *wordSet {
	w := &wordSet{list: map[string]struct{}{}}
	for _, word := range strings.Fields(s) {
		w.list[word] = struct{}{}
		i := filterIndex(word[0], word[len(word)-1], len(word))
		w.filter[i/64] |= 1 << (i % 64)
	}
	return w
}

// has says whether word, in lower case, is in w.
func (w *wordSet) has(word string) bool {
	if word == "" {
		return false
	}
	i := filterIndex(word[0], word[len(word)-1], len(word))
	if w.filter[i/64]>>(i%64)&1 == 0 {
		return false
	}
	_, ok := w.list[word]
	return ok
}

// isIn says whether w has v, in any case.
func (w *wordSet) isIn(v []byte) bool {
	var low [20]byte
	if len(v) == 0 || len(v) > len(low) {
		return false
	}
	i := filterIndex(v[0], v[len(v)-1], len(v))
	if w.filter[i/64]>>(i%64)&1 == 0 {
		return false
	}
	for i, c := range v {
		low[i] = lower(c)
	}
	_, ok := w.list[string(low[:len(v)])]
	return ok
}
