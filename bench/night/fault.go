package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A fault is planted in an output; verify must find it.
type fault struct {
	name string // what it is
	file string // where it is planted, from the output folder
	do   func(p *planter) error
	want string // what verify must call it
	line int
}

// faultFiles is how many known logs there are: one for each fault in a log.
const faultFiles = 24

func log(i int) string { return fmt.Sprintf("known/%02d.log", i) }

// faults are all different in kind, and each has a file of its own, so that one
// run of verify has to tell them apart.
var faults = []fault{
	{"a value in its place", log(0), (*planter).restore, "survives", 500},
	{"another's value in its place", log(1), func(p *planter) error { return p.line(500, "[EMAIL]", "someone@example.net") }, "value", 500},
	{"a value in capitals elsewhere in its line", log(2), func(p *planter) error { return p.line(500, "job", "job USER2498@EXAMPLE.COM") }, "changed", 500},
	{"an address with its host part", log(3), func(p *planter) error { return p.line(500, "203.0.113.0", "203.0.113.1") }, "survives", 500},
	{"a secret where nothing names it", log(4), func(p *planter) error { return p.line(1, "[API_KEY]", "q8Wm3ZtY6bVr1KxP0004") }, "survives", 1},
	{"another kind's label", log(5), func(p *planter) error { return p.line(500, "[EMAIL]", "[PHONE]") }, "value", 500},
	{"a line lost", log(6), func(p *planter) error {
		return p.lines(func(l []string) []string { return append(l[:499], l[500:]...) })
	}, "lost", 500},
	{"ten lines lost", log(7), func(p *planter) error {
		return p.lines(func(l []string) []string { return append(l[:499], l[509:]...) })
	}, "lost", 500},
	{"the last line lost", log(8), func(p *planter) error { return p.lines(func(l []string) []string { return l[:len(l)-1] }) }, "lost", knownLines},
	{"half of it lost", log(9), func(p *planter) error { return p.lines(func(l []string) []string { return l[:len(l)/2] }) }, "lost", knownLines/2 + 1},
	{"emptied", log(10), func(p *planter) error { p.b = nil; return nil }, "lost", 1},
	{"the last line end lost", log(11), func(p *planter) error { p.b = p.b[:len(p.b)-1]; return nil }, "changed", knownLines},
	{"a line twice", log(12), func(p *planter) error {
		return p.lines(func(l []string) []string { return append(l[:500], append([]string{l[499]}, l[500:]...)...) })
	}, "added", 501},
	{"a line at the end", log(13), func(p *planter) error { p.b = append(p.b, "x\n"...); return nil }, "added", knownLines + 1},
	{"two lines swapped", log(14), func(p *planter) error {
		return p.lines(func(l []string) []string { l[499], l[500] = l[500], l[499]; return l })
	}, "lost", 500},
	{"a byte changed", log(15), func(p *planter) error { return p.line(500, "took 500", "took 501") }, "changed", 500},
	{"a byte added", log(16), func(p *planter) error { return p.line(500, "took", "took ") }, "changed", 500},
	{"another line end", log(17), func(p *planter) error { return p.line(500, "ms\n", "ms\r\n") }, "changed", 500},
	{"the output of another input", log(18), func(p *planter) error { return p.from(p.out, log(19)) }, "changed", 0},
	{"the input itself", log(20), func(p *planter) error { return p.from(p.in, log(20)) }, "survives", 2},
	{"gone", log(21), func(p *planter) error { p.gone = true; return nil }, "missing", 0},
	{"an output without an input", "known/more.log", func(p *planter) error { p.b = []byte("x\n"); return nil }, "extra", 0},
	{"gzip cut short", "known/z0.log.gz", func(p *planter) error { p.b = p.b[:len(p.b)-20]; return nil }, "unreadable", 0},
	{"a bit of a gzip flipped", "known/z1.log.gz", func(p *planter) error { p.b[len(p.b)/2] ^= 1; return nil }, "unreadable", 0},
	{"unpacked", "known/z2.log.gz", func(p *planter) error { return p.from(p.out, log(0)) }, "form", 0},
	{"another codec", "known/z3.log.zst", func(p *planter) error { return p.from(p.out, "known/z0.log.gz") }, "form", 0},
	{"an entry that was not done", "known/t0.tar", func(p *planter) error {
		return p.entries(func(h *tar.Header, b []byte) []byte {
			if h.Name == "two" {
				return knownText(1)
			}
			return b
		})
	}, "survives", 2},
	{"an entry lost", "known/t1.tar", func(p *planter) error {
		return p.entries(func(h *tar.Header, b []byte) []byte {
			if h.Name == "two" {
				return nil
			}
			return b
		})
	}, "missing", 0},
	{"an entry of another name", "known/t2.tar", func(p *planter) error {
		return p.entries(func(h *tar.Header, b []byte) []byte { h.Name += "x"; return b })
	}, "form", 0},
	{"an entry of another mode", "known/t3.tar", func(p *planter) error {
		return p.entries(func(h *tar.Header, b []byte) []byte { h.Mode = 0o777; return b })
	}, "form", 0},
	{"an entry of another time", "known/t4.tar", func(p *planter) error {
		return p.entries(func(h *tar.Header, b []byte) []byte { h.ModTime = stamp.Add(1e9); return b })
	}, "form", 0},
	{"an archive of another kind", "known/a.zip", func(p *planter) error { return p.from(p.out, "known/t0.tar") }, "form", 0},
	{"a quote of CSV lost", "known/table.csv", func(p *planter) error { return p.replace(`"said ""no""`, `"said "no"`) }, "changed", 2},
	{"a JSON number changed", "known/events.jsonl", func(p *planter) error { return p.replace(`"n":5,`, `"n":777,`) }, "changed", 6},
	{"another character set", "known/utf16.log", func(p *planter) error { return p.from(p.out, log(0)) }, "form", 0},
	{"a line of the manifest lost", log(22), func(p *planter) error { return p.manifest(log(22), "", "") }, "manifest", 0},
	{"a hash of the manifest changed", log(23), func(p *planter) error { return p.manifest(log(23), `"output_sha256":"`, `"output_sha256":"00`) }, "manifest", 0},
}

// A planter plants a fault in b, the content of a file of the output.
type planter struct {
	in, out, name string
	b             []byte
	gone          bool
}

// plant plants f under out, the outputs of what is under in.
func (f *fault) plant(in, out string) error {
	at := filepath.Join(out, filepath.FromSlash(f.file))
	p := &planter{in: in, out: out, name: f.file}
	var err error
	if p.b, err = os.ReadFile(at); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := f.do(p); err != nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	if p.gone {
		return os.Remove(at)
	}
	return os.WriteFile(at, p.b, 0o640)
}

// lines changes the lines.
func (p *planter) lines(do func([]string) []string) error {
	l := strings.SplitAfter(string(p.b), "\n")
	p.b = []byte(strings.Join(do(l[:len(l)-1]), ""))
	return nil
}

// line replaces something in line n, from 1.
func (p *planter) line(n int, old, with string) error {
	l := bytes.SplitAfter(p.b, []byte("\n"))
	if !bytes.Contains(l[n-1], []byte(old)) {
		return fmt.Errorf("line %d has nothing to change", n)
	}
	l[n-1] = bytes.Replace(l[n-1], []byte(old), []byte(with), 1)
	p.b = bytes.Join(l, nil)
	return nil
}

// restore puts line 500 of the input in its place.
func (p *planter) restore() error {
	was := strings.SplitAfter(string(knownText(0)), "\n")[499]
	return p.lines(func(l []string) []string { l[499] = was; return l })
}

func (p *planter) replace(old, with string) error {
	if !bytes.Contains(p.b, []byte(old)) {
		return errors.New("nothing to change")
	}
	p.b = bytes.Replace(p.b, []byte(old), []byte(with), 1)
	return nil
}

// from takes the content of another file.
func (p *planter) from(dir, name string) (err error) {
	p.b, err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	return err
}

// entries changes the entries of a tar archive; nil leaves one out.
func (p *planter) entries(do func(*tar.Header, []byte) []byte) error {
	r := tar.NewReader(bytes.NewReader(p.b))
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		b, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if b = do(h, b); b == nil {
			continue
		}
		h.Size = int64(len(b))
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	err := w.Close()
	p.b = out.Bytes()
	return err
}

// manifest changes the manifest's line for an output, or drops it, and leaves the
// file.
func (p *planter) manifest(output, old, with string) error {
	name := filepath.Join(p.out, ".scrim", "manifest.jsonl")
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	for _, l := range bytes.SplitAfter(b, []byte("\n")) {
		var e struct{ Output string }
		if json.Unmarshal(l, &e) == nil && e.Output == output {
			if old == "" {
				continue
			}
			l = bytes.Replace(l, []byte(old), []byte(with), 1)
		}
		out.Write(l)
	}
	return os.WriteFile(name, out.Bytes(), 0o600)
}
