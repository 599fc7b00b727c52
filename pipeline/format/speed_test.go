package format

import (
	"bytes"
	"fmt"
	"testing"
)

// samples are inputs of about 1 MiB, of the shapes that tables and logs have.
func samples() map[string]struct {
	f     Format
	input []byte
} {
	fill := func(head, line string) []byte {
		b := bytes.NewBufferString(head)
		for i := 0; b.Len() < 1<<20; i++ {
			fmt.Fprintf(b, line, i, i%256)
		}
		return b.Bytes()
	}
	const row = `{"time":"2024-01-01T10:00:00Z","level":"info","id":%d,"client":{"ip":"192.0.2.%d","agent":"Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101"},"path":"/index.html","status":200}` + "\n"
	return map[string]struct {
		f     Format
		input []byte
	}{
		"text":       {text, fill("", "2024-01-01T10:00:00Z info request %d from 192.0.2.%d took 3 ms\n")},
		"csv":        {csv, fill("id,name,mail,ip,city,score\n", "%d,Example,user@example.com,192.0.2.%d,Springfield,0.25\n")},
		"csv-quoted": {csv, fill("id,name,mail,ip,city,score\n", "\"%d\",\"Example\",\"user@example.com\",\"192.0.2.%d\",\"Springfield\",\"0.25\"\n")},
		"tsv-zeek":   {tsv, fill("#fields\tts\tuid\torig\tport\tproto\tbytes\tstate\n", "1700000000.%06d\tCmES5u32sYpV7J\t192.0.2.%d\t443\ttcp\t1024\tSF\n")},
		"jsonl":      {jsonLines, fill("", row)},
		"json-array": {jsonLines, append(bytes.ReplaceAll(fill("[\n", row), []byte("}\n"), []byte("},\n")), "{}]\n"...)},
		"json-escapes": {jsonLines, fill("",
			`{"id":%d,"text":"line one\nline \"two\"\tand \u00e9 so on for a while","n":%d}`+"\n")},
	}
}

func BenchmarkCells(b *testing.B) {
	for name, s := range samples() {
		b.Run("format="+name, func(b *testing.B) {
			c := s.f.NewCutter(Options{})
			c.Start(s.input[:sniffLen])
			p := s.f.NewParser(c)
			cells := p.Cells(nil, s.input)
			b.SetBytes(int64(len(s.input)))
			b.ReportAllocs()
			for b.Loop() {
				cells = p.Cells(cells[:0], s.input)
			}
			b.ReportMetric(float64(len(s.input))/float64(len(cells)), "B/cell")
		})
	}
}

func BenchmarkCut(b *testing.B) {
	for name, s := range samples() {
		b.Run("format="+name, func(b *testing.B) {
			c := s.f.NewCutter(Options{})
			c.Start(s.input[:sniffLen])
			b.SetBytes(int64(len(s.input)))
			b.ReportAllocs()
			for b.Loop() {
				c.Start(nil)
				if c.Cut(s.input) == 0 {
					b.Fatal("no boundary")
				}
			}
		})
	}
}

// TestCellsAllocate holds that a block like the last one costs no allocation.
func TestCellsAllocate(t *testing.T) {
	for name, s := range samples() {
		c := s.f.NewCutter(Options{})
		c.Start(s.input[:sniffLen])
		p := s.f.NewParser(c)
		cells := p.Cells(nil, s.input)
		if n := testing.AllocsPerRun(3, func() { cells = p.Cells(cells[:0], s.input) }); n != 0 {
			t.Errorf("%s: %v allocations a block", name, n)
		}
	}
}
