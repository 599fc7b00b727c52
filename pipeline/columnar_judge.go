package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
	"github.com/scrim-dev/scrim/transform"
)

// take judges the columns of an input that begins with groups.
func (s *columnSearch) take(ctx context.Context, columns []parquet.Column, groups []rowGroup) error {
	for i, c := range columns {
		sampled := groups
		if c.Physical == "BOOLEAN" || c.Physical == "" {
			sampled = nil
		}
		k := &s.columns[i]
		k.field = s.names.newField(c.Path)
		s.names.shown(&k.field)
		named := c.Path
		if k.field.says.Kind == detect.None {
			named = outerName(c)
			k.field.says = s.names.newField(named).says
		}
		k.form = formOf(c, k.field.says, nil)
		sample, err := sampleOf(ctx, i, k.form, sampled)
		if err == nil && areUUIDs(c, k.field.says, sample) {
			k.form = parquet.FormUUID
			sample, err = sampleOf(ctx, i, k.form, sampled)
		}
		if err != nil {
			return err
		}
		k.field.says = s.judged.judge(s.names, c.Path, named, sample)
		k.many, k.number = c.MaxRep > 0, c.Physical != "BYTE_ARRAY" && c.Physical != "FIXED_LEN_BYTE_ARRAY"
		if k.form != parquet.FormUUID {
			k.form = formOf(c, k.field.says, sample)
		}
		k.place = placeOf(c, k.form)
		k.place.Required = !c.Optional
		if k.place.Typed {
			k.sample = sample
		}
		k.search = searchable(c, k.field.says)
		k.timed = k.field.says.Kind != detect.BirthDate && (c.Physical == "BYTE_ARRAY" || c.Physical == "INT96" ||
			strings.HasPrefix(strings.ToLower(c.Logical), "timestamp") || strings.HasPrefix(strings.ToLower(c.Logical), "date"))
		if k.field.says.Given && !k.search {
			return fmt.Errorf("column %s: values of its type cannot be searched or changed; take it out of the policy", k.field.show)
		}
	}
	return nil
}

// placeOf says what can stand in a column.
func placeOf(c parquet.Column, form parquet.Form) transform.Place {
	logical := strings.ToLower(c.Logical)
	switch {
	case form == parquet.FormIP, form == parquet.FormUUID, logical == "uuid", logical == "float16":
		return transform.Place{Typed: true}
	case strings.HasPrefix(logical, "decimal"):
		return transform.Place{Typed: true, Bits: decimalBits(logical)}
	case c.Physical == "BYTE_ARRAY", c.Physical == "FIXED_LEN_BYTE_ARRAY":
		return transform.Place{} // text, or bytes that are searched as such
	case c.Physical == "DOUBLE":
		return transform.Place{Typed: true, Bits: 53}
	case c.Physical != "INT32" && c.Physical != "INT64", logical != "none" && !strings.HasPrefix(logical, "int") && !strings.HasPrefix(logical, "uint"):
		return transform.Place{Typed: true}
	}
	bits := 63
	if c.Physical == "INT32" {
		bits = 31
	}
	if strings.HasPrefix(logical, "uint") || strings.Contains(logical, "issigned=false") {
		bits++
	}
	return transform.Place{Typed: true, Bits: bits}
}

// errEnough ends the reading of a sample.
var errEnough = errors.New("enough")

// maxSampled bounds the row groups that a sample is looked for in, where columns
// begin with nothing but nulls; maxSampledLength, what is looked at of a value, in
// bytes.
const maxSampled, maxSampledLength = 16, 4 << 10

// sampleOf returns the first values of column i, or those of its first dictionary,
// where each stands once.
func sampleOf(ctx context.Context, i int, form parquet.Form, groups []rowGroup) (sample [][]byte, err error) {
	for _, g := range groups[:min(len(groups), maxSampled)] {
		err := g.Values(ctx, i, form, func(v *parquet.Values) error {
			for _, v := range v.Text {
				if len(sample) == detect.MaxColumnValues {
					return errEnough
				}
				sample = append(sample, bytes.Clone(v[:min(len(v), maxSampledLength)]))
			}
			if v.Dict {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			return nil, err
		}
		if len(sample) > 0 {
			break
		}
	}
	return sample, nil
}

// searchable says whether a column may hold personal data. Text may hold anything;
// a number only what its name says it is.
func searchable(c parquet.Column, says detect.Field) bool {
	logical := strings.ToLower(c.Logical)
	switch {
	case c.Physical == "":
		return false
	case c.Physical == "BOOLEAN", logical == "geometry", logical == "geography":
		return says.Given
	case strings.HasPrefix(logical, "decimal"), logical == "float16":
		return says.Kind != detect.None
	case c.Physical == "BYTE_ARRAY", c.Physical == "FIXED_LEN_BYTE_ARRAY":
		return true
	}
	return says.Kind != detect.None
}

// formOf says in which form the values of a column are seen, of which a sample may
// be known.
func formOf(c parquet.Column, says detect.Field, sample [][]byte) parquet.Form {
	if says.Kind != detect.IPv4 && says.Kind != detect.IPv6 {
		return parquet.FormText
	}
	switch {
	case c.Physical == "INT32", c.Physical == "INT64", c.Physical == "BYTE_ARRAY" && areAddresses(sample),
		c.Physical == "FIXED_LEN_BYTE_ARRAY" && (c.TypeLength == 4 || c.TypeLength == 16):
		return parquet.FormIP
	}
	return parquet.FormText
}

// areAddresses says whether values are IP addresses as the 4 or 16 bytes that they
// are on the wire, and no text.
func areAddresses(values [][]byte) bool {
	binary := false
	for _, v := range values {
		if len(v) != 4 && len(v) != 16 {
			return false
		}
		for _, c := range v {
			binary = binary || c < ' '
		}
		binary = binary || !utf8.Valid(v)
	}
	return binary
}
