package scrimbeam

import (
	"bytes"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/memfs"

	"github.com/scrim-dev/scrim/pipeline"
)

func TestBoundary(t *testing.T) {
	tests := []struct {
		name, format, text string
		at, want           int64
	}{
		{"start", "text", "ab\ncd\n", 0, 0},
		{"just at a record", "text", "ab\ncd\n", 3, 3},
		{"inside a record", "text", "ab\ncd\nef\n", 4, 6},
		{"inside the last", "text", "ab\ncd\n", 4, -1},
		{"at the end", "text", "ab\ncd\n", 6, -1},
		{"no line end", "text", "abcdef", 2, -1},
		{"not before a mark", "text", "ab\n\xef\xbb\xbfcd\nef\n", 2, 9},
		{"not before what looks compressed", "text", "ab\nBZh91AY&SY\nef\n", 2, 14},
		{"json", "jsonl", "{\"a\":1}\n{\"a\":2}\n", 3, 8},
		{"before the last, open line", "jsonl", "{\"a\":1}\n{\"a\":3}", 3, 8},
		{"not in a PEM block", "text", "ab\n-----BEGIN X-----\nQQ==\n-----END X-----\nef\n", 22, 42},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			name := "memfs://boundary/" + tt.name
			memfs.Write(name, []byte(tt.text))
			got, err := boundary(t.Context(), &File{Path: name, Size: int64(len(tt.text))}, tt.format, tt.at)
			if err != nil || got != tt.want {
				t.Errorf("boundary at %d is %d (%v), want %d", tt.at, got, err, tt.want)
			}
		})
	}
}

// FuzzRanges: a file in ranges is the file, in bytes and in counts.
func FuzzRanges(f *testing.F) {
	f.Add([]byte("a@example.com 192.0.2.7\nb@example.com\n\nx"), int64(5), false)
	f.Add([]byte("{\"email\":\"a@example.com\"}\n{\n}\n{\"ip\":\"192.0.2.9\"}\n"), int64(9), true)
	f.Add([]byte("{\"a\":1}\n\xef\xbb\xbf{\"ip\":\"192.0.2.9\"}\nBZh91AY&SY\n"), int64(3), true)
	f.Fuzz(func(t *testing.T, text []byte, size int64, asJSON bool) {
		if size < 1 || size > int64(len(text)) || int64(len(text))/size > 50 {
			return
		}
		memfs.Write("memfs://fuzz/in", text)
		plan := &planFn{Range: size, ready: &ready{pipes: map[pipeKey]*pipeline.Pipeline{}}}
		plan.ready.cfg.Format = "text"
		if asJSON {
			plan.ready.cfg.Format = "jsonl"
		}
		var parts []Part
		plan.plan(t.Context(), File{Path: "memfs://fuzz/in", Output: "in", Size: int64(len(text))}, func(p Part) { parts = append(parts, p) })
		if len(parts) < 2 {
			return
		}
		var got bytes.Buffer
		sum := &pipeline.Report{Kinds: map[string]uint64{}}
		pipe, err := plan.ready.pipeline(parts[0].Format, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range parts {
			in, _, err := open(t.Context(), &p)
			if err != nil {
				t.Fatal(err)
			}
			r, err := runPart(t.Context(), &p, pipe, in, &got)
			if err != nil {
				t.Fatal(err)
			}
			add(sum, r)
		}
		src := pipeline.NewSource(bytes.NewReader(text), "")
		defer src.Close()
		var want bytes.Buffer
		w, err := src.Encode(&want)
		if err != nil {
			t.Fatal(err)
		}
		r, err := pipe.Run(t.Context(), src, w)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) || sum.BytesIn != r.BytesIn || sum.Lines != r.Lines {
			t.Errorf("%d ranges give %d bytes of %d, the whole gives %d of %d", len(parts), got.Len(), sum.BytesIn, want.Len(), r.BytesIn)
		}
	})
}
