package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/policy"
)

func newPolicyInit(std streams) *cobra.Command {
	var search searchFlags
	var out string
	c := &cobra.Command{
		Use:   "init PATH...",
		Short: "Draft a policy from what is in this data",
		Long: `scrim policy init searches files and folders, and writes a policy with a rule for
every kind that it found, and where and how often as comments. It holds names of
fields, never values.`,
		Example: "  scrim policy init -o mine.yaml /var/log/app",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, paths []string) error {
			reports, p, err := survey(c, std, &search, nil, paths)
			if err != nil && !errors.Is(err, errInputs) {
				return err
			}
			text := policy.Draft(p, reports)
			if _, perr := policy.Parse("draft", text); perr != nil {
				return fmt.Errorf("the draft is no policy, which is a fault of ours; please report it: %w", perr)
			}
			if out == "" {
				_, werr := std.out.Write(text)
				return errors.Join(werr, err)
			}
			f, ferr := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if ferr != nil {
				return ferr
			}
			_, werr := f.Write(text)
			if werr = errors.Join(werr, f.Close()); werr != nil {
				return werr
			}
			return err
		},
	}
	c.Flags().SortFlags = false
	c.Flags().StringVarP(&out, "output", "o", "", "write to a new `FILE`")
	search.add(c)
	return c
}

// survey searches paths and returns what is in them by field, with the policy
// that the flags come to; rules may be nil.
func survey(c *cobra.Command, std streams, search *searchFlags, rules *changeFlags, paths []string) ([]*pipeline.Report, *pipeline.Policy, error) {
	if len(paths) == 0 {
		return nil, nil, usageError{errors.New("name files or folders, or - for standard input")}
	}
	cfg := pipeline.Config{ByField: true}
	if err := search.config(&cfg); err != nil {
		return nil, nil, usageError{err}
	}
	if rules != nil {
		if err := rules.config(&cfg); err != nil {
			return nil, nil, usageError{err}
		}
	}
	effective := cfg.Policy
	cfg.Policy = cfg.Policy.Searching()
	p, err := pipeline.New(cfg)
	if err != nil {
		return nil, nil, usageError{err}
	}
	var reports []*pipeline.Report
	err = search.finish(std, func(report func(*pipeline.Report)) error {
		return scan(c.Context(), std, p, paths, func(r *pipeline.Report) {
			reports = append(reports, r)
			report(r)
		})
	})
	return reports, &effective, err
}
