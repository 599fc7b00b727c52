package job

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/scrim-dev/scrim/pipeline"
)

var stamp = time.Date(2021, 3, 4, 5, 6, 7, 0, time.UTC)

// tarOf makes a tar archive.
func tarOf(t testing.TB, list []tar.Header, texts ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := range list {
		h := list[i]
		text := ""
		if i < len(texts) {
			text = texts[i]
		}
		h.Size = int64(len(text))
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// readTar returns the headers and contents of a tar archive.
func readTar(t testing.TB, s string) (list []tar.Header, texts []string) {
	t.Helper()
	r := tar.NewReader(strings.NewReader(s))
	for {
		h, err := r.Next()
		if err == io.EOF {
			return list, texts
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		list, texts = append(list, *h), append(texts, string(b))
	}
}

func zipOf(t testing.TB, list []zip.FileHeader, texts ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range list {
		h := list[i]
		f, err := w.CreateHeader(&h)
		if err != nil {
			t.Fatal(err)
		}
		if i < len(texts) {
			if _, err := io.WriteString(f, texts[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipOf(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gunzip(t testing.TB, s string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// runOne runs a file of this content and returns what it became, or why not.
func runOne(t testing.TB, content string, change func(*Config)) (string, string) {
	t.Helper()
	in, out := filepath.Join(t.TempDir(), "x"), t.TempDir()
	if err := os.WriteFile(in, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	failed := ""
	cfg := Config{Inputs: Inputs{Paths: []string{in}}, Output: out, Failed: func(_ string, err error) { failed = err.Error() }}
	if change != nil {
		change(&cfg)
	}
	j, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(out, "x"))
	if failed != "" {
		if left := contents(t, out); !errors.Is(err, os.ErrNotExist) || len(left) > 0 {
			t.Errorf("it failed and left %d files", len(left))
		}
		return "", failed
	}
	return string(b), ""
}

func TestTarWithOddEntries(t *testing.T) {
	long := strings.Repeat("long/", 60) + "é.log"
	list := []tar.Header{
		{Name: "dir/", Typeflag: tar.TypeDir, Mode: 0o755, ModTime: stamp},
		{Name: "dir/a.log", Typeflag: tar.TypeReg, Mode: 0o640, ModTime: stamp, Uid: 7, Gid: 8, Uname: "u", Gname: "g"},
		{Name: "dir/link", Typeflag: tar.TypeSymlink, Linkname: "../../etc/x", Mode: 0o777, ModTime: stamp},
		{Name: "dir/hard", Typeflag: tar.TypeLink, Linkname: "dir/a.log", Mode: 0o640, ModTime: stamp},
		{Name: "dev", Typeflag: tar.TypeChar, Devmajor: 1, Devminor: 3, Mode: 0o666, ModTime: stamp},
		{Name: "fifo", Typeflag: tar.TypeFifo, Mode: 0o600, ModTime: stamp},
		{Name: long, Typeflag: tar.TypeReg, Mode: 0o600, ModTime: stamp.Add(123456789), Format: tar.FormatPAX,
			PAXRecords: map[string]string{"SCHILY.xattr.user.x": "y"}},
		{Name: "empty", Typeflag: tar.TypeReg, Mode: 0o600, ModTime: stamp},
	}
	texts := []string{"", line, "", "", "", "", strings.Repeat(line, 3)}
	in := tarOf(t, list, texts...)
	for name, pack := range map[string]func(testing.TB, string) string{
		"tar":    func(_ testing.TB, s string) string { return s },
		"tar.gz": gzipOf,
	} {
		out, failed := runOne(t, pack(t, in), func(c *Config) { c.Limits.EntryMemory = 64 }) // most go to a file
		if failed != "" {
			t.Errorf("%s: %s", name, failed)
			continue
		}
		if name == "tar.gz" {
			out = gunzip(t, out)
		}
		got, gotTexts := readTar(t, out)
		want, _ := readTar(t, in)
		if d := cmp.Diff(want, got, cmpopts.IgnoreFields(tar.Header{}, "Size")); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if gotTexts[1] != cleanLine || gotTexts[6] != strings.Repeat(cleanLine, 3) {
			t.Errorf("%s: texts %q", name, gotTexts)
		}
	}
}

func TestZip(t *testing.T) {
	list := []zip.FileHeader{
		{Name: "d/", Modified: stamp},
		{Name: "d/a.log", Modified: stamp, Method: zip.Deflate, Comment: "c"},
		{Name: "stored", Modified: stamp, Method: zip.Store},
		{Name: "empty", Modified: stamp, Method: zip.Deflate},
	}
	list[1].SetMode(0o640)
	in := zipOf(t, list, "", line, line+line)
	inner := tarOf(t, []tar.Header{{Name: "in.zip", Typeflag: tar.TypeReg, Mode: 0o600}}, in)
	for name, content := range map[string]string{"zip": in, "zip in tar": inner, "zip in gzip": gzipOf(t, in)} {
		out, failed := runOne(t, content, nil)
		if failed != "" {
			t.Errorf("%s: %s", name, failed)
			continue
		}
		switch name {
		case "zip in tar":
			_, texts := readTar(t, out)
			out = texts[0]
		case "zip in gzip":
			out = gunzip(t, out)
		}
		r, err := zip.NewReader(strings.NewReader(out), int64(len(out)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i, f := range r.File {
			rc, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(rc)
			if err != nil {
				t.Fatal(err)
			}
			want := []string{"", cleanLine, cleanLine + cleanLine, ""}[i]
			if string(b) != want || f.Name != list[i].Name || f.Method != list[i].Method || !f.Modified.Equal(stamp) || i == 1 && (f.Mode() != 0o640 || f.Comment != "c") {
				t.Errorf("%s: entry %d: %v, %v, %v: %q", name, i, f.FileHeader, f.Mode(), f.Modified, b)
			}
		}
	}
}

func TestArchivesThatAreRefused(t *testing.T) {
	file := func(name string) []tar.Header { return []tar.Header{{Name: name, Typeflag: tar.TypeReg, Mode: 0o600}} }
	nest := func(n int) string {
		s := line
		for range n {
			s = tarOf(t, file("x"), s)
		}
		return s
	}
	encrypted := []byte(zipOf(t, []zip.FileHeader{{Name: "a"}}, line))
	encrypted[6] |= 1
	i := bytes.Index(encrypted, []byte("PK\x01\x02"))
	encrypted[i+8] |= 1
	damaged := []byte(tarOf(t, []tar.Header{{Name: "a", Typeflag: tar.TypeReg}, {Name: "b", Typeflag: tar.TypeReg}}, line, line))
	damaged[1024] ^= 0x55
	for name, c := range map[string]struct {
		content string
		want    string // "" is that it is done
	}{
		"tar climbs":              {tarOf(t, file("../x"), line), "entry 1: its name climbs"},
		"tar, absolute":           {tarOf(t, file("/etc/x"), line), "climbs"},
		"tar, windows":            {tarOf(t, file(`..\x`), line), "climbs"},
		"tar, hard link climbs":   {tarOf(t, []tar.Header{{Name: "a", Linkname: "../x", Typeflag: tar.TypeLink}}), "climbs"},
		"zip climbs":              {zipOf(t, []zip.FileHeader{{Name: "ok"}, {Name: "a/../../x"}}, line, line), "entry 2: its name climbs"},
		"encrypted zip":           {string(encrypted), "is encrypted"},
		"zip, cut short":          {zipOf(t, []zip.FileHeader{{Name: "a"}}, line)[:60], "damaged"},
		"tar, damaged":            {string(damaged), "entry 2: the archive is damaged"},
		"tar, cut short":          {tarOf(t, file("a"), strings.Repeat(line, 40))[:1000], "damaged"},
		"three deep":              {nest(3), ""},
		"four deep":               {nest(4), "--archive-depth"},
		"gzip in gzip in gzip":    {gzipOf(t, gzipOf(t, gzipOf(t, line))), ""},
		"five times gzip":         {gzipOf(t, gzipOf(t, gzipOf(t, gzipOf(t, gzipOf(t, line))))), "--archive-depth"},
		"a 7z archive in a tar":   {tarOf(t, file("x"), "7z\xbc\xaf\x27\x1c\x00\x04"), "a 7z archive"},
		"a Parquet file in a tar": {tarOf(t, file("x"), "PAR1"+line+"PAR1"), "parquet"},
		"text that begins ORC":    {"ORCHID\n" + line, ""},
	} {
		_, failed := runOne(t, c.content, nil)
		if c.want == "" && failed != "" || !strings.Contains(failed, c.want) {
			t.Errorf("%s: %q, want %q", name, failed, c.want)
		}
		if strings.Contains(failed, "example.com") {
			t.Errorf("%s: the error tells the input", name)
		}
	}
}

func TestArchiveDepthZero(t *testing.T) {
	in := tarOf(t, []tar.Header{{Name: "x", Typeflag: tar.TypeReg}}, line)
	if _, failed := runOne(t, in, func(c *Config) { c.Limits.ArchiveDepth = -1 }); !strings.Contains(failed, "--archive-depth") {
		t.Errorf("%q", failed)
	}
}

func TestBombs(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks some hundred megabytes")
	}
	zeros := gzipOf(t, strings.Repeat("\n", UnpackFree+1<<20)) // about a thousand to one
	small := gzipOf(t, strings.Repeat("\n", UnpackFree-1<<20))
	hole := strings.Repeat("\n", 40<<20)
	for name, c := range map[string]struct {
		content string
		bomb    bool
	}{
		"gzip":         {zeros, true},
		"below":        {small, false},
		"gzip in gzip": {gzipOf(t, zeros), true},
		"zip":          {zipOf(t, []zip.FileHeader{{Name: "a", Method: zip.Deflate}, {Name: "b", Method: zip.Deflate}}, hole, hole), true},
	} {
		out, failed := runOne(t, c.content, nil)
		if c.bomb != strings.Contains(failed, "decompression bomb") || c.bomb != (out == "") {
			t.Errorf("%s (%d bytes): %q", name, len(c.content), failed)
		}
	}
}

func TestNamesInArchives(t *testing.T) {
	in := tarOf(t, []tar.Header{{Name: "home/a@example.com.log", Typeflag: tar.TypeReg, Uname: "someone", Mode: 0o600}}, line)
	out, failed := runOne(t, in, func(c *Config) { c.Names = true })
	list, _ := readTar(t, out)
	if failed != "" || list[0].Name != "home/[EMAIL].log" || list[0].Uname != "" {
		t.Errorf("%s %+v", failed, list)
	}
}

// FuzzContainers passes whatever comes through, in memory: it must end, without a
// panic, and what it writes must be of a form that can be passed through again.
func FuzzContainers(f *testing.F) {
	entry := []tar.Header{{Name: "x", Typeflag: tar.TypeReg}}
	f.Add([]byte(tarOf(f, entry, line)))
	f.Add([]byte(zipOf(f, []zip.FileHeader{{Name: "x", Method: zip.Deflate}}, line)))
	f.Add([]byte(gzipOf(f, line)))
	f.Add([]byte(gzipOf(f, tarOf(f, entry, zipOf(f, []zip.FileHeader{{Name: "x"}}, line)))))
	pipe, err := pipeline.New(pipeline.Config{Workers: 1, BatchSize: 4096})
	if err != nil {
		f.Fatal(err)
	}
	limits := Limits{EntryMemory: 1 << 20}
	limits.setDefaults()
	pass := func(b []byte, out io.Writer) error {
		x := &passage{pipe: pipe, limits: limits, temp: privateFile}
		x.budget.ratio, x.budget.stored = limits.Ratio, func() int64 { return int64(len(b)) }
		return x.run(context.Background(), newInput(bytes.NewReader(b), new(atomic.Int64)), nil, out, "input")
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var out bytes.Buffer
		if pass(b, &out) != nil {
			return
		}
		if err := pass(out.Bytes(), io.Discard); err != nil {
			t.Errorf("what was written cannot be read: %v", err)
		}
	})
}
