package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// searchFlags are the flags of every command that searches inputs.
type searchFlags struct {
	fields  []string
	only    []string
	skip    []string
	regions []string
	format  string
	comma   string
	header  bool
	workers int
	batch   int
	record  int
	stats   string
	failOn  []string
}

func (f *searchFlags) add(c *cobra.Command) {
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringArrayVar(&f.fields, "field", nil, "values of the field `NAME=KIND` are of that kind; none: nothing special (repeatable)")
	fs.StringSliceVar(&f.only, "only", nil, "look for these `KINDS` only (comma-separated; see scrim kinds)")
	fs.StringSliceVar(&f.skip, "skip", nil, "do not look for these `KINDS`")
	fs.StringSliceVar(&f.regions, "region", nil, "look for national phone numbers of this `REGION` too, such as CA or FR (repeatable)")
	fs.StringVar(&f.format, "input-format", "auto", "auto, "+pipeline.FormatNames())
	fs.StringVar(&f.comma, "delimiter", "", "the CSV delimiter, one `CHARACTER`, if it cannot be told from the file")
	fs.BoolVar(&f.header, "no-header", false, "the first CSV record is data, not names")
	fs.IntVar(&f.workers, "workers", 0, "goroutines that search (0: one for each processor)")
	fs.IntVar(&f.batch, "batch-size", pipeline.DefaultBatchSize, "`BYTES` that are searched at a time")
	fs.IntVar(&f.record, "max-record", pipeline.DefaultMaxRecord, "`BYTES` over which a record is searched in overlapping windows")
	fs.StringVar(&f.stats, "stats", "", "write counts as JSON to `FILE` (-: standard error)")
	fs.StringSliceVar(&f.failOn, "fail-on", nil, "exit with 3 if any of these `KINDS` is found (any: whatever is)")
}

// config sets what the flags say in cfg.
func (f *searchFlags) config(cfg *pipeline.Config) error {
	var err error
	if cfg.Policy.Only, err = kindList(f.only); err != nil {
		return fmt.Errorf("--only: %w", err)
	}
	if cfg.Policy.Skip, err = kindList(f.skip); err != nil {
		return fmt.Errorf("--skip: %w", err)
	}
	if cfg.Policy.Fields == nil {
		cfg.Policy.Fields = map[string]detect.Kind{}
	}
	for _, s := range f.fields {
		i := strings.LastIndexByte(s, '=')
		if i <= 0 {
			return errors.New("--field: want NAME=KIND, such as --field caller=phone")
		}
		k, ok := detect.ParseKind(s[i+1:])
		if !ok && s[i+1:] != "none" {
			return fmt.Errorf("--field: no kind is called %q; see scrim kinds", s[i+1:])
		}
		cfg.Policy.Fields[s[:i]] = k
	}
	for _, r := range f.regions {
		cfg.Policy.Regions = append(cfg.Policy.Regions, strings.ToUpper(r))
	}
	switch {
	case f.comma == `\t`:
		cfg.FormatOptions.Comma = '\t'
	case len(f.comma) == 1:
		cfg.FormatOptions.Comma = f.comma[0]
	case f.comma != "":
		return errors.New("--delimiter: want one character")
	}
	cfg.FormatOptions.NoHeader = f.header
	cfg.Format, cfg.Workers, cfg.BatchSize, cfg.MaxRecord = f.format, f.workers, f.batch, f.record
	return nil
}

func kindList(names []string) ([]detect.Kind, error) {
	if len(names) == 0 {
		return nil, nil
	}
	return pipeline.ParseKinds(strings.Join(names, ","))
}

// changeFlags are the flags of every command that changes values.
type changeFlags struct {
	set       []string
	keyFile   string
	keyEnv    string
	ephemeral bool
}

func (f *changeFlags) add(c *cobra.Command) {
	fs := c.Flags()
	fs.StringArrayVar(&f.set, "set", nil, "transform for a kind, `KIND=TRANSFORM[:ARG]`, or * for every kind (repeatable; a kind goes before *, the last before the first; see scrim transforms)")
	fs.StringVar(&f.keyFile, "key-file", "", "`FILE` that holds the master key (see scrim keygen)")
	fs.StringVar(&f.keyEnv, "key-env", "", "environment `VARIABLE` that holds the master key")
	fs.BoolVar(&f.ephemeral, "ephemeral-key", false, "make a key for this run only: tokens will not match another run's")
}

func (f *changeFlags) config(cfg *pipeline.Config) error {
	// What is said of a kind goes before what is said of all, and the last word
	// before the first.
	var rules, general []pipeline.Rule
	for _, s := range f.set {
		r, err := pipeline.ParseSet(s)
		if err != nil {
			return fmt.Errorf("--set: %w", err)
		}
		if len(r.Kinds) == 0 {
			general = slices.Insert(general, 0, r)
		} else {
			rules = slices.Insert(rules, 0, r)
		}
	}
	cfg.Policy.Rules = slices.Concat(rules, general, cfg.Policy.Rules)
	sources := 0
	for _, given := range []bool{f.keyFile != "", f.keyEnv != "", f.ephemeral} {
		if given {
			sources++
		}
	}
	if sources > 1 {
		return errors.New("only one of --key-file, --key-env and --ephemeral-key can be given")
	}
	var err error
	switch {
	case f.keyFile != "":
		cfg.Keys, err = transform.LoadKeyFile(f.keyFile)
	case f.keyEnv != "":
		cfg.Keys, err = transform.KeyFromEnv(f.keyEnv)
	case f.ephemeral:
		cfg.Keys = transform.Ephemeral()
	}
	return err
}
