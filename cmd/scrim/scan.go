package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
)

const scanHelp = `scrim scan says what personal data there is in files and folders: kinds by file
and field, in counts. Nothing is changed, and no value is shown.

--findings writes a JSON object for each match: path, line (from 1), start and end
(byte offsets in that line, from 0), offset (in the decompressed input), kind,
score in percent, field and detector.

Exit codes are those of scrim.`

// newScan searches files and reports what is in them.
func newScan(std streams) *cobra.Command {
	var search searchFlags
	var as, findings string
	var show bool
	c := &cobra.Command{
		Use:   "scan PATH...",
		Short: "Say what personal data there is, by kind, file and field",
		Long:  scanHelp,
		Example: `  scrim scan /var/log/app
  scrim scan --format json --findings found.jsonl export.csv
  zcat app.log.gz | scrim scan -`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, paths []string) error {
			if as != "table" && as != "json" {
				return usageError{errors.New("--format: want table or json")}
			}
			if len(paths) == 0 {
				return usageError{errors.New("name files or folders to scan, or - for standard input")}
			}
			cfg := pipeline.Config{ByField: true, ShowValues: show}
			if err := search.config(&cfg); err != nil {
				return usageError{err}
			}
			cfg.Policy = cfg.Policy.Searching()
			w, err := openFindings(std, findings)
			if err != nil {
				return err
			}
			defer w.abort()
			if w != nil {
				cfg.Findings = w.write
			}
			p, err := pipeline.New(cfg)
			if err != nil {
				return usageError{err}
			}
			var sum summary
			err = search.finish(std, func(report func(*pipeline.Report)) error {
				err := scan(c.Context(), std, p, paths, func(r *pipeline.Report) {
					sum.Inputs = append(sum.Inputs, r)
					report(r)
				})
				if err == nil || errors.Is(err, errInputs) {
					if werr := w.finish(); werr != nil {
						return werr
					}
					if werr := printScan(std, as, sum.Inputs); werr != nil {
						return werr
					}
				}
				return err
			})
			return err
		},
	}
	c.Flags().SortFlags = false
	c.Flags().StringVar(&as, "format", "table", "table or json")
	c.Flags().StringVar(&findings, "findings", "", "write each match as a line of JSON to `FILE` (-: standard output)")
	c.Flags().BoolVar(&show, "show-values", false, "put the values themselves into the findings")
	search.add(c)
	return c
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

// printScan prints the reports as a table of kinds by file and field, or as
// JSON.
func printScan(std streams, as string, reports []*pipeline.Report) error {
	if as == "json" {
		return printJSON(std, reports)
	}
	t := newTable(std)
	t.AppendHeader(table.Row{"file", "field", "kind", "count"})
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 4, Align: 3}})
	rows := 0
	for _, r := range reports {
		for _, f := range r.Fields {
			t.AppendRow(table.Row{r.Path, f.Field, f.Kind, f.Count})
			rows++
		}
	}
	if rows == 0 {
		_, err := io.WriteString(std.out, "nothing found\n")
		return err
	}
	t.Render()
	return nil
}

// findingsWriter writes findings as JSON lines to a file that appears whole, or
// to standard output.
type findingsWriter struct {
	w    *bufio.Writer
	enc  *json.Encoder
	file *renameio.PendingFile // nil: standard output
}

func openFindings(std streams, name string) (*findingsWriter, error) {
	if name == "" {
		return nil, nil
	}
	f := &findingsWriter{w: bufio.NewWriterSize(std.out, 64<<10)}
	if name != "-" {
		file, err := renameio.NewPendingFile(name, renameio.WithPermissions(0o600))
		if err != nil {
			return nil, err
		}
		f.file = file
		f.w.Reset(file)
	}
	f.enc = json.NewEncoder(f.w)
	f.enc.SetEscapeHTML(false)
	return f, nil
}

func (f *findingsWriter) write(x *pipeline.Finding) error {
	if err := f.enc.Encode(x); err != nil {
		return &pipeline.WriteError{Err: err}
	}
	return nil
}

// finish makes the file appear.
func (f *findingsWriter) finish() error {
	if f == nil {
		return nil
	}
	err := f.w.Flush()
	if f.file != nil && err == nil {
		err = f.file.CloseAtomicallyReplace()
	}
	if err != nil {
		return &pipeline.WriteError{Err: err}
	}
	return nil
}

// abort removes what finish has not made appear.
func (f *findingsWriter) abort() {
	if f != nil && f.file != nil {
		_ = f.file.Cleanup()
	}
}
