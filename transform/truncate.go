package transform

import (
	"bytes"
	"errors"
	"net/netip"
	"strconv"
	"unicode/utf8"
)

var truncateInfo = Info{
	Name: "truncate",
	Doc:  "The value cut to its coarse part, by its form: an IP address to its network, a MAC address to its vendor half, coordinates to few decimals, a date to its month, other text to its first characters.",
	Params: []Param{
		{Name: "to", Main: true, Doc: "how much stays: bits of an IPv4 address (twice as many of an IPv6 one), decimals of coordinates, characters of other text; or day, month, year of a date"},
		{Name: "v4", Default: "24", Doc: "bits of an IPv4 address to keep"},
		{Name: "v6", Default: "48", Doc: "bits of an IPv6 address to keep"},
		{Name: "decimals", Default: "1", Doc: "decimals of coordinates to keep; 1 is about 11 km"},
		{Name: "runes", Doc: "characters of other text to keep; without it other text is an error"},
		{Name: "order", Doc: "dmy or mdy: how to read 03/04/2024; without it such a date is an error"},
		{Name: "strict", Default: "false", Flag: true, Doc: "a value with nothing to cut off, such as 192.0.2.0, is an error, so that no value stays as it stood"},
	},
	Preserves: "network, vendor, region or month; the form of the value",
	Attacks:   "a /24 holds at most 256 addresses and may be one household; with time and browser it often singles a person out. A randomised MAC address has no vendor half: its first half narrows it down",
}

var errUntruncated = errors.New("truncate: value has no form that can be cut")

type truncate struct {
	v4, v6   int
	decimals int
	runes    int // -1: other text is an error
	unit     dateUnit
	order    dateOrder
	strict   bool // a value that would stay as it is, is an error
}

func newTruncate(a *arguments, _ Target, _ *Keys) (Transform, error) {
	t := &truncate{
		v4:       a.number("v4", 0, 32),
		v6:       a.number("v6", 0, 128),
		decimals: a.number("decimals", 0, 15),
		runes:    a.number("runes", 1, 1<<20),
		unit:     month,
		order:    orderNamed(a.choice("order", "dmy", "mdy")),
		strict:   a.flag("strict"),
	}
	to := a.text("to")
	if unit := unitNamed(to); unit != 0 {
		t.unit = unit
		return t, nil
	}
	if to == "" {
		return t, nil
	}
	n, err := strconv.Atoi(to)
	if err != nil || n < 0 || n > 1<<20 {
		a.fail("to", "a whole number, or one of minute, hour, day, month, year")
	}
	// One number serves all forms, but never more finely than is usual: 24
	// is meant for addresses and must not keep 24 decimals.
	if !a.given("v4") && n <= 32 {
		t.v4 = n
	}
	if !a.given("v6") && n <= 32 {
		t.v6 = min(2*n, 64)
	}
	if !a.given("decimals") && n <= 3 {
		t.decimals = n
	}
	if !a.given("runes") && n > 0 {
		t.runes = n
	}
	return t, nil
}

// Append cuts v.Text and keeps its form; where Text is a spelling that only
// the detector understood, it cuts Canonical. Text that is no longer than what
// is to stay is an error, since nothing would be taken from it.
func (t *truncate) Append(dst []byte, v Value) ([]byte, error) {
	out, err := t.append(dst, v)
	if err == nil && t.strict && bytes.Equal(out[len(dst):], v.Text) {
		if v.Place.Required {
			return appendUnspecified(dst, v.Text)
		}
		return dst, errUntruncated
	}
	return out, err
}

// appendUnspecified appends the address that is nobody's (RFC 1122, 3.2.1.3; RFC
// 4291, 2.5.2) in place of another one, b.
func appendUnspecified(dst, b []byte) ([]byte, error) {
	none := "0.0.0.0"
	if _, ok := parseIPv4(b); !ok {
		none = "::"
		if _, ok := parseIPv6(b); !ok {
			return dst, errUntruncated
		}
	}
	if string(b) == none {
		return dst, errUntruncated
	}
	return append(dst, none...), nil
}

func (t *truncate) append(dst []byte, v Value) ([]byte, error) {
	if out, ok := t.cut(dst, v.Text); ok {
		return out, nil
	}
	canonical := v.canonical()
	if f, ok := parseMAC(canonical); ok && f.sep != 0 && len(v.Text) == 12 {
		// Twelve digits that were understood to be a MAC address.
		return appendVendor(dst, v.Text, macForm{octets: 6}), nil
	}
	if out, ok := t.cut(dst, canonical); ok {
		return out, nil
	}
	if t.runes < 0 {
		return dst, errUntruncated
	}
	end := 0
	for range t.runes {
		if end >= len(v.Text) {
			return dst, errUntruncated
		}
		_, n := utf8.DecodeRune(v.Text[end:])
		end += n
	}
	if end >= len(v.Text) {
		return dst, errUntruncated
	}
	return append(dst, v.Text[:end]...), nil
}

// IsCoarse says whether t truncates and value has nothing that it cuts off, as
// 192.0.2.0 has not: other values may become the same.
func IsCoarse(t Transform, value []byte) bool {
	cut, ok := t.(*truncate)
	if !ok {
		return false
	}
	out, err := cut.append(nil, Value{Text: value})
	return err == nil && bytes.Equal(out, value)
}

// Clone gives t itself: it is only read.
func (t *truncate) Clone() Transform { return t }

// byText: only where there are no runes to cut can a value fail for its spelling.
func (t *truncate) byText() bool { return t.runes < 0 }

func (t *truncate) cut(dst, b []byte) (out []byte, ok bool) {
	if len(b) == 0 {
		return dst, false
	}
	// Most values are addresses of the fourth version; they go first.
	if ip, ok := parseIPv4(b); ok {
		return t.appendIPv4(dst, b, ip), true
	}
	if bytes.IndexByte(b, '@') >= 0 {
		return dst, false // an e-mail address, which has none of these forms
	}
	if f, ok := parseMAC(b); ok {
		return appendVendor(dst, b, f), true
	}
	addr, zone := b, []byte(nil)
	if i := bytes.IndexByte(b, '%'); i > 0 { // RFC 4007, section 11: the interface, which stays
		addr, zone = b[:i], b[i:]
	}
	if ip, ok := parseIPv6(addr); ok {
		return append(t.appendIPv6(dst, addr, ip), zone...), true
	}
	if d, ok := parseDate(b, t.order); ok {
		return d.truncate(dst, b, t.unit)
	}
	return t.cutCoordinates(dst, b)
}

func (t *truncate) appendIPv4(dst, b []byte, ip [4]byte) []byte {
	if t.v4&7 == 0 {
		// On an octet boundary the text of the kept octets is copied.
		keep := t.v4 / 8
		if keep == 4 {
			return append(dst, b...)
		}
		end := 0
		for k := 0; k < keep; end++ {
			if b[end] == '.' {
				k++
			}
		}
		dst = append(dst, b[:end]...)
		return append(dst, "0.0.0.0"[2*keep:]...)
	}
	ip = maskIPv4(ip, t.v4)
	return netip.AddrFrom4(ip).AppendTo(dst)
}

func maskIPv4(ip [4]byte, bits int) [4]byte {
	for i := range ip {
		keep := min(max(bits-8*i, 0), 8)
		ip[i] &= byte(uint(0xff00) >> keep)
	}
	return ip
}

// appendIPv6 keeps the case of the input. A v4-mapped address (RFC 4291,
// 2.5.5.2) is an IPv4 address; a 6to4 address (RFC 3056) holds one in its
// first 48 bits, of which no more may stay than of any other.
func (t *truncate) appendIPv6(dst, b []byte, ip [16]byte) []byte {
	bits := t.v6
	if a := netip.AddrFrom16(ip); a.Is4In6() {
		bits = 96 + t.v4
	} else if ip[0] == 0x20 && ip[1] == 0x02 {
		bits = min(bits, 16+t.v4)
	}
	for i := range ip {
		keep := min(max(bits-8*i, 0), 8)
		ip[i] &= byte(uint(0xff00) >> keep)
	}
	came := len(dst)
	if bits <= 64 {
		dst = appendNetwork(dst, ip)
	} else {
		dst = netip.AddrFrom16(ip).AppendTo(dst)
	}
	for _, c := range b {
		if c >= 'A' && c <= 'F' {
			for i := came; i < len(dst); i++ {
				if dst[i] >= 'a' && dst[i] <= 'f' {
					dst[i] -= 0x20
				}
			}
			break
		}
	}
	return dst
}

// appendNetwork writes an address of which the last 64 bits are zero, as RFC
// 5952 wants it: the zeros at the end are the longest run, and the one that is
// shortened. It takes half the time of netip, which has to look for the run.
func appendNetwork(dst []byte, ip [16]byte) []byte {
	groups := 4
	for groups > 0 && ip[2*groups-2] == 0 && ip[2*groups-1] == 0 {
		groups--
	}
	for i := range groups {
		if i > 0 {
			dst = append(dst, ':')
		}
		const hex = "0123456789abcdef"
		high, low := ip[2*i], ip[2*i+1]
		switch {
		case high >= 16:
			dst = append(dst, hex[high>>4], hex[high&15], hex[low>>4], hex[low&15])
		case high > 0:
			dst = append(dst, hex[high], hex[low>>4], hex[low&15])
		case low >= 16:
			dst = append(dst, hex[low>>4], hex[low&15])
		default:
			dst = append(dst, hex[low])
		}
	}
	return append(dst, ':', ':')
}

// appendVendor keeps the three octets that name the vendor (IEEE MA-L).
func appendVendor(dst, b []byte, f macForm) []byte {
	came, octet, half := len(dst), 0, 0
	dst = append(dst, b...)
	for i := came; i < len(dst); i++ {
		if f.sep != 0 && dst[i] == f.sep {
			continue
		}
		if octet >= 3 {
			dst[i] = '0'
		}
		half++
		octet = half / 2
	}
	return dst
}
