package pipeline

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"

	bzip2w "github.com/dsnet/compress/bzip2"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"
	"github.com/klauspost/pgzip"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"
)

// A codec is a way in which an input can be compressed.
type codec struct {
	name   string
	magics []string // what such data begins with
	reader func(*bufio.Reader) (io.Reader, error)
	writer func(io.Writer) (io.WriteCloser, error)
}

// maxWindow bounds what a zstd frame may ask to keep in memory, in bytes: as
// much as the zstd command allows without being asked.
const maxWindow = 128 << 20

// codecs are told apart by their first bytes: RFC 1952 (gzip), RFC 8878 (zstd,
// also with a skippable frame first), the .xz file format, the LZ4 frame format
// with its legacy form, and the Snappy framing format with its S2 extension.
var codecs = []codec{
	{"gzip", []string{"\x1f\x8b\x08"},
		func(r *bufio.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		func(w io.Writer) (io.WriteCloser, error) { return pgzip.NewWriter(w), nil }},
	{"zstd", zstdMagics(),
		func(r *bufio.Reader) (io.Reader, error) {
			d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
			if err != nil {
				return nil, err
			}
			return d.IOReadCloser(), nil
		},
		func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) }},
	{"bzip2", bzip2Magics(),
		func(r *bufio.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil },
		func(w io.Writer) (io.WriteCloser, error) { return bzip2w.NewWriter(w, nil) }},
	{"xz", []string{"\xfd7zXZ\x00"},
		func(r *bufio.Reader) (io.Reader, error) { return xz.NewReader(r) },
		func(w io.Writer) (io.WriteCloser, error) { return xz.NewWriter(w) }},
	{"lz4", []string{"\x04\x22\x4d\x18", "\x02\x21\x4c\x18"},
		func(r *bufio.Reader) (io.Reader, error) { return lz4.NewReader(r), nil },
		func(w io.Writer) (io.WriteCloser, error) { return lz4.NewWriter(w), nil }},
	{"snappy", []string{"\xff\x06\x00\x00sNaPpY"},
		func(r *bufio.Reader) (io.Reader, error) { return s2.NewReader(r), nil },
		func(w io.Writer) (io.WriteCloser, error) { return s2.NewWriter(w, s2.WriterSnappyCompat()), nil }},
	{"s2", []string{"\xff\x06\x00\x00S2sTwO"},
		func(r *bufio.Reader) (io.Reader, error) { return s2.NewReader(r), nil },
		func(w io.Writer) (io.WriteCloser, error) { return s2.NewWriter(w), nil }},
}

func zstdMagics() []string {
	m := []string{"\x28\xb5\x2f\xfd"}
	for c := byte(0x50); c < 0x60; c++ {
		m = append(m, string([]byte{c, 0x2a, 0x4d, 0x18}))
	}
	return m
}

// bzip2Magics holds the mark of the first block, or of the end, too: "BZh1" can
// be text.
func bzip2Magics() (m []string) {
	for level := '1'; level <= '9'; level++ {
		m = append(m, "BZh"+string(level)+"1AY&SY", "BZh"+string(level)+"\x17\x72\x45\x38\x50\x90")
	}
	return m
}

// codecOf returns what an input is compressed with, nil if it is not. It reads
// no further than it must, since more may be long in coming.
func codecOf(r *bufio.Reader) *codec {
	for n := 1; ; n++ {
		head, err := r.Peek(n)
		possible := false
		for i := range codecs {
			for _, m := range codecs[i].magics {
				if bytes.HasPrefix(head, []byte(m)) {
					return &codecs[i]
				}
				possible = possible || bytes.HasPrefix([]byte(m), head)
			}
		}
		if err != nil || !possible {
			return nil
		}
	}
}

// A DecodeError says where the compressed data of an input is wrong. What was
// decoded before is delivered before it.
type DecodeError struct {
	Name   string // of the input
	Codec  string
	Offset int64 // bytes of the compressed input that were used before the fault was seen
	Err    error // io.ErrUnexpectedEOF: it ends too early; ErrCorrupt; or why it could not be read
}

// ErrCorrupt stands in a [DecodeError] for data that does not decode.
var ErrCorrupt = errors.New("corrupt data")

func (e *DecodeError) Error() string {
	what := "is corrupt"
	switch {
	case errors.Is(e.Err, io.ErrUnexpectedEOF):
		what = "ends too early"
	case errors.Is(e.Err, zstd.ErrWindowSizeExceeded):
		what = fmt.Sprintf("needs a window over %d MiB: recompress it without --long", maxWindow>>20)
	case !errors.Is(e.Err, ErrCorrupt):
		return fmt.Sprintf("%s: cannot read %s data at byte %d: %v", e.Name, e.Codec, e.Offset, e.Err)
	}
	return fmt.Sprintf("%s: %s data %s at byte %d of the compressed input", e.Name, e.Codec, what, e.Offset)
}

func (e *DecodeError) Unwrap() error { return e.Err }

// A decoder decodes ahead of its reader in a goroutine of its own. A fixed set
// of buffers goes round between the two.
type decoder struct {
	full chan decodedBytes
	free chan []byte
	stop chan struct{}

	last decodedBytes // what is being read
	rest []byte       // of last.data
}

// A decodedBytes is some output of a decoder, and what ended it.
type decodedBytes struct {
	data []byte
	err  error
}

const (
	decodeBuffers = 4
	decodeBytes   = 256 << 10
)

// newDecoder starts to decode. wrap makes the error of one that ended it.
func newDecoder(c *codec, r *bufio.Reader, wrap func(error) error) *decoder {
	d := &decoder{
		full: make(chan decodedBytes, decodeBuffers),
		free: make(chan []byte, decodeBuffers),
		stop: make(chan struct{}),
	}
	for range decodeBuffers {
		d.free <- make([]byte, decodeBytes)
	}
	go func() {
		defer close(d.full)
		var z io.Reader
		for {
			var buf []byte
			select {
			case buf = <-d.free:
			case <-d.stop:
				return
			}
			n, err := 0, error(nil)
			if z == nil {
				z, err = openCodec(c, r)
				if err == nil {
					if k, ok := z.(io.Closer); ok {
						defer k.Close() //nolint:errcheck // what is read is judged by its checksum
					}
				}
			}
			if err == nil {
				n, err = readCodec(z, buf)
			}
			if err != nil && !errors.Is(err, io.EOF) {
				err = wrap(err)
			}
			d.full <- decodedBytes{buf[:n], err}
			if err != nil {
				return
			}
		}
	}()
	return d
}

// openCodec makes the reader of a codec. Data must not be able to stop the program,
// so a panic over it is a fault of the data.
func openCodec(c *codec, r *bufio.Reader) (z io.Reader, err error) {
	defer func() {
		if recover() != nil {
			err = ErrCorrupt
		}
	}()
	z, err = c.reader(r)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return z, err
}

// readCodec is one Read, a panic being as in openCodec.
func readCodec(z io.Reader, buf []byte) (n int, err error) {
	defer func() {
		if recover() != nil {
			n, err = 0, ErrCorrupt
		}
	}()
	return z.Read(buf)
}

func (d *decoder) Read(p []byte) (int, error) {
	for len(d.rest) == 0 {
		if d.last.err != nil {
			return 0, d.last.err
		}
		if d.last.data != nil {
			d.free <- d.last.data[:decodeBytes]
		}
		var ok bool
		if d.last, ok = <-d.full; !ok {
			d.last = decodedBytes{err: io.ErrClosedPipe}
		}
		d.rest = d.last.data
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// close makes the goroutine end once the Read it is in returns.
func (d *decoder) close() { close(d.stop) }
