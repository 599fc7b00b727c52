package bench

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/scrim-dev/scrim/detect"
)

// Benchmarks of the detectors over generated text, in this process and on one
// core:
//
//	go test ./bench -run '^$' -bench Detect -count 10 | benchstat -col /kinds -

// benchBytes is how much text a benchmark scans at a time: more than fits in
// the second level cache of today's cores, and little enough to generate fast.
const benchBytes = 4 << 20

// kindSets are the sets of kinds that benchmarks have on: by how many.
var kindSets = []struct {
	name  string
	kinds []detect.Kind // nil means all
}{
	{"1", []detect.Kind{detect.Email}},
	{"5", []detect.Kind{detect.Email, detect.IPv4, detect.IPv6, detect.MAC, detect.UUID}},
	{"15", []detect.Kind{detect.Email, detect.IPv4, detect.IPv6, detect.MAC, detect.UUID, detect.Phone,
		detect.CreditCard, detect.IBAN, detect.USSSN, detect.IMEI, detect.JWT, detect.APIKey,
		detect.PrivateKey, detect.URLUserinfo, detect.CryptoWallet}},
	{"all", nil},
}

func generated(tb testing.TB, c Corpus) []byte {
	tb.Helper()
	var b bytes.Buffer
	b.Grow(c.Bytes + c.LineLength)
	if err := c.WriteFile(&b, nil); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func benchmarkScan(b *testing.B, kinds []detect.Kind, text []byte) {
	e, err := detect.New(detect.Options{Kinds: kinds})
	if err != nil {
		b.Fatal(err)
	}
	s := e.NewScanner()
	const block = 256 << 10 // as a batch of the flow
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	matches := 0
	for b.Loop() {
		matches = 0
		for rest := text; len(rest) > 0; {
			n := min(block, len(rest))
			if end := bytes.IndexByte(rest[n:], '\n'); end >= 0 {
				n += end + 1
			} else {
				n = len(rest)
			}
			matches += len(s.Scan(rest[:n]))
			rest = rest[n:]
		}
	}
	b.ReportMetric(float64(matches)/(float64(len(text))/1e6), "matches/MB")
}

// BenchmarkDetect is how cost grows with the number of kinds and the share of
// lines with a match.
func BenchmarkDetect(b *testing.B) {
	for _, density := range []int{0, 1, 10, 50, 100} {
		text := generated(b, Corpus{Seed: 1, Bytes: benchBytes, Density: float64(density) / 100, Traps: 0.1})
		for _, set := range kindSets {
			b.Run(fmt.Sprintf("kinds=%s/density=%d", set.name, density), func(b *testing.B) {
				benchmarkScan(b, set.kinds, text)
			})
		}
	}
}

// BenchmarkDetectLine is how cost grows with the length of lines.
func BenchmarkDetectLine(b *testing.B) {
	for _, length := range []int{20, 200, 2000, 20000, 200000, 1 << 20} {
		text := generated(b, Corpus{Seed: 1, Bytes: benchBytes, Density: 0.1, Traps: 0.1, LineLength: length})
		b.Run(fmt.Sprintf("kinds=all/line=%d", length), func(b *testing.B) { benchmarkScan(b, nil, text) })
	}
}

// BenchmarkDetectFormat is the cost of text, JSON lines and CSV, all read as
// text.
func BenchmarkDetectFormat(b *testing.B) {
	for _, format := range []string{"text", "jsonl", "csv"} {
		text := generated(b, Corpus{Seed: 1, Bytes: benchBytes, Density: 0.1, Traps: 0.1, Format: format})
		b.Run(fmt.Sprintf("kinds=all/format=%s", format), func(b *testing.B) { benchmarkScan(b, nil, text) })
	}
}

// BenchmarkDetectSize holds the cost of a byte against the size of one text.
func BenchmarkDetectSize(b *testing.B) {
	for _, mb := range []int{1, 4, 16, 64} {
		b.Run(fmt.Sprintf("kinds=all/mb=%d", mb), func(b *testing.B) {
			benchmarkScan(b, nil, generated(b, Corpus{Seed: 1, Bytes: mb << 20, Density: 0.1, Traps: 0.1}))
		})
	}
}

// BenchmarkDetectKind is what one kind alone costs: where nothing is of it, and
// where half of the lines are.
func BenchmarkDetectKind(b *testing.B) {
	clean := generated(b, Corpus{Seed: 1, Bytes: benchBytes, Traps: 0.1})
	for _, k := range detect.Kinds() {
		only := []detect.Kind{k.Kind}
		b.Run(fmt.Sprintf("kind=%s/density=0", k.Name), func(b *testing.B) { benchmarkScan(b, only, clean) })
		dense := generated(b, Corpus{Seed: 1, Bytes: benchBytes, Density: 0.5, Mix: map[string]float64{TypeOf(k.Kind): 1}})
		b.Run(fmt.Sprintf("kind=%s/density=50", k.Name), func(b *testing.B) { benchmarkScan(b, only, dense) })
	}
}

// BenchmarkCorpus is how fast the generator writes.
func BenchmarkCorpus(b *testing.B) {
	c := Corpus{Seed: 1, Bytes: 1 << 20, Density: 0.2, Traps: 0.2}
	b.SetBytes(int64(c.Bytes))
	b.ReportAllocs()
	for b.Loop() {
		generated(b, c)
	}
}
