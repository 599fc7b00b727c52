package parquet

import "io"

// sinkBuffer is how much is written at once: pages may be small, and a page has
// a header that is written apart from it.
const sinkBuffer = 256 << 10

// A sink counts what it is given and remembers its first error: after it nothing
// is written, and Rewrite cannot end well.
type sink struct {
	w   io.Writer
	buf []byte // not yet written
	n   int64  // bytes given
	err error
}

func newSink(w io.Writer) sink {
	if w == nil {
		return sink{}
	}
	return sink{w: w, buf: make([]byte, 0, sinkBuffer)}
}

func (s *sink) Write(b []byte) (int, error) {
	if s.w == nil { // it only counts
		s.n += int64(len(b))
		return len(b), nil
	}
	if len(s.buf)+len(b) > cap(s.buf) {
		_ = s.flush() // remembered
	}
	if s.err != nil {
		return 0, s.err
	}
	s.n += int64(len(b))
	if len(b) >= cap(s.buf) {
		s.put(b)
	} else {
		s.buf = append(s.buf, b...)
	}
	return len(b), s.err
}

// flush writes what is left.
func (s *sink) flush() error {
	if s.err == nil && len(s.buf) > 0 {
		s.put(s.buf)
		s.buf = s.buf[:0]
	}
	return s.err
}

func (s *sink) put(b []byte) {
	n, err := s.w.Write(b)
	if err == nil && n < len(b) {
		err = io.ErrShortWrite
	}
	s.err = err
}
