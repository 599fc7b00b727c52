package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
)

// A Corpus says what text to write. The same values give the same bytes.
//
// Values are made up: addresses and numbers of ranges reserved for
// documentation and fiction, and random ones; all valid by their kind's rule.
type Corpus struct {
	Seed  uint64
	Bytes int // about how many, with line ends; the last line is whole
	// Format is text (as when empty), jsonl, csv, or digits: lines of nothing but
	// numbers, of which only Seed and Bytes are asked.
	Format string
	// Density is the share of lines with a match, from 0 to 1.
	Density float64
	// Traps is the share of the other lines that hold a trap: a version, a
	// fingerprint, an order number, marked as non-personal.
	Traps float64
	// Mix weighs the types of matches; nil means all, alike. A type that is not
	// in it does not occur.
	Mix map[string]float64
	// LineLength is how long lines are, in bytes and about; 0 leaves them as
	// they are, some 30 to 300. Longer lines are made of several, so that
	// Density is then of these. Shorter ones are broken at spaces (text only):
	// values stay whole, but those that only their context gives away are moved
	// to Ignore.
	LineLength int
}

// A Line is a line of a corpus, without its line end. A value may itself hold
// line ends (a private key).
type Line struct {
	Text   []byte
	Spans  []Span // gold
	NonPII []Span
	Ignore []Span
}

// csvRows is how many rows a record of CSV holds: enough to judge a column.
const csvRows = 50

// streams keeps the random numbers of corpora apart from others of the same seed.
const streams = 0x736372696d

// Lines returns the lines of the corpus; for CSV the first is the header. A line
// is valid until the next one.
func (c Corpus) Lines() (iter.Seq[*Line], error) {
	w, err := c.writer()
	if err != nil {
		return nil, err
	}
	return func(yield func(*Line) bool) {
		// Each iteration gives the same.
		w.rng, w.started = rand.New(rand.NewPCG(c.Seed, streams)), false
		for left := c.Bytes; left > 0; {
			for _, l := range w.next() {
				left -= len(l.Text) + 1
				if !yield(l) {
					return
				}
			}
		}
	}, nil
}

func (c Corpus) writer() (*writer, error) {
	if c.Density < 0 || c.Density > 1 || c.Traps < 0 || c.Traps > 1 {
		return nil, fmt.Errorf("corpus: density and traps are shares, from 0 to 1")
	}
	mix := c.Mix
	if mix == nil {
		mix = map[string]float64{}
		for _, t := range Types() {
			mix[t] = 1
		}
	}
	w := &writer{corpus: c}
	for _, t := range slices.Sorted(maps.Keys(mix)) {
		w.total += mix[t]
		w.types = append(w.types, weighted{typ: t, upTo: w.total})
	}
	switch c.Format {
	case "", "text":
		w.clean, w.traps = parseAll(cleanText), parseAll(trapText)
		w.choose(parseAll(matchText), mix)
	case "jsonl":
		w.clean, w.traps = parseAll(cleanJSON), parseAll(trapJSON)
		w.choose(parseAll(matchJSON), mix)
	case "csv":
		w.clean, w.traps = parseAll(cleanText), parseAll(trapText)
		w.table = newTable(w.types)
	case "digits":
		return w, nil
	default:
		return nil, fmt.Errorf("corpus: format is text, jsonl, csv or digits")
	}
	for _, t := range w.types {
		if w.table == nil && len(t.templates) == 0 || w.table != nil && w.table.columns[t.typ] == nil {
			return nil, fmt.Errorf("corpus: there is no line for type %s alone", t.typ)
		}
	}
	return w, nil
}

// A writer makes the lines of a corpus.
type writer struct {
	corpus Corpus
	rng    *rand.Rand
	types  []weighted
	total  float64

	clean, traps []*template
	table        *table // of CSV
	started      bool   // its header is written

	lines []*Line
}

type weighted struct {
	typ       string
	upTo      float64     // sum of the weights up to this one
	templates []*template // with this type, and none that is not wanted
}

// choose gives each type its templates.
func (w *writer) choose(all []*template, mix map[string]float64) {
	for i := range w.types {
		t := &w.types[i]
		for _, tm := range all {
			wanted := slices.Contains(tm.types, t.typ) &&
				!slices.ContainsFunc(tm.types, func(o string) bool { return mix[o] == 0 })
			if wanted {
				t.templates = append(t.templates, tm)
			}
		}
	}
}

func pick[T any](rng *rand.Rand, of []T) T { return of[rng.IntN(len(of))] }

// match says whether a line has a match, and of which type.
func (w *writer) match() (*weighted, bool) {
	if len(w.types) == 0 || w.rng.Float64() >= w.corpus.Density {
		return nil, false
	}
	x := w.rng.Float64() * w.total
	i := slices.IndexFunc(w.types, func(t weighted) bool { return x < t.upTo })
	return &w.types[max(i, 0)], true
}

// part appends one line of natural length to l.
func (w *writer) part(l *Line) {
	if t, ok := w.match(); ok {
		pick(w.rng, t.templates).write(w.rng, l)
	} else if w.rng.Float64() < w.corpus.Traps {
		pick(w.rng, w.traps).write(w.rng, l)
	} else {
		pick(w.rng, w.clean).write(w.rng, l)
	}
}

// next returns the next line, or several where one is broken.
func (w *writer) next() []*Line {
	l := new(Line)
	want := w.corpus.LineLength
	switch {
	case w.table != nil:
		w.lines = append(w.lines[:0], w.table.row(w))
		return w.lines
	case w.corpus.Format == "digits":
		w.digitsLine(l)
	case w.corpus.Format == "jsonl" && want > 0:
		l.Text = append(l.Text, `{"events":[`...)
		for w.part(l); len(l.Text) < want; w.part(l) {
			l.Text = append(l.Text, ',')
		}
		l.Text = append(l.Text, `]}`...)
	default:
		for w.part(l); len(l.Text) < want; w.part(l) {
			l.Text = append(l.Text, "; "...)
		}
		if want > 0 && len(l.Text) > 2*want && want < 200 {
			w.lines = l.breakUp(w.lines[:0], want)
			return w.lines
		}
	}
	w.lines = append(w.lines[:0], l)
	return w.lines
}

// Records returns the corpus as labelled records, a line each (of CSV, a header
// with some rows each). Their labels are complete for every type of scrim.
func (c Corpus) Records() ([]*Record, error) {
	if c.Format == "digits" {
		return nil, fmt.Errorf("corpus: nobody knows what random digits are: there are no records of them")
	}
	lines, err := c.Lines()
	if err != nil {
		return nil, err
	}
	var out []*Record
	var header []byte
	var r *Record
	rows := 0
	for l := range lines {
		if c.Format == "csv" && header == nil {
			header = slices.Clone(l.Text)
			continue
		}
		if r == nil || c.Format != "csv" || rows == csvRows {
			r = &Record{ID: fmt.Sprintf("generated-%d", len(out)+1), Source: "generated",
				Format: c.Format, CompleteFor: Types()}
			out, rows = append(out, r), 0
			r.Text = string(header)
		}
		if r.Text != "" {
			r.Text += "\n"
		}
		at := len(r.Text)
		r.Text += string(l.Text)
		r.Spans = shift(r.Spans, l.Spans, at)
		r.NonPII = shift(r.NonPII, l.NonPII, at)
		r.Ignore = shift(r.Ignore, l.Ignore, at)
		rows++
	}
	return out, nil
}

// shift appends spans, moved by the bytes in front.
func shift(dst, spans []Span, by int) []Span {
	for _, s := range spans {
		s.Start, s.End = s.Start+by, s.End+by
		dst = append(dst, s)
	}
	return dst
}

// A placed span is one line of the list of spans beside a plain file.
type placed struct {
	Line   int    `json:"line"`   // from 1, of the file
	Start  int    `json:"start"`  // in the line, from 0
	End    int    `json:"end"`    // in the line, exclusive; a value may run over line ends
	Offset int    `json:"offset"` // of Start in the file
	Type   string `json:"type"`
	Role   string `json:"role"` // gold, nonpii or ignore
}

// WriteFile writes the corpus as a plain file, and beside it, unless spans is
// nil, the list of its spans: one JSON object a line.
func (c Corpus) WriteFile(text, spans io.Writer) error {
	lines, err := c.Lines()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(text, 1<<18)
	var side *bufio.Writer
	var enc *json.Encoder
	if spans != nil {
		side = bufio.NewWriterSize(spans, 1<<18)
		enc = json.NewEncoder(side)
	}
	line, offset := 1, 0
	var starts []int
	for l := range lines {
		starts = lineStarts(starts[:0], l.Text)
		if enc != nil {
			for _, list := range []struct {
				role  string
				spans []Span
			}{{"gold", l.Spans}, {"nonpii", l.NonPII}, {"ignore", l.Ignore}} {
				for _, s := range list.spans {
					at, start := place(starts, s.Start)
					p := placed{line + at, s.Start - start, s.End - start, offset + s.Start, s.Type, list.role}
					if err := enc.Encode(p); err != nil {
						return err
					}
				}
			}
		}
		if _, err := out.Write(append(l.Text, '\n')); err != nil {
			return err
		}
		line, offset = line+len(starts)+1, offset+len(l.Text)+1
	}
	if side != nil {
		if err := side.Flush(); err != nil {
			return err
		}
	}
	return out.Flush()
}

// lineStarts appends where the lines of b start, but for the first.
func lineStarts(dst []int, b []byte) []int {
	for i := 0; ; {
		n := bytes.IndexByte(b[i:], '\n')
		if n < 0 {
			return dst
		}
		i += n + 1
		dst = append(dst, i)
	}
}

// place returns how many line starts stand at or before at, and the last.
func place(starts []int, at int) (line, start int) {
	line, found := slices.BinarySearch(starts, at)
	if found {
		line++
	}
	if line > 0 {
		start = starts[line-1]
	}
	return line, start
}
