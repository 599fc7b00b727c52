package pipeline

import (
	"io"
	"os"
)

// spool returns the file behind src, or what is read from it as a temporary file
// that only its owner may read, and a function to be called when it is done with.
func spool(src *Source, all io.Reader) (io.ReaderAt, int64, func(), error) {
	if f, size, ok := src.plainFile(); ok {
		return f, size, func() {}, nil
	}
	f, err := os.CreateTemp("", "scrim-*") // made with mode 0600
	if err != nil {
		return nil, 0, nil, err
	}
	done := func() { _ = f.Close() }
	// Without a name it goes with the process, however that ends. Where an open file
	// must keep its name, it is removed at the end.
	if os.Remove(f.Name()) != nil {
		done = func() {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}
	size, err := io.Copy(f, all)
	if err != nil {
		done()
		return nil, 0, nil, err
	}
	return f, size, done, nil
}

// A counter counts what is written, and remembers the failure of it.
type counter struct {
	w   io.Writer
	n   int64
	err error
}

// writer is c, or nil where there is nothing to write to.
func (c *counter) writer() io.Writer {
	if c.w == nil {
		return nil
	}
	return c
}

func (c *counter) Write(b []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(b)
	c.n += int64(n)
	c.err = err
	return n, err
}
