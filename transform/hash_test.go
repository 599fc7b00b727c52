package transform

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The vectors of RFC 4231 hold for the MAC as it is used here: reset and used
// again.
func TestHMACVectors(t *testing.T) {
	tests := []struct{ name, key, data, want string }{
		{"1", strings.Repeat("0b", 20), "4869205468657265",
			"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
		{"2", "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
			"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
		{"3", strings.Repeat("aa", 20), strings.Repeat("dd", 50),
			"773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
		{"4", "0102030405060708090a0b0c0d0e0f10111213141516171819", strings.Repeat("cd", 50),
			"82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
		{"6", strings.Repeat("aa", 131), hex.EncodeToString([]byte("Test Using Larger Than Block-Size Key - Hash Key First")),
			"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
		{"7", strings.Repeat("aa", 131), hex.EncodeToString([]byte("This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.")),
			"9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			key, _ := hex.DecodeString(tt.key)
			data, _ := hex.DecodeString(tt.data)
			h := &hashed{key: key, bits: 256, mac: hmac.New(sha256.New, key)}
			want, _ := hex.DecodeString(tt.want)
			for range 2 {
				h.Append(nil, Value{Text: data})
				if hex.EncodeToString(h.sum[:]) != hex.EncodeToString(want) {
					t.Errorf("got %x", h.sum)
				}
			}
			token, _ := h.Append(nil, Value{Text: data})
			if string(token) != encode32(want) {
				t.Errorf("token %s, want %s", token, encode32(want))
			}
		})
	}
}

// Test case 5 of RFC 4231 is of a result that is cut to 128 bits, as tokens are.
func TestHMACTruncated(t *testing.T) {
	key, _ := hex.DecodeString(strings.Repeat("0c", 20))
	h := &hashed{key: key, bits: 128, mac: hmac.New(sha256.New, key)}
	want, _ := hex.DecodeString("a3b6167473100ee06e0c796c2955552b")
	if token, _ := h.Append(nil, Value{Text: []byte("Test With Truncation")}); string(token) != encode32(want) {
		t.Errorf("token %s, want %s", token, encode32(want))
	}
}

func TestHash(t *testing.T) {
	tests := []struct{ name, spec, canonical, form string }{
		{"default", "hash", "alice@example.com", `^email_[a-z2-7]{13}$`},
		{"bits", "hash:40", "alice@example.com", `^email_[a-z2-7]{8}$`},
		{"bits between", "hash:bits=41", "alice@example.com", `^email_[a-z2-7]{8}[aq]$`},
		{"all bits", "hash:bits=256", "alice@example.com", `^email_[a-z2-7]{52}$`},
		{"key id", "hash:kid", "alice@example.com", `^email_` + testKeys().ID() + `_[a-z2-7]{13}$`},
		{"label", "hash:label=who", "alice@example.com", `^who_[a-z2-7]{13}$`},
		{"form of email", "hash:form=keep", "alice@example.com", `^[a-z2-7]{16}@anon\.invalid$`},
		{"form of v4", "hash:form=keep", "192.0.2.1", `^2[45]\d\.\d+\.\d+\.\d+$`},
		{"form of v6", "hash:form=keep", "2001:db8::1", `^2001:db8:`},
		{"form of mac", "hash:form=keep", "00:00:5e:00:53:af", `^[0-9a-f][26ae]:([0-9a-f]{2}:){4}[0-9a-f]{2}$`},
		{"form of mac of eight", "hash:form=keep", "00:00:5e:ef:10:00:53:af", `^[0-9a-f][26ae]:([0-9a-f]{2}:){6}[0-9a-f]{2}$`},
		{"form of uuid", "hash:form=keep", "2ed6657d-e927-568b-95e1-2665a8aea6a2", `^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`},
		{"form of other text", "hash:form=keep", "alice", `^email_[a-z2-7]{13}$`},
		{"nothing", "hash", "", `^email_[a-z2-7]{13}$`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := applied(t, made(t, tt.spec), "any spelling", tt.canonical)
			if !regexp.MustCompile(tt.form).MatchString(got) {
				t.Errorf("%s of %s = %s", tt.spec, tt.canonical, got)
			}
		})
	}
	if got := applied(t, made(t, "hash:form=keep"), "", "2001:db8::2"); !netip.MustParsePrefix("2001:db8::/32").Contains(netip.MustParseAddr(got)) {
		t.Errorf("%s is not in the documentation range", got)
	}
}

// A change here changes every token that anybody has stored.
func TestTokensAreStable(t *testing.T) {
	got := applied(t, made(t, "hash"), "alice@example.com", "")
	const want = "email_5fvvzukaamsga"
	if got != want {
		t.Errorf("token %s, want %s", got, want)
	}
	if id := testKeys().ID(); id != "747eg" {
		t.Errorf("id %s", id)
	}
}

func TestHashSeparates(t *testing.T) {
	seen := map[string]string{}
	other := make([]byte, 32)
	for i := range other {
		other[i] = byte(255 - i)
	}
	otherKeys, _ := NewKeys(other)
	for name, keys := range map[string]*Keys{"key": testKeys(), "other": otherKeys} {
		for _, domain := range []string{"email", "phone", "email\x00", ""} {
			tr, err := New(Spec{Name: "hash"}, Target{Domain: domain}, keys)
			if err != nil {
				t.Fatal(err)
			}
			token := applied(t, tr, "alice", "")
			where := fmt.Sprintf("%s/%q", name, domain)
			if seen[token] != "" {
				t.Errorf("%s and %s share a token", where, seen[token])
			}
			seen[token] = where
		}
	}
}

// An attacker who has tokens and knows how they are made tries a whole range
// of addresses. Against an unkeyed hash every one of them falls; against hash
// none does.
func TestBruteForceOfIPv4(t *testing.T) {
	const space = 1 << 16 // 198.51.0.0/16
	address := func(i int) []byte {
		var ip [4]byte
		binary.BigEndian.PutUint32(ip[:], 198<<24|51<<16|uint32(i))
		return netip.AddrFrom4(ip).AppendTo(nil)
	}
	victims := []int{7, 25_700, 65_535}
	tr, err := New(Spec{Name: "hash"}, Target{Label: "IPV4", Domain: "ipv4"}, Ephemeral())
	if err != nil {
		t.Fatal(err)
	}
	keyed, unkeyed := map[string]bool{}, map[string]bool{}
	for _, i := range victims {
		keyed[applied(t, tr, string(address(i)), "")] = true
		sum := sha256.Sum256(address(i))
		unkeyed["ipv4_"+string(appendBits(nil, sum[:], 64))] = true
	}
	guesser, _ := New(Spec{Name: "hash"}, Target{Label: "IPV4", Domain: "ipv4"}, Ephemeral())
	var found, foundUnkeyed int
	for i := range space {
		text := address(i)
		sum := sha256.Sum256(text)
		guess := "ipv4_" + string(appendBits(nil, sum[:], 64))
		if unkeyed[guess] {
			foundUnkeyed++
		}
		if keyed[guess] || keyed[applied(t, guesser, string(text), "")] {
			found++
		}
	}
	if foundUnkeyed != len(victims) {
		t.Errorf("found %d of %d unkeyed: the attack does not work", foundUnkeyed, len(victims))
	}
	if found != 0 {
		t.Errorf("found %d addresses behind keyed tokens", found)
	}
}

// TestHashInItsType: a token that is an integer is the first bits of the text's, and
// there is none where so many do not fit.
func TestHashInItsType(t *testing.T) {
	const uuid, four, six = "3515cbce-9090-49ae-90e0-035500fb0917", "192.0.2.1", "2001:db8::1"
	for _, tt := range []struct {
		spec, value string
		place       Place
		want        string // what it looks like; "" is an error
	}{
		{"hash", "15147872100", Place{Typed: true, Bits: 63}, `^\d{1,19}$`},
		{"hash:bits=128", "15147872100", Place{Typed: true, Bits: 64}, `^\d{1,19}$`},
		{"hash", "15147872100", Place{Typed: true, Bits: 31}, ""},
		{"hash", "15147872100", Place{Typed: true, Bits: 53}, `^\d{1,16}$`},
		{"hash:bits=32", "15147872100", Place{Typed: true, Bits: 32}, `^\d{1,10}$`},
		{"hash", uuid, Place{Typed: true}, `^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`},
		{"hash", six, Place{Typed: true}, `^2001:db8:`},
		{"hash", four, Place{Typed: true}, ""},
		{"hash:form=keep", four, Place{Typed: true}, `^2[45]\d\.`},
		{"hash", "1984-01-02", Place{Typed: true}, ""},
	} {
		tr := made(t, tt.spec)
		got, err := tr.Append(nil, Value{Text: []byte(tt.value), Place: tt.place})
		again, _ := tr.Clone().Append(nil, Value{Text: []byte(tt.value), Place: tt.place})
		if (err != nil) != (tt.want == "") || !regexp.MustCompile(tt.want).Match(got) || string(got) != string(again) {
			t.Errorf("%s of %s at %+v: %q, %v", tt.spec, tt.value, tt.place, got, err)
		}
	}
	number, _ := made(t, "hash").Append(nil, Value{Text: []byte("a"), Place: Place{Typed: true, Bits: 63}})
	n, err := strconv.ParseUint(string(number), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := made(t, "hash:bits=60").Append(nil, Value{Text: []byte("a")})
	var sum [8]byte
	binary.BigEndian.PutUint64(sum[:], n<<1)
	if bits := appendBits(nil, sum[:], 60); !strings.HasSuffix(string(text), string(bits)) {
		t.Errorf("the integer has other bits than %s", text)
	}
}
