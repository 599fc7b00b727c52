package pipeline

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/transform"
)

// A Watch looks at what a worker has searched, to count or to group it: see the
// packages report and aggregate below this one. Each worker has its own, and
// calls it from its own goroutine, block by block in the order of the input,
// with other workers' blocks left out. Nothing that it is passed may be retained.
type Watch interface {
	// Look is called for each block of an input that is cut into blocks of bytes.
	Look(v *View)

	// Wants says whether the values of a column of columnar data are of use, apart
	// from what is found in them.
	Wants(name string) bool
	// Rows is called for each stretch of rows of columnar data.
	Rows(r *Rows)
	// Values is called for all Values that something may be found in, with how many
	// slots each has: of a dictionary after the Rows that have it.
	Values(v *Values)
}

// A View is some whole records of an input and what was found in them.
//
// Of running text the records are its lines, and there are no cells. Of other
// formats a record is a run of cells.
type View struct {
	Data []byte
	// Start and End bound what this block answers for; only windows of a record
	// over the limit have more in Data.
	Start, End int
	// Continued says that the block goes on with the record of the block before.
	Continued bool
	// Line counts the line ends of the input before Start.
	Line  int64
	Cells []format.Cell
	// Records are the numbers of the cells with which records begin, ascending.
	// It is nil in running text.
	Records []int32
	// Sightings are the matches in the order of the input.
	Sightings []Sighting

	// Names gives the name of Cell.Field as policies see it, and as reports show
	// it: without personal data in it.
	Names func(field int32) (name, show string)
	// Decode appends the value of an escaped cell.
	Decode func(dst []byte, c format.Cell) []byte
	// Apply appends what the policy puts in the place of a sighting.
	Apply func(dst []byte, s *Sighting) []byte
}

// A Sighting is a match in a View, or in Values.
type Sighting struct {
	Kind  detect.Kind
	Score uint8 // percent
	// Start and End bound it in Data, or in its value.
	Start, End int
	// Cell is the number of its cell in a View, -1 in running text.
	Cell int32
	// Field is its name as reports show it, "" in running text.
	Field string
	// Value is what was found, without escapes.
	Value []byte

	match detect.Match
	field int32 // -1 in running text
}

// Value returns the value of a cell; it may use dst.
func (b *View) Value(dst []byte, c format.Cell) []byte {
	if c.Flags&format.Escaped == 0 {
		return b.Data[c.Start:c.End]
	}
	return b.Decode(dst[:0], c)
}

// LineOf returns the line, from 1, in which Data[at] stands.
func (b *View) LineOf(at int) int64 {
	return b.Line + 1 + int64(bytes.Count(b.Data[b.Start:max(at, b.Start)], []byte{'\n'}))
}

// A watcher is what a worker keeps for its Watch.
type watcher struct {
	watch   Watch
	block   View
	records []int32
	decoded []int32
	scratch batch // for failures of Apply
}

func (w *worker) setWatch(watch Watch) {
	if watch == nil {
		return
	}
	v := &watcher{watch: watch}
	v.block.Names = func(i int32) (string, string) {
		f := w.field(i)
		return f.name, w.shown(f)
	}
	v.block.Decode = func(dst []byte, c format.Cell) []byte {
		dst, v.decoded = w.parser.Decode(dst, v.decoded[:0], v.block.Data, c)
		return dst
	}
	v.block.Apply = func(dst []byte, s *Sighting) []byte {
		switch a := w.actions.of(s.Kind, w.field(s.field).name); {
		case a.keep:
			return append(dst, s.Value...)
		case a.drop:
			return dst
		default:
			m := s.match
			m.Kind = s.Kind
			return w.apply(&v.scratch, dst, a, m, transform.Value{Text: s.Value})
		}
	}
	w.watcher = v
}

// sight notes a match for the watch.
func (w *worker) sight(m detect.Match, start, end, cell int, value []byte) {
	if w.watcher == nil {
		return
	}
	show, field := "", int32(-1)
	if cell >= 0 {
		field = w.cells[cell].Field
		show = w.shown(w.field(field))
	}
	w.watcher.block.Sightings = append(w.watcher.block.Sightings, Sighting{
		Kind: m.Kind, Score: m.Score, Start: start, End: end, Cell: int32(cell), Field: show, Value: value, match: m, field: field,
	})
}

// show gives the block that was searched to the watch.
func (w *worker) show(b *batch) {
	v := w.watcher
	if v == nil {
		return
	}
	k := &v.block
	k.Data, k.Start, k.End, k.Line = b.data, b.body.start, b.body.end, b.line
	if !b.window { // what it saw of its neighbours is theirs
		k.Data, k.Start, k.End = b.data[b.body.start:b.body.end], 0, b.body.end-b.body.start
		for i := range k.Sightings {
			k.Sightings[i].Start -= b.body.start
			k.Sightings[i].End -= b.body.start
		}
	}
	k.Continued = b.window && !b.long
	k.Cells, k.Records = nil, nil
	if !b.window && !(len(w.cells) == 1 && w.cells[0].Flags&format.Free != 0) {
		k.Cells = w.cells
		v.records = w.recordCells(v.records[:0], b.data)
		k.Records = v.records
	}
	v.watch.Look(k)
	k.Sightings = k.Sightings[:0]
}

// recordCells appends the numbers of the cells with which records begin.
//
// A line feed between two cells ends a record of lines. Only in a JSON document
// of many lines it does not, so there the parser is asked.
func (w *worker) recordCells(dst []int32, data []byte) []int32 {
	end := 0 // of the record, as far as it is known
	prev := 0
	for i, c := range w.cells {
		if i == 0 {
			dst = append(dst, 0)
			_, end = w.parser.Record(data, int(c.Start))
		} else if bytes.IndexByte(data[prev:c.Start], '\n') >= 0 && int(c.Start) >= end {
			dst = append(dst, int32(i))
			if w.cfg.documents {
				_, end = w.parser.Record(data, int(c.Start))
			}
		}
		prev = int(c.End)
	}
	return dst
}

// number tells b how many lines stand before it.
func (r *reader) number(b *batch) {
	if r.count {
		b.line = r.line
		r.line += int64(bytes.Count(b.data[b.body.start:b.body.end], []byte{'\n'}))
	}
}
