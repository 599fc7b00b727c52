package main

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// newKinds prints the kinds from the list.
func newKinds(std streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "kinds",
		Short: "List the kinds of personal data that scrim knows",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return printJSON(std, kindRows())
			}
			t := newTable(std)
			t.AppendHeader(table.Row{"kind", "what", "standard", "by default"})
			for _, k := range kindRows() {
				t.AppendRow(table.Row{k.Kind, k.Doc, k.Standard, k.Default})
			}
			t.Render()
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

type kindRow struct {
	Kind     string `json:"kind"`
	Doc      string `json:"doc"`
	Standard string `json:"standard,omitempty"`
	Default  string `json:"default"`
}

func kindRows() (rows []kindRow) {
	for _, k := range detect.Kinds() {
		rows = append(rows, kindRow{k.Name, k.Doc, k.Standard, defaultTransform(k.Kind)})
	}
	return rows
}

// newTransforms prints the transforms from the list.
func newTransforms(std streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "transforms",
		Short: "List the transforms and their parameters",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return printJSON(std, transform.List())
			}
			for _, i := range transform.List() {
				fmt.Fprintf(std.out, "%s\n    %s\n", i.Name, i.Doc)
				key := "no key"
				if i.NeedsKey {
					key = "needs a key"
				}
				reversible := "not reversible"
				if i.Reversible {
					reversible = "reversible with the key"
				}
				fmt.Fprintf(std.out, "    %s; %s\n    preserves: %s\n    attacks: %s\n", key, reversible, i.Preserves, i.Attacks)
				for _, p := range i.Params {
					def := ""
					if p.Default != "" {
						def = " (default " + p.Default + ")"
					}
					fmt.Fprintf(std.out, "    :%-14s %s%s\n", p.Name, p.Doc, def)
				}
				fmt.Fprintln(std.out)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func printJSON(std streams, v any) error {
	e := json.NewEncoder(std.out)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// newTable returns a plain table that goes to standard output.
func newTable(std streams) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(std.out)
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.OptionsNoBordersAndSeparators
	t.Style().Format.Header = 0
	return t
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes no arguments; see %s --help", c.CommandPath(), c.CommandPath())}
	}
	return nil
}

// defaultTransform is what becomes of a kind without a policy.
func defaultTransform(k detect.Kind) string {
	for _, r := range pipeline.DefaultRules() {
		if len(r.Kinds) == 0 || slices.Contains(r.Kinds, k) {
			return r.Transform.String()
		}
	}
	return ""
}
