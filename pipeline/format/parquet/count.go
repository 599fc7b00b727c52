package parquet

import (
	"context"
	"errors"
)

// Counts is how often the values of a chunk's dictionary occur.
type Counts struct {
	// Of has an entry for each of the dictionary's, nil if they were not counted
	// one by one.
	Of []int64
	// All is their sum.
	All int64
}

// Count passes the values of a chunk to fn, in text form: those of its dictionary
// first, with dict set, each once however often it occurs, then those outside of
// it, in blocks. fn says of the dictionary whether it wants to know how often each
// of its entries occurs; if it does not, their indices are not decoded. The texts
// are valid during the call only. Errors are as those of [File.Values].
func (f *File) Count(ctx context.Context, group, column int, form Form, fn func(texts [][]byte, dict bool) (each bool, err error)) (Counts, error) {
	if group < 0 || group >= len(f.chunks) || column < 0 || column >= len(f.leaves) {
		return Counts{}, &Error{RowGroup: -1, Err: errors.New("no such row group or column")}
	}
	c := counter{reader: reader{leaf: &f.leaves[column], row: -1}, fn: fn}
	err := c.run(ctx, f, group, form, c.page, c.show)
	return c.counts, err
}

// A counter counts the values of one chunk.
type counter struct {
	reader
	fn     func([][]byte, bool) (bool, error)
	counts Counts
}

// show passes the dictionary on.
func (c *counter) show() error {
	c.shown = true
	var each bool
	if each, c.stop = c.fn(c.dict, true); each {
		c.counts.Of = make([]int64, len(c.dict))
	}
	return c.stop
}

func (c *counter) page(p *page, codec int64) error {
	l := c.leaf
	if c.hasDict && !c.shown {
		if err := c.show(); err != nil {
			return err
		}
	}
	if p.dictEncoded() && c.counts.Of == nil && l.MaxDef == 0 && l.MaxRep == 0 {
		// Each slot is a row and holds a value.
		if !c.hasDict {
			return errPage
		}
		c.counts.All += int64(p.slots)
		c.row += int64(p.slots)
		return p.checkCRC()
	}
	b, buf, err := p.open(codec, l, c.buf)
	c.buf = buf
	if err != nil || p.slots == 0 {
		return err
	}
	n, err := p.present(&b, l)
	if err != nil {
		return err
	}
	rows, err := p.begun(&b, l)
	if err != nil {
		return err
	}
	if c.row += int64(rows); c.row < 0 {
		return errPage // a chunk cannot begin in the middle of a row
	}
	if !p.dictEncoded() {
		return c.plain(p, &b, n)
	}
	if !c.hasDict {
		return errPage
	}
	keys, err := indices(b.values, n)
	if err != nil {
		return err
	}
	c.counts.All += int64(n)
	if c.counts.Of != nil && n > 0 && !keys.tally(c.counts.Of, n) {
		return errPage
	}
	return nil
}

// plain shows the values of a page that has no indices.
func (c *counter) plain(p *page, b *body, n int) error {
	plain, err := decodeValues(c.leaf, &c.library, p.enc, b.values, n)
	if err != nil {
		return err
	}
	for n > 0 {
		part := min(n, maxBlock)
		plain, c.text = c.texts(plain, part, c.arena[:0], c.text[:0])
		if _, c.stop = c.fn(c.text, false); c.stop != nil {
			return c.stop
		}
		n -= part
	}
	return nil
}
