package parquet

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"
)

// Metadata of fields inside of every nested type is shown, or goes.
func TestMetadataInsideOfTypes(t *testing.T) {
	inner := arrow.Field{Name: "x", Type: arrow.BinaryTypes.String, Nullable: true, Metadata: arrow.NewMetadata([]string{"note"}, []string{"of secret-1"})}
	deep := arrow.StructOf(inner)
	pairs := arrow.MapOfWithMetadata(arrow.BinaryTypes.String, inner.Metadata, deep, inner.Metadata)
	pairs.KeysSorted = true
	pairs.SetItemNullable(false)
	for name, typ := range map[string]arrow.DataType{
		"map":        pairs,
		"list":       arrow.ListOfField(inner),
		"list view":  arrow.ListViewOfField(inner),
		"large view": arrow.LargeListViewOfField(inner),
		"union":      arrow.DenseUnionOf([]arrow.Field{inner}, []arrow.UnionTypeCode{5}),
		"runs":       arrow.RunEndEncodedOf(arrow.PrimitiveTypes.Int32, deep),
		"in a map":   arrow.MapOf(arrow.BinaryTypes.String, arrow.ListOf(pairs)),
	} {
		t.Run(name, func(t *testing.T) {
			schema := arrow.NewSchema([]arrow.Field{{Name: "f", Type: typ}}, nil)
			var b bytes.Buffer
			if err := ipc.NewWriter(&b, ipc.WithSchema(schema)).Close(); err != nil {
				t.Fatal(err)
			}
			if !bytes.Contains(b.Bytes(), []byte("secret-1")) {
				t.Fatal("the value is not found before the change either")
			}
			out, err := rewriteArrowSchema(base64.StdEncoding.EncodeToString(b.Bytes()), func(kv KeyValue) (string, bool) {
				return strings.ReplaceAll(kv.Value, "secret-1", "-"), true
			})
			if err != nil {
				t.Fatal(err)
			}
			raw, err := base64.StdEncoding.DecodeString(out)
			if err != nil || bytes.Contains(raw, []byte("secret-1")) {
				t.Errorf("the value is left (%v)", err)
			}
			r, err := ipc.NewReader(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			defer r.Release()
			if got := r.Schema().Field(0).Type; got.String() != strings.ReplaceAll(typ.String(), "secret-1", "-") {
				t.Errorf("%s became %s", typ, got)
			}
		})
	}
}
