package job

import (
	"archive/tar"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// record returns line i of a log in which every line is another.
func record(i int) string {
	return fmt.Sprintf("2024-05-01T10:%02d:%02dZ job %d by user%d@example.com from 203.0.113.%d took %d ms\n", i/60%60, i%60, i*7919, i, i%250, i%997)
}

func records(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		b.WriteString(record(i))
	}
	return b.String()
}

func csvOf(n int) string {
	b := "id,mail,note\r\n"
	for i := range n {
		b += fmt.Sprintf("%d,user%d@example.com,\"said \"\"no\"\", then\nleft\"\r\n", i, i)
	}
	return b
}

func jsonOf(n int) string {
	b := ""
	for i := range n {
		b += fmt.Sprintf(`{"n":%d,"mail":"user%d\u0040example.com","phone":15145550%03d}`+"\n", i, i, i%1000)
	}
	return b
}

// verifySet makes inputs and runs them.
func verifySet(t *testing.T, cfg pipeline.Config) (in, out string) {
	t.Helper()
	key := "-----BEGIN PRIVATE KEY-----\n" + strings.Repeat("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDr0Zs\n", 4) + "-----END PRIVATE KEY-----\n"
	in = tree(t, map[string]string{
		"app.log":      records(0, 3000),
		"sub/b.log":    records(3000, 3100),
		"packed.gz":    gzipOf(t, records(4000, 5000)),
		"table.csv":    csvOf(300),
		"events.jsonl": jsonOf(300),
		"key.log":      record(1) + key + record(2),
		"secret.log":   "retry q8Wm3ZtY6bVr1KxP4n\n" + record(1) + "api_key=q8Wm3ZtY6bVr1KxP4n\n",
		"utf16.log":    "\xff\xfea\x00@\x00b\x00.\x00c\x00a\x00\n\x00",
		"arch.tgz": gzipOf(t, tarOf(t, []tar.Header{{Name: "one", Typeflag: tar.TypeReg, Mode: 0o600}, {Name: "two", Typeflag: tar.TypeReg, Mode: 0o600}},
			records(0, 50), records(50, 90))),
	})
	out = t.TempDir()
	if _, failed := runJob(t, Config{Pipeline: cfg, Inputs: Inputs{Paths: []string{in}}, Output: out}); len(failed) > 0 {
		t.Fatal(failed)
	}
	return in, out
}

func verifyIt(t *testing.T, cfg VerifyConfig) *VerifyReport {
	t.Helper()
	r, err := Verify(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestVerifyPasses(t *testing.T) {
	keyed := pipeline.Config{Keys: transform.Ephemeral()}
	for _, s := range []string{"email=hash", "ipv4=ip-prefix", "*=mask"} {
		r, err := pipeline.ParseSet(s)
		if err != nil {
			t.Fatal(err)
		}
		keyed.Policy.Rules = append(keyed.Policy.Rules, r)
	}
	kept := pipeline.Config{}
	kept.Policy.Rules = []pipeline.Rule{{Kinds: []detect.Kind{detect.Email}, Transform: transform.Spec{Name: "keep"}}}
	other := keyed
	other.Keys = transform.Ephemeral()
	for name, c := range map[string]struct {
		run, verify pipeline.Config
		unknown     bool
	}{
		"default":     {},
		"keyed":       {run: keyed, verify: keyed},
		"unknown key": {run: keyed, verify: other, unknown: true},
		"kept":        {run: kept, verify: kept},
	} {
		in, out := verifySet(t, c.run)
		r := verifyIt(t, VerifyConfig{Pipeline: c.verify, UnknownKey: c.unknown, Inputs: Inputs{Paths: []string{in}}, After: out})
		if !r.OK || r.Files != 9 || r.Entries != 2 || r.Values == 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// TestVerifyCatches plants one fault at a time.
func TestVerifyCatches(t *testing.T) {
	in, out := verifySet(t, pipeline.Config{})
	edit := func(name, old, new string) func(*testing.T) {
		return func(t *testing.T) {
			p := filepath.Join(out, name)
			b, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Count(string(b), old) == 0 {
				t.Fatalf("%s has nothing to change", name)
			}
			if err := os.WriteFile(p, []byte(strings.Replace(string(b), old, new, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	write := func(name, content string) func(*testing.T) {
		return func(t *testing.T) {
			if err := os.WriteFile(filepath.Join(out, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	clean := func(from, to int) string {
		got, failed := runOne(t, records(from, to), nil)
		if failed != "" {
			t.Fatal(failed)
		}
		return got
	}
	app := clean(0, 3000)
	lines := strings.SplitAfter(app, "\n")
	swap := func(i, k int) string {
		l := append([]string(nil), lines...)
		l[i], l[k] = l[k], l[i]
		return strings.Join(l, "")
	}
	drop := func(i, n int) string {
		return strings.Join(lines[:i], "") + strings.Join(lines[i+n:], "")
	}
	original := records(0, 3000)
	faults := []struct {
		name string
		do   func(*testing.T)
		want string // besides what the manifest says
		line int64
	}{
		{"a value in its place", edit("app.log", lines[1000], record(1000)), FaultSurvives, 1001},
		{"another's value in its place", edit("app.log", lines[1000], strings.Replace(lines[1000], "[EMAIL]", "user7@example.com", 1)), FaultValue, 1001},
		{"an address with its host part", edit("app.log", lines[42], strings.Replace(lines[42], "203.0.113.0", "203.0.113.42", 1)), FaultSurvives, 43},
		{"a value in upper case, elsewhere", edit("app.log", "job 0 by", "job USER9@EXAMPLE.COM by"), FaultChanged, 1},
		{"a line lost", write("app.log", drop(500, 1)), FaultLost, 501},
		{"ten lines lost", write("app.log", drop(500, 10)), FaultLost, 501},
		{"the last line lost", write("app.log", drop(2999, 1)), FaultLost, 3000},
		{"the end lost", write("app.log", app[:len(app)-1]), FaultChanged, 3000},
		{"half the file lost", write("app.log", drop(1500, 1500)), FaultLost, 1501},
		{"a line twice", edit("app.log", lines[700], lines[700]+lines[700]), FaultAdded, 702},
		{"a line added at the end", write("app.log", app+"x\n"), FaultAdded, 3001},
		{"two lines swapped", write("app.log", swap(100, 101)), FaultLost, 101},
		{"a byte changed", edit("app.log", "took 7 ms", "took 8 ms"), FaultChanged, 8},
		{"a byte added", edit("app.log", "job 15838 by", "job 15838  by"), FaultChanged, 3},
		{"another line end", edit("app.log", "ms\n", "ms\r\n"), FaultChanged, 1},
		{"another label", edit("app.log", "[EMAIL]", "[PHONE]"), FaultValue, 1},
		{"files swapped", write("sub/b.log", app), FaultChanged, 0},
		{"not done at all", write("app.log", original), FaultSurvives, 1},
		{"emptied", write("app.log", ""), FaultLost, 1},
		{"cut short gzip", edit("packed.gz", string([]byte{}), ""), "", 0}, // replaced below
		{"unpacked", write("packed.gz", clean(4000, 5000)), FaultForm, 0},
		{"an entry changed", write("arch.tgz", gzipOf(t, tarOf(t, []tar.Header{{Name: "one", Typeflag: tar.TypeReg, Mode: 0o600}, {Name: "two", Typeflag: tar.TypeReg, Mode: 0o600}}, clean(0, 50), records(50, 90)))), FaultSurvives, 1},
		{"an entry lost", write("arch.tgz", gzipOf(t, tarOf(t, []tar.Header{{Name: "one", Typeflag: tar.TypeReg, Mode: 0o600}}, clean(0, 50)))), FaultMissing, 0},
		{"an entry of another name", write("arch.tgz", gzipOf(t, tarOf(t, []tar.Header{{Name: "uno", Typeflag: tar.TypeReg, Mode: 0o600}, {Name: "two", Typeflag: tar.TypeReg, Mode: 0o600}}, clean(0, 50), clean(50, 90)))), FaultForm, 0},
		{"a secret where nothing names it", edit("secret.log", "retry [API_KEY]", "retry q8Wm3ZtY6bVr1KxP4n"), FaultSurvives, 1},
		{"a CSV quote lost", edit("table.csv", `"said ""no""`, `"said "no"`), FaultChanged, 2},
		{"a JSON number changed", edit("events.jsonl", `"n":5,`, `"n":777,`), FaultChanged, 6},
		{"a file gone", func(t *testing.T) {
			if err := os.Remove(filepath.Join(out, "sub/b.log")); err != nil {
				t.Fatal(err)
			}
		}, FaultMissing, 0},
		{"a file more", write("more.log", "x\n"), FaultExtra, 0},
	}
	saved := contents(t, out)
	faults[19].do = write("packed.gz", saved["packed.gz"][:len(saved["packed.gz"])-30])
	faults[19].want = FaultUnreadable
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			f.do(t)
			defer func() {
				_ = os.Remove(filepath.Join(out, "more.log"))
				for name, b := range saved {
					if err := os.WriteFile(filepath.Join(out, name), []byte(b), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}()
			for _, manifest := range []bool{true, false} {
				if !manifest { // what the hashes say is not all that is seen
					hidden := filepath.Join(t.TempDir(), "state")
					if err := os.Rename(filepath.Join(out, stateDir), hidden); err != nil {
						t.Fatal(err)
					}
					defer os.Rename(hidden, filepath.Join(out, stateDir))
				}
				r := verifyIt(t, VerifyConfig{Inputs: Inputs{Paths: []string{in}}, After: out})
				seen := false
				for _, x := range r.Faults {
					seen = seen || x.What == f.want && (f.line == 0 || x.After == f.line)
				}
				if r.OK || !seen {
					t.Errorf("manifest %v: want %s at line %d, got %+v", manifest, f.want, f.line, r.Faults)
				}
			}
		})
	}
	if r := verifyIt(t, VerifyConfig{Inputs: Inputs{Paths: []string{in}}, After: out}); !r.OK {
		t.Errorf("with all faults mended: %+v", r.Faults)
	}
}

// TestVerifyWithoutKey plants faults where what stands for values is not known.
func TestVerifyWithoutKey(t *testing.T) {
	set, err := pipeline.ParseSet("email=hash")
	if err != nil {
		t.Fatal(err)
	}
	cfg := pipeline.Config{Keys: transform.Ephemeral()}
	cfg.Policy.Rules = []pipeline.Rule{set}
	other := cfg
	other.Keys = transform.Ephemeral()
	before := records(0, 500)
	after, failed := runOne(t, before, func(c *Config) { c.Pipeline = cfg })
	if failed != "" {
		t.Fatal(failed)
	}
	lines := strings.SplitAfter(after, "\n")
	token := lines[77][strings.Index(lines[77], "by ")+3 : strings.Index(lines[77], " from")]
	for name, c := range map[string]struct{ after, want string }{
		"as it should be":      {after, ""},
		"a value in its place": {strings.Replace(after, token, "user77@example.com", 1), FaultSurvives},
		"another's value":      {strings.Replace(after, token, "user78@example.com", 1), FaultSurvives},
		"a byte outside":       {strings.Replace(after, "took 78 ms", "took 79 ms", 1), FaultChanged},
		"a line lost":          {strings.Replace(after, lines[77], "", 1), FaultLost},
	} {
		dir := tree(t, map[string]string{"before": before, "after": c.after})
		r := verifyIt(t, VerifyConfig{Pipeline: other, UnknownKey: true, Inputs: Inputs{Paths: []string{filepath.Join(dir, "before")}}, After: filepath.Join(dir, "after")})
		seen := c.want == "" && r.OK
		for _, x := range r.Faults {
			seen = seen || x.What == c.want
		}
		if !seen {
			t.Errorf("%s: %+v", name, r.Faults)
		}
	}
}

// TestParquetGoesThrough runs the Parquet reader's own generator where there is
// pyarrow, alone and in an archive, and verifies the result.
func TestParquetGoesThrough(t *testing.T) {
	in := t.TempDir()
	script := `import sys, tarfile, pyarrow as pa, pyarrow.parquet as pq
t = pa.table({"id": list(range(900)), "mail": ["user%d@example.com" % (i % 70) for i in range(900)]})
pq.write_table(t, sys.argv[1] + "/t.parquet")
with tarfile.open(sys.argv[1] + "/t.tgz", "w:gz") as f: f.add(sys.argv[1] + "/t.parquet", "x/t.parquet")
`
	if err := exec.Command("python3", "-c", script, in).Run(); err != nil {
		t.Skip("no python3 with pyarrow to write a Parquet file with: ", err)
	}
	out := t.TempDir()
	s, failed := runJob(t, Config{Inputs: Inputs{Paths: []string{in}}, Output: out})
	if s.Done != 2 || len(failed) > 0 {
		t.Fatalf("%+v %v", s, failed)
	}
	for name, b := range contents(t, out) {
		if strings.Contains(b, "user1@") {
			t.Errorf("%s still has an address", name)
		}
	}
	cfg := VerifyConfig{Inputs: Inputs{Paths: []string{in}}, After: out}
	if r := verifyIt(t, cfg); !r.OK || r.Values != 1800 {
		t.Errorf("%+v", r)
	}
	p := filepath.Join(out, "t.parquet")
	b, err := os.ReadFile(p)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/3] ^= 1
	if err := os.WriteFile(p, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if r := verifyIt(t, cfg); r.OK {
		t.Error("a changed byte is not seen")
	}
}
