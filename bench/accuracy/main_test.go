package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// record has a mailbox that is found and one, in a form that nothing finds,
// that is missed.
const record = `{"id":"r1","source":"s","text":"to ann@example.com and secretive","spans":[` +
	`{"start":3,"end":18,"type":"EMAIL"},{"start":23,"end":32,"type":"EMAIL"}],"complete_for":["EMAIL"]}`

func TestRun(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "gold.jsonl")
	if err := os.WriteFile(file, []byte(record+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	unlabelled := filepath.Join(dir, "logs")
	if err := os.Mkdir(unlabelled, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"a.log": "bob@example.com", "MANIFEST.tsv": "eve@example.com"} {
		if err := os.WriteFile(filepath.Join(unlabelled, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name string
		args []string
		has  []string
		not  []string
		code int
	}{
		{"a table", []string{"-records", file, "-kinds", "email"},
			[]string{"| EMAIL | 2 | 100.0 | 50.0 | 66.7 | 66.7 | 50.0 | 0 |"}, []string{"secretive"}, 0},
		{"places of errors, not values", []string{"-records", file, "-errors", "5"},
			[]string{"- miss EMAIL r1 23-32\n"}, []string{"secretive", "ann@"}, 0},
		{"values when asked", []string{"-records", file, "-errors", "5", "-show-values"}, []string{">>secretive<<"}, nil, 0},
		{"sections", []string{"-records", file, "-by", "context"}, []string{"### running text"}, nil, 0},
		{"the flow", []string{"-records", file, "-flow", "-kinds", "email"}, []string{"| EMAIL | 2 | 100.0 | 50.0 |"}, nil, 0},
		{"a source left out", []string{"-records", file, "-only", "other"}, []string{"0 records"}, nil, 0},
		{"unlabelled files", []string{"-unlabelled", unlabelled, "-kinds", "email", "-errors", "1"},
			[]string{"1 files", "| EMAIL | 1 |", "- EMAIL a.log 0-15\n"}, []string{"bob@"}, 0},
		{"a generated corpus", []string{"-generate", "20000", "-format", "csv"}, []string{"## Generated corpus"}, nil, 0},
		{"no such kind", []string{"-kinds", "shoe"}, nil, nil, 1},
		{"no such section", []string{"-records", file, "-by", "colour"}, nil, nil, 1},
		{"no such flag", []string{"-colour"}, nil, nil, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, log bytes.Buffer
			if code := run(context.Background(), c.args, &out, &log); code != c.code {
				t.Fatalf("exit code %d, want %d: %s", code, c.code, log.String())
			}
			for _, s := range c.has {
				if !strings.Contains(out.String(), s) {
					t.Errorf("no %q in\n%s", s, out.String())
				}
			}
			for _, s := range c.not {
				if strings.Contains(out.String(), s) {
					t.Errorf("shows %q", s)
				}
			}
		})
	}
}

func TestJSON(t *testing.T) {
	name := filepath.Join(t.TempDir(), "out.json")
	var out, log bytes.Buffer
	if code := run(context.Background(), []string{"-generate", "20000", "-json", name}, &out, &log); code != 0 {
		t.Fatal(log.String())
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var got result
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if got.Generated == nil || got.Generated.Records == 0 || got.Records != nil {
		t.Errorf("wrote %s", b)
	}
}
