package scrimbeam

import (
	"encoding/json"
	"reflect"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/scrim-dev/scrim/pipeline"
)

func init() {
	beam.RegisterCoder(reflect.TypeFor[File](), encodeFile, decodeFile)
	beam.RegisterCoder(reflect.TypeFor[Part](), encodePart, decodePart)
	beam.RegisterCoder(reflect.TypeFor[Outcome](), encodeOutcome, decodeOutcome)
}

// A File is an input.
type File struct {
	Path string // where it is read
	// Output is the name of its output in the output folder, slash-separated.
	Output string
	Size   int64  // in bytes, as stored
	MTime  int64  // of the last change, in nanoseconds since 1970; 0 if it is not known
	Mode   uint32 // its permissions; 0 if it has none
	Error  string // why it cannot be read, if that is known
}

// A Part is a file or a range of it, before and after it was scrubbed.
type Part struct {
	File File
	// Format is that of the file where the part is a range; "" means that the
	// whole file tells by itself.
	Format string
	// Index of Count is the place of the part in the file.
	Index, Count int
	// From and To are nominal: a range begins and ends at the first record that
	// begins there or behind. To -1 is the end of the file.
	From, To int64

	// Temp is the temporary file that the output of a range stands in.
	Temp   string
	Report *pipeline.Report
	// Size and Sum are of the output, Input is the sum of the input (SHA-256,
	// FIPS 180-4, hexadecimal); for whole files.
	Size       int64
	Sum, Input string
	Error      string
}

// An Outcome is what became of a file: an Entry, or a dead letter.
type Outcome struct {
	Entry *Entry
	Dead  *DeadLetter
}

// JSON as the form of elements can be read in the engines' tools, and changes
// of a field do not break a job that runs.

func encodeFile(f File) ([]byte, error) { return json.Marshal(f) }

func decodeFile(b []byte) (f File, err error) {
	err = json.Unmarshal(b, &f)
	return f, err
}

func encodePart(p Part) ([]byte, error) { return json.Marshal(p) }

func decodePart(b []byte) (p Part, err error) {
	err = json.Unmarshal(b, &p)
	return p, err
}

func encodeOutcome(o Outcome) ([]byte, error) { return json.Marshal(o) }

func decodeOutcome(b []byte) (o Outcome, err error) {
	err = json.Unmarshal(b, &o)
	return o, err
}
