package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// sip finds telephone numbers in SIP addresses. The host behind the @ is none of
// a mailbox, so what is before it is known by the scheme alone.
var sip = Detector{
	Name:   "sip",
	Doc:    "The digits of a user part between sip: or sips: and an @ (RFC 3261, section 19.1).",
	Kinds:  []Kind{Phone},
	anchor: bitmap.In(bitmap.At).AndAt(-1, bitmap.In(bitmap.Digit)),
	verify: verifySIP,
}

func verifySIP(t *text, at int) int {
	start := at
	for start > 0 && at-start <= maxPhoneDigits && isDigit(t.b[start-1]) {
		start--
	}
	n := at - start
	if t.at(start-1) == '+' {
		start--
	}
	if n < 7 || n > maxPhoneDigits || !t.foldAt(start-4, "sip:") && !t.foldAt(start-5, "sips:") {
		return 0
	}
	t.report(Phone, Checked, start, at, 90)
	return at + 1
}
