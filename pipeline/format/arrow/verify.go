package arrow

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// v17 makes room for as many fields as a schema states before it looks whether
// they are there, and an allocation that fails ends the process. So the tables
// of a schema (Flatbuffers; Arrow's Schema.fbs, Message.fbs, File.fbs) are
// followed here first, far enough to see that every list fits its buffer.

// Places of fields in their tables.
const (
	messageHeaderType = 1
	messageHeader     = 2

	headerSchema     = 1
	headerDictionary = 2
	headerBatch      = 3

	dictionaryData   = 1
	batchCompression = 3
	compressionCodec = 0

	schemaFields   = 1
	schemaMetadata = 2

	fieldChildren = 5
	fieldMetadata = 6

	footerSchema  = 1
	footerBatches = 3
)

// maxFields bounds the fields of a schema, and maxNesting how deep they go.
const (
	maxFields  = 1 << 18
	maxNesting = 64
)

// A flat is a Flatbuffer. Positions are absolute, and 0 is none.
type flat struct {
	b    []byte
	left int // fields that may still come
}

func (f *flat) u32(at int) (int, bool) {
	if at < 0 || at > len(f.b)-4 {
		return 0, false
	}
	return int(binary.LittleEndian.Uint32(f.b[at:])), true
}

// field returns where a field of a table stands.
func (f *flat) field(table, id int) int {
	n, ok := f.u32(table)
	vt := table - int(int32(n))
	if !ok || vt < 0 || vt > len(f.b)-4 {
		return 0
	}
	size, slot := int(binary.LittleEndian.Uint16(f.b[vt:])), 4+2*id
	if slot+2 > size || vt+slot+2 > len(f.b) {
		return 0
	}
	if off := int(binary.LittleEndian.Uint16(f.b[vt+slot:])); off > 0 {
		return table + off
	}
	return 0
}

// table follows the offset at a position.
func (f *flat) table(at int) int {
	n, ok := f.u32(at)
	if at == 0 || !ok || n > len(f.b) {
		return 0
	}
	return at + n
}

// vector returns where the elements of a list begin, and how many there are.
func (f *flat) vector(table, id, size int) (at, n int, ok bool) {
	pos := f.field(table, id)
	if pos == 0 {
		return 0, 0, true
	}
	at = f.table(pos)
	n, ok = f.u32(at)
	if at == 0 || !ok || n > (len(f.b)-at-4)/size {
		return 0, 0, false
	}
	return at + 4, n, true
}

func (f *flat) schema(table int) bool {
	_, _, ok := f.vector(table, schemaMetadata, 4)
	return ok && table > 0 && f.fields(table, schemaFields, 0)
}

// fields follows a list of fields and their children.
func (f *flat) fields(table, id, depth int) bool {
	at, n, ok := f.vector(table, id, 4)
	if f.left -= n; !ok || f.left < 0 || depth > maxNesting {
		return false
	}
	for i := range n {
		t := f.table(at + 4*i)
		if _, _, ok := f.vector(t, fieldMetadata, 4); t == 0 || !ok || !f.fields(t, fieldChildren, depth+1) {
			return false
		}
	}
	return true
}

// maxMessage bounds the metadata of a message, in bytes.
const maxMessage = 1 << 28

// message reads the length and the metadata of a message into dst and returns the
// metadata, nil at the end of the stream.
func message(r io.Reader, dst *bytes.Buffer) ([]byte, error) {
	var n uint32
	for i := range 2 { // a mark comes before the length, but in old streams
		if _, err := io.CopyN(dst, r, 4); errors.Is(err, io.EOF) && i == 0 {
			return nil, nil
		} else if err != nil {
			return nil, errMalformed
		}
		if n = binary.LittleEndian.Uint32(dst.Bytes()[dst.Len()-4:]); n != 0xffffffff {
			break
		}
	}
	if n > maxMessage {
		return nil, errTooLarge
	}
	start := dst.Len()
	if _, err := io.CopyN(dst, r, int64(n)); err != nil {
		return nil, errMalformed
	}
	return dst.Bytes()[start:], nil
}

// header returns the kind of a message, 0 if it is malformed, and the place of its
// header.
func (f *flat) header() (kind byte, at int) {
	root, ok := f.u32(0)
	place := f.field(root, messageHeaderType)
	if !ok || root == 0 || place == 0 || place >= len(f.b) {
		return 0, 0
	}
	return f.b[place], f.table(f.field(root, messageHeader))
}

// codec returns what the buffers of a message are compressed with: "lz4", "zstd",
// or "" for nothing.
func codec(metadata []byte) string {
	f := flat{b: metadata}
	kind, at := f.header()
	if kind == headerDictionary {
		at = f.table(f.field(at, dictionaryData))
	} else if kind != headerBatch {
		return ""
	}
	c := f.field(at, batchCompression)
	if at == 0 || c == 0 {
		return ""
	}
	if place := f.field(f.table(c), compressionCodec); place > 0 && place < len(f.b) && f.b[place] == 1 {
		return "zstd"
	}
	return "lz4" // the codec that need not be said
}

// verifyStream looks at the schema message that a stream begins with, and at the
// one behind it for the codec. It returns a reader of the whole stream.
func verifyStream(r io.Reader) (all io.Reader, packed string, err error) {
	var head bytes.Buffer
	first, err := message(r, &head)
	if err != nil {
		return nil, "", err
	}
	f := flat{b: first, left: maxFields}
	if kind, at := f.header(); kind != headerSchema || !f.schema(at) {
		return nil, "", errMalformed
	}
	second, err := message(r, &head)
	if err != nil {
		return nil, "", err
	}
	return io.MultiReader(&head, r), codec(second), nil
}

// verifyFile looks at the footer of the file form, and at the first batch for the
// codec.
func verifyFile(r io.ReaderAt, size int64) (packed string, err error) {
	var tail [10]byte
	if size < 20 {
		return "", errMalformed
	}
	if err := readAt(r, tail[:], size-10); err != nil {
		return "", err
	}
	n := int64(int32(binary.LittleEndian.Uint32(tail[:])))
	if string(tail[4:]) != "ARROW1" || n <= 0 || n > size-18 || n > maxMessage {
		return "", errMalformed
	}
	f := flat{b: make([]byte, n), left: maxFields}
	if err := readAt(r, f.b, size-10-n); err != nil {
		return "", err
	}
	root, ok := f.u32(0)
	if !ok || root == 0 || root > len(f.b) || !f.schema(f.table(f.field(root, footerSchema))) {
		return "", errMalformed
	}
	for _, id := range []int{footerBatches, footerBatches - 1} {
		at, count, ok := f.vector(root, id, 24)
		if !ok {
			return "", errMalformed
		}
		if count == 0 || packed != "" {
			continue
		}
		offset := int64(binary.LittleEndian.Uint64(f.b[at:]))
		if offset < 8 || offset > size-20 {
			return "", errMalformed
		}
		first, err := message(io.NewSectionReader(r, offset, size-offset), new(bytes.Buffer))
		if err != nil {
			return "", err
		}
		packed = codec(first)
	}
	return packed, nil
}

func readAt(r io.ReaderAt, b []byte, at int64) error {
	if n, err := r.ReadAt(b, at); n < len(b) {
		if err == nil || errors.Is(err, io.EOF) {
			return errMalformed
		}
		return err
	}
	return nil
}
