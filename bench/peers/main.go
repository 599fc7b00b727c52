// Command peers measures scrim beside other programs on the same files: cat and
// wc for what reading costs, ripgrep, grep, sed, perl and Hyperscan with seven
// patterns, zcat and pigz for compressed input, Presidio and pdscan; those that
// are installed.
//
//	go run ./bench/peers -bytes 256000000 -rounds 7
//	go run ./bench/peers -files app.log,events.jsonl -note "what these files are"
//	go run ./bench/peers -files app.log -generated events.jsonl,people.csv,digits.log
//
// It is run at the root of the repository. In each round every program runs
// once, in an order that changes from round to round, so that what else the
// machine does hits all alike; ratios are taken within a round. Files are read
// once before, so that they are in the page cache. Slow programs get the first
// -slow-bytes of a file only, Presidio a twentieth of that. Start-up is measured
// on an empty file.
//
// Results are kept under bench/runs/<date>-<machine>/: results.json with every
// single figure, versions and commands; README.md with a table; a picture for
// each file.
package main

import (
	"cmp"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/scrim-dev/scrim/bench"
)

type config struct {
	files, generated       string
	out, scrim, note, only string
	bytes, rounds          int
	slowBytes              int64
	limit                  time.Duration
	flags                  []string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stderr io.Writer) int {
	c := config{flags: args}
	f := flag.NewFlagSet("peers", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&c.files, "files", "", "files to run on, separated by commas")
	f.StringVar(&c.generated, "generated", "", "generated files to run on, separated by commas, of "+generatedNames()+"; all if there are no -files")
	f.IntVar(&c.bytes, "bytes", 64_000_000, "size of each generated file")
	f.IntVar(&c.rounds, "rounds", 5, "how often each program runs")
	f.Int64Var(&c.slowBytes, "slow-bytes", 2_000_000, "how much of a file slow programs get")
	f.DurationVar(&c.limit, "limit", 5*time.Minute, "the longest that one run may take")
	f.StringVar(&c.out, "o", "", "folder for the results; without it, bench/runs/<date>-<machine>")
	f.StringVar(&c.scrim, "scrim", "", "the scrim to run; without it, that of this repository is built")
	f.StringVar(&c.note, "note", "", "what the files are, for the record")
	f.StringVar(&c.only, "only", "", "programs to run: those whose name holds one of these words, separated by commas")
	if err := f.Parse(args); err != nil {
		return 2
	}
	if err := c.run(ctx, stderr); err != nil {
		fmt.Fprintf(stderr, "peers: %v\n", err)
		return 1
	}
	return 0
}

// results is what is kept of a run.
type results struct {
	Date    string        `json:"date"`
	Machine bench.Machine `json:"machine"`
	Command string        `json:"command"`
	Note    string        `json:"note,omitempty"`
	Rounds  int           `json:"rounds"`
	FloorKB int64         `json:"floor_kb"` // peak memory under this cannot be told
	Files   []*fileRuns   `json:"files"`
	StartUp []*series     `json:"start_up"` // on an empty file
}

type fileRuns struct {
	Name   string    `json:"name"`
	Bytes  int64     `json:"bytes"`
	SHA256 string    `json:"sha256"`
	Made   string    `json:"made,omitempty"` // by which corpus
	Runs   []*series `json:"runs"`
}

// series is one program on one file.
type series struct {
	contender
	Bytes   int64          `json:"bytes"` // of the input that it got, decompressed
	Samples []bench.Sample `json:"samples"`
	Error   string         `json:"error,omitempty"`
}

// rates are MB/s, sample by sample.
func (s *series) rates() []float64 {
	var out []float64
	for _, x := range s.Samples {
		out = append(out, float64(s.Bytes)/1e6/x.Seconds)
	}
	return out
}

func (c *config) run(ctx context.Context, log io.Writer) error {
	dir, err := os.MkdirTemp("", "scrim-peers-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if c.scrim, err = bench.Scrim(ctx, c.scrim, dir); err != nil {
		return err
	}
	all := contenders(ctx, c.scrim, dir, filepath.Join("bench", "peers", "programs"))
	if c.only != "" {
		words := strings.Split(c.only, ",")
		all = slices.DeleteFunc(all, func(p contender) bool {
			return !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(p.Name, w) })
		})
	}
	out := results{Date: time.Now().UTC().Format(time.DateOnly), Machine: bench.ThisMachine(), Note: c.note, Rounds: c.rounds}
	flags := slices.Clone(c.flags)
	for i, f := range flags {
		parts := strings.Split(f, ",")
		for k, p := range parts {
			parts[k] = filepath.Base(p)
		}
		flags[i] = strings.Join(parts, ",")
	}
	out.Command = strings.Join(append([]string{"go run ./bench/peers"}, flags...), " ")
	inputs, err := c.inputs(dir)
	if err != nil {
		return err
	}
	bench.LowerFloor()
	for _, in := range inputs {
		runs, err := c.measure(ctx, log, dir, in, all)
		if err != nil {
			return err
		}
		out.Files = append(out.Files, runs)
	}
	if out.StartUp, err = c.startUp(ctx, dir, all); err != nil {
		return err
	}
	out.FloorKB = bench.PeakFloor(ctx)
	if c.out, err = bench.RunFolder(c.out, out.Date, out.Machine); err != nil {
		return err
	}
	fmt.Fprintf(log, "results in %s\n", c.out)
	return out.write(c.out)
}

// input is a file to run on.
type input struct{ path, name, made string }

type corpus struct {
	name string
	bench.Corpus
}

// generated are the corpora that are made; the same bytes everywhere.
var generated = []corpus{
	{"logs.log", bench.Corpus{Seed: 1, Density: 0.1, Traps: 0.2}},
	{"events.jsonl", bench.Corpus{Seed: 2, Density: 0.3, Traps: 0.2, Format: "jsonl"}},
	{"people.csv", bench.Corpus{Seed: 3, Density: 0.8, Traps: 0.1, Format: "csv"}},
	{"digits.log", bench.Corpus{Seed: 4, Format: "digits"}},
	{"dense.log", bench.Corpus{Seed: 5, Density: 1, Traps: 0}},
	{"traps.log", bench.Corpus{Seed: 6, Density: 0, Traps: 1}},
}

func generatedNames() string {
	var names []string
	for _, g := range generated {
		names = append(names, g.name)
	}
	return strings.Join(names, ",")
}

func (c *config) inputs(dir string) ([]input, error) {
	var out []input
	if c.files != "" {
		for _, path := range strings.Split(c.files, ",") {
			out = append(out, input{path, filepath.Base(path), ""})
		}
	}
	wanted := strings.Split(c.generated, ",")
	switch {
	case c.generated != "":
	case c.files != "":
		wanted = nil
	default:
		wanted = strings.Split(generatedNames(), ",")
	}
	for _, name := range wanted {
		at := slices.IndexFunc(generated, func(g corpus) bool { return g.name == name })
		if at < 0 {
			return nil, fmt.Errorf("-generated is of %s", generatedNames())
		}
		g := generated[at]
		g.Bytes = c.bytes
		in := input{filepath.Join(dir, g.name), g.name, fmt.Sprintf("corpus -seed %d -bytes %d -format %s -density %g -traps %g",
			g.Seed, g.Bytes, cmp.Or(g.Format, "text"), g.Density, g.Traps)}
		f, err := os.Create(in.path)
		if err != nil {
			return nil, err
		}
		if err := g.WriteFile(f, nil); err != nil {
			f.Close()
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
		out = append(out, in)
	}
	return out, nil
}

// pack writes an input compressed, and tells its size and check sum.
func pack(in input, packed string) (size int64, sum string, err error) {
	src, err := os.Open(in.path)
	if err != nil {
		return
	}
	defer src.Close()
	z, err := os.Create(packed)
	if err != nil {
		return
	}
	hash, gz := sha256.New(), gzip.NewWriter(z)
	if size, err = io.Copy(io.MultiWriter(hash, gz), src); err != nil {
		return
	}
	if err = gz.Close(); err != nil {
		return
	}
	if err = z.Close(); err != nil {
		return
	}
	return size, hex.EncodeToString(hash.Sum(nil)), nil
}

// shorten writes the first n bytes of an input, and tells how many there are.
func shorten(in input, short string, n int64) (int64, error) {
	src, err := os.Open(in.path)
	if err != nil {
		return 0, err
	}
	defer src.Close()
	dst, err := os.Create(short)
	if err != nil {
		return 0, err
	}
	n, err = io.Copy(dst, io.LimitReader(src, n))
	return n, errors.Join(err, dst.Close())
}

// measure runs every program on an input, round after round.
func (c *config) measure(ctx context.Context, log io.Writer, dir string, in input, all []contender) (*fileRuns, error) {
	// All copies have the input's ending, by which some tell the format.
	packed := filepath.Join(dir, "packed"+filepath.Ext(in.name)+".gz")
	size, sum, err := pack(in, packed)
	if err != nil {
		return nil, err
	}
	out := &fileRuns{Name: in.name, Bytes: size, SHA256: sum, Made: in.made}
	paths := make([]string, len(all))
	for i, p := range all {
		s := &series{contender: p, Bytes: size}
		paths[i] = in.path
		if p.Packed {
			paths[i] = packed
		} else if p.Slow > 0 {
			paths[i] = filepath.Join(dir, fmt.Sprintf("short-%d%s", p.Slow, filepath.Ext(in.name)))
			if s.Bytes, err = shorten(in, paths[i], c.slowBytes/p.Slow); err != nil {
				return nil, err
			}
		}
		out.Runs = append(out.Runs, s)
	}
	for round := range c.rounds {
		for k := range all {
			i := (k + round) % len(all)
			s := out.Runs[i]
			if s.Error != "" {
				continue
			}
			argv := slices.Clone(s.Argv)
			for n := range argv {
				argv[n] = strings.ReplaceAll(argv[n], "FILE", paths[i])
			}
			limited, cancel := context.WithTimeout(ctx, c.limit)
			sample, err := bench.Measure(limited, bench.Command{Argv: argv, Env: s.env, Drain: s.drain, OK: s.ok})
			cancel()
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil {
				fmt.Fprintf(log, "%s: %v\n", s.Name, err)
				s.Error = "failed" // what it printed may hold input
				continue
			}
			s.Samples = append(s.Samples, sample)
		}
		fmt.Fprintf(log, "%s: round %d of %d\n", in.name, round+1, c.rounds)
	}
	for _, s := range out.Runs {
		s.Argv = shown(s.Argv)
	}
	return out, nil
}

// startUp runs the programs that are not slow on an empty file.
func (c *config) startUp(ctx context.Context, dir string, all []contender) ([]*series, error) {
	empty := input{path: filepath.Join(dir, "empty.log"), name: "empty.log"}
	if err := os.WriteFile(empty.path, nil, 0o666); err != nil {
		return nil, err
	}
	quick := slices.DeleteFunc(slices.Clone(all), func(p contender) bool { return p.Slow > 0 || p.Packed })
	runs, err := c.measure(ctx, io.Discard, dir, empty, quick)
	if err != nil {
		return nil, err
	}
	return runs.Runs, nil
}

func (r *results) write(dir string) error {
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "results.json"), append(b, '\n'), 0o666); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "README.md"), []byte(r.markdown()), 0o666); err != nil {
		return err
	}
	for _, f := range r.Files {
		w, err := os.Create(filepath.Join(dir, f.Name+".svg"))
		if err != nil {
			return err
		}
		if err := f.chart(r).WriteSVG(w); err != nil {
			w.Close()
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
	}
	return nil
}
