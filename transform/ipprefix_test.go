package transform

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"math/bits"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// ipTestCipher makes the transform of a published vector.
func ipTestCipher(t *testing.T, tool, keyHex string) *ipPrefix {
	t.Helper()
	key, err := hex.DecodeString(keyHex)
	if err != nil {
		t.Fatal(err)
	}
	var c ipCipher
	switch tool {
	case "ipcrypt-pfx":
		c, err = newIPPfx(key)
	case "ipcrypt-deterministic":
		c, err = newIPDeterministic(key)
	case "cryptopan":
		c, err = newCryptoPAn(key)
	}
	if err != nil {
		t.Fatal(err)
	}
	return &ipPrefix{cipher: c, wide: tool == "ipcrypt-deterministic"}
}

func checkIPVector(t *testing.T, tool, key, in, want string) {
	t.Helper()
	p := ipTestCipher(t, tool, key)
	if got := applied(t, p, in, ""); got != want {
		t.Errorf("%s of %s = %s, want %s", tool, in, got, want)
	}
	if back, err := p.Reverse(nil, []byte(want)); err != nil || string(back) != in {
		t.Errorf("%s of %s reversed to %s: %v", tool, in, back, err)
	}
}

// The vectors of draft-denis-ipcrypt and of the sample trace of Crypto-PAn.
func TestIPVectors(t *testing.T) {
	const (
		pfx1 = "0123456789abcdeffedcba98765432101032547698badcfeefcdab8967452301"
		pfx2 = "2b7e151628aed2a6abf7158809cf4f3ca9f5ba40db214c3798f2e1c23456789a"
		pan  = "1522178d33a4cf80130a5b1649907d10d8988f837979652762574c2d2a842202"
	)
	for _, v := range []struct{ tool, key, in, want string }{
		{"ipcrypt-pfx", pfx1, "255.255.255.255", "94.185.169.89"},
		{"ipcrypt-pfx", pfx1, "192.0.2.1", "100.115.72.131"},
		{"ipcrypt-pfx", pfx1, "2001:db8::1", "c180:5dd4:2587:3524:30ab:fa65:6ab6:f88"},
		{"ipcrypt-pfx", pfx2, "10.0.0.47", "19.214.210.244"},
		{"ipcrypt-pfx", pfx2, "10.0.0.234", "19.214.210.30"},
		{"ipcrypt-pfx", pfx2, "172.16.5.193", "210.78.229.136"},
		{"ipcrypt-pfx", pfx2, "2001:db8::a5c9:4e2f:bb91:5a7d", "7cec:702c:1243:f70:1956:125:b9bd:1aba"},
		{"ipcrypt-pfx", pfx2, "2001:db8::7234:d8f1:3c6e:9a52", "7cec:702c:1243:f70:a3ef:c8e:95c1:cd0d"},
		{"ipcrypt-deterministic", "0123456789abcdeffedcba9876543210", "2001:db8:85a3::8a2e:370:7334", "1eef:2352:64c8:18e6:6456:1373:f615:5032"},
		{"ipcrypt-deterministic", "2b7e151628aed2a6abf7158809cf4f3c", "192.0.2.1", "1dbd:c1b9:fff1:7586:7d0b:67b4:e76e:4777"},
		{"cryptopan", pan, "130.132.252.244", "133.68.164.234"},
		{"cryptopan", pan, "141.233.145.108", "141.129.237.235"},
	} {
		checkIPVector(t, v.tool, v.key, v.in, v.want)
	}
}

// The whole set of vectors, where it is beside the repository.
func TestIPVectorFile(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "shared", "corpus", "vectors", "ip_anonymisation.jsonl"))
	if err != nil {
		t.Skip("no ../shared/corpus/vectors beside the repository")
	}
	defer f.Close()
	ran := map[string]int{}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var v struct {
			Tool, Input, Expected string
			Params                map[string]any
		}
		if err := json.Unmarshal(sc.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		switch v.Tool {
		case "ipcrypt-pfx", "ipcrypt-deterministic":
			checkIPVector(t, v.Tool, v.Params["key"].(string), v.Input, v.Expected)
		case "cryptopan":
			checkIPVector(t, v.Tool, v.Params["key_hex"].(string), v.Input, v.Expected)
		case "anonip:test_process_line":
			// The masks there count the bits that go.
			v4, v6 := int(v.Params["v4mask"].(float64)), int(v.Params["v6mask"].(float64))
			in, want := strings.Trim(v.Input, "[] "), strings.Trim(v.Expected, "[] ")
			if _, err := netip.ParseAddr(in); err != nil {
				continue
			}
			tr := &truncate{v4: 32 - v4, v6: 128 - v6, runes: -1}
			if got := applied(t, tr, in, ""); got != want {
				t.Errorf("%s %v: %s, want %s", v.Tool, v.Params, got, want)
			}
		case "rsyslog-mmanon":
			if !checkMmanon(t, v.Params, strings.TrimSpace(v.Input), strings.TrimSpace(v.Expected)) {
				continue
			}
		default:
			continue
		}
		ran[v.Tool]++
	}
	for _, tool := range []string{"ipcrypt-pfx", "ipcrypt-deterministic", "cryptopan", "anonip:test_process_line", "rsyslog-mmanon"} {
		if ran[tool] == 0 {
			t.Errorf("no vector of %s was run", tool)
		}
	}
	t.Log(ran)
}

// checkMmanon checks a line of one address that is zeroed, and reports whether
// it is such a line. What is compared is the address, not its spelling.
func checkMmanon(t *testing.T, params map[string]any, in, want string) bool {
	param := func(name, standard string) string {
		if s, ok := params[name].(string); ok {
			return s
		}
		return standard
	}
	a, err := netip.ParseAddr(in)
	wanted, err2 := netip.ParseAddr(want)
	version := "ipv6"
	mode := param("ipv6.anonmode", "zero")
	if err == nil && a.Is4() {
		version, mode = "ipv4", param("ipv4.mode", param("mode", "zero"))
	}
	if err != nil || err2 != nil || mode != "zero" || param(version+".enable", "on") != "on" ||
		version == "ipv6" && strings.Contains(in, ".") {
		return false
	}
	v4, _ := strconv.Atoi(param("ipv4.bits", "16"))
	v6, _ := strconv.Atoi(param("ipv6.bits", "96"))
	tr := &truncate{v4: max(32-v4, 0), v6: max(128-v6, 0), runes: -1}
	got, err := netip.ParseAddr(applied(t, tr, in, ""))
	if err != nil || got != wanted {
		t.Errorf("mmanon %v: %s became %s, want %s", params, in, got, want)
	}
	return true
}

func TestIPPrefix(t *testing.T) {
	for _, scheme := range []string{"pfx", "cryptopan", "deterministic"} {
		tr := made(t, "ip-prefix:"+scheme)
		if a, b := applied(t, tr, "::ffff:192.0.2.1", ""), applied(t, tr, "192.0.2.1", ""); a != b || a == "error" {
			t.Errorf("%s: mapped gives %s, plain %s", scheme, a, b)
		}
		if got := applied(t, tr, "192.0.2.1:80", "192.0.2.1"); got == "error" {
			t.Errorf("%s: goes not by the canonical value", scheme)
		}
		if got := applied(t, tr, "alice", ""); got != "error" {
			t.Errorf("%s of no address is %s", scheme, got)
		}
	}
}

// Two addresses have in common as many bits after as before.
func TestIPPrefixIsPreserved(t *testing.T) {
	for _, scheme := range []string{"pfx", "cryptopan"} {
		tr := made(t, "ip-prefix:"+scheme).(Reverser)
		rapid.Check(t, func(t *rapid.T) {
			length := rapid.SampledFrom([]int{4, 16}).Draw(t, "length")
			a := rapid.SliceOfN(rapid.Byte(), length, length).Draw(t, "a")
			b := append([]byte(nil), a...)
			flip := rapid.IntRange(0, 8*length-1).Draw(t, "bit")
			b[flip/8] ^= 0x80 >> (flip % 8)
			in1, _ := netip.AddrFromSlice(a)
			in2, _ := netip.AddrFromSlice(b)
			if in1.Is4In6() || in2.Is4In6() {
				t.Skip("v4-mapped counts as IPv4")
			}
			out1, err1 := tr.Append(nil, Value{Text: []byte(in1.String())})
			out2, err2 := tr.Append(nil, Value{Text: []byte(in2.String())})
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			if got := commonBits(netip.MustParseAddr(string(out1)), netip.MustParseAddr(string(out2))); got != flip {
				t.Fatalf("%d bits in common, want %d", got, flip)
			}
			if back, err := tr.Reverse(nil, out1); err != nil || string(back) != in1.String() {
				t.Fatalf("reversed to %s: %v", back, err)
			}
		})
	}
}

func commonBits(a, b netip.Addr) int {
	x, y := a.AsSlice(), b.AsSlice()
	for i := range x {
		if d := x[i] ^ y[i]; d != 0 {
			return 8*i + bits.LeadingZeros8(d)
		}
	}
	return 8 * len(x)
}
