package pipeline

import (
	"slices"

	"github.com/scrim-dev/scrim/detect"
)

// entries are values and what was found in them: the matches of entry i are
// found[starts[i]:starts[i+1]].
type entries struct {
	text   []byte
	spans  []detect.Span
	found  []detect.Match
	starts []int
}

func (e *entries) of(i int) []detect.Match { return e.found[e.starts[i]:e.starts[i+1]] }

// search searches values at once.
func (e *entries) search(w *worker, says detect.Field, values [][]byte) {
	e.text, e.spans, e.starts = e.text[:0], e.spans[:0], e.starts[:0]
	for _, v := range values {
		start := len(e.text)
		e.text = append(append(e.text, v...), '\n')
		e.spans = append(e.spans, detect.Span{Start: start, End: start + len(v), Field: says})
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
		s.whole = m.Start == sp.Start && m.End == sp.End && !m.Timeout && m.Encoding == 0
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
}

// maxKnown and maxKnownLength bound the values that a searcher remembers, and
// their length.
const maxKnown, maxKnownLength = 1 << 16, 256

func newSearcher(pl *plan, columns int) *searcher {
	return &searcher{worker: newWorker(workConfig{pl: pl}, noParser), known: make([]map[string]sighted, columns), room: maxKnown}
}

// values returns what is found in values of column i; those of a dictionary are
// remembered.
func (q *searcher) values(i int, says detect.Field, values [][]byte, dict bool) []sighted {
	out := make([]sighted, len(values))
	if !dict {
		q.entries.search(q.worker, says, values)
		for k := range out {
			out[k] = q.entries.sighted(q.worker, k)
		}
		return out
	}
	if q.known[i] == nil {
		q.known[i] = map[string]sighted{}
	}
	var fresh [][]byte
	var places []int
	for k, v := range values {
		s, ok := q.known[i][string(v)]
		if out[k] = s; !ok {
			fresh, places = append(fresh, v), append(places, k)
		}
	}
	q.entries.search(q.worker, says, fresh)
	for k, at := range places {
		out[at] = q.entries.sighted(q.worker, k)
		if q.room > 0 && len(fresh[k]) <= maxKnownLength {
			q.known[i][string(fresh[k])] = out[at]
			q.room--
		}
	}
	return out
}
