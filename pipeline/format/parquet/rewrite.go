package parquet

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
)

// A Verdict is what a [ValueRewriter] decides of a value.
type Verdict uint8

const (
	// Keep leaves the value as it is.
	Keep Verdict = iota
	// Replace puts the returned text in its place.
	Replace
	// Null makes it null; an error if the column is required.
	Null
)

// A ValueRewriter changes the values of a column. It is called once for each
// entry of a dictionary, which may stand for any number of rows, and once for
// each value that is not in one. An entry that the dictionary of a row group
// before had is remembered.
type ValueRewriter interface {
	// Rewrite appends the replacement of value to dst and returns it with
	// Replace, or returns Keep or Null. value is in the text form that
	// [Change.Form] asks for; it is valid during the call only. An error ends
	// the rewriting and must not quote the value. Where the replacement does not
	// fit the type, the value is null, and a method Unfit, if there is one, is called.
	Rewrite(dst, value []byte) ([]byte, Verdict, error)
}

// A RowRewriter is a ValueRewriter that replaces equal values of different rows
// by different ones: by the key of a row's day, say. An entry of a dictionary that
// stands for rows of several variants becomes several.
type RowRewriter interface {
	ValueRewriter
	// Variants gives the number of the variant for each row of a row group.
	Variants(ctx context.Context, group int) ([]int32, error)
	// Use says which variant Rewrite is to give from now on; at first it is 0.
	Use(variant int32)
}

// A Change says how a column is rewritten.
type Change struct {
	Rewriter ValueRewriter
	Form     Form
}

// Options are what may be asked of [Rewrite] beyond the columns.
type Options struct {
	// Metadata is called with each key-value pair of the file and of its chunks,
	// those inside of an ArrowSchemaKey included; it returns the value to write,
	// or false to drop the pair. nil keeps all.
	Metadata func(KeyValue) (value string, keep bool)
}

// Stats are counts of what [Rewrite] did.
type Stats struct {
	Rows      int64
	Changed   int   // columns with a Change
	Calls     int64 // of a Rewriter; one for the same value in several dictionaries
	Replaced  int64 // calls that gave another value
	Nulled    int64 // calls that made a value null
	Unfit     int64 // of the replaced: nulled, for the replacement does not fit the type
	Copied    int64 // bytes of chunks copied as they are
	Rewritten int64 // bytes of chunks with changes, as written
}

// Rewrite writes f to w with the columns in changes, by index, rewritten and all
// else as it was. Errors are of type [*Error], but for those of ctx; w then holds
// part of a file. Memory is bounded by a page and a dictionary, and by the footer.
func Rewrite(ctx context.Context, f *File, w io.Writer, changes map[int]Change, opts Options) (stats Stats, err error) {
	r := rewriter{File: f, ctx: ctx, out: newSink(w), opts: opts, changers: make([]*changer, len(f.leaves))}
	for i, c := range changes {
		if i < 0 || i >= len(f.leaves) || c.Rewriter == nil {
			return stats, &Error{RowGroup: -1, Err: errors.New("a change names no column of the file, or has no rewriter")}
		}
		l := &f.leaves[i]
		form, err := newTextForm(l, c.Form)
		if err != nil {
			return stats, &Error{Column: l.Path, RowGroup: -1, Err: err}
		}
		r.changers[i] = &changer{leaf: l, editor: NewEditor(Text{form}, c.Rewriter, &r.stats)}
	}
	r.stats.Rows, r.stats.Changed = f.rows, len(changes)
	defer func() {
		// The sink's error is the cause, whatever followed from it.
		if r.out.err != nil {
			err = r.out.err
		}
		var e *Error
		if err != nil && !errors.As(err, &e) && ctx.Err() == nil {
			err = &Error{RowGroup: -1, Err: err}
		}
		stats = r.stats
	}()
	return stats, r.run()
}

// A rewriter is one run of Rewrite.
type rewriter struct {
	*File
	ctx      context.Context
	out      sink
	opts     Options
	changers []*changer // by column, nil where it is copied
	moved    [][]moved  // by row group and column
	stats    Stats
}

// A moved is a chunk that has been written.
type moved struct {
	outer   record // ColumnChunk, with the new metadata in it
	start   int64
	size    int64
	grown   int64      // of the bytes before compression
	pages   []location // of a changed chunk, if it has an offset index
	changed bool
}

// A location is where a data page was written.
type location struct{ offset, size int64 }

func (r *rewriter) run() error {
	if _, err := r.out.Write([]byte(magic)); err != nil {
		return err
	}
	for g := range r.chunks {
		row := make([]moved, len(r.leaves))
		for i := range r.leaves {
			var err error
			if row[i], err = r.chunk(g, i); err != nil {
				if r.ctx.Err() != nil {
					return r.ctx.Err()
				}
				return &Error{Column: r.leaves[i].Path, RowGroup: g, Err: err}
			}
		}
		r.moved = append(r.moved, row)
	}
	if err := r.indexes(); err != nil {
		return err
	}
	return r.footerOut()
}

// chunk writes one chunk and returns where it is now.
func (r *rewriter) chunk(g, i int) (m moved, err error) {
	defer recovered(&err)
	c := r.chunks[g][i]
	outer, meta, err := c.parse()
	if err != nil {
		return m, err
	}
	m = moved{outer: outer, start: r.out.n, changed: r.changers[i] != nil}
	if err := rewriteMetadata(&meta, metaKeyValues, r.leaves[i].Path, r.opts.Metadata); err != nil {
		return m, err
	}
	if m.changed {
		if err := r.change(&m, &meta, g, r.changers[i]); err != nil {
			return m, err
		}
		r.stats.Rewritten += m.size
	} else {
		if err := r.copyChunk(&m, &meta, c); err != nil {
			return m, err
		}
		r.stats.Copied += m.size
	}
	meta.setInteger(metaCompressed, wireI64, m.size)
	if off, _ := outer.integer(chunkOffset); off != 0 {
		m.outer.setInteger(chunkOffset, wireI64, m.start)
	}
	m.outer.setRecord(chunkMeta, meta)
	return m, nil
}

// copyChunk copies the pages of a chunk. They are walked, not copied blindly:
// that shows that the footer is right about them, and leaves behind bytes that
// belong to no page.
func (r *rewriter) copyChunk(m *moved, meta *record, c chunk) error {
	err := r.pages(r.ctx, c, func(p *page) error {
		_, err := r.out.Write(p.bytes)
		return err
	})
	if err != nil {
		return err
	}
	m.size = r.out.n - m.start
	shift := m.start - c.start
	for _, id := range []int16{metaDataOffset, metaDictOffset, metaIndexOffset} {
		if off, ok := meta.integer(id); ok && off > 0 {
			meta.setInteger(id, wireI64, off+shift)
		}
	}
	return nil
}

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
		if err := r.sorting(&rec); err != nil {
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
func (r *rewriter) sorting(rec *record) error {
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
		if ok && n >= 0 && n < int64(len(r.changers)) && r.changers[n] == nil {
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
