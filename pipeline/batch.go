package pipeline

import (
	"github.com/scrim-dev/scrim/detect"
)

// A batch is a block of an input on its way: read, searched, written. A fixed
// set of batches circulates, so memory is bounded by their number and size.
type batch struct {
	// data is the block: whole records, but for a window of an overlong one.
	data []byte
	// body is the part of data that this batch answers for. It is all of data,
	// but for batches that see lines of their neighbours and the windows of a
	// record over the limit, which overlap: what lies before body.start was
	// answered for by the batch before, what lies after body.end will be by the
	// next; both see matches that cross the border.
	body span
	// front and back are the parts of data, around the borders of body, that the
	// batch before and the next have too; empty where they have none.
	front, back span
	window      bool
	long        bool // a record over the limit begins here

	out []byte // what stands for the body

	counts   [detect.MaxKinds]uint64
	failures uint64 // transforms that failed, and redacted instead
	dropped  uint64 // records dropped
	lines    int64  // line ends in the body
	line     int64  // line ends before it, if there is a watch
	findings []Finding
	fields   []fieldCount

	err  error  // a fault: nothing may be written
	hits []Hit  // for Walk, with places in data
	gone []span // records dropped, for Walk

	lessons lessons

	done chan struct{} // receives one value when a worker is finished
}

type span struct{ start, end int }

// A fieldCount is one match of a kind in a field.
type fieldCount struct {
	field string
	kind  detect.Kind
}

// newBatch returns a batch without buffers: most of the batches of a small input
// are never used.
func newBatch() *batch { return &batch{done: make(chan struct{}, 1)} }

// reset makes b ready for a new block. Buffers that one long record blew up are
// let go.
func (b *batch) reset(size int) {
	if cap(b.data) < size || cap(b.data) > 4*size {
		b.data = make([]byte, 0, size)
	}
	if cap(b.out) > 8*size {
		b.out = nil
	}
	b.data, b.out = b.data[:0], b.out[:0]
	b.counts = [detect.MaxKinds]uint64{}
	b.failures, b.dropped, b.lines, b.window = 0, 0, 0, false
	b.long, b.err = false, nil
	b.lessons.reset()
	b.hits, b.gone = nil, nil // the values of hits have been handed on
	b.findings, b.fields = b.findings[:0], b.fields[:0]
}
