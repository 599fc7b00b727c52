package parquet

import (
	"encoding/binary"
	"slices"
)

// indexPage edits a page of dictionary indices. It is left as it is, but for the
// statistics in the header, unless an entry became null or moved.
func (h *hand) indexPage() error {
	p, l, d := &h.page, h.leaf, &h.dictionary
	if !h.hasDict {
		return errPage
	}
	moved := d.Changed && (d.Places != nil || h.expand != nil)
	if !moved && l.MaxRep == 0 && d.Classes == nil && (l.MaxDef == 0 || d.Class == 0) {
		h.count(p.slots)
		return h.clear()
	}
	b, n, err := h.open()
	if err != nil {
		return err
	}
	if d.Classes == nil {
		h.count(n)
	}
	if !moved {
		if err := h.tally(&b, n); err != nil {
			return err
		}
		return h.clear()
	}
	data, nulls, err := h.indices(&b, n)
	if err != nil {
		return err
	}
	return h.repack(&b, data, nulls)
}

// count counts values that stand in the dictionary.
func (h *hand) count(n int) {
	h.mu.Lock()
	h.present += int64(n)
	h.mu.Unlock()
}

// tally counts them by entry, if that is asked for.
func (h *hand) tally(b *body, n int) error {
	if h.each == nil || n == 0 {
		return nil
	}
	keys, err := indices(b.values, n)
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if !keys.tally(h.each, n) {
		return errPage
	}
	return nil
}

// clear takes the statistics out of the header of a page of a changed dictionary.
func (h *hand) clear() error {
	if !h.dictionary.Changed {
		return h.page.checkCRC()
	}
	h.page.clearStatistics()
	h.job.changed, h.payload, h.head = true, h.page.payload, h.page.header.append(nil)
	return h.page.checkCRC()
}

// open takes the page apart; n is the number of its values.
func (h *hand) open() (b body, n int, err error) {
	p, l := &h.page, h.leaf
	if b, h.pageBuf, err = p.open(h.codec, l, h.pageBuf); err != nil {
		return b, 0, err
	}
	if n, err = p.present(&b, l); err != nil || l.MaxRep == 0 {
		return b, n, err
	}
	rows, err := p.begun(&b, l)
	h.mu.Lock()
	h.rows += int64(rows)
	h.mu.Unlock()
	return b, n, err
}

// indices makes those of a page of dictionary indices indices into the new
// dictionary, and tells which values are null now.
func (h *hand) indices(b *body, n int) (out []byte, nulls []bool, err error) {
	d := &h.dictionary
	width := levelWidth(max(d.Entries-1, 1))
	switch {
	case n == 0:
		return b.values, nil, nil
	case d.Entries == 1 && !d.Nulled && h.each == nil: // they need not be known
		return appendRun([]byte{byte(width)}, 0, n, width), nil, nil
	}
	keys, err := indices(b.values, n)
	if err != nil {
		return nil, nil, err
	}
	all := resized(h.keys, n)
	h.keys = all
	if !keys.read(all) {
		return nil, nil, errPage
	}
	if h.expand != nil {
		variants, err := h.variantsOf(b, n)
		if err != nil {
			return nil, nil, err
		}
		if !h.expand.number(all, variants) {
			return nil, nil, errPage
		}
	}
	if h.each != nil {
		h.mu.Lock()
		ok := tally(h.each, all)
		h.mu.Unlock()
		if !ok {
			return nil, nil, errPage
		}
	}
	if d.Places != nil {
		var ok bool
		if all, nulls, ok = move(all, d.Places, d.Nulled); !ok {
			return nil, nil, errPage
		}
	}
	h.outBuf = appendHybrid(append(h.outBuf[:0], byte(width)), all, width)
	return h.outBuf, nulls, nil
}

// move puts places in the place of indices, and leaves out those of nulls, which it
// tells; false if an index has no place.
func move(all []uint32, places []int32, nulled bool) (kept []uint32, nulls []bool, ok bool) {
	if !nulled {
		for i, v := range all {
			if int(v) >= len(places) {
				return nil, nil, false
			}
			all[i] = uint32(places[v])
		}
		return all, nil, true
	}
	kept = all[:0]
	for i, v := range all {
		if int(v) >= len(places) {
			return nil, nil, false
		}
		if k := places[v]; k >= 0 {
			kept = append(kept, uint32(k))
			continue
		}
		if nulls == nil {
			nulls = make([]bool, len(all))
		}
		nulls[i] = true
	}
	return kept, nulls, true
}

// plainPage edits a page of values.
func (h *hand) plainPage() error {
	p, l := &h.page, h.leaf
	b, n, err := h.open()
	if err != nil {
		return err
	}
	plain, err := decodeValues(l, &h.library, p.enc, b.values, n)
	if err != nil {
		return err
	}
	var variants []int32
	if h.variants != nil {
		if variants, err = h.variantsOf(&b, n); err != nil {
			return err
		}
	}
	out, nulls, changed, err := h.rewrite(plain, n, variants)
	if err != nil {
		return err
	}
	// A page of DELTA_BYTE_ARRAY may go on from the last value of the page before.
	if p.enc == encDeltaBytes {
		changed = changed || h.carried
		h.carried = changed
	}
	if !changed {
		return nil
	}
	left := n
	for _, null := range nulls {
		if null {
			left--
		}
	}
	if err := l.check(out, left); err != nil {
		return err
	}
	data, used, err := encodeValues(l, p.enc, out, left)
	if err != nil {
		return err
	}
	if used != p.enc {
		h.mu.Lock()
		if !slices.Contains(h.encodings, used) {
			h.encodings = append(h.encodings, used)
		}
		h.mu.Unlock()
		p.setEncoding(used)
	}
	return h.repack(&b, data, nulls)
}

// rewrite returns what becomes of n plain values: plain itself, if none of them
// changes. nulls tells which became null and are left out.
func (h *hand) rewrite(plain []byte, n int, variants []int32) (out []byte, nulls []bool, changed bool, err error) {
	rest, at := plain, 0
	for from := 0; from < n; from += maxBlock {
		var values [][]byte
		values, rest = h.split(rest, min(maxBlock, n-from))
		here := []int32{h.variant}
		if variants != nil {
			here = variants[from : from+len(values)]
		}
		edits, err := h.editor.Edit(values, here...)
		if err != nil {
			return nil, nil, false, err
		}
		for i := range edits {
			x := &edits[i]
			h.editor.Count(x.Class, 1)
			if x.Changed && !changed {
				changed = true
				h.outBuf = append(h.outBuf[:0], plain[:at]...)
			}
			at += h.leaf.stored(values[i])
			switch {
			case !changed:
			case !x.Null:
				h.outBuf = h.leaf.put(h.outBuf, x.Plain)
			case !h.leaf.Optional:
				return nil, nil, false, ErrUnrepresentable
			default:
				if nulls == nil {
					nulls = make([]bool, n)
				}
				nulls[from+i] = true
			}
		}
		if len(h.outBuf) > maxPage {
			return nil, nil, false, errPageSize
		}
	}
	if !changed {
		return plain, nil, false, nil
	}
	return h.outBuf, nulls, true, nil
}

// repack puts the page together with new values, of which those in nulls are gone.
func (h *hand) repack(b *body, data []byte, nulls []bool) (err error) {
	p := &h.page
	defs := b.defs
	if nulls != nil {
		if defs, err = h.definition(b, nulls); err != nil {
			return err
		}
	}
	p.clearStatistics()
	if p.kind == pageData2 {
		return h.packV2(b.reps, defs, data)
	}
	if nulls != nil && b.legacyDefs {
		head, _ := p.header.record(headerV1)
		head.setInteger(v1DefEncoding, wireI32, encRLE)
		p.header.setRecord(headerV1, head)
	}
	h.job.plain = append(append(append(h.job.plain[:0], b.reps...), defs...), data...)
	return h.pack(h.job.plain)
}

// packV2 puts a V2 page together: levels as they are, values compressed if the
// header says so.
func (h *hand) packV2(reps, defs, data []byte) (err error) {
	p := &h.page
	head, _ := p.header.record(headerV2)
	if n, ok := head.integer(v2NumNulls); ok {
		head.setInteger(v2NumNulls, wireI32, n+h.nulled)
	}
	head.setInteger(v2DefLength, wireI32, int64(len(defs)))
	p.header.setRecord(headerV2, head)
	size := len(reps) + len(defs) + len(data)
	if head.boolean(v2IsCompressed, true) && h.codec != codecNone && len(data) > 0 {
		if data, err = compressPage(h.codec, h.packed, data); err != nil {
			return err
		}
		h.packed = data
	}
	h.job.plain = append(append(append(h.job.plain[:0], reps...), defs...), data...)
	return h.seal(h.job.plain, size)
}

// definition writes the definition levels of a page anew: a value that became
// null is null in the leaf itself, one level below being there.
func (h *hand) definition(b *body, nulls []bool) (out []byte, err error) {
	p, highest := &h.page, h.leaf.MaxDef
	r, err := p.levels(b.defs, b.legacyDefs, highest)
	if err != nil {
		return nil, err
	}
	all := make([]uint32, p.slots)
	if err := r.read(all); err != nil {
		return nil, err
	}
	k := 0
	for i, d := range all {
		if d != uint32(highest) {
			continue
		}
		if nulls[k] {
			all[i]--
			h.nulled++
		}
		k++
	}
	if p.kind == pageData2 {
		return appendHybrid(nil, all, levelWidth(highest)), nil
	}
	out = appendHybrid(make([]byte, 4), all, levelWidth(highest))
	binary.LittleEndian.PutUint32(out, uint32(len(out)-4))
	return out, nil
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
