package transform

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"strconv"
)

var hashInfo = Info{
	Name: "hash",
	Doc:  "A keyed token, the same for every spelling of the value: email_k5x2vqh7tnwgc.",
	Params: []Param{
		{Name: "bits", Default: "64", Main: true, Doc: "length of the token in bits, 32 to 256; two of n values share a token with odds of n*n/2^(bits+1): of a million with 64 bits, 1 in 37 million"},
		{Name: "label", Doc: "word before the token in place of the kind's label"},
		{Name: "kid", Default: "false", Flag: true, Doc: "put the id of the key before the token"},
		{Name: "form", Default: "token", Doc: "token, or keep: an e-mail address stays one (at anon.invalid), an IPv6 address (in 2001:db8::/32), a MAC address (locally administered), a UUID (version 8), an IPv4 address (in 240.0.0.0/4: only 28 bits, so two of 19,000 addresses share one with even odds)"},
	},
	NeedsKey:  true,
	Preserves: "equality: one person is one token, in every file and format under the same key; with form=keep the type",
	Attacks:   "pseudonymous, not anonymous: who has the key can try all values; without it frequency, order and neighbouring fields can still single a person out",
}

// hashed is HMAC-SHA-256 (RFC 2104) over the canonical value, cut to bits.
type hashed struct {
	opaque
	recent
	key    []byte
	mac    hash.Hash
	sum    [sha256.Size]byte
	prefix []byte // "email_", or with the id of the key "email_k7q2m_"
	bits   int
	form   bool
}

func newHash(a *arguments, target Target, keys *Keys) (Transform, error) {
	h := &hashed{
		bits: a.number("bits", 32, 256),
		form: a.choice("form", "token", "keep") == "keep",
	}
	label := a.text("label")
	if label == "" {
		label = target.Label
	}
	h.prefix = tokenPrefix(label)
	kid := a.flag("kid")
	if err := a.key(keys); err != nil {
		return nil, err
	}
	if kid {
		h.prefix = append(append(h.prefix, keys.ID()...), '_')
	}
	h.key = keys.derive("hash", target.Domain, sha256.Size)
	h.mac = hmac.New(sha256.New, h.key)
	return h, nil
}

// tokenPrefix gives the label in lower case and an underscore; other
// characters than letters and digits would break tokens apart in a reader.
func tokenPrefix(label string) []byte {
	if label == "" {
		label = "token"
	}
	prefix := make([]byte, 0, len(label)+8)
	for _, c := range []byte(label) {
		switch {
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		case c >= 'a' && c <= 'z', isDigit(c):
		default:
			c = '_'
		}
		prefix = append(prefix, c)
	}
	return append(prefix, '_')
}

// Append appends the token of the canonical value. It fails where a token has no
// place alone.
func (h *hashed) Append(dst []byte, v Value) ([]byte, error) {
	canonical := v.canonical()
	if v.Place.Typed {
		return h.typed(dst, v)
	}
	slot, hit := h.find(canonical)
	if hit {
		return append(dst, slot.result()...), nil
	}
	came := len(dst)
	dst = h.token(dst, canonical)
	slot.keep(canonical, dst[came:])
	return dst, nil
}

func (h *hashed) digest(canonical []byte) {
	h.mac.Reset()
	h.mac.Write(canonical)
	h.mac.Sum(h.sum[:0])
}

func (h *hashed) token(dst, canonical []byte) []byte {
	h.digest(canonical)
	if h.form {
		if out, ok := appendInForm(dst, canonical, &h.sum); ok {
			return out
		}
	}
	dst = append(dst, h.prefix...)
	return appendBits(dst, h.sum[:], h.bits)
}

// maxNumberBits is the length of the tokens that are integers: they are not below
// zero, in 64 bits.
const maxNumberBits = 63

// doubleBits is the length of the integers that an IEEE 754 double has all of. Tokens
// are cut to it; fewer have to be asked for.
const doubleBits = 53

var errNoPlace = errors.New("hash: there is no room for a token")

// typed appends a token of the value's own type: the first bits as an integer, or what
// form=keep makes of an address or a UUID. An IPv4 address has but 28 bits: that has
// to be asked for.
func (h *hashed) typed(dst []byte, v Value) ([]byte, error) {
	h.digest(v.canonical())
	if v.Place.Bits > 0 {
		bits := min(h.bits, maxNumberBits)
		if v.Place.Bits >= doubleBits {
			bits = min(bits, v.Place.Bits)
		}
		if bits > v.Place.Bits {
			return dst, errNoPlace
		}
		return strconv.AppendUint(dst, binary.BigEndian.Uint64(h.sum[:])>>(64-bits), 10), nil
	}
	if ip, ok := parseAddr(v.canonical()); ok && ip.Unmap().Is4() && !h.form {
		return dst, errNoPlace
	}
	if out, ok := appendInForm(dst, v.Text, &h.sum); ok {
		return out, nil
	}
	return dst, errNoPlace
}

// Clone gives one with a MAC state and recent results of its own.
func (h *hashed) Clone() Transform {
	c := *h
	c.recent = recent{}
	c.mac = hmac.New(sha256.New, h.key)
	return &c
}

// appendBits appends the first bits of sum in lower-case base32 (RFC 4648, 6),
// of which a run of digits long enough for a phone number seldom comes up.
func appendBits(dst, sum []byte, bits int) []byte {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
	acc, have := uint(0), 0
	for at := 0; bits > 0; bits -= 5 {
		if have < 5 {
			acc <<= 8
			if at < len(sum) {
				acc |= uint(sum[at])
			}
			at++
			have += 8
		}
		have -= 5
		c := acc >> have & 31
		if bits < 5 {
			c &= 31 << (5 - bits) & 31
		}
		dst = append(dst, alphabet[c])
	}
	return dst
}
