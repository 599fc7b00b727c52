package format

import "bytes"

// maxDepth bounds the nesting of JSON; deeper records are Free cells.
const maxDepth = 10_000

// A jsonParser finds the strings, keys and bare scalars of JSON text (RFC 8259).
type jsonParser struct {
	jsonNames
	document bool        // as jsonCutter.document
	stack    []jsonFrame // as long as the deepest nesting so far

	record, recordEnd int // what Record gave last
}

// A jsonFrame is an object or an array that is open.
type jsonFrame struct {
	node   int32 // its path
	prev   int32 // the key before, 0 if none
	object bool
}

func newJSONParser() *jsonParser { return &jsonParser{jsonNames: makeJSONNames()} }

func (p *jsonParser) Cells(dst []Cell, block []byte) []Cell {
	p.record, p.recordEnd = 0, 0
	if bytes.HasPrefix(block, utf8BOM) {
		// Only cells count: a mark in front of the first is no part of it.
		return p.cells(dst, block, len(utf8BOM))
	}
	return p.cells(dst, block, 0)
}

func (p *jsonParser) cells(dst []Cell, b []byte, i int) []Cell {
	if p.document {
		return p.documentCells(dst, b, i)
	}
	for i < len(b) {
		end := len(b)
		if k := bytes.IndexByte(b[i:], '\n'); k >= 0 {
			end = i + k
		}
		mark := len(dst)
		var ok bool
		if dst, ok = p.lineCells(dst, b[:end], i); !ok {
			dst = append(dst[:mark], Cell{Start: int32(i), End: int32(trimLineEnd(b, i, end)), Field: -1, Flags: Free})
		}
		i = end + 1
	}
	return dst
}

// line appends the cells of a line.
func (p *jsonParser) line(dst []Cell, line []byte) ([]Cell, bool) { return p.lineCells(dst, line, 0) }

// lineCells appends the cells of the line b[i:]: a JSON value, perhaps with a
// comma behind it as in lines taken out of an array, or nothing.
func (p *jsonParser) lineCells(dst []Cell, b []byte, i int) ([]Cell, bool) {
	if i = skipSpace(b, i); i == len(b) {
		return dst, true
	}
	dst, i, ok := p.value(dst, b, i)
	if !ok {
		return dst, false
	}
	i = skipSpace(b, i)
	if i < len(b) && b[i] == ',' {
		i = skipSpace(b, i+1)
	}
	return dst, i == len(b)
}

// documentCells appends the cells of the values of b, whatever stands between
// them. A value that is not well formed is a Free cell, to where brackets ends it.
func (p *jsonParser) documentCells(dst []Cell, b []byte, i int) []Cell {
	for i < len(b) {
		c := b[i]
		switch c {
		case ' ', '\t', '\r', '\n', ',', '[', ']', '}':
			i++
			continue
		}
		mark := len(dst)
		out, end, ok := p.value(dst, b, i)
		if ok && (c == '{' || c == '"' || end == len(b) || endsScalar(b[end])) {
			dst, i = out, end
			continue
		}
		switch c {
		case '{':
			end, ok = new(brackets).next(b, i)
			if !ok {
				end = len(b)
			}
		case '"':
			if end, ok = skipString(b, i+1); ok {
				end = len(b)
			}
		default:
			for end = i; end < len(b) && !endsGarbage(b[end]); {
				end++
			}
		}
		dst = append(out[:mark], Cell{Start: int32(i), End: int32(trimLineEnd(b, i, end)), Field: -1, Flags: Free})
		i = end
	}
	return dst
}

func endsScalar(c byte) bool { return c <= ' ' || endsGarbage(c) }

// endsGarbage says whether brackets sees anything in c outside all objects.
func endsGarbage(c byte) bool {
	switch c {
	case ',', '\n', '[', ']', '{', '}', '"':
		return true
	}
	return false
}

// value appends the cells of the JSON value that begins at b[i] and returns its
// end, or, with false, the offset of the first byte that is wrong: len(b) when b
// ends too early.
func (p *jsonParser) value(dst []Cell, b []byte, i int) ([]Cell, int, bool) {
	var (
		n     = len(b)
		top   jsonFrame // the innermost that is open
		depth = 0
		node  int32 // the path of the value at i
		end   int
		flags CellFlag
		ok    bool
	)
value:
	if i < n && b[i] <= ' ' {
		i = skipSpace(b, i)
	}
	if i == n {
		return dst, n, false
	}
	switch b[i] {
	case '"':
		if end, flags, ok = stringEnd(b, i+1); !ok {
			return dst, end, false
		}
		if end > i+1 {
			dst = append(dst, Cell{int32(i + 1), int32(end), fieldOf(node), flags | Quoted})
		}
		i = end + 1
	case '{', '[':
		if depth == maxDepth {
			return dst, i, false
		}
		if depth == len(p.stack) {
			p.stack = append(p.stack, jsonFrame{})
		}
		p.stack[depth] = top
		depth++
		top = jsonFrame{node: node, object: b[i] == '{'}
		if i = skipSpace(b, i+1); i == n {
			return dst, n, false
		}
		if b[i] == '}' && top.object || b[i] == ']' && !top.object {
			goto closed
		}
		if top.object {
			goto key
		}
		goto value
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if end, ok = numberEnd(b, i); !ok {
			return dst, end, false
		}
		dst = append(dst, Cell{int32(i), int32(end), fieldOf(node), Bare})
		i = end
	case 't', 'f', 'n':
		if end, ok = wordEnd(b, i); !ok {
			return dst, end, false
		}
		dst = append(dst, Cell{int32(i), int32(end), fieldOf(node), Bare})
		i = end
	default:
		return dst, i, false
	}
after:
	if depth == 0 {
		return dst, i, true
	}
	if i < n && b[i] <= ' ' {
		i = skipSpace(b, i)
	}
	if i == n {
		return dst, n, false
	}
	switch {
	case b[i] == ',':
		i++
		if top.object {
			goto key
		}
		node = top.node
		goto value
	case b[i] == '}' && top.object, b[i] == ']' && !top.object:
		goto closed
	}
	return dst, i, false
closed:
	i++
	depth--
	top = p.stack[depth]
	goto after
key:
	if i < n && b[i] <= ' ' {
		i = skipSpace(b, i)
	}
	if i == n || b[i] != '"' {
		return dst, i, false
	}
	i++
	node = p.nodes[top.prev].next
	if top.prev == 0 {
		node = p.nodes[top.node].child
	}
	// A key that was read before is a whole one, so that a quote behind it ends it.
	if k := p.nodes[node].key; node != 0 && i+len(k) < n && b[i+len(k)] == '"' && string(b[i:i+len(k)]) == k {
		end = i + len(k)
	} else {
		if end, flags, ok = stringEnd(b, i); !ok {
			return dst, end, false
		}
		node = p.find(top.node, b[i:end], flags)
		if top.prev != 0 {
			p.nodes[top.prev].next = node
		} else {
			p.nodes[top.node].child = node
		}
	}
	if end > i {
		dst = append(dst, Cell{int32(i), int32(end), node, p.nodes[node].flags})
	}
	top.prev = node
	i = end + 1
	if i < n && b[i] <= ' ' {
		i = skipSpace(b, i)
	}
	if i == n || b[i] != ':' {
		return dst, i, false
	}
	i++
	goto value
}

// fieldOf returns the Field of a cell: the root has no name.
func fieldOf(node int32) int32 {
	if node == 0 {
		return -1
	}
	return node
}

// skipSpace returns the offset of the first byte from b[i] on that is no JSON
// white space.
func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r') {
		i++
	}
	return i
}

// Record of JSON lines is the line. In a document it is a value that stands in
// no other, with the white space before it and the comma behind it.
func (p *jsonParser) Record(block []byte, at int) (start, end int) {
	if !p.document {
		return lineAt(block, at)
	}
	if at < p.record || p.recordEnd > len(block) {
		p.record, p.recordEnd = 0, 0
	}
	for at >= p.recordEnd && p.recordEnd < len(block) {
		p.record = p.recordEnd
		var ok bool
		if p.recordEnd, ok = new(brackets).next(block, p.record); !ok {
			p.recordEnd = len(block)
		}
		if next := skipSpace(block, p.recordEnd); next < len(block) && block[next] == ',' {
			p.recordEnd = next + 1
		}
	}
	return p.record, p.recordEnd
}
