package transform

import (
	"encoding/binary"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/daead/subtle"
)

var encryptInfo = Info{
	Name: "encrypt",
	Doc:  "A token that holds the value enciphered, the same wherever the same is written: enc~email~k7q2m~mzxw6ytb...~.",
	Params: []Param{
		{Name: "canonical", Default: "false", Flag: true, Doc: "encipher the canonical spelling: all spellings give one token, which opens to that spelling and not to the bytes that stood there. Without it a token opens to those bytes, and each spelling, or a number without quotes beside one with, has a token of its own"},
	},
	Reversible: true,
	NeedsKey:   true,
	Preserves:  "the bytes as they stood, for who has the key, and equality of what is written alike; with canonical equality in every spelling. The length is 8 characters for 5 bytes and 26 more",
	Attacks:    "pseudonymous: who has the key reads it; without it equality, frequency and the length of the value show",
}

// sivKeyLen is the length of an AES-256-SIV key: half for the MAC, half for
// the cipher.
const sivKeyLen = subtle.AESSIVKeySize

// encrypt is AES-SIV (RFC 5297), deterministic and authenticated, with the
// domain as its one associated datum. What is enciphered is the text itself; with
// writtenMark behind the domain, the text and how it is written: see
// appendWritten. So most tokens are as short as can be, and a value written alike
// has one token in every format.
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
	switch {
	case e.canonical:
		plain = v.canonical()
	case v.Written != nil || v.Bare: // few are, and fewer come twice
		return e.seal(dst, appendWritten(nil, v), append(e.domain[:len(e.domain):len(e.domain)], writtenMark...))
	}
	slot, hit := e.find(plain)
	if hit {
		return append(dst, slot.result()...), nil
	}
	came := len(dst)
	dst, err := e.seal(dst, plain, e.domain)
	if err == nil {
		slot.keep(plain, dst[came:])
	}
	return dst, err
}

// seal appends the token of plain; data is authenticated with it.
func (e *encrypt) seal(dst, plain, data []byte) ([]byte, error) {
	sealed, err := e.siv.EncryptDeterministically(plain, data)
	if err != nil {
		return dst, fmt.Errorf("encrypt: %w", err)
	}
	dst = append(dst, e.prefix...)
	dst = base32Lower.AppendEncode(dst, sealed)
	return append(dst, '~'), nil
}

// writtenMark tells tokens that hold how a value is written from others. No
// domain has a NUL in it.
const writtenMark = "\x00written"

// appendWritten appends v: whether it is bare, its text behind the length of it
// (a varint), and how it is written.
func appendWritten(dst []byte, v Value) []byte {
	bare := byte(0)
	if v.Bare {
		bare = 1
	}
	dst = binary.AppendUvarint(append(dst, bare), uint64(len(v.Text)))
	return append(append(dst, v.Text...), v.Written...)
}

// parseWritten reads what appendWritten made.
func parseWritten(b []byte) (v Value, ok bool) {
	if len(b) == 0 {
		return v, false
	}
	size, n := binary.Uvarint(b[1:])
	rest := b[1+max(n, 0):]
	if n <= 0 || size > uint64(len(rest)) {
		return v, false
	}
	v = Value{Text: rest[:size:size], Bare: b[0] == 1}
	if uint64(len(rest)) > size {
		v.Written = rest[size:]
	}
	return v, true
}

// Clone gives one with recent results of its own.
func (e *encrypt) Clone() Transform {
	c := *e
	c.recent = recent{}
	return &c
}
