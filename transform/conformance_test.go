package transform

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// conformanceSpecs are all transforms with defaults, and with each of their
// parameters in use.
var conformanceSpecs = []string{
	"redact", "redact:label=X",
	"mask", "mask:keep=4", "mask:keep-first=2,keep=2,char=•", "mask:shape",
	"truncate", "truncate:24", "truncate:8", "truncate:runes=3", "truncate:year,order=mdy", "truncate:v4=13,v6=77,decimals=0",
	"hash", "hash:bits=33,kid", "hash:form=keep", "hash:bits=256,label=who",
	"encrypt", "encrypt:canonical",
	"fpe", "fpe:keep=4,keep-first=1",
	"ip-prefix", "ip-prefix:cryptopan", "ip-prefix:deterministic",
	"shift", "shift:days=1,order=dmy,subject=x", "shift:by=id",
	"generalise", "generalise:bucket=10", "generalise:digits=3", "generalise:to=decade,v4=8",
	"keep", "drop", "drop:record",
}

// hostile draws values that look like what a transform reads, and are not.
func hostile(t *rapid.T, label string) []byte {
	switch rapid.IntRange(0, 5).Draw(t, label+" how") {
	case 0:
		return rapid.SliceOfN(rapid.Byte(), 0, 80).Draw(t, label)
	case 1:
		return []byte(rapid.String().Draw(t, label))
	case 2:
		return []byte(rapid.StringMatching(`[0-9a-fA-F:.%/\[\]-]{0,50}`).Draw(t, label))
	case 3:
		return []byte(rapid.StringMatching(`[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/. ,][0-9]{1,4}([T :][0-9:.,+ZAPM -]{0,20})?`).Draw(t, label))
	case 4:
		return []byte(rapid.StringMatching(`[+-]?[0-9]{1,40}([.,; -][+-]?[0-9]{1,40}){0,3}`).Draw(t, label))
	}
	return []byte(rapid.SampledFrom([]string{
		"", "192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1", "00:00:5e:00:53:af", "0000.5e00.53af", "alice@example.com",
		"2024-05-17T13:14:15Z", "17/May/2024:13:14:15 +0200", "45.5017,-73.5673", "+1 (202) 555-0143",
		"2ed6657d-e927-568b-95e1-2665a8aea6a2", "enc~email~747eg~aaaaaaaaaaaaaaaaaaaaaaaaaa~", "-", "\x00", "\xff",
		strings.Repeat("9", 300), strings.Repeat("::", 50), strings.Repeat("é", 100),
	}).Draw(t, label))
}

// Whatever the value: no panic, no change of dst on an error, an error without
// the value, no change of the value, and the same from a clone.
func TestHostileValues(t *testing.T) {
	for _, spec := range conformanceSpecs {
		t.Run(spec, func(t *testing.T) {
			tr := made(t, spec)
			rapid.Check(t, func(t *rapid.T) {
				v := Value{Text: hostile(t, "text"), Canonical: hostile(t, "canonical")}
				text, canonical := bytes.Clone(v.Text), bytes.Clone(v.Canonical)
				before := []byte("before")
				out, err := tr.Append(before[:len(before):len(before)], v)
				if !bytes.HasPrefix(out, before) {
					t.Fatalf("dst is now %q", out)
				}
				if err != nil {
					if len(out) != len(before) {
						t.Fatalf("error and %q", out)
					}
					if len(v.Text) > 5 && strings.Contains(err.Error(), string(v.Text)) {
						t.Fatalf("error tells the value: %v", err)
					}
				}
				if !bytes.Equal(v.Text, text) || !bytes.Equal(v.Canonical, canonical) {
					t.Fatal("the value was written to")
				}
				// Room behind dst is used, and what stood there is no matter.
				again, err2 := tr.Clone().Append(append(make([]byte, 0, 1000), before...), v)
				if (err == nil) != (err2 == nil) || !bytes.Equal(out, again) {
					t.Fatalf("%q, and from a clone %q: %v, %v", out, again, err, err2)
				}
			})
		})
	}
}

// A value of sixteen characters or more never comes out whole, unless what is
// coarse was so before: an address that ends in zeros or a date at the start of
// its month, which are not drawn.
func TestNothingPasses(t *testing.T) {
	for _, spec := range conformanceSpecs {
		if strings.HasPrefix(spec, "keep") {
			continue
		}
		t.Run(spec, func(t *testing.T) {
			tr := made(t, spec)
			rapid.Check(t, func(t *rapid.T) {
				text := []byte(rapid.StringMatching(`[a-w]{3}[A-Za-z0-9@._ -]{12,40}[1-9]`).Draw(t, "text"))
				out, err := tr.Append(nil, Value{Text: text, Canonical: bytes.ToLower(text)})
				if err == nil && bytes.Contains(out, text) {
					t.Fatalf("%q comes out as %q", text, out)
				}
			})
		})
	}
}

// Clones work at the same time; the race detector looks on.
func TestClonesAreApart(t *testing.T) {
	for _, spec := range conformanceSpecs {
		tr := made(t, spec)
		var wg sync.WaitGroup
		results := make([]string, 4)
		for i := range results {
			clone := tr.Clone()
			wg.Go(func() {
				var out []byte
				for k := range 50 {
					for _, form := range []string{"192.0.2.%d", "+1 202 555 01%02d", "2024-05-%02d"} {
						out, _ = clone.Append(out, Value{Text: fmt.Appendf(nil, form, k%28+1)})
					}
				}
				results[i] = string(out)
			})
		}
		wg.Wait()
		for i := range results {
			if results[i] != results[0] {
				t.Errorf("%s: clones differ", spec)
			}
		}
	}
}

// One person, number or device is one token in every spelling.
func TestCanonicalTokens(t *testing.T) {
	spellings := map[string][]string{
		"alice@example.com": {"alice@example.com", "Alice@Example.COM", "alice%40example.com"},
		"192.0.2.1":         {"192.0.2.1", "::ffff:192.0.2.1", "::FFFF:C000:201"},
		"00:00:5e:00:53:af": {"00-00-5E-00-53-AF", "0000.5e00.53af", "00005e0053af"},
		"+12025550143":      {"+1 (202) 555-0143", "(202) 555-0143", "202.555.0143"},
	}
	for _, spec := range []string{"hash", "hash:form=keep", "hash:kid", "encrypt:canonical", "ip-prefix"} {
		for canonical, texts := range spellings {
			tokens := map[string]bool{}
			for _, text := range texts {
				tokens[applied(t, made(t, spec), text, canonical)] = true
			}
			if len(tokens) != 1 {
				t.Errorf("%s: %d tokens for the spellings of one value", spec, len(tokens))
			}
		}
	}
}

// Results that are kept are those that would be made: for more values than are
// kept, of any length, twice.
func TestRecentResults(t *testing.T) {
	for _, spec := range []string{"hash", "hash:form=keep", "encrypt", "ip-prefix", "ip-prefix:deterministic"} {
		tr := made(t, spec)
		first := map[string]string{}
		for range 2 {
			for i := range 2000 {
				for _, text := range []string{
					fmt.Sprintf("198.51.%d.%d", i>>8, i&255), fmt.Sprintf("2001:db8::%x", i), strings.Repeat("x", i%70),
				} {
					got := applied(t, tr, text, "")
					if first[text] == "" {
						first[text] = got
					}
					if first[text] != got {
						t.Fatalf("%s of %s is %s and %s", spec, text, first[text], got)
					}
				}
			}
		}
		for text, want := range first {
			if got := applied(t, tr.Clone(), text, ""); got != want {
				t.Fatalf("%s of %s is %s, and from a clone %s", spec, text, want, got)
			}
		}
	}
}
