package scrimbeam

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/pipeline/job"
)

// planFn turns a file into parts. Files come grouped by the names of their
// outputs, so that two that would write the same one are seen.
type planFn struct {
	Settings string
	Range    int64

	ready *ready
}

// Setup reads the settings.
func (fn *planFn) Setup(ctx context.Context) (err error) {
	fn.ready, err = loadReady(ctx, fn.Settings)
	return err
}

// ProcessElement plans what is to be written to one output.
func (fn *planFn) ProcessElement(ctx context.Context, _ string, files func(*File) bool, emit func(Part)) error {
	var all []File
	seen := map[string]bool{}
	var f File
	for files(&f) {
		if !seen[f.Path] {
			seen[f.Path] = true
			all = append(all, f)
		}
	}
	for _, f := range all {
		switch {
		case f.Error != "":
			emit(whole(f, f.Error))
		case len(all) > 1:
			emit(whole(f, "another input has an output of the same name: run them into different folders"))
		default:
			fn.plan(ctx, f, emit)
		}
	}
	return nil
}

func whole(f File, err string) Part { return Part{File: f, Count: 1, To: -1, Error: err} }

// plan cuts one file.
func (fn *planFn) plan(ctx context.Context, f File, emit func(Part)) {
	name, err := fn.rangeFormat(ctx, &f)
	switch {
	case err != nil:
		emit(whole(f, plainError(err)))
		return
	case name == "":
		emit(whole(f, ""))
		return
	}
	n := int((f.Size + fn.Range - 1) / fn.Range)
	for i := range n {
		p := Part{File: f, Format: name, Index: i, Count: n, From: int64(i) * fn.Range, To: int64(i+1) * fn.Range}
		if i == n-1 {
			p.To = -1
		}
		emit(p)
	}
}

// rangeFormat returns the format of a file that can be read in ranges, "" if it
// cannot, or need not.
func (fn *planFn) rangeFormat(ctx context.Context, f *File) (string, error) {
	head, src, err := headOf(ctx, f.Path)
	if err != nil {
		return "", err
	}
	if err := refuse(head); err != nil {
		return "", err
	}
	if f.Size <= fn.Range || src.Codec != "" || src.Charset != "" || bytes.IndexByte(head, 0) >= 0 { // no text: Parquet, Arrow
		return "", nil
	}
	p, err := fn.ready.pipeline("", false)
	if err != nil {
		return "", err
	}
	name := p.Format()
	if name == "" {
		sniffed, _ := format.Sniff(head, false)
		name = sniffed.Name
	}
	switch name {
	case "text":
		return name, nil
	case "jsonl":
		// A document over many lines is read whole.
		line, _, ok := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte{'\n'})
		if ok && json.Valid(line) {
			return name, nil
		}
	}
	return "", nil
}

// headOf returns as much of the text of a file as a pipeline looks at to tell
// what it is, and the source it came from, closed.
func headOf(ctx context.Context, name string) ([]byte, *pipeline.Source, error) {
	in, err := openAt(ctx, name, 0)
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	src := pipeline.NewSource(in, name)
	defer src.Close()
	head := make([]byte, pipeline.SampleSize)
	n, err := io.ReadFull(src, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, nil, err
	}
	return head[:n], src, nil
}

// refuse refuses inputs that are no stream of records and not columnar, and that would pass with all that is in them, or be broken, if they were taken for
// text.
func refuse(head []byte) error {
	const parquet, arrow = "a Parquet file", "Arrow data"
	switch is := job.ContainerOf(head); {
	case is != "" && is != parquet && is != arrow:
		return fmt.Errorf("is %s, which jobs on Beam do not look into: unpack it, or use scrim run", is)
	case pipeline.CodecOf(head) != "":
		return errors.New("is compressed twice: unpack it once")
	}
	return nil
}
