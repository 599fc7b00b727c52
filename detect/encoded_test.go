package detect

import (
	"bytes"
	"strings"
	"testing"
)

func TestEncoded(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     string // kind and canonical value of each match
		raw      string // the first match as it is written
	}{
		{"percent", "GET /x?m=a%40example.com HTTP/1.1", "email a@example.com", "a%40example.com"},
		{"percent, number", "/call?to=%2B15147872100&x=1", "phone +15147872100", "%2B15147872100"},
		{"percent, name and value", "/x?q=user%3Dbob77 ", "username bob77", "bob77"},
		{"percent, address", "ip%3D192%2E0%2E2%2E1", "ipv4 192.0.2.1", "192%2E0%2E2%2E1"},
		{"percent, object", "?d=%7B%22username%22%3A%22bob77%22%7D", "username bob77", "bob77"},
		{"percent twice", "?d=%257B%2522m%2522%253A%2522a%2540example.com", "email a@example.com", "a%2540example.com"},
		{"unicode escape", `{"m":"a\u0040example.com"}`, "email a@example.com", `a\u0040example.com`},
		{"unicode escape, local part", `"jos\u00e9@example.com"`, "email josé@example.com", `jos\u00e9@example.com`},
		{"escape under an escape", `"{\"to\":\"a\\u0040example.com\"}"`, "email a@example.com", `a\\u0040example.com`},
		{"hexadecimal escape", `"a\x40example.com"`, "email a@example.com", `a\x40example.com`},
		{"solidus", `"u":"https:\/\/bob:secret@192.0.2.1\/x"`, "url_userinfo bob:secret ipv4 192.0.2.1", "bob:secret"},
		{"line end before a name", `{"m":"one\nuser=bob77"}`, "username bob77", "bob77"},
		{"line end before a name, twice", `{"m":"{\"m\":\"one\\nuser=bob77\\tip=192.0.2.9\"}"}`, "username bob77 ipv4 192.0.2.9", "bob77"},
		{"entity", "to a&#64;example.com now", "email a@example.com", "a&#64;example.com"},
		{"hexadecimal entity", "to a&#x40;example.com now", "email a@example.com", "a&#x40;example.com"},
		{"quotes as entities", "{&quot;user&quot;:&quot;bob77&quot;}", "username bob77", "bob77"},
		{"ampersand", "x=1&amp;user=bob77&amp;y=2", "username bob77", "bob77"},
		{"plain escaped quotes", `"{\"user\":\"bob77\"}"`, "username bob77", "bob77"},
		{"not an escape", "100%40 of it, 5%20 and a & b", "", ""},
		{"cut off", `a%4 a\u004 a&#6`, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, pad := range []int{0, 1, 8180, 8192} {
				in := []byte(strings.Repeat(".", pad) + "\n" + c.in)
				var got []string
				for i, m := range newScanner(t, Options{}).Scan(in) {
					v := in[m.Start:m.End]
					if i == 0 && string(v) != c.raw {
						t.Errorf("found %q, want %q", v, c.raw)
					}
					got = append(got, m.Kind.String(), string(AppendCanonical(nil, m.Kind, m.Encoding.AppendDecoded(nil, v))))
				}
				if s := strings.Join(got, " "); s != c.want {
					t.Errorf("after %d bytes: got %q, want %q", pad, s, c.want)
				}
			}
		})
	}
}

// TestEncodedLimits holds what is bounded: layers, the length of a run, how much
// is decoded at a time.
func TestEncodedLimits(t *testing.T) {
	s := newScanner(t, Options{Kinds: []Kind{Email}})
	long := strings.Repeat("%41%20", 100_000)
	if n := len(s.Scan([]byte(long + " a%40example.com " + long + "b%40example.com"))); n != 2 {
		t.Errorf("found %d of 2 in long runs", n)
	}
	deep := "a" + strings.Repeat("%25", 1) + strings.Repeat("25", 200) + "40example.com"
	s.Scan([]byte(deep)) // comes to an end
	many := strings.Repeat("x a%40example.com\n", 50_000)
	if n := len(s.Scan([]byte(many))); n != 50_000 {
		t.Errorf("found %d of 50000", n)
	}
}

func TestBase64(t *testing.T) {
	for _, c := range []struct{ in, want, raw string }{
		{"x eyJ1c2VyIjoiYm9iNzciLCJpcCI6IjE5Mi4wLjIuMSJ9 y", "ipv4", "eyJ1c2VyIjoiYm9iNzciLCJpcCI6IjE5Mi4wLjIuMSJ9"},
		{"m=dG8gYUBleGFtcGxlLmNvbSBub3c= y", "email", "dG8gYUBleGFtcGxlLmNvbSBub3c="},
		{"x YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4 y", "", ""},
		{"averylongwordwithoutanyblanks and /a/path/that/is/long/enough", "", ""},
	} {
		got := newScanner(t, Options{Base64: true}).Scan([]byte(c.in))
		if c.want == "" {
			if len(got) != 0 {
				t.Errorf("%q: got %v", c.in, got)
			}
			continue
		}
		if len(got) != 1 || c.in[got[0].Start:got[0].End] != c.raw || got[0].Kind.String() != c.want || got[0].Encoding != 0 || !got[0].Base64 {
			t.Errorf("%q: got %v", c.in, got)
		}
		if n := len(newScanner(t, Options{}).Scan([]byte(c.in))); n != 0 {
			t.Errorf("%q: %d found unasked", c.in, n)
		}
	}
}

func FuzzEncoding(f *testing.F) {
	for _, s := range []string{"a@b", "%41", `\u0040"`, "&amp;<", "é\x00\xff", "[EMAIL]"} {
		for e := range Encoding(1 << (2 * layerBits)) {
			f.Add([]byte(s), uint8(e))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte, e uint8) {
		enc := Encoding(e) & (1<<(2*layerBits) - 1)
		back := enc.AppendDecoded(nil, enc.AppendEncoded(nil, b))
		if !bytes.Equal(back, b) {
			t.Errorf("in %o: %q came back as %q", enc, b, back)
		}
		enc.AppendDecoded(nil, b)
	})
}

func newScanner(t testing.TB, o Options) *Scanner {
	e, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return e.NewScanner()
}
