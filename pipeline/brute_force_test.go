package pipeline

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/transform"
)

// TestBruteForce tries every address of a network of 65,536 against what stands
// for one of them, as an attacker can who knows all but the key. A hash without
// key falls at once; under the default 255 addresses look the same; a keyed token
// is that of none.
func TestBruteForce(t *testing.T) {
	const victim = "198.18.77.201"
	each := func(try func(ip string)) {
		for i := range 1 << 16 {
			try(fmt.Sprintf("198.18.%d.%d", i>>8, i&255))
		}
	}
	short := func(sum []byte) string {
		return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum))[:12]
	}
	unkeyed := func(ip string) string {
		sum := sha256.Sum256([]byte(ip))
		return short(sum[:])
	}
	seen, hits := unkeyed(victim), 0
	each(func(ip string) {
		if unkeyed(ip) == seen {
			hits++
		}
	})
	if hits != 1 {
		t.Errorf("the hash without key has %d candidates: this test tries nothing", hits)
	}

	one := func(p Policy, keys *transform.Keys) string {
		out, _ := runOn(t, Config{Policy: p, Keys: keys, Format: "text"}, strings.NewReader(victim+"\n"))
		return strings.TrimSpace(out)
	}
	all := func(p Policy, keys *transform.Keys) []string {
		var in strings.Builder
		each(func(ip string) { in.WriteString(ip + "\n") })
		out, _ := runOn(t, Config{Policy: p, Keys: keys, Format: "text"}, strings.NewReader(in.String()))
		return strings.Fields(out)
	}

	hits = 0
	seen = one(Policy{}, nil)
	for _, x := range all(Policy{}, nil) {
		if x == seen {
			hits++
		}
	}
	if hits != 255 { // that of the network itself gives way to its label
		t.Errorf("by default %d addresses look like the one, want 255", hits)
	}

	p := set(t, "ipv4=hash")
	secret := transform.Ephemeral()
	seen = one(p, secret)
	token := strings.TrimPrefix(seen, "ipv4_")
	each(func(ip string) {
		for _, key := range []string{"", "ipv4", "scrim", "198.18.0.0"} {
			mac := hmac.New(sha256.New, []byte(key))
			mac.Write([]byte(ip))
			if strings.HasPrefix(token, short(mac.Sum(nil))) || strings.HasPrefix(token, unkeyed(ip)) {
				t.Fatal("the token is that of a hash that anyone can make")
			}
		}
	})
	for _, x := range all(p, transform.Ephemeral()) {
		if x == seen {
			t.Fatal("the token is made without the key")
		}
	}
	// With the key it is found, so the search above does look.
	hits = 0
	for _, x := range all(p, secret) {
		if x == seen {
			hits++
		}
	}
	if hits != 1 {
		t.Errorf("with the key, %d addresses have the token", hits)
	}
}
