package pipeline

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
	"github.com/scrim-dev/scrim/transform"
)

// A columnRewriter rewrites the values of one column.
type columnRewriter struct {
	w      *worker
	column *column
	b      *batch
	one    [1]detect.Span
	last   *action // that was taken last
}

// Unfit counts a failure if it was no label that did not fit the column: a token or
// a mask is more than the null that it became.
func (r *columnRewriter) Unfit() {
	if r.last != nil && !r.last.redacts {
		r.b.failures++
	}
}

// changes are those of the columns in which something was found.
func (s *columnSearch) changes() map[int]parquet.Change {
	all := map[int]parquet.Change{}
	for i := range s.columns {
		c := &s.columns[i]
		if !c.found {
			continue
		}
		if c.rewriter == nil {
			c.rewriter = &columnRewriter{w: newWorker(workConfig{pl: s.p.plan, write: true}, noParser), column: c, b: newBatch()}
		}
		all[i] = parquet.Change{Rewriter: c.rewriter, Form: c.form}
		if s.p.plan.rotates {
			all[i] = parquet.Change{Rewriter: rotating{c.rewriter, &s.calendar}, Form: c.form}
		}
	}
	return all
}

// Rewrite replaces what is found in value.
func (r *columnRewriter) Rewrite(dst, value []byte) ([]byte, parquet.Verdict, error) {
	f := &r.column.field
	if r.column.uniform != detect.None && !r.column.mixed {
		if len(value) == 0 {
			return dst, parquet.Keep, nil
		}
		return r.put(dst, value, detect.Match{Kind: r.column.uniform}, f)
	}
	r.one[0] = detect.Span{End: len(value), Field: f.says}
	found := r.w.scanner.ScanSpans(value, r.one[:])
	if len(found) == 1 && found[0].Start == 0 && found[0].End == len(value) {
		return r.put(dst, value, found[0], f)
	}
	at, changed := 0, false
	for _, m := range found {
		r.b.counts[m.Kind]++
		a := r.w.actionFor(m, f.name)
		if a.keep {
			continue
		}
		changed = true
		dst = append(dst, value[at:m.Start]...)
		r.last = a
		dst = r.w.apply(r.b, dst, a, m, transform.Value{Text: value[m.Start:m.End], Bare: r.column.number})
		at = m.End
	}
	if !changed {
		return dst, parquet.Keep, nil
	}
	return append(dst, value[at:]...), parquet.Replace, nil
}

// put replaces a whole value, of the kind and encoding of m.
func (r *columnRewriter) put(dst, value []byte, m detect.Match, f *field) ([]byte, parquet.Verdict, error) {
	r.b.counts[m.Kind]++
	a := r.w.actionFor(m, f.name)
	if a.keep {
		return dst, parquet.Keep, nil
	}
	start := len(dst)
	r.last = a
	dst = r.w.apply(r.b, dst, a, m, transform.Value{Text: value, Bare: r.column.number})
	if bytes.Equal(dst[start:], a.label) {
		r.last = nil // redacted, and counted if it was to be more
	}
	if len(dst) == start {
		return dst, parquet.Null, nil // dropped
	}
	if bytes.Equal(dst[start:], value) {
		return dst[:start], parquet.Keep, nil
	}
	return dst, parquet.Replace, nil
}
