package format

import (
	"bytes"
	stdjson "encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

func TestJSONCells(t *testing.T) {
	deep := strings.Repeat(`[`, maxDepth+1)
	tests := []struct {
		name, input string
		want        []string
	}{
		{"object", `{"a":"x","b":1}` + "\n", []string{"a=x", "b=1"}},
		{"path", `{"user":{"email":"x","id":null},"t":true}`, []string{"user.email=x", "user.id=null", "t=true"}},
		{"array", `{"items":[{"email":"x"},{"email":"y"},"z"],"n":[1,[2]]}`, []string{"items.email=x", "items.email=y", "items=z", "n=1", "n=2"}},
		{"space", " { \"a\" : \"x\" , \"b\" : [ 1 , -2.5e+3 ] } \r\n", []string{"a=x", "b=1", "b=-2.5e+3"}},
		{"escapes", `{"a":"x\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00"}`, []string{"a=x\"\\/\b\f\n\r\tA\u00e9\U0001F600"}},
		{"lone surrogates", `["\ud83d","\ude00x","\ud83d\u0041"]`, []string{"=\ufffd", "=\ufffdx", "=\ufffdA"}},
		{"escaped key", `{"us\u0065r":"x"}`, []string{"user=x"}},
		{"key twice", `{"a":"x","a":"y"}`, []string{"a=x", "a=y"}},
		{"empty key and value", `{"":"","a":{"":"x"}}`, []string{"a.=x"}},
		{"not UTF-8", "{\"a\":\"\xff\"}", []string{"a=\xff"}},
		{"scalar lines", "1\n\"x\"\nnull\n", []string{"=1", "=x", "=null"}},
		{"other order", "{\"a\":1,\"b\":2}\n{\"b\":3,\"a\":4,\"c\":5}\n{\"c\":6}\n", []string{"a=1", "b=2", "b=3", "a=4", "c=5", "c=6"}},
		{"line that is no JSON", "{\"a\":1}\noops {\"a\":2}\r\n{\"a\":3}", []string{"a=1", `=oops {"a":2}`, "a=3"}},
		{"line cut short", "{\"a\":1}\n{\"a\":\"x\n{\"a\":3}", []string{"a=1", `={"a":"x`, "a=3"}},
		{"raw tab", "{\"a\":1}\n{\"a\":\"x\ty\"}\n", []string{"a=1", "={\"a\":\"x\ty\"}"}},
		{"wrong numbers", "[1]\n[01]\n[1.]\n[-]\n[NaN]\n", []string{"=1", "=[01]", "=[1.]", "=[-]", "=[NaN]"}},
		{"lines of an array", "{\"a\":1},\n{\"a\":2}\n", []string{"a=1", "a=2"}},
		{"too deep", "[1]\n" + deep + "\n[2]\n", []string{"=1", "=" + deep, "=2"}},
		{"document", "{\n  \"a\": \"x\",\n  \"b\": {\"c\": 1}\n}\n{\n \"a\": 2}\n", []string{"a=x", "b.c=1", "a=2"}},
		{"array document", "[\n{\"a\":1},\n{\"a\":\"x\"}\n]\n", []string{"a=1", "a=x"}},
		{"fault in a document", "[\n{\"a\":1},\n{\"a\":oops, \"b\":[\"}\"]},\n{\"a\":2}, \"x\ny\n]", []string{"a=1", `={"a":oops, "b":["}"]}`, "a=2", `="x`, "=y"}},
		{"backslash before a line end", "[\n\"x\\\n{\"a\":1}\n]", []string{`="x\`, "a=1"}},
		{"document cut short", "{\n\"a\":1", []string{"={\n\"a\":1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := values(jsonLines, Options{}, tt.input, Name); !slices.Equal(got, tt.want) {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
			check(t, jsonLines, Options{}, []byte(tt.input), 1, 5)
		})
	}
}

func TestJSONSplice(t *testing.T) {
	tests := []struct{ name, input, old, text, want string }{
		{"string", `{"a":"x secret y"}`, "secret", "[S]", `{"a":"x [S] y"}`},
		{"escaping", `{"a":"secret"}`, "secret", "\"\\\n\x01é\xff", "{\"a\":\"\\\"\\\\\\n\\u0001é\ufffd\"}"},
		{"other escapes stay", `{"a":"\u0041\/ s\u0065cret \ud83d"}`, "secret", "S", `{"a":"\u0041\/ S \ud83d"}`},
		{"key", `{"secret":1}`, "secret", "s\"", `{"s\"":1}`},
		{"number whole", `{"a": 123 }`, "123", "[N]", `{"a": "[N]" }`},
		{"number by number", `[123]`, "123", "-1.5", `[-1.5]`},
		{"number by what is nearly one", `[123]`, "123", "01", `["01"]`},
		{"number by nothing", `[123,4]`, "123", "", `[null,4]`},
		{"part of a number", `[1231234]`, "123", "*", `["**4"]`},
		{"true by null", `{"a":true}`, "true", "null", `{"a":null}`},
		{"Free", "[1]\noops secret\n", "secret", "\"", "[1]\noops \"\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := replace(t, jsonLines, Options{}, tt.input, tt.old, tt.text); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// TestJSONNames holds that a number keeps its name, that long paths are cut, and
// that two paths are never taken for one.
func TestJSONNames(t *testing.T) {
	var in bytes.Buffer
	var want []string
	for i := range 3000 {
		k := string(rune('a'+i%26)) + strings.Repeat("k", i/26)
		in.WriteString(`{"` + k + `":{"v":1}}` + "\n")
		want = append(want, (k + ".v")[max(0, len(k)+2-maxName):]+"=1")
	}
	got := values(jsonLines, Options{}, in.String(), Name)
	for i := range want {
		if len(want[i]) < maxName && got[i] != want[i] {
			t.Fatalf("field %d: got %q, want %q", i, got[i], want[i])
		}
	}
	long := strings.Repeat(`{"0123456789":`, 100) + "1" + strings.Repeat("}", 100)
	if got := values(jsonLines, Options{}, long, Name)[0]; len(got) > maxName+2 || !strings.HasSuffix(got, "89.0123456789=1") {
		t.Errorf("name of a long path: %q", got)
	}
}

// tokens gives the scalars and keys of JSON text as encoding/json reads them.
func tokens(b []byte) (out []string, ok bool) {
	if !stdjson.Valid(b) || !utf8.Valid(b) {
		return nil, false
	}
	d := jsontext.NewDecoder(bytes.NewReader(b), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	for {
		k, err := d.ReadToken()
		if err != nil {
			return out, err.Error() == "EOF"
		}
		switch k.Kind() {
		case '"', '0', 't', 'f', 'n':
			if s := k.String(); s != "" {
				out = append(out, s)
			}
		}
	}
}

func checkJSON(t *testing.T, line []byte) {
	want, ok := tokens(line)
	if !ok || bytes.IndexByte(line, '\n') >= 0 {
		return
	}
	p := newJSONParser()
	var got []string
	for _, c := range p.Cells(nil, line) {
		v, _ := p.Decode(nil, nil, line, c)
		got = append(got, string(v))
	}
	if !slices.Equal(got, want) {
		t.Fatalf("got %q\nwant %q", got, want)
	}
	for _, text := range []string{"", "\"\\\x00", "12", "[X]"} {
		if out := replaceAll(jsonLines, Options{}, line, text); !stdjson.Valid(out) {
			t.Fatalf("%q for every value makes it invalid: %q", text, out)
		}
	}
}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{`{"a":["x\u00e9",1,{"b":null}],"":""}`, "{\n\"a\":1}\n", "[\n{\"a\":\"}\"},\n2]", "{\"a\":1}\n{\"a\":\"\\", `"\ud83d\ude00"`, "[1,\"x\n{}"} {
		f.Add([]byte(s), byte(3))
	}
	f.Fuzz(func(t *testing.T, input []byte, step byte) {
		if len(input) > 4096 {
			return
		}
		check(t, jsonLines, Options{}, input, int(step)%16+1)
		checkJSON(t, input)
		document := append([]byte("{\n\"a\":1}\n"), input...)
		for _, c := range check(t, jsonLines, Options{}, document, int(step)%16+1) {
			if c.flags&Bare != 0 && !isBare(document[c.start:c.end]) {
				t.Fatalf("%v is not a bare scalar", c)
			}
		}
	})
}
