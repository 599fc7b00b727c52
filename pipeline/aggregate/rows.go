package aggregate

import (
	"bytes"
	"slices"

	"github.com/scrim-dev/scrim/pipeline"
)

// Wants implements [pipeline.Watch].
func (w *watcher) Wants(name string) bool { return w.a.plan.wants(name) >= 0 }

// Values implements [pipeline.Watch]: groups are of rows.
func (w *watcher) Values(*pipeline.Values) {}

// Rows implements [pipeline.Watch].
func (w *watcher) Rows(r *pipeline.Rows) {
	if r.Continued && !w.a.plan.matches {
		return // the row has been counted
	}
	w.slots = append(w.slots[:0], make([]int, len(r.Columns))...)
	for row := range r.Len {
		if !r.Continued {
			clear(w.record)
		}
		w.found = w.found[:0]
		for i := range r.Columns {
			w.slots[i] = w.readSlots(&r.Columns[i], i, w.slots[i], row)
		}
		w.group(r.Apply, w.found, nil)
	}
	if w.a.plan.matches {
		w.keep()
	}
}

// readSlots finds what a row has in a column, from a slot on, and returns the slot
// behind.
func (w *watcher) readSlots(c *pipeline.Slots, i, slot, row int) int {
	n := w.want(int32(i), c.Name)
	for ; slot < len(c.Index) && c.Row(slot) == row; slot++ {
		k := int(c.Index[slot])
		if k < 0 || len(c.Text(k)) == 0 || n < 0 && !w.a.plan.finds() {
			continue
		}
		from := len(w.found)
		w.found = c.Sightings(w.found, k)
		if n >= 0 && !w.record[n].has {
			w.record[n] = part{has: true, found: w.found[from:len(w.found):len(w.found)], value: c.Text(k)}
		}
	}
	return slot
}

// keep makes the record w's own, for what may be found in lists of it that go on.
func (w *watcher) keep() {
	for i := range w.record {
		p := &w.record[i]
		p.value = bytes.Clone(p.value)
		p.found = slices.Clone(p.found)
		for k := range p.found {
			p.found[k].Value = bytes.Clone(p.found[k].Value)
		}
	}
}
