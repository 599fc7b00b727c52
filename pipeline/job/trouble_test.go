//go:build unix

package job

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// whileRead runs a job over a large input and a small one, and changes the large
// one when some of it has been read.
func whileRead(t *testing.T, change func(path string) error) (out string, failed map[string]string) {
	t.Helper()
	in := tree(t, map[string]string{"large.log": strings.Repeat(line, 1_000_000), "small.log": line})
	out, failed = t.TempDir(), map[string]string{}
	j, err := New(Config{Inputs: Inputs{Paths: []string{in}}, Output: out, Failed: func(path string, err error) { failed[filepath.Base(path)] = err.Error() }})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := j.Run(t.Context())
		done <- err
	}()
	for {
		if p := j.Position(); len(p.Current) > 0 && p.Current[0].Read > 0 {
			break
		}
		select {
		case <-done:
			t.Skip("it was read before it could be changed")
		case <-time.After(100 * time.Microsecond):
		}
	}
	if err := change(filepath.Join(in, "large.log")); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	return out, failed
}

func TestInputsThatChangeWhileTheyAreRead(t *testing.T) {
	for _, c := range []struct {
		name, want string // "" is that it is done
		change     func(path string) error
	}{
		{"becomes shorter", "became shorter while it was read", func(p string) error { return os.Truncate(p, 1000) }},
		{"is written over", "was changed while it was read", func(p string) error {
			f, err := os.OpenFile(p, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteString("x")
			return err
		}},
		{"grows", "", func(p string) error {
			f, err := os.OpenFile(p, os.O_WRONLY|os.O_APPEND, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteString(line)
			return err
		}},
		{"is removed", "", os.Remove},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, failed := whileRead(t, c.change)
			got := contents(t, out)
			if c.want == "" && failed["large.log"] != "" || !strings.Contains(failed["large.log"], c.want) {
				t.Errorf("failed with %q, want %q", failed["large.log"], c.want)
			}
			if text, ok := got["large.log"]; ok != (c.want == "") || strings.Contains(text, "example.com") {
				t.Errorf("there is an output: %v, of %d bytes", ok, len(text))
			}
			if got["small.log"] != cleanLine || len(got) > 2 {
				t.Errorf("the others: %d outputs", len(got))
			}
		})
	}
}

func TestInputsThatVanish(t *testing.T) {
	in, out := tree(t, map[string]string{"a.log": line, "b.log": line, "c.log": line, "d.log": line}), t.TempDir()
	failed := map[string]string{}
	j, err := New(Config{Inputs: Inputs{Paths: []string{in}}, Output: out, Failed: func(path string, err error) { failed[filepath.Base(path)] = err.Error() }})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b.log", "c.log"} {
		if err := os.Remove(filepath.Join(in, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(in, "c.log"), 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := j.Run(t.Context())
	if err != nil || s.Done != 2 || s.Failed != 2 || !strings.Contains(failed["b.log"], "no such file") || !strings.Contains(failed["c.log"], "no regular file any more") {
		t.Errorf("%v, %+v, %v", err, s, failed)
	}
	if got := contents(t, out); len(got) != 2 {
		t.Errorf("%d outputs", len(got))
	}
}
