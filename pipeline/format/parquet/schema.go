package parquet

import (
	"errors"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// parseSchema has v17 read the schema: from a footer without row groups, which
// it would take apart too.
func (f *File) parseSchema() error {
	elems, err := f.footer.list(fileSchema, wireStruct)
	if err != nil {
		return err
	}
	if err := checkSchema(elems); err != nil {
		return err
	}
	elems, unknown := knownSchema(elems)
	bare := make(record, 0, 4)
	if v := f.footer.find(fileVersion); v != nil {
		bare = append(bare, *v)
	}
	bare.set(fileSchema, wireList, appendList(nil, wireStruct, elems))
	bare.setInteger(fileNumRows, wireI64, 0)
	bare.set(fileRowGroups, wireList, appendList(nil, wireStruct, nil))
	meta, err := metadata.NewFileMetaData(bare.append(nil), nil)
	if err != nil || meta.Schema == nil {
		return errors.New("the schema cannot be read")
	}
	for i := range meta.Schema.NumColumns() {
		c := meta.Schema.Column(i)
		if c == nil || c.MaxDefinitionLevel() > 255 || c.MaxRepetitionLevel() > 255 {
			return errors.New("the schema is nested too deeply")
		}
		l := leaf{typ: c.PhysicalType(), form: c.LogicalType(), Column: Column{
			Index:      i,
			Path:       c.Path(),
			Physical:   c.PhysicalType().String(),
			TypeLength: c.TypeLength(),
			MaxDef:     int(c.MaxDefinitionLevel()),
			MaxRep:     int(c.MaxRepetitionLevel()),
			Optional:   c.SchemaNode().RepetitionType() == parquet.Repetitions.Optional,
		}}
		if l.form == nil || l.form.IsNone() || !l.form.IsValid() {
			// Written before logical types, or with one that v17 does not know.
			l.form = c.ConvertedType().ToLogicalType(schema.DecimalMetadata{})
			if d := decimalOf(c); d != nil {
				l.form = d
			}
		}
		l.Logical = l.form.String()
		if name := unknown[i]; name != "" {
			l.Logical = name
		}
		if l.descr, err = flat(c); err != nil {
			return &Error{Column: l.Path, RowGroup: -1, Err: err}
		}
		f.leaves = append(f.leaves, l)
	}
	return nil
}

// Logical types that v17 does not know; it panics at them.
var newLogical = map[int16]string{16: "Variant", 17: "Geometry", 18: "Geography"}

// knownSchema takes logical types that v17 does not know out of a checked
// schema and returns their names by leaf.
func knownSchema(elems [][]byte) (known [][]byte, unknown map[int]string) {
	known, unknown = make([][]byte, len(elems)), map[int]string{}
	leaves := 0
	for i, raw := range elems {
		known[i] = raw
		e, _, _ := parseRecord(raw)
		if t, ok := e.record(schemaLogical); ok && (len(t) != 1 || t[0].id < 1 || t[0].id == 9 || t[0].id > 15) {
			unknown[leaves] = "unknown"
			if len(t) == 1 && newLogical[t[0].id] != "" {
				unknown[leaves] = newLogical[t[0].id]
			}
			e.drop(schemaLogical)
			known[i] = e.append(nil)
		}
		if n, _ := e.integer(schemaNumChildren); n == 0 {
			leaves++
		} else {
			delete(unknown, leaves) // it was a group's
		}
	}
	return known, unknown
}

// checkSchema refuses a tree that v17 would follow too deeply, or make room for
// before it finds that the elements are not there.
func checkSchema(elems [][]byte) error {
	var open []int64 // children still to come, by level
	for i, raw := range elems {
		e, _, err := parseRecord(raw)
		if err != nil {
			return err
		}
		n, _ := e.integer(schemaNumChildren)
		if n < 0 || n >= int64(len(elems)) || (i > 0 && len(open) == 0) {
			return errSchema
		}
		if i > 0 {
			open[len(open)-1]--
		}
		if n > 0 {
			open = append(open, n)
		}
		for len(open) > 0 && open[len(open)-1] == 0 {
			open = open[:len(open)-1]
		}
		if len(open) > 255 {
			return errSchema
		}
	}
	if len(open) > 0 || len(elems) == 0 {
		return errSchema
	}
	return nil
}

var errSchema = errors.New("the schema is not a tree, or nested too deeply")

// flat is the column as it would be were it required and not nested: v17 is
// given the values of a page alone, with the levels taken off.
func flat(c *schema.Column) (*schema.Column, error) {
	n := int32(-1)
	if c.PhysicalType() == parquet.Types.FixedLenByteArray {
		n = int32(c.TypeLength())
		if n <= 0 {
			return nil, errors.New("the fixed length is not above zero")
		}
	}
	node, err := schema.NewPrimitiveNode("v", parquet.Repetitions.Required, c.PhysicalType(), -1, n)
	if err != nil {
		return nil, errors.New("the column's type is not valid")
	}
	return settled(schema.NewColumn(node, 0, 0)), nil
}

// decimalOf returns the decimal type of a column that has only a converted one.
func decimalOf(c *schema.Column) schema.LogicalType {
	n, ok := c.SchemaNode().(*schema.PrimitiveNode)
	if !ok || n.ConvertedType() != schema.ConvertedTypes.Decimal || !n.DecimalMetadata().IsSet {
		return nil
	}
	return schema.NewDecimalLogicalType(n.DecimalMetadata().Precision, n.DecimalMetadata().Scale)
}
