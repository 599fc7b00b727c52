package detect

import (
	"bytes"
	"slices"
	"strings"
)

// A dictionary is a list of values that are found where they stand as whole
// words: no letter, digit or byte beyond ASCII touches them.
type dictionary struct {
	fold bool
	// first has the values by their first word; of one word, the longest first.
	first map[string][]string
	// starts has a bit for the first two bytes of each: it refuses most words of
	// a text in a few instructions.
	starts [1 << 16 / 64]uint64
	// longest is the longest first word, in bytes.
	longest int
}

func newDictionary(list []string, fold bool) *dictionary {
	d := &dictionary{fold: fold, first: map[string][]string{}}
	for _, w := range list {
		if w = strings.TrimSpace(w); w == "" {
			continue
		}
		if fold {
			w = strings.ToLower(w)
		}
		head := w[:wordEnd([]byte(w), 0)]
		if !slices.Contains(d.first[head], w) {
			d.first[head] = append(d.first[head], w)
		}
		d.longest = max(d.longest, len(head))
		i := startIndex([]byte(head))
		d.starts[i/64] |= 1 << (i % 64)
	}
	for _, l := range d.first {
		slices.SortFunc(l, func(a, b string) int { return len(b) - len(a) })
	}
	return d
}

// startIndex leaves case out for ASCII letters, and takes all bytes beyond ASCII
// as one, whose lower case may be another.
func startIndex(b []byte) uint {
	x := [2]byte{}
	for i := range min(2, len(b)) {
		if x[i] = lower(b[i]); b[i] >= 0x80 {
			x[i] = 0x80
		}
	}
	return uint(x[0])<<8 | uint(x[1])
}

func inWord(c byte) bool { return isAlnum(c) || c >= 0x80 }

// wordEnd returns where the word at start ends; a byte that is of no word is one
// by itself.
func wordEnd(b []byte, start int) int {
	end := start
	for end < len(b) && inWord(b[end]) {
		end++
	}
	return max(end, min(start+1, len(b)))
}

// find reports the values in t.b as matches of kind k. buf is room for it to
// work in, which it returns.
func (d *dictionary) find(t *text, k Kind, buf []byte) []byte {
	for i := 0; i < len(t.b); {
		end := wordEnd(t.b, i)
		x := startIndex(t.b[i:end])
		if d.starts[x/64]>>(x%64)&1 == 0 || end-i > d.longest+8 {
			i = end
			continue
		}
		head := t.b[i:end]
		if d.fold {
			buf = append(buf[:0], bytes.ToLower(head)...)
			head = buf
		}
		for _, w := range d.first[string(head)] {
			// The upper case of a value may have another length; such values
			// are compared within twice their length.
			if n := d.length(t.b[i:], w); n > 0 && !inWord(t.at(i+n)) {
				t.report(k, Shaped, i, i+n, 90)
				end = i + n
				break
			}
		}
		i = end
	}
	return buf
}

// length returns the length in bytes of w at the start of b; 0 if it is not
// there.
func (d *dictionary) length(b []byte, w string) int {
	if !d.fold {
		if len(b) >= len(w) && string(b[:len(w)]) == w {
			return len(w)
		}
		return 0
	}
	if n := len(w); len(b) >= n && string(bytes.ToLower(b[:n])) == w {
		return n
	}
	return 0
}
