package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
)

// logText is n bytes of lines.
func logText(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "%d user%d@example.com from 192.0.2.%d\n", i*7919%100003, i, i%256)
	}
	return b.Bytes()[:n]
}

func packed(t testing.TB, codec string, parts ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, p := range parts {
		w, err := Compress(codec, &b)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(p); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// readSource reads all of an input, and closes it.
func readSource(t testing.TB, r io.Reader) (*Source, []byte, error) {
	t.Helper()
	s := NewSource(r, "in")
	b, err := io.ReadAll(s)
	if e := s.Close(); e != nil {
		t.Fatal(e)
	}
	return s, b, err
}

// encoded writes text as the like of s.
func encoded(t testing.TB, s *Source, text []byte, step int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := s.Encode(&b)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(text); i += step {
		if _, err := w.Write(text[i:min(i+step, len(text))]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSourceCodecs(t *testing.T) {
	text := logText(300_000)
	for _, c := range codecs {
		t.Run(c.name, func(t *testing.T) {
			for _, part := range [][][]byte{{text}, {nil}, {[]byte("x")}, {text[:1000], text[1000:]}, {text[:5000], nil, text[5000:]}} {
				want := bytes.Join(part, nil)
				in := packed(t, c.name, part...)
				if len(in) == 0 {
					continue // a stream of Snappy chunks may have none
				}
				for _, r := range []io.Reader{bytes.NewReader(in), iotest.OneByteReader(bytes.NewReader(in)), iotest.DataErrReader(bytes.NewReader(in))} {
					s, got, err := readSource(t, r)
					if err != nil || !bytes.Equal(got, want) || s.Codec != c.name {
						t.Fatalf("%d parts, %d bytes: got %d, codec %q, error %v", len(part), len(want), len(got), s.Codec, err)
					}
					again, back, err := readSource(t, bytes.NewReader(encoded(t, s, got, 10_000)))
					if err != nil || !bytes.Equal(back, want) || again.Codec != c.name {
						t.Fatalf("written back: %d bytes, codec %q, error %v", len(back), again.Codec, err)
					}
				}
			}
		})
	}
}

// TestSourceTruncated cuts and damages compressed input: what comes is the
// beginning of the text, then an error with its place and without its bytes.
func TestSourceTruncated(t *testing.T) {
	text := logText(600_000)
	bigBlocks := map[string]bool{"bzip2": true, "lz4": true, "s2": true} // the text is one block
	for _, c := range codecs {
		whole := packed(t, c.name, text)
		for _, part := range []int{2, 10, 50, 90, 99} {
			n := len(whole) * part / 100
			t.Run(fmt.Sprintf("%s/cut at %d%%", c.name, part), func(t *testing.T) {
				_, got, err := readSource(t, bytes.NewReader(whole[:n]))
				var e *DecodeError
				if !errors.As(err, &e) || e.Codec != c.name || e.Offset > int64(n) || e.Offset < int64(n)-70_000 {
					t.Fatalf("error %v", err)
				}
				if !bytes.HasPrefix(text, got) {
					t.Fatal("what came is not the beginning")
				}
				if !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Errorf("error does not say that the end is missing: %v", err)
				}
				if part >= 90 && len(got) == 0 && !bigBlocks[c.name] {
					t.Errorf("nothing of %d bytes came", len(text))
				}
			})
			t.Run(fmt.Sprintf("%s/damaged at %d%%", c.name, part), func(t *testing.T) {
				bad := bytes.Clone(whole)
				for i := n; i < min(n+8, len(bad)); i++ {
					bad[i] ^= 0x5a
				}
				s, got, err := readSource(t, bytes.NewReader(bad))
				if err == nil && s.Codec != "" && !bytes.Equal(got, text) {
					t.Errorf("other text without an error")
				}
				if err != nil && strings.Contains(err.Error(), "example") {
					t.Error("error holds data")
				}
			})
		}
		t.Run(c.name+"/rubbish behind", func(t *testing.T) {
			_, got, err := readSource(t, bytes.NewReader(append(bytes.Clone(whole), "rubbish rubbish"...)))
			if !bytes.Equal(got, text) || err == nil {
				t.Errorf("%d bytes of %d, error %v", len(got), len(text), err)
			}
		})
		t.Run(c.name+"/read error", func(t *testing.T) {
			broken := errors.New("disk on fire")
			_, _, err := readSource(t, io.MultiReader(bytes.NewReader(whole[:len(whole)/2]), iotest.ErrReader(broken)))
			if !errors.Is(err, broken) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// TestSourcePrograms reads what the usual programs write, and has them read
// what Encode writes.
func TestSourcePrograms(t *testing.T) {
	text := logText(400_000)
	for _, name := range []string{"gzip", "zstd", "bzip2", "xz", "lz4"} {
		t.Run(name, func(t *testing.T) {
			program, err := exec.LookPath(name)
			if err != nil {
				t.Skip("no program " + name + " here")
			}
			cmd := exec.Command(program, "-c")
			cmd.Stdin = bytes.NewReader(text)
			in, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			s, got, err := readSource(t, bytes.NewReader(append(bytes.Clone(in), in...)))
			if err != nil || s.Codec != name || !bytes.Equal(got, append(bytes.Clone(text), text...)) {
				t.Fatalf("codec %q, %d bytes, error %v", s.Codec, len(got), err)
			}
			cmd = exec.Command(program, "-dc")
			cmd.Stdin = bytes.NewReader(encoded(t, s, text, 100_000))
			back, err := cmd.Output()
			if err != nil || !bytes.Equal(back, text) {
				t.Fatalf("%s cannot read it back: %v", name, err)
			}
		})
	}
}

func TestSourcePlain(t *testing.T) {
	tests := []struct{ name, in, text, charset string }{
		{"empty", "", "", ""},
		{"text", "abc\n", "abc\n", ""},
		{"one byte of a magic", "\x1f", "\x1f", ""},
		{"like bzip2", "BZh1 is a name\n", "BZh1 is a name\n", ""},
		{"like zstd", "S*", "S*", ""},
		{"byte order mark", "\xef\xbb\xbfabc", "abc", ""},
		{"mark only", "\xef\xbb\xbf", "", ""},
		{"half a mark", "\xef\xbb", "\xef\xbb", ""},
		{"UTF-16 LE", "\xff\xfea\x00\xe9\x00\n\x00", "aé\n", "utf-16le"},
		{"UTF-16 BE", "\xfe\xff\x00a\x00\xe9\x00\n", "aé\n", "utf-16be"},
		{"UTF-16 mark only", "\xff\xfe", "", "utf-16le"},
		{"pair", "\xff\xfe\x3d\xd8\x00\xdeA\x00", "\U0001F600A", "utf-16le"},
		{"lone surrogates", "\xff\xfe\x3d\xd8A\x00\x00\xde\x3d\xd8", "\xed\xa0\xbdA\xed\xb8\x80\xed\xa0\xbd", "utf-16le"},
		{"odd length", "\xff\xfea\x00b", "a\xffb", "utf-16le"},
		{"odd length, high byte", "\xfe\xff\x00a\xff", "a\xff\xff", "utf-16be"},
		{"half a pair and a byte", "\xff\xfe\x3d\xd8\x00", "\xed\xa0\xbd\xff\x00", "utf-16le"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(tt.in), iotest.OneByteReader(strings.NewReader(tt.in))} {
				s, got, err := readSource(t, r)
				if err != nil || string(got) != tt.text || s.Charset != tt.charset || s.Codec != "" {
					t.Fatalf("got %q in %q, codec %q, error %v", got, s.Charset, s.Codec, err)
				}
				for step := 1; step < 4; step++ {
					if back := encoded(t, s, got, step); string(back) != tt.in {
						t.Fatalf("written back: %q", back)
					}
				}
			}
		})
	}
	t.Run("packed UTF-16", func(t *testing.T) {
		in := packed(t, "gzip", []byte("\xff\xfea\x00"))
		s, got, err := readSource(t, bytes.NewReader(in))
		if err != nil || string(got) != "a" || s.Codec != "gzip" || s.Charset != "utf-16le" {
			t.Fatalf("got %q, %v", got, err)
		}
		_, back, err := readSource(t, bytes.NewReader(encoded(t, &Source{Codec: "gzip", Charset: "utf-16le"}, got, 1)))
		if err != nil || string(back) != "a" {
			t.Fatalf("got %q, %v", back, err)
		}
	})
	t.Run("not UTF-8 to UTF-16", func(t *testing.T) {
		if got := encoded(t, &Source{Charset: "utf-16be"}, []byte("a\x80\xffbc"), 1); string(got) != "\xfe\xff\x00a\xff\xfd\xff\xfd\x00b\x00c" {
			t.Errorf("got %q", got)
		}
	})
}

// TestSourceDoesNotWait holds that what a slow pipe has given is there at once.
func TestSourceDoesNotWait(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	go io.WriteString(w, "B one\n")
	s := NewSource(r, "in")
	b := make([]byte, 100)
	n, err := s.Read(b)
	if err != nil || string(b[:n]) != "B one\n" {
		t.Fatalf("got %q, %v", b[:n], err)
	}
	if s.Consumed() != 6 {
		t.Errorf("consumed %d bytes", s.Consumed())
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); err == nil {
		t.Error("a directory opens")
	}
	if _, err := Open(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	name := filepath.Join(dir, "in.txt")
	if err := os.WriteFile(name, packed(t, "zstd", logText(5_000_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(name)
	if err != nil || s.Size <= 0 {
		t.Fatalf("size %d, error %v", s.Size, err)
	}
	if _, err := io.ReadFull(s, make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error("closing before the end:", err)
	}
	if _, err := Compress("rar", io.Discard); err == nil {
		t.Error("unknown codec")
	}
}

func FuzzSource(f *testing.F) {
	for _, c := range codecs {
		f.Add(packed(f, c.name, []byte("abc\nabc\nabc\n")))
	}
	f.Add([]byte("\xff\xfe\x3d\xd8\x00"))
	f.Add([]byte("\xfe\xff\x00a"))
	f.Fuzz(func(t *testing.T, in []byte) {
		s := NewSource(bytes.NewReader(in), "in")
		text, err := io.ReadAll(io.LimitReader(s, 1<<22))
		s.Close()
		if s.Codec == "" && (err != nil || !bytes.Equal(encoded(t, s, text, 3), in)) {
			t.Fatalf("does not come back: %v", err)
		}
	})
}

func BenchmarkSource(b *testing.B) {
	text := logText(16 << 20)
	inputs := map[string][]byte{"plain": text, "utf-16le": encoded(b, &Source{Charset: "utf-16le"}, text, 1<<20)}
	for _, c := range codecs {
		inputs[c.name] = packed(b, c.name, text)
	}
	buf := make([]byte, 1<<20)
	for name, in := range inputs {
		b.Run("codec="+name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				s := NewSource(bytes.NewReader(in), "in")
				for {
					if _, err := s.Read(buf); err != nil {
						break
					}
				}
				s.Close()
			}
		})
	}
}
