package format

import "bytes"

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
// any other cell that needs them after its edits. In a Zeek log, which has no
// quotes, what would end a cell is written as \xHH.
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
		return spliceRaw(dst, block, from, to, edits)
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
	for _, e := range edits {
		for _, x := range e.Text {
			if x == p.comma || x == '"' || x == '\n' || x == '\r' {
				return true
			}
		}
	}
	// A quote in the middle of the cell is ordinary; not when it comes first.
	i := int(c.Start)
	for _, e := range edits {
		if e.Start > i || len(e.Text) > 0 {
			return false
		}
		i = e.End
	}
	return i < int(c.End) && block[i] == '"'
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
