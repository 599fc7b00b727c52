package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"
	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/job"
	"github.com/scrim-dev/scrim/pipeline/report"
)

const scanHelp = `scrim scan says what personal data there is in files and folders: kinds by file
and field, how often, in how many records, how many different values, where the
first stands and how sure it is. Nothing is changed, and no value is shown.

Formats: table (fits the terminal), json (docs/scan.schema.json), csv, parquet,
sarif (2.1.0, for code scanning), html (one page that needs no network). --by
chooses what is told apart in table, csv and parquet: file, field, kind.

--findings writes a JSON object for each match: path, line (from 1), start and end
(byte offsets in that line, from 0), offset (in the decompressed input), kind,
score in percent, field and detector. If the name ends in .parquet, it is Parquet.

--explain says of each match how it was checked and what speaks for it, and of
what was nearly one why it is none: as validation, evidence and miss in the
findings, or without --findings as a line each. Values are shown with
--show-values only.

--baseline compares with the JSON of an earlier scan and says what is new;
--fail-on-new then exits with 3 if a field or file holds a kind that it did not.

Exit codes are those of scrim.`

// scanFlags are the flags of scan.
type scanFlags struct {
	search   searchFlags
	as, out  string
	by       []string
	findings string
	show     bool
	explain  bool
	baseline string
	failNew  bool
}

// newScan searches files and reports what is in them.
func newScan(std streams) *cobra.Command {
	var f scanFlags
	c := &cobra.Command{
		Use:   "scan PATH...",
		Short: "Say what personal data there is, by kind, file and field",
		Long:  scanHelp,
		Example: `  scrim scan /var/log/app
  scrim scan --format html -o report.html --findings found.jsonl export.csv
  scrim scan --baseline last.json --fail-on-new --format json -o now.json exports/
  zcat app.log.gz | scrim scan --by kind -`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, paths []string) error { return f.run(c.Context(), std, paths) },
	}
	fs := c.Flags()
	fs.SortFlags = false
	fs.StringVar(&f.as, "format", "table", "table, json, csv, parquet, sarif or html")
	fs.StringVarP(&f.out, "output", "o", "-", "write the report to `FILE`")
	fs.StringSliceVar(&f.by, "by", []string{"file", "field"}, "what table, csv and parquet tell apart: `file,field`, file, field or kind")
	fs.StringVar(&f.findings, "findings", "", "write each match to `FILE`, as a line of JSON or, if it ends in .parquet, as Parquet (-: standard output)")
	fs.BoolVar(&f.show, "show-values", false, "put the values themselves into the findings")
	fs.BoolVar(&f.explain, "explain", false, "say what speaks for each match, and why near misses are none: in the findings, or line by line")
	fs.StringVar(&f.baseline, "baseline", "", "say what is new since this `REPORT`, written by scan --format json")
	fs.BoolVar(&f.failNew, "fail-on-new", false, "exit with 3 if anything is new since the baseline")
	f.search.add(c)
	return c
}

func (f *scanFlags) run(ctx context.Context, std streams, paths []string) error {
	by, err := report.ParseBy(f.by)
	if err != nil {
		return usageError{fmt.Errorf("--by: %w", err)}
	}
	render, ok := scanFormats[f.as]
	if !ok {
		return usageError{errors.New("--format: want table, json, csv, parquet, sarif or html")}
	}
	if f.failNew && f.baseline == "" {
		return usageError{errors.New("--fail-on-new: wants --baseline")}
	}
	var baseline *report.Report
	if f.baseline != "" { // before the work, so that a wrong name shows at once
		if baseline, err = readReport(f.baseline); err != nil {
			return usageError{fmt.Errorf("--baseline: %w", err)}
		}
	}
	w, err := openFindings(std, f.findings)
	if err != nil {
		return err
	}
	defer w.abort()
	cfg := pipeline.Config{ShowValues: f.show, Explain: f.explain}
	switch {
	case w != nil:
		cfg.Findings = w.write
	case f.explain:
		cfg.Findings = func(x *pipeline.Finding) error { return explain(std.out, x) }
	}
	return surveyFiles(ctx, std, &f.search, cfg, paths, func(r *report.Report) error {
		if err := w.finish(); err != nil {
			return err
		}
		if baseline != nil {
			r.Compare(baseline)
		}
		if err := writeOutput(std, f.out, func(out io.Writer) error { return render(r, by, out) }); err != nil {
			return err
		}
		if f.failNew && len(r.New.Places) > 0 {
			return errNew
		}
		return nil
	})
}

// errNew says that there is something that the baseline has not.
var errNew = fmt.Errorf("%w: personal data where the baseline has none", errFound)

// scanFormats are the ways to show a report.
var scanFormats = map[string]func(*report.Report, report.By, io.Writer) error{
	"table":   printTable,
	"json":    func(r *report.Report, _ report.By, w io.Writer) error { return r.WriteJSON(w) },
	"csv":     func(r *report.Report, by report.By, w io.Writer) error { return report.WriteCSV(w, r.Lines(by)) },
	"parquet": func(r *report.Report, by report.By, w io.Writer) error { return report.WriteParquet(w, r.Lines(by)) },
	"sarif":   func(r *report.Report, _ report.By, w io.Writer) error { return r.WriteSARIF(w) },
	"html":    func(r *report.Report, _ report.By, w io.Writer) error { return r.WriteHTML(w) },
}

// printTable prints the report as a table, or what is new in it.
func printTable(r *report.Report, by report.By, w io.Writer) error {
	lines := r.Lines(by)
	if r.New != nil {
		if !by.File || !by.Field {
			lines = r.Lines(report.By{File: true, Field: true})
		}
		by = report.By{File: true, Field: true}
		lines = slices.DeleteFunc(lines, func(l report.Line) bool { return !l.New })
		if len(lines) == 0 {
			_, err := io.WriteString(w, "nothing new\n")
			return err
		}
	}
	return report.WriteTable(w, by, lines, terminalWidth(w))
}

func readReport(name string) (*report.Report, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r, err := report.Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return r, nil
}

// surveyFiles searches every file under paths and gives the report of them to use,
// also if some of them failed.
func surveyFiles(ctx context.Context, std streams, search *searchFlags, cfg pipeline.Config, paths []string, use func(*report.Report) error) error {
	if len(paths) == 0 {
		return usageError{errors.New("name files or folders to scan, or - for standard input")}
	}
	if err := search.config(&cfg); err != nil {
		return usageError{err}
	}
	cfg.Policy = cfg.Policy.Searching()
	s := report.NewSurvey(report.Options{Version: version(), KindName: search.loaded.KindName})
	cfg.ByField = search.stats != ""
	cfg.Watch = s.Watch
	p, err := pipeline.New(cfg)
	if err != nil {
		return usageError{err}
	}
	return search.finish(std, func(note func(*pipeline.Report)) error {
		err := scan(ctx, std, p, paths, func(r *pipeline.Report) {
			s.Close(r)
			note(r)
		})
		if err != nil && !errors.Is(err, errInputs) {
			return err
		}
		if uerr := use(s.Report()); uerr != nil && (err == nil || !errors.Is(uerr, errFound)) {
			return uerr
		}
		return err
	})
}

// writeOutput calls write with standard output for "-", or else with a file that
// appears whole or not at all.
func writeOutput(std streams, name string, write func(io.Writer) error) error {
	if name == "-" {
		b := bufio.NewWriterSize(std.out, 64<<10)
		// What is asked for the width of a terminal must be the terminal.
		if err := write(terminalWriter{b, std.out}); err != nil {
			return err
		}
		return b.Flush()
	}
	file, err := renameio.NewPendingFile(name, renameio.WithPermissions(0o644))
	if err != nil {
		return err
	}
	defer func() { _ = file.Cleanup() }()
	b := bufio.NewWriterSize(file, 64<<10)
	if err := write(b); err != nil {
		return err
	}
	if err := b.Flush(); err != nil {
		return err
	}
	return file.CloseAtomicallyReplace()
}

// scan searches every file under paths.
func scan(ctx context.Context, std streams, p *pipeline.Pipeline, paths []string, report func(*pipeline.Report)) error {
	failed := false
	fail := func(name string, err error) {
		inputFailed(std.err, name, err)
		failed = true
	}
	one := func(name string) error {
		raw, closeRaw, err := open(std, name)
		if err != nil {
			fail(name, err)
			return nil
		}
		defer closeRaw() //nolint:errcheck // only read from
		src := pipeline.NewSource(raw, name)
		defer src.Close() //nolint:errcheck // only read from
		r, err := p.Run(ctx, src, nil)
		report(r)
		if fatal(err) {
			return err
		}
		if err != nil {
			fail(name, err)
		}
		return nil
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if path == "-" || err == nil && !info.IsDir() || err != nil {
			if err := one(path); err != nil {
				return err
			}
			continue
		}
		err = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				fail(name, err)
				return nil
			}
			if d.IsDir() && filepath.Dir(name) == filepath.Clean(path) && job.IsState(d.Name()) {
				return filepath.SkipDir
			}
			if !d.Type().IsRegular() {
				return nil
			}
			return one(name)
		})
		if err != nil {
			return err
		}
	}
	if failed {
		return errInputs
	}
	return nil
}
