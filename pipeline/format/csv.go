package format

import "bytes"

var csv = Format{
	Name:      "csv",
	Doc:       "Comma-separated values with RFC 4180 quoting; also ; and | as delimiters.",
	NewCutter: func(o Options) Cutter { return &csvCutter{comma: o.Comma, noHeader: o.NoHeader} },
	NewParser: newCSVParser,
}

var tsv = Format{
	Name: "tsv",
	Doc:  "Tab-separated values, quoted as CSV is; Zeek logs, named by their #fields line.",
	NewCutter: func(o Options) Cutter {
		if o.Comma == 0 {
			o.Comma = '\t'
		}
		return &csvCutter{comma: o.Comma, noHeader: o.NoHeader}
	},
	NewParser: newCSVParser,
}

const (
	// maxQuoted bounds a quoted cell in bytes. A quote that is not closed within
	// it is an ordinary character, so that one stray quote cannot make a single
	// cell of the rest of a file.
	maxQuoted = 1 << 20
	// maxColumns bounds the columns that have a name.
	maxColumns = 1 << 16
)

// A csvCutter cuts after the line feeds that stand outside quotes. A quote opens
// a quoted cell only as the first byte of a cell.
type csvCutter struct {
	comma    byte // 0 before Start: to be found out
	noHeader bool

	names  []string // of the columns; nil without a header
	header []byte   // the header record without its line end
	hash   bool     // the names stand in a "#fields" line, other "#" lines are comments, quotes are ordinary

	pos   int // block[:pos] has been looked at, up to here outside quotes
	quote int // when > 0: a quote at pos has been followed up to here
	cut   int // the last boundary in block[:pos]
}

// Start learns the delimiter, unless it is given, and the names of the columns.
// Called again with an empty sample it forgets how far it has looked.
func (c *csvCutter) Start(sample []byte) {
	c.pos, c.quote, c.cut = 0, 0, 0
	if len(sample) == 0 {
		return
	}
	sample = bytes.TrimPrefix(sample, utf8BOM)
	if c.comma == 0 {
		c.comma = guessComma(sample)
	}
	if line, ok := fieldsLine(sample, c.comma); ok {
		c.hash, c.header = true, bytes.Clone(line)
		for _, n := range bytes.Split(line, []byte{c.comma})[1:] {
			c.addName(string(n))
		}
		return
	}
	if c.noHeader {
		return
	}
	records := sampleRecords(sample, c.comma, 64)
	if len(records) == 0 || !isHeader(records) {
		return
	}
	c.header = bytes.Clone(records[0].raw)
	for _, cell := range records[0].cells {
		c.addName(string(bytes.TrimSpace(cell)))
	}
}

func (c *csvCutter) addName(n string) {
	if len(c.names) < maxColumns {
		c.names = append(c.names, n)
	}
}

var utf8BOM = []byte("\xef\xbb\xbf")

// fieldsLine returns the line of a sample's leading "#" lines that names the
// columns, without its line end.
func fieldsLine(sample []byte, comma byte) ([]byte, bool) {
	for len(sample) > 0 && sample[0] == '#' {
		line, rest, ended := bytes.Cut(sample, []byte{'\n'})
		if !ended {
			return nil, false
		}
		line = bytes.TrimSuffix(line, []byte{'\r'})
		word, _, ok := bytes.Cut(line, []byte{comma})
		if ok && (string(word) == "#fields" || string(word) == "#Fields:") {
			return line, true
		}
		sample = rest
	}
	return nil, false
}

// Cut looks only at what is new in block.
func (c *csvCutter) Cut(block []byte) int {
	if len(block) < c.pos {
		c.pos, c.quote, c.cut = 0, 0, 0
	}
	if c.hash {
		return bytes.LastIndexByte(block, '\n') + 1
	}
	for {
		// Where all is quoted, a quote stands one byte on.
		to := c.pos + 1
		if to < len(block) && block[to] == '"' && block[c.pos] == c.comma {
			c.pos = to
		} else {
			i := bytes.IndexByte(block[c.pos:], '"')
			if to = len(block); i >= 0 {
				to = c.pos + i
			}
			if nl := bytes.LastIndexByte(block[c.pos:to], '\n'); nl >= 0 {
				c.cut = c.pos + nl + 1
			}
			c.pos = to
			if i < 0 {
				break
			}
		}
		if to > 0 && block[to-1] != c.comma && block[to-1] != '\n' && !afterBOM(block, to) {
			c.pos++
			continue
		}
		q := scanQuoted(block, to, max(c.quote, to+1), c.comma, false)
		if q.kind == quoteOpen {
			c.quote = q.end
			break
		}
		c.quote = 0
		if q.kind == quoteLiteral {
			c.pos = to + 1
		} else {
			c.pos = q.end + 1
		}
	}
	n := c.cut
	if n > 0 {
		c.pos -= n
		if c.quote > 0 {
			c.quote -= n
		}
		c.cut = 0
	}
	return n
}

// afterBOM says whether b[i] is the first byte of a record behind a byte order
// mark, as where two files were joined.
func afterBOM(b []byte, i int) bool {
	return i >= 3 && bytes.Equal(b[i-3:i], utf8BOM) && (i == 3 || b[i-4] == '\n')
}
