package scrimbeam

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/job"
)

// Files of the state folder, which say what a job did.
const (
	manifestFile = stateDir + "/manifest.jsonl"
	reportFile   = stateDir + "/report.json"
	deadFile     = stateDir + "/dead-letter.jsonl"
)

// An Entry is a line of the manifest, as scrim run writes it. For a file that was
// read in ranges the sum of the input is empty.
type Entry = job.Entry

func reportOf(e *Entry) *pipeline.Report {
	return &pipeline.Report{
		Path: e.Path, Format: e.Format, Compression: e.Compression, BytesIn: e.BytesIn, BytesOut: e.BytesOut, Lines: e.Lines,
		Kinds: e.Kinds, Failures: e.Failures, Dropped: e.Dropped, LongRecords: e.LongRecords,
	}
}

// A DeadLetter is an input that failed and has no output.
type DeadLetter struct {
	Path   string `json:"path"`
	Output string `json:"output"`
	Error  string `json:"error"`
}

// A Result is what a job wrote about itself.
type Result struct {
	// Report has the form of what scrim's --stats writes.
	Report Summary
	Dead   []DeadLetter
}

// A Summary is the counts of each input, in the order of their outputs, and of
// all of them.
type Summary struct {
	Version string             `json:"version"`
	Inputs  []*pipeline.Report `json:"inputs"`
	// Kinds counts the matches of each kind in all inputs.
	Kinds map[string]uint64 `json:"kinds"`
}

// reportFn writes what the job did. It holds the entries of all files, about
// half a kilobyte each.
type reportFn struct {
	Output string
}

// ProcessElement takes the outcomes of all files. The report is written last:
// where it is, the others are.
func (fn *reportFn) ProcessElement(ctx context.Context, _ int, outcomes func(*Outcome) bool) error {
	var entries []*Entry
	var dead []DeadLetter
	var o Outcome
	for outcomes(&o) {
		if o.Entry != nil {
			entries = append(entries, o.Entry)
		}
		if o.Dead != nil {
			dead = append(dead, *o.Dead)
		}
		o = Outcome{}
	}
	slices.SortFunc(entries, func(a, b *Entry) int { return cmp.Compare(a.Output, b.Output) })
	slices.SortFunc(dead, func(a, b DeadLetter) int { return cmp.Compare(a.Path, b.Path) })
	manifest, err := lines(entries)
	if err != nil {
		return err
	}
	letters, err := lines(dead)
	if err != nil {
		return err
	}
	s := Summary{Version: version(), Inputs: []*pipeline.Report{}, Kinds: map[string]uint64{}}
	for _, e := range entries {
		s.Inputs = append(s.Inputs, reportOf(e))
		for k, n := range e.Kinds {
			s.Kinds[k] += n
		}
	}
	report, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name string
		text []byte
	}{{manifestFile, manifest}, {deadFile, letters}, {reportFile, append(report, '\n')}} {
		k, err := create(ctx, fn.Output, join(fn.Output, f.name))
		if err != nil {
			return err
		}
		if _, err := k.Write(f.text); err != nil {
			k.abort()
			return err
		}
		if err := k.commit(&File{}); err != nil {
			return err
		}
	}
	return nil
}

// lines writes values as lines of JSON.
func lines[T any](values []T) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, v := range values {
		if err := enc.Encode(v); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

func readResult(ctx context.Context, fsys filesystem.Interface, output string) (*Result, error) {
	b, err := filesystem.Read(ctx, fsys, join(output, reportFile))
	if err != nil {
		return nil, err
	}
	r := &Result{}
	if err := json.Unmarshal(b, &r.Report); err != nil {
		return nil, err
	}
	if b, err = filesystem.Read(ctx, fsys, join(output, deadFile)); err != nil {
		return nil, err
	}
	for line := range bytes.Lines(b) {
		var d DeadLetter
		if err := json.Unmarshal(line, &d); err != nil {
			return nil, err
		}
		r.Dead = append(r.Dead, d)
	}
	return r, nil
}

// clearState removes what an earlier job said of the output folder, so that it
// is not taken for what this one says, and what it left behind.
func clearState(ctx context.Context, fsys filesystem.Interface, output string) error {
	for _, name := range []string{reportFile, deadFile, manifestFile} {
		if err := remove(ctx, fsys, join(output, name)); err != nil {
			return err
		}
	}
	return clearTemps(ctx, fsys, output)
}

func clearTemps(ctx context.Context, fsys filesystem.Interface, output string) error {
	return remove(ctx, fsys, join(output, tempDir+"/*"))
}

// remove removes what a pattern names.
func remove(ctx context.Context, fsys filesystem.Interface, pattern string) error {
	names, err := fsys.List(ctx, pattern)
	if err != nil {
		return err
	}
	r, ok := fsys.(filesystem.Remover)
	if !ok && len(names) > 0 {
		return fmt.Errorf("%s: cannot be removed in this file system", pattern)
	}
	for _, name := range names {
		if err := r.Remove(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// version is that of scrim in this program.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	for _, m := range info.Deps {
		if m.Path == "github.com/scrim-dev/scrim" && m.Replace == nil {
			return m.Version
		}
	}
	return "devel"
}
