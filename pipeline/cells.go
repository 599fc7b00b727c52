package pipeline

import (
	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/transform"
)

// values are the values of the escaped cells of a block, decoded and set one
// after the other so that one scan serves them all.
type values struct {
	text  []byte
	at    []int32 // for each byte of text, and each end of a value, its place in the block
	spans []detect.Span
	found []detect.Match
}

// doCells works on a block of cells. The block is searched once as it stands,
// and the values of its escaped cells once decoded; what was found is then dealt
// out to the cells.
func (w *worker) doCells(b *batch) {
	w.spans = w.spans[:0]
	v := &w.values
	v.text, v.at, v.spans = v.text[:0], v.at[:0], v.spans[:0]
	for _, c := range w.cells {
		sp := detect.Span{Start: int(c.Start), End: int(c.End), Field: w.field(c.Field).says, Name: c.Flags&format.Name != 0}
		if c.Flags&format.Escaped == 0 {
			w.spans = append(w.spans, sp)
			continue
		}
		sp.Start = len(v.text)
		v.text, v.at = w.parser.Decode(v.text, v.at, b.data, c)
		sp.End = len(v.text)
		v.spans = append(v.spans, sp)
		// Values must not touch each other; Decode gives one place more than bytes.
		v.text = append(v.text, '\n')
	}
	v.found = v.found[:0]
	if len(v.spans) > 0 {
		v.found = append(v.found, w.scanner.ScanSpans(v.text, v.spans)...)
		b.miss(w.misses(), w.cfg.values, func(i int) int { return int(v.at[min(i, len(v.at)-1)]) })
	}
	found := w.scanner.ScanSpans(b.data, w.spans)
	b.miss(w.misses(), w.cfg.values, func(i int) int { return i })
	w.splice(b, found)
}

// splice writes the block with what was found in its plain cells, and in the
// escaped ones, replaced.
func (w *worker) splice(b *batch, plain []detect.Match) {
	w.markCells(b, plain)
	deal := dealer{cells: w.cells, values: &w.values, plain: plain, escaped: w.values.found}
	at := 0 // the block before it is dealt with
	for {
		i, found := deal.next()
		if i < 0 {
			break
		}
		c := w.cells[i]
		w.edit(b, i, found)
		if !w.cfg.write || len(w.edits) == 0 || int(c.Start) < at {
			continue // or in a record that is dropped
		}
		to := int(c.End)
		if c.Flags&format.Quoted != 0 {
			to++
		}
		if len(w.drops) > 0 {
			// Splice copies what stands before the cell: drop records there first.
			if at = w.copy(b, at, w.before(c, at)); int(c.Start) < at {
				continue
			}
		}
		b.out = w.parser.Splice(b.out, b.data, at, to, c, w.edits)
		at = to
	}
	if w.cfg.write {
		w.copy(b, at, len(b.data))
	}
}

// before returns where cell c begins with its quote, at or after at.
func (w *worker) before(c format.Cell, at int) int {
	start := int(c.Start)
	if c.Flags&format.Quoted != 0 {
		start--
	}
	return max(start, at)
}

// markCells marks the records that are dropped.
func (w *worker) markCells(b *batch, plain []detect.Match) {
	w.drops = w.drops[:0]
	if !w.cfg.pl.drops {
		return
	}
	deal := dealer{cells: w.cells, values: &w.values, plain: plain, escaped: w.values.found}
	for {
		i, found := deal.next()
		if i < 0 {
			return
		}
		for _, m := range found {
			w.mark(b, m.Kind, w.field(w.cells[i].Field), int(w.cells[i].Start))
		}
	}
}

// edit notes the matches found in a cell and leaves in w.edits what changes it.
func (w *worker) edit(b *batch, cell int, found []detect.Match) {
	w.edits, w.text = w.edits[:0], w.text[:0]
	c := w.cells[cell]
	f := w.field(c.Field)
	for _, m := range found {
		src, start, end := b.data, m.Start, m.End
		if c.Flags&format.Escaped != 0 {
			// A value's places follow those of the values before it, each of which
			// has one more than bytes: as many as the bytes put between values.
			src, start, end = w.values.text, int(w.values.at[m.Start]), int(w.values.at[m.End])
		}
		a := w.note(b, m, start, end, f)
		if w.cfg.hits {
			hole := span{start, end}
			if c.Flags&format.Bare != 0 { // which may become a string
				hole = span{int(c.Start), int(c.End)}
			}
			b.hit(m, a, hole.start, hole.end, src[m.Start:m.End])
		}
		if w.cfg.learn && !a.keep {
			b.lessons.add(m, src[m.Start:m.End], w.cfg.users)
		}
		w.sight(m, start, end, cell, src[m.Start:m.End])
		if a.keep || a.drop || !w.cfg.write {
			continue
		}
		v := transform.Value{Text: src[m.Start:m.End], Bare: c.Flags&format.Bare != 0}
		if a.opens {
			if v, ok := w.open(b, v.Text); ok {
				w.edits = append(w.edits, format.Edit{Start: start, End: end, Text: v.Text, Written: v.Written, Bare: v.Bare})
			}
			continue
		}
		if a.exact {
			v.Written, v.Bare = w.parser.Written(b.data, c, start, end, v.Text)
		}
		if a.by != "" {
			w.setSubject(b, a, int(c.Start))
		}
		from := len(w.text)
		w.text = w.apply(b, w.text, a, m, v)
		// The text may move when it grows; what stands in the old place stays valid.
		w.edits = append(w.edits, format.Edit{Start: start, End: end, Text: w.text[from:]})
	}
}

// field returns what is known of field i.
func (w *worker) field(i int32) *field {
	if i < 0 {
		return &noField
	}
	for int(i) >= len(w.fields) {
		w.fields = append(w.fields, w.newField(w.parser.Field(int32(len(w.fields)))))
	}
	return &w.fields[i]
}

var noField field

// newField asks the engine about a name, unless its column has been judged.
func (w *worker) newField(name string) field {
	says, judged := w.cfg.columns[name]
	if !judged {
		says = w.cfg.pl.engine.Field(name)
	}
	return field{name: name, says: says}
}

// shown returns the name of f as reports show it. A name that holds personal data
// itself (an address as an object key) gives way to its kind. It is found out
// when it is first asked for: where keys are data, most never are.
func (w *worker) shown(f *field) string {
	if f.show == "" && f.name != "" {
		f.show = f.name
		if found := w.nameScanner().Scan([]byte(f.name)); len(found) > 0 {
			f.show = "(" + w.cfg.pl.engine.Name(found[0].Kind) + ")"
		}
	}
	return f.show
}

// nameScanner returns the scanner that looks into names, and judges columns.
func (w *worker) nameScanner() *detect.Scanner {
	if w.names == nil {
		w.names = w.cfg.pl.engine.NewScanner()
	}
	return w.names
}

// A dealer deals out matches to the cells they stand in.
type dealer struct {
	cells          []format.Cell
	values         *values
	plain, escaped []detect.Match
	cell, value    int
}

// next returns the next cell with matches, and them; -1 when there is none.
func (d *dealer) next() (int, []detect.Match) {
	for d.cell < len(d.cells) && len(d.plain)+len(d.escaped) > 0 {
		i := d.cell
		d.cell++
		from, end := &d.plain, int(d.cells[i].End)
		if d.cells[i].Flags&format.Escaped != 0 {
			from, end = &d.escaped, d.values.spans[d.value].End
			d.value++
		}
		n := 0
		for n < len(*from) && (*from)[n].Start < end {
			n++
		}
		if n > 0 {
			found := (*from)[:n]
			*from = (*from)[n:]
			return i, found
		}
	}
	return -1, nil
}
