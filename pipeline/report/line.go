package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// By says what the lines of a table are told apart by, besides kinds.
type By struct{ File, Field bool }

// ParseBy reads words of file, field and kind with commas between.
func ParseBy(words []string) (By, error) {
	var by By
	for _, word := range words {
		switch strings.TrimSpace(word) {
		case "file":
			by.File = true
		case "field":
			by.Field = true
		case "kind": // always
		default:
			return by, fmt.Errorf("want file, field or kind, or several with commas between")
		}
	}
	return by, nil
}

// A Line is a Row with its file: a line of a table, of a CSV or Parquet file.
type Line struct {
	Path      string  `parquet:"name=path, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Field     string  `parquet:"name=field, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Kind      string  `parquet:"name=kind, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Count     int64   `parquet:"name=count, type=INT64"`
	Records   int64   `parquet:"name=records, type=INT64"`
	Share     float64 `parquet:"name=share, type=DOUBLE"`
	Distinct  int64   `parquet:"name=distinct, type=INT64"`
	ScoreMin  int32   `parquet:"name=score_min, type=INT32"`
	ScoreMax  int32   `parquet:"name=score_max, type=INT32"`
	FirstLine int64   `parquet:"name=first_line, type=INT64"`
	New       bool    `parquet:"name=new, type=BOOLEAN"`
}

// Lines returns the rows of the report, by file, by field, by both or by kind
// only.
func (r *Report) Lines(by By) []Line {
	var out []Line
	add := func(path string, rows []Row) {
		for _, x := range rows {
			out = append(out, Line{path, x.Field, x.Kind, int64(x.Count), int64(x.Records), x.Share, int64(x.Distinct),
				int32(x.ScoreMin), int32(x.ScoreMax), x.FirstLine, r.isNew(path, x)})
		}
	}
	switch {
	case by.File:
		for _, in := range r.Inputs {
			rows := in.Kinds
			if by.Field {
				rows = in.Fields
			}
			add(in.Path, rows)
		}
		slices.SortStableFunc(out, func(a, b Line) int { return cmp.Compare(a.Path, b.Path) })
	case by.Field:
		add("", r.Totals.Fields)
	default:
		add("", r.Totals.Kinds)
	}
	return out
}
