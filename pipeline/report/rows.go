package report

import (
	"math/bits"
	"slices"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/timestamp"
)

// A set has a bit for each of 64 kinds. More than 64 kinds have several sets, one
// in each plane; hardly an input needs a second.
type set = uint64

const planes = detect.MaxKinds / 64

// A rowTable is what a watcher knows of the columns of columnar data. What is the same
// for each row with a value is found out once for the value; rows only join the sets
// of kinds of their values.
type rowTable struct {
	columns []rowColumn
	fields  []rowField
	// kinds are those that were found: kinds[n] is bit n%64 of plane n/64. bits has
	// the place of a kind in it, and 1 more.
	kinds []detect.Kind
	bits  [detect.MaxKinds]int32

	// By row, of one plane: what a field has, and what all have.
	field, total []set
	touched      []bool  // by row
	at           []int64 // by row: its time, or noTime
	buckets      []*counts

	// Of the row that was the last: what was counted of it.
	last        [planes]set
	lastTouched bool
	lastAt      int64
}

// A rowColumn is what is known of the Values of a column that were shown last.
type rowColumn struct {
	number int64
	known  int // how many of them
	timed  bool
	// sets are by plane, nil where nothing was found: the first is that of slots
	// without a value, then come those of values. all has what is in any of them.
	sets [planes][]set
	all  [planes]set
	// kinds are those of the matches, value by value: ends says where those of each
	// value end.
	kinds []detect.Kind
	ends  []int32
	times []int64 // of values: seconds since 1970, or notRead, or noTime
}

// A rowField is columns that have one name in reports: nearly always one.
type rowField struct {
	show    string
	columns []int
	last    [planes]set
}

// Wants implements [pipeline.Watch].
func (w *watcher) Wants(name string) bool { return timestamp.IsField(name) }

// Values implements [pipeline.Watch].
func (w *watcher) Values(v *pipeline.Values) {
	var g *group
	var kind detect.Kind
	for i := range v.Len() {
		times := uint64(1)
		if v.Times != nil {
			times = uint64(v.Times[i])
		}
		if times == 0 {
			continue
		}
		w.found = v.Sightings(w.found[:0], i)
		for k := range w.found {
			s := &w.found[k]
			if g == nil || s.Kind != kind {
				g, kind = w.group(slot{v.Show, s.Kind}), s.Kind
			}
			w.count(g, s, times)
		}
	}
}

// Rows implements [pipeline.Watch].
func (w *watcher) Rows(r *pipeline.Rows) {
	if !r.Continued {
		w.records += int64(r.Len)
	}
	t := &w.table
	if len(r.Columns) == 0 || !t.open(r) {
		return
	}
	t.touched = zeroed(t.touched, r.Len)
	for p := 0; p*64 < len(t.kinds); p++ {
		w.plane(r, p)
	}
	for i, touched := range t.touched {
		if touched && !(r.Continued && t.lastTouched && i == 0) {
			w.touched++
		}
	}
	w.timeRows(r)
	t.lastTouched = t.touched[r.Len-1] || r.Continued && t.lastTouched
}

// open learns what is new in the columns of r. It returns false if rows are not to be
// looked at: nothing has been found, and there are no times that may be wanted where a
// list goes on.
func (t *rowTable) open(r *pipeline.Rows) bool {
	if t.columns == nil {
		t.columns = make([]rowColumn, len(r.Columns))
		fields := map[string]int{}
		for i := range r.Columns {
			c := &r.Columns[i]
			t.columns[i].timed = timestamp.IsField(c.Name)
			f, ok := fields[c.Show]
			if !ok {
				f = len(t.fields)
				fields[c.Show] = f
				t.fields = append(t.fields, rowField{show: c.Show})
			}
			t.fields[f].columns = append(t.fields[f].columns, i)
		}
	}
	if !r.Continued {
		for i := range t.fields {
			t.fields[i].last = [planes]set{}
		}
		t.last, t.lastTouched, t.lastAt = [planes]set{}, false, noTime
	}
	look := false
	for i := range r.Columns {
		c := &t.columns[i]
		if c.number != r.Columns[i].Number {
			c.forget(r.Columns[i].Number)
		}
		if c.known < r.Columns[i].Len() {
			t.learn(c, &r.Columns[i])
		}
		look = look || c.timed || c.all != [planes]set{}
	}
	return look
}

// forget makes c ready for other values.
func (c *rowColumn) forget(number int64) {
	c.number, c.known, c.all = number, 0, [planes]set{}
	c.kinds, c.ends, c.times = c.kinds[:0], c.ends[:0], c.times[:0]
	for p := range c.sets {
		c.sets[p] = c.sets[p][:0]
	}
}

// learn sums up what was found in each of the values of a column that are new.
func (t *rowTable) learn(c *rowColumn, s *pipeline.Slots) {
	for p := range c.sets {
		if c.all[p] != 0 {
			c.sets[p] = append(c.sets[p], make([]set, s.Len()-c.known)...)
		}
	}
	for n := len(c.times); c.timed && n < s.Len(); n++ {
		c.times = append(c.times, notRead)
	}
	for i := c.known; i < s.Len(); i++ {
		from := len(c.kinds)
		c.kinds = s.Kinds(c.kinds, i)
		c.ends = append(c.ends, int32(len(c.kinds)))
		for _, k := range c.kinds[from:] {
			if t.bits[k] == 0 {
				t.kinds = append(t.kinds, k)
				t.bits[k] = int32(len(t.kinds))
			}
			p, bit := (t.bits[k]-1)/64, set(1)<<((t.bits[k]-1)%64)
			if c.all[p] == 0 {
				c.sets[p] = zeroed(c.sets[p], s.Len()+1)
			}
			c.sets[p][i+1] |= bit
			c.all[p] |= bit
		}
	}
	c.known = s.Len()
}

// of are the kinds of the matches in value i.
func (c *rowColumn) of(i int32) []detect.Kind {
	from := int32(0)
	if i > 0 {
		from = c.ends[i-1]
	}
	return c.kinds[from:c.ends[i]]
}

// plane counts rows by kind, in each field and in all, and notes which are touched.
func (w *watcher) plane(r *pipeline.Rows, p int) {
	t := &w.table
	t.total = zeroed(t.total, r.Len)
	every := set(0)
	for f := range t.fields {
		field := &t.fields[f]
		all := set(0)
		for _, i := range field.columns {
			all |= t.columns[i].all[p]
		}
		if all == 0 {
			continue
		}
		every |= all
		t.field = zeroed(t.field, r.Len)
		for _, i := range field.columns {
			if c := &t.columns[i]; c.all[p] != 0 {
				join(t.field, &r.Columns[i], c.sets[p])
			}
		}
		for i, s := range t.field {
			t.total[i] |= s
		}
		eachKind(r, t.field, &field.last[p], all, func(bit int, n uint64, first func() int) {
			g := w.group(slot{field.show, t.kinds[p*64+bit]})
			g.records += n
			if g.line == 0 {
				g.line = r.First + 1 + int64(first())
			}
		})
	}
	for i, s := range t.total {
		t.touched[i] = t.touched[i] || s != 0
	}
	eachKind(r, t.total, &t.last[p], every, func(bit int, n uint64, _ func() int) {
		w.kinds[t.kinds[p*64+bit]].records += n
	})
}

// eachKind calls fn for each bit of all that a row has, with how many rows have it and
// the first of them. What the row that was the last before had, which is in last,
// counts once if it goes on.
func eachKind(r *pipeline.Rows, rows []set, last *set, all set, fn func(bit int, n uint64, first func() int)) {
	if r.Continued {
		rows[0] &^= *last
	}
	*last |= rows[r.Len-1]
	for ; all != 0; all &= all - 1 {
		bit := bits.TrailingZeros64(all)
		if n, first := count(rows, bit); n > 0 {
			fn(bit, n, first)
		}
	}
}

// join adds the sets of the values in slots to those of their rows.
func join(rows []set, c *pipeline.Slots, sets []set) {
	for i, k := range c.Index {
		rows[c.Row(i)] |= sets[k+1]
	}
}

// count counts the sets that have a bit; first finds the first of them.
func count(sets []set, bit int) (n uint64, first func() int) {
	for _, s := range sets {
		n += s >> bit & 1
	}
	return n, func() int { return slices.IndexFunc(sets, func(s set) bool { return s>>bit&1 == 1 }) }
}

// zeroed returns n zeros, in the memory of s where that has room for them.
func zeroed[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	clear(s[:n])
	return s[:n]
}
