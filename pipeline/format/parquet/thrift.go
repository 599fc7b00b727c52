package parquet

import (
	"encoding/binary"
	"errors"
	"slices"
)

// The Thrift compact protocol, as far as a footer needs it: a struct is kept as
// the list of its fields, each with the bytes its value was written in. Only
// the fields that change are written anew; all others, those of later versions
// of the format among them, go out as they came in. A struct is taken apart one
// level at a time, so that a large footer costs little more than its bytes.

// Types of the compact protocol (Thrift specification, "Struct encoding").
const (
	wireTrue   = 1
	wireFalse  = 2
	wireByte   = 3
	wireI16    = 4
	wireI32    = 5
	wireI64    = 6
	wireDouble = 7
	wireBinary = 8
	wireList   = 9
	wireSet    = 10
	wireMap    = 11
	wireStruct = 12
	wireUUID   = 13
)

// maxDepth bounds the nesting of what is skipped; the format needs six.
const maxDepth = 32

var errThrift = errors.New("metadata is not well-formed Thrift")

// A wireField is one field of a record; raw is its value without the header.
// The value of a boolean is in its type, and raw is empty.
type wireField struct {
	id  int16
	typ byte
	raw []byte
}

// A record is a Thrift struct: its fields in the order they were written.
type record []wireField

// parseRecord takes a struct off the front of b and returns how many bytes it
// took. A field that stands twice is refused: readers differ in which of the two
// they take.
func parseRecord(b []byte) (record, int, error) {
	var r record
	var low uint64 // ids 0 to 63 seen
	id, at := int16(0), 0
	for {
		f, n, err := fieldHeader(b[at:], id)
		if err != nil {
			return nil, 0, err
		}
		at += n
		if f.typ == 0 {
			return r, at, nil
		}
		id = f.id
		if id >= 0 && id < 64 {
			if low&(1<<id) != 0 {
				return nil, 0, errThrift
			}
			low |= 1 << id
		} else {
			for _, g := range r {
				if g.id == id {
					return nil, 0, errThrift
				}
			}
		}
		n, err = skipValue(b[at:], f.typ, false, 0)
		if err != nil {
			return nil, 0, err
		}
		f.raw = b[at : at+n : at+n]
		at += n
		if len(r) >= 1024 {
			return nil, 0, errThrift
		}
		r = append(r, f)
	}
}

// fieldHeader reads a field's type and id; type 0 ends the struct.
func fieldHeader(b []byte, last int16) (wireField, int, error) {
	if len(b) == 0 {
		return wireField{}, 0, errThrift
	}
	typ := b[0] & 15
	if typ == 0 {
		return wireField{}, 1, nil
	}
	if delta := b[0] >> 4; delta != 0 {
		return wireField{id: last + int16(delta), typ: typ}, 1, nil
	}
	u, n := binary.Uvarint(b[1:])
	if n <= 0 || u > 1<<16-1 {
		return wireField{}, 0, errThrift
	}
	return wireField{id: int16(unzigzag(u)), typ: typ}, 1 + n, nil
}

// skipValue returns the length of a value. In a list a boolean takes a byte, in
// a struct none.
func skipValue(b []byte, typ byte, inList bool, depth int) (int, error) {
	if depth > maxDepth {
		return 0, errThrift
	}
	n := -1
	switch typ {
	case wireTrue, wireFalse:
		n = 0
		if inList {
			n = 1
		}
	case wireByte:
		n = 1
	case wireI16, wireI32, wireI64:
		_, n = binary.Uvarint(b)
		if n == 0 {
			n = -1
		}
	case wireDouble:
		n = 8
	case wireUUID:
		n = 16
	case wireBinary:
		u, k := binary.Uvarint(b)
		if k > 0 && u <= uint64(len(b)-k) {
			n = k + int(u)
		}
	case wireList, wireSet:
		return skipList(b, depth)
	case wireMap:
		return skipMap(b, depth)
	case wireStruct:
		at, id := 0, int16(0)
		for {
			f, k, err := fieldHeader(b[at:], id)
			if err != nil {
				return 0, err
			}
			at += k
			if f.typ == 0 {
				return at, nil
			}
			id = f.id
			k, err = skipValue(b[at:], f.typ, false, depth+1)
			if err != nil {
				return 0, err
			}
			at += k
		}
	}
	if n < 0 || n > len(b) {
		return 0, errThrift
	}
	return n, nil
}

func skipList(b []byte, depth int) (int, error) {
	typ, count, at, err := listHeader(b)
	if err != nil {
		return 0, err
	}
	for range count {
		n, err := skipValue(b[at:], typ, true, depth+1)
		if err != nil {
			return 0, err
		}
		at += n
	}
	return at, nil
}

func skipMap(b []byte, depth int) (int, error) {
	u, at := binary.Uvarint(b)
	if at <= 0 || u > uint64(len(b)) {
		return 0, errThrift
	}
	if u == 0 {
		return at, nil
	}
	if at >= len(b) {
		return 0, errThrift
	}
	types := [2]byte{b[at] >> 4, b[at] & 15}
	at++
	for i := range 2 * u {
		n, err := skipValue(b[at:], types[i&1], true, depth+1)
		if err != nil {
			return 0, err
		}
		at += n
	}
	return at, nil
}

// listHeader reads the type and number of a list's elements. Each takes a byte
// at least, so a number beyond the bytes left is refused before anything is
// made room for.
func listHeader(b []byte) (typ byte, count, n int, err error) {
	if len(b) == 0 {
		return 0, 0, 0, errThrift
	}
	typ, n = b[0]&15, 1
	u := uint64(b[0] >> 4)
	if u == 15 {
		var k int
		u, k = binary.Uvarint(b[1:])
		if k <= 0 {
			return 0, 0, 0, errThrift
		}
		n += k
	}
	if u > uint64(len(b)-n) {
		return 0, 0, 0, errThrift
	}
	return typ, int(u), n, nil
}

// parseList returns the raw elements of a list.
func parseList(b []byte) (typ byte, elems [][]byte, err error) {
	typ, count, at, err := listHeader(b)
	if err != nil {
		return 0, nil, err
	}
	elems = make([][]byte, count)
	for i := range elems {
		n, err := skipValue(b[at:], typ, true, 0)
		if err != nil {
			return 0, nil, err
		}
		elems[i] = b[at : at+n : at+n]
		at += n
	}
	return typ, elems, nil
}

// appendList writes a list of raw elements.
func appendList(dst []byte, typ byte, elems [][]byte) []byte {
	if len(elems) < 15 {
		dst = append(dst, byte(len(elems))<<4|typ)
	} else {
		dst = append(dst, 15<<4|typ)
		dst = binary.AppendUvarint(dst, uint64(len(elems)))
	}
	for _, e := range elems {
		dst = append(dst, e...)
	}
	return dst
}

// append writes the record.
func (r record) append(dst []byte) []byte {
	last := int16(0)
	for _, f := range r {
		if d := int(f.id) - int(last); d > 0 && d < 16 {
			dst = append(dst, byte(d)<<4|f.typ)
		} else {
			dst = append(dst, f.typ)
			dst = binary.AppendUvarint(dst, uint64(uint16(f.id<<1)^uint16(f.id>>15)))
		}
		last = f.id
		dst = append(dst, f.raw...)
	}
	return append(dst, 0)
}

func (r record) find(id int16) *wireField {
	for i := range r {
		if r[i].id == id {
			return &r[i]
		}
	}
	return nil
}

// integer returns a field of type byte, i16, i32 or i64.
func (r record) integer(id int16) (int64, bool) {
	f := r.find(id)
	if f == nil {
		return 0, false
	}
	switch f.typ {
	case wireByte:
		return int64(int8(f.raw[0])), true
	case wireI16, wireI32, wireI64:
		u, n := binary.Uvarint(f.raw)
		return unzigzag(u), n > 0
	}
	return 0, false
}

func (r record) boolean(id int16, absent bool) bool {
	switch f := r.find(id); {
	case f == nil:
		return absent
	default:
		return f.typ == wireTrue
	}
}

func (r record) binary(id int16) ([]byte, bool) {
	f := r.find(id)
	if f == nil || f.typ != wireBinary {
		return nil, false
	}
	_, n := binary.Uvarint(f.raw)
	return f.raw[n:], true
}

// record returns a struct field: nil, false if it is absent or malformed.
func (r record) record(id int16) (record, bool) {
	f := r.find(id)
	if f == nil || f.typ != wireStruct {
		return nil, false
	}
	s, _, err := parseRecord(f.raw)
	return s, err == nil
}

// list returns the elements of a list field, which must be of type typ.
func (r record) list(id int16, typ byte) ([][]byte, error) {
	f := r.find(id)
	if f == nil {
		return nil, nil
	}
	if f.typ != wireList {
		return nil, errThrift
	}
	t, elems, err := parseList(f.raw)
	if err != nil || (t != typ && len(elems) > 0) {
		return nil, errThrift
	}
	return elems, nil
}

// set replaces a field, or inserts it where its id belongs.
func (r *record) set(id int16, typ byte, raw []byte) {
	if f := r.find(id); f != nil {
		f.typ, f.raw = typ, raw
		return
	}
	at := len(*r)
	for i, f := range *r {
		if f.id > id {
			at = i
			break
		}
	}
	*r = append(*r, wireField{})
	copy((*r)[at+1:], (*r)[at:])
	(*r)[at] = wireField{id: id, typ: typ, raw: raw}
}

func (r *record) setInteger(id int16, typ byte, v int64) {
	r.set(id, typ, binary.AppendVarint(nil, v))
}

func (r *record) setBinary(id int16, v []byte) {
	r.set(id, wireBinary, append(binary.AppendUvarint(nil, uint64(len(v))), v...))
}

func (r *record) setRecord(id int16, s record) {
	r.set(id, wireStruct, s.append(nil))
}

func (r *record) drop(ids ...int16) {
	*r = slices.DeleteFunc(*r, func(f wireField) bool { return slices.Contains(ids, f.id) })
}

// known drops fields beyond the last one that is known of a struct.
func (r *record) known(last int16) {
	*r = slices.DeleteFunc(*r, func(f wireField) bool { return f.id < 1 || f.id > last })
}

func unzigzag(u uint64) int64 { return int64(u>>1) ^ -int64(u&1) }
