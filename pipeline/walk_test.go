package pipeline

import (
	"bytes"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

func newPipeline(t *testing.T, cfg Config) *Pipeline {
	t.Helper()
	p, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestWalkGivesWhatRunWrites holds the blocks of Walk to the output of Run, and
// their hits to the input.
func TestWalkGivesWhatRunWrites(t *testing.T) {
	for name, in := range map[string]string{
		"text":   strings.Repeat("user a@example.com from 192.0.2.7\nnothing\n", 3000),
		"csv":    "id,mail\n" + strings.Repeat("1,\"a@example.com\"\n2,x\n", 3000),
		"json":   strings.Repeat(`{"mail":"a\u0040example.com","n":1}`+"\n", 3000),
		"no end": "a@example.com",
	} {
		p := newPipeline(t, Config{BatchSize: minBatchSize, Workers: 2})
		var want bytes.Buffer
		if _, err := p.Run(t.Context(), NewSource(strings.NewReader(in), name), &want); err != nil {
			t.Fatal(err)
		}
		var data, out bytes.Buffer
		hits := 0
		r, err := p.Walk(t.Context(), NewSource(strings.NewReader(in), name), func(b *Block) error {
			if b.Offset != int64(data.Len()) || b.Line != int64(bytes.Count(data.Bytes(), []byte{'\n'}))+1 {
				t.Errorf("%s: block at %d, line %d", name, b.Offset, b.Line)
			}
			data.Write(b.Data)
			out.Write(b.Out)
			for _, h := range b.Hits {
				hits++
				if h.Kind == detect.Email && string(h.Value) != "a@example.com" || h.Keep || h.End <= h.Start || h.End > len(b.Data) {
					t.Errorf("%s: hit %+v", name, h.Range)
				}
			}
			return nil
		})
		if err != nil || data.String() != in || !bytes.Equal(out.Bytes(), want.Bytes()) {
			t.Errorf("%s: %v, %d of %d bytes", name, err, data.Len(), len(in))
		}
		var n uint64
		for _, k := range r.Kinds {
			n += k
		}
		if n != uint64(hits) || n == 0 {
			t.Errorf("%s: %d hits, %d counted", name, hits, n)
		}
	}
}

func TestWalkDropped(t *testing.T) {
	p := newPipeline(t, Config{Policy: Policy{Rules: []Rule{mustSet(t, "email=drop:record")}}})
	in := "one\nmail a@example.com\nthree\n"
	_, err := p.Walk(t.Context(), NewSource(strings.NewReader(in), "x"), func(b *Block) error {
		if len(b.Dropped) != 1 || in[b.Dropped[0].Start:b.Dropped[0].End] != "mail a@example.com\n" || string(b.Out) != "one\nthree\n" {
			t.Errorf("%v", b.Dropped)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func mustSet(t *testing.T, s string) Rule {
	t.Helper()
	r, err := ParseSet(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestLongRecordEndsInput: a record over the limit may be the last, with no line
// end behind it.
func TestLongRecordEndsInput(t *testing.T) {
	p := newPipeline(t, Config{BatchSize: minBatchSize, MaxRecord: 4 * overlap})
	for _, n := range []int{4 * overlap, 4*overlap + 1, 5 * overlap, 9*overlap - 1, 40 * overlap} {
		in := strings.Repeat("x", n)
		var out bytes.Buffer
		if _, err := p.Run(t.Context(), NewSource(strings.NewReader(in), "x"), &out); err != nil || out.String() != in {
			t.Errorf("%d bytes: %v, %d written", n, err, out.Len())
		}
	}
}

func TestPolicyHash(t *testing.T) {
	base := Config{Policy: Policy{Rules: []Rule{mustSet(t, "email=mask")}, Regions: []string{"CA", "FR"}, Skip: []detect.Kind{detect.MAC, detect.UUID}}}
	hash := func(change func(*Config)) string {
		c := base
		change(&c)
		return newPipeline(t, c).PolicyHash()
	}
	want := hash(func(*Config) {})
	if len(want) != 64 {
		t.Errorf("%q", want)
	}
	for name, same := range map[string]func(*Config){
		"workers":          func(c *Config) { c.Workers = 7 },
		"batch size":       func(c *Config) { c.BatchSize = 1 << 20 },
		"order of kinds":   func(c *Config) { c.Policy.Skip = []detect.Kind{detect.UUID, detect.MAC} },
		"order of regions": func(c *Config) { c.Policy.Regions = []string{"fr", "CA", "FR"} },
		"the default said": func(c *Config) { c.MaxRecord, c.Format = DefaultMaxRecord, "auto" },
		"a key":            func(c *Config) { c.Keys = transform.Ephemeral() },
	} {
		if got := hash(same); got != want {
			t.Errorf("%s changes the hash", name)
		}
	}
	seen := map[string]string{want: "the base"}
	for name, other := range map[string]func(*Config){
		"rule":    func(c *Config) { c.Policy.Rules = []Rule{mustSet(t, "email=mask:keep=2")} },
		"kind":    func(c *Config) { c.Policy.Rules = []Rule{mustSet(t, "phone=mask")} },
		"no rule": func(c *Config) { c.Policy.Rules = nil },
		"skip":    func(c *Config) { c.Policy.Skip = nil },
		"region":  func(c *Config) { c.Policy.Regions = []string{"CA"} },
		"field":   func(c *Config) { c.Policy.Fields = map[string]detect.Kind{"caller": detect.Phone} },
		"format":  func(c *Config) { c.Format = "csv" },
		"header":  func(c *Config) { c.FormatOptions.NoHeader = true },
		"learn":   func(c *Config) { c.Learn = true },
		"base64":  func(c *Config) { c.Base64 = true },
		"record":  func(c *Config) { c.MaxRecord = 1 << 20 },
	} {
		got := hash(other)
		if seen[got] != "" {
			t.Errorf("%s has the hash of %s", name, seen[got])
		}
		seen[got] = name
	}
}

func TestPeekAndWatch(t *testing.T) {
	for name, in := range map[string]string{"plain": "some text", "empty": "", "utf-16": "\xff\xfes\x00o\x00"} {
		s := NewSource(strings.NewReader(in), name)
		want := map[string]string{"plain": "some", "utf-16": "so"}[name]
		if got := string(s.Peek(4)); got != want {
			t.Errorf("%s: %q", name, got)
		}
		read := 0
		s.Watch(func(n int) error { read += n; return nil })
		var out bytes.Buffer
		if _, err := out.ReadFrom(s); err != nil || read != out.Len() || !strings.HasPrefix(out.String(), want) {
			t.Errorf("%s: %v, %d, %q", name, err, read, out.String())
		}
	}
}
