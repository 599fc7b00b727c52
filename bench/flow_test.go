package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/scrim-dev/scrim/pipeline"
)

// Benchmarks of the whole flow, from a source in memory to a sink that throws
// away, by the rules that hold where no policy is given.
//
//	go test ./bench -run '^$' -bench Flow -count 10 | benchstat -col /workers -

// flowBytes makes enough batches to keep all workers busy.
const flowBytes = 16 << 20

func benchmarkFlow(b *testing.B, cfg pipeline.Config, text []byte, dst io.Writer) {
	p, err := pipeline.New(cfg)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		src := pipeline.NewSource(bytes.NewReader(text), "in")
		if _, err := p.Run(context.Background(), src, dst); err != nil {
			b.Fatal(err)
		}
		src.Close()
	}
}

// BenchmarkFlow is the cost of a byte by format, share of lines with a match and
// workers.
func BenchmarkFlow(b *testing.B) {
	for _, format := range []string{"text", "jsonl", "csv"} {
		for _, density := range []int{0, 10, 100} {
			text := generated(b, Corpus{Seed: 1, Bytes: flowBytes, Format: format, Density: float64(density) / 100, Traps: 0.1})
			for workers := 1; workers <= runtime.NumCPU(); workers *= 2 {
				b.Run(fmt.Sprintf("format=%s/density=%d/workers=%d", format, density, workers), func(b *testing.B) {
					benchmarkFlow(b, pipeline.Config{Format: format, Workers: workers}, text, io.Discard)
				})
			}
		}
	}
}

// BenchmarkFlowBatch is the cost of a byte by batch size.
func BenchmarkFlowBatch(b *testing.B) {
	text := generated(b, Corpus{Seed: 1, Bytes: flowBytes, Density: 0.1, Traps: 0.1})
	for _, kb := range []int{16, 64, 256, 1024, 4096} {
		b.Run(fmt.Sprintf("batch=%dKiB/workers=1", kb), func(b *testing.B) {
			benchmarkFlow(b, pipeline.Config{Format: "text", Workers: 1, BatchSize: kb << 10}, text, io.Discard)
		})
	}
}

// BenchmarkFlowSearch is what searching alone costs, with nothing written.
func BenchmarkFlowSearch(b *testing.B) {
	for _, format := range []string{"text", "jsonl", "csv"} {
		text := generated(b, Corpus{Seed: 1, Bytes: flowBytes, Format: format, Density: 0.1, Traps: 0.1})
		b.Run(fmt.Sprintf("format=%s/workers=1", format), func(b *testing.B) {
			benchmarkFlow(b, pipeline.Config{Format: format, Workers: 1}, text, nil)
		})
	}
}

// BenchmarkFlowCodec is the cost of a byte of text, compressed on the way in, on
// the way out, and both.
func BenchmarkFlowCodec(b *testing.B) {
	text := generated(b, Corpus{Seed: 1, Bytes: flowBytes, Density: 0.1, Traps: 0.1})
	for _, codec := range []string{"gzip", "zstd"} {
		var packed bytes.Buffer
		z, err := pipeline.Compress(codec, &packed)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := z.Write(text); err != nil {
			b.Fatal(err)
		}
		if err := z.Close(); err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			way     string
			in      []byte
			packing bool
		}{{"in", packed.Bytes(), false}, {"out", text, true}, {"both", packed.Bytes(), true}} {
			b.Run(fmt.Sprintf("codec=%s/way=%s", codec, c.way), func(b *testing.B) {
				p, err := pipeline.New(pipeline.Config{})
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					src := pipeline.NewSource(bytes.NewReader(c.in), "in")
					var out io.WriteCloser = plain{io.Discard}
					if c.packing {
						if out, err = pipeline.Compress(codec, io.Discard); err != nil {
							b.Fatal(err)
						}
					}
					if _, err := p.Run(context.Background(), src, out); err != nil {
						b.Fatal(err)
					}
					if err := out.Close(); err != nil {
						b.Fatal(err)
					}
					src.Close()
				}
			})
		}
	}
}

type plain struct{ io.Writer }

func (plain) Close() error { return nil }

// BenchmarkFlowSmall is what an input costs that is but a few lines.
func BenchmarkFlowSmall(b *testing.B) {
	for _, format := range []string{"text", "jsonl", "csv"} {
		text := generated(b, Corpus{Seed: 1, Bytes: 4000, Format: format, Density: 0.3, Traps: 0.1})
		b.Run(fmt.Sprintf("format=%s/bytes=4000", format), func(b *testing.B) {
			benchmarkFlow(b, pipeline.Config{Format: format}, text, io.Discard)
		})
	}
}
