package transform

import (
	"crypto/aes"
	"encoding/hex"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The nine samples of NIST for FF1 (SP 800-38G, "FF1samples").
func TestFF1Vectors(t *testing.T) {
	const (
		key128 = "2B7E151628AED2A6ABF7158809CF4F3C"
		key192 = key128 + "EF4359D8D580AA4F"
		key256 = key192 + "7F036D6F04FC6A94"
	)
	tests := []struct {
		name, key    string
		radix        uint64
		tweak        string
		plain, token string
	}{
		{"1", key128, 10, "", "0123456789", "2433477484"},
		{"2", key128, 10, "39383736353433323130", "0123456789", "6124200773"},
		{"3", key128, 36, "3737373770717273373737", "0123456789abcdefghi", "a9tv40mll9kdu509eum"},
		{"4", key192, 10, "", "0123456789", "2830668132"},
		{"5", key192, 10, "39383736353433323130", "0123456789", "2496655549"},
		{"6", key192, 36, "3737373770717273373737", "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"},
		{"7", key256, 10, "", "0123456789", "6657667009"},
		{"8", key256, 10, "39383736353433323130", "0123456789", "1001623463"},
		{"9", key256, 36, "3737373770717273373737", "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"},
	}
	const letters = "0123456789abcdefghijklmnopqrstuvwxyz"
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			key, _ := hex.DecodeString(tt.key)
			tweak, _ := hex.DecodeString(tt.tweak)
			block, err := aes.NewCipher(key)
			if err != nil {
				t.Fatal(err)
			}
			f := &ff1{block: block, radix: tt.radix}
			numerals := make([]byte, len(tt.plain))
			for i := range numerals {
				numerals[i] = byte(strings.IndexByte(letters, tt.plain[i]))
			}
			spell := func() string {
				s := make([]byte, len(numerals))
				for i, n := range numerals {
					s[i] = letters[n]
				}
				return string(s)
			}
			f.crypt(numerals, tweak, false)
			if got := spell(); got != tt.token {
				t.Errorf("enciphered %s, want %s", got, tt.token)
			}
			f.crypt(numerals, tweak, true)
			if got := spell(); got != tt.plain {
				t.Errorf("deciphered %s, want %s", got, tt.plain)
			}
		})
	}
}

func TestFPE(t *testing.T) {
	tests := []struct{ name, spec, in, form string }{
		{"phone", "fpe", "+1 (202) 555-0143", "+0 (000) 000-0000"},
		{"country code stays", "fpe:keep-first=1", "+1 (202) 555-0143", "+1 (000) 000-0000"},
		{"card with both ends", "fpe:keep-first=6,keep=4", "4111 1111 1111 1234", "4111 1100 0000 1234"},
		{"six", "fpe", "123456", "000000"},
		{"five are too few", "fpe", "12345", "error"},
		{"five that change are too few", "fpe:keep=4", "123456789", "error"},
		{"36", "fpe", strings.Repeat("123456789", 4), strings.Repeat("0", 36)},
		{"37 are too many", "fpe", strings.Repeat("1", 37), "error"},
		{"far too many", "fpe", strings.Repeat("1", 500), "error"},
		{"letters would pass", "fpe", "AB123456", "error"},
		{"nothing", "fpe", "", "error"},
		{"fewer than kept", "fpe:keep=20,keep-first=20", "1234567890", "error"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := made(t, tt.spec)
			got := applied(t, tr, tt.in, "")
			if got == "error" || tt.form == "error" {
				if got != tt.form {
					t.Fatalf("got %s, want %s", got, tt.form)
				}
				return
			}
			if len(got) != len(tt.form) || got == tt.in {
				t.Fatalf("got %s", got)
			}
			for i := range tt.form {
				if tt.form[i] != '0' && got[i] != tt.form[i] {
					t.Fatalf("got %s, want the form %s", got, tt.form)
				}
			}
			back, err := tr.(Reverser).Reverse(nil, []byte(got))
			if err != nil || string(back) != tt.in {
				t.Errorf("reversed to %s: %v", back, err)
			}
		})
	}
}

// Every length comes back, and no two of a thousand share a result.
func TestFPEPermutes(t *testing.T) {
	tr := made(t, "fpe").(Reverser)
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.StringMatching(`[0-9]{6,36}`).Draw(t, "digits")
		got, err := tr.Append(nil, Value{Text: []byte(a)})
		if err != nil {
			t.Fatal(err)
		}
		back, err := tr.Reverse(nil, got)
		if err != nil || string(back) != a || len(got) != len(a) {
			t.Fatalf("%s became %s and %s", a, got, back)
		}
		if len(a) > 6 && (a[0] == '0') != (got[0] == '0') {
			t.Fatalf("%s became %s, which is not as long as a number", a, got)
		}
		if bare, err := tr.Append(nil, Value{Text: []byte(a), Bare: true}); len(a) == 6 && err == nil || len(a) > 6 && string(bare) != string(got) {
			t.Fatalf("%s as a number became %s, %v", a, bare, err)
		}
	})
	seen := make(map[string]bool, 1000)
	for i := range 1000 {
		in := []byte{'0', '0', '0', byte('0' + i/100), byte('0' + i/10%10), byte('0' + i%10)}
		out, _ := tr.Append(nil, Value{Text: in})
		if seen[string(out)] {
			t.Fatalf("two of a thousand share %s", out)
		}
		seen[string(out)] = true
	}
}
