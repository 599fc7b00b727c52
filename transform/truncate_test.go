package transform

import (
	"net/netip"
	"testing"

	"pgregory.net/rapid"
)

func TestTruncate(t *testing.T) {
	tests := []struct{ name, spec, in, want string }{
		{"v4", "truncate", "192.0.2.211", "192.0.2.0"},
		{"v4 already short", "truncate", "192.0.2.0", "192.0.2.0"},
		{"v4 already short, strictly", "truncate:strict", "192.0.2.0", "error"},
		{"v4 strictly", "truncate:strict", "192.0.2.1", "192.0.2.0"},
		{"v4 to 16", "truncate:16", "192.0.2.211", "192.0.0.0"},
		{"v4 to 8", "truncate:8", "192.0.2.211", "192.0.0.0"},
		{"v4 to 0", "truncate:v4=0", "198.51.100.7", "0.0.0.0"},
		{"v4 to 20", "truncate:v4=20", "198.51.255.7", "198.51.240.0"},
		{"v4 to 31", "truncate:v4=31", "198.51.100.7", "198.51.100.6"},
		{"v4 to 32", "truncate:v4=32", "198.51.100.7", "198.51.100.7"},
		{"v4 with zeros in front", "truncate", "192.000.002.001", "error"},
		{"v4 out of range", "truncate", "192.0.2.256", "error"},
		{"v4 with port", "truncate", "192.0.2.1:80", "error"},
		{"v6", "truncate", "2001:db8:85a3:8d3:1319:8a2e:370:7348", "2001:db8:85a3::"},
		{"v6 written out", "truncate", "2001:0db8:0001:0000:0000:8a2e:0370:7334", "2001:db8:1::"},
		{"v6 upper case", "truncate", "2001:DB8:85A3::8A2E", "2001:DB8:85A3::"},
		{"v6 to 64", "truncate:v6=64", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"},
		{"v6 to 56", "truncate:v6=56", "2001:db8:1:2ff:3:4:5:6", "2001:db8:1:200::"},
		{"v6 by bare number", "truncate:16", "2001:db8:1:2:3:4:5:6", "2001:db8::"},
		{"v6 loopback", "truncate", "::1", "::"},
		{"v6 with a zone", "truncate", "fe80::1%eth0", "fe80::%eth0"},
		{"v4-mapped", "truncate", "::ffff:192.0.2.211", "::ffff:192.0.2.0"},
		{"v4-mapped in hex", "truncate", "::ffff:c000:2d3", "::ffff:192.0.2.0"},
		{"6to4", "truncate", "2002:c000:2d3::1", "2002:c000:200::"},
		{"mac", "truncate", "00:00:5e:00:53:af", "00:00:5e:00:00:00"},
		{"mac with dashes", "truncate", "00-00-5E-00-53-AF", "00-00-5E-00-00-00"},
		{"mac in Cisco's form", "truncate", "0000.5e00.53af", "0000.5e00.0000"},
		{"mac bare", "truncate", "00005e0053af", "00005e000000"},
		{"mac of eight", "truncate", "00:00:5e:ef:10:00:53:af", "00:00:5e:00:00:00:00:00"},
		{"mac with both", "truncate", "00:00:5e-00:53:af", "error"},
		{"twelve digits", "truncate", "441632960001", "error"},
		{"coordinates", "truncate", "45.50170,-73.56730", "45.5,-73.5"},
		{"coordinates with space", "truncate:decimals=2", "45.50170, -73.56730", "45.50, -73.56"},
		{"coordinates to degrees", "truncate:0", "45.5,-73.5", "45,-73"},
		{"one coordinate", "truncate", "-73.5673", "-73.5"},
		{"24 is for addresses", "truncate:24", "45.50170,-73.56730", "45.5,-73.5"},
		{"no coordinates", "truncate", "45,73", "error"},
		{"out of range", "truncate", "451.5,73.5", "error"},
		{"date", "truncate", "2024-05-17", "2024-05-01"},
		{"date to year", "truncate:year", "2024-05-17", "2024-01-01"},
		{"date to day", "truncate:day", "2024-05-17", "2024-05-17"},
		{"time to day", "truncate:day", "2024-05-17T13:14:15.678Z", "2024-05-17T00:00:00.000Z"},
		{"time to hour", "truncate:hour", "2024-05-17 13:14:15+02:00", "2024-05-17 13:00:00+02:00"},
		{"time to minute", "truncate:minute", "2024-05-17 13:14:15", "2024-05-17 13:14:00"},
		{"access log", "truncate", "17/May/2024:13:14:15 +0200", "01/May/2024:00:00:00 +0200"},
		{"mail", "truncate:day", "Fri, 17 May 2024 13:14:15 +0000", "Fri, 17 May 2024 00:00:00 +0000"},
		{"mail to month", "truncate", "Fri, 17 May 2024 13:14:15 GMT", "Wed, 01 May 2024 00:00:00 GMT"},
		{"words", "truncate:year", "MAY 7, 1984", "JAN 1, 1984"},
		{"long words", "truncate:year", "February 17, 1984", "January 1, 1984"},
		{"twelve hours", "truncate:day", "05/17/2024 1:14 pm", "05/17/2024 12:00 am"},
		{"compact", "truncate", "19840517", "19840501"},
		{"German", "truncate", "17.5.1984", "1.5.1984"},
		{"either order", "truncate", "03/04/1984", "error"},
		{"either order, told", "truncate:order=dmy", "03/04/1984", "01/04/1984"},
		{"no such day", "truncate", "2023-02-29", "error"},
		{"date and more", "truncate", "2024-05-17 Alice", "error"},
		{"text", "truncate:runes=3", "H3A 1B2", "H3A"},
		{"text of wide runes", "truncate:runes=2", "éàüö", "éà"},
		{"text that is short", "truncate:runes=7", "H3A 1B2", "error"},
		{"text by default", "truncate", "Alice", "error"},
		{"bytes that are no text", "truncate:runes=2", "\xff\xfe\xfd", "\xff\xfe"},
		{"nothing", "truncate:runes=1", "", "error"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := applied(t, made(t, tt.spec), tt.in, ""); got != tt.want {
				t.Errorf("%s of %s = %s, want %s", tt.spec, tt.in, got, tt.want)
			}
		})
	}
	t.Run("by canonical", func(t *testing.T) {
		tr := made(t, "truncate")
		if got := applied(t, tr, "ip-192-0-2-211", "192.0.2.211"); got != "192.0.2.0" {
			t.Errorf("got %s", got)
		}
		if got := applied(t, tr, "001122334455", "00:11:22:33:44:55"); got != "001122000000" {
			t.Errorf("got %s", got)
		}
	})
}

func FuzzParseAddr(f *testing.F) {
	for _, s := range []string{"192.0.2.1", "::", "::1", "1::", "2001:db8::192.0.2.1", "1:2:3:4:5:6:7::", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8", "::1:2:3:4:5:6:7:8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := parseAddr([]byte(s))
		want, err := netip.ParseAddr(s)
		if err == nil && want.Zone() != "" {
			return
		}
		if ok != (err == nil) || ok && got != want {
			t.Fatalf("%q: %v %v, netip says %v %v", s, got, ok, want, err)
		}
	})
}

func TestAppendNetwork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ip [16]byte
		for i := range 8 {
			ip[i] = rapid.SampledFrom([]byte{0, 0, 1, 0x10, 0xff}).Draw(t, "byte")
		}
		want := netip.AddrFrom16(ip).String()
		if got := string(appendNetwork(nil, ip)); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
	})
}

// Where nothing cannot stand, an address with nothing to cut off is that of nobody.
func TestTruncateWhereRequired(t *testing.T) {
	tr := made(t, "truncate:strict")
	for text, want := range map[string]string{
		"192.0.2.0": "0.0.0.0", "2001:db8::": "::", "192.0.2.7": "192.0.2.0", "0.0.0.0": "", "::": "", "2024-05-01": "",
	} {
		out, err := tr.Append(nil, Value{Text: []byte(text), Place: Place{Typed: true, Required: true}})
		if string(out) != want || (err == nil) != (want != "") {
			t.Errorf("%s: %s, %v; want %s", text, out, err, want)
		}
		if out, err := tr.Append(nil, Value{Text: []byte(text), Place: Place{Typed: true}}); text != "192.0.2.7" && err == nil {
			t.Errorf("%s becomes %s where it can be left out", text, out)
		}
	}
}
