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
	"time"
)

// A comparison is a line of input of testdata/compare.py.
type comparison struct {
	Before string            `json:"before"`
	After  string            `json:"after"`
	Rules  map[string]string `json:"rules"` // by top-level column
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
	start := time.Now()
	for line := range strings.Lines(python(t, in.Bytes(), "testdata/compare.py")) {
		if strings.HasPrefix(line, "compared") {
			t.Logf("%d files, %s, %v", len(cases), strings.TrimSpace(line), time.Since(start).Round(time.Second))
		} else {
			t.Error(line)
		}
	}
}

// fitting chooses a replacement that a column can hold.
func fitting(c Column) (rule string, r Rewriter) {
	if c.Physical == "BYTE_ARRAY" && (c.Logical == "None" || c.Logical == "String" || c.Logical == "JSON") && c.Index%2 == 0 {
		return "label", label
	}
	return "swap", swap
}

// changeColumns rewrites columns of a file and returns what to compare. That a
// required column cannot hold a replacement is no fault: then there is nothing.
func changeColumns(t *testing.T, dir, name string, f *File, columns ...int) []comparison {
	t.Helper()
	rules, changes := map[string]string{}, map[int]Change{}
	for _, i := range columns {
		c := f.Columns()[i]
		rule, r := fitting(c)
		top, _, _ := strings.Cut(c.Path, ".")
		if was := rules[top]; was != "" && was != rule {
			continue
		}
		rules[top], changes[i] = rule, by(r)
	}
	var out bytes.Buffer
	_, err := Rewrite(context.Background(), f, &out, changes, Options{})
	if errors.Is(err, ErrUnrepresentable) {
		return nil
	}
	if err != nil {
		if want := unreadable[filepath.Base(name)]; want == "" || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
		return nil
	}
	after := filepath.Join(dir, fmt.Sprintf("%s.%v.parquet", filepath.Base(name), columns))
	if err := os.WriteFile(after, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return []comparison{{name, after, rules}}
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
		dir := t.TempDir()
		cases = append(cases, changeColumns(t, dir, name, f)...)
		for i := range f.Columns() {
			if len(f.Columns()) < 100 || i%13 == 0 {
				cases = append(cases, changeColumns(t, dir, name, f, i)...)
			}
		}
	}
	compare(t, cases)
}
