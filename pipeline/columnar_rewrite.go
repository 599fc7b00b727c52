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
	s      *columnSearch
	column *column
	out    []byte
}

// A columnWorker does what a columnRewriter asks for. There are no more of them than
// goroutines, however many columns there are.
type columnWorker struct {
	*worker
	b       *batch
	entries entries
	period  int32 // its actions are those of this one
}

// worker returns a worker that is idle, or a new one.
func (s *columnSearch) worker() *columnWorker {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.idle); n > 0 {
		w := s.idle[n-1]
		s.idle = s.idle[:n-1]
		return w
	}
	w := &columnWorker{worker: newWorker(workConfig{pl: s.p.plan, write: true}, noParser), b: newBatch()}
	s.workers = append(s.workers, w)
	return w
}

func (s *columnSearch) rest(w *columnWorker) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = append(s.idle, w)
}

// Rewrite replaces what is found in values of rows of one period.
func (r *columnRewriter) Rewrite(values [][]byte, period int32, replies []parquet.Reply) error {
	w := r.s.worker()
	defer r.s.rest(w)
	if period != w.period {
		w.actions.at(r.s.calendar.name(period))
		w.period = period
	}
	r.out = r.out[:0]
	for len(values) > 0 {
		n := together(values)
		w.entries.search(w.worker, r.column.field.says, values[:n])
		for i, v := range values[:n] {
			r.reply(w, &replies[i], v, w.entries.of(i), w.entries.spans[i].Start)
		}
		values, replies = values[n:], replies[n:]
	}
	return nil
}

// reply says what stands for a value in which matches were found; from is where the
// value begins.
func (r *columnRewriter) reply(w *columnWorker, reply *parquet.Reply, value []byte, found []detect.Match, from int) {
	if len(found) == 0 {
		return
	}
	if reply.Class = r.column.of(found); !r.s.writes {
		return
	}
	start, at, redacts := len(r.out), 0, true
	for _, m := range found {
		a := w.actionFor(m, r.column.field.name)
		if a.keep {
			continue
		}
		reply.Verdict = parquet.Replace
		m.Start, m.End = m.Start-from, m.End-from
		r.out = append(r.out, value[at:m.Start]...)
		put := len(r.out)
		r.out = w.apply(w.b, r.out, a, m, transform.Value{Text: value[m.Start:m.End], Bare: r.column.number, Place: r.column.place})
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
