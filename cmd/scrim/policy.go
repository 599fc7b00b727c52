package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline/policy"
)

const policyHelp = `A policy is a YAML file that says what becomes of personal data: which kinds, in
which fields, by which transform. --policy gives one to filter, scan and run, by
its file name or the name of a preset.

docs/policy.md describes the file; docs/presets.md, what the presets promise.`

// newPolicy returns the commands about policy files.
func newPolicy(std streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "policy",
		Short: "List, show, draft, check and explain policies",
		Long:  policyHelp,
		Args:  cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{errors.New("no such command; see scrim policy --help")}
			}
			return c.Help()
		},
	}
	c.AddCommand(newPolicyList(std), newPolicyShow(std), newPolicyInit(std), newPolicyCheck(std), newPolicyExplain(std), newPolicySchema(std))
	return c
}

func newPolicyList(std streams) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the presets and what they promise",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			for _, p := range policy.Presets() {
				fmt.Fprintf(std.out, "%s\n    %s\n", p.Name, strings.Join(wrap(p.Doc, 76), "\n    "))
			}
			return nil
		},
	}
}

// wrap breaks text into lines of at most width bytes, where its words allow.
func wrap(text string, width int) (lines []string) {
	line := ""
	for w := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(w) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + w)
	}
	return append(lines, line)
}

func newPolicyShow(std streams) *cobra.Command {
	return &cobra.Command{
		Use:     "show PRESET",
		Short:   "Print a preset, to read or to start from",
		Example: "  scrim policy show web-analytics > mine.yaml",
		Args:    cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				for _, p := range policy.Presets() {
					if p.Name == args[0] {
						_, err := std.out.Write(p.Text)
						return err
					}
				}
			}
			return usageError{fmt.Errorf("name one preset: %s", strings.Join(policy.PresetNames(), ", "))}
		},
	}
}

func newPolicySchema(std streams) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of policy files, for editors",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := std.out.Write(policy.Schema())
			return err
		},
	}
}

func newPolicyCheck(std streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "check FILE|PRESET...",
		Short: "Say what is wrong, weak or without effect in a policy",
		Long: `scrim policy check reads policies and what they extend. What is wrong is named
with line and column; then come rules that no value comes to, choices that keep
more than they seem to, and, as notes, what holds by default and wants a key.

Exit codes: 0 nothing but notes; 2 a policy is wrong; 3 something is weak or
unreachable.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, names []string) error {
			if len(names) == 0 {
				return usageError{errors.New("name the policies to check")}
			}
			type result struct {
				Policy   string           `json:"policy"`
				Hash     string           `json:"hash"`
				Problems []policy.Problem `json:"problems"`
			}
			results := []result{}
			found := false
			for _, name := range names {
				p, err := policy.Load(name)
				if err != nil {
					return usageError{err}
				}
				r := result{name, p.Hash(), policy.Check(&p)}
				for _, x := range r.Problems {
					found = found || x.Level != "note"
				}
				results = append(results, r)
			}
			if asJSON {
				if err := printJSON(std, results); err != nil {
					return err
				}
			} else {
				for _, r := range results {
					fmt.Fprintf(std.out, "%s: %s, hash %.16s\n", r.Policy, verdict(r.Problems), r.Hash)
					for _, x := range r.Problems {
						about := ""
						if len(x.Kinds) > 0 {
							about = " (" + strings.Join(x.Kinds, ", ") + ")"
						}
						fmt.Fprintf(std.out, "  %s: %s: %s\n", x.Level, x.Where, strings.Join(wrap(x.Msg+about, 72), "\n      "))
					}
				}
			}
			if found {
				return errWeak
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// errWeak says that policy check found something, which it has printed.
var errWeak = errors.New("the policy has problems")

func verdict(problems []policy.Problem) string {
	n := 0
	for _, p := range problems {
		if p.Level != "note" {
			n++
		}
	}
	switch n {
	case 0:
		return "good"
	case 1:
		return "1 problem"
	}
	return fmt.Sprintf("%d problems", n)
}

func newPolicyExplain(std streams) *cobra.Command {
	var search searchFlags
	var set []string
	c := &cobra.Command{
		Use:   "explain PATH...",
		Short: "Say which rule decides for each field of this data",
		Long: `scrim policy explain searches files and folders, and says for every kind in every
field which rule decides what becomes of it. Nothing is changed, no key is
needed, and no value is shown.`,
		Example: "  scrim policy explain --policy mine.yaml exports/",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, paths []string) error {
			rules := changeFlags{set: set}
			reports, p, err := survey(c, std, &search, &rules, paths)
			if err != nil && !errors.Is(err, errInputs) {
				return err
			}
			t := newTable(std)
			t.AppendHeader(table.Row{"file", "field", "kind", "count", "rule", "becomes"})
			t.SetColumnConfigs([]table.ColumnConfig{{Number: 4, Align: 3}})
			for _, r := range reports {
				for _, f := range r.Fields {
					k, kerr := p.ParseKind(f.Kind)
					if kerr != nil {
						return kerr
					}
					rule := p.RuleFor(k, f.Field)
					t.AppendRow(table.Row{r.Path, f.Field, f.Kind, f.Count, rule.Source, rule.Transform.String()})
				}
			}
			if t.Length() == 0 {
				fmt.Fprintln(std.out, "nothing found")
				return err
			}
			t.Render()
			return err
		},
	}
	c.Flags().SortFlags = false
	c.Flags().StringArrayVar(&set, "set", nil, "transform for a kind, `KIND=TRANSFORM[:ARG]`, as in scrim (repeatable)")
	search.add(c)
	return c
}
