// Package pipeline moves files through detection and transformation.
//
// A [Pipeline] is made from a [Config] and runs over one input after the other:
//
//  1. A [Source] opens the input and undoes its compression.
//  2. Its format is told from its first bytes (package format), and a reader cuts
//     it into batches at record boundaries.
//  3. Workers, each with a scanner and transforms of its own, find the cells of a
//     batch, search them (package detect), ask the [Policy] what is to be done,
//     and write what stands for the batch (package transform).
//  4. A writer puts the batches out in the order of the input.
//
// A fixed set of batches circulates, so memory is bounded by their number and
// size, not by the input. Every byte outside a match comes out as it came in.
//
// # Terminology
//
//   - Policy: which transform is applied to which kind in which field.
//   - Batch: a block of whole records on its way through.
//   - Finding: a match and where it stands.
//   - Report: what was found in an input and done with it, in counts.
package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/transform"
)

// Sizes that Config leaves to us.
const (
	// DefaultMaxRecord is the longest record that is looked at whole.
	DefaultMaxRecord = 64 << 20
	minBatchSize     = 4 << 10
)

// A Config says what a Pipeline does. The zero Config finds every kind and does
// what DefaultRules say.
type Config struct {
	Policy Policy
	// Keys are for the transforms that need one.
	Keys *transform.Keys
	// Workers is how many goroutines search; 0 means one for each processor.
	Workers int
	// BatchSize is the size of a batch in bytes; 0 means DefaultBatchSize().
	BatchSize int
	// MaxRecord is the length in bytes over which a record is searched in
	// windows that overlap, not whole; 0 means DefaultMaxRecord.
	MaxRecord int
	// Format is the name of the inputs' format; "" or "auto" means that each
	// input tells.
	Format string
	// FormatOptions are for that format.
	FormatOptions format.Options
	// ByField counts matches by field too.
	ByField bool
	// Findings is called for every match, in the order of the input; nil means
	// that matches are only counted. It must not retain the Finding.
	Findings func(*Finding) error
	// Watch, if it is set, is called for each worker of each input, by the name
	// of the input, and gives what looks at the worker's blocks.
	Watch func(name string) Watch
	// Learn reads each input twice, and finds user names and secrets that the first
	// reading showed where they stand bare, too. What is not a plain file is kept in a
	// temporary file meanwhile, which only its owner may read.
	Learn bool
	// Base64 says that text in base64 is searched, and goes whole if there is
	// something in it.
	Base64 bool
	// Explain says for each of the Findings what speaks for it, and adds those
	// that nearly were.
	Explain bool
	// ShowValues puts the values into the Findings.
	ShowValues bool
	// Reveal puts back values in place of what the policy put in theirs: tokens of
	// encrypt wherever they stand, and results of fpe, ip-prefix and shift where
	// the policy has them and they are still found. What cannot be opened stays,
	// and is counted as a failure.
	Reveal bool
	// Tokens are looked for instead of values; see FindTokens.
	Tokens []Token
	// FindValue is looked for beside Tokens in reversible tokens, which are opened
	// with Keys: they are found whatever the spelling in them.
	FindValue []byte
}

// A Pipeline does what its Config says. It is safe for concurrent use, if the
// Config's Findings is.
type Pipeline struct {
	cfg  Config
	plan *plan
	// bare is plan without what was learned: columns are judged by it.
	bare   *plan
	format *format.Format // nil: each input tells
	// learned is what learns from an input; nil: nothing does.
	learned *detect.Names
}

// New returns a Pipeline, or says what is wrong with cfg.
func New(cfg Config) (*Pipeline, error) {
	if cfg.Workers < 0 || cfg.BatchSize < 0 || cfg.MaxRecord < 0 {
		return nil, errors.New("workers, batch size and record limit cannot be negative")
	}
	if cfg.Workers == 0 {
		cfg.Workers = runtime.GOMAXPROCS(0)
	}
	if cfg.BatchSize == 0 {
		cfg.BatchSize = DefaultBatchSize()
	}
	cfg.BatchSize = max(cfg.BatchSize, minBatchSize)
	if cfg.MaxRecord == 0 {
		cfg.MaxRecord = DefaultMaxRecord
	}
	cfg.MaxRecord = max(cfg.MaxRecord, cfg.BatchSize, 4*overlap)
	if cfg.Format == "" || cfg.Format == "auto" {
		cfg.Format = cfg.Policy.Format
	}
	if cfg.FormatOptions.Comma == 0 {
		cfg.FormatOptions.Comma = cfg.Policy.FormatOptions.Comma
	}
	cfg.FormatOptions.NoHeader = cfg.FormatOptions.NoHeader || cfg.Policy.FormatOptions.NoHeader
	p := &Pipeline{cfg: cfg}
	if cfg.Format != "" && cfg.Format != "auto" && cfg.Format != parquetName && cfg.Format != arrowName {
		f, ok := format.ByName(cfg.Format)
		if !ok {
			return nil, fmt.Errorf("no format is called %q; one of auto, %s", cfg.Format, FormatNames())
		}
		p.format = &f
	}
	var err error
	p.plan, err = newPlan(&cfg.Policy, cfg.Keys, cfg.Reveal, cfg.Explain, cfg.Base64)
	if err != nil {
		return nil, err
	}
	p.bare = p.plan
	p.plan.tokens, err = newTokenSet(&cfg, p.plan.engine)
	return p, err
}

// Run reads src to its end and writes what stands for it to dst; a nil dst means
// that it is only searched. The Report is of what was done, also when there is
// an error: everything read before it has been dealt with.
func (p *Pipeline) Run(ctx context.Context, src *Source, dst io.Writer) (*Report, error) {
	return p.run(ctx, src, dst, nil)
}

// RunPart is Run for a part of a larger input that begins and ends where a Cutter
// of its format cuts. What the input is and what its columns hold is told from
// head, the first SampleSize bytes of the text of it, so that its parts come out
// as the whole would.
func (p *Pipeline) RunPart(ctx context.Context, src *Source, head []byte, dst io.Writer) (*Report, error) {
	return p.runFrom(ctx, src, head, len(head) < SampleSize, src, dst, nil)
}

// run does the work of Run and of Walk: it hands every batch, in order, to dst
// and to see, each of which may be nil.
func (p *Pipeline) run(ctx context.Context, src *Source, dst io.Writer, see func(*batch) error) (*Report, error) {
	head, atEOF, all := sample(src, !src.isFile())
	return p.runFrom(ctx, src, head, atEOF, all, dst, see)
}

// runFrom is run with what src begins with, whether that is all of it, and what
// is read.
func (p *Pipeline) runFrom(ctx context.Context, src *Source, head []byte, atEOF bool, all io.Reader, dst io.Writer,
	see func(*batch) error) (*Report, error) {
	if p.cfg.Format == parquetName || p.format == nil && bytes.HasPrefix(head, []byte(parquetMagic)) {
		return p.runParquet(ctx, src, all, dst)
	}
	if p.cfg.Format == arrowName || p.format == nil && IsArrow(head) {
		return p.runArrow(ctx, src, head, all, dst)
	}
	if p.cfg.Learn {
		knowing, again, done, err := p.learn(ctx, src, head, atEOF, all)
		if err != nil {
			return &Report{Path: src.Name, Compression: src.Codec, Kinds: map[string]uint64{}, Error: err.Error()}, err
		}
		defer done()
		p, all = knowing, again
	}
	return p.pass(ctx, src, head, atEOF, all, dst, see)
}

// pass runs over an input that begins with head and that all reads whole.
func (p *Pipeline) pass(ctx context.Context, src *Source, head []byte, atEOF bool, all io.Reader, dst io.Writer, see func(*batch) error) (*Report, error) {
	f, opts := p.format, p.cfg.FormatOptions
	if f == nil {
		sniffed, found := format.Sniff(head, atEOF)
		f = &sniffed
		if opts.Comma == 0 {
			opts.Comma = found.Comma
		}
		opts.NoHeader = opts.NoHeader || found.NoHeader
	}
	cutter := f.NewCutter(opts)
	cutter.Start(head)
	judged := p.judgeColumns(f, opts, head, atEOF)
	size, searchers := p.cfg.BatchSize, p.cfg.Workers
	if atEOF { // there is no more than a sample of it
		size, searchers = min(size, max(len(head)+1, minBatchSize)), 1
	}
	r := &reader{src: all, cutter: cutter, size: size, limit: p.cfg.MaxRecord, patient: src.patient || src.isFile(), context: f.Name == "text", count: p.cfg.Watch != nil}
	wc := workConfig{
		pl: p.plan, columns: judged.fields, write: dst != nil || see != nil, hits: see != nil, learn: p.learned != nil, users: p.cfg.Learn, byField: p.cfg.ByField,
		findings: p.cfg.Findings != nil, values: p.cfg.ShowValues, explain: p.cfg.Explain,
		documents: f.Name == "jsonl",
	}
	workers := make([]*worker, searchers)
	for i := range workers {
		workers[i] = newWorker(wc, func() format.Parser { return f.NewParser(cutter) })
		if p.cfg.Watch != nil {
			workers[i].setWatch(p.cfg.Watch(src.Name))
		}
	}
	t := tally{name: p.plan.name, report: Report{Path: src.Name, Format: f.Name, Compression: src.Codec}}
	var pos position
	err := flow(ctx, r, workers, func(b *batch) error {
		if err := pos.place(b, src.Name, p.cfg.Findings); err != nil {
			return err
		}
		if dst != nil {
			if err := writeAll(dst, b.out); err != nil {
				return &WriteError{err}
			}
		}
		t.add(b)
		if p.learned != nil {
			b.lessons.teach(p.learned)
		}
		if see != nil {
			return see(b)
		}
		return nil
	})
	report := t.finish()
	report.Columns = judged.report
	if err != nil {
		report.Error = err.Error()
	}
	return report, err
}

// Format returns the name of the format that Config or the policy says, "" if each
// input tells.
func (p *Pipeline) Format() string {
	if p.cfg.Format == "auto" {
		return ""
	}
	return p.cfg.Format
}

// FormatNames returns the names that Config.Format takes besides auto, with
// commas between them.
func FormatNames() string { return format.Names() + ", " + parquetName + ", " + arrowName }

// KindName returns the name of a kind, built-in or of the policy.
func (p *Pipeline) KindName(k detect.Kind) string { return p.plan.name(k) }

// KeepsAll says that the policy changes nothing, so that the output of an input
// is the input, to the byte and with its compression as it is.
func (p *Pipeline) KeepsAll() bool { return p.plan.keepsAll() }

// A WriteError is a failure of the output, after which there is no point in
// reading on.
type WriteError struct{ Err error }

func (e *WriteError) Error() string { return "cannot write: " + e.Err.Error() }

// Unwrap returns the cause.
func (e *WriteError) Unwrap() error { return e.Err }

func writeAll(w io.Writer, b []byte) error {
	if len(b) == 0 {
		return nil
	}
	n, err := w.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	return err
}
