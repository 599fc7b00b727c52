package bench

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

func TestTypeOf(t *testing.T) {
	for _, c := range []struct {
		kind detect.Kind
		want string
	}{{detect.Email, "EMAIL"}, {detect.USSSN, "US_SSN"}, {detect.CryptoWallet, "CRYPTO"}, {detect.BirthDate, "DATE_OF_BIRTH"}} {
		if got := TypeOf(c.kind); got != c.want {
			t.Errorf("%s is %s, want %s", c.kind, got, c.want)
		}
	}
}

func TestFindersFind(t *testing.T) {
	detectors, err := Detectors(detect.Options{Kinds: []detect.Kind{detect.Email}})
	if err != nil {
		t.Fatal(err)
	}
	flow, err := Flow(pipeline.Policy{Only: []detect.Kind{detect.Email}})
	if err != nil {
		t.Fatal(err)
	}
	texts := []Text{
		{Bytes: []byte("to a@example.com")},
		{Bytes: []byte("nobody here"), Format: "text"},
		{Bytes: []byte(`{"to":"b@example.org"}` + "\n"), Format: "jsonl"},
		{Bytes: []byte("id,to\n1,c@example.net\n"), Format: "csv"},
	}
	want := [][]Span{{{Start: 3, End: 16, Type: "EMAIL"}}, nil,
		{{Start: 7, End: 20, Type: "EMAIL"}}, {{Start: 8, End: 21, Type: "EMAIL"}}}
	for name, find := range map[string]Finder{"detectors": detectors, "flow": flow} {
		if d := cmp.Diff(want, find.FindAll(texts)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

func TestReadFindings(t *testing.T) {
	good := `{"path":"/x/1.log","line":2,"start":4,"end":17,"offset":30,"kind":"email"}` + "\n" +
		`{"path":"/x/0.csv","line":1,"start":0,"end":3,"offset":0,"kind":"custom:badge"}`
	got, err := readFindings(strings.NewReader(good), 2)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([][]Span{{{Start: 0, End: 3, Type: "CUSTOM:BADGE"}}, {{Start: 30, End: 43, Type: "EMAIL"}}}, got); d != "" {
		t.Error(d)
	}
	for name, bad := range map[string]string{
		"a file not scanned": `{"path":"7.log","kind":"email"}`,
		"no number":          `{"path":"secret.log","kind":"email"}`,
		"no JSON":            `secret`,
	} {
		if _, err := readFindings(strings.NewReader(bad), 2); err == nil {
			t.Errorf("takes %s", name)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error quotes what it read", name)
		}
	}
}

// fakeScrim is a command that finds the first three bytes of every text.
const fakeScrim = `#!/bin/sh
test "$1" = scan && test "$2" = --findings || exit 2
find "$4" -type f | sed 's/.*/{"path":"&","start":0,"end":3,"kind":"mac"}/' > "$3"
`

func TestScanCommand(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the command is a shell script")
	}
	name := filepath.Join(t.TempDir(), "scrim")
	if err := os.WriteFile(name, []byte(fakeScrim), 0o777); err != nil {
		t.Fatal(err)
	}
	texts := make([]Text, 1001) // more than one folder of them
	got, err := ScanCommand(context.Background(), []string{name, "scan"}, texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, spans := range got {
		if d := cmp.Diff([]Span{{Start: 0, End: 3, Type: "MAC"}}, spans); d != "" {
			t.Fatalf("text %d: %s", i, d)
		}
	}
	if _, err := ScanCommand(context.Background(), []string{name, "filter"}, texts[:1]); err == nil {
		t.Error("a command that fails gives no error")
	}
}

func TestReadPredictions(t *testing.T) {
	got, err := ReadPredictions(strings.NewReader(`{"id":"a","spans":[{"start":1,"end":2,"type":"X"}]}
{"id":"a","spans":[{"start":3,"end":4,"type":"Y"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string][]Span{"a": {{Start: 1, End: 2, Type: "X"}, {Start: 3, End: 4, Type: "Y"}}}, got); d != "" {
		t.Error(d)
	}
}
