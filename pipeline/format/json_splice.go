package format

import "unicode/utf8"

// Decode takes out the escapes of RFC 8259, section 7.
func (p *jsonParser) Decode(dst []byte, at []int32, block []byte, c Cell) ([]byte, []int32) {
	if c.Flags&Escaped == 0 {
		return decodeRaw(dst, at, block, c)
	}
	for i := c.Start; i < c.End; {
		if block[i] != '\\' {
			dst, at = append(dst, block[i]), append(at, i)
			i++
			continue
		}
		r, n := unescape(block[i:c.End])
		before := len(dst)
		dst = utf8.AppendRune(dst, r)
		for range len(dst) - before {
			at = append(at, i)
		}
		i += int32(n)
	}
	return dst, append(at, c.End)
}

// Splice escapes replacements in strings. A bare scalar that is replaced as a
// whole by nothing becomes null; by what is again a bare scalar, that; after any
// other edits it is a string.
func (p *jsonParser) Splice(dst, block []byte, from, to int, c Cell, edits []Edit) []byte {
	if len(edits) == 0 || c.Flags&Free != 0 {
		return spliceRaw(dst, block, from, to, edits)
	}
	bare := c.Flags&Bare != 0
	if bare {
		dst = append(dst, block[from:c.Start]...)
		if e := edits[0]; len(edits) == 1 && e.Start == int(c.Start) && e.End == int(c.End) {
			switch {
			case len(e.Text) == 0:
				dst = append(dst, "null"...)
				return append(dst, block[c.End:to]...)
			case isBare(e.Text):
				dst = append(dst, e.Text...)
				return append(dst, block[c.End:to]...)
			}
		}
		from = int(c.Start)
		dst = append(dst, '"')
	}
	for _, e := range edits {
		dst = append(dst, block[from:e.Start]...)
		dst = appendEscaped(dst, e.Text)
		from = e.End
	}
	if bare {
		dst = append(dst, block[from:c.End]...)
		dst = append(dst, '"')
		from = int(c.End)
	}
	return append(dst, block[from:to]...)
}
