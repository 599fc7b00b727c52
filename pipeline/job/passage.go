package job

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"sync/atomic"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

// A passage is one input on its way to its output.
type passage struct {
	pipe   *pipeline.Pipeline
	limits Limits
	budget budget
	temp   func() (*os.File, func(), error)
	rename func(string) (string, error) // of names in archives; nil leaves them

	format, codec string // of the input as a whole
	entries       int64
	total         pipeline.Report
}

// An input is an open input: it sums and counts what is read of it.
type input struct {
	file io.Reader
	sum  hash.Hash
	read *atomic.Int64
}

func newInput(file io.Reader, read *atomic.Int64) *input {
	return &input{file: file, sum: sha256.New(), read: read}
}

// restart makes in as it was before anything was read.
func (in *input) restart() {
	in.sum.Reset()
	in.read.Store(0)
}

func (in *input) Read(p []byte) (int, error) {
	n, err := in.file.Read(p)
	in.sum.Write(p[:n])
	in.read.Add(int64(n))
	return n, err
}

// one does one input. Its output is there when the error is nil, and only then.
// released is called when all that is left is to wait for the disk.
func (j *Job) one(ctx context.Context, st *state, f *File, wide bool, released func()) (*Entry, error) {
	read := new(atomic.Int64)
	j.current.Store(f, read)
	defer j.current.Delete(f)
	// What is read of an input counts while it is read; see Position.
	defer func() { j.advance(f, f.Size) }()

	in := newInput(nil, read)
	mode := fs.FileMode(0o644)
	var file *os.File
	if f.Path == "-" {
		in.file = newPatient(ctx, j.cfg.Stdin)
	} else {
		var err error
		if file, err = os.Open(f.Path); err != nil {
			return nil, err
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil {
			return nil, err
		}
		if !info.Mode().IsRegular() {
			return nil, errors.New("is no regular file any more")
		}
		opened := *f // Position reads the one that was listed
		f = &opened
		mode, f.Size, f.ModTime = info.Mode(), info.Size(), info.ModTime()
		in.file = file
	}
	out, err := st.create(f.Output)
	if err != nil {
		return nil, err
	}
	defer out.abort()
	pipe := j.small
	if wide {
		pipe = j.wide
	}
	pass := func(p *pipeline.Pipeline) (*passage, error) {
		x := &passage{pipe: p, limits: j.cfg.Limits}
		x.budget.ratio = x.limits.Ratio
		x.budget.stored = func() int64 { return max(f.Size, read.Load()) }
		x.temp = func() (*os.File, func(), error) { return st.tempFile(path.Dir(f.Output)) }
		if j.cfg.Names {
			x.rename = j.newNamer().rename
		}
		return x, x.run(ctx, in, file, out, f.Path)
	}
	secrets := new(detect.Names)
	x, err := pass(pipe.Learning(secrets))
	if err != nil {
		return nil, err
	}
	if file != nil && secrets.Len() > 0 {
		x2, err := j.again(ctx, pipe, secrets, in, file, out, pass)
		if err != nil {
			return nil, err
		}
		x = cmp.Or(x2, x)
	}
	if err := unchanged(file, f, read.Load()); err != nil {
		return nil, err
	}
	if err := out.flush(); err != nil {
		return nil, err
	}
	released()
	if err := out.commit(mode, f.ModTime); err != nil {
		return nil, err
	}
	e := &Entry{
		Path: f.Name, Output: f.Output, Size: read.Load(), MTime: f.ModTime,
		SHA256: hex.EncodeToString(in.sum.Sum(nil)), OutputSize: out.size, OutputSHA256: out.hash(),
		Format: x.format, Compression: x.codec, Entries: x.entries,
		BytesIn: x.total.BytesIn, BytesOut: x.total.BytesOut, Lines: x.total.Lines,
		Kinds: x.total.Kinds, Failures: x.total.Failures, Dropped: x.total.Dropped, LongRecords: x.total.LongRecords,
		Policy: j.policy, Key: j.key, Version: j.cfg.Version,
	}
	return e, st.manifest.add(e)
}

// again does an input once more, with the secrets that the first time showed, if
// one of them stands in the output. It returns nil if none does.
func (j *Job) again(ctx context.Context, pipe *pipeline.Pipeline, secrets *detect.Names, in *input, file *os.File, out *sink,
	pass func(*pipeline.Pipeline) (*passage, error)) (*passage, error) {
	written, err := out.written()
	if err != nil {
		return nil, err
	}
	left, err := standsIn(ctx, pipe, secrets, written, j.cfg.Limits, func() (*os.File, func(), error) { return out.state.tempFile(path.Dir(out.name)) })
	if err != nil || !left {
		return nil, err
	}
	knowing, err := pipe.Knowing(secrets)
	if err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if err := out.restart(); err != nil {
		return nil, err
	}
	in.restart()
	return pass(knowing)
}

// standsIn says whether one of some secrets stands in an output, or in an entry
// of it.
func standsIn(ctx context.Context, pipe *pipeline.Pipeline, secrets *detect.Names, file *os.File, limits Limits,
	temp func() (*os.File, func(), error)) (bool, error) {
	only, err := pipe.OnlyNames(secrets)
	if err != nil {
		return false, err
	}
	x := &passage{pipe: only, limits: limits, temp: temp}
	x.budget.ratio, x.budget.stored = 1, func() int64 { return math.MaxInt64 } // it has been told of the input already
	if err := x.run(ctx, newInput(file, new(atomic.Int64)), file, nil, file.Name()); err != nil {
		return false, err
	}
	return len(x.total.Kinds) > 0, nil
}

// unchanged refuses an input of which it cannot be known what was read. One that
// has grown is as good as it was: the manifest has the size that was read, so the
// next run does it again.
func unchanged(file *os.File, f *File, read int64) error {
	if file == nil {
		return nil
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	switch {
	case read < f.Size || info.Size() < f.Size:
		return errors.New("became shorter while it was read: run again")
	case info.Size() == f.Size && !info.ModTime().Equal(f.ModTime):
		return errors.New("was changed while it was read: run again")
	}
	return nil
}

// run reads in to its end and writes what stands for it to out. file is in as a
// file, nil if it is none.
func (x *passage) run(ctx context.Context, in *input, file *os.File, out io.Writer, name string) error {
	r, dst := io.Reader(in), out
	if x.pipe.KeepsAll() && x.rename == nil {
		r, dst = io.TeeReader(in, out), nil // byte for byte, and counted
	}
	if file != nil && needsWhole(file) {
		// Read twice: the directory of a zip archive stands at its end.
		if _, err := io.Copy(io.Discard, contextReader{ctx, r}); err != nil {
			return err
		}
		return x.random(ctx, file, in.read.Load(), dst, 0)
	}
	if err := x.content(ctx, r, dst, 0, name); err != nil {
		return err
	}
	_, err := io.Copy(io.Discard, contextReader{ctx, r}) // what the codec left
	return err
}

// contextReader ends when its context is done.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// needsWhole says whether a file is of a kind that cannot be read in one go.
func needsWhole(file *os.File) bool {
	var head [headBytes]byte
	n, _ := file.ReadAt(head[:], 0)
	return containerOf(head[:n]).whole()
}

// content filters what r gives: text, or an archive. out may be nil.
func (x *passage) content(ctx context.Context, r io.Reader, out io.Writer, depth int, name string) (err error) {
	src := pipeline.NewSource(r, name)
	defer src.Close()
	src.Patient()
	head := src.Peek(headBytes)
	kind := containerOf(head)
	layered := src.Codec != "" && pipeline.CodecOf(head) != ""
	src.Watch(x.budget.spend)
	if out != nil {
		enc, err := src.Encode(out)
		if err != nil {
			return err
		}
		// Also when something else has failed, since encoders have goroutines.
		defer func() {
			if cerr := enc.Close(); err == nil {
				err = cerr
			}
		}()
		out = enc
	}
	if depth == 0 {
		x.codec = src.Codec
	}
	if (layered || kind.archive()) && depth >= x.limits.ArchiveDepth {
		return fmt.Errorf("archives or compression in each other, deeper than %d: give --archive-depth more", max(x.limits.ArchiveDepth, 0))
	}
	switch {
	case layered:
		return x.content(ctx, src, out, depth+1, name)
	case kind == containerTar:
		x.is("tar", depth)
		return x.tar(ctx, src, out, depth+1)
	case kind.whole():
		s := &spool{limit: x.limits.EntryMemory, open: x.temp}
		defer s.reset()
		if _, err := io.Copy(s, contextReader{ctx, src}); err != nil {
			return err
		}
		return x.random(ctx, s, s.size, out, depth)
	case kind != containerNone:
		return fmt.Errorf("is %s, which scrim cannot look into: leave it out with --exclude", kind)
	}
	report, err := x.pipe.Run(ctx, src, out)
	x.add(report)
	x.is(report.Format, depth)
	return err
}

// random filters what cannot be read in one go. This is where formats that have
// their directory at the end are told apart.
func (x *passage) random(ctx context.Context, r io.ReaderAt, size int64, out io.Writer, depth int) error {
	var head [headBytes]byte
	n, _ := r.ReadAt(head[:], 0)
	if containerOf(head[:n]) == containerZip {
		if depth >= x.limits.ArchiveDepth {
			return fmt.Errorf("archives or compression in each other, deeper than %d: give --archive-depth more", max(x.limits.ArchiveDepth, 0))
		}
		x.is("zip", depth)
		return x.zip(ctx, r, size, out, depth+1)
	}
	return x.wholeFile(ctx, r, size, out, depth)
}

// is notes the format of the input as a whole.
func (x *passage) is(format string, depth int) {
	if x.format == "" || depth == 0 {
		x.format = format
	}
}

// add adds the report on a part of the input.
func (x *passage) add(r *pipeline.Report) {
	if r == nil {
		return
	}
	t := &x.total
	if t.Kinds == nil {
		t.Kinds = map[string]uint64{}
	}
	for k, n := range r.Kinds {
		t.Kinds[k] += n
	}
	t.BytesIn += r.BytesIn
	t.BytesOut += r.BytesOut
	t.Lines += r.Lines
	t.Failures += r.Failures
	t.Dropped += r.Dropped
	t.LongRecords += r.LongRecords
}

// A patient reader reads in a goroutine of its own, so that waiting for a source
// that gives nothing ends when the context is done. That goroutine stays until
// the source gives something or is closed.
type patient struct {
	ctx  context.Context
	from chan piece
	rest piece
}

// A piece is what one read gave.
type piece struct {
	b   []byte
	err error
}

func newPatient(ctx context.Context, r io.Reader) *patient {
	p := &patient{ctx: ctx, from: make(chan piece)}
	go func() {
		for {
			b := make([]byte, 64<<10)
			n, err := r.Read(b)
			select {
			case p.from <- piece{b[:n], err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return p
}

func (p *patient) Read(b []byte) (int, error) {
	for len(p.rest.b) == 0 {
		if p.rest.err != nil {
			return 0, p.rest.err
		}
		select {
		case p.rest = <-p.from:
		case <-p.ctx.Done():
			return 0, p.ctx.Err()
		}
	}
	n := copy(b, p.rest.b)
	p.rest.b = p.rest.b[n:]
	return n, nil
}
