package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/xitongsys/parquet-go/parquet"
	"github.com/xitongsys/parquet-go/writer"
)

// WriteTable writes lines as a table for people, at most width characters wide
// where that can be had; 0 means as wide as it gets.
func WriteTable(w io.Writer, by By, lines []Line, width int) error {
	if len(lines) == 0 {
		_, err := io.WriteString(w, "nothing found\n")
		return err
	}
	header := table.Row{}
	if by.File {
		header = append(header, "file")
	}
	if by.Field {
		header = append(header, "field")
	}
	left := len(header) + 1
	header = append(header, "kind", "count", "distinct", "records", "share", "score")
	if by.File {
		header = append(header, "line")
	}
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.OptionsNoBordersAndSeparators
	t.Style().Format.Header = text.FormatDefault
	t.AppendHeader(header)
	var configs []table.ColumnConfig
	if width > 0 {
		// Numbers and kinds need some 60 columns; names share the rest.
		rest := width - 2*len(header) - 12
		for _, n := range []int{len("distinct") + 2, 7, 7, 6, 7} {
			rest -= n
		}
		if by.File {
			rest -= 6
		}
		for i := 1; i < left; i++ {
			most := max(rest/max(left-1, 1), 8)
			configs = append(configs, table.ColumnConfig{Number: i, WidthMax: most, WidthMaxEnforcer: shorten})
		}
	}
	for i := left + 1; i <= len(header); i++ {
		configs = append(configs, table.ColumnConfig{Number: i, Align: text.AlignRight})
	}
	t.SetColumnConfigs(configs)
	for _, l := range lines {
		row := table.Row{}
		if by.File {
			row = append(row, l.Path)
		}
		if by.Field {
			row = append(row, l.Field)
		}
		row = append(row, l.Kind, l.Count, l.Distinct, l.Records, percent(l.Share), scores(l))
		if by.File {
			row = append(row, l.FirstLine)
		}
		t.AppendRow(row)
	}
	_, err := io.WriteString(w, t.Render()+"\n")
	return err
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
