//go:build unix

package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// startRun starts a run over a tree and a pipe that gives nothing more, so that
// it is in hand until the pipe is closed.
func startRun(t *testing.T, out string) (cmd *exec.Cmd, stderr *bytes.Buffer, end func()) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.log"), []byte("a@example.com\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command("scrim", "run", dir, "-", "-o", out, "--no-progress", "--workers", "4")
	stderr = new(bytes.Buffer)
	cmd.Stderr = stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skip("cannot run the command: ", err)
	}
	if _, err := in.Write([]byte("b@example.com\n")); err != nil {
		t.Fatal(err)
	}
	for range 500 { // until all else is done
		if _, err := os.Stat(filepath.Join(out, "a.log")); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(100 * time.Millisecond)
	return cmd, stderr, func() { in.Close() }
}

func TestInterruptedRun(t *testing.T) {
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(s.String(), func(t *testing.T) { interrupted(t, s) })
	}
}

func interrupted(t *testing.T, s os.Signal) {
	t.Helper()
	out := t.TempDir()
	cmd, stderr, _ := startRun(t, out)
	if err := cmd.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	if cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(stderr.String(), "interrupted") {
		t.Errorf("%v: %s", err, stderr)
	}
	var names []string
	_ = fs.WalkDir(os.DirFS(out), ".", func(name string, d fs.DirEntry, _ error) error {
		if !d.IsDir() && !strings.HasPrefix(name, ".scrim/") {
			names = append(names, name)
		}
		return nil
	})
	if strings.Join(names, " ") != "a.log" {
		t.Errorf("it left %v", names)
	}
}

func TestPositionSignal(t *testing.T) {
	cmd, stderr, end := startRun(t, t.TempDir())
	if err := cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	end()
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v: %s", err, stderr)
	}
	if !strings.Contains(stderr.String(), "1 of 2 files") || !strings.Contains(stderr.String(), "in - at 14 B") {
		t.Errorf("%s", stderr)
	}
}

// TestFullDisk runs into a small file system.
func TestFullDisk(t *testing.T) {
	out := t.TempDir()
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "none", out).Run(); err != nil {
		t.Skip("cannot mount a small file system: ", err)
	}
	defer func() {
		if err := exec.Command("umount", out).Run(); err != nil {
			t.Error(err)
		}
	}()
	in := t.TempDir()
	sizes := map[string]int{"a-small": 1000, "b-large": 60_000, "c-small": 1000, "d-large": 60_000}
	for name, n := range sizes {
		if err := os.WriteFile(filepath.Join(in, name), bytes.Repeat([]byte("clean line of a log\n"), n), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b, err := exec.Command("scrim", "run", in, "-o", out, "-q", "--workers", "1").CombinedOutput()
	if code := err.(*exec.ExitError).ExitCode(); code != exitFailed || bytes.Count(b, []byte("no space left")) != 2 {
		t.Errorf("exit %d: %s", code, b)
	}
	for name, n := range sizes {
		info, err := os.Stat(filepath.Join(out, name))
		if large := n > 1000; large != (err != nil) || !large && info.Size() != int64(20*n) {
			t.Errorf("%s: %v", name, err)
		}
	}
	left, err := filepath.Glob(filepath.Join(out, ".scrim-tmp*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
