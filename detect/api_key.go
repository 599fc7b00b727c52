package detect

var apiKey = Detector{
	Name:   "api_key",
	Doc:    "Tokens by the prefix, the alphabet and the length their issuers publish, credentials after Bearer and Basic; under a key such as token or secret, any value that is not a word.",
	Kinds:  []Kind{APIKey},
	anchor: tokenAnchor(),
	verify: verifyAPIKey,
	named:  namedAPIKey,
}

// A charset says what a token is made of after its prefix.
type charset uint8

const (
	token   charset = iota // letters, digits, '_', '-'
	alnum                  // letters, digits
	upper                  // A-Z, 0-9
	hexa                   // hexadecimal digits
	letters                // letters and digits, both, or both cases: not a word
)

// A tokenForm is a form of token: prefix, then min to max bytes of a charset.
type tokenForm struct {
	prefix   string
	min, max int
	of       charset
}

// tokenForms are what issuers publish for secret scanning.
var tokenForms = []tokenForm{
	{"AKIA", 16, 16, upper}, {"ASIA", 16, 16, upper}, {"ABIA", 16, 16, upper}, {"ACCA", 16, 16, upper}, // AWS
	{"ghp_", 36, 251, alnum}, {"gho_", 36, 251, alnum}, {"ghu_", 36, 251, alnum}, {"ghs_", 36, 520, token}, {"ghr_", 36, 251, alnum},
	{"github_pat_", 50, 244, token},
	{"glpat-", 20, 300, token}, {"gldt-", 20, 64, token}, {"glrt-", 20, 64, token}, {"glptt-", 20, 64, token}, {"glsoat-", 20, 64, token},
	{"glcbt-", 20, 64, token}, {"glft-", 20, 64, token}, {"glimt-", 20, 64, token}, {"glagent-", 40, 64, token},
	{"xoxb-", 16, 255, token}, {"xoxp-", 16, 255, token}, {"xoxa-", 16, 255, token}, {"xoxr-", 16, 255, token}, {"xoxs-", 16, 255, token},
	{"xoxe-", 16, 255, token}, {"xoxc-", 16, 255, token}, {"xoxd-", 16, 255, token}, {"xapp-", 16, 255, token}, // Slack
	{"sk_live_", 16, 255, alnum}, {"sk_test_", 16, 255, alnum}, {"rk_live_", 16, 255, alnum}, {"rk_test_", 16, 255, alnum}, {"whsec_", 24, 64, token}, // Stripe
	{"AIza", 35, 35, token}, {"GOCSPX-", 28, 28, token}, // Google
	{"sk-ant-", 24, 255, token}, {"sk-proj-", 24, 255, token}, {"sk-svcacct-", 24, 255, token}, {"sk-or-v1-", 32, 128, token}, {"sk-", 32, 255, letters},
	{"gsk_", 40, 64, alnum}, {"xai-", 60, 100, token}, {"pplx-", 40, 64, alnum}, {"r8_", 37, 37, alnum}, {"hf_", 30, 64, letters},
	{"npm_", 36, 36, alnum}, {"pypi-", 50, 512, token}, {"rubygems_", 48, 48, hexa}, {"dckr_pat_", 20, 64, token}, {"oy2", 43, 43, letters},
	{"dop_v1_", 64, 64, hexa}, {"doo_v1_", 64, 64, hexa}, {"dor_v1_", 64, 64, hexa}, // DigitalOcean
	{"shpat_", 32, 32, hexa}, {"shpca_", 32, 32, hexa}, {"shppa_", 32, 32, hexa}, {"shpss_", 32, 32, hexa}, // Shopify
	{"SK", 32, 32, hexa}, {"key-", 32, 32, hexa}, {"xkeysib-", 64, 96, token}, // Twilio, Mailgun, Brevo
	{"sq0atp-", 22, 22, token}, {"sq0csp-", 43, 43, token}, {"EAAAE", 55, 64, token}, {"EAACEdEose0cBA", 20, 255, alnum},
	{"lin_api_", 40, 40, alnum}, {"figd_", 36, 64, token}, {"ATATT3", 150, 255, token}, {"ATCTT3", 150, 255, token}, {"ATBB", 32, 32, alnum},
	{"NRAK-", 27, 27, alnum}, {"NRIQ-", 27, 64, alnum}, {"dapi", 32, 32, hexa}, {"nfp_", 36, 40, alnum}, {"PMAK-", 55, 64, token}, {"sntrys_", 40, 255, token},
	{"sntryu_", 64, 64, hexa}, {"glsa_", 32, 64, token}, {"glc_", 32, 255, token}, {"AGE-SECRET-KEY-1", 58, 58, upper}, {"CFPAT-", 43, 43, token},
	{"pscale_tkn_", 32, 64, token}, {"pscale_pw_", 32, 64, token}, {"EZAK", 54, 54, alnum}, {"EZTK", 54, 54, alnum}, {"tfp_", 30, 64, token},
	{"fo1_", 43, 43, token}, {"phc_", 43, 43, alnum}, {"phx_", 43, 43, alnum}, {"secret_", 43, 43, alnum}, {"ntn_", 40, 50, alnum}, {"patA", 13, 14, alnum},
}

// formsOf has the forms that start with a byte.
var formsOf = func() (of [256][]tokenForm) {
	for _, f := range tokenForms {
		of[f.prefix[0]] = append(of[f.prefix[0]], f)
	}
	return
}()

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
				t.report(APIKey, Secret, start, end, 97)
				return end
			}
		}
	}
	return verifyDotted(t, start)
}

// verifyDotted looks at tokens of which the run of sixteen is a later part.
func verifyDotted(t *text, start int) int {
	switch t.at(start - 1) {
	case '.':
		for _, p := range []string{"SG.", "ya29.", "hvs.", "hvb.", "hvr."} {
			if from := start - len(p); t.has(from, p) && !isToken(t.at(from-1)) {
				end := t.tokenRun(start)
				for t.at(end) == '.' && isToken(t.at(end+1)) {
					end = t.tokenRun(end + 1)
				}
				if end-start >= 20 {
					t.report(APIKey, Secret, from, end, 97)
				}
				return end
			}
		}
	case ':':
		// Telegram: the bot's number, a colon, 35 bytes.
		from := start - 1
		for start-from <= 11 && isDigit(t.at(from-1)) {
			from--
		}
		if n := start - 1 - from; n >= 8 && n <= 10 && t.at(start) == 'A' && t.at(start+1) == 'A' && (!isToken(t.at(from-1)) || t.hasFold(from-3, "bot")) {
			if end := t.tokenRun(start); end-start == 35 {
				t.report(APIKey, Secret, from, end, 95)
				return end
			}
		}
	case ' ':
		if t.scheme(start) {
			end := start
			for end < len(t.b) && isCredential(t.b[end]) {
				end++
			}
			if t.b[end-1] == '.' {
				end--
			}
			if notWord(t.b[start:end]) {
				t.report(APIKey, Secret, start, end, 90)
			}
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
		if t.has(start-4, "sig=") && (t.at(start-5) == '&' || t.at(start-5) == '?') || t.hasFold(start-11, "accountkey=") {
			end := start
			for end < len(t.b) && (isCredential(t.b[end]) || t.b[end] == '%') {
				end++
			}
			// The signature is a SHA-256 in base64.
			if n := end - start; n >= 43 && (t.b[end-1] == '=' || t.hasFold(end-3, "%3d")) {
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
			if slashes++; slashes == 3 && t.has(j+1-len(path), path) {
				return j + 1
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
		if t.hasFold(i-len(s), s) && !isWord(t.at(i-len(s)-1)) {
			return true
		}
	}
	return false
}

// has says whether s stands at i.
func (t *text) has(i int, s string) bool {
	return i >= 0 && len(t.b)-i >= len(s) && string(t.b[i:i+len(s)]) == s
}

// isCredential has token68 of RFC 9110, section 11.2.
func isCredential(c byte) bool {
	return isToken(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '='
}

func (s charset) holds(b []byte) bool {
	for _, c := range b {
		switch {
		case s == token:
			if !isToken(c) {
				return false
			}
		case s == hexa:
			if !isHex(c) {
				return false
			}
		case s == upper:
			if !isDigit(c) && c-'A' > 25 {
				return false
			}
		default:
			if !isAlnum(c) {
				return false
			}
		}
	}
	return s == token || notWord(b)
}

// notWord says whether b looks drawn at random rather than written: digits among
// letters, or both cases mixed, and enough different bytes for its length.
func notWord(b []byte) bool {
	var seen [4]uint64
	distinct, digits, uppers, lowers, turns := 0, 0, 0, 0, 0
	for i, c := range b {
		if seen[c>>6]>>(c&63)&1 == 0 {
			seen[c>>6] |= 1 << (c & 63)
			distinct++
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
		return uppers > 0 && lowers > 0 && turns >= 2+len(b)/12
	}
	return len(b) >= 8
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
