package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/bench"
)

func TestRun(t *testing.T) {
	dir := t.TempDir()
	out, spans := filepath.Join(dir, "out.log"), filepath.Join(dir, "spans.jsonl")
	var stdout, stderr bytes.Buffer
	if code := run([]string{"-bytes", "5000", "-density", "1", "-mix", "EMAIL=3,IPV4=1", "-o", out, "-spans", spans}, &stdout, &stderr); code != 0 {
		t.Fatal(stderr.String())
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile(spans)
	if err != nil {
		t.Fatal(err)
	}
	if stdout.Len() > 0 || len(text) < 5000 || !bytes.Contains(list, []byte(`"type":"EMAIL"`)) {
		t.Errorf("%d bytes of text, %d on standard output, spans %.100s", len(text), stdout.Len(), list)
	}
	if code := run([]string{"-bytes", "5000", "-records"}, &stdout, &stderr); code != 0 {
		t.Fatal(stderr.String())
	}
	n := 0
	if err := bench.ReadRecords(&stdout, func(*bench.Record) error { n++; return nil }); err != nil || n == 0 {
		t.Errorf("%d records, %v", n, err)
	}
}

func TestRunRefuses(t *testing.T) {
	for want, args := range map[string][]string{
		"-mix is":      {"-mix", "EMAIL"},
		"weights":      {"-mix", "EMAIL=-1"},
		"format is":    {"-format", "xml"},
		"from 0 to 1":  {"-density", "20"},
		"no line for":  {"-mix", "SHOE_SIZE=1"},
		"no such file": {"-o", "/nonexistent/x"},
	} {
		var stdout, stderr bytes.Buffer
		if code := run(args, &stdout, &stderr); code != 1 || !strings.Contains(stderr.String(), want) {
			t.Errorf("%v: exit code %d, %s", args, code, stderr.String())
		}
	}
}
