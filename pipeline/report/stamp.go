package report

import (
	"time"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/pipeline/timestamp"
)

// cellTime returns the time of the record that is b.Cells[from:to].
func (w *watcher) cellTime(b *pipeline.View, from, to int32) (time.Time, bool) {
	for _, c := range b.Cells[from:to] {
		if c.Flags&format.Free != 0 {
			return timestamp.OfLine(b.Data[c.Start:c.End], w.now)
		}
		if c.Field < 0 || c.Flags&format.Name != 0 || c.End-c.Start < 8 || c.End-c.Start > 40 {
			continue
		}
		name, _ := b.Names(c.Field)
		if !timestamp.IsField(name) {
			continue
		}
		w.value = append(w.value[:0], b.Value(w.value, c)...)
		if t, ok := timestamp.Read(w.value, w.now); ok {
			return t, true
		}
	}
	return time.Time{}, false
}
