package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var jwt = Detector{
	Name:   "jwt",
	Doc:    "Three parts (signed) or five (encrypted) of base64url with dots between, the first of which is a JSON object.",
	Kinds:  []Kind{JWT},
	anchor: jwtAnchor(),
	verify: verifyJWT,
	named:  namedJWT,
}

// tokenAnchor finds the start of sixteen or more letters, digits, '_', '-' in a
// row.
func tokenAnchor() bitmap.Expr {
	c := bitmap.In(bitmap.Digit, bitmap.HexAlpha, bitmap.Alpha, bitmap.Under, bitmap.Dash)
	return c.Run(16).AndNotAt(-1, c)
}

// jwtAnchor is at such a start with what may be eyJ or eyA there, or behind the
// rest of an escape: see escapeAt.
func jwtAnchor() bitmap.Expr {
	small := bitmap.In(bitmap.Small)
	header := bitmap.In(bitmap.HexAlpha).And(small).AndAt(1, bitmap.In(bitmap.Alpha).And(small)).AndAt(2, capital)
	near := header.OrAt(1, header)
	near = near.OrAt(2, near)
	return tokenAnchor().And(near.OrAt(4, near))
}

func isToken(c byte) bool { return isWord(c) || c == '-' }

// tokenRun returns the end of the token bytes at i.
func (t *text) tokenRun(i int) int {
	for isToken(t.at(i)) {
		i++
	}
	return i
}

func verifyJWT(t *text, at int) int {
	// "Bearer%20eyJ": the escape's digits look like the token's.
	start := at + t.escapeAt(at)
	if end := t.jwtEnd(start); end > 0 {
		t.report(JWT, Secret, start, end, 99)
		return end
	}
	return 0
}

// jwtEnd returns the end of the token at i (RFC 7519, RFC 7515, RFC 7516, in
// compact form), or 0. Its header is {" and more: eyJ.
func (t *text) jwtEnd(i int) int {
	if t.at(i) != 'e' || t.at(i+1) != 'y' || t.at(i+2) != 'J' && t.at(i+2) != 'A' {
		return 0
	}
	var ends [5]int
	n := 0
	for j := i; n < 5; n++ {
		j = t.tokenRun(j)
		ends[n] = j
		if t.at(j) != '.' {
			n++
			break
		}
		j++
	}
	switch {
	case n == 5 && ends[4] > ends[3]+1:
		return ends[4]
	case n >= 3 && ends[1] > ends[0]+3:
		return ends[2] // without a signature ("alg":"none"), the dot is the last of it
	case n == 2 && ends[1] > ends[0]+8 && t.at(ends[0]+1) == 'e' && t.at(ends[0]+2) == 'y':
		return ends[1] // cut, or the signature taken away
	}
	return 0
}

// namedJWT takes a token with anything around it.
func namedJWT(t *text, k Kind, start, end int) {
	for i := start; i < end; i++ {
		if isToken(t.at(i-1)) && i > start {
			continue
		}
		if e := t.jwtEnd(i); e > 0 && e <= end {
			return // verify has it
		}
	}
	namedAPIKey(t, k, start, end)
}
