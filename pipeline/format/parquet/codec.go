package parquet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// Codecs of the format (parquet.thrift, CompressionCodec).
const (
	codecNone   = 0
	codecSnappy = 1
	codecGzip   = 2
	codecLZO    = 3
	codecBrotli = 4
	codecLZ4    = 5
	codecZstd   = 6
	codecLZ4Raw = 7
)

var codecNames = [...]string{"UNCOMPRESSED", "SNAPPY", "GZIP", "LZO", "BROTLI", "LZ4", "ZSTD", "LZ4_RAW"}

func codecName(c int64) string {
	if c >= 0 && c < int64(len(codecNames)) {
		return codecNames[c]
	}
	return "unknown"
}

var (
	errCompressed = errors.New("page does not decompress to its stated size")
	errPageSize   = fmt.Errorf("page is larger than %d MiB when decompressed", maxPage>>20)
)

// maxPage bounds a page that is taken apart. Writers make pages of about 1 MiB,
// but a page holds one value at least, and values of 1 GiB are met with.
const maxPage = 1<<30 + 1<<28

// decompress appends nothing: it returns src decompressed, which must be size
// bytes, in dst's memory where that is large enough. A size that the stream does
// not fill costs no memory beyond what the stream yields.
func decompress(codec int64, dst, src []byte, size int) (out []byte, err error) {
	if size < 0 || size > maxPage {
		return nil, errPageSize
	}
	defer recovered(&err)
	switch codec {
	case codecNone:
		out = src
	case codecSnappy:
		// The stated length is checked before the decoder makes room for it.
		if n, k := binary.Uvarint(src); k <= 0 || n != uint64(size) || size/64 > len(src) {
			return nil, errCompressed
		}
		out, err = s2.Decode(room(dst, size), src)
	case codecZstd:
		if dubious(src, size) && !streams(src, size, newZstd) {
			return nil, errCompressed
		}
		dst = room(dst, size)
		out, err = zstdDecoder().DecodeAll(src, dst[:0:size])
	case codecGzip, codecBrotli:
		c, err := compress.GetCodec(compress.Compression(codec))
		if err != nil {
			return nil, err
		}
		if dubious(src, size) && !streams(src, size, c.NewReader) {
			return nil, errCompressed
		}
		return readExact(c, room(dst, size), src)
	case codecLZ4Raw, codecLZ4:
		if size > len(src)*256 {
			return nil, errCompressed
		}
		out, err = lz4Decode(codec, room(dst, size), src)
	default:
		return nil, fmt.Errorf("compression %s is not supported", codecName(codec))
	}
	if err != nil || len(out) != size {
		return nil, errCompressed
	}
	return out, nil
}

// readExact decompresses into dst, whose length is the stated size, and asks for
// one byte more to see that the stream ends there.
func readExact(c compress.Codec, dst, src []byte) ([]byte, error) {
	r := c.NewReader(bytes.NewReader(src))
	defer r.Close()
	if _, err := io.ReadFull(r, dst); err != nil {
		return nil, errCompressed
	}
	if n, err := io.ReadFull(r, make([]byte, 1)); n != 0 || err != io.EOF {
		return nil, errCompressed
	}
	return dst, nil
}

// dubious says that a stated size is so far above the input's that it may be a
// lie.
func dubious(src []byte, size int) bool { return size > 1<<20 && size/64 > len(src) }

// streams reports whether src decompresses to size bytes, by doing so into
// nowhere: room is made only for what is there.
func streams(src []byte, size int, open func(io.Reader) io.ReadCloser) bool {
	r := open(bytes.NewReader(src))
	defer r.Close()
	n, err := io.Copy(io.Discard, io.LimitReader(r, int64(size)+1))
	return err == nil && n == int64(size)
}

func newZstd(r io.Reader) io.ReadCloser {
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(128<<20))
	if err != nil {
		panic(err) // the options are constants, and nothing is read yet
	}
	return d.IOReadCloser()
}

// zstdDecoder is not v17's, which decompresses whatever a frame holds: this one
// stops at the capacity it is given.
var zstdDecoder = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecodeAllCapLimit(true), zstd.WithDecoderConcurrency(0))
	if err != nil {
		panic(err) // the options are constants
	}
	return d
})

// compressPage compresses a page's bytes in the column's own codec.
func compressPage(codec int64, dst, src []byte) (out []byte, err error) {
	defer recovered(&err)
	switch codec {
	case codecNone:
		return src, nil
	case codecLZ4Raw, codecLZ4:
		return lz4Encode(codec, dst, src)
	case codecSnappy:
		return s2.EncodeSnappy(dst[:cap(dst)], src), nil
	case codecGzip, codecBrotli, codecZstd:
		c, err := compress.GetCodec(compress.Compression(codec))
		if err != nil {
			return nil, err
		}
		if n := c.CompressBound(int64(len(src))) + 64; int64(cap(dst)) < n {
			dst = make([]byte, n)
		}
		return c.Encode(dst[:cap(dst)], src), nil
	}
	return nil, fmt.Errorf("compression %s is not supported", codecName(codec))
}

// room returns a slice of n bytes, in b's memory if it is large enough.
func room(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}

// lz4Decode reads LZ4_RAW, one block, and the older LZ4, which is written as
// Hadoop's frames (big-endian sizes before each block), and by some writers as
// an LZ4 frame or a bare block.
func lz4Decode(codec int64, dst, src []byte) ([]byte, error) {
	if codec == codecLZ4 {
		if out, ok := hadoopDecode(dst, src); ok {
			return out, nil
		}
		if len(src) >= 4 && binary.LittleEndian.Uint32(src) == 0x184d2204 {
			if _, err := io.ReadFull(lz4.NewReader(bytes.NewReader(src)), dst); err != nil {
				return nil, errCompressed
			}
			return dst, nil
		}
	}
	if len(dst) == 0 { // the library wants room; an empty block is a zero
		if len(src) > 1 || len(src) == 1 && src[0] != 0 {
			return nil, errCompressed
		}
		return dst, nil
	}
	n, err := lz4.UncompressBlock(src, dst)
	if err != nil {
		return nil, errCompressed
	}
	return dst[:n], nil
}

func hadoopDecode(dst, src []byte) ([]byte, bool) {
	done := 0
	for len(src) >= 8 {
		plain, packed := binary.BigEndian.Uint32(src), binary.BigEndian.Uint32(src[4:])
		src = src[8:]
		if uint64(packed) > uint64(len(src)) || uint64(plain) > uint64(len(dst)-done) {
			return nil, false
		}
		n, err := lz4.UncompressBlock(src[:packed], dst[done:done+int(plain)])
		if err != nil || n != int(plain) {
			return nil, false
		}
		done += n
		src = src[packed:]
	}
	return dst[:done], len(src) == 0
}

func lz4Encode(codec int64, dst, src []byte) ([]byte, error) {
	head := 0
	if codec == codecLZ4 {
		head = 8
	}
	dst = room(dst, head+lz4.CompressBlockBound(len(src)))
	var c lz4.Compressor
	n, err := c.CompressBlock(src, dst[head:])
	if err != nil {
		return nil, errors.New("page could not be compressed")
	}
	if codec == codecLZ4 {
		binary.BigEndian.PutUint32(dst, uint32(len(src)))
		binary.BigEndian.PutUint32(dst[4:], uint32(n))
	}
	return dst[:head+n], nil
}

// lz4RawCodec gives v17's own readers the codec they lack.
type lz4RawCodec struct{}

func (lz4RawCodec) NewReader(r io.Reader) io.ReadCloser     { return io.NopCloser(lz4.NewReader(r)) }
func (lz4RawCodec) NewWriter(w io.Writer) io.WriteCloser    { return lz4.NewWriter(w) }
func (lz4RawCodec) CompressBound(n int64) int64             { return int64(lz4.CompressBlockBound(int(n))) }
func (c lz4RawCodec) EncodeLevel(d, s []byte, _ int) []byte { return c.Encode(d, s) }

func (c lz4RawCodec) NewWriterLevel(w io.Writer, _ int) (io.WriteCloser, error) {
	return c.NewWriter(w), nil
}

func (lz4RawCodec) Encode(dst, src []byte) []byte {
	out, err := lz4Encode(codecLZ4Raw, dst, src)
	if err != nil {
		panic(err) // the interface knows no errors; v17's codecs do the same
	}
	return out
}

func (lz4RawCodec) Decode(dst, src []byte) []byte {
	out, err := lz4Decode(codecLZ4Raw, dst, src)
	if err != nil {
		panic(err)
	}
	return out
}

func init() { compress.RegisterCodec(codecLZ4Raw, lz4RawCodec{}) }
