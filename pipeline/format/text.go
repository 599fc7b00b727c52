package format

import "bytes"

var text = Format{
	Name:      "text",
	Doc:       "Lines of text: logs of any kind, key=value, prose.",
	NewCutter: func(Options) Cutter { return textCutter{} },
	NewParser: func(Cutter) Parser { return textParser{} },
}

// textCutter cuts after the last line feed. A carriage return alone ends no
// record: progress bars write it in the middle of lines.
type textCutter struct{}

func (textCutter) Start([]byte) {}

func (textCutter) Cut(block []byte) int {
	n := bytes.LastIndexByte(block, '\n') + 1
	return n - openArmour(block[:n])
}

// maxArmour bounds how much text is kept together for the end of a PEM block; the
// largest keys in use take a quarter of it.
const maxArmour = 64 << 10

// openArmour returns how many bytes at the end of lines belong to a PEM block
// (RFC 7468) that does not end in them: its lines are one record. The line that
// it begins in is part of it.
func openArmour(lines []byte) int {
	tail := lines[max(0, len(lines)-maxArmour):]
	// bytes.Index is vector code, bytes.LastIndex is not.
	begin, mark := -1, []byte("-----BEGIN ")
	for i := bytes.Index(tail, mark); i >= 0; i = bytes.Index(tail[begin+1:], mark) {
		begin += i + 1
	}
	if begin < 0 || bytes.Contains(tail[begin:], []byte("-----END ")) {
		return 0
	}
	return len(tail) - (bytes.LastIndexByte(tail[:begin], '\n') + 1)
}

// textParser gives a block as one Free cell.
type textParser struct{}

func (textParser) Cells(dst []Cell, block []byte) []Cell {
	if len(block) == 0 {
		return dst
	}
	return append(dst, Cell{Start: 0, End: int32(len(block)), Field: -1, Flags: Free})
}

func (textParser) Field(int32) string { return "" }

func (textParser) Decode(dst []byte, at []int32, block []byte, c Cell) ([]byte, []int32) {
	return decodeRaw(dst, at, block, c)
}

func (textParser) Splice(dst, block []byte, from, to int, _ Cell, edits []Edit) []byte {
	return spliceRaw(dst, block, from, to, edits)
}

func (textParser) Written([]byte, Cell, int, int, []byte) ([]byte, bool) { return nil, false }

func (textParser) Record(block []byte, at int) (start, end int) { return lineAt(block, at) }

// lineAt returns the bounds of the line that holds block[at], with its line end.
func lineAt(block []byte, at int) (start, end int) {
	at = min(max(at, 0), len(block))
	start = bytes.LastIndexByte(block[:at], '\n') + 1
	if i := bytes.IndexByte(block[at:], '\n'); i >= 0 {
		return start, at + i + 1
	}
	return start, len(block)
}

// decodeRaw is the Decode of a cell whose bytes are those of its value.
func decodeRaw(dst []byte, at []int32, block []byte, c Cell) ([]byte, []int32) {
	for i := c.Start; i < c.End; i++ {
		at = append(at, i)
	}
	return append(dst, block[c.Start:c.End]...), append(at, c.End)
}

// spliceRaw is the Splice of a cell in which nothing is escaped.
func spliceRaw(dst, block []byte, from, to int, edits []Edit) []byte {
	for _, e := range edits {
		dst = append(dst, block[from:e.Start]...)
		dst = append(dst, e.asWritten()...)
		from = e.End
	}
	return append(dst, block[from:to]...)
}
