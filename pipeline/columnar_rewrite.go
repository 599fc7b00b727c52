package pipeline

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
	"github.com/scrim-dev/scrim/transform"
)

// A columnRewriter searches the values of one column and says what stands for them.
// Each goroutine has its own.
type columnRewriter struct {
	w        *worker
	column   *column
	calendar *calendar
	b        *batch
	entries  entries
	out      []byte
	period   int32 // the actions of w are those of this one
}

func (s *columnSearch) newRewriter(c *column) *columnRewriter {
	r := &columnRewriter{w: newWorker(workConfig{pl: s.p.plan, write: true}, noParser), column: c, calendar: &s.calendar, b: newBatch()}
	s.mu.Lock()
	s.rewriters = append(s.rewriters, r)
	s.mu.Unlock()
	return r
}

// Rewrite replaces what is found in values of rows of one period.
func (r *columnRewriter) Rewrite(values [][]byte, period int32, replies []parquet.Reply) error {
	if period != r.period {
		r.w.actions.at(r.calendar.name(period))
		r.period = period
	}
	r.out = r.out[:0]
	for len(values) > 0 {
		n := together(values)
		r.entries.search(r.w, r.column.field.says, values[:n])
		for i, v := range values[:n] {
			r.reply(&replies[i], v, r.entries.of(i), r.entries.spans[i].Start)
		}
		values, replies = values[n:], replies[n:]
	}
	return nil
}

// reply says what stands for a value in which matches were found; from is where the
// value begins.
func (r *columnRewriter) reply(reply *parquet.Reply, value []byte, found []detect.Match, from int) {
	if len(found) == 0 {
		return
	}
	reply.Class = r.column.of(found)
	start, at, redacts := len(r.out), 0, true
	for _, m := range found {
		a := r.w.actionFor(m, r.column.field.name)
		if a.keep {
			continue
		}
		reply.Verdict = parquet.Replace
		m.Start, m.End = m.Start-from, m.End-from
		r.out = append(r.out, value[at:m.Start]...)
		put := len(r.out)
		r.out = r.w.apply(r.b, r.out, a, m, transform.Value{Text: value[m.Start:m.End], Bare: r.column.number})
		// A label in its place was counted, if it was to be more.
		redacts = redacts && (a.redacts || bytes.Equal(r.out[put:], a.label))
		at = m.End
	}
	if reply.Verdict == parquet.Keep {
		return
	}
	r.out = append(r.out, value[at:]...)
	reply.Text = r.out[start:len(r.out):len(r.out)]
	if redacts {
		reply.Verdict = parquet.Redact
	}
	if len(reply.Text) == 0 {
		reply.Verdict, reply.Text = parquet.Null, nil // dropped
	}
}
