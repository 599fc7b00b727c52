package transform

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxKeyFile bounds what is read of a key file in bytes.
const maxKeyFile = 4096

// LoadKeyFile reads the keys in a file: one key to a line, in hexadecimal or
// base64, each of at least [MinKeyLen] bytes, the current one first and then
// those before it; lines that begin with # are comments. A file that is not
// text is one key as it stands.
//
// It refuses a file that others than its owner may read or write, and one in a
// directory where others may exchange it: writable by all without the sticky
// bit, anywhere on the path that remains when links are followed. Windows has
// no such bits and is not checked. Errors tell the path and never the content.
func LoadKeyFile(path string) (*Keys, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("key file %s: is a directory", path)
	}
	if runtime.GOOS != "windows" {
		if perm := info.Mode().Perm(); perm&0o077 != 0 {
			return nil, fmt.Errorf("key file %s: may be read or written by others (mode %04o): chmod 600 it", path, perm)
		}
		// A pipe that a shell made has no place that could be exchanged.
		if info.Mode().IsRegular() {
			if err := checkPlace(path); err != nil {
				return nil, err
			}
		}
	}
	content, err := io.ReadAll(io.LimitReader(f, maxKeyFile+1))
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	if len(content) > maxKeyFile {
		return nil, fmt.Errorf("key file %s: is longer than %d bytes: that is no key", path, maxKeyFile)
	}
	keys, err := parseKeys(content)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	return keys, nil
}

// checkPlace refuses a path on which others may put another file.
func checkPlace(path string) error {
	place, err := filepath.Abs(path)
	if err == nil {
		place, err = filepath.EvalSymlinks(place)
	}
	if err != nil {
		return fmt.Errorf("key file: %w", err)
	}
	// The directory of the link itself counts too: who can exchange the link
	// can exchange the file.
	for _, from := range []string{place, path} {
		dir, err := filepath.Abs(filepath.Dir(from))
		if err != nil {
			return fmt.Errorf("key file: %w", err)
		}
		for {
			info, err := os.Stat(dir)
			if err != nil {
				return fmt.Errorf("key file: %w", err)
			}
			if info.Mode().Perm()&0o002 != 0 && info.Mode()&fs.ModeSticky == 0 {
				return fmt.Errorf("key file %s: directory %s may be written by all: chmod o-w it", path, dir)
			}
			up := filepath.Dir(dir)
			if up == dir {
				break
			}
			dir = up
		}
	}
	return nil
}

// KeyFromEnv reads the keys in an environment variable, written as the text of
// a key file; the keys may also stand with spaces or commas between them.
func KeyFromEnv(name string) (*Keys, error) {
	value, ok := os.LookupEnv(name)
	if !ok || value == "" {
		return nil, fmt.Errorf("key variable %s: is not set", name)
	}
	if len(value) > maxKeyFile {
		return nil, fmt.Errorf("key variable %s: is longer than %d bytes: that is no key", name, maxKeyFile)
	}
	keys, err := parseKeyText(value)
	if err != nil {
		return nil, fmt.Errorf("key variable %s: %w", name, err)
	}
	return keys, nil
}

// CreateKeyFile makes a new key and writes it to a file that only its owner may
// read. The file must not be there yet: a key that is lost takes its tokens
// with it.
func CreateKeyFile(path string) (*Keys, error) {
	keys, text := Generate()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return nil, fmt.Errorf("key file: %w", errors.Join(err, os.Remove(path)))
	}
	return keys, nil
}

// parseKeys takes text apart, and other bytes as one key. Random bytes are
// never all text.
func parseKeys(content []byte) (*Keys, error) {
	if !utf8.Valid(content) || bytes.ContainsFunc(content, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t'
	}) {
		return NewKeys(content)
	}
	return parseKeyText(string(content))
}

func parseKeyText(text string) (*Keys, error) {
	var all *Keys
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ',' || unicode.IsSpace(r) }) {
			key, err := decodeKey(word)
			if err != nil {
				return nil, err
			}
			keys, err := NewKeys(key)
			if err != nil {
				return nil, err
			}
			if all == nil {
				all = keys
			} else {
				all = all.WithPrevious(keys)
			}
		}
	}
	if all == nil {
		return nil, errors.New("holds no key: make one with keygen")
	}
	return all, nil
}

// decodeKey reads hexadecimal, or base64 of either alphabet with or without
// padding.
func decodeKey(word string) ([]byte, error) {
	if key, err := hex.DecodeString(word); err == nil {
		return key, nil
	}
	word = strings.TrimRight(word, "=")
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if key, err := enc.DecodeString(word); err == nil {
			return key, nil
		}
	}
	// The cause would quote the key.
	return nil, errors.New("key: not hexadecimal and not base64: a pass phrase is no key, make one with keygen")
}
