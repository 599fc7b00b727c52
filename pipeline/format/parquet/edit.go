package parquet

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"slices"
)

// What is known of a chunk while its pages are edited. What pages that are edited
// side by side share is written by its dictionary's page alone, which comes before
// them.
type edited struct {
	hasDict    bool
	dictionary Dictionary
	expand     *expansion // what it has entries for; nil: the same
	variants   []int32    // by row of the row group; nil: variant for all
	variant    int32
	// Of pages that are edited one after the other.
	row     int64 // of the last slot, where there are variants
	library library
	carried bool // a page was encoded anew
}

// A hand edits pages. Each goroutine has its own.
type hand struct {
	editor *Editor
	*part
	*job

	pageBuf, outBuf []byte
	values          [][]byte
	keys            []uint32
}

// edit edits the job's page.
func (h *hand) edit() (err error) {
	defer recovered(&err)
	switch h.page.kind {
	case pageIndex:
		return nil
	case pageDict:
		return h.dict()
	}
	if !h.page.dictEncoded() {
		return h.plainPage()
	}
	return h.indexPage()
}

// dict edits a dictionary page.
func (h *hand) dict() error {
	p, l := &h.page, h.leaf
	if h.hasDict || !h.first {
		return errPage
	}
	plain, buf, err := p.openDict(h.codec, l, h.pageBuf)
	if h.pageBuf = buf; err != nil {
		return err
	}
	h.hasDict = true
	values, _ := h.split(plain, p.slots)
	variants := []int32{h.variant}
	if h.expand != nil {
		values, variants = h.expand.of(values)
	}
	out := h.job.plain[:0]
	h.dictionary, err = h.editor.Dictionary(values, func(v []byte) {
		if len(out) == 0 {
			out = slices.Grow(out, len(plain))
		}
		out = l.put(out, v)
	}, variants...)
	h.job.plain = out
	if err != nil {
		return err
	}
	d := &h.dictionary
	if h.expand != nil && !d.Changed {
		d.Classes = h.expand.classes(d, p.slots)
		h.expand = nil
	}
	if d.Classes != nil {
		h.each = make([]int64, len(d.Classes))
	}
	if !d.Changed {
		return nil
	}
	if d.Nulled && !l.Optional {
		return ErrUnrepresentable
	}
	if err := l.check(out, d.Entries); err != nil {
		return err
	}
	head, _ := p.header.record(headerDict)
	head.known(dictSorted - 1)
	head.setInteger(1, wireI32, int64(d.Entries))
	p.header.known(headerV2)
	p.header.setRecord(headerDict, head)
	return h.pack(out)
}

// split takes the first n plain values apart, and returns the rest.
func (h *hand) split(plain []byte, n int) (values [][]byte, rest []byte) {
	h.values = resized(h.values, n)
	for i := range h.values {
		h.values[i], plain = h.leaf.first(plain)
	}
	return h.values, plain
}

// first takes a value off plain ones.
func (l *leaf) first(plain []byte) (v, rest []byte) {
	size := l.width()
	if size == 0 {
		size = int(binary.LittleEndian.Uint32(plain))
		plain = plain[4:]
	}
	return plain[:size:size], plain[size:]
}

// stored is the length of a value among others.
func (l *leaf) stored(v []byte) int {
	if l.width() == 0 {
		return 4 + len(v)
	}
	return len(v)
}

// put appends a value, with its length if values have different ones.
func (l *leaf) put(dst, v []byte) []byte {
	if l.width() == 0 {
		dst = binary.LittleEndian.AppendUint32(dst, uint32(len(v)))
	}
	return append(dst, v...)
}

// check says what is wrong with n values put one behind the other.
func (l *leaf) check(plain []byte, n int) error {
	if w := l.width(); w > 0 && len(plain) != n*w {
		return errors.New("a replacement has the wrong length")
	}
	if len(plain) > math.MaxInt32 {
		return errPageSize
	}
	return nil
}

// pack compresses what the page holds now, and writes its header.
func (h *hand) pack(plain []byte) error {
	out, err := compressPage(h.codec, h.packed, plain)
	if err != nil {
		return err
	}
	if h.codec != codecNone {
		h.packed = out
	}
	return h.seal(out, len(plain))
}

// seal makes payload that of the page, size its length before compression.
func (h *hand) seal(payload []byte, size int) error {
	p := &h.page
	if size > maxPage || len(payload) > maxPage {
		return errPageSize
	}
	p.size = size
	p.header.setInteger(headerUncompressed, wireI32, int64(size))
	p.header.setInteger(headerCompressed, wireI32, int64(len(payload)))
	if p.header.find(headerCRC) != nil {
		p.header.setInteger(headerCRC, wireI32, int64(int32(crc32.ChecksumIEEE(payload))))
	}
	h.job.changed, h.payload, h.head = true, payload, p.header.append(nil)
	return nil
}
