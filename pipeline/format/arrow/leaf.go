package arrow

import (
	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// Leaves are visited in one order: by walk in the schema, by collect in a batch,
// and by visit when a batch is changed.

// A visit goes through the leaves of a batch's columns and puts others in their
// place.
type visit struct {
	leaf func(n int, data arrow.ArrayData) arrow.ArrayData
	n    int // the next leaf
}

// array returns an array with its leaves changed, and its shape as it is.
func (v *visit) array(data arrow.ArrayData, typ arrow.DataType) arrow.ArrayData {
	switch t := typ.(type) {
	case arrow.ExtensionType:
		return retyped(v.array(retyped(data, t.StorageType()), t.StorageType()), typ)
	case *arrow.RunEndEncodedType:
		return v.children(data, 1) // the first child is where runs end
	case arrow.NestedType:
		return v.children(data, 0)
	}
	v.n++
	return v.leaf(v.n-1, data)
}

// retyped is the same data under another type of the same layout.
func retyped(data arrow.ArrayData, typ arrow.DataType) arrow.ArrayData {
	d := array.NewData(typ, data.Len(), data.Buffers(), data.Children(), data.NullN(), data.Offset())
	if dict, ok := data.Dictionary().(*array.Data); ok && dict != nil {
		d.SetDictionary(dict)
	}
	return d
}

// children changes the leaves of the children of an array, from one on.
func (v *visit) children(data arrow.ArrayData, from int) arrow.ArrayData {
	all := append([]arrow.ArrayData(nil), data.Children()...)
	for i := from; i < len(all); i++ {
		all[i] = v.array(all[i], all[i].DataType())
	}
	return array.NewData(data.DataType(), data.Len(), data.Buffers(), all, data.NullN(), data.Offset())
}

// walk lists the leaves of a field; lists is how many it is in.
func (r *Reader) walk(path string, f arrow.Field, lists int) {
	typ := f.Type
	if e, ok := typ.(arrow.ExtensionType); ok {
		typ = e.StorageType()
	}
	switch t := typ.(type) {
	case *arrow.MapType:
		r.walk(path+".key", t.KeyField(), lists+1)
		r.walk(path+".value", t.ItemField(), lists+1)
	case arrow.ListLikeType:
		r.walk(path+".item", t.ElemField(), lists+1)
	case *arrow.RunEndEncodedType:
		first := len(r.leaves)
		r.walk(path, arrow.Field{Name: f.Name, Type: t.Encoded(), Nullable: f.Nullable}, lists)
		for i := first; i < len(r.leaves); i++ {
			r.leaves[i].runs = true
		}
	case arrow.NestedType:
		for _, inner := range t.Fields() {
			r.walk(path+"."+inner.Name, inner, lists)
		}
	default:
		l := leaf{layout: layoutOf(valueType(typ), f.Metadata)}
		l.Index, l.Path, l.Logical = len(r.leaves), path, f.Type.String()
		l.Optional, l.MaxRep = f.Nullable, lists
		if l.known {
			l.Physical, l.TypeLength = l.plain.Physical.String(), l.plain.Length
		}
		if _, ok := l.plain.Logical.(schema.UUIDLogicalType); ok { // told by the field's metadata alone
			l.Logical = l.plain.Logical.String()
		}
		r.leaves = append(r.leaves, l)
	}
}

// valueType is the type of a dictionary's entries, or t.
func valueType(t arrow.DataType) arrow.DataType {
	if d, ok := t.(*arrow.DictionaryType); ok {
		return d.ValueType
	}
	return t
}

// A placed is the array of a leaf in a batch, and the row of each of its places,
// nil if these are the rows. What stands under nulls, or in no list, has a row
// too: it is in the data all the same.
type placed struct {
	array arrow.Array
	rows  []int64
}

func (p *placed) row(i int) int64 {
	if p.rows == nil {
		return int64(i)
	}
	return p.rows[i]
}

// collect finds the leaves of an array whose places are in rows.
func (b *Batch) collect(a arrow.Array, rows []int64) {
	here := placed{a, rows}
	if e, ok := a.(array.ExtensionArray); ok {
		b.collect(e.Storage(), rows)
		return
	}
	switch a := a.(type) {
	case *array.Map:
		under := spread(a, &here)
		b.collect(a.Keys(), under)
		b.collect(a.Items(), under)
	case array.ListLike:
		b.collect(a.ListValues(), spread(a, &here))
	case *array.RunEndEncoded:
		b.collect(a.Values(), runRows(a, &here))
	case *array.Struct:
		for i := range a.NumField() {
			b.collect(a.Field(i), rows)
		}
	case *array.SparseUnion:
		for i := range a.NumFields() {
			b.collect(a.Field(i), rows)
		}
	case *array.DenseUnion:
		for i := range a.NumFields() {
			under := absent(a.Field(i).Len())
			for j := range a.Len() {
				if a.ChildID(j) == i {
					under[a.ValueOffset(j)] = here.row(j)
				}
			}
			b.collect(a.Field(i), settle(under))
		}
	default:
		b.places = append(b.places, here)
	}
}

// spread gives the items of lists the rows of these.
func spread(a array.ListLike, p *placed) []int64 {
	under := absent(a.ListValues().Len())
	for i := range a.Len() {
		from, to := a.ValueOffsets(i)
		for k := from; k < to; k++ {
			under[k] = p.row(i)
		}
	}
	return settle(under)
}

// runRows gives each value of runs the row that its run begins with.
func runRows(a *array.RunEndEncoded, p *placed) []int64 {
	under := absent(a.Values().Len())
	first := a.GetPhysicalOffset()
	for k := first; k < min(first+a.GetPhysicalLength(), len(under)); k++ {
		start := 0
		if k > first {
			start = endOf(a.RunEndsArr(), k-1) - a.Data().Offset()
		}
		if start >= 0 && start < a.Len() {
			under[k] = p.row(start)
		}
	}
	return settle(under)
}

// endOf returns where run k ends.
func endOf(ends arrow.Array, k int) int {
	switch e := ends.(type) {
	case *array.Int16:
		return int(e.Value(k))
	case *array.Int32:
		return int(e.Value(k))
	case *array.Int64:
		return int(e.Value(k))
	}
	return -1
}

func absent(n int) []int64 {
	rows := make([]int64, n)
	for i := range rows {
		rows[i] = -1
	}
	return rows
}

// settle gives places without a row that of the place before.
func settle(rows []int64) []int64 {
	last := int64(0)
	for i, r := range rows {
		if r < 0 {
			rows[i] = last
		}
		last = rows[i]
	}
	return rows
}
