package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// killTree makes a tree of some files that take a while.
func killTree(t *testing.T) string {
	dir := t.TempDir()
	for i := range 60 {
		var b bytes.Buffer
		for k := range 2000 + 500*(i%7) {
			fmt.Fprintf(&b, "%d job %d by user%d@example.com from 203.0.113.%d\n", k, i, k*i, k%250)
		}
		name := filepath.Join(dir, fmt.Sprintf("d%d", i%5), fmt.Sprintf("f%d.log", i))
		if i%3 == 0 {
			var z bytes.Buffer
			w := gzip.NewWriter(&z)
			w.Write(b.Bytes())
			w.Close()
			name, b = name+".gz", z
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// sums returns the hash of every file under dir, the manifest included.
func sums(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		out[name] = fmt.Sprintf("%x", sha256.Sum256(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestKilledRunResumes kills a run at twenty random moments. What is there under
// a final name is then always what a whole run makes, and the next run makes the
// rest: in the end every byte, of the manifest too, is that of one run.
func TestKilledRunResumes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the command some forty times")
	}
	in, whole := killTree(t), t.TempDir()
	start := time.Now()
	if out, err := exec.Command("scrim", "run", in, "-o", whole, "-q").CombinedOutput(); err != nil {
		t.Skipf("cannot run the command: %v: %s", err, out)
	}
	took := time.Since(start)
	want := sums(t, whole)
	killed := 0
	for i := range 20 {
		part := t.TempDir()
		c := exec.Command("scrim", "run", in, "-o", part, "-q")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(took))))
		_ = c.Process.Kill()
		if c.Wait() != nil {
			killed++
		}
		for name, sum := range sums(t, part) {
			base := filepath.Base(name)
			if !strings.HasPrefix(name, ".scrim") && !strings.HasPrefix(base, ".scrim-tmp") && sum != want[name] {
				t.Fatalf("kill %d: %s stands under its name and is not whole", i, name)
			}
		}
		if out, err := exec.Command("scrim", "run", in, "-o", part, "-q").CombinedOutput(); err != nil {
			t.Fatalf("kill %d: the next run: %v: %s", i, err, out)
		}
		got := sums(t, part)
		for name := range want {
			if got[name] != want[name] {
				t.Errorf("kill %d: %s is another than that of one run", i, name)
			}
			delete(got, name)
		}
		for name := range got {
			t.Errorf("kill %d: %s is left over", i, name)
		}
	}
	if killed == 0 {
		t.Error("no run was killed before its end")
	}
	t.Logf("%d of 20 runs were killed", killed)
}
