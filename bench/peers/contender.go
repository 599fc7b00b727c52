package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/scrim-dev/scrim/bench"
)

// patterns are what the others look for: mailbox, IPv4, IPv6, MAC, UUID,
// telephone number, card number, as one would write them for grep -E.
var patterns = []string{
	`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`,
	`([0-9]{1,3}\.){3}[0-9]{1,3}`,
	`([0-9A-Fa-f]{1,4}:){3,7}[0-9A-Fa-f]{1,4}`,
	`([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}`,
	`[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}`,
	`\+?[0-9]{1,3}[ .-]?\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}`,
	`[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}`,
}

// sevenKinds are scrim's names for them.
const sevenKinds = "email,ipv4,ipv6,mac,uuid,phone,credit_card"

// A contender is a program that is measured.
type contender struct {
	Name string   `json:"name"`
	Argv []string `json:"argv"` // with FILE for the input
	Ours bool     `json:"ours,omitempty"`
	// Slow ones get only the beginning of the input: -slow-bytes through Slow.
	Slow int64 `json:"slow,omitempty"`
	// Packed ones get the input compressed with gzip.
	Packed  bool     `json:"packed,omitempty"`
	Version string   `json:"version,omitempty"`
	drain   bool     // reads its output through a pipe
	ok      []int    // exit codes that are no error
	env     []string // beyond the environment
	version []string // the command that prints its version
}

// bytewise keeps the others from decoding characters, which makes them slower.
var bytewise = []string{"LC_ALL=C"}

// contenders returns those that are installed here. dir is for what must be
// built, scripts the folder of those that have their source here.
func contenders(ctx context.Context, scrim, dir, scripts string) []contender {
	joined := strings.Join(patterns, "|")
	sed := []string{"sed", "-E"}
	perl := make([]string, len(patterns))
	for i, p := range patterns {
		sed = append(sed, "-e", "s/"+p+"/X/g")
		// An at sign would name an array.
		perl[i] = "s/" + strings.ReplaceAll(p, "@", `\@`) + "/X/g"
	}
	all := []contender{
		{Name: "cat", Argv: []string{"cat", "FILE"}, version: []string{"cat", "--version"}},
		{Name: "wc -l", Argv: []string{"wc", "-l", "FILE"}, version: []string{"wc", "--version"}},
		{Name: "scrim, all cores", Argv: []string{scrim, "FILE"}, Ours: true, version: []string{scrim, "--version"}},
		{Name: "scrim, one worker", Argv: []string{scrim, "--workers", "1", "FILE"}, Ours: true, version: []string{scrim, "--version"}},
		{Name: "scrim, one worker, seven kinds", Argv: []string{scrim, "--workers", "1", "--only", sevenKinds, "FILE"}, Ours: true, version: []string{scrim, "--version"}},
		{Name: "ripgrep, seven patterns", Argv: []string{"rg", "--no-config", "-j1", "--passthru", "-N", "-r", "X", "-e", joined, "FILE"},
			version: []string{"rg", "--version"}, ok: []int{1}},
		{Name: "grep -c, seven patterns", Argv: []string{"grep", "-c", "-E", joined, "FILE"}, drain: true, env: bytewise,
			version: []string{"grep", "--version"}, ok: []int{1}},
		{Name: "sed, seven patterns", Argv: append(sed, "FILE"), Slow: 1, env: bytewise, version: []string{"sed", "--version"}},
		{Name: "perl, seven patterns", Argv: []string{"perl", "-pe", strings.Join(perl, ";"), "FILE"}, Slow: 1, env: bytewise,
			version: []string{"perl", "-e", "print $^V"}},
		{Name: "zcat", Argv: []string{"zcat", "FILE"}, Packed: true, version: []string{"zcat", "--version"}},
		{Name: "pigz -dc", Argv: []string{"pigz", "-dc", "FILE"}, Packed: true, version: []string{"pigz", "--version"}},
		{Name: "scrim, gzip in and out", Argv: []string{scrim, "FILE"}, Ours: true, Packed: true, version: []string{scrim, "--version"}},
		{Name: "scrim scan, gzip", Argv: []string{scrim, "scan", "FILE"}, Ours: true, Packed: true, version: []string{scrim, "--version"}},
		{Name: "pdscan", Argv: []string{"pdscan", "file://FILE"}, Slow: 1, version: []string{"pdscan", "--version"}},
	}
	if program, ok := buildHyperscan(ctx, dir, scripts); ok {
		all = append(all, contender{Name: "Hyperscan finding, seven patterns",
			Argv: []string{program, filepath.Join(dir, "patterns"), "FILE"}, version: []string{"pkg-config", "--modversion", "libhs"}})
	}
	if python, ok := hasModule(ctx, "presidio_analyzer"); ok {
		all = append(all, contender{Name: "Presidio, pattern recognisers", Slow: 20,
			Argv:    []string{python, filepath.Join(scripts, "python.py"), "presidio", "--text", "FILE"},
			version: []string{python, "-c", "import importlib.metadata as m; print(m.version('presidio-analyzer'))"}})
	}
	var here []contender
	for _, c := range all {
		if _, err := exec.LookPath(c.Argv[0]); err != nil {
			continue
		}
		if c.Version = bench.Version(ctx, c.version...); c.Ours && c.Version == "" {
			c.Version = "of this repository"
		}
		here = append(here, c)
	}
	return here
}

// hasModule says whether Python has a module.
func hasModule(ctx context.Context, module string) (python string, ok bool) {
	python, err := exec.LookPath("python3")
	if err != nil {
		return "", false
	}
	return python, exec.CommandContext(ctx, python, "-c", "import "+module).Run() == nil
}

// buildHyperscan builds hyperscan.c, where there is a compiler and the library.
func buildHyperscan(ctx context.Context, dir, scripts string) (program string, ok bool) {
	flags, err := exec.CommandContext(ctx, "pkg-config", "--cflags", "--libs", "libhs").Output()
	if err != nil {
		return "", false
	}
	if os.WriteFile(filepath.Join(dir, "patterns"), []byte(strings.Join(patterns, "\n")+"\n"), 0o666) != nil {
		return "", false
	}
	program = filepath.Join(dir, "hyperscan")
	args := append([]string{"-O2", "-o", program, filepath.Join(scripts, "hyperscan.c")}, strings.Fields(string(flags))...)
	return program, exec.CommandContext(ctx, "cc", args...).Run() == nil
}

// shown is a command as results keep it: programs and files by their names.
func shown(argv []string) []string {
	out := make([]string, len(argv))
	for i, a := range argv {
		if filepath.IsAbs(a) {
			a = filepath.Base(a)
		}
		out[i] = a
	}
	return out
}
