package job

import (
	"errors"
	"io"
	"os"
	"sync"
)

// A spool holds what must be known whole before it can be passed on: in memory
// up to a limit, in a temporary file beyond it. It is written, then read.
type spool struct {
	limit int64
	open  func() (*os.File, func(), error) // makes the file; and what removes it
	mem   []byte
	file  *os.File
	drop  func()
	size  int64
}

// Write implements io.Writer.
func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && s.size+int64(len(p)) > s.limit {
		f, drop, err := s.open()
		if err != nil {
			return 0, err
		}
		s.file, s.drop = f, drop
		if _, err := f.Write(s.mem); err != nil {
			return 0, err
		}
		s.mem = nil
	}
	if s.file == nil {
		s.mem = append(s.mem, p...)
		s.size += int64(len(p))
		return len(p), nil
	}
	n, err := s.file.Write(p)
	s.size += int64(n)
	return n, err
}

// ReadAt implements io.ReaderAt.
func (s *spool) ReadAt(p []byte, at int64) (int, error) {
	if s.file != nil {
		return s.file.ReadAt(p, at)
	}
	if at < 0 || at > s.size {
		return 0, errors.New("spool: offset out of range")
	}
	n := copy(p, s.mem[at:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// reader returns a reader of the whole.
func (s *spool) reader() io.Reader { return io.NewSectionReader(s, 0, s.size) }

// reset makes s empty.
func (s *spool) reset() {
	if s.file != nil {
		s.file.Close()
		s.drop()
		s.file = nil
	}
	s.mem, s.size = s.mem[:0], 0
}

// tempFile makes a temporary file beside an output. Its second result removes
// it.
func (s *state) tempFile(dir string) (*os.File, func(), error) {
	k, err := s.create(dir + "/spool")
	if err != nil {
		return nil, nil, err
	}
	name := k.temp
	k.file.Close()
	f, err := s.root.OpenFile(name, os.O_RDWR, 0o600)
	remove := sync.OnceFunc(func() { _ = s.root.Remove(name) })
	if err != nil {
		remove()
		return nil, nil, err
	}
	return f, remove, nil
}
