package detect

// sessionID judges values that a name says identify a session.
var sessionID = Detector{
	Name:  "session_id",
	Doc:   "A value that a name says identifies a session, call, chat or contact.",
	Kinds: []Kind{SessionID},
	named: namedSessionID,
}

func namedSessionID(t *text, k Kind, start, end int) {
	f := formOf(t.b[start:end])
	if f.spaces == 0 && end-start >= 3 && end-start <= 512 && (f.digits > 0 || f.letters >= 16) {
		t.report(SessionID, Named, start, end, 75)
	}
}
