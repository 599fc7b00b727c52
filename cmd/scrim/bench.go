package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/bench"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/format"
)

const benchHelp = `bench runs a file of yours, or made-up logs, JSON lines and CSV, through scrim
with different numbers of workers and batch sizes, in memory, and throws the
output away. It prints how fast each was, where the time of one worker goes, and
the flags to use. Nothing of the file is printed.

Other work on the machine shows in the figures: "spread" is the slowest and the
fastest of the runs.`

const benchExample = `  scrim bench app.log.gz
  scrim bench --only email,ipv4 --svg bench.svg access.log
  scrim bench --bytes 8000000 --runs 5`

// A benchReport is what bench prints as JSON.
type benchReport struct {
	Machine  bench.Machine   `json:"machine"`
	Bytes    int             `json:"bytes"`
	Settings []bench.Setting `json:"settings"`
	Stages   []bench.Stage   `json:"stages"`
	Use      bench.Setting   `json:"use"`
}

// newBench returns the command that measures.
func newBench(std streams) *cobra.Command {
	var only, skip, regions []string
	var size, runs int
	var svg string
	var asJSON bool
	c := &cobra.Command{
		Use:     "bench [FILE]",
		Short:   "Measure how fast a file goes through, and say which flags to use",
		Long:    benchHelp,
		Example: benchExample,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 || size <= 0 || runs <= 0 {
				return usageError{errors.New("bench takes one file at most, and --bytes and --runs above 0; see scrim bench --help")}
			}
			policy := pipeline.Policy{Regions: regions}
			var err error
			if policy.Only, err = kindList(&policy, only); err != nil {
				return usageError{fmt.Errorf("--only: %w", err)}
			}
			if policy.Skip, err = kindList(&policy, skip); err != nil {
				return usageError{fmt.Errorf("--skip: %w", err)}
			}
			raw, inputs, err := benchInputs(args, size)
			if err != nil {
				return err
			}
			r := benchReport{Machine: bench.ThisMachine(), Bytes: len(inputs[0].Data)}
			sweep := bench.Sweep{Inputs: inputs, Runs: runs, Policy: policy}
			if r.Settings, err = sweep.Run(c.Context()); err != nil {
				return err
			}
			if r.Stages, err = bench.Stages(c.Context(), raw, inputs[0], policy); err != nil {
				return err
			}
			first := 0
			for first < len(r.Settings) && r.Settings[first].Format == inputs[0].Format {
				first++
			}
			r.Use = bench.Best(r.Settings[:first])
			if svg != "" {
				if err := writeBenchChart(svg, &r); err != nil {
					return err
				}
			}
			if asJSON {
				return printJSON(std, r)
			}
			return r.print(std)
		},
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringSliceVar(&only, "only", nil, "look for these `KINDS` only (comma-separated; see scrim kinds)")
	fs.StringSliceVar(&skip, "skip", nil, "do not look for these `KINDS`")
	fs.StringSliceVar(&regions, "region", nil, "look for national phone numbers of this `REGION` too (repeatable)")
	fs.IntVar(&size, "bytes", 16<<20, "how many `BYTES` of the text, from its start, are run")
	fs.IntVar(&runs, "runs", 3, "how often each setting is run")
	fs.StringVar(&svg, "svg", "", "draw the figures in `FILE` too")
	fs.BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// benchInputs returns what to run: the start of a file in its format and, if it
// is another, as text; without a file, made-up data in every format of lines. raw
// is the file as it stands, as far as it is run, or the first input.
func benchInputs(files []string, size int) (raw []byte, inputs []bench.Input, err error) {
	if len(files) == 0 {
		for _, name := range []string{"text", "jsonl", "csv"} {
			var b bytes.Buffer
			if err := (bench.Corpus{Seed: 1, Bytes: size, Format: name, Density: 0.3, Traps: 0.2}).WriteFile(&b, nil); err != nil {
				return nil, nil, err
			}
			inputs = append(inputs, bench.Input{Format: name, Data: b.Bytes()})
		}
		return inputs[0].Data, inputs, nil
	}
	f, err := os.Open(files[0])
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	src := pipeline.NewSource(f, files[0])
	defer src.Close()
	data, err := io.ReadAll(io.LimitReader(src, int64(size)))
	if err != nil {
		return nil, nil, err
	}
	if i := bytes.LastIndexByte(data, '\n'); i >= 0 && len(data) == size {
		data = data[:i+1]
	}
	if len(data) == 0 {
		return nil, nil, errors.New("the file is empty: there is nothing to measure")
	}
	found, _ := format.Sniff(data[:min(len(data), 64<<10)], true)
	if found.Name == "parquet" {
		return nil, nil, usageError{errors.New("bench measures text, JSON lines and CSV, not Parquet")}
	}
	inputs = []bench.Input{{Format: found.Name, Data: data}}
	if found.Name != "text" {
		inputs = append(inputs, bench.Input{Format: "text", Data: data})
	}
	if src.Codec == "" {
		return data, inputs, nil
	}
	// As much of the file as was needed for that text, and somewhat more.
	raw = make([]byte, src.Consumed())
	if _, err := f.ReadAt(raw, 0); err != nil {
		return nil, nil, fmt.Errorf("%s: cannot be read twice: write it to a file first", files[0])
	}
	return raw, inputs, nil
}

// print prints the tables, and the flags to use.
func (r *benchReport) print(std streams) error {
	fmt.Fprintf(std.out, "%s, %d cores, %s; %.1f MB\n\n", r.Machine.CPU, r.Machine.Cores, r.Machine.Go, float64(r.Bytes)/1e6)
	t := newTable(std)
	t.AppendHeader(table.Row{"format", "workers", "batch", "MB/s", "spread", "memory"})
	for _, x := range r.Settings {
		t.AppendRow(table.Row{x.Format, x.Workers, fmt.Sprintf("%d KiB", x.BatchSize>>10), fmt.Sprintf("%.0f", x.Rate.Median/1e6),
			fmt.Sprintf("%.0f to %.0f", x.Rate.Min/1e6, x.Rate.Max/1e6), fmt.Sprintf("%.1f MB", float64(x.Memory)/1e6)})
	}
	t.Render()
	fmt.Fprintf(std.out, "\nwhere the processor time of one worker goes, as %s\n\n", r.Settings[0].Format)
	t = newTable(std)
	t.AppendHeader(table.Row{"part", "ns/byte"})
	for _, s := range r.Stages {
		t.AppendRow(table.Row{s.Name, fmt.Sprintf("%.2f", s.Cost)})
	}
	t.Render()
	_, err := fmt.Fprintf(std.out, "\nuse: --workers %d --batch-size %d\n", r.Use.Workers, r.Use.BatchSize)
	return err
}

// writeBenchChart draws the settings, their memory, and the parts of the work.
func writeBenchChart(path string, r *benchReport) error {
	chart := bench.BarChart{
		Title: "scrim: megabytes a second, by format, workers and batch size",
		Note:  fmt.Sprintf("%s, %d cores, %s/%s; %.1f MB in memory, output thrown away", r.Machine.CPU, r.Machine.Cores, runtime.GOOS, runtime.GOARCH, float64(r.Bytes)/1e6),
		Unit:  "MB/s",
	}
	for i, x := range r.Settings {
		chart.Bars = append(chart.Bars, bench.Bar{
			Label: fmt.Sprintf("%s, workers: %d, %d KiB", x.Format, x.Workers, x.BatchSize>>10),
			Value: x.Rate.Median / 1e6, Low: x.Rate.Min / 1e6, High: x.Rate.Max / 1e6,
			Ours: x.Format == r.Use.Format && x.Workers == r.Use.Workers && x.BatchSize == r.Use.BatchSize,
			Rule: i > 0 && x.Format != r.Settings[i-1].Format,
		})
	}
	memory, parts := chart, bench.BarChart{
		Title: "Where the time of one worker goes, as " + r.Settings[0].Format,
		Note:  "nanoseconds of processor time for a byte",
		Unit:  "ns",
	}
	memory.Title, memory.Note, memory.Unit = "Memory of a run", "what its batches, workers and tables take", "MB"
	memory.Bars = slices.Clone(chart.Bars)
	for i, x := range r.Settings {
		memory.Bars[i].Value, memory.Bars[i].Low, memory.Bars[i].High = float64(x.Memory)/1e6, 0, 0
	}
	for _, s := range r.Stages {
		parts.Bars = append(parts.Bars, bench.Bar{Label: s.Name, Value: s.Cost})
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(bench.WriteBarCharts(f, &chart, &parts, &memory), f.Close())
}
