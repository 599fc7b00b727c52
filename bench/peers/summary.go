package main

import (
	"fmt"
	"strings"

	"github.com/scrim-dev/scrim/bench"
)

// The programs by which ratios are told.
const (
	reading = "cat"
	rival   = "ripgrep, seven patterns"
)

// against returns how much faster s is than another program, round by round.
func (f *fileRuns) against(s *series, name string) bench.Spread {
	for _, other := range f.Runs {
		if other.Name != name {
			continue
		}
		a, b := s.rates(), other.rates()
		var ratios []float64
		for i := range min(len(a), len(b)) {
			ratios = append(ratios, a[i]/b[i])
		}
		return bench.SpreadOf(ratios)
	}
	return bench.Spread{}
}

func (r *results) markdown() string {
	b := new(strings.Builder)
	m := r.Machine
	fmt.Fprintf(b, "# scrim and its peers, %s\n\n", r.Date)
	fmt.Fprintf(b, "%s, %d cores, %s/%s, %s. %d rounds, interleaved; output to the null device; page cache warm.\n\n    %s\n\n",
		m.CPU, m.Cores, m.OS, m.Arch, m.Go, r.Rounds, r.Command)
	if r.Note != "" {
		fmt.Fprintf(b, "%s\n\n", r.Note)
	}
	fmt.Fprintf(b, "MB/s of decompressed input: median (least to most). Ratios are of the same round. Peak memory under %d KiB cannot be told.\n", r.FloorKB)
	for _, f := range r.Files {
		fmt.Fprintf(b, "\n## %s\n\n", f.Name)
		fmt.Fprintf(b, "%.1f MB, SHA-256 %.16s…", float64(f.Bytes)/1e6, f.SHA256)
		if f.Made != "" {
			fmt.Fprintf(b, ", made by `%s`", f.Made)
		}
		fmt.Fprintf(b, ".\n\n![Throughput on %s](%s.svg)\n\n", f.Name, f.Name)
		b.WriteString("| program | MB/s | × cat | × ripgrep | CPU s | peak MiB |\n| --- | --: | --: | --: | --: | --: |\n")
		for _, s := range f.Runs {
			if len(s.Samples) == 0 {
				fmt.Fprintf(b, "| %s | %s | | | | |\n", s.Name, s.Error)
				continue
			}
			var cpu, peak []float64
			for _, x := range s.Samples {
				cpu = append(cpu, x.User+x.System)
				peak = append(peak, float64(x.PeakKB)/1024)
			}
			fmt.Fprintf(b, "| %s | %s | %s | %s | %.2f | %.1f |\n", s.label(f), spread(bench.SpreadOf(s.rates())),
				spread(f.against(s, reading)), spread(f.against(s, rival)), bench.SpreadOf(cpu).Median, bench.SpreadOf(peak).Max)
		}
	}
	b.WriteString("\n## Start-up\n\nOn an empty file, in milliseconds.\n\n| program | ms |\n| --- | --: |\n")
	for _, s := range r.StartUp {
		var ms []float64
		for _, x := range s.Samples {
			ms = append(ms, 1000*x.Seconds)
		}
		fmt.Fprintf(b, "| %s | %s |\n", s.Name, spread(bench.SpreadOf(ms)))
	}
	b.WriteString("\n## Programs\n\n| program | version | command |\n| --- | --- | --- |\n")
	if len(r.Files) > 0 {
		for _, s := range r.Files[0].Runs {
			fmt.Fprintf(b, "| %s | %s | `%s` |\n", s.Name, s.Version, strings.ReplaceAll(strings.Join(s.Argv, " "), "|", `\|`))
		}
	}
	return b.String()
}

// label is the program's name, with how much it got where that is not all.
func (s *series) label(f *fileRuns) string {
	if s.Bytes < f.Bytes {
		return fmt.Sprintf("%s (first %.1f MB)", s.Name, float64(s.Bytes)/1e6)
	}
	return s.Name
}

func spread(s bench.Spread) string {
	if s.Median == 0 {
		return ""
	}
	return fmt.Sprintf("%.3g (%.3g to %.3g)", s.Median, s.Min, s.Max)
}

// chart is the picture of a file: plain input first, compressed input below.
func (f *fileRuns) chart(r *results) *bench.BarChart {
	c := &bench.BarChart{
		Title: fmt.Sprintf("Throughput on %s, %.0f MB", f.Name, float64(f.Bytes)/1e6),
		Note:  fmt.Sprintf("%s, %d cores, %s; median of %d rounds, line: least to most", r.Machine.CPU, r.Machine.Cores, r.Date, r.Rounds),
		Unit:  "MB/s",
	}
	for _, packed := range []bool{false, true} {
		first := packed
		for _, s := range f.Runs {
			if s.Packed != packed || len(s.Samples) == 0 {
				continue
			}
			x := bench.SpreadOf(s.rates())
			c.Bars = append(c.Bars, bench.Bar{Label: s.Name, Value: x.Median, Low: x.Min, High: x.Max, Ours: s.Ours, Rule: first})
			first = false
		}
	}
	return c
}
