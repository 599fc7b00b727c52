package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/report"
)

const breachHelp = `scrim breach reads what was exposed and gives the figures that a notice to the
supervisory authority asks for within 72 hours (GDPR article 33): which kinds of
personal data, how many records, how many distinct people by kind, from which
period, in which files. No value is shown.

Distinct values are estimated; the figures say how well. Times come from the
start of lines or from time fields. What scrim does not recognise is not counted:
the figures support a judgement and do not make it.`

// newBreach gives the figures of a breach notice.
func newBreach(std streams) *cobra.Command {
	var search searchFlags
	var as, out string
	c := &cobra.Command{
		Use:   "breach PATH...",
		Short: "Give the figures that a breach notice asks for",
		Long:  breachHelp,
		Example: `  scrim breach exposed/
  scrim breach --format html -o breach.html exposed/`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, paths []string) error {
			write := map[string]func(*report.Breach, io.Writer) error{
				"text": (*report.Breach).WriteText, "json": (*report.Breach).WriteJSON, "html": (*report.Breach).WriteHTML,
			}[as]
			if write == nil {
				return usageError{errors.New("--format: want text, json or html")}
			}
			return surveyFiles(c.Context(), std, &search, pipeline.Config{}, paths, func(r *report.Report) error {
				return writeOutput(std, out, func(w io.Writer) error { return write(r.Breach(), w) })
			})
		},
	}
	c.Flags().SortFlags = false
	c.Flags().StringVar(&as, "format", "text", "text, json or html")
	c.Flags().StringVarP(&out, "output", "o", "-", "write to `FILE`")
	search.add(c)
	return c
}
