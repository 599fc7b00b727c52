package report

import (
	"math"
	"time"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/pipeline/timestamp"
)

// minTime and maxTime bound the text of a time, in bytes.
const minTime, maxTime = 8, 40

// cellTime returns the time of the record that is b.Cells[from:to].
func (w *watcher) cellTime(b *pipeline.View, from, to int32) (time.Time, bool) {
	for _, c := range b.Cells[from:to] {
		if c.Flags&format.Free != 0 {
			return timestamp.OfLine(b.Data[c.Start:c.End], w.now)
		}
		if c.Field < 0 || c.Flags&format.Name != 0 || c.End-c.Start < minTime || c.End-c.Start > maxTime {
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

// notRead and noTime stand for times of values and rows; no date is near them.
const notRead, noTime = math.MinInt64, math.MinInt64 + 1

// timeRows counts matches by the time of their rows, where columns tell it.
func (w *watcher) timeRows(r *pipeline.Rows) {
	t := &w.table
	told := false
	for i := range t.columns {
		if t.columns[i].timed {
			told = w.readTimes(r, i, told) || told
		}
	}
	if !told {
		return
	}
	// Buckets are looked for again if they were made wider meanwhile.
	t.buckets = zeroed(t.buckets, r.Len)
	step := w.times.step
	for i, at := range t.at {
		switch {
		case !t.touched[i] || at == noTime:
		case r.Continued && t.lastTouched && t.lastAt != noTime:
			t.buckets[i] = w.times.bucket(at)
		default:
			t.buckets[i] = w.times.at(at)
		}
	}
	if w.times.step != step {
		for i, b := range t.buckets {
			if b != nil {
				t.buckets[i] = w.times.bucket(t.at[i])
			}
		}
	}
	for i := range t.columns {
		c := &t.columns[i]
		if len(c.kinds) == 0 {
			continue
		}
		s := &r.Columns[i]
		for n, k := range s.Index {
			if k < 0 {
				continue
			}
			if b := t.buckets[s.Row(n)]; b != nil {
				for _, kind := range c.of(k) {
					b[kind]++
				}
			}
		}
	}
	t.lastAt = t.at[r.Len-1]
}

// readTimes reads the times of the rows that matter from a column, where no column
// before it told them, if told says that one did.
func (w *watcher) readTimes(r *pipeline.Rows, i int, told bool) bool {
	t := &w.table
	c, s := &t.columns[i], &r.Columns[i]
	if !told {
		t.at = zeroed(t.at, r.Len)
		for i := range t.at {
			t.at[i] = t.lastAt // noTime, if the row does not go on
		}
	}
	for n, k := range s.Index {
		row := s.Row(n)
		if k < 0 || t.at[row] != noTime || !t.touched[row] && row < r.Len-1 {
			continue
		}
		if c.times[k] == notRead {
			c.times[k] = noTime
			if text := s.Text(int(k)); len(text) >= minTime && len(text) <= maxTime {
				if at, ok := timestamp.Read(text, w.now); ok {
					c.times[k] = at.Unix()
				}
			}
		}
		t.at[row] = c.times[k]
	}
	return true
}
