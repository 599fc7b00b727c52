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

	count bool  // lines, for a watch
	line  int64 // line ends so far

	rest []byte // what was read behind the last cut
	long bool   // in a record over the limit
	err  error  // of src, io.EOF included: nothing more can be read

	ended bool // all of it has been handed on
}

// fill reads the next block into b. It returns false when there is none.
//
// A block is handed on as soon as a read gives a whole record, so that a line
// from a slow pipe is not kept waiting; a fast source fills the batch.
func (r *reader) fill(b *batch) bool {
	if r.ended {
		return false
	}
	b.reset(r.size)
	b.data = append(b.data, r.rest...)
	r.rest = r.rest[:0]
	b.window = r.long
	b.body.start = 0
	full := r.limit
	if r.long {
		b.body.start = overlap
		full = max(r.size, 4*overlap)
	}
	for {
		if cut := r.cut(b.data, b.body.start); cut > 0 {
			r.rest = append(r.rest, b.data[cut:]...)
			r.long = false
			b.data, b.body.end = b.data[:cut], cut
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
	for range 100 {
		n, err := r.src.Read(b.data[len(b.data):cap(b.data)])
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
