package format

import (
	stdjson "encoding/json"
	"slices"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// drawEdits draws edits at the places that Decode allows, ascending, and returns
// them with what the value is after them.
func drawEdits(t *rapid.T, value []byte, at []int32, text *rapid.Generator[string]) ([]Edit, string) {
	var edits []Edit
	var after []byte
	last := 0
	for range rapid.IntRange(1, 3).Draw(t, "edits") {
		i := rapid.IntRange(last, len(value)).Draw(t, "from")
		j := rapid.IntRange(i, len(value)).Draw(t, "to")
		// Not in the middle of a character or of what was one escape.
		for i > 0 && i < len(value) && (at[i] == at[i-1] || !utf8.RuneStart(value[i])) {
			i--
		}
		for j < len(value) && j > 0 && (at[j] == at[j-1] || !utf8.RuneStart(value[j])) {
			j++
		}
		if i < last || i == j {
			continue
		}
		s := text.Draw(t, "text")
		edits = append(edits, Edit{Start: int(at[i]), End: int(at[j]), Text: []byte(s)})
		after = append(append(after, value[last:i]...), s...)
		last = j
	}
	return edits, string(append(after, value[last:]...))
}

// editAll edits every value of b and returns the output and the values that it
// should hold, by name.
func editAll(t *rapid.T, f Format, o Options, b []byte, text *rapid.Generator[string]) ([]byte, []string) {
	c := f.NewCutter(o)
	c.Start(b)
	p := f.NewParser(c)
	var out []byte
	var want []string
	from := 0
	for _, cell := range p.Cells(nil, b) {
		v, at := p.Decode(nil, nil, b, cell)
		edits, after := drawEdits(t, v, at, text)
		to := int(cell.End)
		if cell.Flags&Quoted != 0 {
			to++
		}
		out = p.Splice(out, b, from, to, cell, edits)
		from = to
		if cell.Flags&Bare != 0 && after == "" {
			after = "null"
			if len(edits) > 1 {
				after = ""
			}
		}
		name := ""
		if cell.Field >= 0 && cell.Flags&Name == 0 {
			name = p.Field(cell.Field)
		}
		if after != "" {
			want = append(want, name+"="+after)
		}
	}
	return append(out, b[from:]...), want
}

func TestCSVEdits(t *testing.T) {
	plain := rapid.StringOfN(rapid.SampledFrom([]rune("ab1 '\"é@")), 0, 8, -1)
	quotedPart := rapid.Custom(func(t *rapid.T) string {
		s := rapid.StringOfN(rapid.SampledFrom([]rune("ab,\n")), 0, 6, -1).Draw(t, "s")
		return `"` + s + rapid.SampledFrom([]string{"", `""`, `""x""`}).Draw(t, "q") + `"`
	})
	cell := rapid.OneOf(plain, quotedPart, rapid.Custom(func(t *rapid.T) string {
		return `"a""b"` + plain.Filter(func(s string) bool { return s != "" && s[0] != '"' }).Draw(t, "tail")
	})).Filter(func(s string) bool {
		// Whole cells only: what opens as a quote is closed.
		return len(s) == 0 || s[0] != '"' || scanQuoted([]byte(s+"\n"), 0, 1, ',', true).kind != quoteLiteral
	})
	text := rapid.StringOfN(rapid.SampledFrom([]rune("z,\"\n\r")), 0, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		var in []byte
		for range rapid.IntRange(1, 3).Draw(t, "records") {
			in = append(in, cell.Draw(t, "a")+","+cell.Draw(t, "b")+","+cell.Draw(t, "c")+"\r\n"...)
		}
		o := Options{Comma: ',', NoHeader: true}
		out, want := editAll(t, csv, o, in, text)
		if got := values(csv, o, string(out), 0); !slices.Equal(got, want) {
			t.Fatalf("%q became %q:\ngot %q\nwant %q", in, out, got, want)
		}
	})
}

func TestJSONEdits(t *testing.T) {
	str := rapid.Custom(func(t *rapid.T) string {
		s := ""
		for range rapid.IntRange(0, 5).Draw(t, "parts") {
			s += rapid.SampledFrom([]string{"a", "é", `\n`, `\"`, `\\`, `\u00e9`, `\ud83d\ude00`, `\ud83d`, "\U0001F600", `\/`}).Draw(t, "part")
		}
		return `"` + s + `"`
	})
	scalar := rapid.OneOf(str, rapid.SampledFrom([]string{"0", "-12.5e3", "true", "null", `[1,"x"]`}))
	text := rapid.StringOfN(rapid.SampledFrom([]rune("z1\"\\\n\x00é")), 0, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		var in []byte
		for range rapid.IntRange(1, 3).Draw(t, "records") {
			in = append(in, `{ "k":`+scalar.Draw(t, "a")+`, "o":{"k" : [`+scalar.Draw(t, "b")+`]}}`+"\n"...)
		}
		out, want := editAll(t, jsonLines, Options{}, in, text)
		for i := range want {
			want[i] = want[i][1+indexEqual(want[i]):]
			if !utf8.ValidString(want[i]) {
				t.Fatal("the test cuts a rune")
			}
		}
		got := values(jsonLines, Options{}, string(out), 0)
		for i := range got {
			got[i] = got[i][1+indexEqual(got[i]):]
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q became %q:\ngot %q\nwant %q", in, out, got, want)
		}
		for _, line := range splitLines(out) {
			if !stdjson.Valid(line) {
				t.Fatalf("%q became %q", in, out)
			}
		}
	})
}

func indexEqual(s string) int {
	for i := range len(s) {
		if s[i] == '=' {
			return i
		}
	}
	return -1
}

func splitLines(b []byte) (out [][]byte) {
	for len(b) > 0 {
		_, end := lineAt(b, 0)
		out = append(out, b[:end])
		b = b[end:]
	}
	return out
}
