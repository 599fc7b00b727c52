package job

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// tree makes files under a new folder, by name and content.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// contents returns the files under dir but scrim's own.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.Name() == stateDir {
				return fs.SkipDir
			}
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		out[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// runJob runs a job and returns its summary and the inputs that failed.
func runJob(t *testing.T, cfg Config) (*Summary, map[string]string) {
	t.Helper()
	failed := map[string]string{}
	cfg.Failed = func(path string, err error) { failed[filepath.Base(path)] = err.Error() }
	j, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s, err := j.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s, failed
}

const line = "login user=a.b@example.com from 192.0.2.17 ok\n"
const cleanLine = "login user=[EMAIL] from 192.0.2.0 ok\n"

func TestTreeIsMirrored(t *testing.T) {
	in := tree(t, map[string]string{"a.log": line, "sub/b.log": line + line, "sub/.hidden": "x\n", "empty": ""})
	out := t.TempDir()
	at := time.Date(2020, 2, 3, 4, 5, 6, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(in, "a.log"), at, at); err != nil {
		t.Fatal(err)
	}
	s, failed := runJob(t, Config{Inputs: Inputs{Paths: []string{in}}, Output: out})
	if len(failed) > 0 || s.Done != 4 {
		t.Fatalf("done %d, failed %v", s.Done, failed)
	}
	want := map[string]string{"a.log": cleanLine, "sub/b.log": cleanLine + cleanLine, "sub/.hidden": "x\n", "empty": ""}
	if d := cmp.Diff(want, contents(t, out)); d != "" {
		t.Error(d)
	}
	info, err := os.Stat(filepath.Join(out, "a.log"))
	if err != nil {
		t.Fatal(err)
	}
	if !info.ModTime().Equal(at) || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, time %v", info.Mode(), info.ModTime())
	}
}

func TestResume(t *testing.T) {
	in := tree(t, map[string]string{"a": line, "b": line, "c": line})
	out := t.TempDir()
	cfg := Config{Inputs: Inputs{Paths: []string{in}}, Output: out}
	runJob(t, cfg)
	again := func(what string, done, unchanged int64) {
		t.Helper()
		s, failed := runJob(t, cfg)
		if s.Done != done || s.Unchanged != unchanged || len(failed) > 0 {
			t.Errorf("%s: done %d, unchanged %d, failed %v; want %d, %d", what, s.Done, s.Unchanged, failed, done, unchanged)
		}
	}
	again("nothing changed", 0, 3)
	if err := os.WriteFile(filepath.Join(in, "a"), []byte(line+line), 0o600); err != nil {
		t.Fatal(err)
	}
	again("an input changed", 1, 2)
	if err := os.Remove(filepath.Join(out, "b")); err != nil {
		t.Fatal(err)
	}
	again("an output is gone", 1, 2)
	stale := filepath.Join(out, tempPrefix+".stale")
	if err := os.WriteFile(stale, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	again("a temporary file is left", 0, 3)
	if _, err := os.Stat(stale); err == nil {
		t.Error("the temporary file of a killed run is still there")
	}
	manifest := filepath.Join(out, stateDir, "manifest.jsonl")
	b, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(manifest, b[:len(b)-20], 0o600); err != nil {
		t.Fatal(err)
	}
	again("the manifest's last line is cut short", 1, 2)
	if now, _ := os.ReadFile(manifest); !bytes.Equal(now, b) {
		t.Error("the manifest is another after it was mended")
	}
	rule, err := pipeline.ParseSet("email=keep")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Pipeline.Policy.Rules = append(cfg.Pipeline.Policy.Rules, rule)
	again("the policy changed", 3, 0)
	cfg.Pipeline.Keys = transform.Ephemeral()
	again("the key changed", 3, 0)
}

func TestTwoRunsOnOneFolder(t *testing.T) {
	out := t.TempDir()
	root, err := os.OpenRoot(out)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	hold := func(shard, shards int) *state {
		t.Helper()
		s, err := openState(root, shard, shards)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	refuse := func(shard, shards int) {
		t.Helper()
		if s, err := openState(root, shard, shards); !errors.Is(err, ErrLocked) {
			t.Errorf("shard %d of %d: %v, want ErrLocked", shard, shards, err)
			if s != nil {
				s.close()
			}
		}
	}
	whole := hold(0, 0)
	refuse(0, 0)
	refuse(1, 2)
	whole.close()
	one := hold(1, 2)
	refuse(1, 2)
	refuse(0, 0)
	hold(2, 2).close()
	one.close()
	hold(0, 0).close()
}

func TestShardsMakeTheWhole(t *testing.T) {
	files := map[string]string{}
	for i := range 40 {
		files[fmt.Sprintf("d%d/f%d.log", i%3, i)] = strings.Repeat(line, i)
	}
	in, whole, parts := tree(t, files), t.TempDir(), t.TempDir()
	runJob(t, Config{Inputs: Inputs{Paths: []string{in}}, Output: whole})
	var done int64
	for i := 1; i <= 3; i++ {
		s, _ := runJob(t, Config{Inputs: Inputs{Paths: []string{in}}, Output: parts, Shard: i, Shards: 3})
		if s.Done == 0 || s.Done == 40 {
			t.Errorf("shard %d did %d", i, s.Done)
		}
		done += s.Done
	}
	if done != 40 {
		t.Errorf("the shards did %d of 40", done)
	}
	if d := cmp.Diff(contents(t, whole), contents(t, parts)); d != "" {
		t.Error(d)
	}
	if s, _ := runJob(t, Config{Inputs: Inputs{Paths: []string{in}}, Output: parts}); s.Unchanged != 40 {
		t.Errorf("a whole run does %d again after its shards", s.Done)
	}
}

func TestInputsThatFailLeaveNothing(t *testing.T) {
	in := tree(t, map[string]string{"good.log": line, "cut.gz": "\x1f\x8b\x08\x00\x00\x00\x00\x00", "x.7z": "7z\xbc\xaf\x27\x1c\x00\x04", "p.parquet": "PAR1xxxxPAR1"})
	out := t.TempDir()
	s, failed := runJob(t, Config{Inputs: Inputs{Paths: []string{in, filepath.Join(in, "gone")}}, Output: out})
	if s.Done != 1 || s.Failed != 4 {
		t.Errorf("done %d, failed %v", s.Done, failed)
	}
	for name, want := range map[string]string{"cut.gz": "ends too early", "x.7z": "a 7z archive", "p.parquet": "parquet", "gone": "no such file"} {
		if !strings.Contains(failed[name], want) {
			t.Errorf("%s: %q, want %q", name, failed[name], want)
		}
	}
	if d := cmp.Diff(map[string]string{"good.log": cleanLine}, contents(t, out)); d != "" {
		t.Error(d)
	}
}

func TestCancelLeavesNothing(t *testing.T) {
	in := tree(t, map[string]string{"a": strings.Repeat(line, 10_000), "b": strings.Repeat(line, 10_000)})
	out := t.TempDir()
	j, err := New(Config{Inputs: Inputs{Paths: []string{in}}, Output: out})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := j.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if got := contents(t, out); len(got) > 0 {
		t.Errorf("%d files", len(got))
	}
}

func TestOutputPlaces(t *testing.T) {
	in := tree(t, map[string]string{"a/x.log": line, "b/x.log": line, "a/.scrim/y": "", "a/.scrim-tmp1": ""})
	for name, c := range map[string]struct {
		paths []string
		out   string
		want  string
	}{
		"output is the input":  {[]string{in}, in, "stands in the output folder"},
		"input in the output":  {[]string{in + "/a"}, in, "stands in the output folder"},
		"file in the output":   {[]string{in + "/a/x.log"}, in, "stands in the output folder"},
		"two inputs, one name": {[]string{in + "/b", in + "/a"}, t.TempDir(), "would both become x.log"},
		"no output":            {[]string{in}, "", "no output folder"},
	} {
		if _, err := New(Config{Inputs: Inputs{Paths: c.paths}, Output: c.out}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	out := filepath.Join(in, "clean")
	for range 2 { // the second time it is there
		s, failed := runJob(t, Config{Inputs: Inputs{Paths: []string{in}}, Output: out})
		if s.Done+s.Unchanged != 3 || len(failed) != 1 {
			t.Errorf("an output below its inputs: %d done, %v failed", s.Done, failed)
		}
	}
	s, failed := runJob(t, Config{Inputs: Inputs{Paths: []string{in + "/a"}}, Output: t.TempDir()})
	if s.Done != 1 || len(failed) != 1 {
		t.Errorf("names that are scrim's own: %d done, %v failed", s.Done, failed)
	}
}

func TestListClimbs(t *testing.T) {
	in := tree(t, map[string]string{"a.log": line})
	t.Chdir(in)
	out := t.TempDir()
	s, failed := runJob(t, Config{Inputs: Inputs{List: []string{"a.log", "../a.log", "nonesuch"}}, Output: out})
	if s.Done != 1 || !strings.Contains(failed["a.log"], "climbs") || failed["nonesuch"] == "" {
		t.Errorf("done %d, failed %v", s.Done, failed)
	}
}

func TestDiskFull(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no /dev/full here")
	}
	out := t.TempDir()
	root, err := os.OpenRoot(out)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	st, err := openState(root, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer st.close()
	k, err := st.create("d/x")
	if err != nil {
		t.Fatal(err)
	}
	k.file.Close()
	if k.file, err = os.OpenFile("/dev/full", os.O_WRONLY, 0); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(k, strings.Repeat("x", 3*sinkBytes))
	if err := k.commit(0o600, time.Time{}); err == nil || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("%v", err)
	}
	if got := contents(t, out); len(got) > 0 {
		t.Errorf("left behind: %v", got)
	}
}

func TestStdin(t *testing.T) {
	out := t.TempDir()
	s, failed := runJob(t, Config{Inputs: Inputs{Paths: []string{"-"}}, Stdin: strings.NewReader(line), Output: out})
	if s.Done != 1 || len(failed) > 0 {
		t.Errorf("%+v %v", s, failed)
	}
	if d := cmp.Diff(map[string]string{"stdin": cleanLine}, contents(t, out)); d != "" {
		t.Error(d)
	}
}

func TestNames(t *testing.T) {
	in := tree(t, map[string]string{"a@example.com.log": line, "b@example.com.log": line, "d/plain.log": line})
	out := t.TempDir()
	runJob(t, Config{Inputs: Inputs{Paths: []string{in}}, Output: out, Names: true})
	got := contents(t, out)
	if len(got) != 3 || got["d/plain.log"] == "" {
		t.Errorf("%v", got)
	}
	for name := range got {
		if strings.Contains(name, "@") {
			t.Errorf("a name was left: %s", name)
		}
	}
}

// TestSecretsGoEverywhere has secrets that are named in one place only.
func TestSecretsGoEverywhere(t *testing.T) {
	const secret = "q8Wm3ZtY6bVr1KxP4n"
	bare, named := "retry "+secret+"\n"+line, "api_key="+secret+"\n"
	entries := []tar.Header{{Name: "one", Typeflag: tar.TypeReg, Mode: 0o600}, {Name: "two", Typeflag: tar.TypeReg, Mode: 0o600}}
	in := tree(t, map[string]string{"a.log": bare + named + bare, "b.log": bare, "c.tgz": gzipOf(t, tarOf(t, entries, bare, named)),
		"d.gz": gzipOf(t, bare+named), "e.jsonl": `{"a":"see ` + secret + `"}` + "\n" + `{"api_key":"` + secret + `"}` + "\n"})
	out := t.TempDir()
	cfg := Config{Inputs: Inputs{Paths: []string{in}}, Output: out}
	s, failed := runJob(t, cfg)
	if s.Done != 5 || len(failed) > 0 {
		t.Fatalf("%+v %v", s, failed)
	}
	got := contents(t, out)
	clean := "retry [API_KEY]\n" + cleanLine
	_, texts := readTar(t, gunzip(t, got["c.tgz"]))
	for _, c := range []struct{ name, got, want string }{
		{"a.log", got["a.log"], clean + "api_key=[API_KEY]\n" + clean},
		{"b.log, where nothing names it", got["b.log"], "retry " + secret + "\n" + cleanLine},
		{"c.tgz", strings.Join(texts, ""), clean + "api_key=[API_KEY]\n"},
		{"d.gz", gunzip(t, got["d.gz"]), clean + "api_key=[API_KEY]\n"},
		{"e.jsonl", got["e.jsonl"], `{"a":"see [API_KEY]"}` + "\n" + `{"api_key":"[API_KEY]"}` + "\n"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
	for _, e := range s.Entries {
		if size := int64(len(contents(t, in)[e.Path])); e.Size != size {
			t.Errorf("%s: the manifest says %d bytes, it has %d", e.Path, e.Size, size)
		}
	}
	if r := verifyIt(t, VerifyConfig{Inputs: cfg.Inputs, After: out}); !r.OK {
		t.Errorf("%+v", r.Faults)
	}
	if s, _ := runJob(t, cfg); s.Unchanged != 5 {
		t.Errorf("%d unchanged of 5", s.Unchanged)
	}
}
