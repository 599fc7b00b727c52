package main

import (
	"bytes"
	"io"
	"strconv"

	"github.com/scrim-dev/scrim/bench"
)

// pieceBytes is about how long the piece is.
const pieceBytes = 2_000_000

// addSizes adds inputs of 1 MB and ten times more each, up to most bytes. They
// stand nowhere: a piece of text is written into a pipe over and over.
func (s *sweep) addSizes(corpus bench.Corpus, most float64, workers []int) error {
	var b bytes.Buffer
	corpus.Bytes = min(corpus.Bytes, pieceBytes)
	if err := corpus.WriteFile(&b, nil); err != nil {
		return err
	}
	for size := 1e6; size <= most; size *= 10 {
		for _, n := range workers {
			p := &point{X: size, Workers: n, Corpus: flags(corpus) + ", over and over", Bytes: int64(size), piece: b.Bytes(),
				Args: []string{"--workers", strconv.Itoa(n)}}
			switch {
			case size >= 1e10:
				p.rounds = 1
			case size >= 1e9:
				p.rounds = 2
			}
			s.Points = append(s.Points, p)
		}
	}
	return nil
}

// repeated gives a piece over and over, until left bytes are given.
type repeated struct {
	piece []byte
	at    int
	left  int64
}

// next returns at most n bytes of what comes next, nil at the end.
func (r *repeated) next(n int) []byte {
	if r.at == len(r.piece) {
		r.at = 0
	}
	b := r.piece[r.at:]
	b = b[:min(int64(n), int64(len(b)), r.left)]
	r.at += len(b)
	r.left -= int64(len(b))
	return b
}

func (r *repeated) Read(p []byte) (int, error) {
	b := r.next(len(p))
	if len(b) == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return copy(p, b), nil
}

// writeBytes is as much as a pipe takes at once.
const writeBytes = 1 << 20

// WriteTo saves the copy that Read makes.
func (r *repeated) WriteTo(w io.Writer) (n int64, err error) {
	for r.left > 0 {
		k, err := w.Write(r.next(writeBytes))
		n += int64(k)
		if err != nil {
			return n, err
		}
	}
	return n, nil
}
