package aggregate

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/writer"
)

// String is the number in as many digits as it is worth, "" for NaN.
func (f Figure) String() string {
	v := float64(f)
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return ""
	case v == math.Trunc(v) && math.Abs(v) < 1e15:
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'g', 12, 64)
}

// Notes say in words what was done to protect people, and what was left out.
func (r *Result) Notes() []string {
	var notes []string
	if r.K > 1 {
		unit := r.Unit
		if r.ByPerson {
			unit = "people"
		}
		notes = append(notes, fmt.Sprintf("%d groups with fewer than %d %s are left out, and %d more that would give one of them away",
			r.Suppressed, r.K, unit, r.Secondary))
	}
	if n := r.Noise; n != nil {
		notes = append(notes, fmt.Sprintf("differentially private for each %s: epsilon %g, delta %g, at most %d records each; counts are off by %g (standard deviation)",
			n.Unit, n.Epsilon, n.Delta, n.Contributions, n.CountError))
		if n.SumError > 0 {
			notes = append(notes, fmt.Sprintf("summed values are cut at ±%d; sums are off by %g (standard deviation)", n.Clip, n.SumError))
		}
		notes = append(notes, fmt.Sprintf("groups with a noisy count under %d are left out", n.Threshold))
		if n.Budget > 0 {
			notes = append(notes, fmt.Sprintf("the ledger has %g of %g spent", n.Spent, n.Budget))
		}
	}
	if r.DistinctError > 0 {
		notes = append(notes, fmt.Sprintf("distinct counts are estimates (standard error %.1f%%)", 100*r.DistinctError))
	}
	if r.Spilled > 0 {
		notes = append(notes, fmt.Sprintf("the groups did not fit into memory: %d temporary files were merged", r.Spilled))
	}
	if r.Total != nil {
		notes = append(notes, fmt.Sprintf("total: %d %s", *r.Total, r.Unit))
	}
	return notes
}

// WriteTable writes r as a table for people at most width characters wide (0: as
// wide as it gets), with its notes.
func (r *Result) WriteTable(w io.Writer, width int) error {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.OptionsNoBordersAndSeparators
	t.Style().Format.Header = text.FormatDefault
	header := table.Row{}
	var configs []table.ColumnConfig
	for _, k := range r.Keys {
		header = append(header, k)
	}
	rest := width
	for i, f := range r.Figures {
		header = append(header, f)
		configs = append(configs, table.ColumnConfig{Number: len(r.Keys) + i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight})
		rest -= max(len(f), 9) + 2
	}
	for i := range r.Keys {
		if width > 0 {
			configs = append(configs, table.ColumnConfig{Number: i + 1, WidthMax: max(rest/len(r.Keys)-2, 8), WidthMaxEnforcer: text.WrapHard})
		}
	}
	t.AppendHeader(header)
	t.SetColumnConfigs(configs)
	for _, g := range r.Groups {
		row := table.Row{}
		for _, k := range g.Keys {
			row = append(row, printable(k))
		}
		for _, f := range g.Figures {
			row = append(row, f.String())
		}
		t.AppendRow(row)
	}
	_, err := io.WriteString(w, t.Render()+"\n")
	for _, note := range r.Notes() {
		if err == nil {
			_, err = io.WriteString(w, "# "+note+"\n")
		}
	}
	return err
}

// printable keeps control characters out of a terminal.
func printable(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || c >= 0x80 && c < 0xa0 {
			return '\uFFFD'
		}
		return c
	}, s)
}

// WriteCSV writes the groups as CSV with a header (RFC 4180).
func (r *Result) WriteCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	row := append(append([]string{}, r.Keys...), r.Figures...)
	err := c.Write(row)
	for _, g := range r.Groups {
		if err != nil {
			return err
		}
		row = append(row[:0], g.Keys...)
		for _, f := range g.Figures {
			row = append(row, f.String())
		}
		err = c.Write(row)
	}
	if err != nil {
		return err
	}
	c.Flush()
	return c.Error()
}

// WriteJSON writes all of r as JSON.
func (r *Result) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// WriteParquet writes the groups as Parquet: keys are strings, the count an
// integer, other figures doubles that may be null. What is no letter or digit in
// a column's name is an underscore there.
func (r *Result) WriteParquet(w io.Writer) error {
	var fields []reflect.StructField
	used := map[string]bool{}
	add := func(name string, of reflect.Type, tag string) {
		column := columnName(name)
		for used[column] {
			column += "_"
		}
		used[column] = true
		fields = append(fields, reflect.StructField{Name: "F" + strconv.Itoa(len(fields)), Type: of,
			Tag: reflect.StructTag(`parquet:"name=` + column + `, ` + tag + `"`)})
	}
	for _, k := range r.Keys {
		add(k, reflect.TypeFor[string](), "type=BYTE_ARRAY, convertedtype=UTF8")
	}
	for i, f := range r.Figures {
		if i == 0 {
			add(f, reflect.TypeFor[int64](), "type=INT64")
		} else {
			add(f, reflect.TypeFor[*float64](), "type=DOUBLE, repetitiontype=OPTIONAL")
		}
	}
	shape := reflect.StructOf(fields)
	p, err := writer.NewParquetWriterFromWriter(w, reflect.New(shape).Interface(), 1)
	if err != nil {
		return err
	}
	p.RowGroupSize = 8 << 20
	p.CompressionType = parquet.CompressionCodec_SNAPPY
	for _, g := range r.Groups {
		row := reflect.New(shape).Elem()
		for i, k := range g.Keys {
			row.Field(i).SetString(k)
		}
		for i, f := range g.Figures {
			at := row.Field(len(g.Keys) + i)
			if i == 0 {
				at.SetInt(int64(f))
			} else if v := float64(f); !math.IsNaN(v) {
				at.Set(reflect.ValueOf(&v))
			}
		}
		if err := p.Write(row.Interface()); err != nil {
			return err
		}
	}
	return p.WriteStop()
}

func columnName(s string) string {
	s = strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return '_'
	}, s)
	return strings.Trim(s, "_")
}
