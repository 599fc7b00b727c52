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
			same, err := rewriteArrowSchema(base64.StdEncoding.EncodeToString(b.Bytes()), func(kv KeyValue) (string, bool) { return kv.Value, true })
			if err != nil || same != base64.StdEncoding.EncodeToString(b.Bytes()) {
				t.Errorf("it changed without a reason (%v)", err)
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

// TestSchemaUnread has a value in a schema that cannot be read, which goes then.
func TestSchemaUnread(t *testing.T) {
	raw := append([]byte("not a schema....\x0f\x00\x00\x00ann@example.com"), 0, 0)
	for _, value := range []string{base64.StdEncoding.EncodeToString(raw), "ann@example.com, no schema"} {
		for _, secret := range []string{"ann@example.com", "bob@example.com"} {
			var pair, r record
			pair.setBinary(kvKey, []byte(ArrowSchemaKey))
			pair.setBinary(kvValue, []byte(value))
			r.set(fileKeyValues, wireList, appendList(nil, wireStruct, [][]byte{pair.append(nil)}))
			err := rewriteMetadata(&r, fileKeyValues, "", func(kv KeyValue) (string, bool) {
				if kv.Key == ArrowSchemaKey {
					return kv.Value, true
				}
				return strings.ReplaceAll(kv.Value, secret, "-"), true
			})
			if gone := r.find(fileKeyValues) == nil; err != nil || gone != (secret == "ann@example.com") {
				t.Errorf("%q of %s: gone %t, %v", secret, value, gone, err)
			}
		}
	}
}
