package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
	scrimbeam "github.com/scrim-dev/scrim/pipeline/beam"
)

// jobFlags are not among Go's own flags, which Beam writes into the options of
// the job.
type jobFlags struct {
	cfg      scrimbeam.Config
	settings string
	log      string
}

func (f *jobFlags) add(c *cobra.Command) {
	fs, s := c.Flags(), &f.cfg.Settings
	fs.SortFlags = false
	fs.StringVarP(&f.cfg.Output, "output", "o", "", "the output folder `DIR`")
	fs.Int64Var(&f.cfg.Range, "range-size", scrimbeam.DefaultRange, "`BYTES` over which an uncompressed file of lines is cut into ranges")
	fs.IntVar(&f.cfg.Attempts, "attempts", 3, "submit the job up to `N` times until the engine finishes it")
	fs.StringVar(&f.settings, "settings", "", "read settings from `FILE` (JSON, local or in an object store) before the flags below")
	fs.StringVar(&s.Policy, "policy", "", "the policy in a `FILE` (local or in an object store), or a preset (the flags below go before it)")
	fs.StringArrayVar(&s.Set, "set", nil, "transform for a kind, `KIND=TRANSFORM[:ARG]` (repeatable; see scrim transforms)")
	fs.StringArrayVar(&s.Fields, "field", nil, "values of the field `NAME=KIND` are of that kind (repeatable)")
	fs.StringSliceVar(&s.Only, "only", nil, "look for these `KINDS` only")
	fs.StringSliceVar(&s.Skip, "skip", nil, "do not look for these `KINDS`")
	fs.StringSliceVar(&s.Regions, "region", nil, "look for national phone numbers of this `REGION` too (repeatable)")
	fs.StringVar(&s.KeyFile, "key-file", "", "`FILE` with the master key, that every worker can read")
	fs.StringVar(&s.KeyEnv, "key-env", "", "environment `VARIABLE` of every worker that holds the master key")
	fs.StringVar(&s.Format, "input-format", "auto", "auto, "+pipeline.FormatNames())
	fs.StringVar(&s.Delimiter, "delimiter", "", "the CSV delimiter, one `CHARACTER`")
	fs.BoolVar(&s.NoHeader, "no-header", false, "the first CSV record is data, not names")
	fs.IntVar(&s.Workers, "workers", 0, "goroutines for a large part (0: one for each processor)")
	fs.StringVar(&f.log, "log-level", "warn", "what the engine's client and Prism say: debug, info, warn or error")
	fs.IntVar(&s.BatchSize, "batch-size", 0, "`BYTES` that are searched at a time (0: as suits the machine)")
	fs.IntVar(&s.MaxRecord, "max-record", 0, "`BYTES` over which a record is searched in overlapping windows (0: 64 MiB)")
}

// run submits a job. engine are Beam's flags.
func (f *jobFlags) run(ctx context.Context, patterns, engine []string, stdout, stderr io.Writer) error {
	switch {
	case f.cfg.Output == "":
		return fmt.Errorf("%w: no output folder: name one with -o DIR", errUsage)
	case len(patterns) == 0:
		return fmt.Errorf("%w: name files, folders or patterns to work on", errUsage)
	case f.cfg.Range <= 0 || f.cfg.Attempts <= 0:
		return fmt.Errorf("%w: --range-size and --attempts are positive", errUsage)
	}
	if f.settings != "" {
		kept, err := scrimbeam.ReadSettings(ctx, f.settings)
		if err != nil {
			return &scrimbeam.SettingsError{Err: err}
		}
		f.cfg.Settings = f.cfg.Settings.Over(kept)
	}
	flag.CommandLine.Init("scrim-beam", flag.ContinueOnError)
	flag.CommandLine.SetOutput(io.Discard)
	if err := flag.CommandLine.Parse(engine); err != nil {
		return fmt.Errorf("%w: behind --: %w", errUsage, err)
	}
	if flag.NArg() > 0 {
		return fmt.Errorf("%w: behind -- stand flags of Beam only, each as --NAME=VALUE", errUsage)
	}
	log.SetupLogging(f.log, "text")
	beam.Init()
	if self, err := os.Executable(); err == nil && *jobopts.WorkerBinary == "" && runtime.GOOS == "linux" {
		*jobopts.WorkerBinary = self // Beam would compile one from sources otherwise
	}
	f.cfg.Patterns = patterns
	r, err := scrimbeam.Run(ctx, f.cfg)
	if err != nil {
		return err
	}
	var in, out int64
	for _, i := range r.Report.Inputs {
		in, out = in+i.BytesIn, out+i.BytesOut
	}
	fmt.Fprintf(stdout, "%d inputs done, %d failed; %d bytes read, %d written; see %s\n",
		len(r.Report.Inputs), len(r.Dead), in, out, strings.TrimRight(f.cfg.Output, "/")+"/.scrim/report.json")
	for _, d := range r.Dead {
		fmt.Fprintf(stderr, "scrim-beam: %s: %s\n", d.Path, d.Error)
	}
	if len(r.Dead) > 0 {
		return errInputs
	}
	return nil
}
