package transform

import (
	"errors"
	"net/netip"
)

var ipPrefixInfo = Info{
	Name: "ip-prefix",
	Doc:  "Another IP address, enciphered so that addresses of one network stay in one network.",
	Params: []Param{
		{Name: "scheme", Default: "pfx", Main: true, Doc: "pfx (ipcrypt-pfx), cryptopan (Crypto-PAn, as older tools make it), or deterministic (ipcrypt-deterministic, which keeps no prefix and makes an IPv6 address of an IPv4 one)"},
	},
	Reversible: true,
	NeedsKey:   true,
	Preserves:  "equality, and which addresses share which network; the version of the address",
	Attacks:    "pseudonymous: who has the key reads it; without it known addresses (scanners, servers, one's own visits) give away the prefixes that they share with others, bit by bit",
}

var errNoAddress = errors.New("ip-prefix: value is no IP address")

// An ipCipher permutes addresses: four bytes for IPv4, sixteen for IPv6.
type ipCipher interface {
	crypt(ip []byte, decipher bool)
	clone() ipCipher
}

type ipPrefix struct {
	opaque
	recent
	cipher ipCipher
	// wide says that the cipher works on sixteen bytes only, in which an
	// IPv4 address is v4-mapped.
	wide bool
	ip   [16]byte
}

func newIPPrefix(a *arguments, target Target, keys *Keys) (Transform, error) {
	scheme := a.choice("scheme", "pfx", "cryptopan", "deterministic")
	if err := a.key(keys); err != nil {
		return nil, err
	}
	key := keys.derive("ip-prefix "+scheme, target.Domain, 32)
	switch scheme {
	case "cryptopan":
		c, err := newCryptoPAn(key)
		return &ipPrefix{cipher: c}, err
	case "deterministic":
		c, err := newIPDeterministic(key[:16])
		return &ipPrefix{cipher: c, wide: true}, err
	}
	c, err := newIPPfx(key)
	return &ipPrefix{cipher: c}, err
}

// Append takes the canonical address, and a v4-mapped one as IPv4, so that all
// spellings give one.
func (p *ipPrefix) Append(dst []byte, v Value) ([]byte, error) {
	a, ok := addr(v)
	if !ok {
		return dst, errNoAddress
	}
	// The address itself is looked up, so that its spellings share a slot.
	in := p.raw(a)
	slot, hit := p.find(in)
	if hit {
		return append(dst, slot.result()...), nil
	}
	came := len(dst)
	dst = p.crypt(dst, a, false)
	// crypt works in place: in has changed.
	slot.keep(p.raw(a), dst[came:])
	return dst, nil
}

// raw gives the bytes of an address in p's own buffer.
func (p *ipPrefix) raw(a netip.Addr) []byte {
	if a.Is4() {
		ip := a.As4()
		return p.ip[:copy(p.ip[:], ip[:])]
	}
	p.ip = a.As16()
	return p.ip[:]
}

// Reverse gives back the address, spelled as RFC 5952 wants it.
func (p *ipPrefix) Reverse(dst, result []byte) ([]byte, error) {
	a, ok := addr(Value{Text: result})
	if !ok {
		return dst, errNoAddress
	}
	return p.crypt(dst, a, true), nil
}

func (p *ipPrefix) crypt(dst []byte, a netip.Addr, decipher bool) []byte {
	if a.Is4() && !p.wide {
		p.raw(a)
		p.cipher.crypt(p.ip[:4], decipher)
		return netip.AddrFrom4([4]byte(p.ip[:4])).AppendTo(dst)
	}
	p.ip = a.As16()
	p.cipher.crypt(p.ip[:], decipher)
	// What is v4-mapped here was so for the cipher: an IPv6 address comes to
	// it once in 2^96.
	return netip.AddrFrom16(p.ip).Unmap().AppendTo(dst)
}

// Clone gives one with buffers of its own.
func (p *ipPrefix) Clone() Transform { return &ipPrefix{cipher: p.cipher.clone(), wide: p.wide} }
