package parquet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A comparison is a line of input of testdata/compare.py.
type comparison struct {
	Before string `json:"before"`
	After  string `json:"after"`
	Column string `json:"column"`
	Rule   string `json:"rule"`
}

// python runs a script, or skips the test where it cannot.
func python(t *testing.T, input []byte, args ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts Python")
	}
	if out, err := exec.Command("python3", "-c", "import pyarrow, duckdb").CombinedOutput(); err != nil {
		t.Skipf("python3 with pyarrow and duckdb is not there: %v %.100s", err, out)
	}
	cmd := exec.Command("python3", args...)
	cmd.Stdin = bytes.NewReader(input)
	var out, fault bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &fault
	if err := cmd.Run(); err != nil {
		t.Fatalf("python3: %v\n%.2000s", err, fault.String())
	}
	return out.String()
}

// compare has pyarrow and DuckDB read the files.
func compare(t *testing.T, cases []comparison) {
	t.Helper()
	var in bytes.Buffer
	for _, c := range cases {
		if err := json.NewEncoder(&in).Encode(c); err != nil {
			t.Fatal(err)
		}
	}
	for line := range strings.Lines(python(t, in.Bytes(), "testdata/compare.py")) {
		if strings.HasPrefix(line, "compared") {
			t.Logf("%d files, %s", len(cases), line)
		} else {
			t.Error(line)
		}
	}
}

// changeEach rewrites each column of a file on its own and returns what to
// compare. A column that is required and cannot hold the replacement is no
// fault.
func changeEach(t *testing.T, name string, f *File) []comparison {
	t.Helper()
	dir := t.TempDir()
	var cases []comparison
	put := func(i int, path, rule string, changes map[int]Change) error {
		var out bytes.Buffer
		if _, err := Rewrite(context.Background(), f, &out, changes, Options{}); err != nil {
			return err
		}
		after := filepath.Join(dir, fmt.Sprintf("%s.%s.%d.parquet", filepath.Base(name), rule, i))
		if err := os.WriteFile(after, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		mustOpen(t, out.Bytes())
		cases = append(cases, comparison{name, after, path, rule})
		return nil
	}
	if err := put(0, "", "copy", nil); err != nil {
		t.Errorf("%s: %v", filepath.Base(name), err)
	}
	for i, c := range f.Columns() {
		if len(f.Columns()) > 100 && i%13 != 0 {
			continue
		}
		rule, r := "swap", swap
		if c.Physical == "BYTE_ARRAY" && (c.Logical == "None" || c.Logical == "String" || c.Logical == "JSON") && i%2 == 0 {
			rule, r = "label", label
		}
		err := put(i, c.Path, rule, map[int]Change{i: {Rewriter: r}})
		want := unreadable[filepath.Base(name)]
		if err != nil && !errors.Is(err, ErrUnrepresentable) && (want == "" || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
	}
	return cases
}

// unreadable are files of the corpus that are valid, or look it, and are
// refused, each with what must be said of it.
var unreadable = map[string]string{
	"parquet-testing__aes256__encrypt_columns_and_footer_disable_aad_storage.parquet.encrypted": "encrypted",
	"parquet-testing__encrypt_columns_and_footer_aad.parquet.encrypted":                         "encrypted",
	"parquet-testing__encrypt_columns_and_footer_bloom_filter.parquet.encrypted":                "encrypted",
	"parquet-testing__encrypt_columns_and_footer_disable_aad_storage.parquet.encrypted":         "encrypted",
	"parquet-testing__rle-dict-uncompressed-corrupt-checksum.parquet":                           "checksum",
}

func TestCorpus(t *testing.T) {
	var cases []comparison
	for _, name := range shared(t, "robust/parquet/*.parquet*", "tables/*.parquet") {
		base := filepath.Base(name)
		if strings.Contains(base, "bad__") || strings.Contains(base, "large_string_map") && os.Getenv("SCRIM_LARGE") == "" {
			continue // the latter is a value of 1 GiB, which takes Python minutes
		}
		data := readFile(t, name)
		f, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			if want := unreadable[base]; want == "" || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", base, err)
			}
			continue
		}
		cases = append(cases, changeEach(t, name, f)...)
	}
	compare(t, cases)
}
