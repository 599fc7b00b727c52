package detect

// base64Forms are prefixes of tokens in base64: of Fly.io, 1Password, Grafana and
// Amazon.
var base64Forms = []string{"fm1_", "fm1a_", "fm1r_", "fm2_", "ops_eyJ", "glc_eyJ", "ABSK", "bedrock-api-key-"}

// partedToken judges tokens of several parts, or with the sign of another token
// before them, at the run of token bytes that starts at start. It returns where
// one ends, or 0.
func (t *text) partedToken(start int) int {
	from, end := 0, 0
	switch c := t.b[start]; {
	case t.at(start-1) == '.':
		from, end = t.afterDot(start)
	case t.at(start-1) == '/':
		from, end = t.afterSlash(start)
	case c == 'M' || c == 'N' || c == 'O':
		// Discord: a bot's number in base64, a time, a signature.
		if a := t.tokenRun(start); t.at(a) == '.' && a-start >= 24 && a-start <= 28 {
			if b := t.tokenRun(a + 1); t.at(b) == '.' && b-a == 7 {
				if d := t.tokenRun(b + 1); d-b >= 28 && d-b <= 39 {
					from, end = start, d
				}
			}
		}
	case c == 'p' && t.has(start, "pat"):
		// Airtable: 14 bytes, 64 hexadecimal digits.
		if a := t.tokenRun(start); a-start == 17 && t.at(a) == '.' && t.hexAt(a+1, 64) && t.tokenRun(a+1) == a+65 {
			from, end = start, a+65
		}
	case t.at(start+32) == '-' && t.at(start+41) == '-' && t.hexAt(start, 32):
		// Mailgun: 32, 8 and 8 hexadecimal digits.
		if t.hexAt(start+33, 8) && t.hexAt(start+42, 8) && t.tokenRun(start) == start+50 {
			from, end = start, start+50
		}
	case t.at(start+6) == '_' && t.has(start+36, "_mmk"):
		// MaxMind.
		if t.tokenRun(start) == start+40 {
			from, end = start, start+40
		}
	case t.at(start-1) == '|':
		// Facebook: the number of an application, 27 to 40 bytes.
		for from = start - 1; from > 0 && start-from < 20 && isDigit(t.b[from-1]); {
			from--
		}
		if end = t.tokenRun(start); start-1-from < 15 || end-start < 27 || end-start > 40 || isToken(t.at(from-1)) {
			end = 0
		}
	case c == 'f' || c == 'o' || c == 'g' || c == 'A' || c == 'b':
		for _, p := range base64Forms {
			if t.has(start, p) {
				for end = start; end < len(t.b) && (isCredential(t.b[end]) && t.b[end] != '.'); {
					end++
				}
				if from = start; end-from < 60 {
					end = 0
				}
			}
		}
	}
	if end == 0 || !notWord(t.b[from:end]) {
		return 0
	}
	t.report(APIKey, Secret, from, end, 95)
	return end
}

// afterDot judges the run that starts at start, behind a dot.
func (t *text) afterDot(start int) (from, end int) {
	switch {
	case t.has(start-9, ".atlasv1."):
		// Terraform.
		for from = start - 9; from > 0 && start-from < 32 && isToken(t.b[from-1]); {
			from--
		}
		end = t.tokenRun(start)
		if start-9-from != 14 || end-start < 60 {
			return 0, 0
		}
	case t.has(start-7, ".local.") && isVersionPart(t.at(start-9), t.at(start-8)):
		// PASETO, encrypted and signed.
		from, end = start-9, t.tokenRun(start)
	case t.has(start-8, ".public.") && isVersionPart(t.at(start-10), t.at(start-9)):
		from, end = start-10, t.tokenRun(start)
	case t.b[start] == '0' && t.has(start-3, "v1."):
		// Cloudflare's certificate authority.
		if from, end = start-3, t.tokenRun(start); end-start != 173 {
			return 0, 0
		}
	case t.at(start-2) == 's' && !isToken(t.at(start-3)) && t.at(start-3) != '.':
		// Vault, before version 1.10.
		if from, end = start-2, t.tokenRun(start); end-start != 24 || !hasAll(t.b[start:end]) || formOf(t.b[start:end]).digits < 2 {
			return 0, 0
		}
	}
	return from, end
}

func isVersionPart(v, n byte) bool { return (v == 'v' || v == 'k') && '1' <= n && n <= '4' }

// afterSlash judges the run that starts at start, behind a slash.
func (t *text) afterSlash(start int) (from, end int) {
	if t.b[start] == '0' && t.has(start-3, "1//") {
		// Google: what an access token is got with.
		if from, end = start-3, t.tokenRun(start); end-start < 40 {
			return 0, 0
		}
		return from, end
	}
	// Discord: .../api/webhooks/ a number / 68 bytes.
	i := start - 1
	for i > 0 && start-i < 24 && isDigit(t.b[i-1]) {
		i--
	}
	if start-1-i < 17 || !t.has(i-len("/webhooks/"), "/webhooks/") {
		return 0, 0
	}
	if end = t.tokenRun(start); end-start < 60 || end-start > 80 {
		return 0, 0
	}
	return i, end
}

// secretSaid says whether words before i, in a sentence, say that a secret
// follows: "the API key is X", "token X".
func (t *text) secretSaid(i int) bool {
	if t.foldAt(i-len("is "), "is ") && t.at(i-len("is ")-1) == ' ' {
		i -= len("is ")
	}
	for _, word := range [...]string{"token ", "api key ", "apikey ", "api-key ", "secret ", "secret key ", "access key "} {
		if t.foldAt(i-len(word), word) && !isWord(t.at(i-len(word)-1)) {
			return true
		}
	}
	return false
}
