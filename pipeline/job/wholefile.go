package job

import (
	"context"
	"errors"
	"io"
)

// ErrWholeFile says that an input is of a format that is rewritten as a whole
// file, and that the pipeline does not take.
var ErrWholeFile = errors.New("is a Parquet file, which this version rewrites nowhere yet: leave it out with --exclude")

// wholeFile filters an input that is no stream of records and no archive: the
// one place where such formats are called.
func (x *passage) wholeFile(ctx context.Context, r io.ReaderAt, size int64, out io.Writer, depth int) error {
	return ErrWholeFile
}
