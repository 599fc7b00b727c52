package pipeline

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/scrim-dev/scrim/transform"
)

// personal are values of many kinds, in spellings that a canonical form would lose.
var personal = []string{
	"MARA.Keller@Example.com", "o'brien+x@example.org", "+1 (514) 787-2100", "5147872100", "15147872100", "203.0.113.42", "::FFFF:203.0.113.42",
	"2001:DB8:0:0::1%eth0", "00-1B-63-84-45-E6", "2ED6657D-e927-568b-95e1-2665a8aea6a2", "4111 1111 1111 1111", "4111111111111111", "490154203237518",
	"DE89 3704 0044 0532 0130 00", "219-09-9999", "José \"Pepe\" Pérez", "Doe, John", "45.5017", "-73.5673", "1984-06-11", "06/11/1984", "female",
	"https://mara:pw-12345@example.com/x", "a%40example.com", "c:\\users\\mkeller", "\xff\xfe", "😀 mara", "4.50", "true",
}

var fieldNames = []string{"email", "phone", "client_ip", "user_name", "full_name", "mac", "card_number", "birth_date", "lat", "password", "note", "session_id", "a\"b"}

// asJSONString writes s as a JSON string, with escapes wherever the drawing has them.
func asJSONString(t *rapid.T, s string) string {
	how := rapid.IntRange(0, 3).Draw(t, "escapes")
	var b strings.Builder
	for i, r := range s {
		switch c := s[i]; {
		case r == '\ufffd':
			b.WriteByte(c)
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(r))
		case how == 1 && c == '/', how == 2 && c == '/':
			b.WriteString(`\/`)
		case r < 0x10000 && (r < ' ' || how == 1 && r > 0x7f || how == 2 && rapid.Bool().Draw(t, "escaped")):
			fmt.Fprintf(&b, rapid.SampledFrom([]string{`\u%04x`, `\u%04X`}).Draw(t, "case"), r)
		default:
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}

// asCell writes s as a CSV cell in one of the ways that programs do.
func asCell(t *rapid.T, s string) string {
	doubled := strings.ReplaceAll(s, `"`, `""`)
	switch how := rapid.IntRange(0, 3).Draw(t, "quotes"); {
	case how == 0 && !strings.ContainsAny(s, ",;\t"):
		return s
	case how == 1 && !strings.ContainsAny(s, ",;\t\""):
		n := rapid.IntRange(0, len(s)).Draw(t, "quoted part")
		return `"` + s[:n] + `"` + s[n:]
	case how == 2:
		return `"says ""` + doubled + `"" now"`
	}
	return `"` + doubled + `"`
}

func drawValue(t *rapid.T) string {
	s := rapid.SampledFrom(personal).Draw(t, "value")
	switch rapid.IntRange(0, 3).Draw(t, "among") {
	case 0:
		return "call " + s + " now"
	case 1:
		return s + ", " + rapid.SampledFrom(personal).Draw(t, "other")
	}
	return s
}

func drawRecord(t *rapid.T, format string) string {
	switch format {
	case "text":
		field := rapid.SampledFrom(fieldNames).Draw(t, "field")
		return "2026-03-14T09:26:53Z " + field + "=" + drawValue(t) + " " + asJSONString(t, drawValue(t))
	case "csv", "tsv":
		comma := map[string]string{"csv": ",", "tsv": "\t"}[format]
		cells := []string{asCell(t, drawValue(t)), asCell(t, drawValue(t)), asCell(t, drawValue(t))}
		return strings.Join(cells, comma) + rapid.SampledFrom([]string{"", "", "\r"}).Draw(t, "end")
	}
	var members []string
	for range rapid.IntRange(1, 4).Draw(t, "members") {
		v := drawValue(t)
		switch {
		case rapid.Bool().Draw(t, "bare") && strings.Contains(" 5147872100 15147872100 4111111111111111 490154203237518 45.5017 -73.5673 4.50 true ", " "+v+" "):
		case rapid.Bool().Draw(t, "nested"):
			v = asJSONString(t, `{"email":`+asJSONString(t, v)+`}`)
		default:
			v = asJSONString(t, v)
		}
		members = append(members, asJSONString(t, rapid.SampledFrom(fieldNames).Draw(t, "key"))+rapid.SampledFrom([]string{":", " : "}).Draw(t, "colon")+v)
	}
	if format == "json document" {
		return "{\n  " + strings.Join(members, ",\n  ") + "\n},"
	}
	return "{" + strings.Join(members, ", ") + "}"
}

// TestRevealGivesTheBytesBack: all that is found enciphered and revealed is the
// input to the byte, whatever the format and however values are written in it.
func TestRevealGivesTheBytesBack(t *testing.T) {
	keys := testKeys(t)
	for _, name := range []string{"text", "csv", "tsv", "jsonl", "json document", "gzip"} {
		t.Run(name, func(t *testing.T) {
			format := map[string]string{"json document": "jsonl", "gzip": "jsonl"}[name]
			if format == "" {
				format = name
			}
			seen := 0
			rapid.Check(t, func(t *rapid.T) {
				var in strings.Builder
				switch name {
				case "csv":
					in.WriteString("email,phone,note\n")
				case "tsv":
					in.WriteString("email\tphone\tnote\n")
				case "json document":
					in.WriteString("[\n")
				}
				for range rapid.IntRange(1, 5).Draw(t, "records") {
					in.WriteString(drawRecord(t, name) + "\n")
				}
				raw := []byte(in.String())
				if name == "gzip" {
					raw = gzipped(t, raw)
				}
				enciphered := run(t, Config{Policy: Policy{Default: transform.Spec{Name: "encrypt"}}, Keys: keys, Workers: 2, Format: format}, raw)
				seen += bytes.Count(enciphered, []byte("enc~"))
				if back := run(t, Config{Reveal: true, Policy: Policy{Default: transform.Spec{Name: "keep"}}, Keys: keys, Workers: 2, Format: format}, enciphered); string(back) != in.String() {
					t.Fatalf("%q became %q and came back as %q", in.String(), enciphered, back)
				}
			})
			if seen < 20 { // one a run, with -short
				t.Errorf("%d tokens in all: the test looks at nothing", seen)
			}
		})
	}
}

// run runs cfg over an input and gives its output, without the compression.
func run(t *rapid.T, cfg Config, in []byte) []byte {
	p, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if r, err := p.Run(t.Context(), NewSource(bytes.NewReader(in), "input"), &out); err != nil || r.Failures > 0 {
		t.Fatalf("%d failures, %v", r.Failures, err)
	}
	return out.Bytes()
}

func gzipped(t *rapid.T, b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// In a column there are values and no way in which they are written.
func TestRevealOfParquet(t *testing.T) {
	keys := testKeys(t)
	rapid.Check(t, func(rt *rapid.T) {
		var rows []call
		for i := range rapid.IntRange(1, 5).Draw(rt, "rows") {
			note := drawValue(rt)
			rows = append(rows, call{ID: int64(i), Email: drawValue(rt), Note: &note, Plain: drawValue(rt)})
		}
		in := parquetOf(t, rows)
		enciphered := run(rt, Config{Policy: Policy{Default: transform.Spec{Name: "encrypt"}}, Keys: keys}, in)
		back := run(rt, Config{Reveal: true, Policy: Policy{Default: transform.Spec{Name: "keep"}}, Keys: keys}, enciphered)
		if got := rowsOf(t, back); !reflect.DeepEqual(got, rowsOf(t, in)) {
			t.Fatalf("%+v came back as %+v", rowsOf(t, in), got)
		}
	})
}

// Text in base64 goes and comes back whole.
func TestRevealOfBase64(t *testing.T) {
	in := "payload=eyJlbWFpbCI6Im1hcmEua2VsbGVyQGV4YW1wbGUuY29tIiwicGhvbmUiOiIrMTUxNDc4NzIxMDAifQ== end\n{\"p\":\"dXNlcj1tYXJhLmtlbGxlckBleGFtcGxlLmNvbQ==\"}\n"
	out, _ := runOn(t, Config{Base64: true, Policy: set(t, "*=encrypt"), Keys: testKeys(t)}, strings.NewReader(in))
	if strings.Contains(out, "eyJ") || strings.Count(out, "enc~") != 2 {
		t.Errorf("got %s", out)
	}
	if back, _ := runOn(t, Config{Reveal: true, Keys: testKeys(t)}, strings.NewReader(out)); back != in {
		t.Errorf("%s came back as %s", out, back)
	}
}

// What a token opens to is put where its data has been taken since: into another
// format, or other quotes.
func TestRevealElsewhere(t *testing.T) {
	keys := testKeys(t)
	encrypt := Config{Policy: Policy{Default: transform.Spec{Name: "encrypt"}}, Keys: keys, Format: "jsonl", Workers: 1}
	out, _ := runOn(t, encrypt, strings.NewReader(`{"full_name":"Jos\u00e9 \"Pepe\" P\u00e9rez","phone":15147872100}`+"\n"))
	var name, phone string
	if _, err := fmt.Sscanf(out, `{"full_name":%q,"phone":%q}`, &name, &phone); err != nil {
		t.Fatalf("%s: %v", out, err)
	}
	for _, tt := range []struct{ format, in, want string }{
		{"jsonl", `{"a":"NAME","b":"PHONE"}`, `{"a":"Jos\u00e9 \"Pepe\" P\u00e9rez","b":15147872100}`},
		{"jsonl", `{"a":"to NAME or PHONE"}`, `{"a":"to Jos\u00e9 \"Pepe\" P\u00e9rez or 15147872100"}`},
		{"csv", "a,b\nNAME,PHONE\n\"NAME\",\"PHONE\"\n", "a,b\n\"José \"\"Pepe\"\" Pérez\",15147872100\n\"José \"\"Pepe\"\" Pérez\",\"15147872100\"\n"},
		{"text", "by PHONE\n", "by 15147872100\n"},
	} {
		in := strings.NewReplacer("NAME", name, "PHONE", phone).Replace(tt.in)
		if got, _ := runOn(t, Config{Reveal: true, Keys: keys, Format: tt.format}, strings.NewReader(in)); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.format, got, tt.want)
		}
	}
}
