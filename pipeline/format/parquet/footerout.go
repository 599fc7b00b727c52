package parquet

import (
	"encoding/binary"
	"errors"
)

// footerOut writes the footer and the mark at the end.
func (r *rewriter) footerOut() error {
	groups := make([][]byte, len(r.groups))
	for g := range r.groups {
		rec := append(record(nil), r.groups[g]...)
		cols := make([][]byte, len(r.leaves))
		var size, grown int64
		for i := range cols {
			m := &r.moved[g][i]
			cols[i] = m.outer.append(nil)
			size += m.size
			grown += m.grown
		}
		rec.set(groupColumns, wireList, appendList(nil, wireStruct, cols))
		if n, ok := rec.integer(groupBytes); ok {
			rec.setInteger(groupBytes, wireI64, n+grown)
		}
		if _, ok := rec.integer(groupCompressed); ok {
			rec.setInteger(groupCompressed, wireI64, size)
		}
		if off, _ := rec.integer(groupOffset); off != 0 && len(cols) > 0 {
			rec.setInteger(groupOffset, wireI64, r.moved[g][0].start)
		}
		if err := r.sorting(&rec, g); err != nil {
			return &Error{RowGroup: g, Err: err}
		}
		groups[g] = rec.append(nil)
	}
	foot := append(record(nil), r.footer...)
	if err := rewriteMetadata(&foot, fileKeyValues, "", r.opts.Metadata); err != nil {
		return err
	}
	foot.set(fileRowGroups, wireList, appendList(nil, wireStruct, groups))
	raw := foot.append(nil)
	n := len(raw)
	if n > maxFooter {
		return errors.New("the new footer is too large")
	}
	raw = binary.LittleEndian.AppendUint32(raw, uint32(n))
	if _, err := r.out.Write(append(raw, magic...)); err != nil {
		return err
	}
	return r.out.flush()
}

// sorting cuts the list of columns a row group is sorted by at the first one
// that is changed: rows are still in the order of those before it.
func (r *rewriter) sorting(rec *record, g int) error {
	elems, err := rec.list(groupSorting, wireStruct)
	if err != nil {
		return err
	}
	for i, raw := range elems {
		s, _, err := parseRecord(raw)
		if err != nil {
			return err
		}
		n, ok := s.integer(sortingColumn)
		if ok && n >= 0 && n < int64(len(r.leaves)) && !r.moved[g][n].changed {
			continue
		}
		if i == 0 {
			rec.drop(groupSorting)
		} else {
			rec.set(groupSorting, wireList, appendList(nil, wireStruct, elems[:i]))
		}
		break
	}
	return nil
}
