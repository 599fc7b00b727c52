package detect

// password judges values that a name says are passwords.
var password = Detector{
	Name:  "password",
	Doc:   "A value that a name says is a password; a hash in the form of crypt(3).",
	Kinds: []Kind{Password},
	named: namedPassword,
}

func namedPassword(t *text, k Kind, start, end int) {
	if end-start <= 512 && !isProse(t.b[start:end]) {
		t.report(Password, Secret, start, end, 80)
	}
}
