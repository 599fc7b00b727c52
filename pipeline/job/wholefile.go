package job

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"os"

	"github.com/scrim-dev/scrim/pipeline"
)

// wholeFile filters an input that is no stream of records and no archive: the
// one place where such formats are called. They are rewritten by the pipeline,
// which reads a file in place.
func (x *passage) wholeFile(ctx context.Context, r io.ReaderAt, size int64, out io.Writer, depth int) error {
	src, err := wholeSource(r, size)
	if err != nil {
		return err
	}
	defer src.Close() //nolint:errcheck // only read from
	report, err := x.pipe.Run(ctx, src, out)
	x.add(report)
	x.is(report.Format, depth)
	return err
}

func wholeSource(r io.ReaderAt, size int64) (*pipeline.Source, error) {
	f, ok := r.(*os.File)
	if !ok {
		return pipeline.NewSource(io.NewSectionReader(r, 0, size), "entry"), nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return pipeline.NewSource(f, f.Name()), nil
}

// wholes compares two files of a format that is rewritten as a whole: the output
// must be what the policy makes of the input, to the byte.
func (c *comparison) wholes(ctx context.Context, kind container, b, a side) error {
	if c.v.cfg.UnknownKey {
		c.fault(Fault{What: FaultUnverified, Detail: string(kind) + " can be compared with the key of the run only"})
		return nil
	}
	src, err := wholeSource(b.r, b.size)
	if err != nil {
		return err
	}
	defer src.Close() //nolint:errcheck // only read from
	want, got := sha256.New(), sha256.New()
	dst := io.Writer(want)
	if c.pipe.KeepsAll() {
		if _, err := io.Copy(want, b.reader()); err != nil {
			return err
		}
		dst = nil
	}
	report, err := c.pipe.Run(ctx, src, dst)
	if err != nil {
		return err
	}
	if _, err := io.Copy(got, contextReader{ctx, a.reader()}); err != nil {
		return err
	}
	c.before += b.size
	c.after += a.size
	c.records += report.Lines
	for _, n := range report.Kinds {
		c.values += n
	}
	if !bytes.Equal(want.Sum(nil), got.Sum(nil)) {
		c.fault(Fault{What: FaultChanged, Detail: "the output is not what the policy makes of " + string(kind)})
	}
	return nil
}
