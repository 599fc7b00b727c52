package parquet

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"slices"

	"github.com/apache/arrow/go/v17/parquet"
)

// A changer rewrites the values of one column.
type changer struct {
	leaf     *leaf
	rewriter ValueRewriter
	form     textForm
	stats    *Stats

	dict      bool    // this chunk has a dictionary
	nulls     []bool  // entries of it that became null, nil if none
	encodings []int64 // that pages have now and had not
	library   library

	pageBuf, outBuf, packBuf []byte
	text, reply              []byte
	known                    map[string]known // entries of dictionaries before
}

// known is what became of a value.
type known struct {
	plain []byte // in plain form
	null  bool
}

// Row groups have dictionaries of their own, mostly of the same values: these are
// remembered, so many of them and no longer ones than that.
const maxKnown, maxKnownLength = 1 << 16, 256

// change rewrites a chunk page by page.
func (r *rewriter) change(m *moved, meta *record, c chunk, ch *changer) error {
	ch.dict, ch.nulls, ch.encodings, ch.library = false, nil, nil, library{}
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

// dictionary rewrites a dictionary page. Every entry keeps its place, so that
// the indices stay right; two entries may come out the same.
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
	ch.outBuf, ch.nulls, err = ch.values(ch.outBuf[:0], values, p.slots, true)
	if err != nil {
		return nil, err
	}
	h, _ := p.header.record(headerDict)
	h.known(dictSorted - 1)
	p.header.known(headerV2)
	p.header.setRecord(headerDict, h)
	return ch.pack(p, codec, ch.outBuf)
}

// values rewrites n plain values. nulls tells which became null: they are left
// out of the result, or as an empty value if they must hold their place.
func (ch *changer) values(dst, plain []byte, n int, hold bool) (out []byte, nulls []bool, err error) {
	w := ch.leaf.width()
	for i := range n {
		size := w
		if w == 0 {
			size = int(binary.LittleEndian.Uint32(plain))
			plain = plain[4:]
		}
		v := plain[:size:size]
		plain = plain[size:]
		at := len(dst)
		if w == 0 {
			dst = append(dst, 0, 0, 0, 0)
		}
		var null bool
		if hold {
			dst, null, err = ch.entry(dst, v)
		} else {
			dst, null, err = ch.value(dst, v)
		}
		if err != nil {
			return dst, nil, err
		}
		if null {
			if !ch.leaf.Optional {
				return dst, nil, ErrUnrepresentable
			}
			if nulls == nil {
				nulls = make([]bool, n)
			}
			nulls[i] = true
			dst = dst[:at]
			if hold {
				dst = append(dst, ch.empty()...)
			}
			continue
		}
		if w == 0 {
			binary.LittleEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
		} else if len(dst)-at != w {
			return dst, nil, errors.New("a replacement has the wrong length")
		}
		if len(dst) > math.MaxInt32 {
			return dst, nil, errPageSize
		}
	}
	return dst, nulls, nil
}

// empty is what holds the place of a nulled dictionary entry: no value, or zeros.
func (ch *changer) empty() []byte {
	if w := ch.leaf.width(); w > 0 {
		return make([]byte, w)
	}
	return make([]byte, 4)
}

// entry is value for an entry of a dictionary: the rewriter is not called again
// for one that it was called for in a row group before.
func (ch *changer) entry(dst, v []byte) (out []byte, null bool, err error) {
	if k, ok := ch.known[string(v)]; ok {
		return append(dst, k.plain...), k.null, nil
	}
	at := len(dst)
	out, null, err = ch.value(dst, v)
	if err == nil && len(ch.known) < maxKnown && len(v)+len(out)-at <= maxKnownLength {
		ch.known[string(v)] = known{slices.Clone(out[at:]), null}
	}
	return out, null, err
}

// value appends what becomes of one value, in plain form.
func (ch *changer) value(dst, v []byte) (out []byte, null bool, err error) {
	text := v
	if !ch.form.raw {
		var ok bool
		if ch.text, ok = ch.form.append(ch.text[:0], v); !ok {
			// It has no text: it is shown as the bytes it is.
			ch.text = append(ch.text[:0], v...)
		}
		text = ch.text
	}
	ch.stats.Calls++
	var verdict Verdict
	ch.reply, verdict, err = ch.rewriter.Rewrite(ch.reply[:0], text)
	switch {
	case err != nil:
		return dst, false, err
	case verdict == Null:
		ch.stats.Nulled++
		return dst, true, nil
	case verdict == Keep || string(ch.reply) == string(text):
		return append(dst, v...), false, nil
	}
	ch.stats.Replaced++
	if ch.form.raw {
		return append(dst, ch.reply...), false, nil
	}
	out, ok := ch.form.parse(dst, ch.reply)
	if !ok {
		ch.stats.Unfit++
		return dst, true, nil
	}
	return out, false, nil
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
