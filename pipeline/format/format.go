// Package format knows where the values stand in a file and how to write others
// in their place.
//
// A [Format] cuts its input into blocks at record boundaries ([Cutter]), finds
// the cells of a block ([Parser.Cells]) and splices replacements into a cell
// ([Parser.Splice]). It knows nothing of kinds, of policies, or of what is
// replaced by what. Every byte outside a replacement is left as it came:
// quoting, line ends, spacing, the form of numbers.
//
// # Terminology
//
//   - Record: a line of text, a CSV record, a JSON value of a JSON lines file.
//   - Block: some whole records, one after the other.
//   - Cell: the span of a block that holds one value, with the name of its field.
//   - Field: a column name or a path of object keys, such as "user.email".
package format

// A Format is one of the [List].
type Format struct {
	Name string // as in --input-format
	Doc  string // one sentence
	// NewCutter returns a Cutter for one input.
	NewCutter func(Options) Cutter
	// NewParser returns a Parser for blocks of the input that the Cutter cuts.
	// It is called after the Cutter's Start; each goroutine has its own.
	NewParser func(Cutter) Parser
}

// Options are what a user may say of an input. The zero value asks the format
// to find out.
type Options struct {
	// Comma is the CSV delimiter; 0 means find out.
	Comma byte
	// NoHeader says that the first record of a CSV file is data.
	NoHeader bool
}

// A Cutter finds record boundaries in an input, in order. It belongs to one
// goroutine.
type Cutter interface {
	// Start is called once with the first bytes of the input (after its byte
	// order mark, if any), before Cut; a header is learned here. The sample may
	// be short, but whatever is learned is learned from it alone: it should hold
	// some whole lines where the input has them. Start is called again, with an
	// empty sample, after a record over the limit was taken away without a Cut.
	Start(sample []byte)
	// Cut returns the length of the longest prefix of block that ends at a
	// record boundary: 0 if there is none. block begins where the last cut was
	// made. The next call passes the rest of block with more behind it, so a
	// Cutter may remember how far it has looked.
	Cut(block []byte) int
}

// CellFlag says how a cell is written.
type CellFlag uint8

const (
	// Escaped: the bytes of the cell are not those of its value; see Decode.
	Escaped CellFlag = 1 << iota
	// Quoted: the cell stands in quotes (which are outside Start and End).
	Quoted
	// Bare: the cell is a bare JSON number, true, false or null: a replacement
	// that is not of that form must become a string.
	Bare
	// Name: the cell is itself a name (a JSON object key), not a value.
	Name
	// Free: the cell is running text in which fields may stand; the one cell of
	// a block of text is so. Replacements in it are not escaped.
	Free
)

// A Cell is the span of a block that holds one value.
type Cell struct {
	// Start and End bound the cell, without quotes around it.
	Start, End int32
	// Field indexes the names that Parser.Field gives; -1 is no name.
	Field int32
	Flags CellFlag
}

// An Edit replaces block[Start:End] by Text, which is not yet escaped.
type Edit struct {
	Start, End int
	Text       []byte
	// Written and Bare are what Parser.Written gave for Text where it once stood.
	// What is so written is put back so, if in this place it stands for Text.
	Written []byte
	Bare    bool
}

// asWritten is what stands for the edit's text where nothing is escaped.
func (e *Edit) asWritten() []byte {
	if e.Written != nil {
		return e.Written
	}
	return e.Text
}

// MaxFields is how many fields a Parser is kept for; see Parser.Field.
const MaxFields = 1 << 16

// A Parser finds the cells of blocks and writes them. It belongs to one
// goroutine.
type Parser interface {
	// Cells appends the cells of block, in order and not overlapping, to dst. A
	// record that is not well formed is given as one Free cell: nothing is left
	// out of every cell but what the format itself writes between values. An
	// empty value has no cell.
	Cells(dst []Cell, block []byte) []Cell
	// Field returns the name behind Cell.Field. The set of names may grow with
	// every call of Cells; a number once given stays the same. Numbers are
	// given in the order of first use, so that they stay small; where keys are
	// data their set has no end, and a caller bounds its memory by taking a new
	// Parser between two blocks once it has seen a number over [MaxFields].
	Field(i int32) string
	// Decode appends the value of an Escaped cell to dst, and for each byte of
	// it (and for its end) the offset in block of what it was written as to at.
	Decode(dst []byte, at []int32, block []byte, c Cell) ([]byte, []int32)
	// Splice appends block[from:to] with the edits of cell c made in it to dst;
	// from and to enclose the cell and its quotes, and hold no other cell's
	// bytes that are edited. Edits are ascending, inside the cell, and begin and
	// end at offsets that Decode gave where the cell is Escaped.
	Splice(dst, block []byte, from, to int, c Cell, edits []Edit) []byte
	// Written says how block[start:end] of cell c, which stands for text, is written,
	// so that an Edit can put it back: nil if it is as Splice would write text in
	// that place, and bare if the cell is. start and end are offsets that Decode
	// gave where the cell is Escaped.
	Written(block []byte, c Cell, start, end int, text []byte) (written []byte, bare bool)
	// Record returns the bounds of the record that holds block[at], with its
	// line end. It is asked only for records that are dropped.
	Record(block []byte, at int) (start, end int)
}
