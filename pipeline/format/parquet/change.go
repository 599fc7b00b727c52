package parquet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"hash/maphash"
	"math"
	"slices"

	"github.com/apache/arrow/go/v17/parquet"
)

// A changer rewrites one column.
type changer struct {
	leaf   *leaf
	editor *Editor

	dict      bool       // this chunk has a dictionary
	places    []int32    // of its entries in the new one, -1 of nulls; nil: the same
	entries   int        // of the new one
	nulled    bool       // some became null
	expand    *expansion // what it has entries for; nil: the same
	seen      map[uint64]place
	seed      maphash.Seed
	variants  []int32 // by row of the row group; nil: one for all
	row       int64   // of the last slot, where there are variants
	encodings []int64 // that pages have now and had not
	library   library

	pageBuf, outBuf, packBuf []byte
}

// change rewrites a chunk page by page.
func (r *rewriter) change(m *moved, meta *record, group int, ch *changer) error {
	c := r.chunks[group][ch.leaf.Index]
	if err := ch.begin(r, group); err != nil {
		return err
	}
	var nulled, data int64
	dict, keepPages := int64(0), m.outer.find(chunkOffsetIndex) != nil
	err := r.pages(r.ctx, c, func(p *page) (err error) {
		at := r.out.n
		old := p.size + p.head
		var out []byte
		switch p.kind {
		case pageIndex:
			return nil // nothing is known to write them
		case pageDict:
			if ch.dict || data != 0 {
				return errPage
			}
			dict = at
			out, err = ch.dictionary(p, c.codec)
		default:
			if data == 0 {
				data = at
			}
			var n int64
			out, n, err = ch.page(p, c.codec)
			nulled += n
		}
		if err != nil {
			return err
		}
		head := p.header.append(nil)
		m.grown += int64(p.size+len(head)) - int64(old)
		if _, err := r.out.Write(head); err != nil {
			return err
		}
		if _, err := r.out.Write(out); err != nil {
			return err
		}
		if keepPages && p.kind != pageDict {
			m.pages = append(m.pages, location{at, r.out.n - at})
		}
		return nil
	})
	if err != nil {
		return err
	}
	m.size = r.out.n - m.start
	if data == 0 {
		data = m.start
	}
	return ch.metadata(meta, m, dict, data, nulled)
}

// metadata brings the ColumnMetaData of a changed chunk up to date and takes out
// what tells of the old values.
func (ch *changer) metadata(meta *record, m *moved, dict, data, nulled int64) error {
	if n, ok := meta.integer(metaUncompressed); ok {
		meta.setInteger(metaUncompressed, wireI64, n+m.grown)
	}
	if off, _ := meta.integer(metaDictOffset); off > 0 && ch.dict {
		meta.setInteger(metaDictOffset, wireI64, dict)
	} else {
		meta.drop(metaDictOffset)
		if ch.dict {
			data = m.start // as old writers have it: the dictionary is the first page
		}
	}
	meta.setInteger(metaDataOffset, wireI64, data)
	stats, _ := meta.record(metaStatistics)
	count, ok := stats.integer(statsNullCount)
	// A field of a later version may speak of values too: statistics did so
	// under three names before.
	meta.known(metaGeospatial)
	m.outer.known(chunkEncrypted)
	meta.drop(metaIndexOffset, metaStatistics, metaBloomOffset, metaBloomLength, metaSizes, metaGeospatial)
	if ok && count >= 0 {
		var kept record
		kept.setInteger(statsNullCount, wireI64, count+nulled)
		meta.setRecord(metaStatistics, kept)
	}
	if ch.encodings == nil {
		return nil
	}
	meta.drop(metaEncodingStats)
	elems, err := meta.list(metaEncodings, wireI32)
	if err != nil {
		return err
	}
	for _, e := range ch.encodings {
		raw := binary.AppendVarint(nil, e)
		if !slices.ContainsFunc(elems, func(b []byte) bool { return slices.Equal(b, raw) }) {
			elems = append(elems, raw)
		}
	}
	meta.set(metaEncodings, wireList, appendList(nil, wireI32, elems))
	return nil
}

// dictionary rewrites a dictionary page.
func (ch *changer) dictionary(p *page, codec int64) ([]byte, error) {
	if err := p.checkCRC(); err != nil {
		return nil, err
	}
	if ch.leaf.typ == parquet.Types.Boolean || p.enc != encPlain && p.enc != encPlainDict {
		return nil, errPage
	}
	plain, err := decompress(codec, ch.pageBuf, p.payload, p.size)
	if err != nil {
		return nil, err
	}
	if codec != codecNone {
		ch.pageBuf = plain
	}
	values, err := decodeValues(ch.leaf, &ch.library, encPlain, plain, p.slots)
	if err != nil {
		return nil, err
	}
	ch.dict = true
	if ch.outBuf, err = ch.dictionaryValues(ch.outBuf[:0], values, p.slots); err != nil {
		return nil, err
	}
	h, _ := p.header.record(headerDict)
	h.known(dictSorted - 1)
	h.setInteger(1, wireI32, int64(ch.entries))
	p.header.known(headerV2)
	p.header.setRecord(headerDict, h)
	return ch.pack(p, codec, ch.outBuf)
}

// A place is where an entry of a new dictionary stands.
type place struct {
	number     int32
	start, end int
}

// dictionaryValues rewrites the n plain entries of a dictionary. An entry keeps
// its place, so that the indices stay right, unless one before it came out the
// same or became null: readers that build dictionaries of their own (pyarrow) want
// entries that differ.
func (ch *changer) dictionaryValues(dst, plain []byte, n int) (out []byte, err error) {
	old := make([][]byte, n)
	for i := range old {
		old[i], plain = ch.leaf.first(plain)
	}
	if ch.seen == nil {
		ch.seen, ch.seed = map[uint64]place{}, maphash.MakeSeed()
	}
	clear(ch.seen)
	moved := ch.expand != nil
	if moved {
		n = len(ch.expand.pairs)
	}
	ch.places, ch.entries, ch.nulled = make([]int32, n), 0, false
	for i := range n {
		k := i
		if ch.expand != nil {
			p := ch.expand.pairs[i]
			ch.editor.Use(p.variant)
			k = int(p.entry)
		}
		at := len(dst)
		var null bool
		if dst, null, err = ch.value(dst, old[k], true); err != nil {
			return dst, err
		}
		if null {
			ch.places[i], moved, ch.nulled = -1, true, true
			continue
		}
		hash := maphash.Bytes(ch.seed, dst[at:])
		if p, ok := ch.seen[hash]; ok && bytes.Equal(dst[p.start:p.end], dst[at:]) {
			ch.places[i], moved, dst = p.number, true, dst[:at]
			continue
		}
		ch.places[i] = int32(ch.entries)
		ch.seen[hash] = place{int32(ch.entries), at, len(dst)}
		ch.entries++
	}
	if !moved {
		ch.places = nil
	}
	return dst, nil
}

// values rewrites n plain values, of the rows given if there are variants. nulls
// tells which became null and are left out of the result.
func (ch *changer) values(dst, plain []byte, n int, rows []int64) (out []byte, nulls []bool, err error) {
	for i := range n {
		var v []byte
		v, plain = ch.leaf.first(plain)
		if rows != nil {
			ch.editor.Use(ch.variants[rows[i]])
		}
		var null bool
		if dst, null, err = ch.value(dst, v, false); err != nil {
			return dst, nil, err
		}
		if null {
			if nulls == nil {
				nulls = make([]bool, n)
			}
			nulls[i] = true
		}
	}
	return dst, nulls, nil
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

// value appends what becomes of a value, with its length if values have different
// ones, and nothing of a null.
func (ch *changer) value(dst, v []byte, entry bool) (out []byte, null bool, err error) {
	w, at := ch.leaf.width(), len(dst)
	if w == 0 {
		dst = append(dst, 0, 0, 0, 0)
	}
	if entry {
		dst, null, err = ch.editor.Entry(dst, v)
	} else {
		dst, null, err = ch.editor.Value(dst, v)
	}
	switch {
	case err != nil:
		return dst, false, err
	case null && !ch.leaf.Optional:
		return dst, false, ErrUnrepresentable
	case null:
		return dst[:at], true, nil
	case w == 0:
		binary.LittleEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
	case len(dst)-at != w:
		return dst, false, errors.New("a replacement has the wrong length")
	}
	if len(dst) > math.MaxInt32 {
		return dst, false, errPageSize
	}
	return dst, false, nil
}

// pack compresses what a page holds now and writes its size and checksum into
// the header.
func (ch *changer) pack(p *page, codec int64, plain []byte) ([]byte, error) {
	out, err := compressPage(codec, ch.packBuf, plain)
	if err != nil {
		return nil, err
	}
	if codec != codecNone {
		ch.packBuf = out
	}
	return out, ch.seal(p, out, len(plain))
}

// seal writes sizes and checksum into the header of a page.
func (ch *changer) seal(p *page, payload []byte, size int) error {
	if size > maxPage || len(payload) > maxPage {
		return errPageSize
	}
	p.size = size
	p.header.setInteger(headerUncompressed, wireI32, int64(size))
	p.header.setInteger(headerCompressed, wireI32, int64(len(payload)))
	if p.header.find(headerCRC) != nil {
		p.header.setInteger(headerCRC, wireI32, int64(int32(crc32.ChecksumIEEE(payload))))
	}
	return nil
}
