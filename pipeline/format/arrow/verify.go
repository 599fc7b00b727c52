package arrow

import (
	"bytes"
	"encoding/binary"
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
	headerSchema      = 1

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

// verifyStream looks at the schema message that a stream begins with and returns
// a reader of the whole stream.
func verifyStream(r io.Reader) (io.Reader, error) {
	var head bytes.Buffer
	if _, err := io.CopyN(&head, r, 4); err != nil {
		return nil, errMalformed
	}
	n := binary.LittleEndian.Uint32(head.Bytes())
	if n == 0xffffffff {
		if _, err := io.CopyN(&head, r, 4); err != nil {
			return nil, errMalformed
		}
		n = binary.LittleEndian.Uint32(head.Bytes()[4:])
	}
	start := head.Len()
	if n > 1<<28 {
		return nil, errTooLarge
	}
	if _, err := io.CopyN(&head, r, int64(n)); err != nil {
		return nil, errMalformed
	}
	f := flat{b: head.Bytes()[start:], left: maxFields}
	root, ok := f.u32(0)
	kind := f.field(root, messageHeaderType)
	if !ok || root == 0 || kind == 0 || kind >= len(f.b) || f.b[kind] != headerSchema || !f.schema(f.table(f.field(root, messageHeader))) {
		return nil, errMalformed
	}
	return io.MultiReader(&head, r), nil
}

// verifyFile looks at the footer of the file form.
func verifyFile(r io.ReaderAt, size int64) error {
	var tail [10]byte
	if size < 20 {
		return errMalformed
	}
	if _, err := r.ReadAt(tail[:], size-10); err != nil && err != io.EOF {
		return err
	}
	n := int64(int32(binary.LittleEndian.Uint32(tail[:])))
	if string(tail[4:]) != "ARROW1" || n <= 0 || n > size-18 || n > 1<<28 {
		return errMalformed
	}
	f := flat{b: make([]byte, n), left: maxFields}
	if _, err := r.ReadAt(f.b, size-10-n); err != nil && err != io.EOF {
		return err
	}
	root, ok := f.u32(0)
	if !ok || root == 0 || root > len(f.b) || !f.schema(f.table(f.field(root, footerSchema))) {
		return errMalformed
	}
	for _, id := range []int{footerBatches - 1, footerBatches} {
		if _, _, ok := f.vector(root, id, 24); !ok {
			return errMalformed
		}
	}
	return nil
}
