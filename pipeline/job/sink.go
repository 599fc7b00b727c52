package job

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"time"
)

// A sink is an output that is not there yet: a temporary file in the folder of
// the final one, which gets its name when it is whole. Errors stay: once a write
// has failed, commit fails.
type sink struct {
	state *state
	name  string // final
	temp  string
	file  *os.File
	buf   *bufio.Writer
	sum   hash.Hash
	size  int64
	err   error
}

const sinkBytes = 256 << 10

// create makes a sink, and the folders it stands in.
func (s *state) create(name string) (*sink, error) {
	dir := path.Dir(name)
	if err := s.root.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	k := &sink{state: s, name: name, sum: sha256.New()}
	k.temp = path.Join(dir, s.tempName()+rand.Text()[:12])
	var err error
	if k.file, err = s.root.OpenFile(k.temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return nil, err
	}
	k.buf = bufio.NewWriterSize(summed{k}, sinkBytes)
	return k, nil
}

// Write implements io.Writer.
func (k *sink) Write(p []byte) (int, error) {
	n, err := k.buf.Write(p)
	if err != nil && k.err == nil {
		k.err = err
	}
	return n, err
}

// summed writes to the file of a sink and adds to its sum.
type summed struct{ k *sink }

func (s summed) Write(p []byte) (int, error) {
	n, err := s.k.file.Write(p)
	s.k.sum.Write(p[:n])
	s.k.size += int64(n)
	return n, err
}

// flush hands on what is still in memory.
func (k *sink) flush() error {
	if err := k.buf.Flush(); err != nil {
		return fmt.Errorf("cannot write the output: %w", err)
	}
	return nil
}

// written returns the file with what has been written, to be read from its start.
func (k *sink) written() (*os.File, error) {
	if err := k.flush(); err != nil {
		return nil, err
	}
	_, err := k.file.Seek(0, io.SeekStart)
	return k.file, err
}

// restart makes k empty again.
func (k *sink) restart() error {
	k.buf.Reset(summed{k})
	k.sum.Reset()
	k.size = 0
	if err := k.file.Truncate(0); err != nil {
		return err
	}
	_, err := k.file.Seek(0, io.SeekStart)
	return err
}

// commit makes the file appear, with a mode and a time of change.
func (k *sink) commit(mode fs.FileMode, at time.Time) error {
	if err := k.buf.Flush(); err != nil && k.err == nil {
		k.err = err
	}
	if k.err == nil {
		k.err = k.file.Chmod(mode.Perm())
	}
	if k.err == nil && !at.IsZero() {
		k.err = k.state.root.Chtimes(k.temp, at, at)
	}
	if k.err == nil {
		k.err = k.file.Sync()
	}
	err := k.file.Close()
	k.file = nil
	if k.err == nil {
		k.err = err
	}
	if k.err == nil {
		k.err = k.state.root.Rename(k.temp, k.name)
	}
	if k.err != nil {
		_ = k.state.root.Remove(k.temp)
		return fmt.Errorf("cannot write the output: %w", k.err)
	}
	k.temp = ""
	return k.state.sync(path.Dir(k.name))
}

// abort removes what commit has not made appear.
func (k *sink) abort() {
	if k.file != nil {
		k.file.Close()
		k.file = nil
	}
	if k.temp != "" {
		_ = k.state.root.Remove(k.temp)
		k.temp = ""
	}
}

func (k *sink) hash() string { return hex.EncodeToString(k.sum.Sum(nil)) }
