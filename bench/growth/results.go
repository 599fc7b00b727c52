package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/scrim-dev/scrim/bench"
)

// workers are the numbers of workers of a sweep, in order.
func (s *sweep) workers() (out []int) {
	seen := map[int]bool{}
	for _, p := range s.Points {
		if !seen[p.Workers] {
			seen[p.Workers] = true
			out = append(out, p.Workers)
		}
	}
	return out
}

// of returns the points with that many workers; of the sweep of workers, all.
func (s *sweep) of(workers int) (out []*point) {
	for _, p := range s.Points {
		if p.Workers == workers || s.Name == "cores" {
			out = append(out, p)
		}
	}
	return out
}

// A growth says how a cost grows, in one figure.
type growth struct {
	figure float64
	linear bool
	says   string
}

// grows judges points. The cost of a longer line or a larger input is its power
// of the length, by least squares: 1 is linear. Of what is counted, it is the
// cost at the end over that on the straight line through the first point and the
// middle one: at most 1, but for noise, is linear or better.
func (s *sweep) grows(points []*point) growth {
	if len(points) < 3 {
		return growth{}
	}
	if s.Log {
		var sx, sy, sxx, sxy float64
		for _, p := range points {
			x, y := math.Log(p.X), math.Log(p.cost().Median*p.X)
			sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
		}
		n := float64(len(points))
		power := (n*sxy - sx*sy) / (n*sxx - sx*sx)
		return growth{power, power < 1.05, fmt.Sprintf("cost grows with the %.2fth power", power)}
	}
	first, middle, last := points[0], points[len(points)/2], points[len(points)-1]
	a, b := first.cost().Median, middle.cost().Median
	line := a + (b-a)*(last.X-first.X)/(middle.X-first.X)
	part := last.cost().Median / line
	return growth{part, part < 1.1, fmt.Sprintf("the last point costs %.2f times what the line through the first and the middle one gives", part)}
}

func (g growth) String() string {
	if g.linear {
		return "linear or better: " + g.says
	}
	return "not linear: " + g.says
}

func label(workers int) string {
	if workers == 1 {
		return "1 worker"
	}
	return fmt.Sprintf("%d workers", workers)
}

func (r *results) note() string {
	return fmt.Sprintf("%s, %d cores, %s; whole process, output to the null device", r.Machine.CPU, r.Machine.Cores, r.Date)
}

// charts are the pictures of a sweep, by file name.
func (s *sweep) charts(r *results) map[string]*bench.LineChart {
	chart := &bench.LineChart{Title: s.Title, Note: r.note(), X: s.Axis, Y: "ns of processor time for a byte", LogX: s.Log}
	line := func(label string, points []*point, of func(*point) bench.Spread) bench.ChartLine {
		l := bench.ChartLine{Label: label}
		for _, p := range points {
			y := of(p)
			l.Points = append(l.Points, bench.Point{X: p.X, Y: y.Median, Low: y.Min, High: y.Max})
		}
		return l
	}
	out := map[string]*bench.LineChart{"growth-" + s.Name + ".svg": chart}
	if s.Name == "cores" {
		chart.Y = "MB/s"
		chart.Lines = []bench.ChartLine{line("measured", s.Points, (*point).rate)}
		ideal := bench.ChartLine{Label: "as many times as fast as workers", Dashed: true}
		for _, p := range s.Points {
			ideal.Points = append(ideal.Points, bench.Point{X: p.X, Y: s.Points[0].rate().Median * p.X})
		}
		chart.Lines = append(chart.Lines, ideal)
		return out
	}
	peak := &bench.LineChart{Title: "Peak memory by the size of the input", Note: r.note(), X: s.Axis, Y: "MiB", LogX: s.Log}
	for _, n := range s.workers() {
		points := s.of(n)
		chart.Lines = append(chart.Lines, line(label(n), points, (*point).cost))
		peak.Lines = append(peak.Lines, line(label(n), points, (*point).peak))
	}
	if s.Name == "size" {
		out["growth-memory.svg"] = peak
	}
	return out
}

func (r *results) markdown() string {
	b := new(strings.Builder)
	fmt.Fprintf(b, "# How cost grows, %s\n\n%s, %s. %s.\n\n    %s\n\n", r.Date, r.note(), r.Machine.Go, r.Version, r.Command)
	fmt.Fprintf(b, "Processor time is user and system, of all cores. Median (least to most). Peak memory under %d KiB cannot be told. Inputs are made by `go run ./bench/corpus`.\n", r.FloorKB)
	for _, s := range r.Sweeps {
		fmt.Fprintf(b, "\n## %s\n\n", s.Title)
		fmt.Fprintf(b, "![%s](growth-%s.svg)\n\n", s.Title, s.Name)
		if s.Name == "size" {
			b.WriteString("![Peak memory by the size of the input](growth-memory.svg)\n\n")
		}
		for _, n := range s.workers() {
			if g := s.grows(s.of(n)); g.says != "" && s.Name != "cores" {
				fmt.Fprintf(b, "%s: %s.\n\n", label(n), g)
			}
		}
		fmt.Fprintf(b, "| %s | with | ns of processor time for a byte | MB/s | peak MiB | corpus |\n| --: | --- | --: | --: | --: | --- |\n", s.Axis)
		for _, p := range s.Points {
			fmt.Fprintf(b, "| %.10g | %s | %s | %s | %.1f | `%s` |\n", p.X, label(p.Workers), spread(p.cost()), spread(p.rate()), p.peak().Max, p.Corpus)
		}
	}
	return b.String()
}

func spread(s bench.Spread) string { return fmt.Sprintf("%.3g (%.3g to %.3g)", s.Median, s.Min, s.Max) }
