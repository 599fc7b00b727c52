package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/policy"
)

// searchFlags are the flags of every command that searches inputs.
type searchFlags struct {
	policy string
	// loaded is that policy with what the other flags say of kinds and fields.
	loaded  pipeline.Policy
	fields  []string
	only    []string
	skip    []string
	regions []string
	format  string
	comma   string
	header  bool
	learn   bool
	base64  bool
	workers int
	batch   int
	record  int
	stats   string
	failOn  []string
}

func (f *searchFlags) add(c *cobra.Command) {
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringVar(&f.policy, "policy", "", "the policy in a `FILE`, or a preset: "+strings.Join(policy.PresetNames(), ", ")+" (other flags go before it)")
	fs.StringArrayVar(&f.fields, "field", nil, "values of the field `NAME=KIND` are of that kind; none: nothing special (repeatable)")
	fs.StringSliceVar(&f.only, "only", nil, "look for these `KINDS` only (comma-separated; see scrim kinds)")
	fs.StringSliceVar(&f.skip, "skip", nil, "do not look for these `KINDS`")
	fs.StringSliceVar(&f.regions, "region", nil, "look for national phone numbers of this `REGION` too, such as CA or FR (repeatable)")
	fs.StringVar(&f.format, "input-format", "auto", "auto, "+pipeline.FormatNames())
	fs.StringVar(&f.comma, "delimiter", "", "the CSV delimiter, one `CHARACTER`, if it cannot be told from the file")
	fs.BoolVar(&f.header, "no-header", false, "the first CSV record is data, not names")
	fs.BoolVar(&f.learn, "learn", false, "read each input twice, and find its user names and secrets also where they stand bare")
	fs.BoolVar(&f.base64, "base64", false, "look into text in base64, too, and encode it anew if there is something in it")
	fs.IntVar(&f.workers, "workers", 0, "goroutines that search (0: one for each processor)")
	fs.IntVar(&f.batch, "batch-size", 0, "`BYTES` that are searched at a time; 0 is an eighth of the second cache")
	fs.IntVar(&f.record, "max-record", pipeline.DefaultMaxRecord, "`BYTES` over which a record is searched in overlapping windows")
	fs.StringVar(&f.stats, "stats", "", "write counts as JSON to `FILE` (-: standard error)")
	fs.StringSliceVar(&f.failOn, "fail-on", nil, "exit with 3 if any of these `KINDS` is found (any: whatever is)")
}

// config sets what the flags say in cfg.
func (f *searchFlags) config(cfg *pipeline.Config) error {
	if f.policy != "" {
		p, err := policy.Load(f.policy)
		if err != nil {
			return err
		}
		cfg.Policy = p
	}
	p := &cfg.Policy
	only, err := kindList(p, f.only)
	if err != nil {
		return fmt.Errorf("--only: %w", err)
	}
	if only != nil {
		p.Only = only
	}
	skip, err := kindList(p, f.skip)
	if err != nil {
		return fmt.Errorf("--skip: %w", err)
	}
	p.Skip = append(p.Skip, skip...)
	if p.Fields == nil {
		p.Fields = map[string]detect.Kind{}
	}
	for _, s := range f.fields {
		i := strings.LastIndexByte(s, '=')
		if i <= 0 {
			return errors.New("--field: want NAME=KIND, such as --field caller=phone")
		}
		k := detect.None
		if name := s[i+1:]; name != "none" {
			if k, err = p.ParseKind(name); err != nil {
				return fmt.Errorf("--field: %w", err)
			}
		}
		p.Fields[s[:i]] = k
	}
	for _, r := range f.regions {
		p.Regions = append(p.Regions, strings.ToUpper(r))
	}
	f.loaded = *p
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
	cfg.Learn, cfg.Base64 = f.learn, f.base64
	return nil
}

func kindList(p *pipeline.Policy, names []string) ([]detect.Kind, error) {
	if len(names) == 0 {
		return nil, nil
	}
	return p.ParseKinds(strings.Join(names, ","))
}

// changeFlags are the flags of every command that changes values.
type changeFlags struct {
	set       []string
	tokenBits int
	keyFlags
}

func (f *changeFlags) add(c *cobra.Command) {
	fs := c.Flags()
	fs.StringArrayVar(&f.set, "set", nil, "transform for a kind, `KIND=TRANSFORM[:ARG]`, or * for every kind (repeatable; a kind goes before *, the last before the first; see scrim transforms)")
	fs.IntVar(&f.tokenBits, "token-bits", 0, "length of the tokens of hash in `BITS`, 32 to 256, where no transform says it (0: 64, or what the policy says)")
	f.keyFlags.add(c)
	fs.BoolVar(&f.ephemeral, "ephemeral-key", false, "make a key for this run only: tokens will not match another run's")
}

// config sets what the flags say in cfg, which has the policy already.
func (f *changeFlags) config(cfg *pipeline.Config) error {
	// What is said of a kind goes before what is said of all, and the last word
	// before the first.
	var rules, general []pipeline.Rule
	for _, s := range f.set {
		r, err := cfg.Policy.ParseSet(s)
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
	switch {
	case f.tokenBits == 0:
	case f.tokenBits < 32 || f.tokenBits > 256:
		return errors.New("--token-bits: want a number from 32 to 256")
	default:
		cfg.Policy.TokenBits = f.tokenBits
	}
	var err error
	cfg.Keys, err = f.keys()
	return err
}
