package format

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// cutAll cuts input as a pipeline does that reads step bytes at a time, and
// returns the blocks. What is left at the end is the last block.
func cutAll(t testing.TB, c Cutter, input []byte, step int) [][]byte {
	t.Helper()
	var blocks [][]byte
	from := 0
	for end := min(step, len(input)); ; end = min(end+step, len(input)) {
		n := c.Cut(input[from:end])
		if n < 0 || n > end-from {
			t.Fatalf("Cut of %d bytes gives %d", end-from, n)
		}
		if n > 0 {
			blocks = append(blocks, input[from:from+n])
			from += n
		}
		if end == len(input) {
			break
		}
	}
	if from < len(input) {
		blocks = append(blocks, input[from:])
	}
	return blocks
}

// A placed cell is a cell by its offset in the input and its name.
type placed struct {
	start, end int
	field      string
	flags      CellFlag
}

// check holds what is asked of a format on any input: cells in order, in bounds
// and not overlapping; Decode with as many offsets as bytes, ascending; Splice
// without edits the identity, cell by cell; the same cells however the input
// arrived.
func check(t testing.TB, f Format, o Options, input []byte, steps ...int) []placed {
	t.Helper()
	var all [][]placed
	for _, step := range append([]int{len(input) + 1}, steps...) {
		c := f.NewCutter(o)
		c.Start(input[:min(len(input), sniffLen)])
		p := f.NewParser(c)
		offset := 0
		var cells []placed
		for _, b := range cutAll(t, c, input, step) {
			cells = append(cells, checkBlock(t, p, b, offset)...)
			offset += len(b)
		}
		all = append(all, cells)
	}
	if f.Name == "text" {
		return all[0]
	}
	for i := range all {
		if len(all[i]) != len(all[0]) {
			t.Fatalf("%s: %d cells in one piece, %d in pieces of %d bytes", f.Name, len(all[0]), len(all[i]), steps[i-1])
		}
		for k := range all[i] {
			if all[i][k] != all[0][k] {
				t.Fatalf("%s: cell %d is %v in one piece, %v in pieces of %d bytes", f.Name, k, all[0][k], all[i][k], steps[i-1])
			}
		}
	}
	return all[0]
}

func checkBlock(t testing.TB, p Parser, b []byte, offset int) []placed {
	t.Helper()
	var out []placed
	var spliced []byte
	from, last := 0, -1
	for _, c := range p.Cells(nil, b) {
		if c.Start < 0 || c.End <= c.Start || int(c.End) > len(b) || int(c.Start) < last {
			t.Fatalf("cell %v of a block of %d bytes after %d", c, len(b), last)
		}
		last = int(c.End)
		name := ""
		if c.Field >= 0 {
			name = p.Field(c.Field)
		}
		out = append(out, placed{int(c.Start) + offset, int(c.End) + offset, name, c.Flags})
		value, at := p.Decode(nil, nil, b, c)
		if len(at) != len(value)+1 || at[len(value)] != c.End {
			t.Fatalf("cell %v decodes to %d bytes with %d offsets", c, len(value), len(at))
		}
		for i := range value {
			if at[i] < c.Start || at[i+1] < at[i] || at[i+1] > c.End {
				t.Fatalf("cell %v: offsets %d, %d", c, at[i], at[i+1])
			}
		}
		if c.Flags&Escaped == 0 && !bytes.Equal(value, b[c.Start:c.End]) {
			t.Fatalf("cell %v is not Escaped but decodes to something else", c)
		}
		to := int(c.End)
		if c.Flags&Quoted != 0 {
			to++
		}
		spliced = p.Splice(spliced, b, from, to, c, nil)
		from = to
		if s, e := p.Record(b, int(c.Start)); s > int(c.Start) || e < int(c.End) || s < 0 || e > len(b) {
			if c.Flags&Free == 0 {
				t.Fatalf("cell %v: record [%d:%d]", c, s, e)
			}
		}
	}
	if spliced = append(spliced, b[from:]...); !bytes.Equal(spliced, b) {
		t.Fatalf("splicing nothing changes the block")
	}
	return out
}

// values decodes the cells of input that have none of the flags.
func values(f Format, o Options, input string, without CellFlag) []string {
	b := []byte(input)
	c := f.NewCutter(o)
	c.Start(b)
	p := f.NewParser(c)
	var out []string
	for _, cell := range p.Cells(nil, b) {
		if cell.Flags&without == 0 {
			v, _ := p.Decode(nil, nil, b, cell)
			name := ""
			if cell.Field >= 0 {
				name = p.Field(cell.Field)
			}
			out = append(out, name+"="+string(v))
		}
	}
	return out
}

// replace puts text for every value that is equal to old.
func replace(t *testing.T, f Format, o Options, input, old, text string) string {
	t.Helper()
	b := []byte(input)
	c := f.NewCutter(o)
	c.Start(b)
	p := f.NewParser(c)
	var out []byte
	from := 0
	for _, cell := range p.Cells(nil, b) {
		v, at := p.Decode(nil, nil, b, cell)
		var edits []Edit
		for i := 0; i+len(old) <= len(v); i++ {
			if string(v[i:i+len(old)]) == old {
				edits = append(edits, Edit{Start: int(at[i]), End: int(at[i+len(old)]), Text: []byte(text)})
				i += len(old) - 1
			}
		}
		to := int(cell.End)
		if cell.Flags&Quoted != 0 {
			to++
		}
		out = p.Splice(out, b, from, to, cell, edits)
		from = to
	}
	return string(append(out, b[from:]...))
}

func TestRobustFiles(t *testing.T) {
	var files []string
	for _, g := range []string{"robust/csv/*", "robust/json/*", "robust/text/*", "unlabelled/*", "tables/*.csv"} {
		m, err := filepath.Glob(filepath.Join("../../../shared/corpus", g))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, m...)
	}
	if len(files) == 0 {
		t.Skip("no ../shared/corpus beside the repository")
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Skip("cannot be read")
			}
			b = b[:min(len(b), 1<<20)]
			for _, f := range List() {
				if len(b) < 8<<10 {
					check(t, f, Options{}, b, 1, 7)
				} else {
					check(t, f, Options{}, b, 4096, 65536)
				}
			}
			f, o := Sniff(b, true)
			check(t, f, o, b, 1000)
		})
	}
}

func TestList(t *testing.T) {
	for _, f := range List() {
		if f.Name == "" || f.Doc == "" || f.NewCutter == nil || f.NewParser == nil {
			t.Errorf("format %q is not whole", f.Name)
		}
		if g, ok := ByName(f.Name); !ok || g.Name != f.Name {
			t.Errorf("ByName(%q) does not find it", f.Name)
		}
		check(t, f, Options{}, nil)
	}
	if _, ok := ByName("xml"); ok {
		t.Error("ByName finds what is not there")
	}
}

func TestRecord(t *testing.T) {
	tests := []struct {
		name      string
		f         Format
		in        string
		at, again string // the record that holds these
		want      []string
	}{
		{"text", text, "one\r\ntwo\nthree", "two", "three", []string{"two\n", "three"}},
		{"csv", csv, "a,b\n1,\"x\ny\"\n2,z\n", "y", "z", []string{"1,\"x\ny\"\n", "2,z\n"}},
		{"csv, backwards", csv, "a,b\n1,\"x\ny\"\n2,z\n", "z", "x", []string{"2,z\n", "1,\"x\ny\"\n"}},
		{"csv, quote not closed", csv, "a,b\n1,\"x\n2,z\n", "x", "z", []string{"1,\"x\n", "2,z\n"}},
		{"jsonl", jsonLines, "{\"a\":1}\n{\"a\":2}\n", "2", "1", []string{"{\"a\":2}\n", "{\"a\":1}\n"}},
		{"document", jsonLines, "[\n{\"a\":\n1},\n{\"a\":2}]\n", "1", "2", []string{"{\"a\":\n1},", "{\"a\":2}"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := []byte(tt.in)
			c := tt.f.NewCutter(Options{})
			c.Start(b)
			p := tt.f.NewParser(c)
			p.Cells(nil, b)
			for i, s := range []string{tt.at, tt.again} {
				for range 2 {
					if start, end := p.Record(b, strings.Index(tt.in, s)); tt.in[start:end] != tt.want[i] {
						t.Errorf("record of %q: got %q, want %q", s, tt.in[start:end], tt.want[i])
					}
				}
			}
		})
	}
}

// TestHostile holds that time is linear: these inputs would take minutes were it
// quadratic.
func TestHostile(t *testing.T) {
	const n = 8 << 20
	line := func(head, body string) []byte { return append([]byte(head), strings.Repeat(body, n/len(body))...) }
	tests := []struct {
		name string
		f    Format
		in   []byte
	}{
		{"quotes that open", csv, line("a,b\n", ",\"x")},
		{"quotes that open lines", csv, line("a,b\n", "\"x\n")},
		{"odd and even quotes", csv, line("a,b\n,\"", ",\"\"x\n,\"\"\"\"")},
		{"quotes only", csv, line("a,b\n", "\"")},
		{"delimiters only", csv, line("a,b\n", ",")},
		{"empty lines", csv, line("a,b\n", "\n")},
		{"braces", jsonLines, line("", "{")},
		{"braces in a document", jsonLines, line("{\n\"a\":1}\n", "{")},
		{"brackets in a document", jsonLines, line("[\n", "[")},
		{"faults in a document", jsonLines, line("[\n", "{x},\"\\q,")},
		{"strings that do not end", jsonLines, line("[\n", "\"\n")},
		{"backslashes", jsonLines, line("[\n\"", "\\")},
		{"nested keys", jsonLines, line("", `{"a":`)},
		{"lines nested too deep", jsonLines, line("", strings.Repeat("[", 2*maxDepth)+"\n")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := tt.f.NewCutter(Options{})
			c.Start(tt.in[:sniffLen])
			p := tt.f.NewParser(c)
			var cells []Cell
			for _, b := range cutAll(t, c, tt.in, 64<<10) {
				cells = p.Cells(cells[:0], b)
				for i := 0; i < len(cells); i += 1 + len(cells)/100 {
					p.Record(b, int(cells[i].Start))
				}
			}
			Sniff(tt.in, false)
		})
	}
}
