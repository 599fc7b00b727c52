package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"scrim": main})
}

// TestScripts runs the command lines under testdata/script.
func TestScripts(t *testing.T) {
	data, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: false,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("DATA", data)
			return nil
		},
	})
}

// TestReadme runs every console block of the README and of the docs, in a copy
// of the sample data: lines after "$ " are commands, the others what they print.
func TestReadme(t *testing.T) {
	docs, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(docs, "../../README.md") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS("../../testdata")); err != nil {
			t.Fatal(err)
		}
		for _, c := range consoleCommands(string(text)) {
			cmd := exec.Command("sh", "-c", c.line)
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			if _, ok := err.(*exec.ExitError); err != nil && !ok {
				t.Skip("no shell to run the README with: ", err)
			}
			if got := strings.TrimRight(string(out), "\n"); got != c.output {
				t.Errorf("%s shows\n$ %s\n%s\nbut it prints\n%s", filepath.Base(name), c.line, c.output, got)
			}
		}
	}
}

type consoleCommand struct{ line, output string }

// consoleCommands returns the commands of the console blocks of a Markdown text.
func consoleCommands(text string) (out []consoleCommand) {
	in := false
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			in = line == "```console"
		case !in:
		case strings.HasPrefix(line, "$ "):
			out = append(out, consoleCommand{line: strings.TrimPrefix(line, "$ ")})
		case len(out) > 0:
			last := &out[len(out)-1]
			last.output = strings.TrimLeft(last.output+"\n"+line, "\n")
		}
	}
	for i := range out {
		out[i].output = strings.TrimRight(out[i].output, "\n")
	}
	return out
}

func TestErrorsNeverQuoteInput(t *testing.T) {
	const secret = "zzsecretzz"
	for name, args := range map[string][]string{
		"corrupt gzip": {"-"},
		"as parquet":   {"--input-format", "jsonl", "-"},
	} {
		var out, errs bytes.Buffer
		in := strings.NewReader("\x1f\x8b\x08\x00" + secret + "\n{\"" + secret)
		run(t.Context(), args, in, &out, &errs)
		if strings.Contains(errs.String(), secret) {
			t.Errorf("%s: the error tells the input: %s", name, errs.String())
		}
	}
}
