package transform

import (
	"fmt"

	"github.com/tink-crypto/tink-go/v2/daead/subtle"
)

var encryptInfo = Info{
	Name: "encrypt",
	Doc:  "A token that holds the value enciphered, the same for the same text: enc~email~k7q2m~mzxw6ytb...~.",
	Params: []Param{
		{Name: "canonical", Default: "false", Flag: true, Doc: "encipher the canonical spelling: all spellings give one token, and it opens to that spelling"},
	},
	Reversible: true,
	NeedsKey:   true,
	Preserves:  "equality, and the value for who has the key; not the form, and the length is 8 characters for 5 bytes and 26 more",
	Attacks:    "pseudonymous: who has the key reads it; without it equality, frequency and the length of the value show",
}

// sivKeyLen is the length of an AES-256-SIV key: half for the MAC, half for
// the cipher.
const sivKeyLen = subtle.AESSIVKeySize

// encrypt is AES-SIV (RFC 5297), deterministic and authenticated, with the
// domain as its one associated datum.
type encrypt struct {
	opaque
	recent
	siv       *subtle.AESSIV
	prefix    []byte // "enc~email~k7q2m~"
	domain    []byte
	canonical bool
}

func newEncrypt(a *arguments, target Target, keys *Keys) (Transform, error) {
	e := &encrypt{canonical: a.flag("canonical"), domain: []byte(target.Domain)}
	if err := a.key(keys); err != nil {
		return nil, err
	}
	if !isTokenWord(e.domain, maxDomain) {
		return nil, fmt.Errorf("encrypt: domain wants 1 to %d letters, digits or _ . : - to stand in a token", maxDomain)
	}
	siv, err := subtle.NewAESSIV(keys.derive("encrypt", target.Domain, sivKeyLen))
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	e.siv = siv
	e.prefix = fmt.Appendf(nil, "%s%s~%s~", tokenMagic, target.Domain, keys.ID())
	return e, nil
}

func (e *encrypt) Append(dst []byte, v Value) ([]byte, error) {
	plain := v.Text
	if e.canonical {
		plain = v.canonical()
	}
	slot, hit := e.find(plain)
	if hit {
		return append(dst, slot.result()...), nil
	}
	sealed, err := e.siv.EncryptDeterministically(plain, e.domain)
	if err != nil {
		return dst, fmt.Errorf("encrypt: %w", err)
	}
	came := len(dst)
	dst = append(dst, e.prefix...)
	dst = base32Lower.AppendEncode(dst, sealed)
	dst = append(dst, '~')
	slot.keep(plain, dst[came:])
	return dst, nil
}

// Clone gives one with recent results of its own.
func (e *encrypt) Clone() Transform {
	c := *e
	c.recent = recent{}
	return &c
}
