package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/aggregate"
)

const aggregateHelp = `scrim aggregate groups records and counts, and gives out only groups in which no
one can be recognised.

--by makes groups, and can be repeated:
  country            the value of a field, as the policy has it: an address is [EMAIL]
  'truncate(ip,16)'  a transform of it, with the arguments of --set
  'day(ts)'          hour, day, month or year of a time; in logs that of the line
  kind, field, file  of what was found: then matches are counted, not records
  '"kind"'           a field that has such a name
Where no field has the name, it may be a kind: --by 'truncate(ipv4,16)' works on
any log, --distinct email too.

Groups with fewer than --k records (with --person: people) are left out, and
others with them where a total would give one away. --dp epsilon=1 adds noise
instead; docs/aggregate.md says what each protects from and what not.`

// aggregateFlags are the flags of aggregate.
type aggregateFlags struct {
	search    searchFlags
	change    changeFlags
	by        []string
	cfg       aggregate.Config
	dp        string
	as, out   string
	countOnly bool
}

// newAggregate groups records and counts.
func newAggregate(std streams) *cobra.Command {
	var f aggregateFlags
	c := &cobra.Command{
		Use:   "aggregate PATH...",
		Short: "Count by groups in which no one can be recognised",
		Long:  aggregateHelp,
		Example: `  scrim aggregate --by 'truncate(ip,16)' --by 'day(ts)' --distinct email --sum bytes access.csv
  scrim aggregate --by kind --by file /var/log/app
  scrim aggregate --by country --person user_id --dp epsilon=1,contributions=3 events.jsonl`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, paths []string) error { return f.run(c.Context(), std, paths) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringArrayVar(&f.by, "by", nil, "group by this `EXPRESSION` (repeatable)")
	fs.BoolVar(&f.countOnly, "count", false, "count (always done)")
	fs.StringSliceVar(&f.cfg.Distinct, "distinct", nil, "estimate the distinct values of `FIELD` (repeatable)")
	fs.StringSliceVar(&f.cfg.Sum, "sum", nil, "add up `FIELD` (repeatable)")
	fs.StringSliceVar(&f.cfg.Min, "min", nil, "least value of `FIELD` (repeatable)")
	fs.StringSliceVar(&f.cfg.Max, "max", nil, "greatest value of `FIELD` (repeatable)")
	fs.StringSliceVar(&f.cfg.Avg, "avg", nil, "mean of `FIELD` (repeatable)")
	fs.IntVar(&f.cfg.K, "k", aggregate.DefaultK, "least `NUMBER` of records, or people, in a group that is given out")
	fs.StringVar(&f.cfg.Person, "person", "", "`FIELD` that says whose record it is")
	fs.StringVar(&f.dp, "dp", "", "differential privacy: `epsilon=E`[,delta=D][,contributions=C][,clip=N][,ledger=FILE,budget=E]")
	fs.IntVar(&f.cfg.MaxGroups, "max-groups", aggregate.DefaultMaxGroups, "`NUMBER` of groups that a worker keeps in memory; more go to temporary files")
	fs.StringVar(&f.cfg.TempDir, "temp-dir", "", "`FOLDER` for temporary files")
	fs.StringVar(&f.as, "format", "table", "table, csv, json or parquet")
	fs.StringVarP(&f.out, "output", "o", "-", "write to `FILE`")
	f.change.add(c)
	f.search.add(c)
	return c
}

func (f *aggregateFlags) run(ctx context.Context, std streams, paths []string) error {
	write := map[string]func(*aggregate.Result, io.Writer) error{
		"table": func(r *aggregate.Result, w io.Writer) error { return r.WriteTable(w, terminalWidth(w)) },
		"csv":   (*aggregate.Result).WriteCSV, "json": (*aggregate.Result).WriteJSON, "parquet": (*aggregate.Result).WriteParquet,
	}[f.as]
	if write == nil {
		return usageError{errors.New("--format: want table, csv, json or parquet")}
	}
	if len(paths) == 0 {
		return usageError{errors.New("name files or folders to aggregate, or - for standard input")}
	}
	var cfg pipeline.Config
	for _, err := range []error{f.search.config(&cfg), f.change.config(&cfg)} {
		if err != nil {
			return usageError{err}
		}
	}
	for _, s := range f.by {
		k, err := aggregate.ParseKey(s)
		if err != nil {
			return usageError{fmt.Errorf("--by: %w", err)}
		}
		f.cfg.By = append(f.cfg.By, k)
	}
	if f.dp != "" {
		var err error
		if f.cfg.Noise, err = aggregate.ParseNoise(f.dp); err != nil {
			return usageError{fmt.Errorf("--dp: %w", err)}
		}
	}
	f.cfg.Keys = cfg.Keys
	a, err := aggregate.New(f.cfg)
	if err != nil {
		return usageError{err}
	}
	defer a.Close()
	cfg.Watch = a.Watch
	p, err := pipeline.New(cfg)
	if err != nil {
		return usageError{err}
	}
	return f.search.finish(std, func(note func(*pipeline.Report)) error {
		var spillErr error
		err := scan(ctx, std, p, paths, func(r *pipeline.Report) {
			if err := a.EndInput(); spillErr == nil {
				spillErr = err
			}
			note(r)
		})
		if err != nil && !errors.Is(err, errInputs) {
			return err
		}
		if spillErr != nil {
			return spillErr
		}
		r, rerr := a.Result()
		if rerr != nil {
			return rerr
		}
		werr := writeOutput(std, f.out, func(w io.Writer) error { return write(r, w) })
		if werr == nil && (f.as == "csv" || f.as == "parquet") {
			for _, s := range r.Notes() {
				fmt.Fprintf(std.err, "scrim: %s\n", s)
			}
		}
		if werr != nil {
			return werr
		}
		return err
	})
}
