package transform

import (
	"encoding/binary"
	"net/netip"
)

// parseIPv4 reads four decimal octets without leading zeros (RFC 6943, 3.1.1).
// It is ours, as parseIPv6 is, because netip.ParseAddr wants a string and its
// error keeps it.
func parseIPv4(b []byte) (ip [4]byte, ok bool) {
	if len(b) < 7 || len(b) > 15 {
		return ip, false
	}
	at := 0
	for k := range 4 {
		if k > 0 {
			if at >= len(b) || b[at] != '.' {
				return ip, false
			}
			at++
		}
		start, v := at, 0
		for at < len(b) && isDigit(b[at]) && at-start < 3 {
			v = v*10 + int(b[at]-'0')
			at++
		}
		if at == start || v > 255 || at-start > 1 && b[start] == '0' {
			return ip, false
		}
		ip[k] = byte(v)
	}
	return ip, at == len(b)
}

// parseIPv6 reads the forms of RFC 4291, 2.2, without zone.
func parseIPv6(b []byte) (ip [16]byte, ok bool) {
	if len(b) < 2 || len(b) > 45 {
		return ip, false
	}
	gap, at, n := -1, 0, 0
	if b[0] == ':' {
		if b[1] != ':' {
			return ip, false
		}
		gap, at = 0, 2
	}
	for n < 16 && at < len(b) {
		start, v := at, uint16(0)
		for at < len(b) && at-start < 4 {
			c := hexValue(b[at])
			if c > 15 {
				break
			}
			v = v<<4 | uint16(c)
			at++
		}
		if at == start {
			return ip, false
		}
		if at < len(b) && b[at] == '.' {
			if n > 12 || gap < 0 && n != 12 {
				return ip, false
			}
			v4, ok := parseIPv4(b[start:])
			if !ok {
				return ip, false
			}
			copy(ip[n:], v4[:])
			n, at = n+4, len(b)
			break
		}
		binary.BigEndian.PutUint16(ip[n:], v)
		n += 2
		if at == len(b) {
			break
		}
		if b[at] != ':' || at+1 == len(b) {
			return ip, false
		}
		at++
		if b[at] == ':' {
			if gap >= 0 {
				return ip, false
			}
			gap = n
			at++
		}
	}
	if at != len(b) || (n == 16) == (gap >= 0) {
		return ip, false
	}
	if n < 16 {
		tail := n - gap
		copy(ip[16-tail:], ip[gap:n])
		clear(ip[gap : 16-tail])
	}
	return ip, true
}

// parseAddr reads an IPv4 or IPv6 address; a v4-mapped one stays mapped.
func parseAddr(b []byte) (netip.Addr, bool) {
	if ip, ok := parseIPv4(b); ok {
		return netip.AddrFrom4(ip), true
	}
	if ip, ok := parseIPv6(b); ok {
		return netip.AddrFrom16(ip), true
	}
	return netip.Addr{}, false
}

// addr gives the address that v stands for, with a v4-mapped one as IPv4, so
// that all spellings give one.
func addr(v Value) (netip.Addr, bool) {
	a, ok := parseAddr(v.canonical())
	if !ok {
		a, ok = parseAddr(v.Text)
	}
	return a.Unmap(), ok
}

// hexValue gives the value of a hexadecimal digit, or 255.
func hexValue(c byte) byte { return hexValues[c] }

var hexValues = func() (table [256]byte) {
	for c := range table {
		table[c] = 255
	}
	for i := range byte(10) {
		table['0'+i] = i
	}
	for i := range byte(6) {
		table['a'+i], table['A'+i] = 10+i, 10+i
	}
	return table
}()

// A macForm is how the address of a network card is written.
type macForm struct {
	octets int  // 6, or 8 for an EUI-64
	sep    byte // ':' or '-' between octets, '.' between pairs of them, 0 for none
	step   int  // octets between separators
}

// parseMAC tells the form of a MAC address or EUI-64 (IEEE 802). Twelve bare
// digits are none: they may as well be a telephone number.
func parseMAC(b []byte) (f macForm, ok bool) {
	switch len(b) {
	case 12:
		f = macForm{octets: 6}
	case 14:
		f = macForm{octets: 6, sep: '.', step: 2}
	case 17:
		f = macForm{octets: 6, sep: b[2], step: 1}
	case 23:
		f = macForm{octets: 8, sep: b[2], step: 1}
	default:
		return f, false
	}
	if f.step == 1 && f.sep != ':' && f.sep != '-' {
		return f, false
	}
	letter := f.sep != 0
	at := 0
	for i := range f.octets {
		if f.sep != 0 && i > 0 && i%f.step == 0 {
			if b[at] != f.sep {
				return f, false
			}
			at++
		}
		if hexValue(b[at]) > 15 || hexValue(b[at+1]) > 15 {
			return f, false
		}
		letter = letter || !isDigit(b[at]) || !isDigit(b[at+1])
		at += 2
	}
	return f, letter
}
