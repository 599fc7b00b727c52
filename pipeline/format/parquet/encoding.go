package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/apache/arrow/go/v17/parquet"
)

// All values are changed in one form, that of PLAIN: fixed-width values one
// after the other, byte arrays with a four-byte length before each (booleans a
// byte each). Pages in other encodings are brought into it and back.

// width is the number of bytes of a value in plain form, 0 for byte arrays.
func (l *leaf) width() int {
	switch l.typ {
	case parquet.Types.Boolean:
		return 1
	case parquet.Types.Int32, parquet.Types.Float:
		return 4
	case parquet.Types.Int64, parquet.Types.Double:
		return 8
	case parquet.Types.Int96:
		return 12
	case parquet.Types.FixedLenByteArray:
		return l.TypeLength
	}
	return 0
}

// decodeValues brings the n values of a page into plain form, which may be the
// bytes of data themselves.
func decodeValues(l *leaf, lib *library, enc int64, data []byte, n int) (plain []byte, err error) {
	defer recovered(&err)
	if n == 0 {
		return nil, nil
	}
	w := l.width()
	if w > 0 && int64(n)*int64(w) > maxPage {
		return nil, errPageSize
	}
	switch {
	case l.typ == parquet.Types.Boolean:
		return decodeBooleans(enc, data, n)
	case enc == encPlain && w == 0:
		return plainArrays(data, n)
	case enc == encPlain:
		if len(data) < n*w {
			return nil, errCounts
		}
		return data[:n*w], nil
	case enc == encStreamSplit && w > 0 && l.typ != parquet.Types.Int96:
		// v17 does not read it, and reports no error in all cases either.
		if len(data) < n*w {
			return nil, errCounts
		}
		return joinStreams(data[:n*w], n, w), nil
	case enc == encDelta && (l.typ == parquet.Types.Int32 || l.typ == parquet.Types.Int64),
		(enc == encDeltaLength || enc == encDeltaBytes) && l.typ == parquet.Types.ByteArray,
		enc == encDeltaBytes && l.typ == parquet.Types.FixedLenByteArray:
		if err := checkDelta(enc, data, n); err != nil {
			return nil, err
		}
		return lib.decode(l, enc, data, n)
	}
	return nil, fmt.Errorf("encoding %s of %s is not supported", encodingName(enc), l.typ)
}

// plainArrays checks the lengths of n byte arrays.
func plainArrays(data []byte, n int) ([]byte, error) {
	at := 0
	for range n {
		if len(data)-at < 4 {
			return nil, errCounts
		}
		size := binary.LittleEndian.Uint32(data[at:])
		at += 4
		if uint64(size) > uint64(len(data)-at) {
			return nil, errCounts
		}
		at += int(size)
	}
	return data[:at], nil
}

func decodeBooleans(enc int64, data []byte, n int) ([]byte, error) {
	plain := make([]byte, n)
	switch enc {
	case encPlain:
		if n > len(data)*8 {
			return nil, errCounts
		}
		for i := range plain {
			plain[i] = data[i/8] >> (i % 8) & 1
		}
		return plain, nil
	case encRLE:
		if len(data) < 4 {
			return nil, errCounts
		}
		h := newHybrid(data[4:], 1)
		var block [1024]uint32
		for done := 0; done < n; {
			part := block[:min(n-done, len(block))]
			if !h.read(part) {
				return nil, errCounts
			}
			for _, v := range part {
				plain[done] = byte(v)
				done++
			}
		}
		return plain, nil
	}
	return nil, fmt.Errorf("encoding %s of BOOLEAN is not supported", encodingName(enc))
}

// joinStreams undoes BYTE_STREAM_SPLIT: stream j holds byte j of every value.
func joinStreams(data []byte, n, w int) []byte {
	plain := make([]byte, n*w)
	for j := range w {
		s := data[j*n : (j+1)*n]
		for i, c := range s {
			plain[i*w+j] = c
		}
	}
	return plain
}

func splitStreams(plain []byte, n, w int) []byte {
	data := make([]byte, n*w)
	for j := range w {
		s := data[j*n : (j+1)*n]
		for i := range s {
			s[i] = plain[i*w+j]
		}
	}
	return data
}

// encodeValues writes n plain values in the encoding wanted, or as PLAIN where
// that cannot be done, and returns the encoding it used.
func encodeValues(l *leaf, enc int64, plain []byte, n int) (data []byte, used int64, err error) {
	if n == 0 && enc != encRLE {
		return nil, encPlain, nil
	}
	switch {
	case l.typ == parquet.Types.Boolean:
		return encodeBooleans(enc, plain), enc, nil
	case enc == encStreamSplit:
		return splitStreams(plain, n, l.width()), enc, nil
	case enc == encPlain:
		return plain, enc, nil
	}
	data, err = encodeLibrary(l, enc, plain, n)
	if err == nil {
		// The encoder is not taken at its word: a page that does not read back
		// is written as PLAIN.
		if back, err := decodeValues(l, new(library), enc, data, n); err == nil && bytes.Equal(back, plain) {
			return data, enc, nil
		}
	}
	return plain, encPlain, nil
}

func encodeBooleans(enc int64, plain []byte) []byte {
	values := make([]uint32, len(plain))
	for i, b := range plain {
		values[i] = uint32(b)
	}
	if enc == encPlain {
		return appendPacked(nil, values, 1)
	}
	data := appendHybrid(make([]byte, 4), values, 1)
	binary.LittleEndian.PutUint32(data, uint32(len(data)-4))
	return data
}

// checkDelta walks the headers of the delta streams in a page, because v17 makes
// room for what they state: DELTA_BYTE_ARRAY has two, the others one.
func checkDelta(enc int64, data []byte, n int) error {
	streams := 1
	if enc == encDeltaBytes {
		streams = 2
	}
	for range streams {
		end, ok := deltaEnd(data, n)
		if !ok {
			return errCounts
		}
		data = data[end:]
	}
	return nil
}

// deltaEnd returns where a DELTA_BINARY_PACKED stream of n values ends
// (Encodings.md, "Delta Encoding").
func deltaEnd(data []byte, n int) (end int, ok bool) {
	var head [4]uint64 // block size, miniblocks a block, values, first value
	at := 0
	for i := range head {
		u, k := binary.Uvarint(data[at:])
		if k <= 0 {
			return 0, false
		}
		head[i] = u
		at += k
	}
	block, minis := head[0], head[1]
	if block == 0 || block > 1<<20 || minis == 0 || minis > block/8 || block%minis != 0 ||
		block/minis%8 != 0 || head[2] != uint64(n) {
		return 0, false
	}
	per := int(block / minis)
	for left := n - 1; left > 0; {
		_, k := binary.Uvarint(data[at:])
		if k <= 0 || len(data)-at-k < int(minis) {
			return 0, false
		}
		at += k
		widths := data[at : at+int(minis)]
		at += int(minis)
		for _, w := range widths {
			if left <= 0 {
				break
			}
			size := int(w) * per / 8
			if w > 64 || size > len(data)-at {
				return 0, false
			}
			at += size
			left -= per
		}
	}
	return at, true
}
