package format

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

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
// other edits it is a string. A string is bare after edits with what once was, if
// it then is a bare scalar.
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
	} else if slices.ContainsFunc(edits, func(e Edit) bool { return e.Bare }) {
		if whole := spliceRaw(nil, block, int(c.Start), int(c.End), edits); isBare(whole) {
			dst = append(dst, block[from:c.Start-1]...)
			dst = append(dst, whole...)
			return append(dst, block[c.End+1:to]...)
		}
	}
	for _, e := range edits {
		dst = append(dst, block[from:e.Start]...)
		if e.Written != nil && p.standsFor(e.Written, e.Text) {
			dst = append(dst, e.Written...)
		} else {
			dst = appendEscaped(dst, e.Text)
		}
		from = e.End
	}
	if bare {
		dst = append(dst, block[from:c.End]...)
		dst = append(dst, '"')
		from = int(c.End)
	}
	return append(dst, block[from:to]...)
}

// Written of a string is what stands there if it has escapes, or bytes that are
// not UTF-8.
func (p *jsonParser) Written(block []byte, c Cell, start, end int, text []byte) ([]byte, bool) {
	switch written := block[start:end]; {
	case c.Flags&Free != 0:
		return nil, false
	case c.Flags&Bare != 0:
		return nil, true
	case !bytes.Equal(written, text) || !utf8.Valid(text):
		return written, false
	}
	return nil, false
}

// standsFor says whether written is the content of a string whose value is text.
func (p *jsonParser) standsFor(written, text []byte) bool {
	quoted := append(slices.Clone(written), '"')
	end, flags, ok := stringEnd(quoted, 0)
	if !ok || end != len(written) {
		return false
	}
	value, _ := p.Decode(nil, nil, written, Cell{End: int32(len(written)), Flags: flags})
	return bytes.Equal(value, text)
}
