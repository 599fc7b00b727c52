package detect

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// appendFolded appends text in lower case and normal form C (Unicode Annex 15),
// with one space for each run of white space, and none around it.
func appendFolded(dst, text []byte) []byte {
	for _, c := range text {
		if c >= utf8.RuneSelf || c <= ' ' {
			words := bytes.Fields(bytes.ToLower(norm.NFC.Bytes(text)))
			return append(dst, bytes.Join(words, []byte{' '})...)
		}
	}
	return appendLower(dst, text)
}

func appendLower(dst, text []byte) []byte {
	for _, c := range text {
		dst = append(dst, lower(c))
	}
	return dst
}

// canonicalHost writes a name as DNS compares it (RFC 4343), without the dot of
// the root.
func canonicalHost(dst, value []byte) []byte {
	return appendHost(dst, bytes.TrimSuffix(value, []byte{'.'}))
}

// canonicalPerson writes the family name last, which may have stood before a
// comma.
func canonicalPerson(dst, value []byte) []byte {
	family, given, ok := bytes.Cut(value, []byte{','})
	given = bytes.TrimSpace(given)
	if !ok || len(given) == 0 || bytes.IndexByte(given, ',') >= 0 || isGenerational(given) {
		return appendFolded(dst, value)
	}
	return appendFolded(append(appendFolded(dst, given), ' '), family)
}

// isGenerational says whether what stands behind the comma of a name belongs behind it.
func isGenerational(b []byte) bool {
	switch string(appendLower(nil, bytes.TrimSuffix(b, []byte{'.'}))) {
	case "jr", "sr", "ii", "iii", "iv", "md", "m.d", "phd", "ph.d", "esq", "dds", "rn", "cpa":
		return true
	}
	return false
}

// canonicalAddress drops the punctuation at the ends of words, which comes and
// goes.
func canonicalAddress(dst, value []byte) []byte {
	words := bytes.Fields(appendFolded(nil, value))
	first := true
	for _, w := range words {
		if w = bytes.Trim(w, ",.;"); len(w) == 0 {
			continue
		}
		if !first {
			dst = append(dst, ' ')
		}
		dst, first = append(dst, w...), false
	}
	return dst
}

// canonicalGeo writes decimal degrees with a comma between them, and no sign,
// zeros or spaces that mean nothing. Other forms keep their words.
func canonicalGeo(dst, value []byte) []byte {
	came := len(dst)
	for i := 0; i < len(value); {
		switch c := value[i]; {
		case isDigit(c) || (c == '-' || c == '+' || c == '.') && i+1 < len(value) && isDigit(value[i+1]):
			if len(dst) > came {
				dst = append(dst, ',')
			}
			end := i + 1
			for point := c == '.'; end < len(value) && (isDigit(value[end]) || value[end] == '.' && !point); end++ {
				point = point || value[end] == '.'
			}
			dst = appendDegree(dst, value[i:end])
			i = end
		case c == ',' || c == ';' || c == ' ' || c == '/' || c == '\t':
			i++
		default:
			return appendFolded(dst[:came], value)
		}
	}
	return dst
}

// appendDegree appends a decimal number without what means nothing in it.
func appendDegree(dst, number []byte) []byte {
	negative := number[0] == '-'
	whole, fraction, _ := bytes.Cut(bytes.TrimLeft(number, "+-"), []byte{'.'})
	whole, fraction = bytes.TrimLeft(whole, "0"), bytes.TrimRight(fraction, "0")
	if negative && len(whole)+len(fraction) > 0 {
		dst = append(dst, '-')
	}
	if len(whole) == 0 {
		dst = append(dst, '0')
	}
	dst = append(dst, whole...)
	if len(fraction) > 0 {
		dst = append(append(dst, '.'), fraction...)
	}
	return dst
}

// canonicalHandle drops the @ before a handle, and of a profile's address what
// leads to the same place.
func canonicalHandle(dst, value []byte) []byte {
	b := appendLower(nil, value)
	for _, prefix := range []string{"https://", "http://", "www."} {
		b = bytes.TrimPrefix(b, []byte(prefix))
	}
	return append(dst, bytes.TrimPrefix(bytes.TrimSuffix(b, []byte{'/'}), []byte{'@'})...)
}

// canonicalWallet writes addresses of which case means nothing in lower case:
// Ethereum's, where it is a checksum (EIP-55), and bech32 (BIP 173).
func canonicalWallet(dst, value []byte) []byte {
	if len(value) > 3 && (value[0] == '0' && lower(value[1]) == 'x' || bytes.IndexByte(value, '1') > 0 && isOneCase(value) && value[0]|0x20 >= 'a') {
		return appendLower(dst, value)
	}
	return append(dst, value...)
}

// isOneCase says whether no letters of both cases stand in b.
func isOneCase(b []byte) bool {
	return bytes.Equal(b, bytes.ToLower(b)) || bytes.Equal(b, bytes.ToUpper(b))
}

// canonicalSession writes an id that is a UUID as one; in any other, case may
// count.
func canonicalSession(dst, value []byte) []byte {
	t := text{b: value}
	if len(value) == uuidBytes && t.isUUID(0) {
		return canonicalUUID(dst, value)
	}
	return append(dst, value...)
}
