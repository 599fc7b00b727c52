package transform

import (
	"crypto/cipher"
	"encoding/binary"
	"math/bits"
)

// ff1 is FF1 of NIST SP 800-38G: a Feistel network of ten rounds over strings
// of numerals. Both halves are held in 64 bits, so it takes strings of up to 36
// decimal numerals, in constant memory and without big integers.
type ff1 struct {
	block cipher.Block
	radix uint64
	head  [16]byte // the MAC of the fixed block P
	mac   [16]byte
	last  [16]byte // the block of Q that holds the round and a half
}

// minDomain is the least number of strings that FF1 may permute, as Revision 1
// of SP 800-38G demands: among fewer, guessing finds the permutation.
const minDomain = 1_000_000

// fits reports whether strings of n numerals are neither too few for safety
// nor too long for the implementation.
func (f *ff1) fits(n int) bool {
	if n < 2 || n > 126 {
		return false
	}
	half, ok := f.power((n + 1) / 2)
	if !ok {
		return false
	}
	other, _ := f.power(n / 2)
	hi, lo := bits.Mul64(half, other)
	return hi > 0 || lo >= minDomain
}

// power gives radix^m when it is below 2^63.
func (f *ff1) power(m int) (uint64, bool) {
	p := uint64(1)
	for range m {
		hi, lo := bits.Mul64(p, f.radix)
		if hi != 0 || lo >= 1<<63 {
			return 0, false
		}
		p = lo
	}
	return p, true
}

// crypt enciphers numerals, each below the radix, in place, or deciphers them.
// Their number has to fit.
func (f *ff1) crypt(numerals, tweak []byte, decipher bool) {
	u := len(numerals) / 2
	v := len(numerals) - u
	modU, _ := f.power(u)
	modV, _ := f.power(v)
	width := (bits.Len64(modV-1) + 7) / 8 // b of the standard
	a, b := f.number(numerals[:u]), f.number(numerals[u:])

	p := [16]byte{1, 2, 1, byte(f.radix >> 16), byte(f.radix >> 8), byte(f.radix), 10, byte(u)}
	binary.BigEndian.PutUint32(p[8:], uint32(len(numerals)))
	binary.BigEndian.PutUint32(p[12:], uint32(len(tweak)))
	f.mac = p
	f.block.Encrypt(f.mac[:], f.mac[:])
	// Q begins with the tweak and zeros up to where round and half end a
	// block; all whole blocks of that are the same in each round.
	whole := len(tweak) + 1 + width
	whole = (whole + 15) / 16 * 16
	f.last = [16]byte{}
	for i := 0; i < whole-16; i++ {
		if i < len(tweak) {
			f.mac[i%16] ^= tweak[i]
		}
		if i%16 == 15 {
			f.block.Encrypt(f.mac[:], f.mac[:])
		}
	}
	if whole-16 < len(tweak) {
		copy(f.last[:], tweak[whole-16:])
	}
	f.head = f.mac

	for i := range 10 {
		if decipher {
			i = 9 - i
		}
		mod := modU
		if i%2 == 1 {
			mod = modV
		}
		if decipher {
			y := f.round(i, a, width, mod)
			c := b - y
			if b < y {
				c += mod
			}
			a, b = c, a
		} else {
			y := f.round(i, b, width, mod)
			a, b = b, (a+y)%mod
		}
	}
	f.spell(numerals[:u], a)
	f.spell(numerals[u:], b)
}

// round is the round function: the MAC of P and Q, as a number below mod.
func (f *ff1) round(i int, half uint64, width int, mod uint64) uint64 {
	f.mac = f.head
	q := f.last
	q[15-width] = byte(i)
	for k := range width {
		q[15-k] = byte(half >> (8 * k))
	}
	for k := range q {
		f.mac[k] ^= q[k]
	}
	f.block.Encrypt(f.mac[:], f.mac[:])
	// The first d bytes of the MAC, where d is width rounded up to four and
	// four more: 8 or 12, since a half has at most 8.
	if width <= 4 {
		return binary.BigEndian.Uint64(f.mac[:]) % mod
	}
	hi := uint64(binary.BigEndian.Uint32(f.mac[:]))
	return bits.Rem64(hi, binary.BigEndian.Uint64(f.mac[4:]), mod)
}

func (f *ff1) number(numerals []byte) uint64 {
	n := uint64(0)
	for _, d := range numerals {
		n = n*f.radix + uint64(d)
	}
	return n
}

func (f *ff1) spell(numerals []byte, n uint64) {
	for i := len(numerals) - 1; i >= 0; i-- {
		numerals[i] = byte(n % f.radix)
		n /= f.radix
	}
}
