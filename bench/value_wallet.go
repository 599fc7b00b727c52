package bench

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"math/rand/v2"
)

// wallet appends an address: Bitcoin in Base58Check or Bech32 (BIP 173), or
// Ethereum (EIP-55).
func wallet(rng *rand.Rand, dst []byte) []byte {
	var hash [20]byte
	for i := range hash {
		hash[i] = byte(rng.Uint32())
	}
	switch rng.IntN(3) {
	case 0:
		b := append([]byte{pick(rng, []byte{0, 5})}, hash[:]...)
		one := sha256.Sum256(b)
		two := sha256.Sum256(one[:])
		return base58(dst, append(b, two[:4]...))
	case 1:
		return bech32(dst, hash[:])
	default:
		return ethereum(dst, hash[:])
	}
}

// bech32 appends a version 0 witness program of the Bitcoin main net.
func bech32(dst, program []byte) []byte {
	const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	data := []byte{0}
	acc, n := uint(0), uint(0)
	for _, c := range program {
		acc, n = acc<<8|uint(c), n+8
		for ; n >= 5; n -= 5 {
			data = append(data, byte(acc>>(n-5)&31))
		}
	}
	check := uint32(1)
	step := func(v byte) {
		top := check >> 25
		check = check&0x1ffffff<<5 ^ uint32(v)
		for i, g := range []uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				check ^= g
			}
		}
	}
	for _, v := range []byte{'b' >> 5, 'c' >> 5, 0, 'b' & 31, 'c' & 31} {
		step(v)
	}
	for _, v := range data {
		step(v)
	}
	for range 6 {
		step(0)
	}
	check ^= 1
	for i := range 6 {
		data = append(data, byte(check>>(5*(5-i))&31))
	}
	dst = append(dst, "bc1"...)
	for _, v := range data {
		dst = append(dst, alphabet[v])
	}
	return dst
}

// ethereum appends an address with the letters' case as its check.
func ethereum(dst, address []byte) []byte {
	digits := []byte(hex.EncodeToString(address))
	check := keccak256(digits)
	dst = append(dst, "0x"...)
	for i, c := range digits {
		if c >= 'a' && check[i/2]>>(4*(1-i%2))&8 != 0 {
			c -= 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// keccak256 returns the hash of at most 135 bytes by Keccak as it was before
// FIPS 202 gave it other padding, which is what Ethereum uses.
func keccak256(b []byte) [32]byte {
	const rate = 136
	var block [200]byte
	copy(block[:rate-1], b)
	block[len(b)] ^= 1
	block[rate-1] ^= 0x80
	var a [25]uint64
	for i := range a {
		a[i] = binary.LittleEndian.Uint64(block[8*i:])
	}
	lfsr := byte(1)
	for range 24 {
		var c [5]uint64
		for x := range c {
			c[x] = a[x] ^ a[x+5] ^ a[x+10] ^ a[x+15] ^ a[x+20]
		}
		for i := range a {
			a[i] ^= c[(i+4)%5] ^ bits.RotateLeft64(c[(i+1)%5], 1)
		}
		// rho and pi
		x, y, moved := 1, 0, a[1]
		for t := range 24 {
			x, y = y, (2*x+3*y)%5
			moved, a[x+5*y] = a[x+5*y], bits.RotateLeft64(moved, (t+1)*(t+2)/2%64)
		}
		for y := 0; y < 25; y += 5 {
			row := [5]uint64(a[y : y+5])
			for x := range row {
				a[y+x] = row[x] ^ ^row[(x+1)%5]&row[(x+2)%5]
			}
		}
		// iota
		for j := range 7 {
			if lfsr&1 == 1 {
				a[0] ^= 1 << (1<<j - 1)
			}
			high := lfsr >> 7
			lfsr = lfsr<<1 ^ high*0x71
		}
	}
	var out [32]byte
	for i := range 4 {
		binary.LittleEndian.PutUint64(out[8*i:], a[i])
	}
	return out
}
