package format

import (
	"bytes"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// A taken is what stood where a mark stands now.
type taken struct {
	text, written []byte
	bare          bool
}

// passEdits splices into every cell of b the edits that make gives for its value.
func passEdits(f Format, o Options, b []byte, make func(p Parser, c Cell, v []byte, at []int32) []Edit) []byte {
	c := f.NewCutter(o)
	c.Start(b)
	p := f.NewParser(c)
	var out []byte
	from := 0
	for _, cell := range p.Cells(nil, b) {
		v, at := p.Decode(nil, nil, b, cell)
		to := int(cell.End)
		if cell.Flags&Quoted != 0 {
			to++
		}
		out = p.Splice(out, b, from, to, cell, make(p, cell, v, at))
		from = to
	}
	return append(out, b[from:]...)
}

// checkPutBack takes parts of values out of b, leaves marks, and puts them back:
// every byte is as it was.
func checkPutBack(t *rapid.T, f Format, o Options, b []byte) {
	marks := map[string]taken{}
	marked := passEdits(f, o, b, func(p Parser, c Cell, v []byte, at []int32) []Edit {
		if f.Name == csv.Name && c.Flags&Free != 0 {
			t.Skip("taking a quote out of a record with broken ones may mend it")
		}
		edits, _ := drawEdits(t, v, at, rapid.Just(""))
		for i := range edits {
			e := &edits[i]
			e.Text = fmt.Appendf(nil, "mark%04d~", len(marks))
			k := taken{}
			for j := range at {
				if int(at[j]) == e.Start {
					for n := j; n < len(v) && int(at[n]) < e.End; n++ {
						k.text = append(k.text, v[n])
					}
					break
				}
			}
			k.written, k.bare = p.Written(b, c, e.Start, e.End, k.text)
			k.written = bytes.Clone(k.written)
			marks[string(e.Text)] = k
		}
		return edits
	})
	back := passEdits(f, o, marked, func(_ Parser, _ Cell, v []byte, at []int32) []Edit {
		var edits []Edit
		for i := 0; i+9 <= len(v); i++ {
			if k, ok := marks[string(v[i:i+9])]; ok {
				edits = append(edits, Edit{Start: int(at[i]), End: int(at[i+9]), Text: k.text, Written: k.written, Bare: k.bare})
				i += 8
			}
		}
		return edits
	})
	if !bytes.Equal(back, b) {
		t.Fatalf("%q became %q and came back as %q", b, marked, back)
	}
}

func TestJSONPutBack(t *testing.T) {
	str := rapid.Custom(func(t *rapid.T) string {
		s := ""
		for range rapid.IntRange(0, 6).Draw(t, "parts") {
			s += rapid.SampledFrom([]string{"a", "é", `\n`, `\"`, `\\`, `\u00e9`, `\u00E9`, `\ud83d\ude00`, `\ud83d`, "\U0001F600", `\/`, "/", "1", `\u0040`, "\xff", "\x7f", `\u0000`, `\b`}).Draw(t, "part")
		}
		return `"` + s + `"`
	})
	scalar := rapid.OneOf(str, rapid.SampledFrom([]string{"0", "-12.5e3", "5145550199", "4.50", "1E+2", `"5145550199"`, `"true"`, "true", "null", `[1,"x"]`, `{"a\u0040":-0.0}`}))
	for _, f := range []Format{jsonLines, text} {
		rapid.Check(t, func(t *rapid.T) {
			var in []byte
			for range rapid.IntRange(1, 3).Draw(t, "records") {
				in = append(in, `{ "k":`+scalar.Draw(t, "a")+`, "o":{"k" : [`+scalar.Draw(t, "b")+`]}}`+"\n"...)
			}
			checkPutBack(t, f, Options{}, in)
		})
	}
}

func TestCSVPutBack(t *testing.T) {
	cell := rapid.StringOfN(rapid.SampledFrom([]rune("ab1 \"\"\"é@;\r")), 0, 9, -1)
	quoted := rapid.Custom(func(t *rapid.T) string {
		return `"` + rapid.StringOfN(rapid.SampledFrom([]rune("ab,\n\r")), 0, 6, -1).Draw(t, "s") +
			rapid.SampledFrom([]string{"", `""`, `""x`, `x`}).Draw(t, "q") + `"` + rapid.SampledFrom([]string{"", "", "b", `b"c"`}).Draw(t, "tail")
	})
	any := rapid.OneOf(cell, quoted)
	rapid.Check(t, func(t *rapid.T) {
		var in []byte
		for range rapid.IntRange(1, 3).Draw(t, "records") {
			in = append(in, any.Draw(t, "a")+","+any.Draw(t, "b")+","+any.Draw(t, "c")+rapid.SampledFrom([]string{"\r\n", "\n"}).Draw(t, "end")...)
		}
		checkPutBack(t, csv, Options{Comma: ',', NoHeader: true}, in)
	})
}
