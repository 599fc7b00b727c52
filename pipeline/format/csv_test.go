package format

import (
	"bytes"
	stdcsv "encoding/csv"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCSVCells(t *testing.T) {
	long := `"` + strings.Repeat("x", maxQuoted) + "\n"
	tests := []struct {
		name, input string
		o           Options
		want        []string
	}{
		{"header", "id,mail\n1,a@example.com\n", Options{}, []string{"id=id", "mail=mail", "id=1", "mail=a@example.com"}},
		{"no header said", "id,mail\n1,b\n", Options{NoHeader: true}, []string{"#1=id", "#2=mail", "#1=1", "#2=b"}},
		{"no header found", "1,b,x\n2,c,y\n3,d,z\n", Options{Comma: ','}, []string{"#1=1", "#2=b", "#3=x", "#1=2", "#2=c", "#3=y", "#1=3", "#2=d", "#3=z"}},
		{"names not distinct", "a,a\n1,b\n", Options{Comma: ','}, []string{"#1=a", "#2=a", "#1=1", "#2=b"}},
		{"name again as a value", "id,green\n1,red\n2,green\n", Options{Comma: ','}, []string{"#1=id", "#2=green", "#1=1", "#2=red", "#1=2", "#2=green"}},
		{"header again", "id,mail\n1,b\nid,mail\n2,c", Options{}, []string{"id=id", "mail=mail", "id=1", "mail=b", "id=id", "mail=mail", "id=2", "mail=c"}},
		{"CRLF", "id,mail\r\n1,b\r\n", Options{}, []string{"id=id", "mail=mail", "id=1", "mail=b"}},
		{"CRLF after quotes", "id,mail\r\n1,\"b\"\r\n", Options{}, []string{"id=id", "mail=mail", "id=1", "mail=b"}},
		{"byte order mark", "\xef\xbb\xbf\"id\",mail\n1,b\n", Options{}, []string{"id=id", "mail=mail", "id=1", "mail=b"}},
		{"line feed in quotes", "id,t\n1,\"a\nb,c\"\n2,d\n", Options{}, []string{"id=id", "t=t", "id=1", "t=a\nb,c", "id=2", "t=d"}},
		{"doubled quotes", "id,t\n1,\"a\"\"b\"\"\"\n", Options{}, []string{"id=id", "t=t", "id=1", `t=a"b"`}},
		{"bare quotes", "id,t\n1,5\" \"disk\"\n2,x\n", Options{}, []string{"id=id", "t=t", "id=1", `t=5" "disk"`, "id=2", "t=x"}},
		{"text after quotes", "id,t\n1,\"a\"\"b\"c\"d\n2,x\n", Options{}, []string{"id=id", "t=t", "id=1", `t=a"bc"d`, "id=2", "t=x"}},
		{"ragged", "id,t\n1\n1,2,3,4\n,,\n\n", Options{}, []string{"id=id", "t=t", "id=1", "id=1", "t=2", "=3", "=4"}},
		{"semicolons", "id;t\n1;2,5\n2;7\n", Options{}, []string{"id=id", "t=t", "id=1", "t=2,5", "id=2", "t=7"}},
		{"quote never closed", "id,t\n1,\"a\n2,b\n", Options{}, []string{"id=id", "t=t", `=1,"a`, "id=2", "t=b"}},
		{"quote closed by a later one that opens", "id,t\n1,\"a\n2,\"b\"\n3,c\n", Options{}, []string{"id=id", "t=t", `=1,"a`, "id=2", "t=b", "id=3", "t=c"}},
		{"quote closed too late", "id,t\n1," + long + "2,b\"\n3,c\n", Options{}, []string{"id=id", "t=t", "=1," + strings.TrimSpace(long), "id=2", `t=b"`, "id=3", "t=c"}},
		{"empty cells", "id,t\n,\"\"\n", Options{}, []string{"id=id", "t=t"}},
		{"rows have names", ",a,b\nx,1,2\ny,3,4\n", Options{}, []string{"a=a", "b=b", "=x", "a=1", "b=2", "=y", "a=3", "b=4"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := values(csv, tt.o, tt.input, 0); !slices.Equal(got, tt.want) {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
			check(t, csv, tt.o, []byte(tt.input), max(1, len(tt.input)/100), 3+len(tt.input)/50)
		})
	}
}

func TestZeekCells(t *testing.T) {
	const head = "#separator \\x09\n#set_separator\t,\n#path\tconn\n#fields\tts\tuid\tid.orig_h\n#types\ttime\tstring\taddr\n"
	got := values(tsv, Options{}, head+"1.5\t\"C1\t192.0.2.1\n#close\t2024\n", Name)
	want := []string{"=#separator \\x09", "=#set_separator\t,", "=#path\tconn", "=#types\ttime\tstring\taddr",
		"ts=1.5", "uid=\"C1", "id.orig_h=192.0.2.1", "=#close\t2024"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	check(t, tsv, Options{}, []byte(head+"1.5\t\"C1\t192.0.2.1\n"), 1, 5)
	if got := replace(t, tsv, Options{}, head+"1\tC1\tx\n", "C1", "a\tb"); !strings.HasSuffix(got, "\n1\ta\\x09b\tx\n") {
		t.Errorf("replacement ends the cell: %q", got)
	}
}

func TestCSVSplice(t *testing.T) {
	tests := []struct{ name, input, old, text, want string }{
		{"plain", "a,b\nxsecretx,2\n", "secret", "[S]", "a,b\nx[S]x,2\n"},
		{"comma", "a,b\nxsecretx,2\r\n", "secret", "[S,T]", "a,b\n\"x[S,T]x\",2\r\n"},
		{"line feed in last cell", "a,b\n1,secret\r\n", "secret", "x\ny", "a,b\n1,\"x\ny\"\r\n"},
		{"quote", "a,b\n1,s\"secret\n", "secret", "x\"y", "a,b\n1,\"s\"\"x\"\"y\"\n"},
		{"quoted", "a,b\n1,\"a\"\"secret,\"\n", "secret", "x\"y", "a,b\n1,\"a\"\"x\"\"y,\"\n"},
		{"quote comes first", "a,b\n1,secret\"x\n", "secret", "", "a,b\n1,\"\"\"x\"\n"},
		{"across doubled quotes", "a,b\n1,\"x\"\"y\"\n", "x\"y", "z", "a,b\n1,\"z\"\n"},
		{"half quoted", "a,b\n1,\"x\"\"y\"z\"secret\"\n", "secret", "s", "a,b\n1,\"x\"\"y\"z\"s\"\n"},
		{"across the end of quotes", "a,b\n1,\"x\"y,3\n", "xy", "z", "a,b\n1,\"\"z,3\n"},
		{"twice", "a,b\nsecret secret,2\n", "secret", "s", "a,b\ns s,2\n"},
		{"all gone", "a,b\nsecret,2\n", "secret", "", "a,b\n,2\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := replace(t, csv, Options{}, tt.input, tt.old, tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestCSVOracle writes records with encoding/csv and wants them back; and wants
// encoding/csv to read the replaced ones.
func TestCSVOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOfN(rapid.SampledFrom([]rune("ab1 \",;\n'é@")), 0, 12, -1)
		width := rapid.IntRange(2, 6).Draw(t, "width")
		records := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 8).Draw(t, "records")
		var buf bytes.Buffer
		w := stdcsv.NewWriter(&buf)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		if err := w.WriteAll(records); err != nil {
			t.Fatal(err)
		}
		records, err := stdcsv.NewReader(bytes.NewReader(buf.Bytes())).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, r := range records {
			for i, v := range r {
				if v != "" {
					want = append(want, columnOf(i)+"="+v)
				}
			}
		}
		o := Options{Comma: ',', NoHeader: true}
		got := values(csv, o, buf.String(), 0)
		for i := range got { // encoding/csv takes \r\n in quotes for \n
			got[i] = strings.ReplaceAll(got[i], "\r\n", "\n")
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got %q\nwant %q", got, want)
		}
		text := cell.Draw(t, "text")
		out := replaceAll(csv, o, buf.Bytes(), text)
		after, err := stdcsv.NewReader(bytes.NewReader(out)).ReadAll()
		if err != nil || text != "" && len(after) != len(records) {
			t.Fatalf("%d records became %d: %v", len(records), len(after), err)
		}
		if text == "" {
			return
		}
		for i, r := range records {
			for k, v := range r {
				if v != "" {
					v = text
				}
				if after[i][k] != v {
					t.Fatalf("cell %d of record %d: got %q, want %q", k, i, after[i][k], v)
				}
			}
		}
	})
}

func columnOf(i int) string { return (&csvParser{}).Field(int32(i)) }

// replaceAll puts text for every value.
func replaceAll(f Format, o Options, b []byte, text string) []byte {
	c := f.NewCutter(o)
	c.Start(b)
	p := f.NewParser(c)
	var out []byte
	from := 0
	for _, cell := range p.Cells(nil, b) {
		to := int(cell.End)
		if cell.Flags&Quoted != 0 {
			to++
		}
		if cell.Flags&Free == 0 {
			out = p.Splice(out, b, from, to, cell, []Edit{{Start: int(cell.Start), End: int(cell.End), Text: []byte(text)}})
			from = to
		}
	}
	return append(out, b[from:]...)
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"id,mail\n1,\"a\"\"b\"\r\n", "a;b\n\"x\"y;\"\n2;\"z\"\n", "#fields\ta\tb\n1\t2\n", "\xef\xbb\xbf\"a\",b\n", "a,\"\r\n\"\r", "\"\"\",\"\"\n"} {
		f.Add([]byte(s), byte(3))
	}
	f.Fuzz(func(t *testing.T, input []byte, step byte) {
		if len(input) > 4096 {
			return
		}
		check(t, csv, Options{}, input, int(step)%16+1)
		check(t, csv, Options{Comma: ',', NoHeader: true}, input, int(step)%16+1)
		check(t, tsv, Options{}, input, int(step)%16+1)
	})
}
