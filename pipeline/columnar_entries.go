package pipeline

import (
	"slices"

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
	e.text, e.spans, e.starts = e.copies[:0], e.spans[:0], e.starts[:0]
	if len(values) == 1 {
		e.text, e.spans = values[0], append(e.spans, detect.Span{End: len(values[0]), Field: says})
		values = nil
	}
	for _, v := range values {
		start := len(e.text)
		e.text = append(append(e.text, v...), '\n')
		e.spans = append(e.spans, detect.Span{Start: start, End: start + len(v), Field: says})
	}
	if values != nil {
		e.copies = e.text
	}
	e.found = append(e.found[:0], w.scanner.ScanSpans(e.text, e.spans)...)
	n := 0
	for _, sp := range e.spans {
		e.starts = append(e.starts, n)
		for n < len(e.found) && e.found[n].Start < sp.End {
			n++
		}
	}
	e.starts = append(e.starts, n)
}

// A sighted is what was found in a value.
type sighted struct {
	kinds []detect.Kind // of its matches, in their order
	whole bool          // one match, which is all of it
	empty bool
	found bool // something is not kept
}

// one has, for each kind, the kinds of a value with a single match.
var one = func() (all [detect.MaxKinds][1]detect.Kind) {
	for k := range all {
		all[k][0] = detect.Kind(k)
	}
	return all
}()

// sighted sums up entry i.
func (e *entries) sighted(w *worker, i int) sighted {
	sp, found := e.spans[i], e.of(i)
	s := sighted{empty: sp.Start == sp.End}
	for _, m := range found {
		s.found = s.found || !w.actionFor(m, "").keep || w.cfg.pl.byField
	}
	if len(found) == 1 {
		m := found[0]
		s.kinds = one[m.Kind][:]
		s.whole = m.Start == sp.Start && m.End == sp.End && !m.Timeout && m.Encoding == 0 && !m.Base64
		return s
	}
	for _, m := range found {
		s.kinds = append(s.kinds, m.Kind)
	}
	return s
}

// alike says whether the same kinds were found in all values, so that it does not
// matter how often each occurs.
func alike(seen []sighted) bool {
	for i := range seen {
		if !slices.Equal(seen[i].kinds, seen[0].kinds) {
			return false
		}
	}
	return true
}

// A searcher searches the values of columns. Each goroutine has its own.
type searcher struct {
	*worker
	entries entries
	// known is what was found in the dictionaries of each column so far: row groups
	// have their own, mostly of the same values.
	known []map[string]sighted
	room  int // for as many more
	// fresh are the values of a call that are not known, and places where they
	// stand among all.
	fresh  [][]byte
	places []int
}

// maxKnown and maxKnownLength bound the values that a searcher remembers, and
// their length.
const maxKnown, maxKnownLength = 1 << 16, 256

func newSearcher(pl *plan, columns int) *searcher {
	return &searcher{worker: newWorker(workConfig{pl: pl}, noParser), known: make([]map[string]sighted, columns), room: maxKnown}
}

// maxTogether bounds the values that are copied together to be searched, in bytes.
const maxTogether = 1 << 20

// values returns what is found in values of column i; those of a dictionary are
// remembered.
func (q *searcher) values(i int, says detect.Field, values [][]byte, dict bool) []sighted {
	out := make([]sighted, len(values))
	if dict && q.known[i] == nil {
		q.known[i] = map[string]sighted{}
	}
	q.fresh, q.places = q.fresh[:0], q.places[:0]
	size := 0
	for k, v := range values {
		if dict {
			if s, ok := q.known[i][string(v)]; ok {
				out[k] = s
				continue
			}
		}
		if size > 0 && size+len(v) > maxTogether {
			q.search(i, says, dict, out)
			size = 0
		}
		q.fresh, q.places = append(q.fresh, v), append(q.places, k)
		size += len(v) + 1
	}
	q.search(i, says, dict, out)
	return out
}

// search searches the values that are not known.
func (q *searcher) search(i int, says detect.Field, dict bool, out []sighted) {
	q.entries.search(q.worker, says, q.fresh)
	for k, at := range q.places {
		v := q.fresh[k]
		out[at] = q.entries.sighted(q.worker, k)
		if dict && q.room > 0 && len(v) <= maxKnownLength {
			q.known[i][string(v)] = out[at]
			q.room--
		}
	}
	q.fresh, q.places = q.fresh[:0], q.places[:0]
}
