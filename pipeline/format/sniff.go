package format

import (
	"bytes"
	"slices"
)

// sniffLen bounds how much of a sample is looked at, in bytes.
const sniffLen = 64 << 10

// Sniff tells what a sample from the beginning of an input is, and what it found
// out about it. atEOF says that there is no more than the sample. Only whole
// lines are judged. What is not surely something else is text.
func Sniff(sample []byte, atEOF bool) (Format, Options) {
	sample = bytes.TrimPrefix(sample, utf8BOM)
	if len(sample) > sniffLen {
		sample, atEOF = sample[:sniffLen], false
	}
	if looksJSON(sample) {
		return jsonLines, Options{}
	}
	if atEOF && len(sample) > 0 && sample[len(sample)-1] != '\n' {
		sample = append(bytes.Clone(sample), '\n')
	}
	if _, ok := fieldsLine(sample, '\t'); ok {
		return tsv, Options{Comma: '\t'}
	}
	if bytes.IndexByte(sample, 0) >= 0 {
		return text, Options{}
	}
	best, comma := 0, byte(0)
	for _, c := range commas {
		if n := tableWidth(sample, c); n > best {
			best, comma = n, c
		}
	}
	switch comma {
	case 0:
		return text, Options{}
	case '\t':
		return tsv, Options{Comma: comma}
	}
	return csv, Options{Comma: comma}
}

// commas are the delimiters that are told from content.
var commas = []byte(",\t;|")

// guessComma returns the delimiter of a sample that is known to be CSV: the one
// that makes a table of it, or else the one that stands most often in its first
// line, a comma if there is none.
func guessComma(sample []byte) byte {
	line, _, _ := bytes.Cut(sample, []byte{'\n'})
	best, comma := 0, byte(',')
	for _, c := range commas {
		if n := tableWidth(sample, c); n > best {
			best, comma = n, c
		}
	}
	if best > 0 {
		return comma
	}
	for _, c := range commas {
		if n := bytes.Count(line, []byte{c}); n > best {
			best, comma = n, c
		}
	}
	return comma
}

// tableWidth returns the number of columns of a sample read with a delimiter, or
// 0 when it is no table. With a header nine records in ten (of a few, all but
// one) must be as wide as it; a header alone must be made of single words. Without one all must have
// the same three columns or more, and none may look like a line of a log.
func tableWidth(sample []byte, comma byte) int {
	records := sampleRecords(sample, comma, 256)
	if len(records) == 0 {
		return 0
	}
	width, same := len(records[0].cells), 0
	for _, r := range records {
		if len(r.cells) == width && !r.bad {
			same++
		}
	}
	switch {
	case width < 2:
		return 0
	case !isHeader(records):
		if same < len(records) || len(records) < 3 || width < 3 || looksLogged(records) {
			return 0
		}
	case len(records) == 1:
		for _, n := range records[0].cells {
			if bytes.ContainsAny(bytes.TrimSpace(n), " :/()%$#&*?+,") {
				return 0
			}
		}
	case same < 2, same*10 < len(records)*9 && same < len(records)-1:
		return 0
	case looksPhrased(records[0]):
		return 0
	}
	return width
}

// looksPhrased says whether a would-be header is a sentence: lower-case clauses
// behind commas, or an end mark at its end.
func looksPhrased(header sampleRecord) bool {
	end := header.raw[len(header.raw)-1]
	if end == '.' || end == '!' || end == '?' || end == ',' {
		return true
	}
	words := 0
	for _, c := range header.cells {
		words += len(bytes.Fields(c))
	}
	return words > 4*len(header.cells)
}

// looksLogged says whether records without a header are more likely lines of a
// log: cells of many words, set off by spaces or assigned to keys.
func looksLogged(records []sampleRecord) bool {
	var cells, spaced, assigned int
	for _, r := range records {
		for i, c := range r.cells {
			cells++
			if bytes.Count(c, []byte{' '}) > 3 || len(c) > 0 && (c[0] == '#' && i == 0 || c[0] == '\'') {
				return true
			}
			if len(c) > 0 && i > 0 && c[0] == ' ' {
				spaced++
			}
			if bytes.IndexByte(c, '=') >= 0 {
				assigned++
			}
		}
	}
	return spaced*4 > cells || assigned*5 > cells
}

// looksJSON says whether a sample begins with a JSON object or array that ends
// with its line, or goes on over lines and up to the end of the sample without a
// fault. Of one that is cut in its first line a key must be there: "[20" may be
// the beginning of a date.
func looksJSON(sample []byte) bool {
	sample = bytes.TrimLeft(sample, " \t\r\n")
	if len(sample) < 2 || sample[0] != '{' && sample[0] != '[' {
		return false
	}
	p := newJSONParser()
	line, _, whole := bytes.Cut(sample, []byte{'\n'})
	if _, ok := p.line(nil, line); ok {
		return true
	}
	cells, end, ok := p.value(nil, sample, 0)
	if ok {
		rest := bytes.TrimLeft(sample[end:], " \t\r")
		return len(rest) == 0 || rest[0] == '\n' || rest[0] == ',' || rest[0] == '{'
	}
	return end == len(sample) && (whole || slices.ContainsFunc(cells, func(c Cell) bool { return c.Flags&Name != 0 }))
}
