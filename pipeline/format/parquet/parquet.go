// Package parquet reads and rewrites Parquet files column by column, and leaves
// everything of a file as it was but the values it is told to change.
//
// It knows no kinds and no policy: a caller is shown the columns, reads values
// ([File.Values]) and says which columns are to change and how
// ([Rewrite]).
//
//  1. [Open] reads the footer.
//  2. Rewrite passes all pages by, once and in order. Those of columns without a
//     change are copied as raw bytes; of the others the dictionary alone is shown to
//     the rewriter where there is one, each entry once, or the values of the page.
//     A page in which all is kept is copied too.
//  3. What speaks of the old values (statistics, bloom filters, page indexes,
//     the sort order) is dropped from changed chunks and kept, moved to its new
//     place, for the others.
//  4. A new footer is written: the old one with those fields changed.
//
// Values are decoded and encoded, and pages compressed, by arrow v17; footer and
// page headers are edited as Thrift fields, because v17's writer cannot keep a
// raw chunk, an unknown field or a newer logical type.
//
// # Terminology
//
//   - Row group: a stretch of rows, stored column by column.
//   - Chunk: one column of one row group; pages, the first perhaps a dictionary.
//   - Leaf: a column that holds values, named by its path, "user.phones.list.element".
//   - Level: definition and repetition levels say which values are null or absent
//     and where lists begin. A slot is a place that has levels: a value or a gap.
//   - Text: the written form of a value in which a caller sees it; see [Form].
package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/metadata"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

// A Column is a leaf of the schema.
type Column struct {
	Index      int
	Path       string // dotted: "a.list.element"
	Physical   string // "INT64", "BYTE_ARRAY", ...
	Logical    string // "String", "Timestamp(...)", "None", ...
	TypeLength int    // bytes of a FIXED_LEN_BYTE_ARRAY
	MaxDef     int    // highest definition level
	MaxRep     int    // highest repetition level
	Optional   bool   // the leaf itself may be null
	Codecs     []string
	Encodings  []string
	HasBloom   bool
	HasIndex   bool
	Compressed int64 // bytes of all its chunks in the file
	Values     int64 // slots, nulls and gaps included
}

// A RowGroup is a stretch of rows.
type RowGroup struct {
	Rows  int64
	Bytes int64 // compressed
}

// A KeyValue is an entry of a file's or a chunk's metadata.
type KeyValue struct {
	Key, Value string
	// Column is the path of the chunk that has the entry, "" for the file.
	Column string
}

// A File is an open Parquet file. It may be read by several goroutines at once.
type File struct {
	r      io.ReaderAt
	size   int64
	footer record
	groups []record // row groups
	chunks [][]chunk
	leaves []leaf
	cols   []Column
	rows   int64
	// short: chunks are longer than stated by the header of their dictionary
	// (PARQUET-816, parquet-mr before 1.2.9).
	short bool
	// buffers are what readers had for a page and a dictionary.
	buffers   pool[[2][]byte]
	blocks    pool[block]
	scratches pool[scratch]
}

// A leaf is what a column's pages are read with.
type leaf struct {
	Column
	typ   parquet.Type
	form  schema.LogicalType
	descr *schema.Column
}

// maxFooter bounds the footer in memory.
const maxFooter = 256 << 20

// Open reads the footer of a file of size bytes. Errors are of type [*Error].
func Open(r io.ReaderAt, size int64) (f *File, err error) {
	defer func() {
		var e *Error
		if err != nil && !errors.As(err, &e) {
			err = &Error{RowGroup: -1, Err: err}
		}
	}()
	defer recovered(&err)
	f = &File{r: r, size: size}
	raw, err := f.readFooter()
	if err != nil {
		return nil, err
	}
	if err := f.parseFooter(raw); err != nil {
		return nil, err
	}
	return f, nil
}

// readFooter returns the bytes of the footer.
func (f *File) readFooter() ([]byte, error) {
	if f.size < 12 {
		return nil, ErrNotParquet
	}
	var head [4]byte
	var tail [8]byte
	if err := readFull(f.r, head[:], 0); err != nil {
		return nil, err
	}
	if err := readFull(f.r, tail[:], f.size-8); err != nil {
		return nil, err
	}
	switch {
	case string(tail[4:]) == "PARE":
		return nil, ErrEncrypted
	case string(tail[4:]) != magic || string(head[:]) != magic:
		return nil, ErrNotParquet
	}
	n := int64(binary.LittleEndian.Uint32(tail[:]))
	if n > f.size-12 {
		return nil, errors.New("the footer is longer than the file")
	}
	if n > maxFooter {
		return nil, fmt.Errorf("the footer is larger than %d MiB", maxFooter>>20)
	}
	raw := make([]byte, n)
	return raw, readFull(f.r, raw, f.size-8-n)
}

const magic = "PAR1"

func readFull(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == nil || err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// parseFooter takes the footer apart with our own reader, which checks every
// length, and only then has v17 read the schema out of it.
func (f *File) parseFooter(raw []byte) error {
	var err error
	if f.footer, _, err = parseRecord(raw); err != nil {
		return err
	}
	if f.footer.find(fileEncryption) != nil {
		return ErrEncrypted
	}
	groups, err := f.footer.list(fileRowGroups, wireStruct)
	if err != nil {
		return err
	}
	if err := f.parseSchema(); err != nil {
		return err
	}
	f.short = metadata.NewAppVersion(f.CreatedBy()).LessThan(metadata.NewAppVersionExplicit("parquet-mr", 1, 2, 9))
	f.rows, _ = f.footer.integer(fileNumRows)
	var sum int64
	for i, g := range groups {
		if err := f.parseGroup(g); err != nil {
			return within(err, "", i)
		}
		n, _ := f.groups[i].integer(groupNumRows)
		if n < 0 || sum+n < sum {
			return &Error{RowGroup: i, Err: errors.New("the row group has a number of rows below zero")}
		}
		sum += n
	}
	if f.rows == 0 {
		f.rows = sum // parquet-rs 0.3 left it out
	}
	if sum != f.rows {
		return errors.New("the row groups have not the number of rows that the footer states")
	}
	f.describe()
	return nil
}

// Columns returns the leaves of the schema, in its order.
func (f *File) Columns() []Column { return f.cols }

// NumRows returns the number of rows.
func (f *File) NumRows() int64 { return f.rows }

// RowGroups returns the row groups.
func (f *File) RowGroups() []RowGroup {
	all := make([]RowGroup, len(f.groups))
	for i, g := range f.groups {
		all[i].Rows, _ = g.integer(groupNumRows)
		for _, c := range f.chunks[i] {
			all[i].Bytes += c.size
		}
	}
	return all
}

// CreatedBy returns the name of the program that wrote the file. Rewrite keeps
// it: readers conclude from it what faults of that program to work around.
func (f *File) CreatedBy() string {
	b, _ := f.footer.binary(fileCreatedBy)
	return string(b)
}
