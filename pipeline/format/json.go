package format

import "bytes"

var jsonLines = Format{
	Name:      "jsonl",
	Doc:       "JSON lines, and JSON documents over many lines or in one array.",
	NewCutter: func(Options) Cutter { return &jsonCutter{} },
	NewParser: func(c Cutter) Parser {
		p := newJSONParser()
		p.document = c.(*jsonCutter).document
		return p
	},
}

// A jsonCutter cuts JSON lines after line feeds, which cannot stand in a JSON
// value on one line. Where the first value goes over several lines (a document)
// it follows strings and brackets: every array that is not inside an object is
// taken as transparent, so that the elements of one huge array are records, and
// it cuts behind each of them and behind commas and line feeds between them.
type jsonCutter struct {
	document bool
	brackets brackets
	pos      int // block[:pos] has been followed
	cut      int // the last boundary in block[:pos]
}

// Start learns whether the input is a document. Called again with an empty
// sample it forgets how far it has looked.
func (c *jsonCutter) Start(sample []byte) {
	c.brackets, c.pos, c.cut = brackets{}, 0, 0
	sample = bytes.TrimLeft(bytes.TrimPrefix(sample, utf8BOM), " \t\r\n")
	if len(sample) == 0 {
		return
	}
	p := newJSONParser()
	line, _, _ := bytes.Cut(sample, []byte{'\n'})
	if _, ok := p.line(nil, line); ok {
		return
	}
	// A first line that is no JSON at all does not make a document of the rest.
	_, end, ok := p.value(nil, line, 0)
	c.document = !ok && end == len(line)
}

// Cut looks only at what is new in block.
func (c *jsonCutter) Cut(block []byte) int {
	if !c.document {
		return bytes.LastIndexByte(block, '\n') + 1
	}
	if len(block) < c.pos {
		c.brackets, c.pos, c.cut = brackets{}, 0, 0
	}
	for {
		end, ok := c.brackets.next(block, c.pos)
		c.pos = end
		if !ok {
			break
		}
		c.cut = end
	}
	n := c.cut
	c.pos -= n
	c.cut = 0
	return n
}

// brackets follows the strings and brackets of JSON, without checking more.
type brackets struct {
	depth  int // of brackets, from the outermost object on
	string bool
}

// next goes on from b[i] to behind the next byte at which a record can end: a
// bracket that ends an object, or a comma, a line feed or a bracket outside all
// objects. It returns false, with where to go on, if b ends before.
func (s *brackets) next(b []byte, i int) (int, bool) {
	for i < len(b) {
		if s.string {
			i, s.string = skipString(b, i)
			if s.string {
				return i, false
			}
			continue
		}
		c := b[i]
		i++
		switch c {
		case '"':
			s.string = true
		case '{':
			s.depth++
		case '[':
			if s.depth == 0 {
				return i, true
			}
			s.depth++
		case '}', ']':
			s.depth = max(s.depth-1, 0)
			if s.depth == 0 {
				return i, true
			}
		case ',', '\n':
			if s.depth == 0 {
				return i, true
			}
		}
	}
	return i, false
}

// skipString goes from b[i], inside a string, to behind its end: its quote, or
// before a line feed, which a string cannot hold. It says whether the string is
// still open there.
func skipString(b []byte, i int) (int, bool) {
	for {
		for i+8 <= len(b) {
			w := word(b, i)
			if m := zeros(w^lows*'"') | zeros(w^lows*'\\') | zeros(w^lows*'\n'); m != 0 {
				i += first(m)
				break
			}
			i += 8
		}
		for i < len(b) && b[i] != '"' && b[i] != '\\' && b[i] != '\n' {
			i++
		}
		switch {
		case i == len(b):
			return i, true
		case b[i] == '"':
			return i + 1, false
		case b[i] == '\n':
			return i, false
		case i+1 == len(b):
			return i, true // what is escaped is yet to come
		case b[i+1] == '\n':
			return i + 1, false
		}
		i += 2
	}
}
