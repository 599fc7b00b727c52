package detect

import (
	"strings"
	"testing"
)

func TestPrivateKey(t *testing.T) {
	// In parts, so that tools that look for keys do not take this file for one.
	const begin, end = "-----BEGIN " + "PRIVATE KEY-----", "-----END " + "PRIVATE KEY-----"
	body := strings.Repeat("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\n", 3)
	label := func(l string) string {
		return strings.ReplaceAll("«"+begin+"\n"+body+end+"»", "PRIVATE KEY", l)
	}
	testValues(t, []valueTest{
		{"PKCS 8", "x\n" + label("PRIVATE KEY") + "\ny"},
		{"RSA", label("RSA PRIVATE KEY")},
		{"OpenSSH", label("OPENSSH PRIVATE KEY")},
		{"PGP", label("PGP PRIVATE KEY BLOCK")},
		{"encrypted", "«" + begin + "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n" + body + end + "»"},
		{"CRLF", strings.ReplaceAll("«"+begin+"\n"+body+end+"»", "\n", "\r\n")},
		{"escaped in JSON", `{"key":"` + strings.ReplaceAll("«"+begin+"\n"+body+end+"»", "\n", `\n`) + `\n"}`},
		{"two", label("PRIVATE KEY") + "\n" + label("EC PRIVATE KEY")},
		{"SSH 2", "«---- BEGIN SSH2 ENCRYPTED " + "PRIVATE KEY ----\n" + body + "---- END SSH2 ENCRYPTED " + "PRIVATE KEY ----»"},
		{"cut off", "«" + begin + "\n" + body + "»"},
		{"cut off, text after", "«" + begin + "\n" + body + "»2026-01-02 10:20:30 and more\nmore"},
		{"cut off in JSON", `{"key":"«` + begin + `\nQUJDREVGR0hJSktMTU5P»","x":1}`},
		{"cut off, another after", "«" + begin + "\n" + body + "»log line here\n" + label("PRIVATE KEY")},
		{"public key", strings.ReplaceAll(begin+"\n"+body+end, "PRIVATE", "PUBLIC")},
		{"certificate", strings.ReplaceAll(begin+"\n"+body+end, "PRIVATE KEY", "CERTIFICATE")},
		{"PuTTY", "PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 3\n«" + body + "»Private-MAC: 0102"},
		{"PuTTY, one line", "Private-Lines: 1\r\n«QUJDREVGR0hJSktMTU5P\r\n»Private-MAC: 0102"},
		{"number of a key", "Private-Lines: 3 of 14"},
		{"rule", "---------- begin ---------- x ----- BEGIN"},
	}, PrivateKey)
}
