package transform

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
)

// ipPfx is ipcrypt-pfx of draft-denis-ipcrypt: each bit of an address is
// changed by a bit that depends on the bits before it, taken from the sum of
// two AES-128 permutations.
type ipPfx struct {
	k1, k2         cipher.Block
	prefix, e1, e2 [16]byte
}

// newIPPfx takes two AES-128 keys of 16 bytes, which must differ.
func newIPPfx(key []byte) (*ipPfx, error) {
	if len(key) != 32 || string(key[:16]) == string(key[16:]) {
		return nil, errors.New("ip-prefix: key wants two different halves of 16 bytes")
	}
	k1, err := aes.NewCipher(key[:16])
	if err != nil {
		return nil, err
	}
	k2, err := aes.NewCipher(key[16:])
	if err != nil {
		return nil, err
	}
	return &ipPfx{k1: k1, k2: k2}, nil
}

func (p *ipPfx) clone() ipCipher { return &ipPfx{k1: p.k1, k2: p.k2} }

func (p *ipPfx) crypt(ip []byte, decipher bool) {
	// The block is the bits so far, right-aligned, after a one that marks
	// where they begin; an IPv4 address counts as v4-mapped.
	p.prefix = [16]byte{15: 1}
	if len(ip) == 4 {
		p.prefix = [16]byte{3: 1, 14: 0xff, 15: 0xff}
	}
	for i := range 8 * len(ip) {
		p.k1.Encrypt(p.e1[:], p.prefix[:])
		p.k2.Encrypt(p.e2[:], p.prefix[:])
		shift := 7 - i%8
		before := ip[i/8] >> shift & 1
		ip[i/8] ^= (p.e1[15] ^ p.e2[15]) & 1 << shift
		plain := before
		if decipher {
			plain = ip[i/8] >> shift & 1
		}
		for k := range 15 {
			p.prefix[k] = p.prefix[k]<<1 | p.prefix[k+1]>>7
		}
		p.prefix[15] = p.prefix[15]<<1 | plain
	}
}

// ipDeterministic is ipcrypt-deterministic of draft-denis-ipcrypt: the address
// is one AES-128 block.
type ipDeterministic struct {
	block cipher.Block
}

func newIPDeterministic(key []byte) (*ipDeterministic, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return &ipDeterministic{block}, nil
}

func (d *ipDeterministic) clone() ipCipher { return d }

func (d *ipDeterministic) crypt(ip []byte, decipher bool) {
	if decipher {
		d.block.Decrypt(ip, ip)
		return
	}
	d.block.Encrypt(ip, ip)
}

// cryptoPAn is Crypto-PAn (Xu, Fan, Ammar, Moon, 2002): each bit of an address
// is changed by the first bit of AES-128 over the bits before it, filled up
// with bits of a secret pad.
type cryptoPAn struct {
	block   cipher.Block
	pad     [16]byte
	in, out [16]byte
}

// newCryptoPAn takes an AES-128 key of 16 bytes and 16 bytes that the pad is
// made of.
func newCryptoPAn(key []byte) (*cryptoPAn, error) {
	if len(key) != 32 {
		return nil, errors.New("ip-prefix: key wants 32 bytes")
	}
	block, err := aes.NewCipher(key[:16])
	if err != nil {
		return nil, err
	}
	c := &cryptoPAn{block: block}
	block.Encrypt(c.pad[:], key[16:])
	return c, nil
}

func (c *cryptoPAn) clone() ipCipher { return &cryptoPAn{block: c.block, pad: c.pad} }

func (c *cryptoPAn) crypt(ip []byte, decipher bool) {
	c.in = c.pad
	for i := range 8 * len(ip) {
		c.block.Encrypt(c.out[:], c.in[:])
		shift := 7 - i%8
		plain := ip[i/8] >> shift & 1
		ip[i/8] ^= c.out[0] >> 7 << shift
		if decipher {
			plain = ip[i/8] >> shift & 1
		}
		c.in[i/8] = c.in[i/8]&^(1<<shift) | plain<<shift
	}
}
