package detect

import "bytes"

// sessionID judges values that a name says identify a session.
var sessionID = Detector{
	Name:      "session_id",
	Doc:       "A value that a name says identifies a session, call, chat or contact.",
	Kinds:     []Kind{SessionID},
	named:     namedSessionID,
	canonical: canonicalSession,
}

func namedSessionID(t *text, k Kind, start, end int) {
	if bytes.ContainsAny(t.b[start:end], "(['$") {
		return // of a program: the name of a variable
	}
	f := formOf(t.b[start:end])
	if at := bytes.IndexByte(t.b[start:end], '@'); at >= 8 && f.spaces == 0 && f.digits >= 3 && end-start <= 256 {
		// A call as SIP names it, with the host that it began at (RFC 3261, section
		// 8.1.1.4): one value, whatever the host.
		t.report(SessionID, Checked, start, end, 85)
		return
	}
	if f.spaces == 0 && end-start >= 3 && end-start <= 512 && (f.digits > 0 || f.letters >= 16) {
		t.report(SessionID, Named, start, end, 75)
	}
}
