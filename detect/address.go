package detect

// address judges values that a name says are postal addresses.
var address = Detector{
	Name:  "address",
	Doc:   "A value that a name says is a postal address or a line of one; a house number and a street in running text.",
	Kinds: []Kind{Address},
	named: namedAddress,
}

func namedAddress(t *text, k Kind, start, end int) {
	v := t.b[start:end]
	if f := formOf(v); len(v) <= 400 && f.letters+f.high+f.digits >= 3 && !isAddressForm(v) {
		t.report(Address, Named, start, end, 75)
	}
}
