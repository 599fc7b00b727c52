package report

import (
	"bytes"
	"math"

	"github.com/axiomhq/hyperloglog"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/format"
)

const (
	// maxGroups bounds the pairs of field and kind that are told apart, in an
	// input and in all: where keys are data there are as many as records. A
	// sketch has at most 16 KiB, so they have at most 32 MiB a worker.
	maxGroups = 2000
	// otherFields stands for the fields beyond.
	otherFields = "(other)"
	// registers of a sketch.
	registers = 1 << 14
)

// standardError is that of a distinct count, relative, where there are more
// than some thousand; fewer are counted nearly exactly.
var standardError = math.Round(1.04/math.Sqrt(registers)*1e4) / 1e4

// A group counts the matches of a kind in a field.
type group struct {
	slot      slot
	count     uint64
	records   uint64
	last      int64 // the record counted last
	low, high uint8 // score
	line      int64 // of the first, from 1
	sketch    *hyperloglog.Sketch
}

func newGroup(s slot) *group { return &group{slot: s, sketch: hyperloglog.New14()} }

// add adds the counts of o; sketches of one survey always fit.
func (g *group) add(o *group) {
	if g.count == 0 {
		g.low, g.line = o.low, o.line
	}
	g.low, g.high = min(g.low, o.low), max(g.high, o.high)
	g.line = min(g.line, o.line)
	g.count += o.count
	g.records += o.records
	_ = g.sketch.Merge(o.sketch)
}

func (g *group) row(records int64, name func(detect.Kind) string) Row {
	return Row{
		Field: g.slot.field, Kind: name(g.slot.kind), Count: g.count, Records: g.records,
		Share: share(g.records, records), Distinct: min(g.sketch.Estimate(), g.count),
		ScoreMin: g.low, ScoreMax: g.high, FirstLine: g.line,
	}
}

// share is rounded to six places: more are noise in a diff of two reports.
func share(n uint64, of int64) float64 {
	if of <= 0 {
		return 0
	}
	return math.Round(min(float64(n)/float64(of), 1)*1e6) / 1e6
}

// isHeader says whether the cells are the names of a CSV file's columns. Keys
// of a JSON object stand among values.
func isHeader(b *pipeline.View, from, to int32) bool {
	for _, c := range b.Cells[from:to] {
		if c.Flags&format.Name == 0 {
			return false
		}
	}
	return from < to
}

// countLines counts the lines of data, the last also without a line end.
func countLines(data []byte) int64 {
	n := int64(bytes.Count(data, []byte{'\n'}))
	if len(data) > 0 && data[len(data)-1] != '\n' {
		n++
	}
	return n
}

// lineAround returns the bounds of the line that holds b.Data[at], without its
// line end, but of an overlong record all of the window.
func lineAround(b *pipeline.View, at int) (start, end int) {
	if b.Start > 0 || b.End < len(b.Data) || b.Continued {
		return b.Start, max(b.End, at+1)
	}
	start = bytes.LastIndexByte(b.Data[:at], '\n') + 1
	if i := bytes.IndexByte(b.Data[at:], '\n'); i >= 0 {
		return start, at + i
	}
	return start, len(b.Data)
}
