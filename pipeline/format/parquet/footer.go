package parquet

import (
	"errors"
	"slices"

	"github.com/apache/arrow/go/v17/parquet"
)

// Field numbers of parquet.thrift.
const (
	// FileMetaData
	fileVersion    = 1
	fileSchema     = 2
	fileNumRows    = 3
	fileRowGroups  = 4
	fileKeyValues  = 5
	fileCreatedBy  = 6
	fileEncryption = 8

	// SchemaElement
	schemaNumChildren = 5
	schemaLogical     = 10

	// RowGroup
	groupColumns    = 1
	groupBytes      = 2
	groupNumRows    = 3
	groupSorting    = 4
	groupOffset     = 5
	groupCompressed = 6

	// SortingColumn
	sortingColumn = 1

	// ColumnChunk
	chunkFilePath     = 1
	chunkOffset       = 2
	chunkMeta         = 3
	chunkOffsetIndex  = 4
	chunkOffsetLength = 5
	chunkColumnIndex  = 6
	chunkColumnLength = 7
	chunkCrypto       = 8
	chunkEncrypted    = 9

	// ColumnMetaData
	metaEncodings     = 2
	metaCodec         = 4
	metaNumValues     = 5
	metaUncompressed  = 6
	metaCompressed    = 7
	metaKeyValues     = 8
	metaDataOffset    = 9
	metaIndexOffset   = 10
	metaDictOffset    = 11
	metaStatistics    = 12
	metaEncodingStats = 13
	metaBloomOffset   = 14
	metaBloomLength   = 15
	metaSizes         = 16
	metaGeospatial    = 17

	// Statistics
	statsNullCount = 3

	// KeyValue
	kvKey   = 1
	kvValue = 2
)

// A chunk is where a chunk stands in the file.
type chunk struct {
	raw    []byte // the ColumnChunk struct
	start  int64  // offset of the first page
	size   int64  // bytes of all pages as stated
	codec  int64
	values int64 // slots
}

// parse takes apart the ColumnChunk and its ColumnMetaData.
func (c chunk) parse() (outer, meta record, err error) {
	outer, _, err = parseRecord(c.raw)
	if err != nil {
		return nil, nil, err
	}
	meta, ok := outer.record(chunkMeta)
	if !ok {
		if outer.find(chunkCrypto) != nil || outer.find(chunkEncrypted) != nil {
			return nil, nil, ErrEncrypted
		}
		return nil, nil, errors.New("the footer has no metadata of the column")
	}
	return outer, meta, nil
}

// parseGroup reads one row group of the footer.
func (f *File) parseGroup(raw []byte) error {
	g, _, err := parseRecord(raw)
	if err != nil {
		return err
	}
	cols, err := g.list(groupColumns, wireStruct)
	if err != nil {
		return err
	}
	if len(cols) != len(f.leaves) {
		return errors.New("the row group has not the columns of the schema")
	}
	// The elements are kept apart from the record, which is written anew.
	kept := slices.DeleteFunc(slices.Clone(g), func(w wireField) bool { return w.id == groupColumns })
	chunks := make([]chunk, len(cols))
	rows, _ := g.integer(groupNumRows)
	for i, raw := range cols {
		if err := f.parseChunk(&chunks[i], raw, &f.leaves[i], rows); err != nil {
			return &Error{Column: f.leaves[i].Path, RowGroup: len(f.groups), Err: err}
		}
	}
	f.groups = append(f.groups, kept)
	f.chunks = append(f.chunks, chunks)
	return nil
}

var errBounds = errors.New("the footer places the column outside of the file")

func (f *File) parseChunk(c *chunk, raw []byte, l *leaf, rows int64) error {
	c.raw = raw
	outer, m, err := c.parse()
	if err != nil {
		return err
	}
	if outer.find(chunkCrypto) != nil {
		return ErrEncrypted
	}
	if p, _ := outer.binary(chunkFilePath); len(p) > 0 {
		return errors.New("the column is stored in another file, which is not supported")
	}
	var ok [4]bool
	c.codec, ok[0] = m.integer(metaCodec)
	c.values, ok[1] = m.integer(metaNumValues)
	c.size, ok[2] = m.integer(metaCompressed)
	c.start, ok[3] = m.integer(metaDataOffset)
	if ok != [4]bool{true, true, true, true} {
		return errors.New("the footer lacks a required field of the column")
	}
	if d, ok := m.integer(metaDictOffset); ok && d > 0 && d < c.start {
		c.start = d
	}
	if c.start < 0 || c.size < 0 || c.start > f.size || c.size > f.size-c.start {
		return errBounds
	}
	if c.values < 0 || l.MaxRep == 0 && c.values != rows {
		return errCounts
	}
	l.Compressed += c.size
	l.Values += c.values
	_, bloom := m.integer(metaBloomOffset)
	l.HasBloom = l.HasBloom || bloom
	l.HasIndex = l.HasIndex || outer.find(chunkOffsetIndex) != nil || outer.find(chunkColumnIndex) != nil
	note(&l.Codecs, codecName(c.codec))
	encodings, err := m.list(metaEncodings, wireI32)
	if err != nil {
		return err
	}
	for _, e := range encodings {
		r := record{{id: 1, typ: wireI32, raw: e}}
		n, _ := r.integer(1)
		note(&l.Encodings, encodingName(n))
	}
	return nil
}

func note(names *[]string, s string) {
	if !slices.Contains(*names, s) {
		*names = append(*names, s)
	}
}

func encodingName(n int64) string {
	if n < 0 || n > encStreamSplit {
		return "unknown"
	}
	return parquet.Encoding(n).String()
}

// describe fills in what Columns returns.
func (f *File) describe() {
	f.cols = make([]Column, len(f.leaves))
	for i := range f.leaves {
		f.cols[i] = f.leaves[i].Column
	}
}
