package parquet

// Field numbers of OffsetIndex, PageLocation and BloomFilterHeader.
const (
	offsetLocations = 1
	offsetSizes     = 2

	locationOffset = 1
	locationSize   = 2

	bloomBytes = 1
)

// maxIndex bounds a page index or bloom filter; a larger one is left out, which
// costs readers time and no more.
const maxIndex = 64 << 20

// indexes writes what stands between the pages and the footer: the bloom filters
// and column indexes of copied chunks, and the offset indexes of all, which hold
// places and no values.
func (r *rewriter) indexes() error {
	steps := []func(*moved, chunk) error{r.bloom, r.columnIndex, r.offsetIndex}
	for _, step := range steps {
		for g := range r.moved {
			for i := range r.moved[g] {
				if err := r.ctx.Err(); err != nil {
					return err
				}
				if err := step(&r.moved[g][i], r.chunks[g][i]); err != nil {
					return &Error{Column: r.leaves[i].Path, RowGroup: g, Err: err}
				}
			}
		}
	}
	return nil
}

// span reads a stretch of the file that the footer points at, or nil if it
// points outside.
func (r *rewriter) span(offset, size int64) ([]byte, error) {
	if offset < 4 || size <= 0 || size > maxIndex || offset > r.size-8 || size > r.size-8-offset {
		return nil, nil
	}
	b := make([]byte, size)
	return b, readFull(r.r, b, offset)
}

// bloom moves a bloom filter. Those of changed chunks are gone already.
func (r *rewriter) bloom(m *moved, _ chunk) error {
	meta, _ := m.outer.record(chunkMeta)
	off, ok := meta.integer(metaBloomOffset)
	if !ok || m.changed {
		return nil
	}
	size, ok := meta.integer(metaBloomLength)
	if !ok {
		// Older files say it in the header of the filter alone.
		head, err := r.span(off, min(256, r.size-8-off))
		if err != nil {
			return err
		}
		h, n, err := parseRecord(head)
		if bits, ok := h.integer(bloomBytes); err == nil && ok && bits > 0 {
			size = int64(n) + bits
		}
	}
	b, err := r.span(off, size)
	if err != nil {
		return err
	}
	if b == nil {
		meta.drop(metaBloomOffset, metaBloomLength)
	} else {
		meta.setInteger(metaBloomOffset, wireI64, r.out.n)
		if _, err := r.out.Write(b); err != nil {
			return err
		}
	}
	m.outer.setRecord(chunkMeta, meta)
	return nil
}

// columnIndex moves the minima and maxima of the pages of a copied chunk.
func (r *rewriter) columnIndex(m *moved, _ chunk) error {
	off, ok := m.outer.integer(chunkColumnIndex)
	size, _ := m.outer.integer(chunkColumnLength)
	var b []byte
	var err error
	if ok && !m.changed {
		if b, err = r.span(off, size); err != nil {
			return err
		}
	}
	if b == nil {
		m.outer.drop(chunkColumnIndex, chunkColumnLength)
		return nil
	}
	m.outer.setInteger(chunkColumnIndex, wireI64, r.out.n)
	_, err = r.out.Write(b)
	return err
}

// offsetIndex writes the places of a chunk's pages as they are now.
func (r *rewriter) offsetIndex(m *moved, c chunk) error {
	off, ok := m.outer.integer(chunkOffsetIndex)
	size, _ := m.outer.integer(chunkOffsetLength)
	if !ok {
		return nil
	}
	b, err := r.span(off, size)
	if err != nil {
		return err
	}
	out := moveOffsets(b, m, m.start-c.start)
	if out == nil {
		m.outer.drop(chunkOffsetIndex, chunkOffsetLength, chunkColumnIndex, chunkColumnLength)
		return nil
	}
	m.outer.setInteger(chunkOffsetIndex, wireI64, r.out.n)
	m.outer.setInteger(chunkOffsetLength, wireI32, int64(len(out)))
	_, err = r.out.Write(out)
	return err
}

// moveOffsets returns an OffsetIndex with the new places, nil if it does not fit
// the chunk.
func moveOffsets(b []byte, m *moved, shift int64) []byte {
	index, _, err := parseRecord(b)
	if err != nil {
		return nil
	}
	elems, err := index.list(offsetLocations, wireStruct)
	if err != nil || m.changed && len(elems) != len(m.pages) {
		return nil
	}
	for i, raw := range elems {
		l, _, err := parseRecord(raw)
		if err != nil {
			return nil
		}
		off, ok := l.integer(locationOffset)
		if !ok {
			return nil
		}
		if m.changed {
			off = m.pages[i].offset
			l.setInteger(locationSize, wireI32, m.pages[i].size)
		} else {
			off += shift
		}
		if off < m.start || off > m.start+m.size {
			return nil
		}
		l.setInteger(locationOffset, wireI64, off)
		elems[i] = l.append(nil)
	}
	index.set(offsetLocations, wireList, appendList(nil, wireStruct, elems))
	if m.changed {
		index.drop(offsetSizes) // lengths of the values before
	}
	return index.append(nil)
}
