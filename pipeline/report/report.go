// Package report says what a scan found: as a table, JSON, CSV, Parquet, SARIF
// or a page of HTML. No report holds a value.
//
//  1. A [Survey] watches the pipeline and counts, with a sketch of the distinct
//     values of each kind in each field.
//  2. [Survey.Report] gives the [Report], the shape of the JSON that
//     docs/scan.schema.json describes.
//  3. [Report.Compare] says what is new since another one.
//  4. WriteTable, WriteCSV, WriteJSON, WriteParquet, WriteSARIF and WriteHTML
//     show it; a [Breach] is the part of it that a notice to an authority wants.
//
// # Terminology
//
//   - Record: a line of text, a CSV record, a JSON value, a row of columnar data.
//   - Touched: a record in which something was found.
//   - Row: the counts of one kind, in one field or in all.
//   - Distinct: how many different values there are, by their canonical
//     spelling, as estimated with HyperLogLog (Flajolet et al. 2007, in the
//     LogLog-Beta form).
package report

import (
	"encoding/json"
	"errors"
	"io"

	"github.com/scrim-dev/scrim/pipeline"
)

// Schema names the shape of a Report. Fields may be added under one name, but
// not taken away or given another meaning.
const Schema = "scrim.scan/1"

// A Report is the result of a scan.
type Report struct {
	Schema   string    `json:"schema"`
	Version  string    `json:"version"`
	Distinct Estimate  `json:"distinct"`
	Totals   Totals    `json:"totals"`
	Inputs   []Input   `json:"inputs"`
	Timeline *Timeline `json:"timeline,omitempty"`
	// New is set by Compare.
	New *News `json:"new,omitempty"`
}

// An Estimate says how distinct values were counted.
type Estimate struct {
	Method string `json:"method"`
	// StandardError is relative: two thirds of all estimates are nearer.
	StandardError float64 `json:"standard_error"`
}

// Totals are the counts of all inputs together.
type Totals struct {
	Inputs  int     `json:"inputs"`
	Bytes   int64   `json:"bytes"`
	Records int64   `json:"records"`
	Touched int64   `json:"records_touched"`
	Period  *Period `json:"period,omitempty"`
	// Kinds are by kind, Fields by field and kind, over all inputs.
	Kinds  []Row `json:"kinds"`
	Fields []Row `json:"fields"`
}

// An Input is one file.
type Input struct {
	Path        string  `json:"path"`
	Format      string  `json:"format"`
	Compression string  `json:"compression,omitempty"`
	Bytes       int64   `json:"bytes"` // decompressed
	Lines       int64   `json:"lines"`
	Records     int64   `json:"records"`
	Touched     int64   `json:"records_touched"`
	LongRecords int64   `json:"long_records,omitempty"`
	Period      *Period `json:"period,omitempty"`
	Kinds       []Row   `json:"kinds"`
	Fields      []Row   `json:"fields"`
	// Columns says what columns were taken for, and why.
	Columns []pipeline.ColumnReport `json:"columns,omitempty"`
	Error   string                  `json:"error,omitempty"`
}

// A Row is what was found of a kind.
type Row struct {
	// Field is "" in running text, and in rows by kind. A name that is itself
	// personal data is the name of its kind in brackets.
	Field    string `json:"field"`
	Kind     string `json:"kind"`
	Count    uint64 `json:"count"`
	Records  uint64 `json:"records"`
	Distinct uint64 `json:"distinct"`
	// Share is that of the records touched, from 0 to 1.
	Share float64 `json:"share"`
	// Scores are percent.
	ScoreMin uint8 `json:"score_min"`
	ScoreMax uint8 `json:"score_max"`
	// FirstLine is the line, from 1, of the first match; 0 in totals.
	FirstLine int64 `json:"first_line,omitempty"`
}

// A Period is the time in which records lie that hold personal data.
type Period struct {
	From string `json:"from"` // RFC 3339, UTC
	To   string `json:"to"`
	// Records are those that said their time.
	Records int64 `json:"records"`
}

// A Timeline counts matches by the time of their records.
type Timeline struct {
	StepSeconds int64   `json:"step_seconds"`
	Points      []Point `json:"points"` // ascending; times without matches are left out
}

// A Point is one step of a Timeline.
type Point struct {
	At    string            `json:"at"` // its begin, RFC 3339, UTC
	Kinds map[string]uint64 `json:"kinds"`
}

// ErrNotReport says that what was read is no report of this program.
var ErrNotReport = errors.New("is no report of scrim scan --format json")

// Read reads what WriteJSON wrote.
func Read(r io.Reader) (*Report, error) {
	var report Report
	if err := json.NewDecoder(r).Decode(&report); err != nil || report.Schema != Schema {
		return nil, ErrNotReport // the decoder's error would quote the input
	}
	return &report, nil
}

// WriteJSON writes the report as docs/scan.schema.json describes it.
func (r *Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}
