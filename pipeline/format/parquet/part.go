package parquet

import (
	"context"
	"encoding/binary"
	"slices"
)

// begin makes ready for a chunk. If its rows are of several variants, the pairs of
// its dictionary are collected by reading it once more.
func (r *rewriter) begin(ctx context.Context, p *part) (err error) {
	defer recovered(&err)
	if p.outer, p.meta, err = p.parse(); err != nil {
		return err
	}
	if err := rewriteMetadata(&p.meta, metaKeyValues, p.leaf.Path, r.opts.Metadata); err != nil {
		return err
	}
	if p.change == nil {
		return nil
	}
	rows, _ := r.groups[p.group].integer(groupNumRows)
	p.variants, p.variant, err = p.change.VariantsOf(ctx, p.group, rows)
	if p.variants == nil {
		return err
	}
	p.serial = true
	return p.collect(ctx, r.File)
}

// close ends a chunk, whose pages have all been written.
func (r *rewriter) close(p *part) error {
	if p.change != nil {
		if rows, _ := r.groups[p.group].integer(groupNumRows); p.leaf.MaxRep > 0 && p.rows != rows {
			return errCounts
		}
		p.count(&r.counts.Classes[p.column])
	}
	if r.out.w == nil {
		return nil
	}
	p.moved.size = r.out.n - p.moved.start
	if p.moved.changed {
		r.counts.Rewritten += p.moved.size
		if err := p.changedMetadata(); err != nil {
			return err
		}
	} else {
		r.counts.Copied += p.moved.size
		shift := p.moved.start - p.chunk.start
		for _, id := range []int16{metaDataOffset, metaDictOffset, metaIndexOffset} {
			if off, ok := p.meta.integer(id); ok && off > 0 {
				p.meta.setInteger(id, wireI64, off+shift)
			}
		}
	}
	p.meta.setInteger(metaCompressed, wireI64, p.moved.size)
	if off, _ := p.outer.integer(chunkOffset); off != 0 {
		p.outer.setInteger(chunkOffset, wireI64, p.moved.start)
	}
	p.outer.setRecord(chunkMeta, p.meta)
	if p.column == 0 {
		r.moved = append(r.moved, make([]moved, 0, len(r.leaves)))
	}
	r.moved[p.group] = append(r.moved[p.group], p.moved)
	return nil
}

// count adds the values that stand in the dictionary to classes.
func (p *part) count(classes *[]int64) {
	if p.each == nil {
		addClass(classes, p.dictionary.Class, p.present)
	}
	for i, n := range p.each {
		addClass(classes, p.dictionary.Classes[i], n)
	}
}

// changedMetadata brings the ColumnMetaData of a changed chunk up to date and takes
// out what tells of the old values.
func (p *part) changedMetadata() error {
	meta := &p.meta
	if n, ok := meta.integer(metaUncompressed); ok {
		meta.setInteger(metaUncompressed, wireI64, n+p.grown)
	}
	data := p.dataAt
	if data == 0 {
		data = p.moved.start
	}
	if off, _ := meta.integer(metaDictOffset); off > 0 && p.dictAt > 0 {
		meta.setInteger(metaDictOffset, wireI64, p.dictAt)
	} else {
		meta.drop(metaDictOffset)
		if p.dictAt > 0 {
			data = p.moved.start // as old writers have it: the dictionary is the first page
		}
	}
	meta.setInteger(metaDataOffset, wireI64, data)
	stats, _ := meta.record(metaStatistics)
	count, ok := stats.integer(statsNullCount)
	// A field of a later version may speak of values too: statistics did so
	// under three names before.
	meta.known(metaGeospatial)
	p.outer.known(chunkEncrypted)
	meta.drop(metaIndexOffset, metaStatistics, metaBloomOffset, metaBloomLength, metaSizes, metaGeospatial)
	if ok && count >= 0 {
		var kept record
		kept.setInteger(statsNullCount, wireI64, count+p.gone)
		meta.setRecord(metaStatistics, kept)
	}
	if p.encodings == nil {
		return nil
	}
	meta.drop(metaEncodingStats)
	elems, err := meta.list(metaEncodings, wireI32)
	if err != nil {
		return err
	}
	for _, e := range p.encodings {
		raw := binary.AppendVarint(nil, e)
		if !slices.ContainsFunc(elems, func(b []byte) bool { return slices.Equal(b, raw) }) {
			elems = append(elems, raw)
		}
	}
	meta.set(metaEncodings, wireList, appendList(nil, wireI32, elems))
	return nil
}
