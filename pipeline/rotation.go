package pipeline

import (
	"slices"

	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/pipeline/timestamp"
	"github.com/scrim-dev/scrim/transform"
)

// turn makes the worker's actions those of the time of the record that holds
// b.data[at].
func (w *worker) turn(b *batch, at int) {
	if at < w.record.start || at >= w.record.end {
		w.record = b.body
		if !b.window {
			w.record.start, w.record.end = w.parser.Record(b.data, at)
		}
		w.actions.at(w.period(b, w.record))
	}
}

// period returns the period of a record; "" where no time is found in it.
func (w *worker) period(b *batch, record span) string {
	rotate := w.cfg.pl.policy.Rotate
	t, ok := timestamp.Find(b.data[record.start:record.end])
	if rotate.Field != "" {
		ok = false
		w.cellsOf(b, record, rotate.Field, func(value []byte, _ *field) bool {
			t, ok = timestamp.Find(value)
			return !ok
		})
	}
	if !ok {
		return ""
	}
	period, err := transform.PeriodOf(rotate.Every, t)
	if err != nil {
		return ""
	}
	return period
}

// cellsOf calls fn with the values of a field in a record, until it returns false.
func (w *worker) cellsOf(b *batch, record span, name string, fn func(value []byte, f *field) bool) {
	i, _ := slices.BinarySearchFunc(w.cells, int32(record.start), func(c format.Cell, at int32) int { return int(c.Start) - int(at) })
	for ; i < len(w.cells) && int(w.cells[i].Start) < record.end; i++ {
		c := w.cells[i]
		if c.Flags&(format.Name|format.Free) != 0 || !matchField([]string{name}, w.field(c.Field).name) {
			continue
		}
		w.time, w.timeAt = w.parser.Decode(w.time[:0], w.timeAt[:0], b.data, c)
		if !fn(w.time, w.field(c.Field)) {
			return
		}
	}
}

// setSubject tells a's transform whose the record that holds b.data[at] is, in the
// canonical spelling: one person is one subject.
func (w *worker) setSubject(b *batch, a *action, at int) {
	s, ok := a.do.(transform.SubjectTransform)
	if !ok {
		return
	}
	s.SetSubject(nil)
	var record span
	record.start, record.end = w.parser.Record(b.data, at)
	w.cellsOf(b, record, a.by, func(value []byte, f *field) bool {
		s.SetSubject(w.cfg.pl.engine.AppendCanonical(nil, f.says.Kind, value))
		return false
	})
}
