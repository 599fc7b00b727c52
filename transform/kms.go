package transform

import (
	"encoding/base64"
	"errors"
	"fmt"
)

// A KMS wraps a master key with one that never leaves a key management service.
// It is tink's AEAD interface, so that every AEAD of tink's cloud packages is
// one; a program that wants such a service imports that package, and this one
// stays without it.
type KMS interface {
	Encrypt(plaintext, associatedData []byte) ([]byte, error)
	Decrypt(ciphertext, associatedData []byte) ([]byte, error)
}

// wrapContext ties a wrapped key to its use.
var wrapContext = []byte("scrim master key v1")

// GenerateWrapped makes a new master key and gives it wrapped by kms, as base64
// in a line, which may lie beside the data.
func GenerateWrapped(kms KMS) (keys *Keys, wrapped []byte, err error) {
	keys, key := generate()
	defer clear(key)
	sealed, err := kms.Encrypt(key, wrapContext)
	if err != nil {
		return nil, nil, fmt.Errorf("kms: cannot wrap the key: %w", err)
	}
	return keys, append(base64.StdEncoding.AppendEncode(nil, sealed), '\n'), nil
}

// UnwrapKeys gives the keys that [GenerateWrapped] wrapped.
func UnwrapKeys(kms KMS, wrapped []byte) (*Keys, error) {
	for len(wrapped) > 0 && (wrapped[len(wrapped)-1] == '\n' || wrapped[len(wrapped)-1] == '\r') {
		wrapped = wrapped[:len(wrapped)-1]
	}
	sealed, err := base64.StdEncoding.AppendDecode(nil, wrapped)
	if err != nil {
		return nil, errors.New("kms: wrapped key is not base64")
	}
	key, err := kms.Decrypt(sealed, wrapContext)
	if err != nil {
		return nil, fmt.Errorf("kms: cannot unwrap the key: %w", err)
	}
	defer clear(key)
	return NewKeys(key)
}
