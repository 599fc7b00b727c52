package pipeline

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/scrim-dev/scrim/pipeline/format"
)

// overlap is how far the windows of an overlong record reach into each other on
// either side of a border: no match is longer, but for key blocks in one line.
const overlap = 16 << 10

// A reader cuts an input into batches. It belongs to one goroutine.
type reader struct {
	src    io.Reader
	cutter format.Cutter
	size   int // of a batch
	limit  int // of a record

	patient bool  // nobody waits for a part of the input
	context bool  // batches see some lines of their neighbours
	count   bool  // lines, for a watch
	line    int64 // line ends so far

	lead []byte // lines before the last cut, which the next batch sees
	seen int    // how much of rest the last batch saw
	rest []byte // what was read behind the last cut
	long bool   // in a record over the limit
	err  error  // of src, io.EOF included: nothing more can be read

	ended bool // all of it has been handed on
}

// fill reads the next block into b. It returns false when there is none.
//
// A block is handed on as soon as a read gives a whole record, so that a line
// from a slow pipe is not kept waiting; a fast source fills the batch, and a
// patient reader waits for that.
func (r *reader) fill(b *batch) bool {
	if r.ended || r.err != nil && len(r.rest) == 0 && !r.long {
		return false
	}
	b.reset(r.size)
	b.data = append(append(b.data, r.lead...), r.rest...)
	b.window = r.long
	b.body.start = len(r.lead)
	b.front = span{}
	if r.seen > 0 {
		b.front = span{0, len(r.lead) + r.seen}
	}
	b.back = span{}
	r.lead, r.rest, r.seen = r.lead[:0], r.rest[:0], 0
	full := r.limit
	if r.long {
		b.body.start = overlap
		full = max(r.size, 4*overlap)
	}
	for {
		if r.patient && !r.long && r.err == nil && len(b.data) < r.size {
			r.read(b, full)
			continue
		}
		if cut := r.cut(b.data, b.body.start); cut > b.body.start {
			r.end(b, cut)
			return true
		}
		if r.err != nil {
			r.ended = true
			b.body.end = len(b.data)
			return b.body.end > b.body.start
		}
		if len(b.data) >= full {
			if !r.long {
				r.long, b.long = true, true
			}
			b.window = true
			b.body.end = len(b.data) - overlap
			r.rest = append(r.rest, b.data[b.body.end-overlap:]...)
			return true
		}
		r.read(b, full)
	}
}

// neighbour is how far, in bytes, a batch sees into the lines of the next one and
// of the one before: an address may be written in several lines.
const neighbour = 512

// end ends b with the records before cut, or with fewer: the last of them, in a
// batch that is full, are left to the next batch, and seen by both.
func (r *reader) end(b *batch, cut int) {
	b.body.end = cut
	if r.context && !r.long && len(b.data) >= r.size && cut-neighbour > b.body.start {
		lead := func(end int) int { return bytes.LastIndexByte(b.data[:max(end-neighbour, 0)], '\n') + 1 }
		end := r.cutter.Cut(b.data[:cut-neighbour])
		if from := lead(end); end > b.body.start && from >= b.front.end && cut-from < overlap {
			b.body.end, b.back = end, span{from, cut}
			r.lead = append(r.lead, b.data[from:end]...)
			r.seen = cut - end
		}
	}
	r.long = false
	r.rest = append(r.rest, b.data[b.body.end:]...)
	b.data = b.data[:cut]
}

// cut returns the length of the whole records at the front of data: of the
// overlong record that it is in, only its end counts.
func (r *reader) cut(data []byte, lead int) int {
	if !r.long {
		return r.cutter.Cut(data)
	}
	i := bytes.IndexByte(data[min(lead, len(data)):], '\n') // shorter: the input ended in the record
	if i < 0 {
		return 0
	}
	r.cutter.Start(nil) // forgets the record it was in
	return lead + i + 1
}

// read reads once into the free space of b.data, which it makes when there is
// none.
func (r *reader) read(b *batch, limit int) {
	if len(b.data) == cap(b.data) {
		grown := make([]byte, len(b.data), min(2*cap(b.data)+r.size, limit+overlap))
		copy(grown, b.data)
		b.data = grown
	}
	end := cap(b.data)
	if len(b.data) < r.size {
		end = r.size // so that cuts do not depend on what the buffer held before
	}
	for range 100 {
		n, err := r.src.Read(b.data[len(b.data):end])
		b.data = b.data[:len(b.data)+n]
		if err != nil {
			r.err = err
		}
		if n > 0 || err != nil {
			return
		}
	}
	r.err = io.ErrNoProgress
}

// failure is what stopped the reading, nil at the end of the input.
func (r *reader) failure() error {
	if errors.Is(r.err, io.EOF) && !errors.Is(r.err, io.ErrUnexpectedEOF) || errors.Is(r.err, context.Canceled) {
		return nil
	}
	return r.err
}
