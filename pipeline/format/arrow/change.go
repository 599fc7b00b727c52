package arrow

import (
	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
)

// A changedDict is a dictionary and what it was made of: readers give the same
// one with each batch until the input replaces it.
type changedDict struct {
	from, to arrow.ArrayData
}

// array rewrites the leaves of an array and leaves its shape as it is.
func (r *rewriter) array(data arrow.ArrayData, typ arrow.DataType) (arrow.ArrayData, error) {
	switch t := typ.(type) {
	case arrow.ExtensionType:
		inner, err := r.array(retyped(data, t.StorageType()), t.StorageType())
		if err != nil {
			return nil, err
		}
		return retyped(inner, typ), nil
	case *arrow.MapType:
		return r.children(data, 0)
	case *arrow.RunEndEncodedType:
		return r.children(data, 1) // the first child is where runs end
	case arrow.NestedType:
		return r.children(data, 0)
	case *arrow.DictionaryType:
		return r.dictionary(data, t)
	}
	rewriter := r.changes[r.leaf]
	out := data
	if rewriter != nil && typ.ID() != arrow.NULL {
		var err error
		if out, err = r.values(data, rewriter, r.columns[r.leaf].Nullable); err != nil {
			return nil, err
		}
	}
	r.leaf++
	return out, nil
}

// retyped is the same data under another type of the same layout.
func retyped(data arrow.ArrayData, typ arrow.DataType) arrow.ArrayData {
	d := array.NewData(typ, data.Len(), data.Buffers(), data.Children(), data.NullN(), data.Offset())
	if dict, ok := data.Dictionary().(*array.Data); ok && dict != nil {
		d.SetDictionary(dict)
	}
	return d
}

// children rewrites the children of an array from one on.
func (r *rewriter) children(data arrow.ArrayData, from int) (arrow.ArrayData, error) {
	all := append([]arrow.ArrayData(nil), data.Children()...)
	for i := from; i < len(all); i++ {
		var err error
		if all[i], err = r.array(all[i], all[i].DataType()); err != nil {
			return nil, err
		}
	}
	return array.NewData(data.DataType(), data.Len(), data.Buffers(), all, data.NullN(), data.Offset()), nil
}

// dictionary rewrites the values of a dictionary; the indices stay. A nulled
// entry is a null in the dictionary.
func (r *rewriter) dictionary(data arrow.ArrayData, t *arrow.DictionaryType) (arrow.ArrayData, error) {
	leaf := r.leaf
	rewriter := r.changes[leaf]
	r.leaf++
	if rewriter == nil {
		return data, nil
	}
	from := data.Dictionary()
	known, ok := r.dicts[leaf]
	if !ok || known.from != from {
		r.leaf = leaf // for the place of an error
		to, err := r.values(from, rewriter, r.columns[leaf].Nullable)
		if err != nil {
			return nil, err
		}
		r.leaf = leaf + 1
		known = changedDict{from, to}
		from.Retain()
		r.dicts[leaf] = known
	}
	return array.NewDataWithDictionary(t, data.Len(), data.Buffers(), data.NullN(), data.Offset(), known.to.(*array.Data)), nil
}

// values builds a leaf anew. What stood under nulls does not come along.
func (r *rewriter) values(data arrow.ArrayData, rewriter parquet.ValueRewriter, nullable bool) (arrow.ArrayData, error) {
	in := array.MakeFromData(data)
	defer in.Release()
	out := newColumn(in, r.mem)
	defer out.builder.Release()
	var reply []byte
	for i := range in.Len() {
		if in.IsNull(i) {
			out.builder.AppendNull()
			continue
		}
		r.stats.Calls++
		var verdict parquet.Verdict
		var err error
		reply, verdict, err = rewriter.Rewrite(reply[:0], textOf(in, i))
		switch {
		case err != nil:
			return nil, err
		case verdict == parquet.Keep:
			out.keep(i)
			continue
		case verdict == parquet.Replace:
			r.stats.Replaced++
		}
		n := out.builder.Len()
		if verdict == parquet.Replace && put(out.builder, reply) {
			continue
		}
		if !nullable {
			return nil, parquet.ErrUnrepresentable
		}
		r.stats.Nulled++
		if out.builder.Len() == n { // some builders append a null when they fail
			out.builder.AppendNull()
		}
	}
	return out.finish()
}

// A column puts an array together of new values and of stretches of an old one:
// a value that is kept is copied, not turned into text and back.
type column struct {
	in       arrow.Array
	mem      memory.Allocator
	builder  array.Builder
	parts    []arrow.Array
	from, to int // the stretch that is being kept
}

func newColumn(in arrow.Array, mem memory.Allocator) *column {
	return &column{in: in, mem: mem, builder: array.NewBuilder(mem, in.DataType())}
}

// keep adds value i of the old array.
func (c *column) keep(i int) {
	if isText(c.in) {
		put(c.builder, textOf(c.in, i))
		return
	}
	if c.builder.Len() == 0 && c.to == i && c.to > c.from {
		c.to++
		return
	}
	c.flush()
	c.from, c.to = i, i+1
}

// flush ends the kept stretch, and then what was built after it.
func (c *column) flush() {
	if c.to > c.from {
		c.parts = append(c.parts, array.NewSlice(c.in, int64(c.from), int64(c.to)))
		c.from, c.to = 0, 0
	}
	if c.builder.Len() > 0 {
		c.parts = append(c.parts, c.builder.NewArray())
	}
}

func (c *column) finish() (arrow.ArrayData, error) {
	c.flush()
	if len(c.parts) == 0 {
		c.parts = []arrow.Array{c.builder.NewArray()}
	}
	made := c.parts[0]
	if len(c.parts) > 1 || made.Data().Offset() != 0 || made.Len() != c.in.Len() {
		var err error
		if made, err = array.Concatenate(c.parts, c.mem); err != nil {
			return nil, errMalformed
		}
	}
	return made.Data(), nil
}

func isText(a arrow.Array) bool {
	switch a.DataType().ID() {
	case arrow.STRING, arrow.LARGE_STRING, arrow.STRING_VIEW, arrow.BINARY, arrow.LARGE_BINARY, arrow.BINARY_VIEW, arrow.FIXED_SIZE_BINARY:
		return true
	}
	return false
}

// textOf is the text of a value: bytes as they are, all else as Arrow writes it.
func textOf(a arrow.Array, i int) []byte {
	switch a := a.(type) {
	case *array.String:
		return []byte(a.Value(i))
	case *array.LargeString:
		return []byte(a.Value(i))
	case *array.StringView:
		return []byte(a.Value(i))
	case *array.Binary:
		return a.Value(i)
	case *array.LargeBinary:
		return a.Value(i)
	case *array.BinaryView:
		return a.Value(i)
	case *array.FixedSizeBinary:
		return a.Value(i)
	}
	return []byte(a.ValueStr(i))
}

// put appends a value given as text; false if the type has no such value, and
// then nothing is appended, or a null.
func put(b array.Builder, text []byte) bool {
	switch b := b.(type) {
	case *array.StringBuilder:
		b.Append(string(text))
	case *array.LargeStringBuilder:
		b.Append(string(text))
	case *array.StringViewBuilder:
		b.Append(string(text))
	case *array.BinaryBuilder: // large ones too
		b.Append(text)
	case *array.BinaryViewBuilder:
		b.Append(text)
	case *array.FixedSizeBinaryBuilder:
		if len(text) != b.Type().(*arrow.FixedSizeBinaryType).ByteWidth {
			return false
		}
		b.Append(text)
	default:
		return b.AppendValueFromString(string(text)) == nil
	}
	return true
}
