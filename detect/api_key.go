package detect

import "bytes"

var apiKey = Detector{
	Name:   "api_key",
	Doc:    "Tokens by the prefix, the alphabet and the length their issuers publish, credentials after Bearer and Basic; under a key such as token or secret, any value that is not a word.",
	Kinds:  []Kind{APIKey},
	anchor: tokenAnchor(),
	verify: verifyAPIKey,
	named:  namedAPIKey,
}

func verifyAPIKey(t *text, at int) int {
	start := at + t.escapeAt(at)
	if forms := formsOf[t.at(start)]; forms != nil {
		for i := range forms {
			f := &forms[i]
			if !t.has(start, f.prefix) {
				continue
			}
			end := t.tokenRun(start)
			if n := end - start - len(f.prefix); n >= f.min && n <= f.max && f.of.holds(t.b[start+len(f.prefix):end]) {
				if t.at(end) == '=' && t.hexAt(end+1, 8) && !isToken(t.at(end+9)) {
					end += 9 // a checksum, as Atlassian has it
				}
				for n := 0; n < 2 && t.at(end) == '.' && t.has(start, "gl"); n++ { // what GitLab finds its cell by
					next := t.tokenRun(end + 1)
					if next-end < 3 || next-end > 10 || formOf(t.b[end+1:next]).digits == 0 {
						break
					}
					end = next
				}
				t.report(APIKey, Secret, start, end, 97)
				return end
			}
		}
	}
	if isHex(t.at(start)) && t.hexAt(start+16, 16) && t.has(start+32, "-us") && t.hexAt(start, 16) {
		// Mailchimp: 32 digits and the data centre.
		if end := t.tokenRun(start); end-start <= 37 && isDigit(t.b[end-1]) {
			t.report(APIKey, Secret, start, end, 97)
			return end
		}
	}
	if end := t.partedToken(start); end > 0 {
		return end
	}
	return verifyDotted(t, start)
}

// verifyDotted looks at tokens of which the run of sixteen is a later part.
func verifyDotted(t *text, start int) int {
	switch t.at(start - 1) {
	case '.':
		for _, p := range dottedForms {
			if from := start - len(p); t.has(from, p) && !isToken(t.at(from-1)) {
				end := t.tokenRun(start)
				for t.at(end) == '.' && isToken(t.at(end+1)) {
					end = t.tokenRun(end + 1)
				}
				if end-start >= 20 && notWord(t.b[start:end]) {
					t.report(APIKey, Secret, from, end, 97)
				}
				return end
			}
		}
	case ':':
		if t.has(start, "APA91b") {
			// Firebase: an application, a colon, 134 bytes or more.
			from := start - 1
			for start-from <= 64 && isToken(t.at(from-1)) {
				from--
			}
			if end := t.tokenRun(start); end-start > 100 {
				t.report(APIKey, Secret, from, end, 97)
				return end
			}
			return 0
		}
		// Telegram: the bot's number, a colon, 35 bytes.
		from := start - 1
		for start-from <= 11 && isDigit(t.at(from-1)) {
			from--
		}
		if n := start - 1 - from; n >= 8 && n <= 10 && t.at(start) == 'A' && t.at(start+1) == 'A' && (!isToken(t.at(from-1)) || t.foldAt(from-3, "bot")) {
			if end := t.tokenRun(start); end-start == 35 {
				t.report(APIKey, Secret, from, end, 95)
				return end
			}
		}
	case ' ':
		if scheme := t.scheme(start); scheme || t.secretSaid(start) {
			end := start
			for end < len(t.b) && isCredential(t.b[end]) {
				end++
			}
			if t.b[end-1] == '.' {
				end--
			}
			if b := t.b[start:end]; notWord(b) && (scheme || formOf(b).digits >= 3 && bytes.Count(b, []byte("-")) < 4) {
				t.report(APIKey, Secret, start, end, 90)
			}
			return end
		}
	case '~':
		// OpenShift, and Entra: three bytes, a digit, Q~.
		from := start - len("sha256~")
		if !t.has(from, "sha256~") {
			if from++; !t.has(start-2, "Q~") || !isDigit(t.at(start-3)) || !isToken(t.at(from)) {
				return 0
			}
		}
		end := start
		for isToken(t.at(end)) || t.at(end) == '.' || t.at(end) == '~' {
			end++
		}
		if end-start >= 31 {
			t.report(APIKey, Secret, from, end, 95)
		}
		return end
	case '$':
		if from := start - len("access_token$production$"); t.has(from, "access_token$production$") {
			end := t.tokenRun(start)
			if t.at(end) == '$' {
				end = t.tokenRun(end + 1)
			}
			t.report(APIKey, Secret, from, end, 95)
			return end
		}
	case '/':
		// Slack: hooks.slack.com/services/T.../B.../24 letters and digits.
		if from := t.hookStart(start); from > 0 {
			end := t.tokenRun(start)
			t.report(APIKey, Secret, from, end, 95)
			return end
		}
	case '=':
		// Azure: the signature of a shared access URL, a key of a storage account.
		if t.has(start-4, "sig=") && (t.at(start-5) == '&' || t.at(start-5) == '?') || t.foldAt(start-11, "accountkey=") {
			end := start
			for end < len(t.b) && (isCredential(t.b[end]) || t.b[end] == '%') {
				end++
			}
			// The signature is a SHA-256 in base64.
			if n := end - start; n >= 43 && (t.b[end-1] == '=' || t.foldAt(end-3, "%3d")) {
				t.report(APIKey, Secret, start, end, 95)
			}
			return end
		}
	}
	return 0
}

// hookStart returns the start of the path of a webhook the last part of which is
// at i, or 0.
func (t *text) hookStart(i int) int {
	const path = ".slack.com/services/"
	slashes := 0
	for j := i - 1; j > len(path) && i-j < 40; j-- {
		if t.b[j] == '/' {
			if slashes++; slashes == 3 {
				if t.has(j+1-len(path), path) {
					return j + 1
				}
				return 0
			}
		} else if !isToken(t.b[j]) {
			return 0
		}
	}
	return 0
}

// scheme says whether the name of an HTTP authentication scheme and a space
// stand before i (RFC 6750, RFC 7617).
func (t *text) scheme(i int) bool {
	for _, s := range []string{"bearer ", "basic "} {
		if t.foldAt(i-len(s), s) && !isWord(t.at(i-len(s)-1)) {
			return true
		}
	}
	return false
}

// isCredential has token68 of RFC 9110, section 11.2.
func isCredential(c byte) bool {
	return isToken(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '='
}

// namedAPIKey takes every credential in the value that is not a word, a
// placeholder or the name of a scheme.
func namedAPIKey(t *text, k Kind, start, end int) {
	for i := start; i < end; {
		for i < end && isDelimiter(t.b[i]) {
			i++
		}
		from := i
		for i < end && !isDelimiter(t.b[i]) {
			i++
		}
		if i-from >= 6 && notWord(t.b[from:i]) && !isTemplate(t.b[from:i]) {
			t.report(k, Secret, from, i, 85)
		}
	}
}

func isDelimiter(c byte) bool {
	switch c {
	case '"', '\'', ',', ';', '<', '>', '(', ')', '[', ']':
		return true
	}
	return c <= ' '
}

// isTemplate says whether b stands for a value: ${TOKEN}, {{token}}, %s, ***.
func isTemplate(b []byte) bool {
	stars := 0
	for i, c := range b {
		if c == '$' && i+1 < len(b) && b[i+1] == '{' || c == '{' && i+1 < len(b) && b[i+1] == '{' {
			return true
		}
		if c == '*' || c == 'x' || c == 'X' || c == '.' {
			stars++
		}
	}
	return stars*2 >= len(b)
}

// notWord says whether b looks drawn at random rather than written: digits among
// letters, both cases mixed, or too few vowels, and enough different bytes for
// its length.
func notWord(b []byte) bool {
	var seen [4]uint64
	distinct, digits, uppers, lowers, turns := 0, 0, 0, 0, 0
	run, longest := 0, 0 // of consonants
	for i, c := range b {
		if seen[c>>6]>>(c&63)&1 == 0 {
			seen[c>>6] |= 1 << (c & 63)
			distinct++
		}
		switch lower(c) {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			run = 0
		default:
			run++
			longest = max(longest, run)
		}
		switch {
		case isDigit(c):
			digits++
		case c-'A' <= 25:
			uppers++
			if i > 0 && b[i-1]-'a' <= 25 {
				turns++
			}
		case c-'a' <= 25:
			lowers++
		}
	}
	// Sixteen bytes drawn from sixteen hexadecimal digits have ten different ones
	// on average, and hardly ever fewer than six.
	if distinct < min(6, (len(b)+1)/2) {
		return false
	}
	letters := uppers + lowers
	switch {
	case digits > 0 && letters > 0:
		return true
	case digits == 0:
		return uppers > 0 && lowers > 0 && turns >= 2+len(b)/12 || letters == len(b) && letters >= 16 && longest >= 7
	}
	return len(b) >= 8
}
