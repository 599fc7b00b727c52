package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/xitongsys/parquet-go-source/buffer"
	xreader "github.com/xitongsys/parquet-go/reader"
	"github.com/xitongsys/parquet-go/writer"
)

// A subject is a row of columns that hold no text.
type subject struct {
	Phone int64  `parquet:"name=phone, type=INT64"`
	Birth int32  `parquet:"name=birth_date, type=INT32, convertedtype=DATE"`
	IP    *int32 `parquet:"name=client_ip, type=INT32, convertedtype=UINT_32"`
	Fax   *int64 `parquet:"name=fax, type=INT64"`
	IMEI  *int32 `parquet:"name=imei, type=INT32"`
	Age   *int32 `parquet:"name=age, type=INT32"`
}

func subjects(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := writer.NewParquetWriterFromWriter(&b, new(subject), 1)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 50 {
		ip, fax, age := int32(-969710336)+int32(i), int64(15147872100+i), int32(20+i)
		if err := w.Write(subject{15147872100 + int64(i), int32(1000 + 40*i), &ip, &fax, nil, &age}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.WriteStop(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func subjectsFrom(t *testing.T, b string) []subject {
	t.Helper()
	r, err := xreader.NewParquetReader(buffer.NewBufferFileFromBytes([]byte(b)), new(subject), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer r.ReadStop()
	rows := make([]subject, r.GetNumRows())
	if err := r.Read(&rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestSuits applies transforms to columns of numbers and dates: what gives values of
// the type is done in it, and what does not is refused before anything is written.
func TestSuits(t *testing.T) {
	in := subjects(t)
	was := subjectsFrom(t, string(in))
	get := map[string]func(subject) string{
		"phone":      func(s subject) string { return fmt.Sprint(s.Phone) },
		"fax":        func(s subject) string { return nullable(s.Fax) },
		"client_ip":  func(s subject) string { return nullable(s.IP) },
		"birth_date": func(s subject) string { return fmt.Sprint(s.Birth) },
	}
	for _, tt := range []struct {
		column, transform string
		refused           string // a part of the error; "" if it is done
		distinct          int    // values then
	}{
		{"phone", "redact", "column phone (INT64) is required, and redact would leave null", 0},
		{"phone", "fpe", "", 50},
		{"phone", "hash", "", 50},
		{"phone", "hash:bits=128", "", 50},
		{"phone", "generalise:digits=3", "", 1},
		{"phone", "generalise:bucket=25", "", 2},
		{"phone", "mask", "column phone (INT64): what mask makes is not of its type", 0},
		{"phone", "encrypt", "column phone (INT64): what encrypt makes", 0},
		{"fax", "redact", "", 1},
		{"fax", "hash", "", 50},
		{"fax", "drop", "", 1},
		{"fax", "truncate:runes=3", "", 1},
		{"fax", "shift", "column fax (INT64): what shift makes", 0},
		{"client_ip", "truncate", "", 1},
		{"client_ip", "ip-prefix", "", 50},
		{"client_ip", "hash", "what hash makes is not of its type; use truncate", 0},
		{"client_ip", "hash:form=keep", "", 50},
		{"birth_date", "shift", "", 50},
		{"birth_date", "truncate:to=month", "", 50},
		{"birth_date", "generalise:to=decade", "", 1},
		{"birth_date", "hash", "column birth_date (Date): what hash makes is not of its type; use truncate, generalise or shift", 0},
		{"birth_date", "fpe", "column birth_date (Date): what fpe makes", 0},
	} {
		t.Run(tt.column+"="+tt.transform, func(t *testing.T) {
			kind := map[string]string{"fax": "phone", "client_ip": "ipv4"}[tt.column]
			if kind == "" {
				kind = tt.column
			}
			p := set(t, kind+"="+tt.transform, "*=keep")
			p.Rules[0].Fields = []string{tt.column}
			cfg := Config{Policy: p, Keys: testKeys(t)}
			if tt.refused != "" {
				pl, err := New(cfg)
				if err != nil {
					t.Fatal(err)
				}
				var out bytes.Buffer
				_, err = pl.Run(context.Background(), NewSource(bytes.NewReader(in), "x"), &out)
				if err == nil || !strings.Contains(err.Error(), tt.refused) || out.Len() > 0 || strings.Contains(err.Error(), "1514") {
					t.Errorf("%v, with %d bytes written; want %q", err, out.Len(), tt.refused)
				}
				if _, err := pl.Run(context.Background(), NewSource(bytes.NewReader(in), "x"), nil); err != nil {
					t.Errorf("a scan is refused: %v", err)
				}
				return
			}
			out, report := runOn(t, cfg, bytes.NewReader(in))
			again, _ := runOn(t, cfg, bytes.NewReader(in))
			if report.Failures > 0 || out != again {
				t.Errorf("%d failures, or two results", report.Failures)
			}
			seen := map[string]bool{}
			for i, s := range subjectsFrom(t, out) {
				for name, of := range get {
					if is := of(s); name == tt.column {
						seen[is] = true
					} else if is != of(was[i]) {
						t.Fatalf("row %d: column %s changed", i, name)
					}
				}
			}
			if len(seen) != tt.distinct || seen[get[tt.column](was[7])] {
				t.Errorf("%d distinct values, want %d", len(seen), tt.distinct)
			}
		})
	}
}

func nullable[T any](v *T) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprint(*v)
}

// TestSuitsWithoutValues: a column that holds nothing is not refused.
func TestSuitsWithoutValues(t *testing.T) {
	cfg := Config{Policy: set(t, "imei=encrypt", "*=keep"), Keys: testKeys(t)}
	in := subjects(t)
	out, _ := runOn(t, cfg, bytes.NewReader(in))
	if out != string(in) {
		t.Error("the file changed")
	}
}
