package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/job"
	"github.com/scrim-dev/scrim/transform"
)

const verifyHelp = `scrim verify compares what was read with what was written, two folders or two
files, compressed and in archives too. It trusts nothing that made them: it searches
BEFORE again, and checks that

  - every input has its output, and every record is there, once;
  - no byte outside of a match is another;
  - what stands for each value is what the policy gives (if the key is given, or
    none is needed);
  - no value found in BEFORE stands in its place in AFTER, in any case, and no
    secret anywhere, but where the policy keeps it;
  - a fresh search of AFTER finds nothing that the policy removes;
  - the hashes, the policy and the key of the manifest hold.

Give it the flags that run had. It lists what is wrong with line numbers, and never
a value. A value that stands also where a search takes it for none (a user name that
is a word there, an address that is a version) is counted as a note, by kind; with
--strict it is a fault. Notes are where to look for more that can be removed.

Exit codes: 0 nothing is wrong; 1 it could not be done; 2 the command line is wrong;
3 something is wrong.`

// errFaults says that verify found something wrong.
var errFaults = errors.New("the output is not what it should be")

// newVerify compares inputs with outputs.
func newVerify(std streams) *cobra.Command {
	var search searchFlags
	var change changeFlags
	var f runFlags // those that say what the inputs are
	var as string
	cfg := job.VerifyConfig{Version: version()}
	c := &cobra.Command{
		Use:   "verify BEFORE AFTER",
		Short: "Prove that the output lost its personal data and nothing else",
		Long:  verifyHelp,
		Example: `  scrim verify /var/log/archive clean
  scrim verify app.log.gz clean.log.gz --format json > report.json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, paths []string) error {
			if len(paths) != 2 {
				return usageError{errors.New("name what was read and what was written: scrim verify BEFORE AFTER")}
			}
			if as != "text" && as != "json" {
				return usageError{errors.New("--format: want text or json")}
			}
			var from job.Config
			f.output = paths[1]
			if err := f.config(std, &from, paths[:1]); err != nil {
				return err
			}
			cfg.Inputs, cfg.Limits, cfg.Names, cfg.After = from.Inputs, from.Limits, f.names, paths[1]
			if err := search.config(&cfg.Pipeline); err != nil {
				return usageError{err}
			}
			if err := change.config(&cfg.Pipeline); err != nil {
				return usageError{err}
			}
			if _, err := pipeline.New(cfg.Pipeline); errors.Is(err, transform.ErrNoKey) || change.ephemeral {
				cfg.Pipeline.Keys, cfg.UnknownKey = transform.Ephemeral(), true
			} else if err != nil {
				return usageError{err}
			}
			return verify(c.Context(), std, cfg, as, f.quiet)
		},
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringVar(&as, "format", "text", "text or json")
	fs.BoolVar(&cfg.Strict, "strict", false, "make notes faults")
	fs.IntVar(&cfg.MaxFaults, "max-faults", job.DefaultMaxFaults, "list this many faults; the others are counted")
	fs.IntVar(&cfg.MaxValues, "max-values", job.DefaultMaxValues, "distinct values of a file that are searched for (some 100 bytes of memory each)")
	f.addInputs(c)
	f.addLimits(c)
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "print nothing if nothing is wrong")
	change.add(c)
	search.add(c)
	for _, name := range []string{"stats", "fail-on"} {
		_ = fs.MarkHidden(name)
	}
	return c
}

func verify(ctx context.Context, std streams, cfg job.VerifyConfig, as string, quiet bool) error {
	r, err := job.Verify(ctx, cfg)
	if err != nil {
		return err
	}
	switch {
	case as == "json":
		e := json.NewEncoder(std.out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		err = e.Encode(r)
	case !quiet || !r.OK:
		printVerify(std, r)
	}
	if err == nil && !r.OK {
		err = errFaults
	}
	return err
}

// printVerify prints a report as text.
func printVerify(std streams, r *job.VerifyReport) {
	for _, f := range r.Faults {
		var b strings.Builder
		b.WriteString(f.Path)
		if f.Entry != "" {
			fmt.Fprintf(&b, " entry %s", f.Entry)
		}
		if f.After > 0 {
			fmt.Fprintf(&b, ":%d", f.After)
			if f.Column > 0 {
				fmt.Fprintf(&b, ":%d", f.Column)
			}
		}
		fmt.Fprintf(&b, ": %s", f.What)
		if f.Kind != "" {
			fmt.Fprintf(&b, " %s", f.Kind)
		}
		if f.Before > 0 {
			fmt.Fprintf(&b, " (line %d of the input)", f.Before)
		}
		if f.Detail != "" {
			fmt.Fprintf(&b, ": %s", f.Detail)
		}
		fmt.Fprintln(std.out, b.String())
	}
	if n := r.Count - int64(len(r.Faults)); n > 0 {
		fmt.Fprintf(std.out, "and %d more\n", n)
	}
	verdict := "verified"
	if !r.OK {
		verdict = fmt.Sprintf("NOT VERIFIED: %d faults", r.Count)
	}
	fmt.Fprintf(std.out, "%s: %d files, %d records, %s; %d values removed, %d kept by the policy\n",
		verdict, r.Files, r.Records, size(r.BytesBefore), r.Values, r.Kept)
	if len(r.Notes) > 0 {
		var b strings.Builder
		for _, k := range slices.Sorted(maps.Keys(r.Notes)) {
			fmt.Fprintf(&b, " %s %d", k, r.Notes[k])
		}
		fmt.Fprintf(std.out, "notes:%s (--strict lists them)\n", b.String())
	}
	how := "what stands for values was compared"
	if !r.KeyKnown {
		how = "what stands for values was not compared, since the key was not given"
	}
	if r.Manifest {
		how += "; the manifest's hashes were checked"
	}
	fmt.Fprintf(std.out, "policy %.16s, scrim %s; %s\n", r.Policy, r.Version, how)
}
