package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/scrim-dev/scrim/bench"
	"github.com/scrim-dev/scrim/pipeline"
)

// extensions of the codecs that files are written in; snappy in its framed form.
var extensions = map[string]string{"": "", "gzip": ".gz", "zstd": ".zst", "bzip2": ".bz2", "xz": ".xz", "lz4": ".lz4", "snappy": ".sz"}

// A tree is made of mixed files: the same numbers give the same tree.
type tree struct {
	dir   string
	files int   // about how many
	bytes int64 // of text, about
	rng   *rand.Rand

	made int
	text int64
}

// stamp is the time that files and entries carry.
var stamp = time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)

// make writes the tree, with what is under corpus, if it is there, in it.
func (t *tree) make(corpus string) error {
	if err := t.known(); err != nil {
		return err
	}
	if err := t.copies(corpus); err != nil {
		return err
	}
	// Few large files have a good part of the bytes, as in any archive.
	for i, b := range []struct {
		format, codec string
		share         int64
	}{{"text", "", 8}, {"text", "gzip", 16}, {"jsonl", "zstd", 16}, {"csv", "", 32}, {"jsonl", "", 32}, {"text", "xz", 128}, {"csv", "lz4", 64}} {
		if err := t.file(fmt.Sprintf("large/%d", i), b.format, b.codec, t.bytes/b.share); err != nil {
			return err
		}
	}
	archives := t.files / 50
	for i := range archives {
		if err := t.archive(i, t.bytes/int64(8*archives)); err != nil {
			return err
		}
	}
	left, most := t.bytes-t.text, t.files-t.made
	for i := range most {
		// Sizes have an exponential distribution.
		size := int64(t.rng.ExpFloat64() * float64(left) / float64(most))
		format := []string{"text", "text", "text", "jsonl", "csv"}[t.rng.IntN(5)]
		codec := []string{"", "", "", "", "", "", "gzip", "gzip", "gzip", "zstd", "zstd", "bzip2", "xz", "lz4", "snappy"}[t.rng.IntN(15)]
		if err := t.file(fmt.Sprintf("host%02d/%s/%d", i%40, []string{"web", "auth", "app"}[i%3], i), format, codec, size); err != nil {
			return err
		}
	}
	return nil
}

// put writes one file of the tree.
func (t *tree) put(name string, b []byte) error {
	p := filepath.Join(t.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		return err
	}
	t.made++
	if err := os.WriteFile(p, b, 0o640); err != nil {
		return err
	}
	at := stamp.Add(time.Duration(t.made) * time.Second)
	return os.Chtimes(p, at, at)
}

// generated makes a text. Some hold a secret that is named in one line only.
func (t *tree) generated(format string, size int64) ([]byte, error) {
	var b bytes.Buffer
	c := bench.Corpus{Seed: t.rng.Uint64(), Bytes: int(max(size, 200)), Format: format, Density: 0.2, Traps: 0.2}
	if err := c.WriteFile(&b, nil); err != nil {
		return nil, err
	}
	if format == "text" && t.rng.IntN(10) == 0 {
		secret := fmt.Sprintf("q8Wm3Zt%016x", t.rng.Uint64())
		fmt.Fprintf(&b, "retry %s later\napi_key=%s\n", secret, secret)
	}
	t.text += int64(b.Len())
	return b.Bytes(), nil
}

func (t *tree) file(name, format, codec string, size int64) error {
	b, err := t.generated(format, size)
	if err != nil {
		return err
	}
	name += map[string]string{"text": ".log", "jsonl": ".jsonl", "csv": ".csv"}[format] + extensions[codec]
	if codec == "" {
		if t.rng.IntN(20) == 0 {
			b = utf16(b)
		}
		return t.put(name, b)
	}
	var z bytes.Buffer
	parts := [][]byte{b}
	if codec == "gzip" && t.rng.IntN(4) == 0 { // as appended logs are: of two members
		cut := bytes.IndexByte(b[len(b)/2:], '\n') + len(b)/2 + 1
		parts = [][]byte{b[:cut], b[cut:]}
	}
	for _, p := range parts {
		if err := pack(&z, codec, p); err != nil {
			return err
		}
	}
	return t.put(name, z.Bytes())
}

func pack(dst io.Writer, codec string, b []byte) error {
	w, err := pipeline.Compress(codec, dst)
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	return w.Close()
}

// utf16 gives b in UTF-16, little-endian, with its mark.
func utf16(b []byte) []byte {
	out := []byte{0xff, 0xfe}
	for _, r := range string(b) {
		if r > 0xffff {
			r = '?'
		}
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

// archive writes an archive of some forms, one in seven with another in it.
func (t *tree) archive(i int, size int64) error {
	var names []string
	var texts [][]byte
	n := 1 + t.rng.IntN(20)
	for k := range n {
		b, err := t.generated([]string{"text", "jsonl", "csv"}[k%3], size/int64(n))
		if err != nil {
			return err
		}
		names, texts = append(names, fmt.Sprintf("var/log/%d/%d%s", i, k, []string{".log", ".jsonl", ".csv"}[k%3])), append(texts, b)
	}
	if i%7 == 0 {
		inner, err := zipOf(names[:1], texts[:1])
		if err != nil {
			return err
		}
		names, texts = append(names, "older.zip"), append(texts, inner)
	}
	form := []string{".tar.gz", ".zip", ".tar.zst", ".tar"}[i%4]
	name := fmt.Sprintf("archives/%d%s", i, form)
	if form == ".zip" {
		b, err := zipOf(names, texts)
		if err != nil {
			return err
		}
		return t.put(name, b)
	}
	b, err := tarOf(names, texts)
	if err != nil {
		return err
	}
	if codec := map[string]string{".tar.gz": "gzip", ".tar.zst": "zstd"}[form]; codec != "" {
		var z bytes.Buffer
		if err := pack(&z, codec, b); err != nil {
			return err
		}
		b = z.Bytes()
	}
	return t.put(name, b)
}

func tarOf(names []string, texts [][]byte) ([]byte, error) {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i, name := range names {
		if err := w.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o640, Uid: 7, Gid: 8, Size: int64(len(texts[i])), ModTime: stamp}); err != nil {
			return nil, err
		}
		if _, err := w.Write(texts[i]); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

func zipOf(names []string, texts [][]byte) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i, name := range names {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: stamp})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(texts[i]); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// copies puts in what is under corpus, each file as it is and in one codec.
func (t *tree) copies(corpus string) error {
	if corpus == "" {
		return nil
	}
	codecs := []string{"gzip", "zstd", "bzip2", "xz", "lz4", "snappy"}
	return filepath.WalkDir(corpus, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(corpus, p)
		if err != nil {
			return err
		}
		name := "corpus/" + filepath.ToSlash(rel)
		t.text += 2 * int64(len(b))
		if err := t.put(name, b); err != nil || filepath.Ext(p) == ".parquet" {
			return err
		}
		codec := codecs[t.made%len(codecs)]
		var z bytes.Buffer
		if err := pack(&z, codec, b); err != nil {
			return err
		}
		return t.put(name+extensions[codec], z.Bytes())
	})
}

// known puts in the files that faults are planted in.
func (t *tree) known() error {
	text := make([][]byte, faultFiles)
	for i := range text {
		text[i] = knownText(i)
		if err := t.put(fmt.Sprintf("known/%02d.log", i), text[i]); err != nil {
			return err
		}
	}
	for name, codec := range map[string]string{"known/z0.log.gz": "gzip", "known/z1.log.gz": "gzip", "known/z2.log.gz": "gzip", "known/z3.log.zst": "zstd"} {
		var z bytes.Buffer
		if err := pack(&z, codec, text[0]); err != nil {
			return err
		}
		if err := t.put(name, z.Bytes()); err != nil {
			return err
		}
	}
	for i := range 5 {
		b, err := tarOf([]string{"one", "two", "three"}, text[:3])
		if err != nil {
			return err
		}
		if err := t.put(fmt.Sprintf("known/t%d.tar", i), b); err != nil {
			return err
		}
	}
	b, err := zipOf([]string{"one", "two", "three"}, text[:3])
	if err != nil {
		return err
	}
	if err := t.put("known/a.zip", b); err != nil {
		return err
	}
	var csv, jsonl bytes.Buffer
	csv.WriteString("id,mail,note\r\n")
	for i := range 300 {
		fmt.Fprintf(&csv, "%d,user%d@example.com,\"said \"\"no\"\", then\nleft\"\r\n", i, i)
		fmt.Fprintf(&jsonl, `{"n":%d,"mail":"user%d@example.com","note":"a \"b\""}`+"\n", i, i)
	}
	if err := t.put("known/table.csv", csv.Bytes()); err != nil {
		return err
	}
	if err := t.put("known/utf16.log", utf16(text[0])); err != nil {
		return err
	}
	return t.put("known/events.jsonl", jsonl.Bytes())
}

// knownLines is how many lines the known texts have.
const knownLines = 1000

// knownText returns a log in which every line is another, with a secret that is
// named in its last line and stands in its first.
func knownText(n int) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "retry q8Wm3ZtY6bVr1KxP%04d later\n", n)
	for i := 2; i < knownLines; i++ {
		fmt.Fprintf(&b, "2026-03-14T09:%02d:%02dZ job %d by user%d@example.com from 203.0.113.%d took %d ms\n", i/60%60, i%60, i*7919+n, n*knownLines+i, 1+i%250, i)
	}
	fmt.Fprintf(&b, "api_key=q8Wm3ZtY6bVr1KxP%04d\n", n)
	return b.Bytes()
}
