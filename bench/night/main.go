// Command night rehearses a night job and says what it took: a tree of mixed
// files, compressed, in archives and not, is made and run through scrim run; the
// run is killed at random moments and resumed; it fills a disk; scrim verify
// passes on the result, and finds each of some forty faults that are planted in
// it; other programs read the outputs back.
//
//	go run ./bench/night -files 5000 -bytes 2000000000 -kills 20
//	go run ./bench/night -corpus DIR     # with other files in the tree, too
//
// It is run at the root of the repository, and needs some five times -bytes of
// disk. The full disk is a small file system, which only root can mount; that
// part is left out otherwise, and said. What it prints is Markdown. It exits with
// 1 if anything is not as it should be.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/scrim-dev/scrim/bench"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// A night is what is rehearsed.
type night struct {
	ctx     context.Context
	args    []string
	scrim   string
	in, dir string // inputs; where everything else goes
	kills   int
	// onTheWay: one run is killed all these times.
	onTheWay bool
	rng      *rand.Rand
	out      io.Writer
	say      io.Writer         // how far it is
	want     map[string]string // hashes of a whole run's output
	took     time.Duration     // of it
	wrong    int
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	t := tree{}
	n := night{ctx: ctx, out: stdout, say: stderr}
	var corpus, dir string
	var seed uint64
	n.args = args
	f := flag.NewFlagSet("night", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.IntVar(&t.files, "files", 5000, "about how many files")
	f.Int64Var(&t.bytes, "bytes", 2_000_000_000, "about how many bytes of text, decompressed")
	f.IntVar(&n.kills, "kills", 20, "how many runs are killed")
	f.BoolVar(&n.onTheWay, "on-the-way", false, "kill one run all these times on its way, not each from its start: much less work")
	f.Uint64Var(&seed, "seed", 1, "seed of the tree")
	f.StringVar(&corpus, "corpus", "", "a folder of other files that are put into the tree")
	f.StringVar(&n.scrim, "scrim", "", "the command; built without it")
	f.StringVar(&t.dir, "tree", "", "a folder: make the tree there, and do no more")
	f.StringVar(&dir, "dir", "", "where it works; a temporary folder without it")
	if err := f.Parse(args); err != nil {
		return 2
	}
	err := error(nil)
	if t.dir != "" {
		t.rng = rand.New(rand.NewPCG(seed, 1))
		err = t.make(corpus)
		fmt.Fprintf(stdout, "%d files, %.2f GB of text\n", t.made, float64(t.text)/1e9)
	} else {
		n.rng = rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 2))
		err = n.all(dir)
	}
	if err != nil {
		fmt.Fprintf(stderr, "night: %v\n", err)
		return 1
	}
	if n.wrong > 0 {
		fmt.Fprintf(stderr, "night: %d things are not as they should be\n", n.wrong)
		return 1
	}
	return 0
}

func (n *night) all(dir string) (err error) {
	if n.dir, err = os.MkdirTemp(dir, "scrim-night-"); err != nil {
		return err
	}
	defer os.RemoveAll(n.dir)
	if n.scrim, err = bench.Scrim(n.ctx, n.scrim, n.dir); err != nil {
		return err
	}
	// In a process of its own: the peaks of commands count what starts them.
	n.in = filepath.Join(n.dir, "in")
	self, err := os.Executable()
	if err != nil {
		return err
	}
	made, err := exec.CommandContext(n.ctx, self, append(n.args[:len(n.args):len(n.args)], "-tree", n.in)...).Output()
	if err != nil {
		return fmt.Errorf("making the tree: %w", err)
	}
	stored, err := size(n.in)
	if err != nil {
		return err
	}
	m := bench.ThisMachine()
	fmt.Fprintf(n.out, "%s, %.2f GB as stored; %s, %d cores\n\n| what | seconds | processor seconds | peak MB | result |\n| --- | --: | --: | --: | --- |\n",
		strings.TrimSpace(string(made)), float64(stored)/1e9, m.CPU, m.Cores)
	for _, step := range []func() error{n.whole, n.again, n.verified, n.full, n.readBack, n.planted, n.killed} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// row prints a line of the table.
func (n *night) row(what string, s *bench.Sample, result string, ok bool) {
	if !ok {
		n.wrong++
		result = "**" + result + "**"
	}
	if s == nil {
		fmt.Fprintf(n.out, "| %s | | | | %s |\n", what, result)
		return
	}
	fmt.Fprintf(n.out, "| %s | %.1f | %.1f | %d | %s |\n", what, s.Seconds, s.User+s.System, s.PeakKB/1000, result)
}

func (n *night) output(name string) string { return filepath.Join(n.dir, name) }

// whole makes what all else is compared with.
func (n *night) whole() error {
	s, err := bench.Measure(n.ctx, bench.Command{Argv: []string{n.scrim, "run", n.in, "-o", n.output("out"), "-q"}})
	if err != nil {
		return err
	}
	n.took = time.Duration(s.Seconds * float64(time.Second))
	if n.want, err = sums(n.output("out")); err != nil {
		return err
	}
	n.row("run", &s, fmt.Sprintf("%d outputs", len(n.want)-2), true) // but the manifest and the lock
	return nil
}

// again has nothing to do.
func (n *night) again() error {
	s, err := bench.Measure(n.ctx, bench.Command{Argv: []string{n.scrim, "run", n.in, "-o", n.output("out"), "-q"}})
	if err != nil {
		return err
	}
	got, err := sums(n.output("out"))
	n.row("run once more", &s, "nothing to do", same(n.want, got) == "")
	return err
}

// killed kills runs at random moments, and resumes them.
func (n *night) killed() error {
	killed, resumed, bad := 0, 0, ""
	for i := range n.kills {
		part, within := n.output(fmt.Sprintf("killed%d", i)), n.took
		if n.onTheWay {
			part, within = n.output("killed"), 2*n.took/time.Duration(n.kills)
		}
		c := exec.CommandContext(n.ctx, n.scrim, "run", n.in, "-o", part, "-q")
		if err := c.Start(); err != nil {
			return err
		}
		at := time.Duration(n.rng.Int64N(int64(within)))
		time.Sleep(at)
		_ = c.Process.Kill()
		if c.Wait() != nil {
			killed++
		}
		got, err := sums(part)
		if err != nil && !errors.Is(err, os.ErrNotExist) { // killed before it had a folder
			return err
		}
		for name, sum := range got {
			if !unfinished(name) && sum != n.want[name] {
				bad = name + " was there half after a kill"
			}
		}
		fmt.Fprintf(n.say, "night: killed %d of %d\n", i+1, n.kills)
		if n.onTheWay && i < n.kills-1 {
			continue
		}
		resumed++
		if _, err := bench.Measure(n.ctx, bench.Command{Argv: []string{n.scrim, "run", n.in, "-o", part, "-q"}}); err != nil {
			return err
		}
		if got, err = sums(part); err != nil {
			return err
		}
		if s := same(n.want, got); s != "" {
			bad = s + " after a kill at " + at.String()
		}
		if err := os.RemoveAll(part); err != nil {
			return err
		}
	}
	result := fmt.Sprintf("killed %d times before the end; %d folders then became that of the whole run, to the byte", killed, resumed)
	if bad != "" {
		result = bad
	}
	n.row("killed and resumed", nil, result, bad == "" && (killed > 0 || n.kills == 0))
	return nil
}

// full runs into a small file system, and goes on when that has grown.
func (n *night) full() error {
	part := n.output("full")
	if err := os.Mkdir(part, 0o755); err != nil {
		return err
	}
	total, err := size(n.output("out"))
	if err != nil {
		return err
	}
	if err := exec.CommandContext(n.ctx, "mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%d", total/3), "none", part).Run(); err != nil {
		n.row("full disk", nil, "left out: a small file system cannot be mounted", true)
		return nil
	}
	defer func() { _ = exec.Command("umount", part).Run() }()
	b, err := exec.CommandContext(n.ctx, n.scrim, "run", n.in, "-o", part, "-q").CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		n.row("full disk", nil, fmt.Sprintf("not the exit code 1: %v", err), false)
		return nil
	}
	got, err := sums(part)
	if err != nil {
		return err
	}
	bad := ""
	for name, sum := range got {
		if strings.Contains(name, ".scrim-tmp") || !unfinished(name) && sum != n.want[name] {
			bad = name + " is left over or half"
		}
	}
	failed := strings.Count(string(b), "no space left")
	if failed == 0 {
		bad = "no input was named"
	}
	if err := exec.CommandContext(n.ctx, "mount", "-o", fmt.Sprintf("remount,size=%d", 2*total), part).Run(); err != nil {
		return err
	}
	if err := exec.CommandContext(n.ctx, n.scrim, "run", n.in, "-o", part, "-q").Run(); err != nil {
		bad = "the next run failed"
	}
	whole, err := sums(part)
	if err != nil {
		return err
	}
	if s := same(n.want, whole); s != "" {
		bad = s + " after the next run"
	}
	result := fmt.Sprintf("exit 1, %d inputs named, %d outputs, each whole; the next run did the rest", failed, len(got))
	if bad != "" {
		result = bad
	}
	n.row("full disk", nil, result, bad == "")
	return nil
}

func (n *night) verified() error {
	s, err := bench.Measure(n.ctx, bench.Command{Argv: []string{n.scrim, "verify", n.in, n.output("out")}})
	if err != nil {
		n.row("verify", &s, err.Error(), false)
		return nil
	}
	n.row("verify", &s, "verified", true)
	return nil
}

// planted plants all faults, each in a file of its own, and looks for them in what
// verify says.
func (n *night) planted() error {
	for _, f := range faults {
		if err := f.plant(n.in, n.output("out")); err != nil {
			return err
		}
	}
	b, err := exec.CommandContext(n.ctx, n.scrim, "verify", n.in, n.output("out"), "--format", "json", "--max-faults", "1000000").Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 3 {
		n.row("faults", nil, fmt.Sprintf("not the exit code 3: %v", err), false)
		return nil
	}
	var report struct {
		Faults []struct {
			What, Path string
			Line       int `json:"after_line"`
		} `json:"faults"`
	}
	if err := json.Unmarshal(b, &report); err != nil {
		return err
	}
	planted := map[string]bool{}
	for _, f := range faults {
		planted[f.file] = true
		seen := false
		for _, x := range report.Faults {
			seen = seen || x.Path == f.file && x.What == f.want && (f.line == 0 || x.Line == f.line)
		}
		n.row("fault: "+f.name, nil, map[bool]string{true: f.want, false: "not found"}[seen], seen)
	}
	for _, x := range report.Faults {
		if !planted[x.Path] {
			n.row("fault", nil, "none was planted in "+x.Path, false)
			break
		}
	}
	return nil
}
