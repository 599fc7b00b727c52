package detect

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

var email = Detector{
	Name:      "email",
	Doc:       "An @ (or %40) between a local part, plain or quoted, and a domain under a known top-level domain, or an address literal; a host without a dot in angle brackets only.",
	Kinds:     []Kind{Email},
	anchor:    bitmap.In(bitmap.At).Or(bitmap.In(bitmap.Escape).AndAt(1, bitmap.In(bitmap.Digit)).AndAt(2, bitmap.In(bitmap.Digit))),
	verify:    verifyEmail,
	named:     namedEmail,
	canonical: canonicalEmail,
}

// localByte has what a local part is made of where nothing encloses it, atext
// the rest of what RFC 5322, section 3.2.3, allows.
var localByte, atext = func() (l, a [256]bool) {
	for c := range 256 {
		l[c] = isAlnum(byte(c)) || c == '.' || c == '_' || c == '+' || c == '-' || c >= 0x80
	}
	for _, c := range []byte("!#$%&'*/=?^`{|}~") {
		a[c] = true
	}
	return
}()

func verifyEmail(t *text, at int) int {
	sep := 1
	if t.b[at] != '@' {
		if t.b[at] != '%' || t.at(at+1) != '4' || t.at(at+2) != '0' {
			return 0
		}
		sep = 3
	}
	if c := t.at(at - 1); !localByte[c] && !atext[c] && c != '"' {
		return at + sep
	}
	end, rank := t.domain(at + sep)
	if end == 0 {
		t.miss(Email, at, at+sep, "no domain follows")
		return at + sep
	}
	start := t.localStart(at, end)
	if start < 0 {
		return at + sep
	}
	local, host := t.b[start:at], t.b[at+sep:end]
	if rank == Named { // no dot
		if !t.enclosed(start, end) && (!foldIs(host, "localhost") || isRole(local)) {
			t.miss(Email, start, end, "its host has no dot")
			return at + sep
		}
		rank = Shaped
	}
	if t.inURL(start) || isRepository(local, t.at(end)) || isAlgorithm(local, host) || t.isMessageID(start, at, end) {
		t.miss(Email, start, end, "it names a message, a repository, an algorithm or a login in a URL")
		return end
	}
	score := uint8(97)
	if rank == Shaped {
		score = 80
	}
	t.report(Email, rank, start, end, score)
	return end
}

// localStart returns where the local part before at starts, or -1.
func (t *text) localStart(at, end int) int {
	if t.at(at-1) == '"' {
		return t.quotedStart(at)
	}
	i := t.localRun(at)
	if atext[t.at(i-1)] && t.at(i-1) != '%' {
		if w := t.wideStart(i, at, end); w < i {
			return w
		}
	}
	i = t.unescapedStart(i, at)
	for i < at && (t.b[i] == '.' || t.b[i] == '-') {
		i++
	}
	i = t.scriptStart(i, at)
	if i == at || t.at(i-1) == '@' {
		return -1
	}
	return i
}

// localRun returns the start of the plain local part that ends at at. A %XX in it
// counts as what it stands for.
func (t *text) localRun(at int) int {
	i := at
	for i > 0 {
		c := t.b[i-1]
		if c == '%' {
			if at-i >= 2 && t.hexAt(i, 2) && !localByte[unhex(t.b[i])<<4|unhex(t.b[i+1])] {
				return i + 2
			}
		} else if !localByte[c] {
			break
		}
		i--
	}
	return i
}

func unhex(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return lower(c) - 'a' + 10
}

// unescapedStart skips what belongs to an escape sequence that ends right of i.
func (t *text) unescapedStart(i, at int) int {
	if t.at(i-1) == '%' || t.at(i-1) == '\\' && t.at(i-2) == '\\' && t.at(i) != 'n' && t.at(i) != 'r' && t.at(i) != 'u' {
		return i // of two backslashes, the first may be what escapes the second
	}
	return min(i+t.escapeAt(i), at)
}

// wideStart looks for a local part that goes on left of i with bytes that also
// delimit: in angle brackets, after mailto:, in rewritten sender addresses, in
// names such as O'Brien.
func (t *text) wideStart(i, at, end int) int {
	w := i
	for w > 0 && at-w < 256 && (localByte[t.b[w-1]] || atext[t.b[w-1]]) {
		w--
	}
	if t.at(w-1) == '<' && t.at(end) == '>' && !t.hasEscape(w, at) || t.at(w-1) == ':' && t.foldAt(w-7, "mailto") {
		return w
	}
	switch t.at(i - 1) {
	case '=':
		return t.rewrittenStart(w, i, at)
	case '/':
		// A service principal of Kerberos: host/server.example.com@REALM.
		if j := t.localRun(i - 1); !isWord(t.at(j-1)) && t.at(j-1) != '/' && isService(t.b[j:i-1]) {
			return j
		}
	case '\'':
		if c := lower(t.at(i - 2)); (c == 'o' || c == 'd') && !isWord(t.at(i-3)) && t.at(i-3) != '\'' && isAlpha(t.at(i)) && t.at(end) != '\'' {
			return i - 2
		}
	case '#':
		// A guest account: user_example.com#EXT#@tenant.
		if i == at && t.foldAt(i-5, "#ext#") {
			return t.localRun(i - 5)
		}
	}
	return i
}

func isService(w []byte) bool {
	return foldAny(w, "host", "http", "https", "cifs", "ldap", "krbtgt", "nfs", "imap", "smtp", "ftp", "dns", "mssqlsvc", "termsrv", "wsman", "hdfs", "yarn", "hive", "kafka", "zookeeper")
}

// hasEscape says whether a %XX stands in t.b[i:end].
func (t *text) hasEscape(i, end int) bool {
	for ; i < end; i++ {
		if t.b[i] == '%' && t.hexAt(i+1, 2) {
			return true
		}
	}
	return false
}

// rewrittenStart returns the start of a local part that has another address in
// it, the @ written as '=': VERP (list+user=example.com), SRS0=..., prvs=... It
// is i if there is none. w bounds the search.
func (t *text) rewrittenStart(w, i, at int) int {
	for j := w; j < i; j++ {
		if !isWord(t.at(j-1)) && (t.foldAt(j, "srs0") || t.foldAt(j, "srs1") || t.foldAt(j, "prvs=")) {
			return j
		}
	}
	if !bytes.ContainsRune(t.b[i:at], '.') || !knownTLD(t.b[i+bytes.LastIndexByte(t.b[i:at], '.')+1:at]) {
		return i
	}
	j := t.localRun(i - 1)
	if k := bytes.IndexAny(t.b[j:i-1], "+-"); k > 0 {
		return j
	}
	return i
}

// quotedStart returns the start of the quoted local part that ends at at, or -1
// (RFC 5322, section 3.2.4). The quotes may be escaped, in JSON.
func (t *text) quotedStart(at int) int {
	escaped := t.at(at-2) == '\\'
	for i := at - 2; i >= 0 && at-i < 70; i-- {
		switch c := t.b[i]; {
		case c == '"' && (t.at(i-1) == '\\') == escaped:
			if escaped {
				i--
			}
			if i+2 >= at || isWord(t.at(i-1)) {
				return -1
			}
			return i
		case c == '\n' || c == '\r' || c == ',' || c == '=' && t.at(i+1) == '"':
			return -1
		}
	}
	return -1
}

// scriptStart moves the start of a local part past letters of a script that has
// no spaces between words, where Latin ones follow.
func (t *text) scriptStart(i, at int) int {
	if t.b[min(i, len(t.b)-1)] < 0xe3 || t.b[at-1] >= 0x80 {
		return i
	}
	for j := at; j > i; j-- {
		if t.b[j-1] >= 0x80 {
			return j
		}
	}
	return i
}

// enclosed says whether <> stand around t.b[start:end], or mailto: before it.
func (t *text) enclosed(start, end int) bool {
	return t.at(start-1) == '<' && t.at(end) == '>' || t.at(start-1) == ':' && t.foldAt(start-7, "mailto")
}

// inURL says whether the user information of a URL starts, or goes on, at start.
func (t *text) inURL(start int) bool {
	if t.at(start-1) != '/' && t.at(start-1) != ':' {
		return false
	}
	for i := start - 1; i > 0 && start-i < 64; i-- {
		switch c := t.b[i]; {
		case c == '/':
			return t.b[i-1] == '/' && i > 1 && t.b[i-2] == ':' && !t.foldAt(i-8, "mailto")
		case c <= ' ' || c == '"' || c == '<' || c == '>' || c == ',' || c == '?':
			return false
		}
	}
	return false
}

// isRole says whether local is an account that every machine has.
func isRole(local []byte) bool {
	return foldAny(local, "root", "admin", "administrator", "postmaster", "nobody", "daemon", "www-data", "mysql", "postgres", "user", "test")
}

// isRepository says whether local, with next after the domain, is a login for a
// code host and not a mailbox: git@host:path.
func isRepository(local []byte, next byte) bool {
	return (next == ':' || next == '/') && foldAny(local, "git", "hg", "svn")
}

// isAlgorithm says whether local@host is the name of an algorithm or an
// extension of SSH (RFC 4251, section 6).
func isAlgorithm(local, host []byte) bool {
	if !foldAny(host, "openssh.com", "libssh.org", "lysator.liu.se", "ssh.com") {
		return false
	}
	for _, p := range []string{"aes", "chacha", "curve", "sntrup", "umac", "hmac", "zlib", "ssh-", "ecdsa-", "rsa-", "sk-", "webauthn", "kex-", "rijndael", "hostkeys", "keepalive", "eow", "no-more", "posix-", "statvfs", "fstatvfs", "hardlink", "fsync", "limits", "publickey", "ping"} {
		if len(local) >= len(p) && foldIs(local[:len(p)], p) {
			return true
		}
	}
	return false
}

// isMessageID says whether t.b[start:end] names a message (RFC 5322, section
// 3.6.4): by the key before it, or by its digits where angle brackets are around
// it and no key is before them.
func (t *text) isMessageID(start, at, end int) bool {
	i := start
	if t.at(i-1) != '<' && t.at(i-1) != ' ' && t.at(i-1) != ':' && t.at(i-1) != '=' && t.at(i-1) != '"' {
		return false
	}
	var buf [16]byte
	w := t.keyBefore(buf[:], i)
	keyed := false
	for _, key := range []string{"messageid", "msgid", "inreplyto", "references", "contentid", "callid"} {
		keyed = keyed || len(w) >= len(key) && string(w[len(w)-len(key):]) == key
	}
	if keyed && t.enclosed(start, end) {
		return true
	}
	if !keyed && (!t.enclosed(start, end) || t.at(start-2) == '=' || t.at(start-2) == ':' || at-start < 20) {
		return false
	}
	digits, changes := 0, 0
	for i := start; i < at; i++ {
		if isDigit(t.b[i]) {
			digits++
		}
		if i > start && isDigit(t.b[i]) != isDigit(t.b[i-1]) {
			changes++
		}
	}
	return digits >= 6 && (keyed || changes >= 6 || digits >= 14)
}

// keyBefore returns the key before the value at i, lower case and without
// separators, in buf: "messageid" for `"Message-ID": "<`.
func (t *text) keyBefore(buf []byte, i int) []byte {
	for n := 0; n < 8 && i > 0 && !isAlnum(t.b[i-1]) && t.b[i-1] >= ' '; n++ {
		i--
	}
	n := len(buf)
	for i > 0 && n > 0 && (isAlpha(t.b[i-1]) || t.b[i-1] == '-' || t.b[i-1] == '_') {
		i--
		if isAlpha(t.b[i]) {
			n--
			buf[n] = lower(t.b[i])
		}
	}
	return buf[n:]
}

// isLogin says whether v, under the name of a mailbox, may be a login instead.
func (t *text) isLogin(v []byte) bool {
	for _, c := range v {
		if !isNamePart(c) {
			return false
		}
	}
	return isTelling(v, Username) && looksLike(Username, v) && !isFQDN(v) && len(v) <= maxKey && t.fieldOf(v).Kind == None
}

// namedEmail takes a mailbox at a host without a dot, which is not just the name
// of a domain for local use; what has one, verify finds.
func namedEmail(t *text, k Kind, start, end int) {
	at := bytes.IndexByte(t.b[start:end], '@')
	if v := t.b[start:end]; at < 0 && t.why == whyKey && t.isLogin(v) {
		// What was typed where a mailbox is asked for.
		t.report(Username, Named, start, end, 60)
		return
	}
	if at <= 0 || bytes.ContainsAny(t.b[start:end], " \t,;<>\"@@") && bytes.Count(t.b[start:end], []byte("@")) > 1 {
		return
	}
	at += start
	for start < at && !localByte[t.b[start]] && !atext[t.b[start]] {
		start++
	}
	if i := bytes.LastIndexAny(t.b[start:at], " \t<>;,"); i >= 0 {
		start += i + 1
	}
	e, rank := t.domain(at + 1)
	if e == 0 || e > end || start == at || rank != Named || specialTLD(t.b[at+1:e]) || isRole(t.b[start:at]) || e < end && t.b[e] != '>' && t.b[e] != ',' && t.b[e] != ';' {
		return
	}
	t.report(k, Shaped, start, e, 80)
}

// canonicalEmail writes an address in lower case and its domain, if it is
// international, as A-labels. By RFC 5321, section 2.4, only the host may say
// that case means nothing before the @; in practice every host does, and one
// person's address in two spellings must not become two people.
func canonicalEmail(dst, value []byte) []byte {
	at, sep := bytes.LastIndexByte(value, '@'), 1
	if at < 0 {
		at, sep = bytes.LastIndex(value, []byte("%40")), 3
	}
	if at < 0 {
		return append(dst, value...)
	}
	for i, c := range value[:at] {
		if c >= 0x80 {
			dst = append(dst[:len(dst)-i], bytes.ToLower(value[:at])...)
			break
		}
		dst = append(dst, lower(c))
	}
	dst = append(dst, '@')
	return appendHost(dst, value[at+sep:])
}
