package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var email = Detector{
	Name:   "email",
	Doc:    "An @ between a local part and a domain with a top-level domain of letters.",
	Kinds:  []Kind{Email},
	anchor: bitmap.In(bitmap.At),
	verify: verifyEmail,
}

// maxLocal is the longest local part, in bytes (RFC 5321, section 4.5.3.1.1).
const maxLocal = 64

func isLocal(c byte) bool {
	return isAlnum(c) || c == '.' || c == '_' || c == '+' || c == '-' || c == '%'
}

func verifyEmail(t *text, at int) int {
	start := at
	for start > 0 && at-start <= maxLocal && isLocal(t.b[start-1]) {
		start--
	}
	if start == at {
		return 0
	}
	end := at + 1
	for isAlnum(t.at(end)) || t.at(end) == '.' || t.at(end) == '-' {
		end++
	}
	dot := end - 1
	for dot > at+1 && t.b[dot] != '.' {
		dot--
	}
	if dot <= at+1 || end-dot < 3 {
		return end
	}
	t.report(Email, Checked, start, end, 95)
	return end
}
