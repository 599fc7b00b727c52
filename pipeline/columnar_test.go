package pipeline

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/xitongsys/parquet-go-source/buffer"
	xreader "github.com/xitongsys/parquet-go/reader"
	"github.com/xitongsys/parquet-go/writer"

	"github.com/scrim-dev/scrim/detect"
)

// A call is a row of the Parquet files of the tests.
type call struct {
	ID    int64   `parquet:"name=id, type=INT64"`
	Email string  `parquet:"name=email, type=BYTE_ARRAY, convertedtype=UTF8, encoding=PLAIN_DICTIONARY"`
	Note  *string `parquet:"name=note, type=BYTE_ARRAY, convertedtype=UTF8"`
	Phone *int64  `parquet:"name=phone, type=INT64"`
	Plain string  `parquet:"name=plain, type=BYTE_ARRAY, convertedtype=UTF8"`
}

func parquetOf(t *testing.T, rows []call) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := writer.NewParquetWriterFromWriter(&b, new(call), 1)
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
	return b.Bytes()
}

func rowsOf(t *testing.T, b []byte) []call {
	t.Helper()
	r, err := xreader.NewParquetReader(buffer.NewBufferFileFromBytes(b), new(call), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer r.ReadStop()
	rows := make([]call, r.GetNumRows())
	if err := r.Read(&rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestParquet(t *testing.T) {
	note, phone := "write to b@example.com today", int64(15147872100)
	in := parquetOf(t, []call{
		{1, "a@example.com", &note, &phone, "nothing"},
		{2, "a@example.com", nil, nil, "at all"},
	})
	out, report := runOn(t, Config{}, bytes.NewReader(in))
	if report.Format != "parquet" || report.Lines != 2 {
		t.Errorf("report says %s with %d rows", report.Format, report.Lines)
	}
	if report.Kinds["email"] != 3 || report.Kinds["phone"] != 1 {
		t.Errorf("found %v, want 3 emails and 1 phone", report.Kinds)
	}
	rows := rowsOf(t, []byte(out))
	if rows[0].Email != "[EMAIL]" || rows[1].Email != "[EMAIL]" || *rows[0].Note != "write to [EMAIL] today" ||
		rows[0].Plain != "nothing" || rows[1].Note != nil || rows[0].ID != 1 || rows[1].ID != 2 {
		t.Errorf("got %+v", rows)
	}
	if rows[0].Phone != nil {
		t.Error("a label does not fit a number: the phone must be null")
	}
	if strings.Contains(out, "example.com") {
		t.Error("a value is still in the file")
	}
	// Nothing found is nothing changed.
	same, _ := runOn(t, Config{Policy: Policy{Only: []detect.Kind{detect.IBAN}}}, bytes.NewReader(in))
	if len(rowsOf(t, []byte(same))) != 2 || !strings.Contains(same, "a@example.com") {
		t.Error("a file without matches came out different")
	}
}

func TestParquetFindings(t *testing.T) {
	note := "to b@example.com"
	in := parquetOf(t, []call{{1, "a@example.com", nil, nil, ""}, {2, "x", &note, nil, ""}})
	var got []Finding
	p, err := New(Config{Findings: func(f *Finding) error { got = append(got, *f); return nil }, ShowValues: true})
	if err != nil {
		t.Fatal(err)
	}
	name := t.TempDir() + "/calls.parquet"
	if err := os.WriteFile(name, in, 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	if _, err := p.Run(context.Background(), src, nil); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Line != 1 || got[0].Value != "a@example.com" || got[1].Line != 2 || got[1].Start != 3 || got[1].Offset != -1 {
		t.Errorf("got %+v", got)
	}
}

func TestParquetThatIsDamaged(t *testing.T) {
	in := parquetOf(t, []call{{1, "secret@example.com", nil, nil, ""}})
	p, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for n := 4; n < len(in); n += 7 {
		_, err := p.Run(context.Background(), NewSource(bytes.NewReader(in[:n]), "calls.parquet"), io.Discard)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Fatalf("cut after %d bytes: error %v", n, err)
		}
	}
}

// A kindWatch counts sightings by kind and rows.
type kindWatch struct {
	kinds map[string]int
	rows  int
}

func (k *kindWatch) Look(*View) {}

func (k *kindWatch) Wants(string) bool { return false }

func (k *kindWatch) Rows(r *Rows) { k.rows += r.Len }

func (k *kindWatch) Values(v *Values) {
	for i := range v.Len() {
		times := 1
		if v.Times != nil {
			times = int(v.Times[i])
		}
		for _, s := range v.Sightings(nil, i) {
			k.kinds[s.Field+" "+s.Kind.String()] += times
		}
	}
}

func TestParquetIsWatchedByRow(t *testing.T) {
	phone := int64(15147872100)
	var rows []call
	for i := range 3000 {
		rows = append(rows, call{int64(i), "a@example.com", nil, &phone, "x"})
	}
	seen := &kindWatch{kinds: map[string]int{}}
	p, err := New(Config{Watch: func(string) Watch { return seen }})
	if err != nil {
		t.Fatal(err)
	}
	report, err := p.Run(context.Background(), NewSource(bytes.NewReader(parquetOf(t, rows)), "calls.parquet"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if seen.rows != 3000 || seen.kinds["email email"] != 3000 || seen.kinds["phone phone"] != 3000 {
		t.Errorf("saw %d rows, %v", seen.rows, seen.kinds)
	}
	if report.Kinds["email"] != 3000 || report.Lines != 3000 {
		t.Errorf("report counts %v in %d rows", report.Kinds, report.Lines)
	}
}

// A token that does not fit a number's column leaves a null there, as a label
// does, but is missed; digits in place of digits fit, and come back.
func TestParquetNumbers(t *testing.T) {
	phone := int64(15147872100)
	in := parquetOf(t, []call{{1, "a@example.com", nil, &phone, "x"}, {2, "b@example.com", nil, nil, "y"}})
	for _, spec := range []string{"redact", "redact:label=X"} {
		out, report := runOn(t, Config{Policy: set(t, "*="+spec), Keys: testKeys(t)}, bytes.NewReader(in))
		if report.Failures != 0 || rowsOf(t, []byte(out))[0].Phone != nil {
			t.Errorf("%s: %d failures, or the phone is there", spec, report.Failures)
		}
	}
	p := set(t, "phone=fpe", "*=encrypt")
	for phone = 15140000000; phone < 15140000100; phone++ {
		in := parquetOf(t, []call{{1, "a@example.com", nil, &phone, "x"}})
		out, report := runOn(t, Config{Policy: p, Keys: testKeys(t)}, bytes.NewReader(in))
		if n := rowsOf(t, []byte(out))[0].Phone; report.Failures != 0 || n == nil || *n < 1e10 || *n == phone {
			t.Fatalf("%d failures; the phone is %v", report.Failures, n)
		}
		back, _ := runOn(t, Config{Policy: p, Keys: testKeys(t), Reveal: true}, strings.NewReader(out))
		if got := rowsOf(t, []byte(back))[0]; *got.Phone != phone || got.Email != "a@example.com" {
			t.Fatalf("%d came back as %d", phone, *got.Phone)
		}
	}
}
