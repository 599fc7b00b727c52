package main

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/scrim-dev/scrim/pipeline"
)

// sums returns the hash of every file under dir.
func sums(dir string) (map[string]string, error) {
	out := map[string]string{}
	err := files(dir, func(name string, f *os.File) error {
		h := sha256.New()
		_, err := io.Copy(h, f)
		out[name] = fmt.Sprintf("%x", h.Sum(nil))
		return err
	})
	return out, err
}

// size returns how many bytes are in the files under dir.
func size(dir string) (n int64, err error) {
	return n, files(dir, func(_ string, f *os.File) error {
		info, err := f.Stat()
		if err == nil {
			n += info.Size()
		}
		return err
	})
}

func files(dir string, do func(name string, f *os.File) error) error {
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		name, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		return do(filepath.ToSlash(name), f)
	})
}

// same says in what two folders differ, "" if they do not.
func same(want, got map[string]string) string {
	for name, sum := range want {
		if got[name] != sum {
			return name + " is another or not there"
		}
	}
	for name := range got {
		if want[name] == "" {
			return name + " is left over"
		}
	}
	return ""
}

// unfinished says whether a name is none that an output has.
func unfinished(name string) bool {
	return strings.HasPrefix(name, ".scrim/") || strings.HasPrefix(filepath.Base(name), ".scrim-tmp")
}

// readers are programs that read what scrim wrote, by the end of its name: those
// of codecs write the text, those of archives test them.
var readers = []struct {
	end, codec string
	argv       []string
}{
	{".gz", "gzip", []string{"gzip", "-dc"}}, {".zst", "zstd", []string{"zstd", "-dcq"}}, {".bz2", "bzip2", []string{"bzip2", "-dc"}},
	{".xz", "xz", []string{"xz", "-dc"}}, {".lz4", "lz4", []string{"lz4", "-dcq"}},
	{".sz", "snappy", []string{"python3", "-c", "import sys, cramjam; sys.stdout.buffer.write(bytes(cramjam.snappy.decompress(open(sys.argv[1], 'rb').read())))"}},
	{".tar", "", []string{"tar", "-tf"}}, {".tar.gz", "", []string{"tar", "-tzf"}}, {".tar.zst", "", []string{"tar", "--zstd", "-tf"}}, {".zip", "", []string{"unzip", "-tq"}},
}

// readBack has other programs read the outputs.
func (n *night) readBack() error {
	for _, r := range readers {
		count, missing, bad := 0, false, ""
		err := files(n.output("out"), func(name string, f *os.File) error {
			if !strings.HasSuffix(name, r.end) || missing || r.codec != "" && strings.Contains(name, ".tar") {
				return n.ctx.Err()
			}
			got, err := exec.CommandContext(n.ctx, r.argv[0], append(r.argv[1:len(r.argv):len(r.argv)], f.Name())...).Output()
			if count == 0 && err != nil && (len(got) == 0) && !installed(r.argv) {
				missing = true
				return nil
			}
			count++
			if err != nil {
				bad = fmt.Sprintf("%s: %v", name, err)
				return nil
			}
			if r.codec != "" {
				bad = cmp.Or(bad, n.compare(f.Name(), name, got))
			}
			return nil
		})
		if err != nil {
			return err
		}
		switch {
		case missing:
			n.row("read by "+r.argv[0]+": "+r.end, nil, "left out: not installed", true)
		case bad != "":
			n.row("read by "+r.argv[0]+": "+r.end, nil, bad, false)
		default:
			n.row("read by "+r.argv[0]+": "+r.end, nil, fmt.Sprintf("%d outputs", count), count > 0)
		}
	}
	return nil
}

// installed says whether a reader is there, with the module that it imports.
func installed(argv []string) bool {
	if _, err := exec.LookPath(argv[0]); err != nil {
		return false
	}
	return argv[0] != "python3" || exec.Command("python3", "-c", "import cramjam").Run() == nil
}

// compare compares the text that another program read with what scrim reads.
func (n *night) compare(path, name string, got []byte) string {
	src, err := pipeline.Open(path)
	if err != nil {
		return name + ": " + err.Error()
	}
	defer src.Close()
	want, err := io.ReadAll(src)
	if err != nil {
		return name + ": " + err.Error()
	}
	// Without its mark, and in UTF-8, as scrim reads it.
	text := pipeline.NewSource(bytes.NewReader(got), name)
	defer text.Close()
	if got, err = io.ReadAll(text); err != nil || !bytes.Equal(got, want) {
		return name + ": another text"
	}
	return ""
}
