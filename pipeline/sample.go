package pipeline

import (
	"bytes"
	"io"
	"time"
)

const (
	// SampleSize is how much of an input is looked at to tell its format and
	// what its columns hold, in bytes.
	SampleSize = 64 << 10
	// samplePatience is how long a source that gives its input bit by bit is
	// waited for, once there is a line to go by.
	samplePatience = 100 * time.Millisecond
)

// A sampler reads ahead until there is enough to tell a format by, without
// keeping a first line of a slow source waiting. It is then the reader of the
// whole input.
type sampler struct {
	src  io.Reader
	more chan chunk // from the goroutine that reads ahead; nil when it is done
	head []byte     // read ahead and not yet given
	err  error      // comes after head
}

type chunk struct {
	b   []byte
	err error
}

// sample returns the start of src, and a reader of all of it. atEOF says that
// the start is all. A src that is not live, such as a file, is waited for as long
// as it takes, so that what is learned from the sample is always the same.
func sample(src io.Reader, live bool) (head []byte, atEOF bool, all io.Reader) {
	s := &sampler{src: src, more: make(chan chunk, 1)}
	stop := make(chan struct{})
	go readAhead(src, s.more, stop)
	var patience <-chan time.Time
	for len(s.head) < SampleSize && s.err == nil {
		select {
		case c := <-s.more:
			s.head, s.err = append(s.head, c.b...), c.err
			if live && patience == nil && bytes.IndexByte(c.b, '\n') >= 0 {
				patience = time.After(samplePatience)
			}
			continue
		case <-patience:
		}
		break
	}
	close(stop)
	if s.err != nil {
		s.more = nil
	}
	return s.head, s.err != nil, s
}

// readAhead sends what it reads, until stop is closed, the sample is full, or
// src ends. The last chunk is always sent or left for the one read that follows.
func readAhead(src io.Reader, to chan<- chunk, stop <-chan struct{}) {
	defer close(to)
	for have := 0; have < SampleSize; {
		b := make([]byte, SampleSize-have)
		n, err := src.Read(b)
		have += n
		to <- chunk{b[:n], err}
		if err != nil {
			return
		}
		select {
		case <-stop:
			return
		default:
		}
	}
}

// Read gives the sample, then what was read while it was given, then the rest.
func (s *sampler) Read(p []byte) (int, error) {
	for {
		if len(s.head) > 0 {
			n := copy(p, s.head)
			s.head = s.head[n:]
			if len(s.head) == 0 {
				return n, s.err // so that no one need ask again
			}
			return n, nil
		}
		if s.err != nil {
			return 0, s.err
		}
		if s.more == nil {
			return s.src.Read(p)
		}
		c, ok := <-s.more
		if !ok {
			s.more = nil
			continue
		}
		s.head, s.err = c.b, c.err
	}
}
