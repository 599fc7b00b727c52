package transform

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/daead/subtle"
)

// A reversible token stands for itself in any text, whatever is around it:
//
//	enc~DOMAIN~KEYID~PAYLOAD~
//
// The payload is base32, in which there is no '~', so the last one ends it. The
// tilde needs no escape in JSON, CSV, URLs (RFC 3986, 2.3) and XML.
const (
	tokenMagic = "enc~"
	maxDomain  = 64
	maxKeyID   = 24
	minPayload = 26 // base32 of the 16 bytes of the synthetic IV
)

var (
	// ErrNoToken says that what was to be revealed is no token.
	ErrNoToken = errors.New("reveal: not a reversible token")
	// ErrOtherKey says that a token was made with a key that is not there.
	ErrOtherKey = errors.New("reveal: token of another key: give the key file with its id")
	// ErrForged says that a token is damaged, or was not made with the key
	// that it names.
	ErrForged = errors.New("reveal: token is damaged or was not made with this key")
)

// FindToken finds the first reversible token in b, as b[start:end]. It is
// found by its form; only [Reveal] tells whether it is one.
func FindToken(b []byte) (start, end int, ok bool) {
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte(tokenMagic))
		if i < 0 {
			return 0, 0, false
		}
		start = at + i
		if t, ok := parseToken(b[start:]); ok {
			return start, start + t.length, true
		}
		at = start + len(tokenMagic)
	}
}

// Reveal returns the value that token, as [FindToken] gives it, was made of: its
// Text, and how it was Written and whether it was Bare where that matters. The
// keys may be the ones that made it, or in which those are the previous ones;
// keys for a period are derived from them. The errors are [ErrNoToken],
// [ErrOtherKey] and [ErrForged].
func Reveal(token []byte, keys *Keys) (Value, error) {
	t, ok := parseToken(token)
	if !ok || t.length != len(token) {
		return Value{}, ErrNoToken
	}
	if keys.ring() == nil {
		return Value{}, fmt.Errorf("reveal: %w", ErrNoKey)
	}
	sealed := make([]byte, base32Lower.DecodedLen(len(t.payload)))
	n, err := base32Lower.Decode(sealed, t.payload)
	// The last character of base32 may have bits that stand for nothing:
	// only one spelling of a token is the one that was made.
	if err != nil || !bytes.Equal(base32Lower.AppendEncode(nil, sealed[:n]), t.payload) {
		return Value{}, ErrForged
	}
	cached := string(token[:t.length-len(t.payload)-1])
	if siv, ok := keys.ring().openers.Load(cached); ok {
		return t.open(sealed[:n], siv.(*subtle.AESSIV))
	}
	err = ErrOtherKey
	for _, m := range keys.ring().named(t.id) {
		siv, e := subtle.NewAESSIV(m.expand("encrypt", string(t.domain), sivKeyLen))
		if e != nil {
			return Value{}, fmt.Errorf("reveal: %w", e)
		}
		var v Value
		if v, err = t.open(sealed[:n], siv); err == nil {
			// Kept only for tokens that opened, so that input cannot
			// make it grow.
			keys.ring().openers.Store(cached, siv)
			return v, nil
		}
	}
	return Value{}, err
}

type token struct {
	domain, id, payload []byte
	length              int
}

func (t *token) open(sealed []byte, siv *subtle.AESSIV) (Value, error) {
	if plain, err := siv.DecryptDeterministically(sealed, t.domain); err == nil {
		return Value{Text: plain}, nil
	}
	plain, err := siv.DecryptDeterministically(sealed, append(t.domain[:len(t.domain):len(t.domain)], writtenMark...))
	if err != nil {
		return Value{}, ErrForged
	}
	v, ok := parseWritten(plain)
	if !ok {
		return Value{}, ErrForged
	}
	return v, nil
}

// parseToken reads the token at the start of b.
func parseToken(b []byte) (t token, ok bool) {
	rest, ok := bytes.CutPrefix(b, []byte(tokenMagic))
	if !ok {
		return t, false
	}
	if t.domain, rest, ok = tokenPart(rest, maxDomain); !ok {
		return t, false
	}
	if t.id, rest, ok = tokenPart(rest, maxKeyID); !ok {
		return t, false
	}
	n := 0
	for n < len(rest) && (rest[n] >= 'a' && rest[n] <= 'z' || rest[n] >= '2' && rest[n] <= '7') {
		n++
	}
	if n < minPayload || n == len(rest) || rest[n] != '~' {
		return t, false
	}
	t.payload = rest[:n]
	t.length = len(b) - len(rest) + n + 1
	return t, true
}

// tokenPart cuts a word of at most limit bytes and the tilde after it.
func tokenPart(b []byte, limit int) (word, rest []byte, ok bool) {
	end := bytes.IndexByte(b[:min(len(b), limit+1)], '~')
	if end < 0 || !isTokenWord(b[:end], limit) {
		return nil, nil, false
	}
	return b[:end], b[end+1:], true
}

func isTokenWord(b []byte, limit int) bool {
	if len(b) == 0 || len(b) > limit {
		return false
	}
	for _, c := range b {
		if !isLetter(c) && !isDigit(c) && c != '_' && c != '.' && c != ':' && c != '-' {
			return false
		}
	}
	return true
}
