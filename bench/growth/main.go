// Command growth measures how the cost of scrim grows: with the number of kinds,
// the share of lines with a match, the length of lines, the size of the input,
// and the number of workers.
//
//	go run ./bench/growth
//	go run ./bench/growth -most 1e9 -rounds 1
//
// It is run at the root of the repository, and takes some minutes. Each point is
// the whole process, over text made by a corpus whose flags the results name,
// read from a file, or for the size of the input from a pipe into which a piece
// is written over and over. Rounds are interleaved, so that what else the
// machine does hits all points of a sweep alike.
//
// Results are kept under bench/runs/<date>-<machine>/: growth.json with every
// single figure, growth.md with tables, a picture for each sweep.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/scrim-dev/scrim/bench"
)

type config struct {
	out, scrim string
	bytes      int
	most       float64
	rounds     int
	only       string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stderr io.Writer) int {
	var c config
	f := flag.NewFlagSet("growth", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.IntVar(&c.bytes, "bytes", 16_000_000, "size of the input of every point but those of the size sweep")
	f.Float64Var(&c.most, "most", 1e10, "the largest input of the size sweep, in bytes")
	f.IntVar(&c.rounds, "rounds", 5, "how often each point is measured; inputs over 100 MB less often, over 1 GB once")
	f.StringVar(&c.out, "o", "", "folder for the results; without it, bench/runs/<date>-<machine>")
	f.StringVar(&c.scrim, "scrim", "", "the scrim to run; without it, that of this repository is built")
	f.StringVar(&c.only, "only", "", "sweeps to run, separated by commas: "+strings.Join(sweepNames, ", "))
	if err := f.Parse(args); err != nil {
		return 2
	}
	if err := c.run(ctx, strings.Join(append([]string{"go run ./bench/growth"}, args...), " "), stderr); err != nil {
		fmt.Fprintf(stderr, "growth: %v\n", err)
		return 1
	}
	return 0
}

// results is what is kept of a run.
type results struct {
	Date    string        `json:"date"`
	Machine bench.Machine `json:"machine"`
	Command string        `json:"command"`
	Version string        `json:"version"`
	FloorKB int64         `json:"floor_kb"` // peak memory under this cannot be told
	Sweeps  []*sweep      `json:"sweeps"`
}

func (c *config) run(ctx context.Context, command string, log io.Writer) error {
	dir, err := os.MkdirTemp("", "scrim-growth-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if c.scrim, err = bench.Scrim(ctx, c.scrim, dir); err != nil {
		return err
	}
	r := results{Date: time.Now().UTC().Format(time.DateOnly), Machine: bench.ThisMachine(), Command: command, Version: bench.Version(ctx, c.scrim, "--version")}
	sweeps, err := c.sweeps(dir, r.Machine.Cores)
	if err != nil {
		return err
	}
	bench.LowerFloor()
	for _, s := range sweeps {
		if err := s.measure(ctx, c.scrim, c.rounds, log); err != nil {
			return err
		}
		r.Sweeps = append(r.Sweeps, s)
	}
	r.FloorKB = bench.PeakFloor(ctx)
	if c.out, err = bench.RunFolder(c.out, r.Date, r.Machine); err != nil {
		return err
	}
	fmt.Fprintf(log, "results in %s\n", c.out)
	return r.write(c.out)
}

func (r *results) write(dir string) error {
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	err = errors.Join(os.WriteFile(filepath.Join(dir, "growth.json"), append(b, '\n'), 0o666),
		os.WriteFile(filepath.Join(dir, "growth.md"), []byte(r.markdown()), 0o666))
	for _, s := range r.Sweeps {
		for name, chart := range s.charts(r) {
			f, e := os.Create(filepath.Join(dir, name))
			if e != nil {
				return errors.Join(err, e)
			}
			err = errors.Join(err, chart.WriteSVG(f), f.Close())
		}
	}
	return err
}
