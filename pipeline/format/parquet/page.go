package parquet

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"sync/atomic"

	"github.com/apache/arrow/go/v17/parquet"
)

// Field numbers and values of PageHeader in parquet.thrift.
const (
	headerType         = 1
	headerUncompressed = 2
	headerCompressed   = 3
	headerCRC          = 4
	headerV1           = 5
	headerDict         = 7
	headerV2           = 8

	dictSorted = 3

	v1Encoding    = 2
	v1DefEncoding = 3
	v1RepEncoding = 4
	v1Statistics  = 5

	v2NumNulls     = 2
	v2Encoding     = 4
	v2DefLength    = 5
	v2RepLength    = 6
	v2IsCompressed = 7
	v2Statistics   = 8

	pageData  = 0
	pageIndex = 1
	pageDict  = 2
	pageData2 = 3

	encPlain       = 0
	encPlainDict   = 2
	encRLE         = 3
	encBitPacked   = 4
	encDelta       = 5
	encDeltaLength = 6
	encDeltaBytes  = 7
	encRLEDict     = 8
	encStreamSplit = 9
)

// maxPageSlots bounds the slots of one page, whose levels may take next to no
// bytes in the file and a byte each in memory.
const maxPageSlots = 1 << 28

// A page is one page of a chunk, as it stands in the file.
type page struct {
	offset  int64 // in the file
	bytes   []byte
	header  record
	head    int // length of the header
	payload []byte
	kind    int64
	slots   int
	enc     int64
	size    int // payload decompressed
	stated  int // size as it was read
}

// A block is a stretch of the file in memory, and how many hold on to it.
type block struct {
	buf   []byte
	at    int64 // file offset of buf[0]
	holds atomic.Int32
	pool  *pool[block]
}

// held is b with one more that holds on to it.
func (b *block) held() *block {
	b.holds.Add(1)
	return b
}

// release is for who does not hold on to it any more.
func (b *block) release() {
	if b.holds.Add(-1) == 0 {
		b.pool.put(b)
	}
}

// A pageWalk reads the pages of a chunk one after the other. A page is valid
// while its block is held on to.
type pageWalk struct {
	f      *File
	pos    int64 // of the next page
	end    int64
	values int64 // slots still to come, as the footer has it
	loose  bool  // the chunk ends with its last value, not at end
	block  *block
}

// walk starts at the first page of a chunk.
func (f *File) walk(c chunk) *pageWalk {
	w := &pageWalk{f: f, pos: c.start, end: c.start + c.size, values: c.values}
	if f.short {
		w.end, w.loose = min(w.end+100, f.size-8), true
	}
	return w
}

// close lets go of the last block.
func (w *pageWalk) close() {
	if w.block != nil {
		w.block.release()
	}
}

// readAhead is how much is read at once: a page of the usual size.
const readAhead = 512 << 10

// ensure returns the n bytes at pos, which must be before end, and whatever
// more is there already.
func (w *pageWalk) ensure(n int64) ([]byte, error) {
	if n > w.end-w.pos {
		return nil, io.ErrUnexpectedEOF
	}
	if b := w.block; b != nil && w.pos-b.at+n <= int64(len(b.buf)) {
		return b.buf[w.pos-b.at:], nil
	}
	w.close()
	w.block = w.f.blocks.get()
	b := w.block.held()
	b.pool, b.at = &w.f.blocks, w.pos
	size := int(min(max(n, readAhead), w.end-w.pos))
	if cap(b.buf) < size { // as much as most blocks want, so that it will do for them
		b.buf = make([]byte, max(int64(size), min(readAhead, w.f.size)))
	}
	b.buf = b.buf[:size]
	return b.buf, readFull(w.f.r, b.buf, w.pos)
}

// next returns the next page, or io.EOF after the last one.
func (w *pageWalk) next() (page, error) {
	if w.pos >= w.end || w.loose && w.values == 0 {
		if w.values != 0 {
			return page{}, errCounts
		}
		return page{}, io.EOF
	}
	p, err := w.parse()
	if err != nil {
		if w.values == 0 {
			// All values are read: what is left is no page of the column.
			return page{}, io.EOF
		}
		return page{}, err
	}
	w.pos += int64(len(p.bytes))
	if p.kind == pageData || p.kind == pageData2 {
		if w.values -= int64(p.slots); w.values < 0 {
			return page{}, errCounts
		}
	}
	return p, nil
}

// pages passes the pages of a chunk to fn, one after the other. A page is valid
// during the call only.
func (f *File) pages(ctx context.Context, c chunk, fn func(*page) error) error {
	return f.eachBlock(ctx, c, func(_ *block, p *page) error { return fn(p) })
}

// eachBlock is pages for who holds on to the block that a page stands in.
func (f *File) eachBlock(ctx context.Context, c chunk, fn func(*block, *page) error) error {
	w := f.walk(c)
	defer w.close()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, err := w.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := fn(w.block, &p); err != nil {
			return err
		}
	}
}

// parse reads the page at pos.
func (w *pageWalk) parse() (page, error) {
	p := page{offset: w.pos}
	// A header is short, unless statistics in it are long values.
	for n := int64(256); ; n *= 16 {
		b, err := w.ensure(min(n, w.end-w.pos))
		if err != nil {
			return p, err
		}
		p.header, p.head, err = parseRecord(b)
		if err == nil {
			break
		}
		if int64(len(b)) >= w.end-w.pos || n > 64<<20 {
			return p, errPage
		}
	}
	size, ok := p.header.integer(headerCompressed)
	if !ok || size < 0 {
		return p, errPage
	}
	b, err := w.ensure(int64(p.head) + size)
	if err != nil {
		return p, errPage
	}
	p.bytes = b[: int64(p.head)+size : int64(p.head)+size]
	if p.header, p.head, err = parseRecord(p.bytes); err != nil { // the bytes may have moved
		return p, errPage
	}
	p.payload = p.bytes[p.head:]
	plain, ok := p.header.integer(headerUncompressed)
	if p.kind, _ = p.header.integer(headerType); !ok || plain < 0 {
		return p, errPage
	}
	p.size, p.stated = int(plain), int(plain)
	return p, p.parseKind()
}

// sub names the field that holds the header of a kind of page, and in it the
// field of the encoding.
func (p *page) sub() (header, encoding int16) {
	switch p.kind {
	case pageDict:
		return headerDict, 2
	case pageData2:
		return headerV2, v2Encoding
	}
	return headerV1, v1Encoding
}

func (p *page) parseKind() error {
	if p.kind == pageIndex {
		return nil
	}
	if p.kind < pageData || p.kind > pageData2 {
		return errPage
	}
	id, encoding := p.sub()
	h, ok := p.header.record(id)
	if !ok {
		return errPage
	}
	n, ok := h.integer(1)
	if !ok || n < 0 || n > maxPageSlots {
		return errPage
	}
	p.slots = int(n)
	p.enc, ok = h.integer(encoding)
	if !ok {
		return errPage
	}
	return nil
}

// dictEncoded reports whether the values of a data page are dictionary indices.
func (p *page) dictEncoded() bool { return p.enc == encPlainDict || p.enc == encRLEDict }

// checkCRC compares the checksum in the header, if there is one (CRC-32 of the
// payload as stored).
func (p *page) checkCRC() error {
	if crc, ok := p.header.integer(headerCRC); ok && uint32(crc) != crc32.ChecksumIEEE(p.payload) {
		return errChecksum
	}
	return nil
}

// A body is a data page decompressed and taken apart. Levels are encoded, with
// the length before them in a V1 page.
type body struct {
	reps, defs, values []byte
	legacyDefs         bool // definition levels are BIT_PACKED
	legacyReps         bool
}

// open decompresses a data page into buf's memory.
func (p *page) open(codec int64, l *leaf, buf []byte) (b body, out []byte, err error) {
	if err := p.checkCRC(); err != nil {
		return b, buf, err
	}
	if p.slots == 0 {
		return b, buf, nil
	}
	if p.kind == pageData2 {
		return p.openV2(codec, buf)
	}
	plain, err := decompress(codec, buf, p.payload, p.size)
	if err != nil {
		return b, buf, err
	}
	if codec != codecNone {
		buf = plain
	}
	h, _ := p.header.record(headerV1)
	rest := plain
	take := func(highest int, encoding int16) (levels []byte, legacy bool, err error) {
		if highest == 0 {
			return nil, false, nil
		}
		e, _ := h.integer(encoding)
		var n uint64
		switch e {
		case encRLE:
			if len(rest) < 4 {
				return nil, false, errPage
			}
			n = 4 + uint64(binary.LittleEndian.Uint32(rest))
		case encBitPacked:
			n, legacy = (uint64(p.slots)*uint64(levelWidth(highest))+7)/8, true
		default:
			return nil, false, errPage
		}
		if n > uint64(len(rest)) {
			return nil, false, errPage
		}
		levels, rest = rest[:n], rest[n:]
		return levels, legacy, nil
	}
	if b.reps, b.legacyReps, err = take(l.MaxRep, v1RepEncoding); err != nil {
		return b, buf, err
	}
	if b.defs, b.legacyDefs, err = take(l.MaxDef, v1DefEncoding); err != nil {
		return b, buf, err
	}
	b.values = rest
	return b, buf, nil
}

// openDict returns the plain values of a dictionary page, decompressed into buf's
// memory.
func (p *page) openDict(codec int64, l *leaf, buf []byte) (values, out []byte, err error) {
	if l.typ == parquet.Types.Boolean || p.enc != encPlain && p.enc != encPlainDict {
		return nil, buf, errPage
	}
	if err := p.checkCRC(); err != nil {
		return nil, buf, err
	}
	plain, err := decompress(codec, buf, p.payload, p.size)
	if err != nil {
		return nil, buf, err
	}
	if codec != codecNone {
		buf = plain
	}
	values, err = decodeValues(l, nil, encPlain, plain, p.slots)
	return values, buf, err
}

func (p *page) openV2(codec int64, buf []byte) (b body, out []byte, err error) {
	h, _ := p.header.record(headerV2)
	defs, ok1 := h.integer(v2DefLength)
	reps, ok2 := h.integer(v2RepLength)
	if !ok1 || !ok2 || defs < 0 || reps < 0 || defs+reps > int64(len(p.payload)) || defs+reps > int64(p.size) {
		return b, buf, errPage
	}
	b.reps, b.defs = p.payload[:reps], p.payload[reps:reps+defs]
	b.values = p.payload[reps+defs:]
	size := p.size - int(reps+defs)
	if !h.boolean(v2IsCompressed, true) {
		codec = codecNone
	}
	if size == 0 && len(b.values) == 0 {
		return b, buf, nil // some writers compress nothing to nothing
	}
	plain, err := decompress(codec, buf, b.values, size)
	if err != nil {
		return b, buf, err
	}
	b.values = plain
	if codec != codecNone {
		buf = plain
	}
	return b, buf, nil
}
