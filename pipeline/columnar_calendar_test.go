package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/xitongsys/parquet-go-source/buffer"
	xreader "github.com/xitongsys/parquet-go/reader"
	"github.com/xitongsys/parquet-go/writer"
)

// A visit is a row with a time.
type visit struct {
	Email *string `parquet:"name=email, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Note  string  `parquet:"name=note, type=BYTE_ARRAY, convertedtype=UTF8"`
	Seen  *int64  `parquet:"name=seen, type=INT64, convertedtype=TIMESTAMP_MILLIS"`
}

// visits are of three days in turn, and of no day.
func visits() (all []visit) {
	start := time.Date(2026, 3, 14, 10, 0, 0, 0, time.UTC)
	for i := range 400 {
		mail := fmt.Sprintf("person%d@example.com", i%3)
		v := visit{Email: &mail, Note: "to " + mail}
		if i%11 == 0 {
			v.Email = nil
		}
		if day := i % 4; day < 3 {
			at := start.AddDate(0, 0, day).UnixMilli()
			v.Seen = &at
		}
		all = append(all, v)
	}
	return all
}

func show(email *string, note string) string {
	if email == nil {
		return "-|" + note
	}
	return *email + "|" + note
}

// TestColumnsRotateKeys holds that tokens of columnar data go by the day of their
// row as those of CSV do, values in dictionaries included.
func TestColumnsRotateKeys(t *testing.T) {
	p := set(t, "email=hash")
	for _, field := range []string{"", "seen"} {
		p.Rotate = Rotation{Every: "daily", Field: field}
		cfg := Config{Policy: p, Keys: testKeys(t)}
		rows := visits()

		// What is wanted is what CSV makes of the same rows.
		var csv strings.Builder
		csv.WriteString("email,note,seen\n")
		for _, r := range rows {
			mail, seen := "", ""
			if r.Email != nil {
				mail = *r.Email
			}
			if r.Seen != nil {
				seen = time.UnixMilli(*r.Seen).UTC().Format(time.RFC3339)
			}
			fmt.Fprintf(&csv, "%s,%s,%s\n", mail, r.Note, seen)
		}
		cfg.Format = "csv"
		text, report := runOn(t, cfg, strings.NewReader(csv.String()))
		var want []string
		for i, line := range strings.Split(strings.TrimSpace(text), "\n")[1:] {
			f := strings.Split(line, ",")
			email := &f[0]
			if rows[i].Email == nil {
				email = nil
			}
			want = append(want, show(email, f[1]))
		}
		if report.Failures == 0 || len(slices.Compact(slices.Sorted(slices.Values(want)))) < 12 {
			t.Fatalf("CSV gives %d failures: %q", report.Failures, want[:8])
		}

		cfg.Format = ""
		var in bytes.Buffer
		w, err := writer.NewParquetWriterFromWriter(&in, new(visit), 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if err := w.Write(r); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.WriteStop(); err != nil {
			t.Fatal(err)
		}
		out, _ := runOn(t, cfg, &in)
		r, err := xreader.NewParquetReader(buffer.NewBufferFileFromBytes([]byte(out)), new(visit), 1)
		if err != nil {
			t.Fatal(err)
		}
		back := make([]visit, r.GetNumRows())
		if err := r.Read(&back); err != nil {
			t.Fatal(err)
		}
		r.ReadStop()
		var got []string
		for _, v := range back {
			got = append(got, show(v.Email, v.Note))
		}
		if !slices.Equal(got, want) {
			t.Errorf("Parquet, field %q: %q, want %q", field, got[:8], want[:8])
		}

		for _, file := range []bool{false, true} {
			out, _ := runOn(t, cfg, bytes.NewReader(visitsAsArrow(t, rows, file)))
			if got := visitsFrom(t, []byte(out), file); !slices.Equal(got, want) {
				t.Errorf("Arrow, file %t, field %q: %q, want %q", file, field, got[:8], want[:8])
			}
		}
	}
}

type batchWriter interface {
	Write(arrow.Record) error
	Close() error
}

func arrowWriter(t *testing.T, name string, schema *arrow.Schema, file bool) (*os.File, batchWriter) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if !file {
		return f, ipc.NewWriter(f, ipc.WithSchema(schema))
	}
	w, err := ipc.NewFileWriter(f, ipc.WithSchema(schema))
	if err != nil {
		t.Fatal(err)
	}
	return f, w
}

func closed(t *testing.T, name string, f *os.File, w batchWriter) []byte {
	t.Helper()
	if err := errors.Join(w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// visitsAsArrow writes the rows in two batches, email as a dictionary.
func visitsAsArrow(t *testing.T, rows []visit, file bool) []byte {
	t.Helper()
	dict := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "email", Type: dict, Nullable: true}, {Name: "note", Type: arrow.BinaryTypes.String},
		{Name: "seen", Type: &arrow.TimestampType{Unit: arrow.Second, TimeZone: "UTC"}, Nullable: true},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	for _, r := range rows {
		if r.Email == nil {
			b.Field(0).AppendNull()
		} else if err := b.Field(0).AppendValueFromString(*r.Email); err != nil {
			t.Fatal(err)
		}
		b.Field(1).(*array.StringBuilder).Append(r.Note)
		if r.Seen == nil {
			b.Field(2).AppendNull()
		} else {
			b.Field(2).(*array.TimestampBuilder).Append(arrow.Timestamp(*r.Seen / 1000))
		}
	}
	rec := b.NewRecord()
	name := t.TempDir() + "/visits"
	f, w := arrowWriter(t, name, schema, file)
	for _, r := range []arrow.Record{rec.NewSlice(0, 150), rec.NewSlice(150, int64(len(rows)))} {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	return closed(t, name, f, w)
}

func visitsFrom(t *testing.T, data []byte, file bool) (rows []string) {
	t.Helper()
	var next func() (arrow.Record, bool)
	if file {
		r, err := ipc.NewFileReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		next = func() (arrow.Record, bool) {
			if n == r.NumRecords() {
				return nil, false
			}
			n++
			rec, err := r.Record(n - 1)
			if err != nil {
				t.Fatal(err)
			}
			return rec, true
		}
	} else {
		r, err := ipc.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		next = func() (arrow.Record, bool) { more := r.Next(); return r.Record(), more }
	}
	for rec, ok := next(); ok; rec, ok = next() {
		for i := range int(rec.NumRows()) {
			var email *string
			if rec.Column(0).IsValid(i) {
				v := rec.Column(0).ValueStr(i)
				email = &v
			}
			rows = append(rows, show(email, rec.Column(1).ValueStr(i)))
		}
	}
	return rows
}
