package detect

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

var deviceID = Detector{
	Name:  "device_id",
	Doc:   "An Apple device identifier of 8-16 hex digits, or any identifier under a name such as UDID, IDFA, Android ID or serial number.",
	Kinds: []Kind{DeviceID},
	anchor: func() bitmap.Expr {
		hex := bitmap.In(bitmap.Digit, bitmap.HexAlpha)
		h8 := hex.Run(8)
		return bitmap.In(bitmap.Dash).AndAt(1, h8).AndAt(9, h8).AndAt(-8, h8)
	}(),
	verify:    verifyUDID,
	named:     namedDeviceID,
	canonical: appendUpper,
}

// verifyUDID judges eight and sixteen hex digits around the '-' at at: the UDID
// of Apple devices since 2018, a chip number, which begins with zeros, and the
// device's own.
func verifyUDID(t *text, at int) int {
	start, end := at-8, at+17
	if c := t.at(start - 1); isWord(c) || c == '-' || t.b[start] != '0' || t.b[start+1] != '0' {
		return at + 1
	}
	if c := t.at(end); isWord(c) || c == '-' && isWord(t.at(end+1)) {
		return at + 1
	}
	t.report(DeviceID, Checked, start, end, 92)
	return end
}

// namedDeviceID takes one word of letters, digits and dividers with a digit in
// it, as identifiers of devices are, whole. A UUID so named is a device
// identifier, not only a UUID, so that its score must be the higher.
func namedDeviceID(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	if start < end && t.b[start] == '{' && t.b[end-1] == '}' {
		start, end = start+1, end-1
	}
	if end-start < 5 || end-start > 128 {
		return
	}
	digits, dashes, hex, zero := 0, 0, 0, true
	for _, c := range t.b[start:end] {
		switch {
		case isDigit(c):
			digits++
			hex++
		case isHex(c):
			hex++
		case c == '-':
			dashes++
		case !isAlpha(c) && c != '_' && c != '.' && c != ':' && c != '/' && c != '+' && c != '=':
			return
		}
		zero = zero && (c == '0' || c == '-')
	}
	n := end - start
	switch {
	case zero || digits == 0 && n < 12:
		// The advertising id of who wants no tracking is all zeros.
	case hex == n && n >= 10 && t.ofCertificate(start, end):
		// The serial number of a certificate.
	case hex+dashes == n && (n == 36 && dashes == 4 || n == 40 || n == 32 || n == 16 || n == 25 && dashes == 1):
		t.report(k, Checked, start, end, 99)
	default:
		t.report(k, Named, start, end, 80)
	}
}

// ofCertificate says whether t.b[start:end] is called a serial number, in a line in
// which words of certificates (RFC 5280, RFC 6960) stand near.
func (t *text) ofCertificate(start, end int) bool {
	near := t.b[max(0, start-160):min(len(t.b), end+32)]
	at := start - max(0, start-160)
	if i := bytes.LastIndexByte(near[:at], '\n'); i >= 0 {
		near, at = near[i+1:], at-i-1
	}
	if !bytes.Contains(near[max(0, at-32):at], []byte("erial")) {
		return false
	}
	for _, w := range []string{"ssuer", "ertificate", "certStatus", "x509", "X509"} {
		if bytes.Contains(near, []byte(w)) {
			return true
		}
	}
	return false
}
