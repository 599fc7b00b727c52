package detect

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// A valueTest says what is found of one kind in a text; what is expected stands
// in the text itself, in «».
type valueTest struct{ name, text string }

// unmark takes the marks out of a text and returns what they enclosed.
func unmark(marked string) (text string, want []string) {
	for {
		before, rest, ok := strings.Cut(marked, "«")
		text += before
		if !ok {
			return text, want
		}
		value, after, _ := strings.Cut(rest, "»")
		text, marked = text+value, after
		want = append(want, fmt.Sprintf("%d:%s", len(text)-len(value), value))
	}
}

// foundOf returns what a Scanner for kinds finds in text, as unmark does.
func foundOf(t *testing.T, text string, kinds ...Kind) (got []string) {
	t.Helper()
	e, err := New(Options{Kinds: kinds})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range e.NewScanner().Scan([]byte(text)) {
		got = append(got, fmt.Sprintf("%d:%s", m.Start, text[m.Start:m.End]))
	}
	return got
}

// testValues runs tests with a Scanner for kinds.
func testValues(t *testing.T, tests []valueTest, kinds ...Kind) {
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, want := unmark(test.text)
			if got := foundOf(t, text, kinds...); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("in %q\n got %q\nwant %q", text, got, want)
			}
		})
	}
}

// testConformance checks what every detector must do: it finds its examples at
// the start, in the middle and at the end of a text, repeated, next to
// punctuation and across chunks; and not within longer words.
func testConformance(t *testing.T, k Kind, examples ...string) {
	for _, v := range examples {
		for _, frame := range []string{
			"«%s»", "«%s» and more", "more and «%s»", "a «%s» b", "«%s» «%s»", "x\n«%s»\ny", "x\r\n«%s»\r\ny", "\t«%s»\t",
			"(«%s»)", "[«%s»]", `{"k":"«%s»"}`, "'«%s»'", "<«%s»>", "k=«%s»", "k=«%s»&l=1", "k: «%s»,", "«%s»;", "see «%s».", "|«%s»|",
			`\n«%s»\n`, `\u0022«%s»\u0022`, "%22«%s»%22", "\x1b[32m«%s»\x1b[0m", "é «%s» é",
		} {
			marked := strings.ReplaceAll(frame, "%s", v)
			text, want := unmark(strings.ReplaceAll(marked, "%22", "\x00"))
			text = strings.ReplaceAll(text, "\x00", "%22")
			if strings.Contains(frame, "%22") {
				want = []string{"3:" + v}
			}
			if got := foundOf(t, text, k); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("in %q\n got %q\nwant %q", text, got, want)
			}
		}
		for _, at := range []int{8192 - len(v), 8191, 8192, 8193, 8180, 16384 - len(v)/2, 63, 64} {
			text := strings.Repeat(".", at-1) + " " + v + " " + strings.Repeat("-", 9000)
			if got, want := foundOf(t, text, k), fmt.Sprintf("[%d:%s]", at, v); fmt.Sprint(got) != want {
				t.Errorf("at %d: got %q, want %q", at, got, want)
			}
		}
		if k == Email || k == PrivateKey {
			continue // what is on the left of a mailbox is part of it
		}
		for _, text := range []string{"q" + v + "q", "Z9" + v + "9Z"} {
			if got := foundOf(t, text, k); len(got) > 0 && got[0] == "1:"+v {
				t.Errorf("found within a word: %q in %q", got, text)
			}
		}
	}
}

// testNamed checks what reportNamed makes of values of fields.
func testNamed(t *testing.T, k Kind, tests []valueTest) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, want := unmark(test.text)
			var got []string
			for _, m := range e.NewScanner().ScanField(Field{Kind: k}, []byte(text)) {
				got = append(got, fmt.Sprintf("%d:%s", m.Start, text[m.Start:m.End]))
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("in %q\n got %q\nwant %q", text, got, want)
			}
		})
	}
}

// netSeeds are pieces that hostile texts and fuzz seeds are made of.
var netSeeds = []string{
	"a@example.com", `"a b"@example.com`, "192.0.2.1", "2001:db8::1%eth0", "::ffff:192.0.2.1", "00-00-5e-00-53-01", "0011.2233.4455",
	"550e8400-e29b-41d4-a716-446655440000", "https://u:p@example.com/", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
	"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "Cookie: a=bcd; e=fgh", "Set-Cookie: a=b; Path=/",
	"AKIAIOSFODNN7EXAMPLE", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "a%40example.com", "Bearer 0123456789abcdefXYZ",
}

func FuzzScan(f *testing.F) {
	for _, s := range netSeeds {
		f.Add([]byte(s))
		f.Add([]byte("k=" + s + "\\n" + s))
	}
	e, err := New(Options{})
	if err != nil {
		f.Fatal(err)
	}
	s := e.NewScanner()
	f.Fuzz(func(t *testing.T, b []byte) {
		last := 0
		for _, m := range s.Scan(b) {
			if m.Start < last || m.End <= m.Start || m.End > len(b) {
				t.Fatalf("match %d-%d after %d in %d bytes", m.Start, m.End, last, len(b))
			}
			last = m.End
			AppendCanonical(nil, m.Kind, b[m.Start:m.End])
		}
		for k := None + 1; k < numKinds; k++ {
			s.ScanField(Field{Kind: k}, b)
		}
	})
}

// TestScanIgnoresFarContext checks that what is found in a line does not depend
// on the lines around it.
func TestScanIgnoresFarContext(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var line string
		for range 1 + r.IntN(6) {
			line += netSeeds[r.IntN(len(netSeeds))] + []string{" ", ",", `"`, "=", "", ":"}[r.IntN(6)]
		}
		line = strings.ReplaceAll(line, "\n", "")
		pad := strings.Repeat("filler line\n", 1+r.IntN(800))
		alone := foundOf(t, "\n"+line+"\n")
		within := foundOf(t, "\n"+line+"\n"+pad)
		if fmt.Sprint(alone) != fmt.Sprint(within) {
			t.Fatalf("in %q\nalone  %q\nwithin %q", line, alone, within)
		}
	}
}

// BenchmarkHostile scans hostile texts of two lengths: what a byte costs must
// be about the same, or a scan is not linear.
func BenchmarkHostile(b *testing.B) {
	e, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	pieces := append([]string{
		"@", "a@", "@a", "a.", "1.", "1.1", "::", ":a", "a:", "0:", "00:", "00-", "-", ".", "=", "a=", "://", "://a", "://a:", "://a@", "eyJ.",
		"eyJ", "eyJaaaaaaaaaaaaaaaa.", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----a\n", "cookie:", "cookie:a=", "cookie:a=b;",
		"a=b;", "%40", "%", "%41", `\`, `\u0041`, `"`, `"@`, `"a`, "<", "<a", "'", "o'", "a'", "#ext#@", "1", "a", "A1", "é", "谢", "[::", "[", "0x", "bc1", "4", "Bearer ", "Bearer aaaaaaaaaaaaaaaa",
		"a@b.c", "a/b@", "srs0=", "srs0=@", "a+b=c.com@", "aaaaaaaaaaaaaaaa.", "SG.", "hooks.slack.com/services/",
		"1 ", "514-555-", "(1", "+1", "GB29 ", "A1111", "phone 5", "1\u00b0", "12345678-", "1/1/1990 ",
	}, netSeeds...)
	for _, name := range slices.Sorted(maps.Keys(hostile)) {
		pieces = append(pieces, hostile[name])
	}
	for i, piece := range pieces {
		for _, kb := range []int{16, 256} {
			b.Run(fmt.Sprintf("piece=%d/kb=%d", i, kb), func(b *testing.B) {
				text := []byte(strings.Repeat(piece, kb<<10/len(piece)+1))
				s := e.NewScanner()
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					s.Scan(text)
				}
			})
		}
	}
}
