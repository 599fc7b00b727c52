package parquet

import (
	"context"
	"errors"
	"slices"
)

// Values are consecutive slots of a chunk, up to 8192 of them. All of it is
// valid during the call it is passed to only.
type Values struct {
	// Text holds values in text form.
	Text [][]byte
	// Index has an entry for each slot: the place of its value in Text, or -1
	// where there is none (null, or an empty list or struct above it).
	Index []int32
	// Rows is the row of each slot, counted within the row group.
	Rows []int64
	// Dict says that Text is the chunk's dictionary, the same in each call that
	// has Dict set. Entries may be unused, and two may be equal. If no slot has a
	// place in it, it comes at the end, alone.
	Dict bool
}

// maxBlock is the number of slots in one call.
const maxBlock = 1 << 13

// Values reads a chunk and passes its slots, in order, to fn. Errors are of type
// [*Error], but for those of fn and ctx. The counts of the footer are checked
// against what was read: a chunk that holds fewer values or rows is an error.
func (f *File) Values(ctx context.Context, group, column int, form Form, fn func(*Values) error) error {
	if group < 0 || group >= len(f.chunks) || column < 0 || column >= len(f.leaves) {
		return &Error{RowGroup: -1, Err: errors.New("no such row group or column")}
	}
	r := reader{leaf: &f.leaves[column], fn: fn, row: -1}
	return r.run(ctx, f, group, form, r.page, func() error { return r.pass(&Values{Text: r.dict, Dict: true}) })
}

// A reader reads one chunk.
type reader struct {
	leaf *leaf
	form textForm
	fn   func(*Values) error
	stop error // what fn returned
	row  int64 // of the last slot

	dict    [][]byte
	hasDict bool
	shown   bool // the dictionary, to fn
	library library
	buf     []byte // of the data page
	dictBuf []byte
	arena   []byte
	ends    []int
	text    [][]byte
	// Of the slots of a call: no longer than a page wants, since there may be a reader
	// for each of thousands of columns.
	index []int32
	rows  []int64
	defs  []uint32
	reps  []uint32
	keys  []uint32
}

// run passes the data pages of the reader's column in a row group to page. It
// calls alone at the end if there is a dictionary that was not passed on.
func (r *reader) run(ctx context.Context, f *File, group int, form Form, page func(*page, int64) error, alone func() error) error {
	memory := f.buffers.get()
	r.buf, r.dictBuf = memory[0], memory[1]
	defer func() {
		memory[0], memory[1] = r.buf, r.dictBuf
		f.buffers.put(memory)
	}()
	err := r.read(ctx, f, group, form, page)
	if err == nil && r.hasDict && !r.shown {
		err = alone()
	}
	switch {
	case err == nil:
		return nil
	case r.stop != nil:
		return r.stop
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return within(err, r.leaf.Path, group)
}

func (r *reader) read(ctx context.Context, f *File, group int, form Form, data func(*page, int64) error) (err error) {
	defer recovered(&err)
	if r.form, err = newTextForm(r.leaf, form); err != nil {
		return err
	}
	c := f.chunks[group][r.leaf.Index]
	err = f.pages(ctx, c, func(p *page) error {
		switch p.kind {
		case pageDict:
			return r.dictionary(p, c.codec)
		case pageData, pageData2:
			return data(p, c.codec)
		}
		return nil // an index page: nothing is known to write them
	})
	if err != nil {
		return err
	}
	if rows, _ := f.groups[group].integer(groupNumRows); r.row+1 != rows {
		return errCounts
	}
	return nil
}

func (r *reader) dictionary(p *page, codec int64) error {
	if r.hasDict || r.row >= 0 {
		return errPage
	}
	values, buf, err := p.openDict(codec, r.leaf, r.dictBuf)
	if r.dictBuf = buf; err != nil {
		return err
	}
	if codec == codecNone { // the dictionary outlives its page
		values = append(r.dictBuf[:0], values...)
		r.dictBuf = values
	}
	_, texts := r.texts(values, p.slots, nil, nil)
	r.dict, r.hasDict, r.arena, r.text = texts, true, nil, nil
	return nil
}

// texts takes n values off plain and returns the rest and their texts, in
// memory that arena and dst give.
func (r *reader) texts(plain []byte, n int, arena []byte, dst [][]byte) ([]byte, [][]byte) {
	r.ends, dst = r.ends[:0], slices.Grow(dst, n)
	for range n {
		var v []byte
		if v, plain = r.leaf.first(plain); r.form.raw {
			dst = append(dst, v)
			continue
		}
		arena = r.form.text(arena, v)
		r.ends = append(r.ends, len(arena))
	}
	at := 0
	for _, end := range r.ends {
		dst = append(dst, arena[at:end:end])
		at = end
	}
	r.arena = arena
	return plain, dst
}

func (r *reader) page(p *page, codec int64) error {
	b, buf, err := p.open(codec, r.leaf, r.buf)
	r.buf = buf
	if err != nil || p.slots == 0 {
		return err
	}
	n, err := p.present(&b, r.leaf)
	if err != nil {
		return err
	}
	var plain []byte
	var keys hybrid
	if p.dictEncoded() {
		if !r.hasDict {
			return errPage
		}
		if keys, err = indices(b.values, n); err != nil {
			return err
		}
	} else if plain, err = decodeValues(r.leaf, &r.library, p.enc, b.values, n); err != nil {
		return err
	}
	defs, err := p.levels(b.defs, b.legacyDefs, r.leaf.MaxDef)
	if err != nil {
		return err
	}
	reps, err := p.levels(b.reps, b.legacyReps, r.leaf.MaxRep)
	if err != nil {
		return err
	}
	size := min(p.slots, maxBlock)
	r.index, r.rows = resized(r.index, size), resized(r.rows, size)
	r.defs, r.reps, r.keys = resized(r.defs, size), resized(r.reps, size), resized(r.keys, size)
	for left := p.slots; left > 0; {
		part := min(left, maxBlock)
		if err := defs.read(r.defs[:part]); err != nil {
			return err
		}
		if err := reps.read(r.reps[:part]); err != nil {
			return err
		}
		v := Values{Index: r.index[:part], Rows: r.rows[:part], Dict: p.dictEncoded()}
		k := r.place(part)
		if r.rows[0] < 0 {
			return errPage // a chunk cannot begin in the middle of a row
		}
		if v.Dict {
			v.Text = r.dict
			if k > 0 && !keys.read(r.keys[:k]) || !r.look(part) {
				return errPage
			}
		} else {
			plain, r.text = r.texts(plain, k, r.arena[:0], r.text[:0])
			v.Text = r.text
		}
		if err := r.pass(&v); err != nil {
			return err
		}
		left -= part
	}
	return nil
}

func (r *reader) pass(v *Values) error {
	r.shown = r.shown || v.Dict
	r.stop = r.fn(v)
	return r.stop
}

// place numbers the values of a block, counts rows, and returns how many slots
// hold a value.
func (r *reader) place(part int) int {
	k := int32(0)
	for i := range part {
		if r.reps[i] == 0 {
			r.row++
		}
		r.rows[i] = r.row
		r.index[i] = -1
		if r.defs[i] == uint32(r.leaf.MaxDef) {
			r.index[i] = k
			k++
		}
	}
	return int(k)
}

// look puts dictionary entries in the place of numbers; false if one is not there.
func (r *reader) look(part int) bool {
	for i, k := range r.index[:part] {
		if k >= 0 {
			if uint64(r.keys[k]) >= uint64(len(r.dict)) {
				return false
			}
			r.index[i] = int32(r.keys[k])
		}
	}
	return true
}
