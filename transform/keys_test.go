package transform

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tink-crypto/tink-go/v2/tink"
)

func someKey(first byte) []byte {
	key := make([]byte, MinKeyLen)
	for i := range key {
		key[i] = first + byte(i)
	}
	return key
}

func TestLoadKeyFile(t *testing.T) {
	one, two := someKey(128), someKey(200)
	keys1, _ := NewKeys(one)
	tests := []struct{ name, content, err string }{
		{"hexadecimal", hex.EncodeToString(one), ""},
		{"upper case and line end", strings.ToUpper(hex.EncodeToString(one)) + "\r\n", ""},
		{"base64", base64.StdEncoding.EncodeToString(one) + "\n", ""},
		{"base64 for URLs", base64.RawURLEncoding.EncodeToString(one), ""},
		{"raw", string(one), ""},
		{"comment", "# mine\n\n" + hex.EncodeToString(one), ""},
		{"two", hex.EncodeToString(one) + "\n" + hex.EncodeToString(two), ""},
		{"short", hex.EncodeToString(one[:31]), "too short: wants 32 bytes"},
		{"short and raw", string(one[:31]), "too short"},
		{"empty", "", "holds no key"},
		{"comment alone", "# x", "holds no key"},
		{"pass phrase", "correct! horse battery staple correct horse battery staple", "a pass phrase is no key"},
		{"pass phrase of wide runes", strings.Repeat("größer als ", 5), "a pass phrase is no key"},
		{"pass phrase of words", "correct horse battery staple", "too short"},
		{"zeros", strings.Repeat("0", 64), "not random"},
		{"long", strings.Repeat("x", maxKeyFile+1), "no key"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(privateDir(t), "key")
			if err := os.WriteFile(path, []byte(tt.content), 0o600); err != nil {
				t.Fatal(err)
			}
			keys, err := LoadKeyFile(path)
			if tt.err == "" {
				if err != nil || keys.ID() != keys1.ID() {
					t.Fatalf("keys %v, error %v", keys, err)
				}
				t.Setenv("SCRIM_TEST_KEY", strings.ReplaceAll(tt.content, "\n", ","))
				if strings.ContainsAny(tt.content, "#\xff") || tt.name == "raw" {
					return
				}
				if keys, err := KeyFromEnv("SCRIM_TEST_KEY"); err != nil || keys.ID() != keys1.ID() {
					t.Errorf("from the environment: %v", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.err) || !strings.Contains(err.Error(), path) {
				t.Fatalf("error %v, want %q and the path", err, tt.err)
			}
			if len(tt.content) > 8 && strings.Contains(err.Error(), tt.content[:8]) {
				t.Errorf("error quotes the key: %v", err)
			}
		})
	}
	if _, err := KeyFromEnv("SCRIM_TEST_UNSET"); err == nil || !strings.Contains(err.Error(), "is not set") {
		t.Errorf("unset: %v", err)
	}
}

// privateDir gives a directory in which no other user may write.
func privateDir(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestKeyFileIsPrivate(t *testing.T) {
	dir := privateDir(t)
	path := filepath.Join(dir, "key")
	if _, err := CreateKeyFile(path); err != nil {
		t.Fatal(err)
	}
	if _, err := CreateKeyFile(path); !errors.Is(err, os.ErrExist) {
		t.Errorf("a key that is there is written over: %v", err)
	}
	open := filepath.Join(dir, "open")
	os.Mkdir(open, 0o700)
	os.Chmod(open, 0o777)
	link := filepath.Join(open, "link")
	if err := os.Symlink(path, link); err != nil {
		t.Skip("no links here")
	}
	private := filepath.Join(dir, "link")
	os.Symlink(path, private)
	tests := []struct {
		name, path string
		mode       os.FileMode
		err        string
	}{
		{"private", path, 0o600, ""},
		{"read only", path, 0o400, ""},
		{"group", path, 0o640, "may be read or written by others (mode 0640)"},
		{"all", path, 0o604, "chmod 600"},
		{"link", private, 0o600, ""},
		{"link that all may exchange", link, 0o600, "may be written by all"},
		{"directory", dir, 0o600, "is a directory"},
		{"missing", path + "x", 0o600, "no such file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			os.Chmod(path, tt.mode)
			_, err := LoadKeyFile(tt.path)
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Errorf("error %v, want %q", err, tt.err)
			}
		})
	}
	os.Chmod(open, 0o777|os.ModeSticky)
	os.Chmod(path, 0o600)
	if _, err := LoadKeyFile(link); err != nil {
		t.Errorf("sticky directory: %v", err)
	}
}

func TestKeysAreNotPrinted(t *testing.T) {
	keys, file := Generate()
	secrets := []string{string(file[len(file)-20 : len(file)-4]), hex.EncodeToString(keys.ring().current.prk[:4]),
		fmt.Sprint(keys.ring().current.prk[:4])[1:10]}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", keys, "by value", *keys)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", keys, "by value", *keys)
	asJSON, _ := json.Marshal(map[string]any{"a": keys, "b": *keys})
	nested := struct{ a, B Keys }{*keys, *keys}
	outputs := []string{log.String(), string(asJSON), keys.String(), keys.GoString()}
	held := []any{keys, *keys, nested, &nested}
	secrets = append(secrets, hex.EncodeToString(keys.derive("hash", "email", 4)), fmt.Sprint(keys.derive("hash", "email", 4))[1:10])
	for _, info := range List() {
		if tr, err := New(Spec{Name: info.Name}, Target{Label: "EMAIL", Domain: "email"}, keys); err != nil {
			t.Error(err)
		} else if held = append(held, tr, &tr, struct{ T Transform }{tr}); info.NeedsKey && fmt.Sprint(tr) != "[key]" {
			t.Errorf("%s shows %v", info.Name, tr)
		}
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, h := range held {
			outputs = append(outputs, fmt.Sprintf(verb, h))
		}
	}
	for _, out := range outputs {
		for _, secret := range secrets {
			if strings.Contains(out, secret) {
				t.Errorf("key shows in %s", out)
			}
		}
	}
	if got := fmt.Sprintf("%v %#v %d", keys, *keys, keys); got != "[key] [key] [key]" {
		t.Errorf("got %s", got)
	}
}

func TestGenerate(t *testing.T) {
	keys, file := Generate()
	again, err := parseKeys(file)
	if err != nil || again.ID() != keys.ID() {
		t.Errorf("the file gives %v", err)
	}
	if a, b := Ephemeral().ID(), Ephemeral().ID(); a == b {
		t.Error("two runs have one key")
	}
}

func TestPeriods(t *testing.T) {
	at := time.Date(2026, 11, 30, 23, 30, 0, 0, time.FixedZone("", -3600))
	for rotate, want := range map[string]string{"daily": "2026-12-01", "monthly": "2026-12", "hourly": ""} {
		got, err := PeriodOf(rotate, at)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %s, %v", rotate, got, err)
		}
	}
	keys := testKeys()
	november, err := keys.ForPeriod("2026-11")
	if err != nil {
		t.Fatal(err)
	}
	december, _ := keys.ForPeriod("2026-12")
	tokens := map[string]bool{}
	for _, k := range []*Keys{keys, november, december} {
		tr, _ := New(Spec{Name: "hash"}, Target{Domain: "email"}, k)
		tokens[applied(t, tr, "alice", "")] = true
	}
	if len(tokens) != 3 {
		t.Error("two periods share a token")
	}
	if november.ID() != keys.ID()+".2026-11" {
		t.Errorf("id %s", november.ID())
	}
	for _, bad := range []string{"", "a.b", "a~b", "12345678901234567", "ü"} {
		if _, err := keys.ForPeriod(bad); err == nil {
			t.Errorf("period %q is taken", bad)
		}
	}
	if _, err := november.ForPeriod("2026-12"); err == nil {
		t.Error("a period of a period")
	}
}

var _ KMS = tink.AEAD(nil)

// A localKMS stands for a service.
type localKMS struct{ cipher.AEAD }

func newLocalKMS(t *testing.T, key []byte) localKMS {
	t.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		t.Fatal(err)
	}
	return localKMS{gcm}
}

func (k localKMS) Encrypt(plain, data []byte) ([]byte, error) {
	return k.Seal(nil, nil, plain, data), nil
}

func (k localKMS) Decrypt(sealed, data []byte) ([]byte, error) {
	return k.Open(nil, nil, sealed, data)
}

func TestKMS(t *testing.T) {
	kms := newLocalKMS(t, someKey(1))
	keys, wrapped, err := GenerateWrapped(kms)
	if err != nil {
		t.Fatal(err)
	}
	again, err := UnwrapKeys(kms, wrapped)
	if err != nil || again.ID() != keys.ID() {
		t.Errorf("unwrapped: %v", err)
	}
	other := newLocalKMS(t, someKey(2))
	if _, err := UnwrapKeys(other, wrapped); err == nil {
		t.Error("another key unwraps it")
	}
	if _, err := UnwrapKeys(kms, []byte("!")); err == nil {
		t.Error("no base64 is unwrapped")
	}
}
