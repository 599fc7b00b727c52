package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
)

const revealHelp = `scrim reveal puts values back in place of reversible tokens, for who holds the key
that made them: those of encrypt wherever they stand, and with --policy (or --set)
what fpe, ip-prefix and shift have made of the kinds and fields it names.

Tokens of another key and damaged ones stay as they are; how many is said on
standard error, and the exit code is then 1. Results of fpe and ip-prefix have no
mark: they are undone where they are still found as their kind, with the key of
today. In text, values come back to the byte; in JSON they come back as strings,
without the escapes that they may have had.

Exit codes: 0 done; 1 some input failed, or some tokens could not be opened; 2 the
command line or the policy is wrong, or there is no key.`

// newReveal opens reversible tokens.
func newReveal(std streams) *cobra.Command {
	var search searchFlags
	var change changeFlags
	var plain bool
	c := &cobra.Command{
		Use:   "reveal [FILE...]",
		Short: "Put values back in place of reversible tokens",
		Long:  revealHelp,
		Example: `  scrim reveal --key-file scrim.key clean.log
  scrim reveal --key-file new.key --previous-key-file old.key < clean.log
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
			p, err := pipeline.New(cfg)
			if err != nil {
				return usageError{err}
			}
			f := filter{std: std, pipeline: p, plain: plain || isTerminal(std.out)}
			var closed uint64
			err = search.finish(std, func(report func(*pipeline.Report)) error {
				return f.run(c.Context(), files, func(r *pipeline.Report) {
					if closed += r.Failures; r.Failures > 0 {
						fmt.Fprintf(std.err, "scrim: %s: %d tokens are not opened: of another key, or damaged\n", r.Path, r.Failures)
					}
					report(r)
				})
			})
			if err == nil && closed > 0 {
				err = errInputs
			}
			return err
		},
	}
	change.add(c)
	search.add(c)
	c.Flags().BoolVar(&plain, "decompress", false, "write plain output whatever the compression of the input")
	return c
}
