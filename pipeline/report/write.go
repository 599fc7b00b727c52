package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/writer"
)

// A column is one of a table for people.
type column struct {
	name  string
	text  func(Line) string
	right bool // numbers
	flex  bool // names, which can be shortened
}

func columns(by By) (out []column) {
	number := func(name string, n func(Line) int64) column {
		return column{name, func(l Line) string { return strconv.FormatInt(n(l), 10) }, true, false}
	}
	if by.File {
		out = append(out, column{"file", func(l Line) string { return l.Path }, false, true})
	}
	if by.Field {
		out = append(out, column{"field", func(l Line) string { return l.Field }, false, true})
	}
	out = append(out, column{"kind", func(l Line) string { return l.Kind }, false, false},
		number("count", func(l Line) int64 { return l.Count }),
		number("distinct", func(l Line) int64 { return l.Distinct }),
		number("records", func(l Line) int64 { return l.Records }),
		column{"share", func(l Line) string { return percent(l.Share) }, true, false},
		column{"score", scores, true, false})
	if by.File {
		out = append(out, number("line", func(l Line) int64 { return l.FirstLine }))
	}
	return out
}

// WriteTable writes lines as a table for people, at most width characters wide;
// 0 means as wide as it gets. Where width is scarce names lose their begin, and
// then the last columns go.
func WriteTable(w io.Writer, by By, lines []Line, width int) error {
	if len(lines) == 0 {
		_, err := io.WriteString(w, "nothing found\n")
		return err
	}
	cols := columns(by)
	wide := make([]int, len(cols))
	for i, c := range cols {
		wide[i] = len(c.name)
		for _, l := range lines {
			wide[i] = max(wide[i], text.StringWidth(c.text(l)))
		}
	}
	if width > 0 {
		cols, wide = fit(cols, wide, width)
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.OptionsNoBordersAndSeparators
	t.Style().Format.Header = text.FormatDefault
	header := table.Row{}
	var configs []table.ColumnConfig
	for i, c := range cols {
		header = append(header, c.name)
		config := table.ColumnConfig{Number: i + 1, WidthMax: wide[i], WidthMaxEnforcer: shorten}
		if c.right {
			config.Align, config.AlignHeader = text.AlignRight, text.AlignRight
		}
		configs = append(configs, config)
	}
	t.AppendHeader(header)
	t.SetColumnConfigs(configs)
	for _, l := range lines {
		row := table.Row{}
		for _, c := range cols {
			row = append(row, c.text(l))
		}
		t.AppendRow(row)
	}
	_, err := io.WriteString(w, t.Render()+"\n")
	return err
}

// fit makes columns as narrow as a width wants: each has a space on both sides.
func fit(cols []column, wide []int, width int) ([]column, []int) {
	const leastName = 8
	for {
		spare := width
		var names []int
		for i, c := range cols {
			spare -= 2
			if c.flex {
				names = append(names, i)
			} else {
				spare -= wide[i]
			}
		}
		if spare < len(names)*leastName && len(cols) > len(names)+2 {
			cols, wide = cols[:len(cols)-1], wide[:len(wide)-1]
			continue
		}
		// The shorter names take what they want, the longer the rest.
		slices.SortFunc(names, func(a, b int) int { return wide[a] - wide[b] })
		for k, i := range names {
			wide[i] = min(wide[i], max(spare/(len(names)-k), leastName))
			spare -= wide[i]
		}
		return cols, wide
	}
}

// shorten keeps the end of a name, which tells more than its begin.
func shorten(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return "…" + string(r[len(r)-most+1:])
}

func percent(share float64) string {
	if share > 0 && share < 0.001 {
		return "<0.1%"
	}
	if share > 0.9995 && share < 1 {
		return ">99.9%"
	}
	return strconv.FormatFloat(100*share, 'f', 1, 64) + "%"
}

func scores(l Line) string {
	if l.ScoreMin == l.ScoreMax {
		return strconv.Itoa(int(l.ScoreMin))
	}
	return fmt.Sprintf("%d-%d", l.ScoreMin, l.ScoreMax)
}

// WriteCSV writes lines as CSV with a header (RFC 4180).
func WriteCSV(w io.Writer, lines []Line) error {
	c := csv.NewWriter(w)
	err := c.Write([]string{"path", "field", "kind", "count", "records", "share", "distinct", "score_min", "score_max", "first_line", "new"})
	for _, l := range lines {
		if err != nil {
			return err
		}
		err = c.Write([]string{
			l.Path, l.Field, l.Kind, strconv.FormatInt(l.Count, 10), strconv.FormatInt(l.Records, 10),
			strconv.FormatFloat(l.Share, 'f', -1, 64), strconv.FormatInt(l.Distinct, 10), strconv.Itoa(int(l.ScoreMin)),
			strconv.Itoa(int(l.ScoreMax)), strconv.FormatInt(l.FirstLine, 10), strconv.FormatBool(l.New),
		})
	}
	if err != nil {
		return err
	}
	c.Flush()
	return c.Error()
}

// WriteParquet writes lines as one Parquet file.
func WriteParquet(w io.Writer, lines []Line) error {
	p, err := NewParquet(w, new(Line))
	if err != nil {
		return err
	}
	for i := range lines {
		if err := p.Write(&lines[i]); err != nil {
			return err
		}
	}
	return p.WriteStop()
}

// NewParquet returns a writer of Parquet rows of the shape of row, a pointer to
// a struct with parquet tags. Row groups have 8 MiB, which bounds its memory.
func NewParquet(w io.Writer, row any) (*writer.ParquetWriter, error) {
	p, err := writer.NewParquetWriterFromWriter(w, row, 1)
	if err != nil {
		return nil, err
	}
	p.RowGroupSize = 8 << 20
	p.CompressionType = parquet.CompressionCodec_SNAPPY
	return p, nil
}
