package pipeline

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/xitongsys/parquet-go-source/buffer"
	xreader "github.com/xitongsys/parquet-go/reader"
	"github.com/xitongsys/parquet-go/writer"
	"pgregory.net/rapid"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

var tokenPattern = regexp.MustCompile(`[a-z0-9]+_[a-z2-7]{13}`)

// hostile draws values that a transform may trip over: of no kind, of another,
// too long, empty in the middle, with bytes of no character set.
func hostile(kind detect.Kind) *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"\x00\x00", "\xff\xfe\xfd", "[EMAIL]x", "enc~email~aaaaa~bbbb~", "%00%ff%", "999.999.999.999", "::::::", "+-+-+-",
			"00:00:00:00:00:00:00", "9999-99-99", "1e999", "NaN", "é́̂", "\u202e\u0000x", "a@b@c", strings.Repeat("9", 5000), strings.Repeat("é", 3000),
			"203.0.113.42", "mara.keller@example.com", "+15147872100", "1984-06-11", "45.5017", "4111111111111111", "00:1b:63:84:45:e6",
		}),
		rapid.StringN(2, 40, 200),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 2, 60), func(b []byte) string { return string(b) }),
	)
}

// specs are the transforms that take a value away, with arguments that make them
// fail on most values too.
var specs = []string{
	"redact", "redact:label=X", "mask", "mask:keep=4", "mask:keep-first=2,keep=2", "mask:shape", "truncate", "truncate:to=8", "truncate:to=month",
	"hash", "hash:form=keep", "hash:bits=32", "hash:kid", "encrypt", "encrypt:canonical", "fpe", "fpe:keep=2", "ip-prefix", "ip-prefix:cryptopan",
	"shift", "shift:days=10", "shift:by=id", "generalise", "generalise:bucket=10", "generalise:digits=2", "drop",
}

// A carrier writes a value into a file of a format, under a name, and gives all
// values of a file.
type carrier struct {
	write func(t *rapid.T, value string) []byte
	read  func(t *rapid.T, file []byte) string
}

type hostileRow struct {
	Field *string `parquet:"name=zz_field, type=BYTE_ARRAY, convertedtype=UTF8"`
}

var carriers = map[string]carrier{
	"text": {
		func(_ *rapid.T, value string) []byte {
			return []byte("2026-03-14 zz_field=\"" + strings.NewReplacer("\n", ".", "\r", ".").Replace(value) + "\" end\n")
		},
		func(_ *rapid.T, file []byte) string { return string(file) },
	},
	"csv": {
		func(t *rapid.T, value string) []byte { return []byte("id,zz_field,b\n1," + asCell(t, value) + ",x\n") },
		readCells,
	},
	"tsv": {
		func(t *rapid.T, value string) []byte {
			return []byte("id\tzz_field\tb\n1\t" + asCell(t, value) + "\tx\n")
		},
		readCells,
	},
	"jsonl": {
		func(t *rapid.T, value string) []byte { return []byte(`{"zz_field":` + asJSONString(t, value) + `}`) },
		func(t *rapid.T, file []byte) string {
			var v map[string]any
			if err := json.Unmarshal(file, &v); err != nil {
				t.Fatalf("the output is no JSON: %q", file)
			}
			return string(file) + fmt.Sprint(v)
		},
	},
	"parquet": {
		func(t *rapid.T, value string) []byte {
			var b bytes.Buffer
			w, err := writer.NewParquetWriterFromWriter(&b, new(hostileRow), 1)
			if err == nil {
				err = w.Write(hostileRow{&value})
			}
			if err == nil {
				err = w.WriteStop()
			}
			if err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		},
		func(t *rapid.T, file []byte) string {
			r, err := xreader.NewParquetReader(buffer.NewBufferFileFromBytes(file), new(hostileRow), 1)
			if err != nil {
				t.Fatal(err)
			}
			defer r.ReadStop()
			rows := make([]hostileRow, r.GetNumRows())
			if err := r.Read(&rows); err != nil || len(rows) != 1 {
				t.Fatal(len(rows), err)
			}
			if rows[0].Field == nil {
				return string(file)
			}
			return string(file) + *rows[0].Field
		},
	},
	"arrow": {
		func(t *rapid.T, value string) []byte {
			schema := arrow.NewSchema([]arrow.Field{{Name: "zz_field", Type: arrow.BinaryTypes.Binary, Nullable: true}}, nil)
			b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
			b.Field(0).(*array.BinaryBuilder).Append([]byte(value))
			var out bytes.Buffer
			w := ipc.NewWriter(&out, ipc.WithSchema(schema))
			if err := errors.Join(w.Write(b.NewRecord()), w.Close()); err != nil {
				t.Fatal(err)
			}
			return out.Bytes()
		},
		func(t *rapid.T, file []byte) string {
			r, err := ipc.NewReader(bytes.NewReader(file))
			if err != nil || !r.Next() {
				t.Fatal("no batch", err)
			}
			defer r.Release()
			return string(file) + string(r.Record().Column(0).(*array.Binary).Value(0))
		},
	},
}

// readCells gives the file, and what another reader of CSV sees in it.
func readCells(_ *rapid.T, file []byte) string {
	r := csv.NewReader(bytes.NewReader(file))
	r.LazyQuotes, r.FieldsPerRecord = true, -1
	if bytes.IndexByte(file, '\t') >= 0 {
		r.Comma = '\t'
	}
	cells, _ := r.ReadAll() // hostile cells may be none to it
	return string(file) + fmt.Sprint(cells)
}

// TestNeverOpen: whatever stands in a field that is of a kind, no transform lets
// it through, in any format, alone or in a longer text.
func TestNeverOpen(t *testing.T) {
	for format, file := range carriers {
		t.Run(format, func(t *testing.T) { neverOpen(t, format, file) })
	}
}

func neverOpen(t *testing.T, format string, file carrier) {
	keys := testKeys(t)
	pipelines := map[string]*Pipeline{}
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		info := rapid.SampledFrom(detect.Kinds()).Draw(t, "kind")
		spec := rapid.SampledFrom(specs).Draw(t, "transform")
		value := hostile(info.Kind).Draw(t, "value")
		name := info.Name + "=" + spec
		p := pipelines[name]
		if p == nil {
			s, err := transform.ParseSpec(spec)
			if err != nil {
				t.Fatal(err)
			}
			// Every kind, since hostile values may be of another.
			p, err = New(Config{Policy: Policy{Default: s, Fields: map[string]detect.Kind{"zz_field": info.Kind}}, Keys: keys, Workers: 1, Format: format})
			if err != nil {
				t.Fatal(err)
			}
			pipelines[name] = p
		}
		in := file.write(t, value)
		var out bytes.Buffer
		var found []Finding
		search := p.cfg
		search.Policy = search.Policy.Searching()
		search.ShowValues = true
		search.Findings = func(f *Finding) error { found = append(found, *f); return nil }
		looking, err := New(search)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := looking.Run(t.Context(), NewSource(bytes.NewReader(in), "x"), nil); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Run(t.Context(), NewSource(bytes.NewReader(in), "x"), &out); err != nil {
			t.Fatal(err)
		}
		seen += len(found)
		all := file.read(t, out.Bytes())
		// A value that was found is not there as it was, but for coarse parts of
		// it that are its whole.
		for _, f := range found {
			if len(f.Value) > 6 && strings.Contains(all, f.Value) && !coarse(spec, f.Value) {
				t.Fatalf("%s lets a %s of %d bytes through: %q becomes %q", name, f.Kind, len(f.Value), in, out.Bytes())
			}
		}
	})
	if seen < 10 { // of a hundred, or twenty with -short
		t.Errorf("%d values were found: the test looks at nothing", seen)
	}
}

// coarse says whether a value is no finer than what its transform gives: an
// address whose host part is zero, or nothing but what masks are made of.
func coarse(spec, value string) bool {
	if strings.HasPrefix(spec, "truncate") || strings.HasPrefix(spec, "generalise") {
		return strings.HasSuffix(value, "0") || strings.HasSuffix(value, ":")
	}
	if strings.Trim(value, "\x00") == "" {
		return true // it stands in binary files anyway
	}
	return strings.HasPrefix(spec, "mask") && strings.Trim(value, "*x0-.:+ ()[]@_/\\") == ""
}

// TestOnePersonOneToken: a log, a CSV file, JSON lines and a Parquet file tell of
// one person in different spellings, and each has the same token.
func TestOnePersonOneToken(t *testing.T) {
	p := set(t, "email,phone,ipv4,ipv6=hash")
	note := "from ::ffff:203.0.113.42, +1 (514) 787-2100"
	inputs := map[string][]byte{
		"log":     []byte("2026-03-14 login MARA.Keller@example.com from 203.0.113.42, call +1 514-787-2100 now\n"),
		"url":     []byte("GET /a?email=mara.keller%40example.com&ip=203.0.113.42 and tel:+15147872100\n"),
		"csv":     []byte("id,email,ip,phone\n1,\"Mara.Keller@EXAMPLE.com\",::ffff:203.0.113.42,+15147872100\n"),
		"jsonl":   []byte(`{"user":{"email":"mara.keller\u0040example.com","phone":15147872100},"ip":"::FFFF:cb00:712a"}` + "\n"),
		"parquet": parquetOf(t, []call{{ID: 1, Email: "mara.keller@Example.com", Note: &note}}),
	}
	want := map[string]string{}
	for name, in := range inputs {
		out, _ := runOn(t, Config{Policy: p, Keys: testKeys(t)}, bytes.NewReader(in))
		got := map[string]string{}
		text := out
		if name == "parquet" {
			row := rowsOf(t, []byte(out))[0]
			text = row.Email + " " + *row.Note
		}
		for _, token := range tokenPattern.FindAllString(text, -1) {
			kind, _, _ := strings.Cut(token, "_")
			got[kind] = token
		}
		if len(got) != 3 {
			t.Errorf("%s: %d kinds of tokens, want 3: %s", name, len(got), text)
		}
		for kind, token := range got {
			if want[kind] == "" {
				want[kind] = token
			}
			if want[kind] != token {
				t.Errorf("%s: another %s", name, kind)
			}
		}
	}
}

func TestLabelsOfNetworks(t *testing.T) {
	private, _ := detect.NetworkSet("private")
	p := Policy{Labels: []NetworkLabel{{"PRIVATE", private}}}
	out, _ := runOn(t, Config{Policy: p}, strings.NewReader("10.1.2.3 ::ffff:192.168.0.9 203.0.113.9 fd00::7\n"))
	if out != "[PRIVATE] [PRIVATE] 203.0.113.0 [PRIVATE]\n" {
		t.Error(out)
	}
	p.Labels[0].Label = "home net"
	if _, err := New(Config{Policy: p}); err == nil {
		t.Error("a label with a space is taken")
	}
}
