package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/scrim-dev/scrim/bench"
	"github.com/scrim-dev/scrim/detect"
)

// sweepNames are what -only takes.
var sweepNames = []string{"kinds", "matches", "line", "cores", "size"}

// A sweep is one figure varied, everything else the same.
type sweep struct {
	Name   string   `json:"name"`
	Title  string   `json:"title"`
	Axis   string   `json:"axis"`
	Log    bool     `json:"log,omitempty"` // X goes by factors, and is a length
	Points []*point `json:"points"`
}

// A point is one setting of a sweep and what it took.
type point struct {
	X       float64  `json:"x"`
	Workers int      `json:"workers"`
	Args    []string `json:"args"` // of scrim, with the input left out
	Corpus  string   `json:"corpus"`
	Bytes   int64    `json:"bytes"`

	path   string // of the input, or
	piece  []byte // what it is made of, over and over
	rounds int    // at most; 0 means all

	Samples []bench.Sample `json:"samples"`
}

// spread returns the spread of what a function makes of a sample.
func (p *point) spread(of func(bench.Sample) float64) bench.Spread {
	var x []float64
	for _, s := range p.Samples {
		x = append(x, of(s))
	}
	return bench.SpreadOf(x)
}

// cost is processor time, of all cores, in nanoseconds for a byte.
func (p *point) cost() bench.Spread {
	return p.spread(func(s bench.Sample) float64 { return (s.User + s.System) * 1e9 / float64(p.Bytes) })
}

// rate is in MB/s.
func (p *point) rate() bench.Spread {
	return p.spread(func(s bench.Sample) float64 { return float64(p.Bytes) / 1e6 / s.Seconds })
}

// peak is in MiB.
func (p *point) peak() bench.Spread {
	return p.spread(func(s bench.Sample) float64 { return float64(s.PeakKB) / 1024 })
}

// plain are the lines of every sweep, but for what it varies.
var plain = bench.Corpus{Seed: 1, Density: 0.1, Traps: 0.2}

// sweeps returns what is to be measured. Inputs are made in dir.
func (c *config) sweeps(dir string, cores int) ([]*sweep, error) {
	base := plain
	base.Bytes = c.bytes
	workers := slices.Compact([]int{1, cores})
	var all []*sweep
	for _, s := range []*sweep{
		{Name: "kinds", Title: "Cost by the number of kinds that are looked for", Axis: "kinds"},
		{Name: "matches", Title: "Cost by the share of lines with a match", Axis: "lines with a match, %"},
		{Name: "line", Title: "Cost by the length of lines", Axis: "length of lines, bytes", Log: true},
		{Name: "cores", Title: "Throughput by the number of workers", Axis: "workers"},
		{Name: "size", Title: "Cost by the size of the input", Axis: "size of the input, bytes", Log: true},
	} {
		if c.only != "" && !slices.Contains(strings.Split(c.only, ","), s.Name) {
			continue
		}
		var err error
		add := func(x float64, corpus bench.Corpus, workers []int, args ...string) {
			if err == nil {
				err = s.add(dir, x, corpus, workers, args)
			}
		}
		switch s.Name {
		case "kinds":
			// In no order, for what one kind costs differs from another.
			kinds := slices.Clone(detect.Kinds())
			rand.New(rand.NewPCG(1, 1)).Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
			for _, n := range []int{1, 2, 5, 10, 15, 20, 25, len(kinds)} {
				names := make([]string, n)
				for i := range names {
					names[i] = kinds[i].Name
				}
				add(float64(n), base, workers, "--only", strings.Join(names, ","))
			}
			policy := filepath.Join(dir, "custom.yaml")
			if e := os.WriteFile(policy, []byte(customPolicy), 0o666); e != nil {
				return nil, e
			}
			add(float64(len(kinds)+1), base, workers, "--policy", policy)
		case "matches":
			for _, percent := range []int{0, 1, 10, 25, 50, 75, 100} {
				corpus := base
				corpus.Density = float64(percent) / 100
				add(float64(percent), corpus, workers)
			}
		case "line":
			for _, length := range []int{20, 100, 1000, 10_000, 100_000, 1_000_000} {
				corpus := base
				corpus.LineLength = length
				add(float64(length), corpus, workers)
			}
		case "cores":
			corpus := base
			corpus.Bytes *= 4
			for n := 1; n < cores; n *= 2 {
				add(float64(n), corpus, []int{n})
			}
			add(float64(cores), corpus, []int{cores})
		case "size":
			err = s.addSizes(base, c.most, workers)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// customPolicy has a kind of the user's own beside all the others.
const customPolicy = "custom:\n  ticket:\n    pattern: '\\bTCK-\\d{4,8}\\b'\n    literal: TCK-\n"

// add adds a point for each number of workers, and writes its corpus unless that
// has been done.
func (s *sweep) add(dir string, x float64, corpus bench.Corpus, workers []int, args []string) error {
	said := flags(corpus)
	path := filepath.Join(dir, strings.NewReplacer(" ", "_", "-", "").Replace(said)+".log")
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		if err = write(path, corpus); err == nil {
			info, err = os.Stat(path)
		}
	}
	if err != nil {
		return err
	}
	for _, n := range workers {
		p := &point{X: x, Workers: n, Corpus: said, Bytes: info.Size(), path: path}
		p.Args = append([]string{"--workers", strconv.Itoa(n)}, args...)
		s.Points = append(s.Points, p)
	}
	return nil
}

// flags are those of bench/corpus that make a corpus.
func flags(c bench.Corpus) string {
	f := fmt.Sprintf("-seed %d -bytes %d -density %g -traps %g", c.Seed, c.Bytes, c.Density, c.Traps)
	if c.LineLength > 0 {
		f += fmt.Sprintf(" -line-length %d", c.LineLength)
	}
	return f
}

func write(path string, c bench.Corpus) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := c.WriteFile(f, nil); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// measure runs all points, round after round.
func (s *sweep) measure(ctx context.Context, scrim string, rounds int, log io.Writer) error {
	for round := range rounds {
		for k := range s.Points {
			p := s.Points[(k+round)%len(s.Points)]
			if p.rounds > 0 && round >= p.rounds {
				continue
			}
			cmd := bench.Command{Argv: append([]string{scrim}, p.Args...)}
			if p.piece != nil {
				cmd.Input = &repeated{piece: p.piece, left: p.Bytes}
			} else {
				cmd.Argv = append(cmd.Argv, p.path)
			}
			sample, err := bench.Measure(ctx, cmd)
			if err != nil {
				return err
			}
			p.Samples = append(p.Samples, sample)
		}
		fmt.Fprintf(log, "%s: round %d of %d\n", s.Name, round+1, rounds)
	}
	for _, p := range s.Points {
		for i, a := range p.Args {
			if filepath.IsAbs(a) {
				p.Args[i] = filepath.Base(a)
			}
		}
	}
	return nil
}
