package transform

import (
	"fmt"
	"testing"
)

func BenchmarkTransform(b *testing.B) {
	for _, bm := range []struct{ spec, value string }{
		{"redact", "alice@example.com"},
		{"mask:keep=1", "alice@example.com"},
		{"mask:keep=4", "4111-1111-1111-1234"},
		{"mask:shape", "Zoë-12.34"},
		{"truncate", "198.51.100.217"},
		{"truncate:v4=20", "198.51.100.217"},
		{"truncate", "2001:db8:85a3:8d3:1319:8a2e:370:7348"},
		{"truncate", "00:00:5e:00:53:af"},
		{"truncate", "45.50170,-73.56730"},
		{"truncate", "2024-05-17T13:14:15Z"},
		{"hash", "alice@example.com"},
		{"hash", "198.51.100.217"},
		{"hash:form=keep", "2001:db8:85a3::7348"},
		{"encrypt", "alice@example.com"},
		{"fpe", "+1 (202) 555-0143"},
		{"ip-prefix", "198.51.100.217"},
		{"ip-prefix", "2001:db8:85a3:8d3:1319:8a2e:370:7348"},
		{"ip-prefix:cryptopan", "198.51.100.217"},
		{"ip-prefix:deterministic", "198.51.100.217"},
		{"shift", "2024-05-17T13:14:15Z"},
		{"generalise:bucket=10", "34"},
		{"generalise", "198.51.100.217"},
		{"keep", "alice@example.com"},
	} {
		b.Run(fmt.Sprintf("transform=%s/bytes=%d", bm.spec, len(bm.value)), func(b *testing.B) {
			tr := made(b, bm.spec)
			v := Value{Text: []byte(bm.value)}
			dst := make([]byte, 0, 200)
			b.SetBytes(int64(len(bm.value)))
			b.ReportAllocs()
			for b.Loop() {
				var err error
				if dst, err = tr.Append(dst[:0], v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Values that never come again, against ones that do: what recent costs and
// brings.
func BenchmarkRecent(b *testing.B) {
	for _, spec := range []string{"hash", "encrypt", "ip-prefix"} {
		for _, distinct := range []int{1, 100, 1000, 1 << 16} {
			b.Run(fmt.Sprintf("transform=%s/distinct=%d", spec, distinct), func(b *testing.B) {
				tr := made(b, spec)
				values := make([]Value, distinct)
				for i := range values {
					values[i].Text = fmt.Appendf(nil, "198.51.%d.%d", i>>8, i&255)
				}
				dst := make([]byte, 0, 200)
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					dst, _ = tr.Append(dst[:0], values[i%distinct])
				}
			})
		}
	}
}

func BenchmarkReveal(b *testing.B) {
	token := []byte(applied(b, made(b, "encrypt"), "alice@example.com", ""))
	keys := testKeys()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Reveal(token, keys); err != nil {
			b.Fatal(err)
		}
	}
}

// The hot transforms allocate nothing: they are called for every match.
func TestNoAllocations(t *testing.T) {
	for spec, values := range map[string][]string{
		"redact":               {"alice@example.com"},
		"mask:keep=4":          {"4111-1111-1111-1234", "Zoë"},
		"mask:shape":           {"Zoë-12.34"},
		"truncate":             {"198.51.100.217", "2001:DB8:85a3::1", "00:00:5e:00:53:af", "45.5,-73.5", "2024-05-17", "alice"},
		"truncate:v4=20":       {"198.51.100.217"},
		"hash":                 {"alice@example.com"},
		"hash:form=keep":       {"alice@example.com", "198.51.100.217", "2001:db8::1", "00:00:5e:00:53:af", "2ed6657d-e927-568b-95e1-2665a8aea6a2"},
		"fpe:keep=4":           {"4111-1111-1111-1234"},
		"ip-prefix":            {"198.51.100.217", "2001:db8::1"},
		"ip-prefix:cryptopan":  {"198.51.100.217"},
		"shift":                {"2024-05-17T13:14:15Z", "Fri, 17 May 2024 13:14:15 GMT"},
		"generalise:bucket=10": {"34", "198.51.100.217"},
		"keep":                 {"alice"},
		"drop":                 {"alice"},
	} {
		for _, value := range values {
			tr := made(t, spec)
			v := Value{Text: []byte(value)}
			dst := make([]byte, 0, 200)
			if n := testing.AllocsPerRun(100, func() { tr.Append(dst, v) }); n != 0 {
				t.Errorf("%s of %s allocates %v times", spec, value, n)
			}
		}
	}
}
