package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// programs builds this program, scrim and Prism, as they are in this module.
func programs(t *testing.T) (scrimBeam, scrim, prism string) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds programs: not with -short")
	}
	dir := t.TempDir()
	build := func(name, pkg string) string {
		out := filepath.Join(dir, name)
		if b, err := exec.Command("go", "build", "-o", out, pkg).CombinedOutput(); err != nil {
			t.Fatalf("go build %s: %v\n%s", pkg, err, b)
		}
		return out
	}
	return build("scrim-beam", "."), buildScrim(t, dir), build("prism", "github.com/apache/beam/sdks/v2/go/cmd/prism")
}

// buildScrim builds the program of the main module, in its own.
func buildScrim(t *testing.T, dir string) string {
	t.Helper()
	out := filepath.Join(dir, "scrim")
	c := exec.Command("go", "build", "-o", out, "./cmd/scrim")
	c.Dir = filepath.Join("..", "..", "..", "..")
	if b, err := c.CombinedOutput(); err != nil {
		t.Fatalf("go build scrim: %v\n%s", err, b)
	}
	return out
}

// startPrism starts a Prism server and returns its address.
func startPrism(t *testing.T, prism string) string {
	t.Helper()
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	_, port, _ := net.SplitHostPort(addr)
	c := exec.Command(prism, "-job_port", port, "-serve_http=false", "-log_level=error", "-log_kind=text")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Process.Kill(); c.Wait() })
	for range 100 {
		if conn, err := net.Dial("tcp", "localhost:"+port); err == nil {
			conn.Close()
			return "localhost:" + port
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("prism does not listen")
	return ""
}

// writeInputs writes logs and a table, of about so many lines.
func writeInputs(t *testing.T, dir string, lines int) {
	t.Helper()
	var logs, table bytes.Buffer
	table.WriteString("id,email,note\n")
	for i := range lines {
		fmt.Fprintf(&logs, "2026-01-02T03:04:%02dZ INFO user=u%d from 192.0.2.%d mail m%d@example.com\n", i%60, i%7, i%256, i)
		if i%10 == 0 {
			fmt.Fprintf(&table, "%d,m%d@example.com,\"two\nlines\"\n", i, i)
		}
	}
	for name, b := range map[string][]byte{"app.log": logs.Bytes(), "sub/table.csv": table.Bytes(), "sub/other.log": logs.Bytes()[:logs.Len()/3]} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// tree returns the files below dir, but for those that are scrim's own.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if err == nil && d.Name() == ".scrim" {
				return filepath.SkipDir
			}
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[rel] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func compareTrees(t *testing.T, want, got map[string]string) {
	t.Helper()
	for name := range want {
		if want[name] != got[name] {
			t.Errorf("%s: %d bytes, other than the %d of scrim run", name, len(got[name]), len(want[name]))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
}

func report(t *testing.T, dir string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, ".scrim", "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// engines returns the flags of the engines that are at hand.
func engines(endpoint, worker string) map[string][]string {
	e := map[string][]string{
		"embedded":           nil,
		"server, in process": {"--runner=prism", "--endpoint=" + endpoint, "--environment_type=LOOPBACK"},
		"server, processes": {"--runner=prism", "--endpoint=" + endpoint, "--environment_type=PROCESS",
			`--environment_config={"command":"` + worker + `"}`},
	}
	if flink := os.Getenv("SCRIM_FLINK_ENDPOINT"); flink != "" {
		e["flink"] = []string{"--runner=flink", "--endpoint=" + flink, "--environment_type=LOOPBACK"}
	}
	return e
}

func TestEnginesGiveWhatScrimRunGives(t *testing.T) {
	scrimBeam, scrim, prism := programs(t)
	endpoint := startPrism(t, prism)
	if os.Getenv("SCRIM_FLINK_ENDPOINT") == "" {
		t.Log("without Flink: SCRIM_FLINK_ENDPOINT names no job service")
	}
	in, clean := filepath.Join(t.TempDir(), "in"), filepath.Join(t.TempDir(), "clean")
	writeInputs(t, in, 30_000)
	if b, err := exec.Command(scrim, "run", in, "-o", clean, "--no-progress", "-q").CombinedOutput(); err != nil {
		t.Fatalf("scrim run: %v\n%s", err, b)
	}
	want := tree(t, clean)
	reports := map[string]bool{}
	for name, flags := range engines(endpoint, scrimBeam) {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			args := append([]string{in, "-o", out, "--range-size", "500000", "--"}, flags...)
			if b, err := exec.Command(scrimBeam, args...).CombinedOutput(); err != nil {
				t.Fatalf("scrim-beam: %v\n%s", err, b)
			}
			compareTrees(t, want, tree(t, out))
			reports[report(t, out)] = true
		})
	}
	if len(reports) != 1 {
		t.Errorf("%d different reports", len(reports))
	}
}

func TestKilledWorkerChangesNothing(t *testing.T) {
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		t.Skip("finds workers by /proc, which is not here")
	}
	scrimBeam, scrim, prism := programs(t)
	endpoint := startPrism(t, prism)
	in, clean, out := filepath.Join(t.TempDir(), "in"), filepath.Join(t.TempDir(), "clean"), filepath.Join(t.TempDir(), "out")
	writeInputs(t, in, 400_000)
	if b, err := exec.Command(scrim, "run", in, "-o", clean, "--no-progress", "-q").CombinedOutput(); err != nil {
		t.Fatalf("scrim run: %v\n%s", err, b)
	}
	c := exec.Command(scrimBeam, in, "-o", out, "--range-size", "2000000", "--workers", "1", "--", "--runner=prism", "--endpoint="+endpoint,
		"--environment_type=PROCESS", `--environment_config={"command":"`+scrimBeam+`"}`)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	killed := false
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline) && !killed; time.Sleep(5 * time.Millisecond) {
		// Once there are parts it is in the middle of its work.
		if parts, _ := filepath.Glob(filepath.Join(out, ".scrim", "tmp", "*")); len(parts) < 3 {
			continue
		}
		if pid := workerOf(scrimBeam); pid > 0 {
			killed = syscall.Kill(pid, syscall.SIGKILL) == nil
		}
	}
	err := c.Wait()
	if !killed {
		t.Fatalf("no worker was killed: %v\n%s", err, stderr.String())
	}
	if err != nil {
		t.Fatalf("scrim-beam: %v\n%s", err, stderr.String())
	}
	if !strings.Contains(stderr.String(), "submitted again") {
		t.Error("the worker was killed too late to matter")
	}
	compareTrees(t, tree(t, clean), tree(t, out))
}

// workerOf returns the process that runs a program as a worker; 0 if there is
// none.
func workerOf(program string) int {
	names, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err == nil && bytes.HasPrefix(b, []byte(program+"\x00--worker=true")) {
			var pid int
			fmt.Sscanf(name, "/proc/%d/cmdline", &pid)
			return pid
		}
	}
	return 0
}

func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good.txt")
	if err := os.WriteFile(good, []byte("a@example.com\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	tests := []struct {
		name string
		args []string
		code int
		says string
	}{
		{"done", []string{good, "-o", out}, exitDone, ""},
		{"an input fails", []string{good, filepath.Join(dir, "none"), "-o", out}, exitFailed, "names no file"},
		{"no output", []string{good}, exitUsage, "-o DIR"},
		{"no input", []string{"-o", out}, exitUsage, "patterns"},
		{"unknown flag", []string{"--nonsense"}, exitUsage, "--help"},
		{"unknown flag of Beam", []string{good, "-o", out, "--", "--nonsense"}, exitUsage, "behind --"},
		{"wrong rule", []string{good, "-o", out, "--set", "email"}, exitUsage, "KIND=TRANSFORM"},
		{"no policy", []string{good, "-o", out, "--policy", filepath.Join(dir, "none.yaml")}, exitUsage, "policy"},
		{"key wanted", []string{good, "-o", out, "--set", "email=hash"}, exitUsage, "key"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), tt.args, &stdout, &stderr); code != tt.code || !strings.Contains(stderr.String(), tt.says) {
				t.Errorf("exit code %d, want %d with %q:\n%s", code, tt.code, tt.says, stderr.String())
			}
		})
	}
}
