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
)

// take judges the columns of an input that begins with groups.
func (s *columnSearch) take(ctx context.Context, columns []parquet.Column, groups []rowGroup) error {
	for i, c := range columns {
		sampled := groups
		if c.Physical == "BOOLEAN" || c.Physical == "" {
			sampled = nil
		}
		sample, err := s.judge(ctx, i, c.Path, sampled)
		if err != nil {
			return err
		}
		k := &s.columns[i]
		k.many, k.number = c.MaxRep > 0, c.Physical != "BYTE_ARRAY" && c.Physical != "FIXED_LEN_BYTE_ARRAY"
		k.search, k.form = searchable(c, k.field.says, sample)
		k.timed = k.field.says.Kind != detect.BirthDate && (c.Physical == "BYTE_ARRAY" || c.Physical == "INT96" ||
			strings.HasPrefix(strings.ToLower(c.Logical), "timestamp") || strings.HasPrefix(strings.ToLower(c.Logical), "date"))
		if k.field.says.Given && !k.search {
			return fmt.Errorf("column %s: values of its type cannot be searched or changed; take it out of the policy", k.field.show)
		}
	}
	return nil
}

// errEnough ends the reading of a sample.
var errEnough = errors.New("enough")

// maxSampled bounds the row groups that a sample is looked for in, where columns
// begin with nothing but nulls; maxSampledLength, what is looked at of a value, in
// bytes.
const maxSampled, maxSampledLength = 16, 4 << 10

// judge looks at a sample of column i: its first values, or its first dictionary,
// where each value stands once. It returns the sample.
func (s *columnSearch) judge(ctx context.Context, i int, name string, groups []rowGroup) (sample [][]byte, err error) {
	c := &s.columns[i]
	c.field = s.names.newField(name)
	s.names.shown(&c.field)
	for _, g := range groups[:min(len(groups), maxSampled)] {
		_, err := g.Count(ctx, i, parquet.FormText, func(texts [][]byte, _ bool) (bool, error) {
			for _, v := range texts {
				if len(sample) == detect.MaxColumnValues {
					return false, errEnough
				}
				sample = append(sample, bytes.Clone(v[:min(len(v), maxSampledLength)]))
			}
			return false, nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			return nil, err
		}
		if len(sample) > 0 {
			break
		}
	}
	c.field.says = s.judged.judge(s.names, name, sample)
	return sample, nil
}

// searchable says whether a column may hold personal data, and in which form its
// values are to be seen. Text may hold anything; a number only what its name
// says it is.
func searchable(c parquet.Column, says detect.Field, sample [][]byte) (bool, parquet.Form) {
	form := parquet.FormText
	if says.Kind == detect.IPv4 || says.Kind == detect.IPv6 {
		switch {
		case c.Physical == "INT32", c.Physical == "INT64", c.Physical == "BYTE_ARRAY" && areAddresses(sample),
			c.Physical == "FIXED_LEN_BYTE_ARRAY" && (c.TypeLength == 4 || c.TypeLength == 16):
			form = parquet.FormIP
		}
	}
	switch c.Physical {
	case "":
		return false, form
	case "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY":
		return true, form
	case "BOOLEAN":
		return says.Given, form
	}
	return says.Kind != detect.None, form
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
