package transform

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
)

// MinKeyLen is the least length of a master key in bytes.
const MinKeyLen = 32

// Keys hold a master key, from which every key in use is derived: one per
// purpose (hash, encrypt) and domain (email, phone), by HKDF-SHA-256 (RFC
// 5869). During a rotation they hold the previous master key too, which opens
// reversible tokens and makes none.
//
// Keys show themselves as "[key]" whatever they are printed with. They may be
// used by several goroutines.
type Keys struct {
	// Behind a function, because fmt follows pointers when a struct that
	// holds Keys is printed with a verb that does not fit.
	open func() *ring
}

// ring gives nil for no keys.
func (k *Keys) ring() *ring {
	if k == nil || k.open == nil {
		return nil
	}
	return k.open()
}

func newRing(r *ring) *Keys { return &Keys{open: func() *ring { return r }} }

type ring struct {
	current  master
	previous []master
	// openers keeps the ciphers of Reveal, by the head of the token.
	openers sync.Map
}

// A master is a pseudorandom key of HKDF, of which all else is expanded. The
// key it came from is not kept.
type master struct {
	prk    []byte
	id     string
	period string
}

// NewKeys takes a master key of at least [MinKeyLen] bytes, which the caller
// may then overwrite.
func NewKeys(key []byte) (*Keys, error) {
	if len(key) < MinKeyLen {
		return nil, fmt.Errorf("key: too short: wants %d bytes, as keygen makes them", MinKeyLen)
	}
	var seen [256]bool
	distinct := 0
	for _, c := range key {
		if !seen[c] {
			seen[c] = true
			distinct++
		}
	}
	// A run of zeros or a repeated word is no key; 32 random bytes have more
	// than 24 distinct ones nearly always, and fewer than 8 never.
	if distinct < 8 {
		return nil, errors.New("key: not random: make one with keygen")
	}
	prk, err := hkdf.Extract(sha256.New, key, []byte("scrim master key v1"))
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	m := master{prk: prk}
	m.id = encode32(m.expand("id", "", 4))[:5]
	return newRing(&ring{current: m}), nil
}

// Ephemeral makes keys for one run: their tokens match those of no other.
func Ephemeral() *Keys {
	keys, _ := generate()
	return keys
}

// Generate makes a new master key, and the text of a key file that holds it.
func Generate() (keys *Keys, file []byte) {
	keys, key := generate()
	text := "# scrim key " + keys.ID() + ": whoever has it can tie tokens to people\n" +
		base64.StdEncoding.EncodeToString(key) + "\n"
	return keys, []byte(text)
}

func generate() (*Keys, []byte) {
	for {
		key := make([]byte, MinKeyLen)
		_, _ = rand.Read(key) // it does not fail
		if keys, err := NewKeys(key); err == nil {
			return keys, key
		}
	}
}

// WithPrevious gives keys that make tokens as k does, and that also open those
// of older.
func (k *Keys) WithPrevious(older *Keys) *Keys {
	r := &ring{current: k.ring().current}
	r.previous = append(r.previous, k.ring().previous...)
	r.previous = append(append(r.previous, older.ring().current), older.ring().previous...)
	return newRing(r)
}

// Each gives keys for each master key alone, the current one first.
func (k *Keys) Each() []*Keys {
	out := []*Keys{newRing(&ring{current: k.ring().current})}
	for _, m := range k.ring().previous {
		out = append(out, newRing(&ring{current: m}))
	}
	return out
}

// ID names the current key in public: five characters of base32, followed by
// the period after a dot where the keys are for one. The key cannot be had
// from it. Of 100 keys two share an id with odds of 1 in 6,800.
func (k *Keys) ID() string { return k.ring().current.name() }

func (m *master) name() string {
	if m.period == "" {
		return m.id
	}
	return m.id + "." + m.period
}

// expand derives n bytes for a purpose and a domain.
func (m *master) expand(purpose, domain string, n int) []byte {
	// NUL stands between the parts, so that no two pairs run together.
	info := "scrim v1\x00" + purpose + "\x00" + domain
	key, err := hkdf.Expand(sha256.New, m.prk, info, n)
	if err != nil {
		// Only a length over 8160 bytes can fail, and all are constants.
		panic("transform: key length out of range")
	}
	return key
}

// derive gives the current key for a purpose and a domain.
func (k *Keys) derive(purpose, domain string, n int) []byte {
	return k.ring().current.expand(purpose, domain, n)
}

var base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func encode32(b []byte) string { return base32Lower.EncodeToString(b) }

// String gives "[key]".
func (Keys) String() string { return "[key]" }

// GoString gives "[key]".
func (Keys) GoString() string { return "[key]" }

// Format writes "[key]" for every verb.
func (Keys) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte("[key]")) }

// opaque is embedded where a key is held, for the same reason.
type opaque struct{}

// Format writes "[key]" for every verb.
func (opaque) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte("[key]")) }

// MarshalText gives "[key]".
func (Keys) MarshalText() ([]byte, error) { return []byte("[key]"), nil }

// MarshalJSON gives "[key]" as a string.
func (Keys) MarshalJSON() ([]byte, error) { return []byte(`"[key]"`), nil }
