package scrimbeam

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"path"
	"strings"

	"github.com/scrim-dev/scrim/pipeline"
)

// bigPart is the size in bytes over which a part is given all cores.
const bigPart = 16 << 20

// scrubFn puts parts through a pipeline.
type scrubFn struct {
	Settings string
	Output   string

	ready *ready
}

// Setup reads the settings.
func (fn *scrubFn) Setup(ctx context.Context) (err error) {
	fn.ready, err = loadReady(ctx, fn.Settings)
	return err
}

// ProcessElement does one part. What goes wrong with an input is noted in the
// part; an error would have the engine try again.
func (fn *scrubFn) ProcessElement(ctx context.Context, p Part, emit func(string, Part)) error {
	if p.Error == "" {
		if err := fn.scrub(ctx, &p); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			p.Error = plainError(err)
		}
	}
	emit(p.File.Output+"\x00"+p.File.Path, p)
	return nil
}

func (fn *scrubFn) scrub(ctx context.Context, p *Part) error {
	if err := checkName(p.File.Output); err != nil {
		return err
	}
	in, size, err := open(ctx, p)
	if err != nil {
		return err
	}
	defer in.Close()
	pipe, err := fn.ready.pipeline(p.Format, size >= bigPart)
	if err != nil {
		return err
	}
	if p.Count == 1 {
		return fn.whole(ctx, p, pipe, in)
	}
	return fn.part(ctx, p, pipe, in)
}

// checkName refuses names that lead out of the output folder, or into the folder
// that is scrim's own there.
func checkName(name string) error {
	if top, _, _ := strings.Cut(name, "/"); top == stateDir || name != path.Clean(name) || top == ".." || top == "" {
		return errors.New("the name is not one that can stand in an output folder: rename the input")
	}
	return nil
}

// open opens a part and returns the size of what is to be read.
func open(ctx context.Context, p *Part) (io.ReadCloser, int64, error) {
	from, to := int64(0), int64(-1)
	var err error
	if p.Count > 1 {
		if from, err = boundary(ctx, &p.File, p.Format, p.From); err != nil {
			return nil, 0, err
		}
		if p.To >= 0 {
			if to, err = boundary(ctx, &p.File, p.Format, p.To); err != nil {
				return nil, 0, err
			}
		}
		if from == to { // one record reaches over the whole range
			return io.NopCloser(strings.NewReader("")), 0, nil
		}
	}
	in, err := openAt(ctx, p.File.Path, from)
	if err != nil {
		return nil, 0, err
	}
	if to < 0 {
		return in, p.File.Size - from, nil
	}
	return &closers{io.LimitReader(in, to-from), []io.Closer{in}}, to - from, nil
}

// whole does a file: what comes out appears under its final name.
func (fn *scrubFn) whole(ctx context.Context, p *Part, pipe *pipeline.Pipeline, in io.Reader) error {
	k, err := create(ctx, fn.Output, join(fn.Output, p.File.Output))
	if err != nil {
		return err
	}
	sum := &summed{in, sha256.New()}
	if p.Report, err = run(ctx, p, pipe, sum, k); err == nil {
		_, err = io.Copy(io.Discard, sum) // what stands behind the end of compressed data
	}
	if err != nil {
		k.abort()
		return err
	}
	p.Size, p.Sum, p.Input = k.size, k.hash(), hex.EncodeToString(sum.sum.Sum(nil))
	return k.commit(&p.File)
}

// part does a range: what comes out goes to a temporary file of a name that no
// other attempt has.
func (fn *scrubFn) part(ctx context.Context, p *Part, pipe *pipeline.Pipeline, in io.Reader) error {
	p.Temp = tempName(fn.Output)
	k, err := create(ctx, fn.Output, p.Temp)
	if err != nil {
		return err
	}
	if p.Report, err = runPart(ctx, p, pipe, in, k); err != nil {
		k.abort()
		return err
	}
	return k.commit(&File{Mode: 0o600})
}

// run filters in to out, in the form and compression of in.
func run(ctx context.Context, p *Part, pipe *pipeline.Pipeline, in io.Reader, out io.Writer) (*pipeline.Report, error) {
	if pipe.KeepsAll() { // byte for byte, and counted
		src := pipeline.NewSource(io.TeeReader(in, out), p.File.Path)
		defer src.Close()
		r, err := pipe.Run(ctx, src, nil)
		if err == nil {
			_, err = io.Copy(out, in)
		}
		r.BytesOut = r.BytesIn
		return r, err
	}
	src := pipeline.NewSource(in, p.File.Path)
	defer src.Close()
	return encoded(src, out, func(w io.Writer) (*pipeline.Report, error) { return pipe.Run(ctx, src, w) })
}

// runPart is run for a range. What it is and what its columns hold is told from
// the start of the file, as for the file as a whole.
func runPart(ctx context.Context, p *Part, pipe *pipeline.Pipeline, in io.Reader, out io.Writer) (*pipeline.Report, error) {
	head, _, err := headOf(ctx, p.File.Path)
	if err != nil {
		return nil, err
	}
	src := pipeline.NewSource(in, p.File.Path) // of the first range it takes the mark
	defer src.Close()
	return encoded(src, out, func(w io.Writer) (*pipeline.Report, error) { return pipe.RunPart(ctx, src, head, w) })
}

// encoded has do write to out what src was, compressed and marked as it was.
func encoded(src *pipeline.Source, out io.Writer, do func(io.Writer) (*pipeline.Report, error)) (*pipeline.Report, error) {
	enc, err := src.Encode(out)
	if err != nil {
		return nil, err
	}
	r, err := do(enc)
	if cerr := enc.Close(); err == nil {
		err = cerr
	}
	return r, err
}

// A summed is a reader that adds up what it reads.
type summed struct {
	r   io.Reader
	sum hash.Hash
}

func (s *summed) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	s.sum.Write(b[:n])
	return n, err
}
