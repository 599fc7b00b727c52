package report

import "github.com/scrim-dev/scrim/pipeline"

// A FindingRow is a [pipeline.Finding] as a row of a Parquet file.
type FindingRow struct {
	Path     string  `parquet:"name=path, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Line     int64   `parquet:"name=line, type=INT64"`
	Start    int64   `parquet:"name=start, type=INT64"`
	End      int64   `parquet:"name=end, type=INT64"`
	Offset   int64   `parquet:"name=offset, type=INT64"`
	Kind     string  `parquet:"name=kind, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Score    int32   `parquet:"name=score, type=INT32"`
	Field    string  `parquet:"name=field, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Detector string  `parquet:"name=detector, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Value    *string `parquet:"name=value, type=BYTE_ARRAY, convertedtype=UTF8, repetitiontype=OPTIONAL"`
}

// NewFindingRow returns the row of f. It is null where f has no Value.
func NewFindingRow(f *pipeline.Finding) *FindingRow {
	r := &FindingRow{Path: f.Path, Line: f.Line, Start: f.Start, End: f.End, Offset: f.Offset, Kind: f.Kind,
		Score: int32(f.Score), Field: f.Field, Detector: f.Detector}
	if f.Value != "" {
		r.Value = &f.Value
	}
	return r
}
