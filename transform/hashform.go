package transform

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
)

// appendInForm appends a token that is still of the type of the canonical
// value, in ranges that are nobody's. Its form follows the canonical value and
// not the text, so that all spellings still give one token.
func appendInForm(dst, canonical []byte, sum *[sha256.Size]byte) (out []byte, ok bool) {
	// An EUI-64 would read as IPv6 too.
	if f, ok := parseMAC(canonical); ok {
		return appendMAC(dst, sum, f), true
	}
	if ip, ok := parseAddr(canonical); ok {
		if ip.Unmap().Is4() {
			// Class E (RFC 1112, 4), since 10/8 has fewer bits and may
			// be in use; its last address means everybody.
			t := [4]byte{0xf0 | sum[0], sum[1], sum[2], sum[3]}
			if t == [4]byte{255, 255, 255, 255} {
				t[3] = 0
			}
			return netip.AddrFrom4(t).AppendTo(dst), true
		}
		t := [16]byte{0x20, 0x01, 0x0d, 0xb8} // RFC 3849
		copy(t[4:], sum[:])
		return netip.AddrFrom16(t).AppendTo(dst), true
	}
	if isUUID(canonical) {
		return appendUUID(dst, sum), true
	}
	if at := bytes.LastIndexByte(canonical, '@'); at > 0 && at < len(canonical)-1 {
		dst = appendBits(dst, sum[:], 80)
		return append(dst, "@anon.invalid"...), true // RFC 2606, 2
	}
	return dst, false
}

// appendMAC appends a unicast address with the locally administered bit set
// (IEEE 802, 8.4).
func appendMAC(dst []byte, sum *[sha256.Size]byte, f macForm) []byte {
	for i := range f.octets {
		if f.sep != 0 && i > 0 && i%f.step == 0 {
			dst = append(dst, f.sep)
		}
		c := sum[i]
		if i == 0 {
			c = c&0xfc | 0x02
		}
		dst = hex.AppendEncode(dst, []byte{c})
	}
	return dst
}

// appendUUID appends a UUID of version 8 (RFC 9562, 5.8).
func appendUUID(dst []byte, sum *[sha256.Size]byte) []byte {
	for i := range 16 {
		c := sum[i]
		switch i {
		case 4, 10:
			dst = append(dst, '-')
		case 6:
			dst = append(dst, '-')
			c = c&0x0f | 0x80
		case 8:
			dst = append(dst, '-')
			c = c&0x3f | 0x80
		}
		dst = hex.AppendEncode(dst, []byte{c})
	}
	return dst
}

func isUUID(b []byte) bool {
	if len(b) != 36 {
		return false
	}
	for i, c := range b {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return false
			}
		} else if hexValue(c) > 15 {
			return false
		}
	}
	return true
}
