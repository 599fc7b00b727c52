package detect

import (
	"bytes"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Domains of mailboxes (RFC 1035, section 2.3.1; RFC 5890).

// domain returns the end of the domain or address literal at i, 0 if there is
// none. The rank is Checked under a known top-level domain and for a literal,
// Shaped under another that is made of letters, Named for a single label.
func (t *text) domain(i int) (end int, rank Rank) {
	if t.at(i) == '[' {
		return t.literal(i), Checked
	}
	high := -1
	for end = i; ; end++ {
		c := t.at(end)
		if c >= 0x80 {
			if high < 0 {
				high = end
			}
		} else if !isAlnum(c) && (c != '.' && c != '-' || t.at(end-1) == '.' && c == '.') {
			break
		}
	}
	if high >= 0 {
		// Words may follow without a space: "a@example.com谢谢".
		if dot := bytes.LastIndexByte(t.b[i:high], '.'); dot > 0 && knownTLD(t.b[i+dot+1:high]) {
			end = high
		}
	}
	for end > i && (t.b[end-1] == '.' || t.b[end-1] == '-') {
		end--
	}
	if end == i || end-i > 255 || t.b[i] == '.' || t.b[i] == '-' {
		return 0, 0
	}
	dot := bytes.LastIndexByte(t.b[i:end], '.')
	if dot < 0 {
		if end-i > 63 || !isAlpha(t.b[i]) || isWord(t.at(end)) {
			return 0, 0
		}
		return end, Named
	}
	tld := t.b[i+dot+1 : end]
	switch {
	case isScaled(t.b[i : i+dot]), isVersion(t.b[i:end]):
		return 0, 0 // name@2x.png, name@1.0.so
	case t.at(end) == '_' || t.at(end) == '(':
		// A member of an object, but where its name is no word of programs.
		if commonTLD(tld) {
			return end, Checked
		}
		return 0, 0
	case knownTLD(tld):
		return end, Checked
	case specialTLD(tld):
		return end, Checked
	}
	// A sentence may go on after the dot: "to a@example.com.Then".
	if up := i + dot; tld[0] >= 'A' && tld[0] <= 'Z' || len(tld) > 0 && isDigit(tld[0]) {
		if d := bytes.LastIndexByte(t.b[i:up], '.'); d > 0 && knownTLD(t.b[i+d+1:up]) {
			return up, Checked
		}
	}
	// A name may go on after a dash: "a@example.com-old".
	if dash := bytes.IndexByte(tld, '-'); dash > 0 && commonTLD(tld[:dash]) {
		return i + dot + 1 + dash, Checked
	}
	if len(tld) < 2 || len(tld) > 24 || fileTLD(tld) {
		return 0, 0
	}
	for _, c := range tld {
		if !isAlpha(c) && c < 0x80 {
			return 0, 0
		}
	}
	return end, Shaped
}

// isScaled says whether s is "2x": a picture's scale.
func isScaled(s []byte) bool {
	return len(s) >= 2 && len(s) <= 4 && isDigit(s[0]) && lower(s[len(s)-1]) == 'x'
}

// isVersion says whether s begins with two numbers and a dot between.
func isVersion(s []byte) bool {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return i > 0 && i+1 < len(s) && s[i] == '.' && isDigit(s[i+1])
}

// literal returns the end of the address literal at i, or 0 (RFC 5321, section
// 4.1.3).
func (t *text) literal(i int) int {
	end := t.octets(i + 1)
	if end == 0 && t.foldAt(i+1, "ipv6:") {
		end, _ = t.parseIPv6(i + 6)
	}
	if end > 0 && t.at(end) == ']' {
		return end + 1
	}
	return 0
}

// commonTLD says whether tld is one of the most used, none of which is a word of
// programs.
func commonTLD(tld []byte) bool {
	switch string(tld) {
	case "com", "net", "org", "edu", "gov", "io", "de", "uk", "fr", "ca":
		return true
	}
	return false
}

// knownTLD says whether tld is in the root zone, by the ICANN part of the public
// suffix list.
func knownTLD(tld []byte) bool {
	if len(tld) < 2 || len(tld) > 24 {
		return false
	}
	if commonTLD(tld) {
		return true
	}
	var buf [24]byte
	for i, c := range tld {
		if c >= 0x80 {
			s, err := idna.ToASCII(string(bytes.ToLower(tld)))
			return err == nil && isSuffix(s)
		}
		buf[i] = lower(c)
	}
	return isSuffix(string(buf[:len(tld)]))
}

func isSuffix(s string) bool {
	_, icann := publicsuffix.PublicSuffix(s)
	return icann
}

// specialTLD says whether tld is kept for private use, documentation or tests
// (RFC 2606, RFC 6761, RFC 6762 appendix G, RFC 8375), or usual for it.
func specialTLD(tld []byte) bool {
	return foldAny(tld, "local", "lan", "localdomain", "internal", "intranet", "private", "corp", "home", "test",
		"example", "invalid", "localhost", "domain", "tld", "onion")
}

// fileTLD says whether what stands where a top-level domain would is the suffix
// of a file or of a systemd unit.
func fileTLD(tld []byte) bool {
	return foldAny(tld, "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "bmp", "css", "js", "mjs", "ts", "tsx", "jsx", "map", "html",
		"htm", "json", "xml", "txt", "log", "conf", "cfg", "ini", "yaml", "yml", "gz", "tgz", "bz", "xz", "tar", "jar", "war", "exe", "dll",
		"bin", "php", "asp", "aspx", "jsp", "csv", "pdf", "doc", "docx", "xls", "xlsx", "service", "socket", "slice", "timer", "mount",
		"scope", "device", "path", "swap", "automount", "go", "java", "class", "rb", "cpp", "hpp", "tmp", "bak", "db", "sql", "pem", "crt", "key", "wav", "mp", "heic", "ttf", "woff")
}

// appendHost appends a domain in lower case and as A-labels.
func appendHost(dst, host []byte) []byte {
	for _, c := range host {
		if c >= 0x80 {
			if s, err := idna.Lookup.ToASCII(string(host)); err == nil {
				return append(dst, s...)
			}
			return append(dst, bytes.ToLower(host)...)
		}
	}
	for _, c := range host {
		dst = append(dst, lower(c))
	}
	return dst
}
