package detect

import (
	"encoding/base64"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// base64Text looks for text in base64 (RFC 4648, sections 4 and 5). It runs only
// with Options.Base64. What is found within is reported as the whole of the
// text, with Match.Base64, since three bytes share four digits: who replaces a
// part of it encodes all of it anew.
var base64Text = Detector{
	Name:   "base64",
	Doc:    "Text in base64 is decoded and searched by the other detectors; it is encoded anew (with --base64).",
	Kinds:  allKinds(),
	anchor: alnums.Run(8).AndNotAt(-1, wordish.Or(bitmap.In(bitmap.Dash, bitmap.Slash, bitmap.Plus))),
	verify: verifyBase64,
}

// inBase64 is the layer of runs in base64; it is not part of an Encoding.
const inBase64 Encoding = 0xff

// minBase64 is the length of the shortest text that is decoded: that of a mailbox.
const minBase64 = 16

func isBase64(c byte) bool { return isAlnum(c) || c == '+' || c == '/' || c == '-' || c == '_' }

func verifyBase64(t *text, at int) int {
	end := at
	for isBase64(t.at(end)) && end-at < maxRun {
		end++
	}
	if end-at < minBase64 || t.depth == maxLayers {
		return end
	}
	for n := 0; n < 2 && t.at(end) == '='; n++ {
		end++
	}
	if _, ok := DecodeBase64(nil, t.b[at:end]); ok {
		t.runs = append(t.runs, run{at, end, inBase64})
	}
	return end
}

// DecodeBase64 appends the text that b stands for, in either alphabet of RFC 4648,
// with or without padding. It is not ok if that is no text.
func DecodeBase64(dst, b []byte) ([]byte, bool) {
	enc := base64.RawStdEncoding
	for len(b) > 0 && b[len(b)-1] == '=' {
		b = b[:len(b)-1]
	}
	for _, c := range b {
		if c == '-' || c == '_' {
			enc = base64.RawURLEncoding
			break
		}
	}
	from := len(dst)
	dst, err := enc.AppendDecode(dst, b)
	odd := 0
	for _, c := range dst[from:] {
		if c < ' ' && !isBlank(c) || c == 0x7f {
			odd++
		}
	}
	return dst, err == nil && odd == 0
}

// EncodeBase64 appends text in base64, in the alphabet of like, and with padding
// unless like shows that it has none. Where like has a length that needs none,
// the alphabet for URLs goes without, as it does in tokens.
func EncodeBase64(dst, text, like []byte) []byte {
	enc, padded := base64.StdEncoding, len(like)%4 == 0
	for _, c := range like {
		if c == '-' || c == '_' {
			enc, padded = base64.URLEncoding, like[len(like)-1] == '='
			break
		}
	}
	if !padded {
		enc = enc.WithPadding(base64.NoPadding)
	}
	return enc.AppendEncode(dst, text)
}
