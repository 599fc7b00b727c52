package format

import (
	"bytes"
	"slices"
)

// Decode takes the doubling out of quotes. A cell that is Escaped but not Quoted
// begins with a quoted part and goes on behind it, as in "a"b: its value is the
// two together.
func (p *csvParser) Decode(dst []byte, at []int32, block []byte, c Cell) ([]byte, []int32) {
	if c.Flags&Escaped == 0 {
		return decodeRaw(dst, at, block, c)
	}
	i, inside := c.Start, true
	if c.Flags&Quoted == 0 {
		i++
	}
	for ; i < c.End; i++ {
		if inside && block[i] == '"' {
			if i+1 == c.End || block[i+1] != '"' {
				inside = false
				continue
			}
			dst, at = append(dst, '"'), append(at, i)
			i++
			continue
		}
		dst, at = append(dst, block[i]), append(at, i)
	}
	return dst, append(at, c.End)
}

// Splice doubles quotes in replacements in a quoted cell, and puts quotes around
// any other cell that needs them after its edits, but not for the sake of what
// stood there without before. In a Zeek log, which has no quotes, what would end a
// cell is written as \xHH.
func (p *csvParser) Splice(dst, block []byte, from, to int, c Cell, edits []Edit) []byte {
	switch {
	case len(edits) == 0 || c.Flags&Free != 0:
		return spliceRaw(dst, block, from, to, edits)
	case p.hash:
		for _, e := range edits {
			dst = append(dst, block[from:e.Start]...)
			dst = p.appendHex(dst, e.Text)
			from = e.End
		}
		return append(dst, block[from:to]...)
	case c.Flags&Quoted != 0:
		for _, e := range edits {
			dst = append(dst, block[from:e.Start]...)
			dst = appendDoubled(dst, e.Text)
			from = e.End
		}
		return append(dst, block[from:to]...)
	case c.Flags&Escaped == 0 && !p.needsQuotes(block, c, edits):
		for _, e := range edits {
			dst = append(dst, block[from:e.Start]...)
			dst = append(dst, e.Text...)
			from = e.End
		}
		return append(dst, block[from:to]...)
	case c.Flags&Escaped != 0:
		if out, ok := p.spliceMixed(dst, block, from, to, c, edits); ok {
			return out
		}
	}
	dst = append(dst, block[from:c.Start]...)
	dst = append(dst, '"')
	i := int(c.Start)
	for _, e := range edits {
		dst = p.appendPart(dst, block, c, i, e.Start)
		dst = appendDoubled(dst, e.Text)
		i = e.End
	}
	dst = p.appendPart(dst, block, c, i, int(c.End))
	dst = append(dst, '"')
	return append(dst, block[c.End:to]...)
}

// appendPart appends block[i:end] of cell c as it stands between quotes.
func (p *csvParser) appendPart(dst, block []byte, c Cell, i, end int) []byte {
	if c.Flags&Escaped == 0 {
		return appendDoubled(dst, block[i:end])
	}
	// The cell is a quoted part and an ordinary one: the quotes between and
	// before them go, and those of the second are doubled.
	closing := mixedEnd(block, c)
	if i == int(c.Start) && i < end {
		i++
	}
	if i < closing {
		dst = append(dst, block[i:min(end, closing)]...)
	}
	if end > closing {
		dst = appendDoubled(dst, block[max(i, closing+1):end])
	}
	return dst
}

// spliceMixed edits a cell that is a quoted part and an ordinary one, and leaves it
// so, if it can. An edit that covers the quote between them stands in the ordinary
// part, with the quote before it; the edit that takes it back has both.
func (p *csvParser) spliceMixed(dst, block []byte, from, to int, c Cell, edits []Edit) ([]byte, bool) {
	closing := mixedEnd(block, c)
	came := len(dst)
	for _, e := range edits {
		end := e.End
		switch {
		case bytes.IndexByte(e.Text, '\n') >= 0:
			return dst[:came], false
		case end <= closing+1: // behind the last of the quoted part its quote stands
			dst = append(dst, block[from:e.Start]...)
			dst = appendDoubled(dst, e.Text)
			end = min(end, closing)
		case e.Start == closing+1 && p.crosses(e.Written, e.Text):
			dst = append(dst, block[from:closing]...)
			dst = append(dst, e.Written...)
		case len(e.Text) == 0 || p.endsCell(e):
			return dst[:came], false
		default:
			dst = append(dst, block[from:e.Start]...)
			if e.Start <= closing {
				dst = append(dst, '"')
			}
			dst = append(dst, e.Text...)
		}
		from = end
	}
	return append(dst, block[from:to]...), true
}

// crosses says whether written, behind a quote that opens a cell, is text with
// the quote that closes it, and more.
func (p *csvParser) crosses(written, text []byte) bool {
	cell := append([]byte{'"'}, written...)
	q := scanQuoted(append(cell, 'x'), 0, 1, p.comma, true) // what is behind it ends no cell
	if q.kind != quoteMixed || bytes.IndexByte(cell, '\n') >= 0 || bytes.IndexByte(cell[q.end:], p.comma) >= 0 {
		return false
	}
	value, _ := p.Decode(nil, nil, cell, Cell{End: int32(len(cell)), Flags: Escaped})
	return bytes.Equal(value, text)
}

// Written of a cell in quotes is what stands there if quotes are doubled in it; of
// any other, if something in it would want quotes.
func (p *csvParser) Written(block []byte, c Cell, start, end int, text []byte) ([]byte, bool) {
	written := block[start:end]
	switch {
	case p.hash:
	case !bytes.Equal(written, text), c.Flags&Quoted == 0 && bytes.ContainsAny(written, "\"\r"),
		c.Flags&Free != 0 && bytes.IndexByte(written, p.comma) >= 0:
		return written, false
	}
	return nil, false
}

// mixedEnd returns the offset of the quote that closes the quoted part of c.
func mixedEnd(block []byte, c Cell) int {
	for i := int(c.Start) + 1; ; i += 2 {
		i = indexQuote(block[:c.End], i)
		if i+1 >= int(c.End) || block[i+1] != '"' {
			return i
		}
	}
}

// needsQuotes says whether a cell without quotes needs them after its edits.
func (p *csvParser) needsQuotes(block []byte, c Cell, edits []Edit) bool {
	if slices.ContainsFunc(edits, p.endsCell) {
		return true
	}
	// A quote in the middle of the cell is ordinary; not when it comes first.
	i := int(c.Start)
	for _, e := range edits {
		if e.Start > i || len(e.Text) > 0 {
			return e.Start > i && block[i] == '"'
		}
		i = e.End
	}
	return i < int(c.End) && block[i] == '"'
}

// endsCell says whether an edit's text would end a cell without quotes, or be read
// otherwise in it. What stood so without quotes before may again.
func (p *csvParser) endsCell(e Edit) bool {
	if e.Written != nil && bytes.Equal(e.Written, e.Text) {
		return false
	}
	for _, x := range e.Text {
		if x == p.comma || x == '"' || x == '\n' || x == '\r' {
			return true
		}
	}
	return false
}

// appendDoubled appends s with its quotes doubled.
func appendDoubled(dst, s []byte) []byte {
	for {
		i := bytes.IndexByte(s, '"')
		if i < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:i+1]...)
		dst = append(dst, '"')
		s = s[i+1:]
	}
}

// appendHex appends s with what would end a cell or a record as \xHH.
func (p *csvParser) appendHex(dst, s []byte) []byte {
	const hex = "0123456789abcdef"
	for _, x := range s {
		if x == p.comma || x == '\n' || x == '\r' {
			dst = append(dst, '\\', 'x', hex[x>>4], hex[x&15])
			continue
		}
		dst = append(dst, x)
	}
	return dst
}
