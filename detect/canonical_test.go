package detect

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A speller draws a value of a kind, and writes one in ways that mean the same.
type speller struct {
	value *rapid.Generator[string]
	as    func(t *rapid.T, v string) string
}

// either picks one of the ways to write a value.
func either(t *rapid.T, ways ...string) string { return rapid.SampledFrom(ways).Draw(t, "spelling") }

// anyCase writes each letter in either case.
func anyCase(t *rapid.T, s string) string {
	return strings.Map(func(r rune) rune {
		if rapid.Bool().Draw(t, "upper") {
			return []rune(strings.ToUpper(string(r)))[0]
		}
		return r
	}, s)
}

// groupsOf puts separators between groups of n characters.
func groupsOf(s string, n int, sep string) string {
	var groups []string
	for ; len(s) > n; s = s[n:] {
		groups = append(groups, s[:n])
	}
	return strings.Join(append(groups, s), sep)
}

func digits(n int) *rapid.Generator[string] {
	return rapid.StringMatching(fmt.Sprintf(`[1-9][0-9]{%d}`, n-1))
}

func opaque(t *rapid.T, v string) string { return v }

var spellers = map[Kind]speller{
	Email: {rapid.StringMatching(`[a-z][a-z0-9.+_-]{0,8}[a-z0-9]@[a-z]{2,8}\.(com|example)`), func(t *rapid.T, v string) string {
		return either(t, anyCase(t, v), strings.Replace(anyCase(t, v), "@", "%40", 1))
	}},
	Phone: {rapid.StringMatching(`1[2-9][0-9]{2}[2-9][0-9]{6}`), func(t *rapid.T, v string) string {
		a, b, c := v[1:4], v[4:7], v[7:]
		return either(t, "+"+v, "("+a+") "+b+"-"+c, "+1 "+a+" "+b+" "+c, a+"."+b+"."+c, a+b+c, "1-"+a+"-"+b+"-"+c, "tel:+"+v, "00"+v, "011"+v)
	}},
	IPv4: {rapid.Custom(func(t *rapid.T) string {
		b := rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "ip")
		return fmt.Sprintf("%d.%d.%d.%d", b[0], b[1], b[2], b[3])
	}), func(t *rapid.T, v string) string {
		var a, b, c, d byte
		fmt.Sscanf(v, "%d.%d.%d.%d", &a, &b, &c, &d)
		return either(t, v, anyCase(t, "::ffff:"+v), anyCase(t, fmt.Sprintf("::ffff:%02x%02x:%02x%02x", a, b, c, d)), anyCase(t, fmt.Sprintf("0:0:0:0:0:ffff:%x:%x", int(a)<<8|int(b), int(c)<<8|int(d))))
	}},
	IPv6: {rapid.StringMatching(`2001:db8:[1-9a-f][0-9a-f]{3}:0:0:[1-9a-f][0-9a-f]{2}:0:[1-9a-f]`), func(t *rapid.T, v string) string {
		groups := strings.Split(v, ":")
		for i, g := range groups {
			if rapid.Bool().Draw(t, "zeros") {
				groups[i] = fmt.Sprintf("%04s", g)
			}
		}
		return either(t, anyCase(t, strings.Join(groups, ":")), anyCase(t, strings.Replace(v, ":0:0:", "::", 1)))
	}},
	MAC: {rapid.StringMatching(`[0-9a-f]{12}`), func(t *rapid.T, v string) string {
		return anyCase(t, either(t, v, groupsOf(v, 2, ":"), groupsOf(v, 2, "-"), groupsOf(v, 4, "."), groupsOf(v, 2, " ")))
	}},
	UUID: {rapid.StringMatching(`[0-9a-f]{32}`), func(t *rapid.T, v string) string {
		dashed := v[:8] + "-" + v[8:12] + "-" + v[12:16] + "-" + v[16:20] + "-" + v[20:]
		return anyCase(t, either(t, v, dashed, "{"+dashed+"}"))
	}},
	IMEI:       {digits(14), func(t *rapid.T, v string) string { return either(t, v+"3", v+"81", v[:2]+"-"+v[2:8]+"-"+v[8:]+"-7") }},
	IMSI:       {digits(15), func(t *rapid.T, v string) string { return either(t, v, v[:3]+" "+v[3:6]+" "+v[6:]) }},
	DeviceID:   {rapid.StringMatching(`[0-9a-f]{32}`), func(t *rapid.T, v string) string { return anyCase(t, either(t, v, groupsOf(v, 8, "-"))) }},
	CreditCard: {digits(16), func(t *rapid.T, v string) string { return either(t, v, groupsOf(v, 4, " "), groupsOf(v, 4, "-")) }},
	IBAN: {rapid.StringMatching(`[a-z]{2}[0-9]{20}`), func(t *rapid.T, v string) string {
		return anyCase(t, either(t, v, groupsOf(v, 4, " "), groupsOf(v, 4, "-")))
	}},
	USSSN: {digits(9), func(t *rapid.T, v string) string {
		return either(t, v, v[:3]+"-"+v[3:5]+"-"+v[5:], v[:3]+" "+v[3:5]+" "+v[5:])
	}},
	NationalID: {rapid.StringMatching(`[0-9]{9}[a-z]`), func(t *rapid.T, v string) string {
		return anyCase(t, either(t, v, groupsOf(v, 3, "."), groupsOf(v, 3, " "), v[:9]+"-"+v[9:]))
	}},
	Username: {rapid.StringMatching(`[a-z][a-z0-9._-]{2,10}`), anyCase},
	Hostname: {rapid.StringMatching(`[a-z][a-z0-9-]{1,8}[a-z0-9](\.example\.com)?`), func(t *rapid.T, v string) string {
		return anyCase(t, either(t, v, v+"."))
	}},
	Person: {rapid.StringMatching(`[a-zé]{4,8} [a-zü]{4,8}`), func(t *rapid.T, v string) string {
		given, family, _ := strings.Cut(v, " ")
		v = anyCase(t, either(t, v, given+"  "+family, family+", "+given, given+"\u00a0"+family))
		return either(t, v, strings.NewReplacer("é", "e\u0301", "ü", "u\u0308").Replace(v))
	}},
	Address: {rapid.StringMatching(`[1-9][0-9]{0,3} [a-z]{3,9} (street|road) [a-z]{3,9}`), func(t *rapid.T, v string) string {
		w := strings.Split(v, " ")
		return anyCase(t, either(t, v, w[0]+" "+w[1]+" "+w[2]+", "+w[3], w[0]+", "+w[1]+" "+w[2]+".,  "+w[3]))
	}},
	Geo: {rapid.StringMatching(`-?[1-9][0-9]?\.[0-9]{0,3}[1-9],-?[1-9][0-9]?\.[0-9]{0,3}[1-9]`), func(t *rapid.T, v string) string {
		lat, lon, _ := strings.Cut(v, ",")
		signed := func(s string) string { return "+" + s }
		if lat[0] == '-' {
			signed = func(s string) string { return s }
		}
		return either(t, v, lat+", "+lon, lat+"0,"+lon+"00", lat+" "+lon, signed(lat)+"/"+lon, lat+";"+lon)
	}},
	BirthDate: {rapid.StringMatching(`19[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])`), func(t *rapid.T, v string) string {
		y, m, d := v[:4], v[5:7], v[8:]
		return either(t, v, y+"/"+m+"/"+d, v+"T00:00:00Z", v+" 00:00:00", y+"."+m+"."+d)
	}},
	Gender: {rapid.SampledFrom([]string{"f", "m"}), func(t *rapid.T, v string) string {
		return anyCase(t, either(t, map[string][]string{"f": {"f", "female", "woman", "w"}, "m": {"m", "male", "man"}}[v]...))
	}},
	SessionID:    {rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}`), anyCase},
	CryptoWallet: {rapid.StringMatching(`0x[0-9a-f]{40}`), func(t *rapid.T, v string) string { return "0x" + anyCase(t, v[2:]) }},
	SocialHandle: {rapid.StringMatching(`twitter\.com/[a-z][a-z0-9_]{3,9}`), func(t *rapid.T, v string) string {
		return anyCase(t, either(t, v, "https://"+v, "http://www."+v+"/", "www."+v))
	}},
	// Of these every byte counts.
	URLUserinfo: {rapid.StringMatching(`[a-zA-Z]{3,6}:[a-zA-Z0-9]{3,9}`), opaque},
	Cookie:      {rapid.StringMatching(`[a-zA-Z0-9]{8,20}`), opaque},
	JWT:         {rapid.StringMatching(`eyJ[a-zA-Z0-9]{8,20}`), opaque},
	APIKey:      {rapid.StringMatching(`[a-zA-Z0-9]{8,20}`), opaque},
	Password:    {rapid.StringMatching(`[a-zA-Z0-9]{8,20}`), opaque},
	PrivateKey:  {rapid.StringMatching(`[a-zA-Z0-9]{8,20}`), opaque},
}

// TestCanonical: for every kind, all spellings of one value have one canonical
// spelling, which is its own, and two values have two.
func TestCanonical(t *testing.T) {
	for _, info := range Kinds() {
		s, ok := spellers[info.Kind]
		if !ok {
			t.Errorf("%s: nothing says how it is spelled", info.Name)
			continue
		}
		t.Run(info.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				canonical := func(s string) string { return string(AppendCanonical(nil, info.Kind, []byte(s))) }
				a, b := s.value.Draw(t, "value"), s.value.Draw(t, "other")
				one, other := s.as(t, a), s.as(t, a)
				if canonical(one) != canonical(other) {
					t.Fatalf("%q is %q, %q is %q", one, canonical(one), other, canonical(other))
				}
				if again := canonical(canonical(one)); again != canonical(one) {
					t.Fatalf("%q is %q, and that is %q", one, canonical(one), again)
				}
				if third := s.as(t, b); a != b && canonical(third) == canonical(one) {
					t.Fatalf("%q and %q are both %q", one, third, canonical(one))
				}
				if out := AppendCanonical([]byte("x"), info.Kind, []byte(one)); !bytes.Equal(out, append([]byte("x"), canonical(one)...)) {
					t.Fatalf("appended: %q", out)
				}
			})
		})
	}
}

// What only looks like another spelling is another value.
func TestCanonicalKeepsApart(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		a, b string
	}{
		{Person, "John Smith, Jr.", "Jr. John Smith"},
		{CryptoWallet, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "1bvbmseystwetqtfn5au4m4gfg7xjanvn2"},
		{SessionID, "AbCdEf123456", "abcdef123456"},
		{Geo, "45.5,-73.5", "45.5,73.5"},
		{Hostname, "web1.example.com", "web1"},
		{Phone, "+33123456789", "+44123456789"},
	} {
		if a, b := AppendCanonical(nil, c.kind, []byte(c.a)), AppendCanonical(nil, c.kind, []byte(c.b)); bytes.Equal(a, b) {
			t.Errorf("%s: %q and %q are both %q", c.kind, c.a, c.b, a)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	for _, s := range []string{"Keller, Mara", "+45.5,-73.50", "0xAB", "@alice", "a@Bücher.example", "e\u0301\xff ,", "..,-+"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		before := bytes.Clone(b)
		for _, info := range Kinds() {
			out := AppendCanonical([]byte("x"), info.Kind, b)
			if len(out) == 0 || out[0] != 'x' || !bytes.Equal(b, before) {
				t.Fatalf("%s of %q: %q", info.Name, b, out)
			}
		}
	})
}
