package format

import (
	"bytes"
	"strconv"
)

// A csvParser finds the cells of CSV records. A record in which a quote is never
// closed is one Free cell; it ends where the Cutter cuts it.
type csvParser struct {
	comma  byte
	commas uint64 // comma in each byte
	hash   bool
	names  []string
	header []byte
	empty  bool // give empty cells too: for judging a sample

	record, recordEnd int    // what Record gave last
	scratch           []Cell // for Record
}

func newCSVParser(c Cutter) Parser {
	k := c.(*csvCutter)
	p := &csvParser{comma: k.comma, hash: k.hash, names: k.names, header: k.header}
	if p.comma == 0 {
		p.comma = ','
	}
	p.commas = lows * uint64(p.comma)
	return p
}

func (p *csvParser) Field(i int32) string {
	if p.names == nil {
		return "#" + strconv.Itoa(int(i)+1)
	}
	return p.names[i]
}

func (p *csvParser) Cells(dst []Cell, block []byte) []Cell {
	p.record, p.recordEnd = 0, 0
	for i := 0; i < len(block); {
		dst, i = p.cells(dst, block, i)
	}
	return dst
}

// cells appends the cells of the record that begins at b[i] and returns where
// the next one begins.
func (p *csvParser) cells(dst []Cell, b []byte, i int) ([]Cell, int) {
	var (
		n     = len(b)
		mark  = len(dst)
		flags CellFlag
		col   int32
		last  = int32(maxColumns)
		bad   bool
	)
	if b[i] == 0xef && bytes.HasPrefix(b[i:], utf8BOM) {
		if i += len(utf8BOM); i == n {
			return dst, n
		}
	}
	start := i
	if p.names != nil {
		last = int32(len(p.names))
		if b[i] == p.header[0] && p.isHeader(b[i:]) {
			flags = Name
		}
	}
	if p.hash && b[i] == '#' {
		if flags == 0 {
			return p.free(dst, b, i)
		}
		i += bytes.IndexByte(b[i:], p.comma) + 1 // past "#fields"
	}
	for {
		c := Cell{Start: int32(i), Field: col, Flags: flags}
		if col >= last {
			c.Field = -1
		}
		if i < n && b[i] == '"' && !p.hash {
			switch q := scanQuoted(b, i, i+1, p.comma, true); q.kind {
			case quoteClosed:
				c.Start, c.End = c.Start+1, int32(q.end)
				c.Flags |= Quoted
				if q.doubled {
					c.Flags |= Escaped
				}
				i = q.end + 1
				if c.Start < c.End || p.empty {
					dst = append(dst, c)
				}
				if i < n && b[i] == '\r' {
					i++
				}
				goto next
			case quoteMixed:
				c.Flags |= Escaped
				i = q.end + 1
			default:
				bad = true
				i++
			}
		}
		for i+8 <= n {
			w := word(b, i)
			if m := zeros(w^p.commas) | zeros(w^lows*'\n'); m != 0 {
				i += first(m)
				goto found
			}
			i += 8
		}
		for i < n && b[i] != p.comma && b[i] != '\n' {
			i++
		}
	found:
		c.End = int32(i)
		if (i == n || b[i] == '\n') && i > int(c.Start) && b[i-1] == '\r' {
			c.End--
		}
		if c.Start < c.End || p.empty {
			dst = append(dst, c)
		}
	next:
		if i < n && b[i] == p.comma {
			i++
			col++
			continue
		}
		if bad {
			dst = append(dst[:mark], Cell{Start: int32(start), End: int32(trimLineEnd(b, start, i)), Field: -1, Flags: Free})
		}
		return dst, min(i+1, n)
	}
}

// isHeader says whether b begins with the header record: at the start of the
// input, and again where files were joined.
func (p *csvParser) isHeader(b []byte) bool {
	if !bytes.HasPrefix(b, p.header) {
		return false
	}
	b = b[len(p.header):]
	return len(b) == 0 || b[0] == '\n' || b[0] == '\r' && (len(b) == 1 || b[1] == '\n')
}

// free appends the line that begins at b[i] as a Free cell.
func (p *csvParser) free(dst []Cell, b []byte, i int) ([]Cell, int) {
	end := len(b)
	if k := bytes.IndexByte(b[i:], '\n'); k >= 0 {
		end = i + k
	}
	if e := trimLineEnd(b, i, end); i < e {
		dst = append(dst, Cell{Start: int32(i), End: int32(e), Field: -1, Flags: Free})
	}
	return dst, min(end+1, len(b))
}

// trimLineEnd returns end, or the byte before it when that is a carriage return.
func trimLineEnd(b []byte, start, end int) int {
	if end > start && b[end-1] == '\r' {
		return end - 1
	}
	return end
}

// Record goes on from the record it gave last, so that asking for many records
// of a block in order passes over the block once.
func (p *csvParser) Record(block []byte, at int) (start, end int) {
	if at < p.record || p.recordEnd > len(block) {
		p.record, p.recordEnd = 0, 0
	}
	for at >= p.recordEnd && p.recordEnd < len(block) {
		p.record = p.recordEnd
		p.scratch, p.recordEnd = p.cells(p.scratch[:0], block, p.record)
	}
	return p.record, p.recordEnd
}
