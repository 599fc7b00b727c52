package bench

import (
	"fmt"
	"math/big"
	"math/rand/v2"
)

// Numbers with check digits, and their checks.

const (
	decimal = "0123456789"
	hexLow  = "0123456789abcdef"
	hexUp   = "0123456789ABCDEF"
	base32  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	base62  = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	base64s = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	base64u = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	upper   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lower   = "abcdefghijklmnopqrstuvwxyz"
)

// chars appends n random characters of an alphabet.
func chars(rng *rand.Rand, dst []byte, n int, alphabet string) []byte {
	for range n {
		dst = append(dst, alphabet[rng.IntN(len(alphabet))])
	}
	return dst
}

// fill appends pattern, with a random digit for 0, one from 1 on for 9, a lower
// hex digit for h, an upper one for H, and an upper letter for A. Other bytes
// stand for themselves; after a backslash any does.
func fill(rng *rand.Rand, dst []byte, pattern string) []byte {
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; c {
		case '0':
			dst = chars(rng, dst, 1, decimal)
		case '9':
			dst = chars(rng, dst, 1, decimal[1:])
		case 'h':
			dst = chars(rng, dst, 1, hexLow)
		case 'H':
			dst = chars(rng, dst, 1, hexUp)
		case 'A':
			dst = chars(rng, dst, 1, upper)
		case '\\':
			i++
			dst = append(dst, pattern[i])
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// filled returns the value that fills one of some patterns.
func filled(patterns ...string) func(*rand.Rand, []byte) []byte {
	return func(rng *rand.Rand, dst []byte) []byte { return fill(rng, dst, pick(rng, patterns)) }
}

// oneOf returns the value that is one of some words.
func oneOf(words ...string) func(*rand.Rand, []byte) []byte {
	return func(rng *rand.Rand, dst []byte) []byte { return append(dst, pick(rng, words)...) }
}

// either returns the value that is one of some values.
func either(of ...func(*rand.Rand, []byte) []byte) func(*rand.Rand, []byte) []byte {
	return func(rng *rand.Rand, dst []byte) []byte { return pick(rng, of)(rng, dst) }
}

// luhnDigit returns the digit that makes digits valid by Luhn (ISO/IEC 7812-1).
func luhnDigit(digits []byte) byte {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// card appends a payment card number of a scheme's length and prefix.
func card(rng *rand.Rand, dst []byte) []byte {
	n := fill(rng, nil, pick(rng, []string{"4" + "00000000000000", "5\\1" + "0000000000000", "5\\5" + "0000000000000",
		"37" + "000000000000", "6\\011" + "00000000000", "35\\3\\0" + "00000000000"}))
	n = append(n, luhnDigit(n))
	sep := pick(rng, []string{"", "", " ", "-"})
	for i, c := range n {
		if len(n) == 15 && (i == 4 || i == 10) || len(n) == 16 && i > 0 && i%4 == 0 {
			dst = append(dst, sep...)
		}
		dst = append(dst, c)
	}
	return dst
}

// imei appends an IMEI: type allocation code, serial number, check digit (3GPP
// TS 23.003, annex B).
func imei(rng *rand.Rand, dst []byte) []byte {
	start := len(dst)
	dst = fill(rng, dst, pick(rng, []string{"35\\0\\0\\0\\0\\0\\0", "35600000", "86000000", "01\\0\\0\\0\\0\\0\\0"})+"000000")
	return append(dst, luhnDigit(dst[start:]))
}

// mod97 returns the remainder of a text by 97, letters counting from A = 10
// (ISO/IEC 7064).
func mod97(text []byte) int {
	n := 0
	for _, c := range text {
		if c >= 'A' {
			n = (n*100 + int(c-'A') + 10) % 97
		} else {
			n = (n*10 + int(c-'0')) % 97
		}
	}
	return n
}

// accounts are account numbers of countries that use IBAN, as patterns.
var accounts = []struct{ country, pattern string }{
	{"DE", "000000000000000000"}, {"FR", "0000000000000000000\\0\\000"}, {"GB", "AAAA00000000000000"},
	{"NL", "AAAA0000000000"}, {"ES", "00000000000000000000"}, {"BE", "000000000000"},
	{"CH", "00000000000000000"}, {"PL", "000000000000000000000000"}, {"AT", "0000000000000000"},
	{"IT", "A0000000000000000000000"}, {"SE", "00000000000000000000"}, {"NO", "00000000000"},
}

// iban appends an IBAN with its check digits (ISO 13616), in one piece or in
// groups of four.
func iban(rng *rand.Rand, dst []byte) []byte {
	a := pick(rng, accounts)
	number := fill(rng, nil, a.pattern)
	if a.country == "BE" { // has check digits of its own, the remainder by 97 or 97
		number = fmt.Appendf(number[:10], "%02d", (mod97(number[:10])+96)%97+1)
	}
	check := 98 - mod97([]byte(string(number)+a.country+"00"))
	all := fmt.Sprintf("%s%02d%s", a.country, check, number)
	grouped := rng.IntN(3) == 0
	for i := range len(all) {
		if grouped && i > 0 && i%4 == 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, all[i])
	}
	return dst
}

// ssn appends a social security number that could be assigned: no area 000, 666
// or 900 and up, no group 00, no serial 0000.
func ssn(rng *rand.Rand, dst []byte) []byte {
	area := 1 + rng.IntN(899)
	if area == 666 {
		area = 667
	}
	return fmt.Appendf(dst, "%03d-%02d-%04d", area, 1+rng.IntN(99), 1+rng.IntN(9999))
}

// base58 appends bytes in the alphabet of Bitcoin.
func base58(dst, b []byte) []byte {
	const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	n, radix, rest := new(big.Int).SetBytes(b), big.NewInt(58), new(big.Int)
	var out []byte
	for n.Sign() > 0 {
		n.DivMod(n, radix, rest)
		out = append(out, alphabet[rest.Int64()])
	}
	for _, c := range b {
		if c != 0 {
			break
		}
		out = append(out, '1')
	}
	for i := range out {
		dst = append(dst, out[len(out)-1-i])
	}
	return dst
}
