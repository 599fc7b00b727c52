package pipeline

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"
)

// A Source is an input as text: decompressed, without its byte order mark, and
// in UTF-8 where its mark says that it is UTF-16. What it is is told from its
// content. It keeps what is needed to write its like; see Encode.
type Source struct {
	Name string
	// Size is the size of the file that was opened, in bytes; -1 if it is not known.
	Size int64
	// Codec is gzip, zstd, bzip2, xz, lz4, snappy, s2, or empty.
	Codec string
	// Charset is "utf-16le" or "utf-16be" if the input has such a mark. It is
	// empty for UTF-8 and for bytes that are not, which pass as they are.
	Charset string

	mark    string // the byte order mark of UTF-8, if it is there
	text    io.Reader
	raw     *rawCounter
	decoder *decoder
	file    *os.File
	patient bool
}

// sourceBytes is the size of the buffer in front of what is read. A larger Read
// of uncompressed input goes past it.
const sourceBytes = 64 << 10

// Open opens a file. The caller closes it.
func Open(path string) (*Source, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s: is a directory", path)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	s := NewSource(f, path)
	s.file = f
	if info.Mode().IsRegular() {
		s.Size = info.Size()
	}
	return s, nil
}

// NewSource reads from r, which stays the caller's to close. It waits for the
// first bytes; if they cannot be read, Read says so. name is for errors.
func NewSource(r io.Reader, name string) *Source {
	s := &Source{Name: name, Size: -1, raw: &rawCounter{r: r}}
	b := bufio.NewReaderSize(s.raw, sourceBytes)
	if c := codecOf(b); c != nil {
		s.Codec = c.name
		packed := b
		s.decoder = newDecoder(c, packed, func(err error) error {
			return s.decodeError(err, s.raw.n.Load()-int64(packed.Buffered()))
		})
		b = bufio.NewReaderSize(s.decoder, sourceBytes)
	}
	s.text = b
	switch mark := markOf(b); mark {
	case markUTF8:
		s.mark = mark
		b.Discard(len(mark))
	case markUTF16LE, markUTF16BE:
		s.Charset = "utf-16le"
		if mark == markUTF16BE {
			s.Charset = "utf-16be"
		}
		b.Discard(len(mark))
		s.text = &utf16Reader{r: b, big: mark == markUTF16BE}
	}
	return s
}

// decodeError keeps the text of the codec's error out: it may hold data.
func (s *Source) decodeError(err error, offset int64) error {
	switch {
	case s.raw.err != nil && !errors.Is(s.raw.err, io.EOF):
		err = s.raw.err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, s2.ErrCorrupt) && errors.Is(s.raw.err, io.EOF) && offset == s.raw.n.Load():
		// s2 has one error for a chunk cut short and for one that is wrong.
		err = io.ErrUnexpectedEOF
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		err = zstd.ErrWindowSizeExceeded
	default:
		err = ErrCorrupt
	}
	return &DecodeError{Name: s.Name, Codec: s.Codec, Offset: offset, Err: err}
}

// Read reads the text. An error comes after every byte that was decoded before
// it; where the compressed data is wrong it is a [DecodeError].
func (s *Source) Read(p []byte) (int, error) { return s.text.Read(p) }

// Patient says that nobody waits for what a part of s becomes, so that batches
// may be filled whatever its pieces. It goes without saying for regular files.
func (s *Source) Patient() { s.patient = true }

// isFile says whether a Source reads a regular file, compressed or not.
func (s *Source) isFile() bool {
	f, ok := s.raw.r.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// plainFile returns the file behind a Source that reads it as it is, and its size
// in bytes.
func (s *Source) plainFile() (*os.File, int64, bool) {
	f, ok := s.raw.r.(*os.File)
	if !ok || s.Codec != "" || s.Charset != "" || s.mark != "" {
		return nil, 0, false
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, 0, false
	}
	// A file that was handed over half read is no file of its own.
	at, err := f.Seek(0, io.SeekCurrent)
	return f, info.Size(), err == nil && at == s.raw.n.Load()
}

// Consumed returns how many bytes of the input, as it is stored, have been read
// so far. It may be called while another goroutine reads.
func (s *Source) Consumed() int64 { return s.raw.n.Load() }

// Close closes the file that Open opened and ends the decoding. No Read may
// follow.
func (s *Source) Close() error {
	if s.decoder != nil {
		s.decoder.close()
	}
	if s.file != nil {
		return s.file.Close()
	}
	return nil
}

// Encode returns a writer of text that gives w what the input was: the same
// mark, character set and codec. Close completes it; it does not close w.
func (s *Source) Encode(w io.Writer) (io.WriteCloser, error) {
	return s.encode(w, s.Codec)
}

// EncodePlain is Encode without the codec.
func (s *Source) EncodePlain(w io.Writer) (io.WriteCloser, error) {
	return s.encode(w, "")
}

func (s *Source) encode(w io.Writer, codec string) (io.WriteCloser, error) {
	e := &sourceEncoder{w: w, mark: s.mark}
	if codec != "" {
		z, err := Compress(codec, w)
		if err != nil {
			return nil, err
		}
		e.w, e.close = z, append(e.close, z)
	}
	if s.Charset != "" {
		u := &utf16Writer{w: e.w, big: s.Charset == "utf-16be"}
		e.w, e.close = u, append(e.close, u)
		e.mark = "\ufeff"
	}
	return e, nil
}

// Compress returns a writer that gives w its input compressed with a codec, by
// its name in [Source.Codec]. Close completes it; it does not close w.
func Compress(codec string, w io.Writer) (io.WriteCloser, error) {
	for _, c := range codecs {
		if c.name == codec {
			return c.writer(w)
		}
	}
	return nil, fmt.Errorf("unknown codec %q: use gzip, zstd, bzip2, xz, lz4, snappy or s2", codec)
}

// A sourceEncoder writes a mark before anything else and closes its layers, the
// outermost last.
type sourceEncoder struct {
	w     io.Writer
	mark  string
	close []io.Closer
}

func (e *sourceEncoder) Write(p []byte) (int, error) {
	if err := e.writeMark(); err != nil {
		return 0, err
	}
	return e.w.Write(p)
}

func (e *sourceEncoder) writeMark() error {
	if e.mark == "" {
		return nil
	}
	mark := e.mark
	e.mark = ""
	_, err := io.WriteString(e.w, mark)
	return err
}

func (e *sourceEncoder) Close() error {
	err := e.writeMark()
	for i := len(e.close) - 1; i >= 0; i-- {
		err = errors.Join(err, e.close[i].Close())
	}
	return err
}

// A rawCounter counts what is read and keeps the error that ended it.
type rawCounter struct {
	r   io.Reader
	n   atomic.Int64
	err error
}

func (c *rawCounter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	if err != nil {
		c.err = err
	}
	return n, err
}
