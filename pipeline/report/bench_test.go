package report

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/pipeline"
)

// BenchmarkSurvey compares a filter with a scan, of the same text.
func BenchmarkSurvey(b *testing.B) {
	var dense, table strings.Builder
	table.WriteString("ts,email,ip,bytes\n")
	for i := range 20_000 {
		fmt.Fprintf(&dense, "2026-03-14T09:%02d:53Z login user%d@example.com from 192.0.2.%d, a line of some length that says nothing else\n", i%60, i, i%256)
		fmt.Fprintf(&table, "2026-03-14T09:%02d:53Z,user%d@example.com,192.0.2.%d,%d\n", i%60, i, i%256, i)
	}
	clean := strings.Repeat("2026-03-14T09:26:53Z INFO worker finished, nothing to be seen in this line of ordinary length\n", 20_000)
	for name, text := range map[string]string{"dense": dense.String(), "clean": clean, "table": table.String()} {
		run := func(b *testing.B, cfg pipeline.Config, dst io.Writer) {
			cfg.Workers = 1
			p, err := pipeline.New(cfg)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Run(context.Background(), pipeline.NewSource(strings.NewReader(text), "x"), dst); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.Run("text="+name+"/do=filter", func(b *testing.B) { run(b, pipeline.Config{}, io.Discard) })
		b.Run("text="+name+"/do=scan", func(b *testing.B) {
			run(b, pipeline.Config{Watch: NewSurvey(Options{}).Watch}, nil)
		})
	}
}

// BenchmarkSurveyOfColumns scans a column of mails of which there are few, in
// dictionaries of many row groups and plain. The figure is of rows.
func BenchmarkSurveyOfColumns(b *testing.B) {
	type dictionary struct {
		Mail string `parquet:"name=mail, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	}
	type plain struct {
		Mail string `parquet:"name=mail, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN"`
	}
	const rows = 500_000
	for _, encoding := range []string{"dictionary", "plain"} {
		var file bytes.Buffer
		row := func(mail string) any { return &dictionary{mail} }
		if encoding == "plain" {
			row = func(mail string) any { return &plain{mail} }
		}
		p, err := NewParquet(&file, row(""))
		if err != nil {
			b.Fatal(err)
		}
		p.RowGroupSize = 1 << 20
		for i := range rows {
			if err := p.Write(row(fmt.Sprintf("u%d@example.com", i*i%1000))); err != nil {
				b.Fatal(err)
			}
		}
		if err := p.WriteStop(); err != nil {
			b.Fatal(err)
		}
		b.Run("encoding="+encoding, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p, err := pipeline.New(pipeline.Config{Watch: NewSurvey(Options{}).Watch, Workers: 1})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := p.Run(context.Background(), pipeline.NewSource(bytes.NewReader(file.Bytes()), "x"), nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
