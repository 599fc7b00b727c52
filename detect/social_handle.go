package detect

// socialHandle judges values that a name says are handles.
var socialHandle = Detector{
	Name:  "social_handle",
	Doc:   "A value that a name says is a handle; a profile address of a social network.",
	Kinds: []Kind{SocialHandle},
	named: namedSocialHandle,
}

func namedSocialHandle(t *text, k Kind, start, end int) {
	if f := formOf(t.b[start:end]); f.letters+f.high > 1 && f.spaces == 0 && end-start <= 200 {
		t.report(SocialHandle, Named, start, end, 75)
	}
}
