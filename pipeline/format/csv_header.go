package format

import "bytes"

// A sampleRecord is a record of a sample with its cells' values, the empty ones
// too.
type sampleRecord struct {
	raw   []byte // without its line end
	cells [][]byte
	bad   bool // a quote in it is not closed
}

// sampleRecords returns at most limit of the complete records of a sample that
// are not blank.
func sampleRecords(sample []byte, comma byte, limit int) []sampleRecord {
	c := &csvCutter{comma: comma}
	sample = sample[:c.Cut(sample)]
	p := newCSVParser(c).(*csvParser)
	p.empty = true
	var out []sampleRecord
	var cells []Cell
	for i := 0; i < len(sample) && len(out) < limit; {
		from := i
		cells, i = p.cells(cells[:0], sample, i)
		raw := sample[from:trimLineEnd(sample, from, i-1)]
		if len(raw) == 0 {
			continue
		}
		r := sampleRecord{raw: raw}
		for _, k := range cells {
			r.bad = r.bad || k.Flags&Free != 0
			v := sample[k.Start:k.End]
			if k.Flags&Escaped != 0 {
				v, _ = p.Decode(nil, nil, sample, k)
			}
			r.cells = append(r.cells, v)
		}
		out = append(out, r)
	}
	return out
}

// isHeader says whether the first of some records names the columns of the
// others. It does when its cells could all be names (see isName), are not the
// same, and none stands in its own column again.
func isHeader(records []sampleRecord) bool {
	names := records[0]
	if names.bad {
		return false
	}
	seen := map[string]bool{}
	for i, n := range names.cells {
		n = bytes.TrimSpace(n)
		if len(n) == 0 {
			// A table with named rows has no name above them.
			if i > 0 || len(names.cells) == 1 {
				return false
			}
			continue
		}
		if !isName(n) || seen[string(n)] {
			return false
		}
		seen[string(n)] = true
	}
	for _, r := range records[1:] {
		if bytes.Equal(r.raw, names.raw) {
			continue
		}
		for i := range min(len(r.cells), len(names.cells)) {
			if len(r.cells[i]) > 0 && bytes.Equal(r.cells[i], names.cells[i]) {
				return false
			}
		}
	}
	return true
}

// isName says whether a cell could name a column: at most 64 bytes and six
// words, with a letter in it, without the marks of addresses, assignments, code
// and brackets, and not a number, a date, an IP address, a MAC address or a UUID.
func isName(n []byte) bool {
	if len(n) > 64 {
		return false
	}
	var letters, digits, hex, colons, dashes, dots, spaces int
	for _, c := range n {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F':
			hex++
		case c >= 'g' && c <= 'z' || c >= 'G' && c <= 'Z' || c >= 0x80 || c == '_':
			letters++
		case c == ':':
			colons++
		case c == '-':
			dashes++
		case c == '.':
			dots++
		case c == ' ':
			spaces++
		case c < ' ':
			return false
		case bytes.IndexByte([]byte("@=;'\"`\\<>{}[]!"), c) >= 0:
			return false
		}
	}
	switch {
	case letters+hex == 0, spaces > 5:
		return false
	case letters == 0 && digits > 0 && (colons > 1 || dashes > 2 || dots > 2):
		return false // an address or an identifier in hex
	case letters <= 2 && digits >= 6:
		return false // 2024-01-31T10:00:00Z, 10:00 PM, 1e-09
	case colons > 1 && n[len(n)-1] != ':':
		return false
	}
	return true
}
