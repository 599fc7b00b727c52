package detect

// hostname judges values that a name says are host names, and finds names in
// the form of a domain.
var hostname = Detector{
	Name:      "hostname",
	Doc:       "A value that a name or its place in a syslog header says is a host's; a domain name under a public suffix.",
	Kinds:     []Kind{Hostname, SocialHandle}, // a handle in the path of the host of a network
	anchor:    fqdnAnchor(),
	verify:    verifyFQDN,
	named:     namedHostname,
	canonical: canonicalHost,
}

// maxHostname is the longest domain name (RFC 1035, section 2.3.4).
const maxHostname = 253

func namedHostname(t *text, k Kind, start, end int) {
	for i := start; i < end; i++ {
		if t.b[i] == ',' || t.b[i] == ';' || t.b[i] == '\\' {
			t.reportHost(start, i)
			start = i + 1
		}
	}
	t.reportHost(start, end)
}

// reportHost reports the host of t.b[start:end], which may be a URL, and may
// have a port or an address in brackets behind it.
func (t *text) reportHost(start, end int) {
	for start < end && t.b[start] == ' ' {
		start++
	}
	for i := start; i+2 < end; i++ {
		if t.b[i] == ':' && t.b[i+1] == '/' && t.b[i+2] == '/' {
			start = i + 3
			break
		}
	}
	if isAddressForm(t.b[start:end]) {
		return
	}
	i := start
scan:
	for ; i < end; i++ {
		switch c := t.b[i]; {
		case c == ':', c == '/', c == '(', c == '[', c == '?':
			break scan
		}
	}
	for i > start && (t.b[i-1] == ' ' || t.b[i-1] == '.') {
		i--
	}
	v := t.b[start:i]
	if len(v) == 0 || len(v) > maxHostname || isPlaceholder(v) || isAddressForm(v) {
		return
	}
	f := formOf(v)
	if i < end && t.b[i] == ':' && !isDigit(t.at(i+1)) {
		return
	}
	if f.letters+f.high == 0 || f.spaces > 3 || f.others > 12 {
		return
	}
	t.report(Hostname, Named, start, i, 80)
}

// isFQDN says whether v is a domain name of at least two labels under a known
// top-level domain.
func isFQDN(v []byte) bool {
	dot := -1
	for i, c := range v {
		switch {
		case c == '.':
			if i == 0 || v[i-1] == '.' || v[i-1] == '-' {
				return false
			}
			dot = i
		case !isAlnum(c) && c != '-' && c != '_':
			return false
		}
	}
	return dot > 0 && len(v)-dot-1 <= 18 && topLevel(v[dot+1:]) > 0 && len(v) <= maxHostname
}
