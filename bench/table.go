package bench

import (
	"bytes"
	"math/rand/v2"
	"sync"
)

// A column is one of a generated CSV file.
type column struct {
	name  string
	value *template
}

// columnsOf are the columns that a type may have.
var columnsOf = sync.OnceValue(func() map[string][]column {
	of := map[string][]column{}
	for _, c := range columnNames {
		v := parse(c.value)
		of[v.types[0]] = append(of[v.types[0]], column{c.name, v})
	}
	return of
})

// A table writes CSV: a number, a time, a column for each type of the mix, and
// a message.
type table struct {
	order   []string // types, as in the header
	columns map[string]*column
}

func newTable(types []weighted) *table {
	t := &table{columns: map[string]*column{}}
	for i, w := range types {
		if of := columnsOf()[w.typ]; len(of) > 0 {
			t.order = append(t.order, w.typ)
			t.columns[w.typ] = &of[i%len(of)]
		}
	}
	return t
}

// row returns the next line: the header, then rows. A row with a match fills
// the column of its type and about a third of the others.
func (t *table) row(w *writer) *Line {
	l := new(Line)
	if !w.started {
		w.started = true
		l.Text = append(l.Text, "id,created_at"...)
		for _, typ := range t.order {
			l.Text = append(append(l.Text, ','), t.columns[typ].name...)
		}
		l.Text = append(l.Text, ",message"...)
		return l
	}
	slots["number"].write(w.rng, l)
	l.Text = append(l.Text, ',')
	slots["iso"].write(w.rng, l)
	match, ok := w.match()
	for _, typ := range t.order {
		l.Text = append(l.Text, ',')
		if ok && (typ == match.typ || w.rng.IntN(3) == 0) {
			quoted(w.rng, l, t.columns[typ].value.write)
		}
	}
	l.Text = append(l.Text, ',')
	quoted(w.rng, l, func(rng *rand.Rand, l *Line) {
		of := w.clean
		if rng.Float64() < w.corpus.Traps {
			of = w.traps
		}
		pick(rng, of).write(rng, l)
		for len(l.Text) < w.corpus.LineLength {
			l.Text = append(l.Text, ' ')
			pick(rng, w.clean).write(rng, l)
		}
	})
	return l
}

// quoted appends what write writes as one cell, quoted where it must be, and
// moves the spans to where their values then stand.
func quoted(rng *rand.Rand, l *Line, write func(*rand.Rand, *Line)) {
	var cell Line
	write(rng, &cell)
	at := len(l.Text)
	moved := func(p int) int { return at + p }
	if bytes.ContainsAny(cell.Text, "\",\n") {
		moved = func(p int) int { return at + 1 + p + bytes.Count(cell.Text[:p], []byte{'"'}) }
		l.Text = append(l.Text, '"')
		l.Text = append(l.Text, bytes.ReplaceAll(cell.Text, []byte{'"'}, []byte{'"', '"'})...)
		l.Text = append(l.Text, '"')
	} else {
		l.Text = append(l.Text, cell.Text...)
	}
	move := func(dst, spans []Span) []Span {
		for _, s := range spans {
			s.Start, s.End = moved(s.Start), moved(s.End)
			dst = append(dst, s)
		}
		return dst
	}
	l.Spans = move(l.Spans, cell.Spans)
	l.NonPII = move(l.NonPII, cell.NonPII)
	l.Ignore = move(l.Ignore, cell.Ignore)
}
