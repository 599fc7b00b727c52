package scrimbeam

import (
	"bytes"
	"context"
	"encoding/base64"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/runtime/graphx"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/memfs"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

func TestMain(m *testing.M) {
	flag.Parse()
	log.SetupLogging("error", "text")
	beam.Init()
	os.Exit(m.Run())
}

// inputs are files of every kind that jobs treat differently, some larger than
// the ranges of these tests.
func inputs() map[string][]byte {
	r := rand.New(rand.NewPCG(1, 2))
	ip := func() string { return fmt.Sprintf("192.0.2.%d", r.IntN(256)) }
	var logs, events, broken, table, marked bytes.Buffer
	marked.WriteString("\xef\xbb\xbf")
	table.WriteString("id,email,note\r\n")
	for i := range 6000 {
		fmt.Fprintf(&logs, "2026-01-02T03:04:%02dZ INFO user=u%d from %s mail m%d@example.com\n", i%60, i%7, ip(), i)
		fmt.Fprintf(&events, "{\"email\":\"m%d@example.com\",\"peer\":{\"ip\":\"%s\"},\"n\":%d}\n", i, ip(), i)
		fmt.Fprintf(&table, "%d,m%d@example.com,\"two\nlines, %s\"\r\n", i, i, ip())
		fmt.Fprintf(&marked, "m%d@example.com\r\n", i)
		if i%1000 == 500 {
			logs.WriteString("-----BEGIN PRIVATE KEY-----\n" + strings.Repeat(strings.Repeat("QUJD", 16)+"\n", 40) + "-----END PRIVATE KEY-----\n")
		}
		switch i % 5 {
		case 0:
			broken.WriteString("{\n")
		case 1:
			broken.WriteString("\xef\xbb\xbf{\"email\":\"a@example.com\"}\n")
		case 2:
			broken.WriteString("BZh91AY&SY b@example.com\n")
		default:
			fmt.Fprintf(&broken, "{\"email\":\"m%d@example.com\"}\n", i)
		}
	}
	return map[string][]byte{
		"app.log":         logs.Bytes(),
		"sub/events.json": events.Bytes(),
		"sub/broken.json": append([]byte("{\"email\":\"m@example.com\"}\n"), broken.Bytes()...),
		"table.csv":       table.Bytes(),
		"marked.txt":      marked.Bytes(),
		"app.log.gz":      packed("gzip", logs.Bytes()),
		"app.log.zst":     packed("zstd", logs.Bytes()),
		"document.json":   []byte("[\n {\"email\": \"a@example.com\"},\n {\"email\": \"b@example.com\"}\n]"),
		"long.txt":        append(bytes.Repeat([]byte("c@example.com "), 9000), "\nend"...),
		"empty.txt":       {},
	}
}

func packed(codec string, b []byte) []byte {
	var out bytes.Buffer
	w, err := pipeline.Compress(codec, &out)
	if err != nil {
		panic(err)
	}
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// plain returns b without its compression: what compresses in parallel need not
// give the same bytes twice.
func plain(t *testing.T, b []byte) []byte {
	t.Helper()
	src := pipeline.NewSource(bytes.NewReader(b), "")
	defer src.Close()
	if src.Codec == "" {
		return b
	}
	var out bytes.Buffer
	if _, err := out.ReadFrom(src); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// direct puts an input through a pipeline, without any engine.
func direct(t *testing.T, s Settings, name string, b []byte) ([]byte, *pipeline.Report) {
	t.Helper()
	cfg, err := s.config()
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Keys, err = s.keys(t.Context()); err != nil {
		t.Fatal(err)
	}
	p, err := pipeline.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	src := pipeline.NewSource(bytes.NewReader(b), name)
	defer src.Close()
	var out bytes.Buffer
	w, err := src.Encode(&out)
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Run(t.Context(), src, w)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), r
}

// writeAll writes files into a folder.
func writeAll(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	for name, b := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b, 0o640); err != nil {
			t.Fatal(err)
		}
	}
}

// checkOutputs compares the outputs and the report of a job with what pipelines
// give without an engine. read returns an output by its name.
func checkOutputs(t *testing.T, s Settings, files map[string][]byte, in string, got Summary, read func(name string) ([]byte, error)) {
	t.Helper()
	want := Summary{Version: got.Version, Kinds: map[string]uint64{}}
	for _, name := range sortedNames(files) {
		out, r := direct(t, s, join(in, name), files[name])
		b, err := read(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Equal(plain(t, b), plain(t, out)) {
			t.Errorf("%s: %d bytes, other than the %d without an engine", name, len(b), len(out))
		}
		r.Columns = nil // not in the report of a job, as in scrim run's
		want.Inputs = append(want.Inputs, r)
		for k, n := range r.Kinds {
			want.Kinds[k] += n
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("report (-without an engine +with one):\n%s", d)
	}
}

func sortedNames(files map[string][]byte) []string {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestEmbeddedPrismGivesTheSame(t *testing.T) {
	files := inputs()
	in, out := filepath.Join(t.TempDir(), "in"), filepath.Join(t.TempDir(), "out")
	writeAll(t, in, files)
	_, key := transform.Generate()
	t.Setenv("SCRIM_TEST_KEY", string(key))
	tests := []struct {
		name     string
		settings Settings
		size     int64
	}{
		{"defaults", Settings{}, 64 << 10},
		{"whole files", Settings{}, 1 << 30},
		{"ranges of few records", Settings{}, 7001},
		{"with a key", Settings{Set: []string{"email=hash", "username=drop:record"}, KeyEnv: "SCRIM_TEST_KEY"}, 50_000},
		{"nothing changes", Settings{Set: []string{"*=keep"}}, 50_000},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Run(t.Context(), Config{Patterns: []string{in}, Output: out, Range: tt.size, Settings: tt.settings})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Dead) > 0 {
				t.Errorf("dead letters: %v", r.Dead)
			}
			checkOutputs(t, tt.settings, files, in, r.Report, func(name string) ([]byte, error) {
				return os.ReadFile(filepath.Join(out, name))
			})
			left, _ := filepath.Glob(filepath.Join(out, tempDir, "*"))
			if len(left) > 0 {
				t.Errorf("%d temporary files are left", len(left))
			}
			manifest, err := os.ReadFile(filepath.Join(out, manifestFile))
			if err != nil || bytes.Count(manifest, []byte{'\n'}) != len(files) {
				t.Errorf("manifest: %d lines, want %d (%v)", bytes.Count(manifest, []byte{'\n'}), len(files), err)
			}
			info, err := os.Stat(filepath.Join(out, "app.log"))
			if err != nil || info.Mode().Perm() != 0o640 {
				t.Errorf("the mode of an output is not that of its input: %v", err)
			}
		})
	}
}

func TestMemoryFileSystem(t *testing.T) {
	files := inputs()
	for name, b := range files {
		memfs.Write("memfs://lake/"+name, b)
	}
	out := "memfs://clean"
	r, err := Run(t.Context(), Config{Patterns: []string{"memfs://lake/*", "memfs://lake/sub/*"}, Output: out, Range: 50_000})
	if err != nil {
		t.Fatal(err)
	}
	// What the second pattern names goes by its name behind that pattern's folder.
	want := map[string][]byte{}
	for name, b := range files {
		want[strings.TrimPrefix(name, "sub/")] = b
	}
	for i, in := range r.Report.Inputs {
		r.Report.Inputs[i].Path = strings.Replace(in.Path, "/sub/", "/", 1)
	}
	fsys := memfs.New(t.Context())
	checkOutputs(t, Settings{}, want, "memfs://lake", r.Report, func(name string) ([]byte, error) {
		f, err := fsys.OpenRead(t.Context(), join(out, name))
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		_, err = b.ReadFrom(f)
		return b.Bytes(), err
	})
}

func TestFailuresBecomeDeadLetters(t *testing.T) {
	in, other, out := filepath.Join(t.TempDir(), "in"), filepath.Join(t.TempDir(), "other"), filepath.Join(t.TempDir(), "out")
	whole := packed("gzip", bytes.Repeat([]byte("a@example.com\n"), 1000))
	writeAll(t, in, map[string][]byte{
		"cut.gz":      whole[:len(whole)-9],
		"good.txt":    []byte("a@example.com\n"),
		"twice.txt":   []byte("a@example.com\n"),
		"table.zip":   []byte("PK\x03\x04rest"),
		"scan.pdf":    []byte("%PDF-1.7 a@example.com\n"),
		"twice.gz":    packed("gzip", whole),
		".scrim/mine": []byte("a@example.com\n"),
	})
	writeAll(t, other, map[string][]byte{"twice.txt": []byte("b@example.com\n")})
	r, err := Run(t.Context(), Config{Patterns: []string{in, other, filepath.Join(in, "none*")}, Output: out})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, d := range r.Dead {
		got[filepath.Base(d.Path)] = true
		if _, err := os.Stat(filepath.Join(out, d.Output)); err == nil {
			t.Errorf("%s failed and has an output", d.Path)
		}
	}
	want := map[string]bool{"cut.gz": true, "twice.txt": true, "table.zip": true, "scan.pdf": true, "twice.gz": true, "mine": true, "none*": true}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("dead letters (-want +got):\n%s", d)
	}
	if len(r.Dead) != 8 || len(r.Report.Inputs) != 1 {
		t.Errorf("%d dead letters and %d done, want 8 and 1", len(r.Dead), len(r.Report.Inputs))
	}
}

func TestWhatIsDoneToTheDataIsNotInTheJob(t *testing.T) {
	_, key := transform.Generate()
	t.Setenv("SCRIM_TEST_KEY", string(key))
	s := Settings{Set: []string{"email=mask:keep=3"}, Fields: []string{"caller_of_job=phone"}, KeyEnv: "SCRIM_TEST_KEY"}
	fsys, err := openFS(t.Context(), "memfs://job")
	if err != nil {
		t.Fatal(err)
	}
	name, err := s.stage(t.Context(), fsys, "memfs://job")
	if err != nil {
		t.Fatal(err)
	}
	p, scope := beam.NewPipelineWithRoot()
	build(scope, Config{Patterns: []string{"in"}, Output: "memfs://job", Range: 1, Settings: s}, name)
	edges, _, err := p.Build()
	if err != nil {
		t.Fatal(err)
	}
	env, err := graphx.CreateEnvironment(t.Context(), "beam:env:external:v1", func(context.Context) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	job, err := graphx.Marshal(edges, &graphx.Options{Environment: env})
	if err != nil {
		t.Fatal(err)
	}
	b, err := proto.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	b = fmt.Append(b, beam.PipelineOptions.Export())
	// Payloads are base64 in places, some of them in each other.
	for level, from := 0, b; level < 4; level++ {
		var found []byte
		for _, run := range regexp.MustCompile(`[A-Za-z0-9+/]{16,}={0,2}`).FindAll(from, -1) {
			for cut := range min(4, len(run)) { // a length before it may look like part of it
				if d, err := base64.StdEncoding.DecodeString(string(run[cut:])); err == nil {
					found = append(append(found, '\n'), d...)
				}
			}
		}
		b, from = append(b, found...), found
	}
	if !bytes.Contains(b, []byte("settings-")) {
		t.Error("not even the name of the settings is in the job: the test looks in the wrong place")
	}
	for _, secret := range []string{"mask:keep", "caller_of_job", string(bytes.TrimSpace(key)), "SCRIM_TEST_KEY"} {
		if bytes.Contains(b, []byte(secret)) {
			t.Errorf("the job holds %q", secret)
		}
	}
}
