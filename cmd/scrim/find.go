package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

const findHelp = `scrim find looks a person up in data whose values were replaced by keyed tokens: a
data subject's request. It makes the tokens of VALUE, for every kind that it may
be of, and says where they stand. --policy (or --set) says by which transforms the
data was made; without one, the usual forms of hash, encrypt, ip-prefix and fpe
are tried.

An argument can be seen by other users of the machine: with - in place of VALUE it
is read from standard input. What is printed has places, never the value.

Exit codes: 0 done, and nothing found; 3 done, and found; 1 some input failed; 2
the command line or the policy is wrong, or there is no key.`

// newFind looks a value up in changed data.
func newFind(std streams) *cobra.Command {
	var search searchFlags
	var change changeFlags
	var as string
	var periods []string
	c := &cobra.Command{
		Use:   "find VALUE PATH...",
		Short: "Find a person in changed data, by the token",
		Long:  findHelp,
		Example: `  scrim find --key-file scrim.key mara.keller@example.com clean/
  echo '+1 514-787-2100' | scrim find --key-file scrim.key --policy mine.yaml - clean/calls.csv
  scrim find --key-file scrim.key --policy daily.yaml --period 2026-11-20 192.0.2.7 clean/`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if as != "table" && as != "json" {
				return usageError{errors.New("--format: want table or json")}
			}
			if len(args) < 2 {
				return usageError{errors.New("name a value (or - to read it from standard input) and the files or folders to look in")}
			}
			value, paths := args[0], args[1:]
			if value == "-" {
				line, err := bufio.NewReader(std.in).ReadString('\n')
				if strings.TrimSpace(line) == "" {
					return errors.Join(errors.New("standard input has no value"), err)
				}
				value = line
			}
			cfg := pipeline.Config{}
			if err := search.config(&cfg); err != nil {
				return usageError{err}
			}
			if err := change.config(&cfg); err != nil {
				return usageError{err}
			}
			tokens, err := pipeline.FindTokens(&cfg.Policy, cfg.Keys, []byte(value), periods)
			if err != nil {
				return usageError{err}
			}
			if len(tokens) == 0 {
				return usageError{errors.New("the value is of no kind that the policy makes tokens for; name kinds with --only, or regions of phone numbers with --region")}
			}
			place := &places{std: std, json: as == "json"}
			// Only the tokens are looked for.
			p, err := pipeline.New(pipeline.Config{
				Policy: pipeline.Policy{Custom: cfg.Policy.Custom, Default: transform.Spec{Name: "keep"}, Format: cfg.Policy.Format, FormatOptions: cfg.Policy.FormatOptions},
				Keys:   cfg.Keys, Tokens: tokens, FindValue: []byte(value), Findings: place.add, Format: cfg.Format, FormatOptions: cfg.FormatOptions,
				Workers: cfg.Workers, BatchSize: cfg.BatchSize, MaxRecord: cfg.MaxRecord,
			})
			if err != nil {
				return usageError{err}
			}
			err = search.finish(std, func(report func(*pipeline.Report)) error {
				return scan(c.Context(), std, p, paths, report)
			})
			place.finish()
			if err == nil && place.count > 0 {
				return errListed
			}
			return err
		},
	}
	c.Flags().SortFlags = false
	c.Flags().StringVar(&as, "format", "table", "table or json (a JSON object for each place, one a line)")
	c.Flags().StringSliceVar(&periods, "period", nil, "a `PERIOD` to look at, such as 2026-11 or 2026-11-20, for data whose policy rotates keys (repeatable)")
	change.add(c)
	search.add(c)
	return c
}

// errListed says that find found something, which it has printed.
var errListed = errors.New("found")

// places prints where tokens stand.
type places struct {
	std   streams
	json  bool
	table table.Writer
	count int
}

func (p *places) add(f *pipeline.Finding) error {
	p.count++
	if p.json {
		b, err := json.Marshal(map[string]any{"path": f.Path, "line": f.Line, "start": f.Start, "end": f.End, "offset": f.Offset, "field": f.Field, "kind": f.Kind})
		if err == nil {
			_, err = fmt.Fprintf(p.std.out, "%s\n", b)
		}
		if err != nil {
			return &pipeline.WriteError{Err: err}
		}
		return nil
	}
	if p.table == nil {
		p.table = newTable(p.std)
		p.table.AppendHeader(table.Row{"file", "line", "start", "field", "kind"})
	}
	if p.count <= maxPlaces {
		p.table.AppendRow(table.Row{f.Path, f.Line, f.Start, f.Field, f.Kind})
	}
	return nil
}

// maxPlaces bounds the table, which stands in memory.
const maxPlaces = 10_000

func (p *places) finish() {
	switch {
	case p.json:
	case p.count == 0:
		fmt.Fprintln(p.std.out, "not found")
	default:
		p.table.Render()
		if p.count > maxPlaces {
			fmt.Fprintf(p.std.out, "and %d places more; --format json lists them all\n", p.count-maxPlaces)
		}
	}
}
