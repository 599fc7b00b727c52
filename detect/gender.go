package detect

var gender = Detector{
	Name:      "gender",
	Doc:       "A word, a letter or an ISO/IEC 5218 code for a sex or gender under a name such as gender.",
	Kinds:     []Kind{Gender},
	named:     namedGender,
	canonical: canonicalGender,
}

// genders has the values that such fields hold, in lower case, by what they mean.
var genders = map[string]string{
	"m": "m", "male": "m", "man": "m", "boy": "m", "masculine": "m", "mann": "m", "männlich": "m", "maennlich": "m",
	"homme": "m", "masculin": "m", "hombre": "m", "masculino": "m", "maschio": "m", "uomo": "m", "1": "m",
	"f": "f", "female": "f", "woman": "f", "girl": "f", "feminine": "f", "frau": "f", "weiblich": "f", "w": "f",
	"femme": "f", "féminin": "f", "feminin": "f", "mujer": "f", "femenino": "f", "feminino": "f", "femmina": "f", "donna": "f", "2": "f",
	"x": "x", "o": "x", "d": "x", "nb": "x", "other": "x", "divers": "x", "diverse": "x", "nonbinary": "x", "non-binary": "x",
	"non binary": "x", "transgender": "x", "trans": "x", "intersex": "x", "genderqueer": "x", "agender": "x", "genderfluid": "x",
	"trans man": "m", "trans woman": "f", "9": "x",
}

func namedGender(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	if genderOf(t.b[start:end]) != "" {
		t.report(k, Checked, start, end, 95)
	}
}

func genderOf(value []byte) string {
	var buf [16]byte
	if len(value) > len(buf) {
		return ""
	}
	n := copy(buf[:], value)
	for i := range buf[:n] {
		buf[i] = lower(buf[i])
	}
	return genders[string(buf[:n])]
}

func canonicalGender(dst, value []byte) []byte {
	if g := genderOf(value); g != "" {
		return append(dst, g...)
	}
	return append(dst, value...)
}
