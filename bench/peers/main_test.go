package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/bench"
)

// TestMeasure runs two programs over a file and looks at what is kept.
func TestMeasure(t *testing.T) {
	for _, program := range []string{"cat", "zcat"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("no " + program)
		}
	}
	dir, out := t.TempDir(), t.TempDir()
	path := filepath.Join(dir, "in.log")
	if err := os.WriteFile(path, []byte(strings.Repeat("a line\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	c := config{rounds: 3, slowBytes: 700, limit: 1e10}
	all := []contender{
		{Name: reading, Argv: []string{"cat", "FILE"}},
		{Name: "slow cat", Argv: []string{"cat", "FILE"}, Slow: 7, Ours: true},
		{Name: "zcat", Argv: []string{"zcat", "FILE"}, Packed: true, drain: true},
		{Name: "broken", Argv: []string{"cat", "FILE", "/nonexistent"}},
	}
	f, err := c.measure(context.Background(), io.Discard, dir, input{path: path, name: "in.log"}, all)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int64{7000, 100, 7000, 7000} {
		if got := f.Runs[i].Bytes; got != want {
			t.Errorf("%s got %d bytes, want %d", f.Runs[i].Name, got, want)
		}
	}
	if n := len(f.Runs[0].Samples); n != 3 {
		t.Errorf("%d samples of 3 rounds", n)
	}
	if f.Runs[3].Error == "" || len(f.Runs[3].Samples) > 0 {
		t.Error("a program that fails is measured")
	}
	if s := f.against(f.Runs[0], reading); s != (bench.Spread{Median: 1, Min: 1, Max: 1}) {
		t.Errorf("cat against cat is %v", s)
	}
	r := results{Date: "2024-03-01", Rounds: 3, Command: "go run ./bench/peers", Files: []*fileRuns{f}}
	if err := r.write(out); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(out, "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	var back results
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(out, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{string(b), string(page)} {
		if strings.Contains(name, dir) {
			t.Error("the results name a temporary folder")
		}
	}
	if !strings.Contains(string(page), "slow cat (first 0.0 MB)") {
		t.Errorf("the page does not say what the slow one got:\n%s", page)
	}
	if _, err := os.Stat(filepath.Join(out, "in.log.svg")); err != nil {
		t.Error(err)
	}
}
