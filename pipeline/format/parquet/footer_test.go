package parquet

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
)

// edit takes a footer apart, lets fn change it and the metadata of its chunks,
// and puts the file together again.
func edit(t *testing.T, data []byte, file func(*record), group func(*record), chunk func(outer, meta *record)) []byte {
	t.Helper()
	n := int(binary.LittleEndian.Uint32(data[len(data)-8:]))
	body := data[:len(data)-8-n]
	foot, _, err := parseRecord(data[len(data)-8-n : len(data)-8])
	if err != nil {
		t.Fatal(err)
	}
	groups, _ := foot.list(fileRowGroups, wireStruct)
	for i, raw := range groups {
		g, _, _ := parseRecord(raw)
		cols, _ := g.list(groupColumns, wireStruct)
		for j, raw := range cols {
			outer, _, _ := parseRecord(raw)
			meta, _ := outer.record(chunkMeta)
			chunk(&outer, &meta)
			outer.setRecord(chunkMeta, meta)
			cols[j] = outer.append(nil)
		}
		g.set(groupColumns, wireList, appendList(nil, wireStruct, cols))
		group(&g)
		groups[i] = g.append(nil)
	}
	foot.set(fileRowGroups, wireList, appendList(nil, wireStruct, groups))
	file(&foot)
	raw := foot.append(nil)
	out := append(bytes.Clone(body), raw...)
	return append(binary.LittleEndian.AppendUint32(out, uint32(len(raw))), magic...)
}

// TestLaterVersions: fields that are not known stay where nothing changed, and go
// from the columns that did.
func TestLaterVersions(t *testing.T) {
	s := sample{typ: parquet.Types.ByteArray, codec: compress.Codecs.Snappy, rows: 30, groups: 2}
	data := edit(t, s.generate(t),
		func(f *record) { f.setBinary(99, []byte("file field")) },
		func(g *record) {
			g.setBinary(99, []byte("group field"))
			sorted := record{}
			sorted.setInteger(1, wireI32, sampleRequired)
			first := record{}
			first.setInteger(1, wireI32, sampleID)
			g.set(groupSorting, wireList, appendList(nil, wireStruct, [][]byte{first.append(nil), sorted.append(nil)}))
		},
		func(outer, meta *record) {
			outer.setBinary(99, []byte("chunk field"))
			meta.setBinary(98, []byte("meta field"))
		})
	count := func(b []byte, text string) int { return bytes.Count(b, []byte(text)) }
	for _, tt := range []struct {
		name    string
		changed []int
		chunks  int
		sorted  int
	}{
		{"none", nil, 8, 2},
		{"a sort column", []int{sampleRequired}, 6, 1},
		{"the first sort column too", []int{sampleID, sampleRequired}, 4, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changes := map[int]Change{}
			for _, i := range tt.changed {
				changes[i] = by(swap)
			}
			out, _ := rewrite(t, data, changes, Options{})
			if count(out, "file field") != 1 || count(out, "group field") != 2 || count(out, "chunk field") != tt.chunks || count(out, "meta field") != tt.chunks {
				t.Errorf("fields: %d of the file, %d of groups, %d and %d of chunks", count(out, "file field"),
					count(out, "group field"), count(out, "chunk field"), count(out, "meta field"))
			}
			for _, g := range mustOpen(t, out).groups {
				if elems, _ := g.list(groupSorting, wireStruct); len(elems) != tt.sorted {
					t.Errorf("%d sorting columns, want %d", len(elems), tt.sorted)
				}
			}
		})
	}
}

// TestCounts: a footer that is wrong about the pages is not believed.
func TestCounts(t *testing.T) {
	s := sample{typ: parquet.Types.ByteArray, codec: compress.Codecs.Snappy, rows: 30, groups: 1}
	good := s.generate(t)
	none := func(*record) {}
	add := func(id int16, typ byte, by int64) func(*record) {
		return func(r *record) {
			n, _ := r.integer(id)
			r.setInteger(id, typ, n+by)
		}
	}
	tests := []struct {
		name string
		data []byte
	}{
		{"rows of the file", edit(t, good, add(fileNumRows, wireI64, 1), none, func(*record, *record) {})},
		{"rows of the group", edit(t, good, none, add(groupNumRows, wireI64, 1), func(*record, *record) {})},
		{"all rows", edit(t, good, add(fileNumRows, wireI64, 1), add(groupNumRows, wireI64, 1),
			func(_, m *record) { add(metaNumValues, wireI64, 1)(m) })},
		{"values", edit(t, good, none, none, func(_, m *record) { add(metaNumValues, wireI64, -1)(m) })},
		{"size", edit(t, good, none, none, func(_, m *record) { add(metaCompressed, wireI64, -1)(m) })},
		{"offset", edit(t, good, none, none, func(_, m *record) { add(metaDataOffset, wireI64, 1)(m) })},
		{"beyond the end", edit(t, good, none, none, func(_, m *record) { add(metaDataOffset, wireI64, 1<<40)(m) })},
		{"codec", edit(t, good, none, none, func(_, m *record) { m.setInteger(metaCodec, wireI32, codecLZO) })},
		{"other file", edit(t, good, none, none, func(o, _ *record) { o.setBinary(chunkFilePath, []byte("part-0")) })},
		{"encrypted column", edit(t, good, none, none, func(o, _ *record) { o.setRecord(chunkCrypto, record{}) })},
		{"column missing", edit(t, good, none, func(g *record) {
			cols, _ := g.list(groupColumns, wireStruct)
			g.set(groupColumns, wireList, appendList(nil, wireStruct, cols[1:]))
		}, func(*record, *record) {})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := use(tt.data, FormText)
			if err == nil {
				t.Fatal("no error")
			}
			checkFault(t, err)
		})
	}
}
