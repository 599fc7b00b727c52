package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
)

const filterHelp = `scrim finds personal data in logs, CSV and JSON lines and takes it out, without
touching any other byte. It reads FILEs, or standard input (-), and writes to
standard output.

Without further flags IP addresses are truncated (to /24 and /48), hardware
addresses cut to the vendor's half, and everything else found gives way to a
label such as [EMAIL]. --set changes that kind by kind, --policy altogether.

Format and compression are told from the content. The output has those of its
input; give --decompress for plain output.

Exit codes: 0 done; 1 some input failed (the others were done; standard error
names it); 2 the command line is wrong; 3 done, and --fail-on found something.`

const filterExample = `  zcat app.log.gz | scrim > clean.log
  scrim --set 'ipv4=hash' --key-file scrim.key access.log > clean.log
  scrim --set 'email=mask:keep=1' --field caller=phone calls.csv > clean.csv
  tail -f app.log | scrim --only email,phone
  scrim --policy web-analytics --key-file scrim.key access.log > clean.log
  scrim --fail-on any < release-notes.txt > /dev/null`

// newFilter returns the default command: files or standard input to standard
// output.
func newFilter(std streams) *cobra.Command {
	var search searchFlags
	var change changeFlags
	var plain bool
	c := &cobra.Command{
		Use:     "filter [FILE...]",
		Short:   "Take personal data out of files or standard input",
		Long:    filterHelp,
		Example: filterExample,
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, files []string) error {
			var cfg pipeline.Config
			if err := search.config(&cfg); err != nil {
				return usageError{err}
			}
			if err := change.config(&cfg); err != nil {
				return usageError{err}
			}
			p, err := pipeline.New(cfg)
			if err != nil {
				return usageError{err}
			}
			f := filter{std: std, pipeline: p, plain: plain || isTerminal(std.out)}
			return search.finish(std, func(report func(*pipeline.Report)) error {
				return f.run(c.Context(), files, report)
			})
		},
	}
	change.add(c)
	search.add(c)
	c.Flags().BoolVar(&plain, "decompress", false, "write plain output whatever the compression of the input")
	return c
}

// A filter runs inputs through a pipeline, one after the other.
type filter struct {
	std      streams
	pipeline *pipeline.Pipeline
	plain    bool
}

func (f *filter) run(ctx context.Context, files []string, report func(*pipeline.Report)) error {
	if len(files) == 0 {
		files = []string{"-"}
	}
	failed := false
	for _, name := range files {
		r, err := f.one(ctx, name)
		if r != nil {
			report(r)
		}
		if fatal(err) {
			return err
		}
		if err != nil {
			inputFailed(f.std.err, name, err)
			failed = true
		}
	}
	if failed {
		return errInputs
	}
	return nil
}

// one filters one input.
func (f *filter) one(ctx context.Context, name string) (*pipeline.Report, error) {
	raw, closeRaw, err := open(f.std, name)
	if err != nil {
		return nil, err
	}
	defer closeRaw() //nolint:errcheck // only read from
	if f.pipeline.KeepsAll() && !f.plain {
		return f.pass(ctx, raw, name)
	}
	src := pipeline.NewSource(raw, name)
	defer src.Close() //nolint:errcheck // only read from
	encode := src.Encode
	if f.plain {
		encode = src.EncodePlain
	}
	out, err := encode(f.std.out)
	if err != nil {
		return nil, err
	}
	r, err := f.pipeline.Run(ctx, src, out)
	// What was read is written, whatever stopped the reading.
	if cerr := out.Close(); err == nil && cerr != nil {
		err = &pipeline.WriteError{Err: cerr}
	}
	return r, err
}

// pass copies an input as it is, and counts what is in it on the way.
func (f *filter) pass(ctx context.Context, raw io.Reader, name string) (*pipeline.Report, error) {
	tee := &passage{from: raw, to: f.std.out}
	src := pipeline.NewSource(tee, name)
	r, err := f.pipeline.Run(ctx, src, nil)
	if cerr := src.Close(); err == nil {
		err = cerr
	}
	if r != nil {
		r.BytesOut = r.BytesIn // before it is compressed, as it was
	}
	if tee.err == nil { // what could not be read as what it seemed is still passed on
		_, cerr := io.Copy(f.std.out, raw)
		if cerr != nil && err == nil {
			err = cerr
		}
	}
	if tee.err != nil {
		err = &pipeline.WriteError{Err: tee.err}
	}
	return r, err
}

// A passage is a reader that writes what it reads.
type passage struct {
	from io.Reader
	to   io.Writer
	err  error // of the writer
}

func (p *passage) Read(b []byte) (int, error) {
	n, err := p.from.Read(b)
	if n > 0 && p.err == nil {
		if _, p.err = p.to.Write(b[:n]); p.err != nil {
			return n, p.err
		}
	}
	return n, err
}

// open opens a file, or standard input for "-".
func open(std streams, name string) (io.Reader, func() error, error) {
	if name == "-" {
		return std.in, func() error { return nil }, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		_ = f.Close()
		return nil, nil, errors.New("is a folder; scrim run and scrim scan take folders")
	}
	return f, f.Close, nil
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && info.Mode()&os.ModeDevice != 0 && f.Name() != os.DevNull && !isNull(info)
}

// isNull says whether info is that of the null device, which is a character
// device but no terminal.
func isNull(info os.FileInfo) bool {
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(null, info)
}

// finish runs do, which reports on each input, then writes the counts and says
// what --fail-on is about.
func (f *searchFlags) finish(std streams, do func(report func(*pipeline.Report)) error) error {
	for _, name := range f.failOn {
		if name != "any" {
			if _, err := f.loaded.ParseKinds(name); err != nil {
				return usageError{fmt.Errorf("--fail-on: %w", err)}
			}
		}
	}
	sum := summary{Version: version(), Inputs: []*pipeline.Report{}, Kinds: map[string]uint64{}}
	err := do(sum.add)
	if f.stats != "" {
		if werr := sum.write(std, f.stats); werr != nil && err == nil {
			err = werr
		}
	}
	if err == nil && sum.found(f.failOn) {
		err = errFound
	}
	return err
}
