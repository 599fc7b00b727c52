package parquet

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"
)

// ArrowSchemaKey is the metadata key under which Arrow's writers keep the schema
// they wrote: Base64 of an Arrow IPC message, which has key-value metadata in its
// turn (pandas writes its own there). Such a pair is named by this key, a slash,
// the column if it is a column's, a slash, and its own key.
const ArrowSchemaKey = "ARROW:schema"

// Metadata returns the key-value metadata of the file and of its chunks. What is
// inside of an [ArrowSchemaKey] comes after it, one pair each.
func (f *File) Metadata() ([]KeyValue, error) {
	var all []KeyValue
	add := func(r record, id int16, column string) error {
		pairs, err := r.list(id, wireStruct)
		if err != nil {
			return err
		}
		for _, raw := range pairs {
			p, _, err := parseRecord(raw)
			if err != nil {
				return err
			}
			k, _ := p.binary(kvKey)
			v, _ := p.binary(kvValue)
			all = append(all, KeyValue{Key: string(k), Value: string(v), Column: column})
			if string(k) == ArrowSchemaKey {
				if _, err := rewriteArrowSchema(string(v), func(kv KeyValue) (string, bool) {
					all = append(all, kv)
					return kv.Value, true
				}); err != nil {
					continue // it is shown as it is, above
				}
			}
		}
		return nil
	}
	if err := add(f.footer, fileKeyValues, ""); err != nil {
		return nil, &Error{RowGroup: -1, Err: err}
	}
	for g := range f.chunks {
		for i, c := range f.chunks[g] {
			_, m, err := c.parse()
			if err == nil {
				err = add(m, metaKeyValues, f.cols[i].Path)
			}
			if err != nil {
				return nil, &Error{Column: f.cols[i].Path, RowGroup: g, Err: err}
			}
		}
	}
	return all, nil
}

// rewriteMetadata passes each entry of a list of key-value pairs to fn, and those
// inside of Arrow's schema too.
func rewriteMetadata(r *record, id int16, column string, fn func(KeyValue) (string, bool)) error {
	pairs, err := r.list(id, wireStruct)
	if err != nil || len(pairs) == 0 || fn == nil {
		return err
	}
	kept := make([][]byte, 0, len(pairs))
	for _, raw := range pairs {
		p, _, err := parseRecord(raw)
		if err != nil {
			return err
		}
		k, _ := p.binary(kvKey)
		old, has := p.binary(kvValue)
		v, keep := fn(KeyValue{Key: string(k), Value: string(old), Column: column})
		if keep && string(k) == ArrowSchemaKey && v == string(old) {
			if inner, err := rewriteArrowSchema(v, fn); err == nil {
				v = inner
			} else if unreadableHides(v, fn) {
				keep = false // readers do without
			}
		}
		if !keep {
			continue
		}
		if v != string(old) || !has && v != "" {
			p.setBinary(kvValue, []byte(v))
			raw = p.append(nil)
		}
		kept = append(kept, raw)
	}
	if len(kept) == 0 {
		r.drop(id)
		return nil
	}
	r.set(id, wireList, appendList(nil, wireStruct, kept))
	return nil
}

// rewriteArrowSchema passes the pairs inside of an encoded schema, those of the
// schema and of its columns, to fn. If none changed, so is the value.
func rewriteArrowSchema(value string, fn func(KeyValue) (string, bool)) (out string, err error) {
	defer recovered(&err)
	raw, err := base64.StdEncoding.DecodeString(value)
	if err != nil || len(raw) > maxFooter {
		return "", errThrift
	}
	r, err := ipc.NewReader(bytes.NewReader(raw))
	if err != nil {
		return "", errThrift
	}
	defer r.Release()
	made, changed, err := RewriteSchema(r.Schema(), ArrowSchemaKey+"/", fn)
	if err != nil {
		return "", err
	}
	if !changed {
		seen, err := encodeSchema(r.Schema())
		if err != nil || !hidesValues(raw, seen, fn) {
			return value, err
		}
	}
	out64, err := encodeSchema(made)
	return base64.StdEncoding.EncodeToString(out64), err
}

// unreadableHides says whether fn changes something in a schema that v17 cannot read.
func unreadableHides(value string, fn func(KeyValue) (string, bool)) bool {
	if raw, err := base64.StdEncoding.DecodeString(value); err == nil {
		return hidesValues(raw, nil, fn)
	}
	v, keep := fn(KeyValue{Key: ArrowSchemaKey + "/", Value: value})
	return !keep || v != value
}

func encodeSchema(s *arrow.Schema) ([]byte, error) {
	var buf bytes.Buffer
	w := ipc.NewWriter(&buf, ipc.WithSchema(s))
	if err := w.Close(); err != nil {
		return nil, errThrift
	}
	return buf.Bytes(), nil
}

// hidesValues says whether fn changes a string of raw, an encoded schema, that is not
// in seen: v17 does not read the metadata of fields inside of maps and run-end encoded
// types. Strings are told by how FlatBuffers write them, at a multiple of four, with
// their length before and a zero behind.
func hidesValues(raw, seen []byte, fn func(KeyValue) (string, bool)) bool {
	const least = 4 // no value is shorter
	for at := 0; at+4+least < len(raw); at += 4 {
		n := uint64(binary.LittleEndian.Uint32(raw[at:]))
		rest := raw[at+4:]
		if n < least || n >= uint64(len(rest)) || rest[n] != 0 || bytes.IndexByte(rest[:n], 0) >= 0 || bytes.Contains(seen, raw[at:at+4+int(n)+1]) {
			continue
		}
		old := string(rest[:n])
		if v, keep := fn(KeyValue{Key: ArrowSchemaKey + "/", Value: old}); !keep || v != old {
			return true
		}
	}
	return false
}

// RewriteSchema passes the key-value pairs of an Arrow schema and of its columns,
// those inside of others too, to fn. Keys have the columns' names before them,
// behind prefix. It returns the schema with what fn gave, and whether that is
// another.
func RewriteSchema(s *arrow.Schema, prefix string, fn func(KeyValue) (string, bool)) (made *arrow.Schema, changed bool, err error) {
	defer recovered(&err)
	r := schemaRewriter{fn: fn}
	top := r.pairs(s.Metadata(), prefix)
	fields := r.fields(s.Fields(), prefix)
	return arrow.NewSchemaWithEndian(fields, &top, s.Endianness()), r.changed, nil
}

type schemaRewriter struct {
	fn      func(KeyValue) (string, bool)
	changed bool
}

func (r *schemaRewriter) pairs(m arrow.Metadata, prefix string) arrow.Metadata {
	var keys, values []string
	for i, k := range m.Keys() {
		v, keep := r.fn(KeyValue{Key: prefix + k, Value: m.Values()[i]})
		r.changed = r.changed || !keep || v != m.Values()[i]
		if keep {
			keys, values = append(keys, k), append(values, v)
		}
	}
	return arrow.NewMetadata(keys, values)
}

func (r *schemaRewriter) fields(fields []arrow.Field, prefix string) []arrow.Field {
	fields = slices.Clone(fields)
	for i := range fields {
		fields[i] = r.field(fields[i], prefix+fields[i].Name+"/")
	}
	return fields
}

func (r *schemaRewriter) field(f arrow.Field, prefix string) arrow.Field {
	f.Metadata = r.pairs(f.Metadata, prefix)
	f.Type = r.typ(f.Type, prefix)
	return f
}

// typ passes on the metadata of the fields inside of a type.
func (r *schemaRewriter) typ(t arrow.DataType, prefix string) arrow.DataType {
	switch t := t.(type) {
	case *arrow.StructType:
		return arrow.StructOf(r.fields(t.Fields(), prefix)...)
	case *arrow.ListType:
		return arrow.ListOfField(r.field(t.ElemField(), prefix))
	case *arrow.LargeListType:
		return arrow.LargeListOfField(r.field(t.ElemField(), prefix))
	case *arrow.FixedSizeListType:
		return arrow.FixedSizeListOfField(t.Len(), r.field(t.ElemField(), prefix))
	case *arrow.ListViewType:
		return arrow.ListViewOfField(r.field(t.ElemField(), prefix))
	case *arrow.LargeListViewType:
		return arrow.LargeListViewOfField(r.field(t.ElemField(), prefix))
	case arrow.UnionType:
		return arrow.UnionOf(t.Mode(), r.fields(t.Fields(), prefix), t.TypeCodes())
	case *arrow.RunEndEncodedType:
		return arrow.RunEndEncodedOf(t.RunEnds(), r.typ(t.Encoded(), prefix))
	case *arrow.MapType:
		key, item := r.field(t.KeyField(), prefix+"key/"), r.field(t.ItemField(), prefix+"value/")
		m := arrow.MapOfWithMetadata(key.Type, key.Metadata, item.Type, item.Metadata)
		m.SetItemNullable(item.Nullable)
		m.KeysSorted = t.KeysSorted
		return m
	}
	return t
}
