package parquet

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/file"
	"github.com/xitongsys/parquet-go-source/buffer"
	xitong "github.com/xitongsys/parquet-go/parquet"
	xitongreader "github.com/xitongsys/parquet-go/reader"
	xitongwriter "github.com/xitongsys/parquet-go/writer"
)

// libraryRead reads byte arrays of a column with v17's own file reader.
func libraryRead(t *testing.T, data []byte, column int) []string {
	t.Helper()
	r, err := file.NewParquetReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var all []string
	for g := range r.NumRowGroups() {
		c, err := r.RowGroup(g).Column(column)
		if err != nil {
			t.Fatal(err)
		}
		values := make([]parquet.ByteArray, 100)
		defs, reps := make([]int16, 100), make([]int16, 100)
		for c.HasNext() {
			n, _, err := c.(*file.ByteArrayColumnChunkReader).ReadBatch(100, values, defs, reps)
			if err != nil {
				t.Fatal(err)
			}
			k := 0
			for i := range n {
				text := "-"
				if defs[i] == c.Descriptor().MaxDefinitionLevel() {
					text = string(values[k])
					k++
				}
				all = append(all, fmt.Sprintf("%d/%d %s", reps[i], defs[i], text))
			}
		}
		if c.Err() != nil {
			t.Fatal(c.Err())
		}
	}
	return all
}

// TestLibraryReads reads the output with the file reader of v17, in the codecs
// and encodings it knows: LZ4_RAW among them, which this package registers.
func TestLibraryReads(t *testing.T) {
	for name, s := range samples() {
		if s.typ != parquet.Types.ByteArray || s.enc == parquet.Encodings.DeltaByteArray {
			continue
		}
		t.Run(name, func(t *testing.T) {
			data := s.generate(t)
			out, _ := rewrite(t, data, map[int]Change{sampleOptional: by(swap), sampleList: by(label)}, Options{})
			for _, column := range []int{sampleRequired, sampleOptional, sampleList} {
				was, is := libraryRead(t, data, column), libraryRead(t, out, column)
				for i, v := range was {
					place, text, _ := strings.Cut(v, " ")
					if text != "-" && column == sampleOptional {
						was[i] = place + " " + swapped(text)
					}
					if text != "-" && column == sampleList {
						was[i] = place + " [X]"
					}
				}
				if !slices.Equal(was, is) {
					t.Errorf("column %d differs", column)
				}
			}
		})
	}
}

// A person is a row of the files that parquet-go writes and reads.
type person struct {
	ID    int64             `parquet:"name=id, type=INT64"`
	Mail  string            `parquet:"name=mail, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Phone *int64            `parquet:"name=phone, type=INT64, repetitiontype=OPTIONAL"`
	Born  int32             `parquet:"name=born, type=INT32, convertedtype=DATE"`
	Tags  []string          `parquet:"name=tags, type=LIST, valuetype=BYTE_ARRAY, valueconvertedtype=UTF8"`
	Attr  map[string]string `parquet:"name=attr, type=MAP, keytype=BYTE_ARRAY, keyconvertedtype=UTF8, valuetype=BYTE_ARRAY, valueconvertedtype=UTF8"`
	Home  struct {
		City  string   `parquet:"name=city, type=BYTE_ARRAY, convertedtype=UTF8, encoding=DELTA_BYTE_ARRAY"`
		Score *float64 `parquet:"name=score, type=DOUBLE, repetitiontype=OPTIONAL"`
	} `parquet:"name=home"`
}

func people(n int) []person {
	rng := rand.New(rand.NewPCG(3, 4))
	all := make([]person, n)
	for i := range all {
		p := &all[i]
		p.ID, p.Mail, p.Born = int64(i), fmt.Sprintf("mail%d@example.com", i%37), int32(1000+i)
		p.Tags, p.Attr = []string{}, map[string]string{}
		for j := range rng.IntN(4) {
			p.Tags = append(p.Tags, fmt.Sprintf("tag%d", i*j))
			p.Attr[fmt.Sprintf("key%d", j)] = fmt.Sprintf("value%d", rng.IntN(99))
		}
		if i%3 == 0 {
			phone, score := int64(15145550100+i), float64(i)/8
			p.Phone, p.Home.Score = &phone, &score
		}
		p.Home.City = fmt.Sprintf("city%d", i%7)
	}
	return all
}

func writePeople(t *testing.T, all []person, codec xitong.CompressionCodec) []byte {
	t.Helper()
	f := buffer.NewBufferFile()
	w, err := xitongwriter.NewParquetWriter(f, new(person), 1)
	if err != nil {
		t.Fatal(err)
	}
	w.CompressionType, w.PageSize, w.RowGroupSize = codec, 1024, 8192
	for _, p := range all {
		if err := w.Write(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.WriteStop(); err != nil {
		t.Fatal(err)
	}
	return f.Bytes()
}

func readPeople(t *testing.T, data []byte) []person {
	t.Helper()
	r, err := xitongreader.NewParquetReader(buffer.NewBufferFileFromBytes(data), new(person), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer r.ReadStop()
	all := make([]person, r.GetNumRows())
	if err := r.Read(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestParquetGo changes files of xitongsys/parquet-go and has it read them.
func TestParquetGo(t *testing.T) {
	for _, codec := range []xitong.CompressionCodec{xitong.CompressionCodec_UNCOMPRESSED, xitong.CompressionCodec_SNAPPY,
		xitong.CompressionCodec_GZIP, xitong.CompressionCodec_ZSTD} {
		t.Run(codec.String(), func(t *testing.T) {
			data := writePeople(t, people(500), codec)
			want := readPeople(t, data)
			changes := map[int]Change{}
			for i, c := range mustOpen(t, data).Columns() {
				switch strings.ToLower(c.Path) {
				case "mail", "tags.list.element":
					changes[i] = by(label)
				case "phone", "born", "home.city", "attr.key_value.value":
					changes[i] = by(swap)
				}
			}
			if len(changes) != 6 {
				t.Fatalf("%d of 6 columns found", len(changes))
			}
			out, _ := rewrite(t, data, changes, Options{})
			for i := range want {
				p := &want[i]
				p.Mail = "[X]"
				for j := range p.Tags {
					p.Tags[j] = "[X]"
				}
				if p.Phone != nil {
					fmt.Sscan(swapped(fmt.Sprint(*p.Phone)), p.Phone)
				}
				p.Born = swappedDate(p.Born)
				p.Home.City = swapped(p.Home.City)
				for k, v := range p.Attr {
					p.Attr[k] = swapped(v)
				}
			}
			got := readPeople(t, out)
			for i := range want {
				if a, b := fmt.Sprintf("%+v", deref(want[i])), fmt.Sprintf("%+v", deref(got[i])); a != b {
					t.Fatalf("row %d is\n%s, want\n%s", i, b, a)
				}
			}
		})
	}
}

func swappedDate(day int32) int32 {
	form := dateForm(4)
	text, _ := form.append(nil, le32(day))
	v, _ := form.parse(nil, []byte(swapped(string(text))))
	return int32(integerOf(v))
}

// deref puts the values of a row where they can be printed.
func deref(p person) []any {
	all := []any{p.ID, p.Mail, p.Born, p.Tags, p.Attr, p.Home.City}
	if p.Phone != nil {
		all = append(all, *p.Phone)
	}
	if p.Home.Score != nil {
		all = append(all, *p.Home.Score)
	}
	return all
}

// TestStreamSplit: v17 reads such a page as nothing, so it is decoded here.
func TestStreamSplit(t *testing.T) {
	s := sample{typ: parquet.Types.Double, codec: compress.Codecs.Uncompressed, rows: 50, groups: 1}
	f := mustOpen(t, s.generate(t))
	l := &f.leaves[sampleRequired]
	plain := bytes.Repeat([]byte{1, 2, 3, 4, 5, 6, 7, 8}, 50)
	data, enc, err := encodeValues(l, encStreamSplit, plain, 50)
	if err != nil || enc != encStreamSplit {
		t.Fatal(enc, err)
	}
	back, err := decodeValues(l, new(library), encStreamSplit, data, 50)
	if err != nil || !bytes.Equal(back, plain) {
		t.Errorf("%v: %x", err, back)
	}
	if _, err := decodeValues(l, new(library), encStreamSplit, data, 51); err == nil {
		t.Error("a page that is too short was read")
	}
}
