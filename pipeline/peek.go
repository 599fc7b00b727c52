package pipeline

import (
	"bufio"
	"bytes"
	"io"
)

// Peek returns the next n bytes of the text, fewer only at its end (or where an
// error stops it, which Read then gives). It must come before the first Read, n
// must be 4096 at most, and it waits for the bytes: what it is for is telling
// archives from text. The bytes are valid until the next call.
func (s *Source) Peek(n int) []byte {
	b, ok := s.text.(*bufio.Reader)
	if !ok {
		b = bufio.NewReaderSize(s.text, sourceBytes)
		s.text = b
	}
	head, _ := b.Peek(n)
	return head
}

// CodecOf returns the name of the codec that data with this beginning is
// compressed with, as in Source.Codec; "" if it is not. Sixteen bytes are enough.
func CodecOf(head []byte) string {
	for i := range codecs {
		for _, m := range codecs[i].magics {
			if bytes.HasPrefix(head, []byte(m)) {
				return codecs[i].name
			}
		}
	}
	return ""
}

// Watch calls see with the length of every Read of the text from now on, before
// the bytes are given; an error of it ends the text. It must come after Peek.
func (s *Source) Watch(see func(n int) error) { s.text = &watched{s.text, see} }

type watched struct {
	r   io.Reader
	see func(n int) error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if serr := w.see(n); serr != nil {
		return 0, serr
	}
	return n, err
}
