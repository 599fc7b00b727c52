package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
)

const revealHelp = `scrim reveal puts values back in place of reversible tokens, for who holds the key
that made them: those of encrypt wherever they stand, and with --policy (or --set)
what fpe, ip-prefix and shift have made of the kinds and fields it names.

FILEs, or standard input, go to standard output; with -o DIR whole trees go into a
folder, as scrim run made them.

What encrypt took out comes back to the byte: escapes and quotes as they were,
numbers in JSON as numbers. What encrypt:canonical took out comes back in its
canonical spelling.

Tokens of another key and damaged ones stay as they are; how many is said on
standard error, and the exit code is then 1. Results of fpe, ip-prefix and shift
have no mark: they are undone where they are still found as their kind, with the
key of today, and an IPv6 address comes back in its canonical spelling.

Exit codes: 0 done; 1 some input failed, or some tokens could not be opened; 2 the
command line or the policy is wrong, or there is no key.`

// newReveal opens reversible tokens.
func newReveal(std streams) *cobra.Command {
	var search searchFlags
	var change changeFlags
	var job runFlags
	var plain bool
	c := &cobra.Command{
		Use:   "reveal [FILE...] | reveal PATH... -o DIR",
		Short: "Put values back in place of reversible tokens",
		Long:  revealHelp,
		Example: `  scrim reveal --key-file scrim.key clean.log
  scrim reveal --key-file new.key --previous-key-file old.key < clean.log
  scrim reveal --key-file scrim.key clean/ -o again
  scrim reveal --key-file scrim.key --policy mine.yaml calls.csv`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, files []string) error {
			cfg := pipeline.Config{Reveal: true}
			if err := search.config(&cfg); err != nil {
				return usageError{err}
			}
			if err := change.config(&cfg); err != nil {
				return usageError{err}
			}
			if cfg.Keys == nil || change.ephemeral {
				return usageError{errors.New("reveal needs the key that made the tokens: give --key-file or --key-env")}
			}
			if job.output != "" {
				if plain {
					return usageError{errors.New("--decompress is for standard output: with -o, a file has the compression of its input")}
				}
				return job.start(c.Context(), std, &search, cfg, files)
			}
			if set := job.given(c); set != "" {
				return usageError{fmt.Errorf("--%s is for whole trees: name an output folder with -o DIR", set)}
			}
			p, err := pipeline.New(cfg)
			if err != nil {
				return usageError{err}
			}
			f := filter{std: std, pipeline: p, plain: plain || isTerminal(std.out)}
			closed := false
			err = search.finish(std, func(report func(*pipeline.Report)) error {
				return f.run(c.Context(), files, func(r *pipeline.Report) {
					closed = sayClosed(std.err, r.Path, r.Failures) || closed
					report(r)
				})
			})
			if err == nil && closed {
				err = errInputs
			}
			return err
		},
	}
	change.add(c)
	search.add(c)
	c.Flags().BoolVar(&plain, "decompress", false, "write plain output whatever the compression of the input")
	job.add(c)
	return c
}

// sayClosed says how many tokens of an input were not opened, if any.
func sayClosed(w io.Writer, path string, n uint64) bool {
	if n > 0 {
		fmt.Fprintf(w, "scrim: %s: %d tokens are not opened: of another key, or damaged\n", path, n)
	}
	return n > 0
}
