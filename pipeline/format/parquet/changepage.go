package parquet

import (
	"encoding/binary"
	"slices"
)

// page rewrites a data page and returns its new payload and how many of its
// values are null now. Pages of dictionary indices are left as they are, but for
// the statistics in the header, unless an entry became null or moved.
func (ch *changer) page(p *page, codec int64) (payload []byte, nulled int64, err error) {
	if p.dictEncoded() {
		if !ch.dict {
			return nil, 0, errPage
		}
		if ch.places == nil {
			p.clearStatistics()
			return p.payload, 0, p.checkCRC()
		}
	}
	b, buf, err := p.open(codec, ch.leaf, ch.pageBuf)
	ch.pageBuf = buf
	if err != nil {
		return nil, 0, err
	}
	n, err := p.present(&b, ch.leaf)
	if err != nil {
		return nil, 0, err
	}
	var data []byte
	var nulls []bool
	used := p.enc
	var rows []int64
	if ch.variants != nil {
		if rows, err = ch.rows(p, &b, n); err != nil {
			return nil, 0, err
		}
	}
	if p.dictEncoded() {
		data, nulls, err = ch.indices(b.values, n, rows)
	} else {
		var plain []byte
		if plain, err = decodeValues(ch.leaf, &ch.library, p.enc, b.values, n); err != nil {
			return nil, 0, err
		}
		ch.outBuf, nulls, err = ch.values(ch.outBuf[:0], plain, n, rows)
		if err != nil {
			return nil, 0, err
		}
		for _, null := range nulls {
			if null {
				nulled++
			}
		}
		data, used, err = encodeValues(ch.leaf, p.enc, ch.outBuf, n-int(nulled))
		if n == 0 {
			data, used = b.values, p.enc
		}
	}
	if err != nil {
		return nil, 0, err
	}
	defs := b.defs
	if nulls != nil {
		if defs, nulled, err = ch.definition(p, &b, nulls); err != nil {
			return nil, 0, err
		}
	}
	p.clearStatistics()
	if used != p.enc {
		if !slices.Contains(ch.encodings, used) {
			ch.encodings = append(ch.encodings, used)
		}
		p.setEncoding(used)
	}
	if p.kind == pageData2 {
		payload, err = ch.packV2(p, codec, b.reps, defs, data, nulled)
		return payload, nulled, err
	}
	if nulls != nil && b.legacyDefs {
		h, _ := p.header.record(headerV1)
		h.setInteger(v1DefEncoding, wireI32, encRLE)
		p.header.setRecord(headerV1, h)
	}
	whole := make([]byte, 0, len(b.reps)+len(defs)+len(data))
	whole = append(append(append(whole, b.reps...), defs...), data...)
	payload, err = ch.pack(p, codec, whole)
	return payload, nulled, err
}

// packV2 puts a V2 page together: levels as they are, values compressed if the
// header says so.
func (ch *changer) packV2(p *page, codec int64, reps, defs, data []byte, nulled int64) ([]byte, error) {
	h, _ := p.header.record(headerV2)
	if n, ok := h.integer(v2NumNulls); ok {
		h.setInteger(v2NumNulls, wireI32, n+nulled)
	}
	h.setInteger(v2DefLength, wireI32, int64(len(defs)))
	p.header.setRecord(headerV2, h)
	size := len(reps) + len(defs) + len(data)
	if h.boolean(v2IsCompressed, true) && codec != codecNone && len(data) > 0 {
		packed, err := compressPage(codec, ch.packBuf, data)
		if err != nil {
			return nil, err
		}
		ch.packBuf, data = packed, packed
	}
	payload := make([]byte, 0, len(reps)+len(defs)+len(data))
	payload = append(append(append(payload, reps...), defs...), data...)
	return payload, ch.seal(p, payload, size)
}

// indices makes those of a page of dictionary indices indices into the new
// dictionary, and tells which values are null now.
func (ch *changer) indices(data []byte, n int, rows []int64) (out []byte, nulls []bool, err error) {
	width := levelWidth(max(ch.entries-1, 1))
	if n == 0 {
		return data, nil, nil
	}
	if ch.entries == 1 && !ch.nulled { // they need not be known
		return appendRun([]byte{byte(width)}, 0, n, width), nil, nil
	}
	h, err := indices(data, n)
	if err != nil {
		return nil, nil, err
	}
	all := make([]uint32, n)
	if !h.read(all) {
		return nil, nil, errPage
	}
	kept := all[:0]
	for i, v := range all {
		if ch.expand != nil {
			var ok bool
			if v, ok = ch.expand.number[pair{v, ch.variants[rows[i]]}]; !ok {
				return nil, nil, errPage
			}
		}
		if uint64(v) >= uint64(len(ch.places)) {
			return nil, nil, errPage
		}
		if k := ch.places[v]; k >= 0 {
			kept = append(kept, uint32(k))
			continue
		}
		if nulls == nil {
			nulls = make([]bool, n)
		}
		nulls[i] = true
	}
	return appendHybrid([]byte{byte(width)}, kept, width), nulls, nil
}

// definition writes the definition levels of a page anew: a value that became
// null is null in the leaf itself, one level below being there.
func (ch *changer) definition(p *page, b *body, nulls []bool) (out []byte, nulled int64, err error) {
	highest := ch.leaf.MaxDef
	r, err := p.levels(b.defs, b.legacyDefs, highest)
	if err != nil {
		return nil, 0, err
	}
	all := make([]uint32, p.slots)
	if err := r.read(all); err != nil {
		return nil, 0, err
	}
	k := 0
	for i, d := range all {
		if d != uint32(highest) {
			continue
		}
		if nulls[k] {
			all[i]--
			nulled++
		}
		k++
	}
	if p.kind == pageData2 {
		return appendHybrid(nil, all, levelWidth(highest)), nulled, nil
	}
	out = appendHybrid(make([]byte, 4), all, levelWidth(highest))
	binary.LittleEndian.PutUint32(out, uint32(len(out)-4))
	return out, nulled, nil
}

// clearStatistics leaves in the header of a page what is needed to read it.
func (p *page) clearStatistics() {
	id, _ := p.sub()
	h, _ := p.header.record(id)
	if p.kind == pageData2 {
		h.known(v2Statistics - 1)
	} else {
		h.known(v1Statistics - 1)
	}
	p.header.known(headerV2)
	p.header.setRecord(id, h)
}

func (p *page) setEncoding(enc int64) {
	id, field := p.sub()
	h, _ := p.header.record(id)
	h.setInteger(field, wireI32, enc)
	p.header.setRecord(id, h)
}
