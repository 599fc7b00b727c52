package detect

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// Checksums of wallet addresses.

const (
	base58Bitcoin = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	base58Ripple  = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
	bech32Digits  = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
)

// A digitTable gives the value of each digit, 0xff for what is none.
type digitTable [256]byte

func digitsOf(alphabet string) (t digitTable) {
	for c := range t {
		t[c] = 0xff
	}
	for v := range len(alphabet) {
		t[alphabet[v]] = byte(v)
	}
	return
}

var (
	bitcoinDigit = digitsOf(base58Bitcoin)
	rippleDigit  = digitsOf(base58Ripple)
	bech32Digit  = digitsOf(bech32Digits)
)

func isBase58(b []byte) bool {
	for _, c := range b {
		if bitcoinDigit[c] == 0xff {
			return false
		}
	}
	return true
}

// checkBase58 checks 25 bytes in base58: a version, a hash, four bytes of a
// double SHA-256 (Base58Check).
func checkBase58(b []byte) bool {
	digit := &bitcoinDigit
	switch b[0] {
	case '1', '3', 'L', 'M', 'D', 'A', '9', 'X', '7', 'T', '2', 'm', 'n', 't':
	case 'r':
		digit = &rippleDigit
	default:
		return false
	}
	var n [26]byte // big endian; one byte more than allowed
	for _, c := range b {
		carry := uint(digit[c])
		if carry == 0xff {
			return false
		}
		for i := len(n) - 1; i >= 0; i-- {
			carry += uint(n[i]) * 58
			n[i] = byte(carry)
			carry >>= 8
		}
		if carry > 0 {
			return false
		}
	}
	// Zcash has two bytes of version, all others one.
	v := n[1:]
	if n[0] != 0 {
		if n[0] != 0x1c || n[1] != 0xb8 && n[1] != 0xbd {
			return false
		}
		v = n[:]
	} else if !walletVersion(v[0], b[0]) {
		return false
	}
	if v[0] == 0 && digit == &bitcoinDigit && (v[1] != 0 && b[1] == '1' || v[1] == 0 && b[1] != '1') {
		return false // one leading '1' for each leading zero byte
	}
	end := len(v) - 4
	sum := sha256.Sum256(v[:end])
	sum = sha256.Sum256(sum[:])
	return [4]byte(sum[:4]) == [4]byte(v[end:])
}

// walletVersion says whether version bytes of a network give addresses that
// begin with first.
func walletVersion(v, first byte) bool {
	switch v {
	case 0x00: // Bitcoin, Ripple
		return first == '1' || first == 'r'
	case 0x05: // Bitcoin, script
		return first == '3'
	case 0x30, 0x32: // Litecoin
		return first == 'L' || first == 'M'
	case 0x1e, 0x16: // Dogecoin
		return first == 'D' || first == 'A' || first == '9'
	case 0x4c, 0x10: // Dash
		return first == 'X' || first == '7'
	case 0x41: // Tron
		return first == 'T'
	case 0x6f, 0xc4: // test networks
		return first == 'm' || first == 'n' || first == '2'
	}
	return false
}

// checkBech32 checks a segregated witness address (BIP 173, BIP 350).
func checkBech32(b []byte) bool {
	sep := 0
	switch {
	case len(b) < 14 || len(b) > 90:
		return false
	case foldIs(b[:3], "bc1"), foldIs(b[:3], "tb1"):
		sep = 2
	case foldIs(b[:4], "ltc1"):
		sep = 3
	case foldIs(b[:5], "bcrt1"):
		sep = 4
	case foldIs(b[:5], "addr1"):
		sep = 4
	default:
		return false
	}
	sum := uint32(1)
	step := func(v byte) {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(v)
		for i, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	uppers, lowers := false, false
	for _, c := range b {
		uppers = uppers || c-'A' <= 25
		lowers = lowers || c-'a' <= 25
	}
	if uppers && lowers {
		return false
	}
	for _, c := range b[:sep] {
		step(lower(c) >> 5)
	}
	step(0)
	for _, c := range b[:sep] {
		step(lower(c) & 31)
	}
	data := b[sep+1:]
	for _, c := range data {
		v := bech32Digit[lower(c)]
		if v == 0xff {
			return false
		}
		step(v)
	}
	if sep == 4 && b[0]|0x20 == 'a' {
		return sum == 1 // Cardano: no witness version
	}
	// The program: 2 to 40 bytes, 20 or 32 in version 0.
	version, n := bech32Digit[lower(data[0])], (len(data)-7)*5
	size, rest := n/8, n%8
	if version > 16 || rest > 4 || size < 2 || size > 40 || bech32Digit[lower(data[len(data)-7])]&(1<<rest-1) != 0 {
		return false
	}
	if version == 0 {
		return sum == 1 && (size == 20 || size == 32)
	}
	return sum == 0x2bc830a3 || sum == 1 // BIP 350, or BIP 173 before it
}

// checkMonero checks base58 in blocks of eight bytes, with four bytes of Keccak
// at the end.
func checkMonero(b []byte) bool {
	if len(b) != 95 && len(b) != 106 || b[0] != '4' && b[0] != '8' {
		return false
	}
	var raw [80]byte
	out := raw[:0]
	for i := 0; i < len(b); i += 11 {
		block := b[i:min(i+11, len(b))]
		n := uint64(0)
		for _, c := range block {
			v := bitcoinDigit[c]
			hi, lo := bits.Mul64(n, 58)
			sum, carry := bits.Add64(lo, uint64(v), 0)
			if v == 0xff || hi+carry != 0 {
				return false
			}
			n = sum
		}
		var word [8]byte
		binary.BigEndian.PutUint64(word[:], n)
		size := 8
		if len(block) == 7 {
			size = 5
		}
		out = append(out, word[8-size:]...)
	}
	end := len(out) - 4
	sum := keccak256(out[:end])
	return [4]byte(sum[:4]) == [4]byte(out[end:])
}

// checkEthereum checks forty hexadecimal digits: if both cases occur among the
// letters, which is which is a checksum (EIP-55).
func checkEthereum(b []byte) (ok, mixed bool) {
	var low [40]byte
	uppers, lowers := false, false
	for i, c := range b {
		if !isHex(c) {
			return false, false
		}
		uppers = uppers || c-'A' <= 25
		lowers = lowers || c-'a' <= 25
		low[i] = lower(c)
	}
	if !uppers || !lowers {
		return true, false
	}
	sum := keccak256(low[:])
	for i, c := range b {
		if !isDigit(c) && (sum[i/2]>>(4-4*(i%2))&15 >= 8) != (c-'A' <= 25) {
			return false, true
		}
	}
	return true, true
}

// keccak256 is Keccak with the padding it had before it became SHA-3, of less
// than one block of 136 bytes.
func keccak256(b []byte) (out [32]byte) {
	var block [136]byte
	copy(block[:], b)
	block[len(b)] = 1
	block[135] |= 0x80
	var a [25]uint64
	for i := range 17 {
		a[i] = binary.LittleEndian.Uint64(block[i*8:])
	}
	keccakF(&a)
	for i := range 4 {
		binary.LittleEndian.PutUint64(out[i*8:], a[i])
	}
	return
}

// keccakF is the permutation of FIPS 202, section 3.3.
func keccakF(a *[25]uint64) {
	lfsr := byte(1)
	for range 24 {
		var c [5]uint64
		for x := range 5 {
			c[x] = a[x] ^ a[x+5] ^ a[x+10] ^ a[x+15] ^ a[x+20]
		}
		for x := range 5 {
			d := c[(x+4)%5] ^ bits.RotateLeft64(c[(x+1)%5], 1)
			for y := 0; y < 25; y += 5 {
				a[x+y] ^= d
			}
		}
		// Rotate each lane and move it, along the one cycle they form.
		x, y, last := 1, 0, a[1]
		for i := range 24 {
			x, y = y, (2*x+3*y)%5
			at := x + 5*y
			a[at], last = bits.RotateLeft64(last, (i+1)*(i+2)/2), a[at]
		}
		for y := 0; y < 25; y += 5 {
			row := [5]uint64(a[y : y+5])
			for x := range 5 {
				a[x+y] = row[x] ^ ^row[(x+1)%5]&row[(x+2)%5]
			}
		}
		// The round constant, one bit at a time from a shift register.
		for j := range 7 {
			if lfsr&1 == 1 {
				a[0] ^= 1 << (1<<j - 1)
			}
			high := lfsr >> 7
			lfsr = lfsr<<1 ^ high*0x71
		}
	}
}
