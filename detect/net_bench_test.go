package detect

import (
	"strings"
	"testing"
)

// BenchmarkDetector scans, with one detector on, a log in which it finds
// nothing and one that is full of what it looks for.
func BenchmarkDetector(b *testing.B) {
	const clean = `2026-03-04T10:20:30.123Z INFO [worker-3] c.e.orders.OrderService - order 48213 shipped in 35 ms, items=3, status=OK, route=/api/v1/orders?page=2&size=20` + "\n"
	for _, k := range []struct {
		kind  Kind
		value string
	}{
		{Email, "someone@example.com"}, {IPv4, "192.0.2.1"}, {IPv6, "2001:db8::1:2"}, {MAC, "00:00:5e:00:53:01"}, {UUID, "550e8400-e29b-41d4-a716-446655440000"},
		{URLUserinfo, "https://a:b@example.com/"}, {JWT, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"}, {APIKey, "AKIAIOSFODNN7EXAMPLE"}, {Cookie, "Cookie: sid=abc123; b=c"},
		{PrivateKey, "-----BEGIN " + "PRIVATE KEY-----\nMIIB\n-----END " + "PRIVATE KEY-----"}, {CryptoWallet, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"},
	} {
		for _, text := range []struct{ name, text string }{
			{"clean", strings.Repeat(clean, 6000)},
			{"dense", strings.Repeat("10:20:30 user="+k.value+" status=OK\n", 20000)},
		} {
			b.Run("kind="+k.kind.String()+"/log="+text.name, func(b *testing.B) {
				e, err := New(Options{Kinds: []Kind{k.kind}})
				if err != nil {
					b.Fatal(err)
				}
				s, in := e.NewScanner(), []byte(text.text)
				b.SetBytes(int64(len(in)))
				b.ReportAllocs()
				for b.Loop() {
					s.Scan(in)
				}
			})
		}
	}
}
