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
)

// asNobody returns a command of scrim that permissions hold for: root starts it as
// another user.
func asNobody(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	if os.Getuid() != 0 {
		return exec.Command("scrim", args...)
	}
	// The command is where only root may go.
	dir := t.TempDir()
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "scrim")
	if err := os.WriteFile(program, b, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	return cmd
}

// outcome runs a command to its end.
func outcome(t *testing.T, cmd *exec.Cmd) (code int, stderr string) {
	t.Helper()
	var b bytes.Buffer
	cmd.Stderr = &b
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Skip("cannot run the command: ", err)
	}
	return cmd.ProcessState.ExitCode(), b.String()
}

// outputs returns the names under dir but those of scrim's own folder.
func outputs(t *testing.T, dir string) string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(name, ".scrim/") {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, " ")
}

// logs makes a tree of logs, and an output folder that anybody may write to.
func logs(t *testing.T, names ...string) (in, out string) {
	t.Helper()
	in, out = t.TempDir(), t.TempDir()
	for _, name := range names {
		p := filepath.Join(in, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte("a@example.com\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(out, 0o777); err != nil {
		t.Fatal(err)
	}
	return in, out
}

func chmod(t *testing.T, mode os.FileMode, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
}

func TestInputsWithoutPermission(t *testing.T) {
	in, out := logs(t, "a.log", "b.log", "closed/c.log", "d/e.log")
	chmod(t, 0, filepath.Join(in, "b.log"), filepath.Join(in, "closed"))
	code, stderr := outcome(t, asNobody(t, "run", in, "-o", out, "-q"))
	chmod(t, 0o755, filepath.Join(in, "b.log"), filepath.Join(in, "closed"))
	if code != exitFailed || strings.Count(stderr, "permission denied") != 2 || !strings.Contains(stderr, "b.log: ") || !strings.Contains(stderr, "closed: ") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if got := outputs(t, out); got != "a.log d/e.log" {
		t.Errorf("outputs %s", got)
	}
	code, stderr = outcome(t, asNobody(t, "run", in, "-o", out, "-q"))
	if got := outputs(t, out); code != 0 || got != "a.log b.log closed/c.log d/e.log" {
		t.Errorf("once more: exit %d, outputs %s: %s", code, got, stderr)
	}
}

func TestOutputWithoutPermission(t *testing.T) {
	in, out := logs(t, "a.log", "sub/b.log")
	if err := os.Mkdir(filepath.Join(out, "sub"), 0o555); err != nil {
		t.Fatal(err)
	}
	code, stderr := outcome(t, asNobody(t, "run", in, "-o", out, "-q"))
	if got := outputs(t, out); code != exitFailed || got != "a.log" || !strings.Contains(stderr, "b.log: ") || !strings.Contains(stderr, "permission denied") {
		t.Errorf("a folder in it: exit %d, outputs %s: %s", code, got, stderr)
	}
	in, out = logs(t, "a.log")
	chmod(t, 0o555, out)
	code, stderr = outcome(t, asNobody(t, "run", in, "-o", out, "-q"))
	if got := outputs(t, out); code != exitFailed || got != "" || !strings.Contains(stderr, "cannot write to the output folder") {
		t.Errorf("the folder: exit %d, outputs %s: %s", code, got, stderr)
	}
}

func TestReadOnlyFileSystem(t *testing.T) {
	in, out := logs(t, "a.log")
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m,ro", "none", out).Run(); err != nil {
		t.Skip("cannot mount a file system: ", err)
	}
	defer func() {
		if err := exec.Command("umount", out).Run(); err != nil {
			t.Error(err)
		}
	}()
	code, stderr := outcome(t, exec.Command("scrim", "run", in, "-o", out, "-q"))
	if code != exitFailed || !strings.Contains(stderr, "read-only file system") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

func TestSecondRunOnAFolder(t *testing.T) {
	in, out := logs(t, "z.log")
	first, said, end := startRun(t, out)
	code, stderr := outcome(t, exec.Command("scrim", "run", in, "-o", out, "-q"))
	if code != exitFailed || !strings.Contains(stderr, "another scrim run works on this output folder") {
		t.Errorf("the second: exit %d: %s", code, stderr)
	}
	end()
	if err := first.Wait(); err != nil {
		t.Errorf("the first: %v: %s", err, said)
	}
	if got := outputs(t, out); got != "a.log stdin" {
		t.Errorf("outputs %s", got)
	}
}

// TestThingsThatAreNoFiles has pipes, sockets, devices and links in a folder.
func TestThingsThatAreNoFiles(t *testing.T) {
	in, out := logs(t, "a.log", ".hidden/b.log")
	if err := syscall.Mkfifo(filepath.Join(in, "pipe"), 0o666); err != nil {
		t.Fatal(err)
	}
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(fd)
	if err := syscall.Bind(fd, &syscall.SockaddrUnix{Name: filepath.Join(in, "s")}); err != nil {
		t.Log("no socket: ", err)
	}
	for name, to := range map[string]string{"null": "/dev/null", "up": "..", "link": "a.log", "nowhere": "gone"} {
		if err := os.Symlink(to, filepath.Join(in, name)); err != nil {
			t.Fatal(err)
		}
	}
	code, stderr := outcome(t, exec.Command("scrim", "run", in, "-o", out, "--no-progress"))
	if got := outputs(t, out); code != 0 || got != ".hidden/b.log a.log" || strings.Count(stderr, "left out: is a symbolic link") != 4 ||
		!strings.Contains(stderr, "pipe: left out: is no regular file") {
		t.Errorf("exit %d, outputs %s: %s", code, got, stderr)
	}
	out = t.TempDir()
	code, stderr = outcome(t, exec.Command("scrim", "run", in, "-o", out, "--no-progress", "--symlinks", "follow", "--no-hidden", "--exclude", "up"))
	if got := outputs(t, out); code != exitFailed || got != "a.log link" || !strings.Contains(stderr, "nowhere: ") || !strings.Contains(stderr, "null: left out: is no regular file") {
		t.Errorf("links followed: exit %d, outputs %s: %s", code, got, stderr)
	}
}
