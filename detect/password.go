package detect

import "bytes"

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

// unbracketed returns end, or where the password t.b[start:end] ends before
// brackets that were opened before it: User{name=x, password=y}.
func (t *text) unbracketed(start, end int) int {
	before := t.b[max(0, start-512):start]
	for end > start {
		c := t.b[end-1]
		i := bytes.IndexByte([]byte(")]}>"), c)
		if i < 0 {
			break
		}
		open := "([{<"[i]
		at := bytes.LastIndexByte(before, open)
		if at < 0 || bytes.Count(t.b[start:end], []byte{open}) >= bytes.Count(t.b[start:end], []byte{c}) || bytes.IndexByte(before[at:], c) >= 0 || bytes.IndexByte(before[at:], '\n') >= 0 {
			break
		}
		before = before[:at]
		end--
	}
	return end
}
