package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBench(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "a.log")
	if err := os.WriteFile(log, []byte(strings.Repeat("login of ann@example.com from 192.0.2.7\n", 200)), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(dir, "empty.log")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	svg := filepath.Join(dir, "a.svg")
	for _, c := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"file", []string{"--only", "email,ipv4", "--runs", "1", "--svg", svg, log}, exitDone, "use: --workers "},
		{"made up, as JSON", []string{"--only", "email", "--runs", "1", "--bytes", "20000", "--json"}, exitDone, `"format": "csv"`},
		{"no such file", []string{filepath.Join(dir, "none.log")}, exitFailed, "no such file"},
		{"empty", []string{empty}, exitFailed, "nothing to measure"},
		{"no runs", []string{"--runs", "0", log}, exitUsage, "above 0"},
		{"no kind", []string{"--only", "nothing", log}, exitUsage, "--only"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			code := run(context.Background(), append([]string{"bench"}, c.args...), strings.NewReader(""), &out, &errs)
			if code != c.code || !strings.Contains(out.String()+errs.String(), c.want) {
				t.Errorf("code %d, want %d with %q; got %s%s", code, c.code, c.want, &out, &errs)
			}
			if strings.Contains(out.String(), "ann@example.com") {
				t.Error("a value of the file is printed")
			}
		})
	}
	if b, err := os.ReadFile(svg); err != nil || !bytes.Contains(b, []byte("</svg>")) {
		t.Errorf("no picture: %v", err)
	}
}
