package transform

import (
	"crypto/aes"
	"errors"
	"fmt"
)

var fpeInfo = Info{
	Name: "fpe",
	Doc:  "Other digits in place of the digits, by FF1 (NIST SP 800-38G): length and punctuation stay, +1 (202) 555-0143 may become +7 (914) 031-6627.",
	Params: []Param{
		{Name: "keep-first", Default: "0", Doc: "digits at the start to leave as they are, such as a country code or the issuer of a card"},
		{Name: "keep", Default: "0", Main: true, Doc: "digits at the end to leave as they are"},
	},
	Reversible: true,
	NeedsKey:   true,
	Preserves:  "equality of digits, length, punctuation, and from seven digits on whether the first is a zero, so that a number stays a number of that length; not check digits",
	Attacks:    "pseudonymous: who has the key reads it; without it equality and kept digits show, and the result looks like a real number that may be somebody's. Spellings with different digits (+1 202 555 0143 and 202 555 0143) give different results",
}

var (
	errUnfit = errors.New("fpe: value is not 6 to 36 digits with punctuation")
	errZero  = errors.New("fpe: a number of six digits may come out with a zero before it")
)

// maxFPEDigits bounds the digits of a value, kept ones included.
const maxFPEDigits = 64

type fpe struct {
	opaque
	key         []byte
	cipher      ff1
	first, last int
	digits      [maxFPEDigits]byte
	tweak       [maxFPEDigits]byte
}

func newFPE(a *arguments, target Target, keys *Keys) (Transform, error) {
	p := &fpe{
		first: a.number("keep-first", 0, 20),
		last:  a.number("keep", 0, 20),
	}
	if err := a.key(keys); err != nil {
		return nil, err
	}
	return p, p.init(keys.derive("fpe", target.Domain, 32))
}

func (p *fpe) init(key []byte) error {
	block, err := aes.NewCipher(key)
	if err != nil {
		return fmt.Errorf("fpe: %w", err)
	}
	p.key = key
	p.cipher = ff1{block: block, radix: 10}
	return nil
}

// Append refuses what has fewer than six digits to change (SP 800-38G Rev. 1:
// a million values at least), and what has letters, since they would pass.
// A Bare value, which is a number to who reads it, wants seven: see permute.
func (p *fpe) Append(dst []byte, v Value) ([]byte, error) { return p.crypt(dst, v, false) }

// Reverse gives back the value.
func (p *fpe) Reverse(dst, result []byte) ([]byte, error) {
	return p.crypt(dst, Value{Text: result}, true)
}

func (p *fpe) crypt(dst []byte, v Value, decipher bool) ([]byte, error) {
	text := v.Text
	n := 0
	for _, c := range text {
		switch {
		case isDigit(c):
			if n == maxFPEDigits {
				return dst, errUnfit
			}
			p.digits[n] = c - '0'
			n++
		case !isPunct(c):
			return dst, errUnfit
		}
	}
	end := n - p.last
	if end < p.first || !p.cipher.fits(end-p.first) {
		return dst, errUnfit
	}
	if v.Bare && p.first == 0 && end < leastWalk {
		return dst, errZero
	}
	// The kept digits are the tweak, so that what changes depends on them.
	tweak := append(append(p.tweak[:0], p.digits[:p.first]...), p.digits[end:n]...)
	p.permute(p.digits[p.first:end], tweak, decipher)
	at := 0
	for _, c := range text {
		if isDigit(c) {
			c = p.digits[at] + '0'
			at++
		}
		dst = append(dst, c)
	}
	return dst, nil
}

// leastWalk is how many digits leave a million values (SP 800-38G Rev. 1) among
// those that begin with a zero.
const leastWalk = 7

// permute enciphers or deciphers digits. Those that begin with a zero, and those
// that do not, are each permuted among themselves, by going on until one of them
// comes (cycle walking): a number that got a zero in front would be another one
// without it, and no longer come back.
func (p *fpe) permute(digits, tweak []byte, decipher bool) {
	zero := digits[0] == 0
	p.cipher.crypt(digits, tweak, decipher)
	for p.first == 0 && len(digits) >= leastWalk && (digits[0] == 0) != zero {
		p.cipher.crypt(digits, tweak, decipher)
	}
}

// Clone gives one with buffers of its own.
func (p *fpe) Clone() Transform {
	c := &fpe{first: p.first, last: p.last}
	if err := c.init(p.key); err != nil {
		panic("transform: an AES key that was right no longer is")
	}
	return c
}
