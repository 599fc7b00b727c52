package parquet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"sync"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// The decoders and encoders of arrow v17, given one page's values at a time.

// A library decodes the pages of one chunk, in order: it is kept from page to
// page because some writers, v17 among them, begin a page of DELTA_BYTE_ARRAY
// with a prefix of the last value of the page before.
type library struct {
	pages  onePage
	reader file.ColumnChunkReader
}

// onePage hands one page at a time to a column reader.
type onePage struct {
	page file.Page
	read bool
}

func (p *onePage) SetMaxPageHeaderSize(int) {}
func (p *onePage) Err() error               { return nil }
func (p *onePage) Page() file.Page          { return p.page }

func (p *onePage) Next() bool {
	first := !p.read
	p.read = true
	return first
}

func (p *onePage) Reset(parquet.BufferedReader, int64, compress.Compression, *file.CryptoContext) {}

var pageBuffers = sync.Pool{New: func() any { return memory.NewResizableBuffer(memory.DefaultAllocator) }}

// asArrays is a descriptor of byte arrays: v17 knows the delta encoding of
// strings for these alone, and fixed-length values are written the same way.
var asArrays = func() *schema.Column {
	node, err := schema.NewPrimitiveNode("v", parquet.Repetitions.Required, parquet.Types.ByteArray, -1, -1)
	if err != nil {
		panic(err) // the arguments are constants
	}
	return settled(schema.NewColumn(node, 0, 0))
}()

// settled is a descriptor that several goroutines may use: v17 makes its path when
// it is asked for first, without a lock.
func settled(c *schema.Column) *schema.Column {
	_ = c.Path()
	return c
}

func (l *leaf) libraryColumn() *schema.Column {
	if l.typ == parquet.Types.FixedLenByteArray {
		return asArrays
	}
	return l.descr
}

// decode decodes the n values of the next page into plain form.
func (lib *library) decode(l *leaf, enc int64, data []byte, n int) ([]byte, error) {
	lib.pages = onePage{page: file.NewDataPageV1(memory.NewBufferBytes(data), int32(n), parquet.Encoding(enc),
		parquet.Encodings.RLE, parquet.Encodings.RLE, int32(len(data)))}
	if lib.reader == nil {
		lib.reader = file.NewColumnReader(l.libraryColumn(), &lib.pages, memory.DefaultAllocator, &pageBuffers)
	}
	var plain []byte
	var err error
	switch r := lib.reader.(type) {
	case *file.Int32ColumnChunkReader:
		plain, err = readAll(n, r.ReadBatch, func(dst []byte, v int32) []byte {
			return binary.LittleEndian.AppendUint32(dst, uint32(v))
		})
	case *file.Int64ColumnChunkReader:
		plain, err = readAll(n, r.ReadBatch, func(dst []byte, v int64) []byte {
			return binary.LittleEndian.AppendUint64(dst, uint64(v))
		})
	case *file.ByteArrayColumnChunkReader:
		w := l.width()
		plain, err = readAll(n, r.ReadBatch, func(dst []byte, v parquet.ByteArray) []byte {
			if w == 0 {
				dst = binary.LittleEndian.AppendUint32(dst, uint32(len(v)))
			}
			return append(dst, v...)
		})
		if err == nil && w > 0 && len(plain) != n*w {
			return nil, errPage
		}
	default:
		return nil, errPage
	}
	if err == nil && lib.reader.Err() != nil {
		err = errPage
	}
	return plain, err
}

// readAll reads exactly n values: v17 may stop short without an error.
func readAll[T any](n int, read func(int64, []T, []int16, []int16) (int64, int, error), put func([]byte, T) []byte) ([]byte, error) {
	var plain []byte
	block := make([]T, min(n, 4096))
	for left := n; left > 0; {
		_, k, err := read(int64(min(left, len(block))), block, nil, nil)
		if err != nil {
			return nil, errPage // the library's text may quote data
		}
		if k <= 0 || k > left {
			return nil, errCounts
		}
		for _, v := range block[:k] {
			plain = put(plain, v)
		}
		if len(plain) > maxPage {
			return nil, errPageSize
		}
		left -= k
	}
	return plain, nil
}

// noPager satisfies a column writer of which only the encoder is used.
type noPager struct{ file.PageWriter }

func (noPager) HasCompressor() bool { return false }

func (noPager) Compress(_ *bytes.Buffer, src []byte) []byte { return src }

var encoderProps = parquet.NewWriterProperties(parquet.WithDictionaryDefault(false), parquet.WithStats(false))

// encodeLibrary encodes n plain values.
func encodeLibrary(l *leaf, enc int64, plain []byte, n int) (data []byte, err error) {
	defer recovered(&err)
	meta := metadata.NewColumnChunkMetaDataBuilder(encoderProps, l.libraryColumn())
	e := parquet.Encoding(enc)
	switch l.typ {
	case parquet.Types.Int32:
		w := file.NewInt32ColumnChunkWriter(meta, noPager{}, false, e, encoderProps).CurrentEncoder()
		return flush(w, n, func(i int) int32 { return int32(binary.LittleEndian.Uint32(plain[4*i:])) })
	case parquet.Types.Int64:
		w := file.NewInt64ColumnChunkWriter(meta, noPager{}, false, e, encoderProps).CurrentEncoder()
		return flush(w, n, func(i int) int64 { return int64(binary.LittleEndian.Uint64(plain[8*i:])) })
	case parquet.Types.ByteArray, parquet.Types.FixedLenByteArray:
		w := file.NewByteArrayColumnChunkWriter(meta, noPager{}, false, e, encoderProps).CurrentEncoder()
		width, rest := l.width(), plain
		return flush(w, n, func(int) parquet.ByteArray {
			size := width
			if width == 0 {
				size = int(binary.LittleEndian.Uint32(rest))
				rest = rest[4:]
			}
			v := rest[:size:size]
			rest = rest[size:]
			return v
		})
	}
	return nil, errors.New("no encoder")
}

// flush puts n values, which at yields in order, into an encoder of v17. Its
// type is internal there, so it is asked for what it can do.
func flush[T, B any](w interface {
	FlushValues() (B, error)
}, n int, at func(int) T) ([]byte, error) {
	e, ok := w.(interface{ Put([]T) })
	if !ok {
		return nil, errors.New("no encoder")
	}
	block := make([]T, n)
	for i := range block {
		block[i] = at(i)
	}
	e.Put(block)
	buf, err := w.FlushValues()
	if err != nil {
		return nil, err
	}
	b, ok := any(buf).(interface {
		Bytes() []byte
		Release()
	})
	if !ok {
		return nil, errors.New("no encoder")
	}
	defer b.Release()
	return bytes.Clone(b.Bytes()), nil
}
