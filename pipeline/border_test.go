package pipeline

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/scrim-dev/scrim/detect"
)

// letters returns a text in which values stand in several lines and need their
// neighbours, with other lines between them.
func letters(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 0))
	var b strings.Builder
	for range n {
		switch r.IntN(6) {
		case 0:
			fmt.Fprintf(&b, "Please return to 6639 Maple Street %d\n Apt. %d\n Springfield\n Illinois 62%03d in case of an issue.\n", r.IntN(90), r.IntN(900), r.IntN(1000))
		case 1:
			fmt.Fprintf(&b, "Ship to:\n%d Oak Avenue\nApt. %d\nDenver, CO 80%03d\n", 100+r.IntN(900), r.IntN(90), r.IntN(1000))
		case 2:
			fmt.Fprintf(&b, "mail user%d@example.com from 203.0.113.%d\n", r.IntN(1e6), r.IntN(250))
		case 3:
			fmt.Fprintf(&b, "203.0.113.%d %d [22/Aug/2017:11:52:50 esseq] \"GET /x\"\n", r.IntN(250), r.IntN(9000))
		default:
			fmt.Fprintf(&b, "%s\n", strings.Repeat("nothing of note ", r.IntN(9)))
		}
	}
	return b.String()
}

// TestBordersOfBatches holds that what comes out does not depend on where batches
// are cut, and that every byte that is no value comes out once.
func TestBordersOfBatches(t *testing.T) {
	keep, err := ParseSet("*=keep")
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(6) {
		in := letters(seed, 3000)
		want, wantReport := patiently(t, Config{BatchSize: 8 << 20}, strings.NewReader(in))
		if seed == 0 && (strings.Contains(want, "Springfield") || strings.Contains(want, "Oak") || wantReport.Kinds["address"] == 0) {
			t.Fatal("the whole in one batch leaves addresses, so that there is nothing to compare with")
		}
		for _, size := range []int{4 << 10, 5000, 8 << 10, 64 << 10} {
			for _, name := range []string{"patient", "in pieces"} {
				do := runOn
				if name == "patient" {
					do = patiently
				}
				out, report := do(t, Config{BatchSize: size, Workers: 2}, iotest.HalfReader(strings.NewReader(in)))
				if report.BytesIn != int64(len(in)) || report.Lines != wantReport.Lines {
					t.Errorf("seed %d, size %d, %s: %d bytes, %d lines; want %d, %d", seed, size, name, report.BytesIn, report.Lines, len(in), wantReport.Lines)
				}
				if out != want && name == "patient" {
					t.Errorf("seed %d, size %d: the output is another, near %q", seed, size, difference(out, want))
				}
				kept, _ := runOn(t, Config{BatchSize: size, Policy: Policy{Rules: []Rule{keep}}}, strings.NewReader(in))
				if kept != in {
					t.Fatalf("seed %d, size %d: bytes are others where all is kept", seed, size)
				}
			}
		}
	}
}

// TestBordersInWalk holds that blocks make the input, and their Outs the output,
// when matches cross the borders.
func TestBordersInWalk(t *testing.T) {
	in := letters(7, 3000)
	p := newPipeline(t, Config{BatchSize: 4 << 10, Workers: 2})
	src := NewSource(strings.NewReader(in), "x")
	src.Patient()
	var data, out bytes.Buffer
	_, err := p.Walk(t.Context(), src, func(b *Block) error {
		if b.Offset != int64(data.Len()) || b.Line != int64(bytes.Count(data.Bytes(), []byte{'\n'}))+1 {
			t.Errorf("block at %d, line %d", b.Offset, b.Line)
		}
		data.Write(b.Data)
		out.Write(b.Out)
		for _, h := range b.Hits {
			if h.Kind == detect.Email && !bytes.Equal(b.Data[h.Start:h.End], h.Value) {
				t.Errorf("a hit at %d is not where its value is", b.Offset+int64(h.Start))
			}
		}
		return nil
	})
	if err != nil || data.String() != in {
		t.Errorf("the blocks are not the input: %v", err)
	}
	want, _ := patiently(t, Config{BatchSize: 8 << 20}, strings.NewReader(in))
	if out.String() != want {
		t.Errorf("the output is another, near %q", difference(out.String(), want))
	}
}

func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return a[max(0, i-80):min(len(a), i+80)]
}

// patiently is runOn for a source that nobody waits for.
func patiently(t *testing.T, cfg Config, in io.Reader) (string, *Report) {
	t.Helper()
	src := NewSource(in, "input")
	src.Patient()
	var out bytes.Buffer
	r, err := newPipeline(t, cfg).Run(t.Context(), src, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), r
}
