package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/job"
)

const runHelp = `scrim run takes personal data out of whole trees: files, folders, globs and
archives. Every input becomes a file of the same name, form, mode and time in the
output folder; tar and zip archives, compressed or not, are rewritten entry by entry.

An output appears under its name when it is whole and on the disk, and only then
its line goes into the manifest (DIR/.scrim/manifest.jsonl). So it can be stopped
or killed at any moment: run again with the same flags, it skips what is done and
unchanged, and does the rest.

Secrets (keys, tokens, cookies, session and device ids) that are named in one place
of an input are removed wherever they stand in it.

What is in a folder goes by its path in the folder, what a glob names by its path
behind the part without wildcards, a file by its name. An input that fails is named
on standard error, leaves no output, and does not stop the others.

Exit codes are those of scrim: 1 if some input failed.`

// newRun is the batch job.
func newRun(std streams) *cobra.Command {
	var search searchFlags
	var change changeFlags
	var f runFlags
	c := &cobra.Command{
		Use:   "run PATH... -o DIR",
		Short: "Take personal data out of folders and archives, resumably",
		Long:  runHelp,
		Example: `  scrim run /var/log/archive -o clean
  scrim run 'logs/**/*.gz' --exclude '*debug*' -o clean --set ipv4=hash --key-file scrim.key
  find . -name '*.log' -print0 | scrim run --files-from - --null -o clean
  scrim run archive -o clean --shard "$SLURM_ARRAY_TASK_ID/16"`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, paths []string) error {
			var cfg pipeline.Config
			if err := search.config(&cfg); err != nil {
				return usageError{err}
			}
			if err := change.config(&cfg); err != nil {
				return usageError{err}
			}
			return f.start(c.Context(), std, &search, cfg, paths)
		},
	}
	f.add(c)
	change.add(c)
	search.add(c)
	return c
}

// runFlags are the flags of run alone.
type runFlags struct {
	output           string
	filesFrom        string
	null             bool
	include, exclude []string
	symlinks         string
	noHidden         bool
	names            bool
	depth            int
	ratio            int64
	shard            string
	dryRun           bool
	noProgress       bool
	quiet            bool
	metrics          string
}

func (f *runFlags) add(c *cobra.Command) {
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringVarP(&f.output, "output", "o", "", "the output folder `DIR`; it is made if need be")
	f.addInputs(c)
	f.addLimits(c)
	fs.StringVar(&f.shard, "shard", "", "do the part `I/N` of the inputs, I from 1: the parts of one N make the whole")
	fs.BoolVar(&f.dryRun, "dry-run", false, "say what would be done, and do nothing")
	fs.StringVar(&f.metrics, "metrics", "", "write counts to `FILE` in the Prometheus text format, every 15 seconds and at the end")
	fs.BoolVar(&f.noProgress, "no-progress", false, "do not say how far it is")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "say nothing but errors")
}

// addInputs adds the flags that say which files are read.
func (f *runFlags) addInputs(c *cobra.Command) {
	fs := c.Flags()
	fs.StringVar(&f.filesFrom, "files-from", "", "read the inputs' paths, one a line, from `FILE` (-: standard input)")
	fs.BoolVarP(&f.null, "null", "0", false, "with --files-from: paths end with a NUL, as find -print0 writes them")
	fs.StringArrayVar(&f.include, "include", nil, "of what is in folders, only what matches `PATTERN` (repeatable; ** is any number of folders)")
	fs.StringArrayVar(&f.exclude, "exclude", nil, "of what is in folders, not what matches `PATTERN` (repeatable)")
	fs.StringVar(&f.symlinks, "symlinks", "skip", "symbolic links in folders: skip or follow")
	fs.BoolVar(&f.noHidden, "no-hidden", false, "leave out files and folders whose names begin with a dot")
}

// addLimits adds the flags on archives.
func (f *runFlags) addLimits(c *cobra.Command) {
	fs := c.Flags()
	fs.BoolVar(&f.names, "names", false, "replace personal data in names of files and of archives' entries too")
	fs.IntVar(&f.depth, "archive-depth", job.DefaultArchiveDepth, "how many archives may stand in each other (0: none may)")
	fs.Int64Var(&f.ratio, "max-ratio", job.DefaultRatio, "an input may unpack to this many times its size (and to 64 MiB in any case)")
}

// given returns one of the flags that only make sense with an output folder and
// that c was given, "" if there is none.
func (f *runFlags) given(c *cobra.Command) (name string) {
	own := new(cobra.Command)
	new(runFlags).add(own)
	c.Flags().Visit(func(x *pflag.Flag) {
		if own.Flags().Lookup(x.Name) != nil {
			name = x.Name
		}
	})
	return name
}

// start does the job that the flags and cfg come to.
func (f *runFlags) start(ctx context.Context, std streams, search *searchFlags, p pipeline.Config, paths []string) error {
	cfg := job.Config{Pipeline: p, Output: f.output, Names: f.names, Version: version(), Stdin: std.in}
	if err := f.config(std, &cfg, paths); err != nil {
		return err
	}
	return f.run(ctx, std, search, cfg)
}

// config sets what the flags say in cfg.
func (f *runFlags) config(std streams, cfg *job.Config, paths []string) error {
	in := job.Inputs{Paths: paths, Include: f.include, Exclude: f.exclude, SkipHidden: f.noHidden}
	switch f.symlinks {
	case "skip":
	case "follow":
		in.FollowLinks = true
	default:
		return usageError{errors.New("--symlinks: want skip or follow")}
	}
	switch {
	case f.output == "":
		return usageError{errors.New("no output folder: name one with -o DIR")}
	case len(paths) == 0 && f.filesFrom == "":
		return usageError{errors.New("name files or folders to work on, or a list of them with --files-from")}
	case f.null && f.filesFrom == "":
		return usageError{errors.New("--null is for --files-from")}
	}
	if f.filesFrom != "" {
		r, closeList, err := open(std, f.filesFrom)
		if err != nil {
			return err
		}
		in.List, err = job.ReadList(r, f.null)
		if cerr := closeList(); err == nil {
			err = cerr
		}
		if err != nil {
			return err
		}
	}
	if f.shard != "" {
		i, n, ok := strings.Cut(f.shard, "/")
		var err1, err2 error
		cfg.Shard, err1 = strconv.Atoi(i)
		cfg.Shards, err2 = strconv.Atoi(n)
		if !ok || err1 != nil || err2 != nil || cfg.Shard < 1 || cfg.Shard > cfg.Shards {
			return usageError{errors.New("--shard: want I/N, with I from 1 to N")}
		}
	}
	cfg.Inputs = in
	cfg.Limits = job.Limits{ArchiveDepth: f.depth, Ratio: f.ratio}
	if f.depth == 0 {
		cfg.Limits.ArchiveDepth = -1
	}
	return nil
}

// run does the job.
func (f *runFlags) run(ctx context.Context, std streams, search *searchFlags, cfg job.Config) error {
	var say sync.Mutex
	var watch *watch
	cfg.Failed = func(path string, err error) {
		say.Lock()
		defer say.Unlock()
		inputFailed(watch.stderr(std), path, err)
	}
	if !f.quiet {
		cfg.Skipped = func(path, why string) { fmt.Fprintf(std.err, "scrim: %s: left out: %s\n", path, why) }
	}
	j, err := job.New(cfg)
	if err != nil {
		return usageError{err}
	}
	if f.dryRun {
		return plan(std, j)
	}
	watch = startWatch(std, j, f)
	s, err := j.Run(ctx)
	watch.stop()
	if f.metrics != "" {
		if werr := writeMetrics(f.metrics, j.Position(), s); werr != nil && err == nil {
			err = werr
		}
	}
	if s == nil {
		return err
	}
	if !f.quiet {
		printRun(std, s, cfg.Pipeline.Reveal)
	}
	if err == nil && s.Failed > 0 {
		err = errInputs
	}
	if cfg.Pipeline.Reveal {
		closed := false
		for _, e := range s.Entries {
			closed = sayClosed(std.err, e.Path, e.Failures) || closed
		}
		if err == nil && closed {
			err = errInputs
		}
	}
	return search.finish(std, func(report func(*pipeline.Report)) error {
		for _, e := range s.Fresh {
			report(&pipeline.Report{Path: e.Path, Format: e.Format, Compression: e.Compression, BytesIn: e.BytesIn,
				BytesOut: e.BytesOut, Lines: e.Lines, Kinds: e.Kinds, Failures: e.Failures, Dropped: e.Dropped, LongRecords: e.LongRecords})
		}
		return err
	})
}

// plan says what would be done.
func plan(std streams, j *job.Job) error {
	var files, bytes int64
	failed := false
	err := j.Plan(func(f *job.File, done bool) {
		switch {
		case f.Err != nil:
			inputFailed(std.err, f.Path, f.Err)
			failed = true
		case done:
			fmt.Fprintf(std.out, "done   %s\n", f.Output)
		default:
			fmt.Fprintf(std.out, "do     %s\n", f.Output)
			files++
			bytes += max(f.Size, 0)
		}
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%d to do, %s\n", files, size(bytes))
	if failed {
		return errInputs
	}
	return nil
}

// printRun prints the table at the end.
func printRun(std streams, s *job.Summary, reveals bool) {
	kinds := map[string]uint64{}
	var failures uint64
	for _, e := range s.Fresh {
		for k, n := range e.Kinds {
			kinds[k] += n
		}
		failures += e.Failures
	}
	t := newTable(std)
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 2, Align: 3}})
	t.AppendRow(table.Row{"inputs done", s.Done})
	t.AppendRow(table.Row{"inputs unchanged", s.Unchanged})
	t.AppendRow(table.Row{"inputs failed", s.Failed})
	t.AppendRow(table.Row{"read", size(s.BytesIn)})
	t.AppendRow(table.Row{"written", size(s.BytesOut)})
	for _, k := range kindRows() {
		if n := kinds[k.Kind]; n > 0 {
			t.AppendRow(table.Row{k.Kind, n})
		}
	}
	if reveals {
		t.AppendRow(table.Row{"tokens opened", kinds[pipeline.TokenName] - failures})
		t.AppendRow(table.Row{"tokens not opened", failures})
	} else if failures > 0 {
		t.AppendRow(table.Row{"redacted, since a transform could not", failures})
	}
	t.Render()
}

// size gives a number of bytes as people read it.
func size(n int64) string {
	units := []string{"B", "kB", "MB", "GB", "TB", "PB"}
	x, i := float64(n), 0
	for x >= 999.5 && i < len(units)-1 {
		x, i = x/1000, i+1
	}
	if i == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.3g %s", x, units[i])
}

// stderr is where messages go that must not run into the progress.
func (w *watch) stderr(std streams) io.Writer {
	if w != nil && w.bars != nil {
		return w.bars
	}
	return std.err
}

// terminal says whether w is one, and what it is.
func terminal(w io.Writer) (*os.File, bool) {
	f, ok := w.(*os.File)
	return f, ok && isTerminal(w)
}
