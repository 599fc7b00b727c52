package pipeline

import (
	"cmp"
	"slices"

	"github.com/scrim-dev/scrim/detect"
)

// A Report says what was found in one input and done with it. It holds no
// value.
type Report struct {
	Path        string `json:"path"`
	Format      string `json:"format"`
	Compression string `json:"compression,omitempty"`
	// BytesIn counts the decompressed input, BytesOut the output before it is
	// compressed again.
	BytesIn  int64 `json:"bytes_in"`
	BytesOut int64 `json:"bytes_out"`
	// Lines counts line ends.
	Lines int64 `json:"lines"`
	// Kinds counts the matches of each kind.
	Kinds map[string]uint64 `json:"kinds"`
	// Fields counts them by field; "" is running text.
	Fields []FieldCount `json:"fields,omitempty"`
	// Columns says what columns were taken for.
	Columns []ColumnReport `json:"columns,omitempty"`
	// Failures counts values that a transform could not do, and that were
	// redacted instead; Dropped, records dropped; LongRecords, records over the
	// limit, which were searched in windows.
	Failures    uint64 `json:"failures"`
	Dropped     uint64 `json:"dropped_records"`
	LongRecords int64  `json:"long_records"`
	// Error says why the input was not read to its end; "" if it was.
	Error string `json:"error,omitempty"`
}

// A FieldCount counts the matches of a kind in a field.
type FieldCount struct {
	Field string `json:"field"`
	Kind  string `json:"kind"`
	Count uint64 `json:"count"`
}

// maxFields bounds the fields that are told apart: a file whose object keys are
// data has as many as it has records.
const maxFields = 10_000

// otherFields stands for the fields beyond maxFields.
const otherFields = "(other)"

// A tally adds up batches.
type tally struct {
	kinds  [detect.MaxKinds]uint64
	fields map[fieldCount]uint64
	report Report
	name   func(detect.Kind) string
}

func (t *tally) add(b *batch) {
	for k, n := range b.counts {
		t.kinds[k] += n
	}
	t.report.BytesIn += int64(b.body.end - b.body.start)
	t.report.BytesOut += int64(len(b.out))
	t.report.Lines += b.lines
	t.report.Failures += b.failures
	t.report.Dropped += b.dropped
	if b.long {
		t.report.LongRecords++
	}
	for _, f := range b.fields {
		if t.fields == nil {
			t.fields = map[fieldCount]uint64{}
		}
		if _, ok := t.fields[f]; !ok && len(t.fields) >= maxFields {
			f.field = otherFields
		}
		t.fields[f]++
	}
}

// finish returns the report.
func (t *tally) finish() *Report {
	r := &t.report
	r.Kinds = map[string]uint64{}
	for k, n := range t.kinds {
		if n > 0 {
			r.Kinds[t.name(detect.Kind(k))] += n
		}
	}
	for f, n := range t.fields {
		r.Fields = append(r.Fields, FieldCount{f.field, t.name(f.kind), n})
	}
	slices.SortFunc(r.Fields, func(a, b FieldCount) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Kind, b.Kind))
	})
	return r
}
