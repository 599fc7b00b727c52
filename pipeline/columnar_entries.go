package pipeline

import (
	"fmt"
	"slices"
	"sync"

	"github.com/scrim-dev/scrim/detect"
)

// entries are values and what was found in them: the matches of entry i are
// found[starts[i]:starts[i+1]].
type entries struct {
	text   []byte
	copies []byte // the memory of text, where that is ours
	spans  []detect.Span
	found  []detect.Match
	starts []int
}

func (e *entries) of(i int) []detect.Match { return e.found[e.starts[i]:e.starts[i+1]] }

// search searches values at once. A single one is not copied: it may be long.
func (e *entries) search(w *worker, says detect.Field, values [][]byte) {
	e.text, e.spans, e.starts, e.found = e.copies[:0], e.spans[:0], append(e.starts[:0], 0), e.found[:0]
	if len(values) == 1 {
		e.text, e.spans = values[0], append(e.spans, detect.Span{End: len(values[0]), Field: says})
		e.find(w, 0, 0)
		return
	}
	e.add(w, says, values)
}

// add searches more values, and copies them.
func (e *entries) add(w *worker, says detect.Field, values [][]byte) {
	text, spans := len(e.text), len(e.spans)
	for _, v := range values {
		start := len(e.text) - text
		e.text = append(append(e.text, v...), '\n')
		e.spans = append(e.spans, detect.Span{Start: start, End: start + len(v), Field: says})
	}
	e.copies = e.text
	e.find(w, text, spans)
}

// find finds what is in the last entries: text from text on is theirs, and the spans
// from spans on, in it.
func (e *entries) find(w *worker, text, spans int) {
	n := len(e.found)
	e.found = append(e.found, w.scanner.ScanSpans(e.text[text:], e.spans[spans:])...)
	for i := n; i < len(e.found); i++ {
		e.found[i].Start, e.found[i].End = e.found[i].Start+text, e.found[i].End+text
	}
	for i := spans; i < len(e.spans); i++ {
		sp := &e.spans[i]
		sp.Start, sp.End = sp.Start+text, sp.End+text
		for n < len(e.found) && e.found[n].Start < sp.End {
			n++
		}
		e.starts = append(e.starts, n)
	}
}

// maxTogether bounds the values that are copied together to be searched, in bytes.
const maxTogether = 1 << 20

// together returns how many of values are searched at once.
func together(values [][]byte) int {
	size := 0
	for i, v := range values {
		if size += len(v) + 1; i > 0 && size > maxTogether {
			return i
		}
	}
	return len(values)
}

// classes number what was found in values of a column: lists of kinds. Class 0 is
// that nothing was; one kind alone has its number and 1 more; longer lists, of which
// the order does not count, have the numbers behind.
type classes struct {
	mu    sync.Mutex
	known map[string]int32
	lists [][]detect.Kind
}

// of returns the class of the kinds of matches.
func (c *classes) of(found []detect.Match) int32 {
	switch len(found) {
	case 0:
		return 0
	case 1:
		return int32(found[0].Kind) + 1
	}
	list := make([]detect.Kind, len(found))
	for i, m := range found {
		list[i] = m.Kind
	}
	slices.Sort(list)
	key := fmt.Sprint(list)
	c.mu.Lock()
	defer c.mu.Unlock()
	n, ok := c.known[key]
	if !ok {
		if c.known == nil {
			c.known = map[string]int32{}
		}
		n = int32(detect.MaxKinds + len(c.lists) + 1)
		c.known[key], c.lists = n, append(c.lists, list)
	}
	return n
}

// addTo adds the kinds in values that were counted by class.
func (c *classes) addTo(kinds *[detect.MaxKinds]uint64, counts []int64) {
	for class, n := range counts {
		switch {
		case class == 0 || n == 0:
		case class <= detect.MaxKinds:
			kinds[class-1] += uint64(n)
		default:
			for _, k := range c.lists[class-detect.MaxKinds-1] {
				kinds[k] += uint64(n)
			}
		}
	}
}
