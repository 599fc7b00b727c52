package scrimbeam

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/scrim-dev/scrim/pipeline"
)

// finishFn puts the ranges of a file together and says what became of it.
type finishFn struct {
	Settings string
	Output   string

	ready *ready
}

// Setup reads the settings.
func (fn *finishFn) Setup(ctx context.Context) (err error) {
	fn.ready, err = loadReady(ctx, fn.Settings)
	return err
}

// ProcessElement takes all parts of a file. The parts' own files stay until the
// job is over: this step may have to be done again.
func (fn *finishFn) ProcessElement(ctx context.Context, _ string, parts func(*Part) bool, emit func(Outcome)) error {
	var all []Part
	var p Part
	for parts(&p) {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b Part) int { return cmp.Compare(a.Index, b.Index) })
	e, err := fn.finish(ctx, all)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		f := all[0].File
		beam.NewCounter("scrim", "inputs_failed").Inc(ctx, 1)
		emit(Outcome{Dead: &DeadLetter{Path: f.Path, Output: f.Output, Error: plainError(err)}})
		return nil
	}
	count(ctx, e)
	emit(Outcome{Entry: e})
	return nil
}

func (fn *finishFn) finish(ctx context.Context, parts []Part) (*Entry, error) {
	f := parts[0].File
	for i, p := range parts {
		if p.Error != "" {
			return nil, errors.New(p.Error)
		}
		if p.Index != i || p.Count != len(parts) {
			return nil, fmt.Errorf("the engine gave %d of %d ranges", len(parts), p.Count)
		}
	}
	r, size, sum := parts[0].Report, parts[0].Size, parts[0].Sum
	if len(parts) > 1 {
		k, err := create(ctx, fn.Output, join(fn.Output, f.Output))
		if err != nil {
			return nil, err
		}
		r = &pipeline.Report{Path: f.Path, Format: parts[0].Format, Kinds: map[string]uint64{}}
		for i := range parts {
			if err := addPart(ctx, k, &parts[i], r); err != nil {
				k.abort()
				return nil, err
			}
		}
		size, sum = k.size, k.hash()
		if err := k.commit(&f); err != nil {
			return nil, err
		}
	}
	pipe, err := fn.ready.pipeline("", false)
	if err != nil {
		return nil, err
	}
	e := &Entry{
		Path: f.Path, Output: f.Output, Size: f.Size, SHA256: parts[0].Input, OutputSize: size, OutputSHA256: sum,
		Format: r.Format, Compression: r.Compression, BytesIn: r.BytesIn, BytesOut: r.BytesOut, Lines: r.Lines, Kinds: r.Kinds,
		Failures: r.Failures, Dropped: r.Dropped, LongRecords: r.LongRecords,
		Policy: pipe.PolicyHash(), Key: pipe.KeyID(), Version: version(),
	}
	if f.MTime != 0 {
		e.MTime = time.Unix(0, f.MTime).UTC()
	}
	return e, nil
}

// addPart appends the output of a range to that of its file, and its counts to
// the report.
func addPart(ctx context.Context, k *sink, p *Part, r *pipeline.Report) error {
	in, err := openAt(ctx, p.Temp, 0)
	if err != nil {
		return fmt.Errorf("cannot read the output of a range: %w", err)
	}
	defer in.Close()
	if _, err := io.Copy(k, in); err != nil {
		return err
	}
	add(r, p.Report)
	return nil
}

// add adds the counts of b to a.
func add(a, b *pipeline.Report) {
	a.BytesIn += b.BytesIn
	a.BytesOut += b.BytesOut
	a.Lines += b.Lines
	a.Failures += b.Failures
	a.Dropped += b.Dropped
	a.LongRecords += b.LongRecords
	for k, n := range b.Kinds {
		a.Kinds[k] += n
	}
}

// count gives the engine the counts of a file, by which it can be watched.
func count(ctx context.Context, e *Entry) {
	inc := func(name string, n int64) { beam.NewCounter("scrim", name).Inc(ctx, n) }
	inc("inputs_done", 1)
	inc("bytes_in", e.BytesIn)
	inc("bytes_out", e.BytesOut)
	for k, n := range e.Kinds {
		inc("kind_"+k, int64(n))
	}
	if e.Failures > 0 {
		inc("transform_failures", int64(e.Failures))
	}
}
