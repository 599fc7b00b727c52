package report

import (
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
