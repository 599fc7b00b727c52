package pipeline

import (
	"bytes"
	"slices"

	"github.com/scrim-dev/scrim/detect"
)

// doFree works on running text. Who writes a match over a border that two batches
// see, and the line that it ends in, is settled by what both have around it alone,
// so that they come to the same: the first of them.
func (w *worker) doFree(b *batch) {
	over, crosses := w.crossing(b, b.back, b.body.end)
	if crosses {
		b.body.end = lineEnd(b.data, over.End)
	}
	found := w.scanner.Scan(b.data)
	if crosses {
		k := 0
		for k < len(found) && found[k].End <= over.Start {
			k++
		}
		n := k
		for n < len(found) && found[n].Start < over.End { // all of what the whole shows
			over.Start, over.End = min(over.Start, found[n].Start), max(over.End, found[n].End)
			n++
		}
		found = slices.Replace(found, k, n, over)
	}
	i, j := 0, len(found)
	for i < j && found[i].End <= b.body.start {
		i++
	}
	for j > i && found[j-1].Start >= b.body.end {
		j--
	}
	if j > i {
		found[i].Start = max(found[i].Start, b.body.start)
		found[j-1].End = min(found[j-1].End, b.body.end)
	}
	w.doText(b, found[i:j], b.body)
}

// lineEnd returns the end of the line that b[at-1] is in.
func lineEnd(b []byte, at int) int {
	if i := bytes.IndexByte(b[at-1:], '\n'); i >= 0 {
		return at + i
	}
	return len(b)
}

// crossing returns the match over border, a place in b.data, that is found in the
// part of b around it.
func (w *worker) crossing(b *batch, around span, border int) (detect.Match, bool) {
	if around.start == around.end {
		return detect.Match{}, false
	}
	for _, m := range w.scanner.Scan(b.data[around.start:around.end]) {
		m.Start += around.start
		m.End += around.start
		if m.Start < border && border < m.End {
			return m, true
		}
	}
	return detect.Match{}, false
}

// doWindow works on a window of an overlong record, which is searched as text.
// Both windows at a border find the match that crosses it: the first writes it
// whole, the second begins behind it.
func (w *worker) doWindow(b *batch) {
	found := w.scanner.Scan(b.data)
	body := b.body
	i, j := 0, len(found)
	for i < j && found[i].Start < body.start {
		if b.long && found[i].End > body.start { // no window before it has written it
			found[i].Start = body.start
			break
		}
		body.start = max(body.start, found[i].End)
		i++
	}
	for j > i && found[j-1].Start >= body.end {
		j--
	}
	if j > i {
		body.end = max(body.end, found[j-1].End)
	}
	body.start = min(body.start, body.end)
	w.doText(b, found[i:j], body)
}
