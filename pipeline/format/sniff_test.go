package format

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSniff(t *testing.T) {
	tests := []struct {
		name, input, want string
		comma             byte
	}{
		{"nothing", "", "text", 0},
		{"one line", "hello\n", "text", 0},
		{"JSON lines", "{\"a\":1}\n{\"a\":2}\n", "jsonl", 0},
		{"JSON lines, blank first", "\n \n{\"a\":1}\n", "jsonl", 0},
		{"JSON lines, last one begun", "{\"a\":1}\n{\"a\":", "jsonl", 0},
		{"JSON arrays", "[\"a\",1]\n[\"b\",2]\n", "jsonl", 0},
		{"JSON document", "{\n  \"a\": [\n 1,\n 2\n ]\n}\n", "jsonl", 0},
		{"JSON document, cut", "[\n  {\"a\": \"x", "jsonl", 0},
		{"JSON on one line, cut", `[{"a":1},{"a":2},{"a"`, "jsonl", 0},
		{"JSON line begun", `{"a": `, "jsonl", 0},
		{"date in brackets begun", "[20", "text", 0},
		{"date in brackets", "[2024-01-01 10:00:00] a, b\n[2024-01-01 10:00:00] c, d\n", "text", 0},
		{"word in brackets", "[info] a\n[warn] b\n", "text", 0},
		{"number in brackets", "[12] a\n[13] b\n", "text", 0},
		{"JSON with a prefix", "10:00 {\"a\":1}\n10:01 {\"a\":2}\n", "text", 0},
		{"template", "{{ .Name }}\n", "text", 0},
		{"comma", "id,mail\n1,a@example.com\n2,b@example.com\n", "csv", ','},
		{"header only", "id,mail,phone\r\n", "csv", ','},
		{"semicolon", "id;name;x\n1;a,b;2\n2;c,d;3\n", "csv", ';'},
		{"bar", "id|name|x\n1|a|2\n2|c|3\n", "csv", '|'},
		{"tab", "id\tname\n1\ta\n2\tb\n", "tsv", '\t'},
		{"no header", "1,a,x\n2,b,y\n3,c,z\n", "csv", ','},
		{"quoted line feed", "id,text\n1,\"a\nb, c, d\"\n2,e\n", "csv", ','},
		{"header of phrases", "First name,Last name,E-mail address\nA,B,c@example.com\nD,E,f@example.com\n", "csv", ','},
		{"ragged", "id,name,x\n1,a,2\n2,b\n3,c,4\n", "csv", ','},
		{"no line end", "id,mail\n1,a@example.com", "csv", ','},
		{"Zeek", "#separator \\x09\n#set_separator\t,\n#fields\tts\tuid\n#types\ttime\tstring\n1\tC\n", "tsv", '\t'},
		{"W3C", "#Software: x\n#Fields: date time c-ip\n2024-01-01 10:00:00 192.0.2.1\n", "text", 0},
		{"log with a comma in its time", "2024-01-01 10:00:00,123 INFO started\n2024-01-01 10:00:01,456 INFO done\n2024-01-01 10:00:02,789 INFO done\n", "text", 0},
		{"log with commas", "Jan  1 10:00:00 host app: a=1, b=2, c=3\nJan  1 10:00:01 host app: a=1, b=2, c=3\nJan  1 10:00:02 host app: a=4, b=5, c=6\n", "text", 0},
		{"log with bars", "2024-01-01 10:00 | INFO | started\n2024-01-01 10:01 | WARN | stopped\n2024-01-01 10:01 | WARN | again\n", "text", 0},
		{"CEF", "CEF:0|Vendor|Product|1.0|100|name|5|src=192.0.2.1 dst=192.0.2.2\nCEF:0|Vendor|Product|1.0|101|name|5|src=192.0.2.1 dst=192.0.2.3\nCEF:0|Vendor|Product|1.0|101|name|5|src=192.0.2.9 dst=192.0.2.3 a=1 b=2 c=3\n", "text", 0},
		{"key=value by commas", "a=1,b=2,c=3\na=2,b=3,c=4\na=5,b=6,c=7\n", "text", 0},
		{"prose", "Dear Sir,\nthank you for your letter, and the book.\nYours, A.\n", "text", 0},
		{"prose, two commas each", "We came, saw, won.\nThey went, ran, hid.\nAll is well, fine, good.\n", "text", 0},
		{"SQL", "INSERT INTO t VALUES (1,'a','b');\nINSERT INTO t VALUES (2,'c','d');\nINSERT INTO t VALUES (3,'e','f');\n", "text", 0},
		{"SQL query", "SELECT a, b, c\nFROM t, u\nWHERE a = 1\n", "text", 0},
		{"SQL dump", "CREATE TABLE t (\n  id int,\n  name text\n);\n", "text", 0},
		{"access log", "192.0.2.1 - - [01/Jan/2024:10:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"M, like G\"\n", "text", 0},
		{"binary", "a,b\n\x00,1\n2,3\n", "text", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, o := Sniff([]byte(tt.input), true)
			if f.Name != tt.want || o.Comma != tt.comma {
				t.Errorf("got %s with delimiter %q, want %s with %q", f.Name, o.Comma, tt.want, tt.comma)
			}
		})
	}
}

// TestSniffFiles holds that real logs are not taken for tables, and tables are.
func TestSniffFiles(t *testing.T) {
	logs, err := filepath.Glob("../../../shared/corpus/unlabelled/*")
	if err != nil || len(logs) == 0 {
		t.Skip("no ../shared/corpus beside the repository")
	}
	tables, err := filepath.Glob("../../../shared/corpus/tables/*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(logs, tables...) {
		b, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		f, o := Sniff(b, true)
		t.Logf("%s: %s %q", filepath.Base(name), f.Name, o.Comma)
		switch filepath.Ext(name) {
		case ".log", ".txt", ".ndjson", ".csv", ".tsv":
		default:
			continue
		}
		got := f.Name == "csv" || f.Name == "tsv"
		want := strings.HasSuffix(name, "sv") || bytes.HasPrefix(b, []byte("#separator"))
		if got != want {
			t.Errorf("%s is taken for %s", filepath.Base(name), f.Name)
		}
	}
}

func FuzzSniff(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "{\"a\":1}\n", "[\n", "#fields\ta\n", "a|b\n", "\xef\xbb\xbf"} {
		f.Add([]byte(s), true)
	}
	f.Fuzz(func(t *testing.T, input []byte, atEOF bool) {
		if len(input) > 4096 {
			return
		}
		format, o := Sniff(input, atEOF)
		if again, p := Sniff(bytes.Clone(input), atEOF); again.Name != format.Name || o != p {
			t.Fatal("two answers")
		}
		check(t, format, o, input, 3)
	})
}
