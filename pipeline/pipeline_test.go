package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

// runOn runs cfg over an input and returns the output.
func runOn(t *testing.T, cfg Config, in io.Reader) (string, *Report) {
	t.Helper()
	p, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	src := NewSource(in, "input")
	var out bytes.Buffer
	r, err := p.Run(context.Background(), src, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), r
}

func set(t *testing.T, rules ...string) Policy {
	t.Helper()
	var p Policy
	for _, s := range rules {
		r, err := ParseSet(s)
		if err != nil {
			t.Fatal(err)
		}
		p.Rules = append(p.Rules, r)
	}
	return p
}

func TestRun(t *testing.T) {
	onlyMail := []detect.Kind{detect.Email}
	tests := []struct {
		name, format, set, in, want string
	}{
		{"text", "text", "", "from a@example.com to b@example.org\n", "from [EMAIL] to [EMAIL]\n"},
		{"no final newline", "text", "", "x a@example.com", "x [EMAIL]"},
		{"line ends stay", "text", "", "a@example.com\r\n\r\nb\n", "[EMAIL]\r\n\r\nb\n"},
		{"keep", "text", "email=keep", "x a@example.com\n", "x a@example.com\n"},
		{"drop the value", "text", "email=drop", "x <a@example.com> y\n", "x <> y\n"},
		{"drop the record", "text", "email=drop:record", "one\nx a@example.com y b@example.com\nthree\n", "one\nthree\n"},
		{"drop the last record", "text", "email=drop:record", "one\na@example.com", "one\n"},
		{"csv", "csv", "", "name,mail\nx,a@example.com\n\"q\"\"q\",\"b@example.com\"\n", "name,mail\nx,[EMAIL]\n\"q\"\"q\",\"[EMAIL]\"\n"},
		{"csv escaped", "csv", "", "n,m\n1,\"say \"\"a@example.com\"\" now\"\n", "n,m\n1,\"say \"\"[EMAIL]\"\" now\"\n"},
		{"csv drop the record", "csv", "email=drop:record", "n,m\n1,a@example.com\n2,\"x\ny\"\n3,\"z\nb@example.com\"\n", "n,m\n2,\"x\ny\"\n"},
		{"json", "jsonl", "", `{"a":"x a@example.com","n":1.50}` + "\n", `{"a":"x [EMAIL]","n":1.50}` + "\n"},
		{"json escaped", "jsonl", "", `{"a":"\u00e9 \"a@example.com\"\t"}` + "\n", `{"a":"\u00e9 \"[EMAIL]\"\t"}` + "\n"},
		{"json escaped at sign", "jsonl", "", `{"a":"a\u0040example.com","b":"c\u0040example.com"}` + "\n", `{"a":"[EMAIL]","b":"[EMAIL]"}` + "\n"},
		{"json key", "jsonl", "", `{"a@example.com":1}` + "\n", `{"[EMAIL]":1}` + "\n"},
		{"json not well formed", "jsonl", "", "{\"a\":\"b@example.com\n{\"c\":\"d@example.com\"}\n", "{\"a\":\"[EMAIL]\n{\"c\":\"[EMAIL]\"}\n"},
		{"json drop the record", "jsonl", "email=drop:record", "{\"a\":1}\n{\"z\":1,\"b\":\"\\\"a@example.com\"}\n{\"c\":1}\n", "{\"a\":1}\n{\"c\":1}\n"},
		{"empty", "text", "", "", ""},
		{"bytes that are no text", "text", "", "\x00\xff a@example.com \xfe\n\x80", "\x00\xff [EMAIL] \xfe\n\x80"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var p Policy
			if tt.set != "" {
				p = set(t, tt.set)
			}
			p.Only = onlyMail
			for _, workers := range []int{1, 8} {
				cfg := Config{Policy: p, Format: tt.format, Workers: workers}
				if got, _ := runOn(t, cfg, strings.NewReader(tt.in)); got != tt.want {
					t.Errorf("%d workers: got %q, want %q", workers, got, tt.want)
				}
				if got, _ := runOn(t, cfg, iotest.OneByteReader(strings.NewReader(tt.in))); got != tt.want {
					t.Errorf("%d workers, byte by byte: got %q, want %q", workers, got, tt.want)
				}
			}
		})
	}
}

// manyLines makes lines of different lengths with addresses here and there.
func manyLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d %s", i, strings.Repeat("x", i%97))
		if i%7 == 0 {
			fmt.Fprintf(&b, " user%d@example.com", i)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestOutputDoesNotDependOnWorkersOrBatches(t *testing.T) {
	in := manyLines(20_000)
	cfg := Config{Policy: Policy{Only: []detect.Kind{detect.Email}}, Format: "text", Workers: 1}
	want, report := runOn(t, cfg, strings.NewReader(in))
	if n := report.Kinds["email"]; n != 2858 {
		t.Errorf("found %d addresses, want 2858", n)
	}
	if int(report.BytesIn) != len(in) || int(report.BytesOut) != len(want) || report.Lines != 20_000 {
		t.Errorf("report counts %d bytes in, %d out, %d lines", report.BytesIn, report.BytesOut, report.Lines)
	}
	for _, workers := range []int{2, 8} {
		for _, size := range []int{minBatchSize, minBatchSize + 1, 64 << 10} {
			cfg.Workers, cfg.BatchSize = workers, size
			if got, _ := runOn(t, cfg, iotest.HalfReader(strings.NewReader(in))); got != want {
				t.Errorf("%d workers, batches of %d: the output differs", workers, size)
			}
		}
	}
}

func TestRecordOverTheLimit(t *testing.T) {
	// One line many times the limit, with an address across every kind of border.
	for _, shift := range []int{0, 1, 7, 13, 14, 500} {
		var in, want strings.Builder
		in.WriteString(strings.Repeat("y", shift))
		want.WriteString(strings.Repeat("y", shift))
		for range 30_000 {
			in.WriteString(" user@example.com,")
			want.WriteString(" [EMAIL],")
		}
		if shift != 500 { // or the overlong record is the last, without a line end
			in.WriteString("\nnext a@example.com\n")
			want.WriteString("\nnext [EMAIL]\n")
		}
		for _, f := range []string{"text", "csv", "jsonl"} {
			cfg := Config{Policy: Policy{Only: []detect.Kind{detect.Email}}, Format: f, BatchSize: 8 << 10, MaxRecord: 1, Workers: 3}
			got, report := runOn(t, cfg, strings.NewReader(in.String()))
			if got != want.String() {
				t.Errorf("%s, shifted by %d: output of %d bytes differs from the %d wanted", f, shift, len(got), want.Len())
			}
			if report.LongRecords != 1 {
				t.Errorf("%s: %d records over the limit, want 1", f, report.LongRecords)
			}
		}
	}
}

func TestFindings(t *testing.T) {
	in := "no\nx a@example.com b@example.com\r\n" + strings.Repeat("z\n", 5000) + "tail c@example.com"
	var got []string
	cfg := Config{
		Policy: Policy{Only: []detect.Kind{detect.Email}}, Format: "text", BatchSize: minBatchSize, ShowValues: true,
		Findings: func(f *Finding) error {
			got = append(got, fmt.Sprintf("%s:%d:%d-%d@%d %s %s", f.Path, f.Line, f.Start, f.End, f.Offset, f.Kind, f.Value))
			return nil
		},
	}
	p, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	src := NewSource(strings.NewReader(in), "f.log")
	if _, err := p.Run(context.Background(), src, nil); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"f.log:2:2-15@5 email a@example.com",
		"f.log:2:16-29@19 email b@example.com",
		"f.log:5003:5-18@10039 email c@example.com",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestInputFailsInTheMiddle(t *testing.T) {
	p, err := New(Config{Format: "text"})
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	in := io.MultiReader(strings.NewReader("x a@example.com\nhalf b@example.com"), iotest.ErrReader(broken))
	src := NewSource(in, "input")
	var out bytes.Buffer
	report, err := p.Run(context.Background(), src, &out)
	if !errors.Is(err, broken) || report.Error == "" {
		t.Errorf("got %v, report %q; want the source's error in both", err, report.Error)
	}
	if got, want := out.String(), "x [EMAIL]\nhalf [EMAIL]"; got != want {
		t.Errorf("got %q, want everything read before the failure: %q", got, want)
	}
}

// A stuckReader gives its text, then blocks until it is released.
type stuckReader struct {
	r       io.Reader
	release chan struct{}
}

func (s *stuckReader) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err == io.EOF {
		<-s.release
	}
	return n, err
}

func TestOutputFailsWhileInputBlocks(t *testing.T) {
	p, err := New(Config{Format: "text"})
	if err != nil {
		t.Fatal(err)
	}
	in := &stuckReader{strings.NewReader("line\n"), make(chan struct{})}
	defer close(in.release)
	src := NewSource(in, "input")
	_, err = p.Run(context.Background(), src, failingWriter{})
	var w *WriteError
	if !errors.As(err, &w) {
		t.Errorf("got %v, want a WriteError at once", err)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestLineComesOutWhileInputWaits(t *testing.T) {
	p, err := New(Config{Format: "text"})
	if err != nil {
		t.Fatal(err)
	}
	in := &stuckReader{strings.NewReader("one\nhalf a"), make(chan struct{})}
	src := NewSource(in, "input")
	r, w := io.Pipe()
	go func() {
		_, err := p.Run(context.Background(), src, w)
		w.CloseWithError(err)
	}()
	line := make([]byte, 4)
	if _, err := io.ReadFull(r, line); err != nil || string(line) != "one\n" {
		t.Errorf("got %q, %v while the input waits, want the first line", line, err)
	}
	close(in.release)
	rest, err := io.ReadAll(r)
	if err != nil || string(rest) != "half a" {
		t.Errorf("got %q, %v at the end, want the rest", rest, err)
	}
}

func TestCancelIsNotSuccess(t *testing.T) {
	p, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	src := NewSource(strings.NewReader(manyLines(10)), "input")
	if _, err := p.Run(ctx, src, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, cfg := range map[string]Config{
		"an unknown format": {Format: "nonesuch"},
		"negative workers":  {Workers: -1},
		"a hash without key": {Policy: Policy{Rules: []Rule{
			{Transform: mustSpec("hash")},
		}}},
	} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func mustSpec(s string) (out transform.Spec) {
	out, err := transform.ParseSpec(s)
	if err != nil {
		panic(err)
	}
	return out
}
