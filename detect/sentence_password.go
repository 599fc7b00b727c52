package detect

// passwordNamed judges the value at i behind the word "password" at start.
func (t *text) passwordNamed(start, i int) {
	if isDigit(t.at(i)) && t.at(i+1) == ' ' && t.at(i+2) > ' ' {
		i += 2 // how it is encrypted, in configurations of routers
	}
	v := t.slotAt(i)
	if c := t.at(v.start - 1); v.quoted && v.end > v.start && (c == '\'' || c == '"' || c == '`') {
		if b := t.b[v.start:v.end]; !isPlaceholder(b) {
			t.report(Password, Secret, v.start, v.end, 75)
		}
		return
	}
	if t.has(start-2, "--") {
		t.secretAt(i)
		return
	}
	j := i
	for c := t.at(j); c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '=' && j-i < 64; c = t.at(j) {
		j++
	}
	for j > i && (t.b[j-1] == '.' || t.b[j-1] == ',' || t.b[j-1] == ';' || t.b[j-1] == ':' || t.b[j-1] == ')') {
		j--
	}
	if b := t.b[i:j]; len(b) >= 5 && !isAddressForm(b) {
		f := formOf(b)
		if f.letters > 0 && f.digits > 0 || f.letters > 2 && f.others > 1 || t.afterLogin(start) && t.lineEnds(j) && !isProse(b) {
			t.report(Password, Secret, i, j, 65)
		}
	}
}

// afterLogin says whether a login stands before start, as in "username X password
// Y", on one line or on two.
func (t *text) afterLogin(start int) bool {
	i := start - 1
	if c := t.at(i); c != ' ' && c != '\n' {
		return false
	}
	if t.at(i-1) == '\r' {
		i--
	}
	end := i
	for i > 0 && end-i < maxUsername && t.b[i-1] > ' ' {
		i--
	}
	if i == end || t.at(i-1) != ' ' {
		return false
	}
	for w := i - 1; w > 0; w-- {
		if c := t.b[w-1]; c != ' ' && c != ':' && c != '=' {
			for _, word := range []string{"user", "username", "login"} {
				if t.foldAt(w-len(word), word) && !isWord(t.at(w-len(word)-1)) {
					return true
				}
			}
			return false
		}
	}
	return false
}

// lineEnds says whether nothing but punctuation stands between i and the end of
// the line.
func (t *text) lineEnds(i int) bool {
	for n := 0; n < 4 && (t.at(i) == '.' || t.at(i) == ',' || t.at(i) == ';' || t.at(i) == '\r'); n++ {
		i++
	}
	return i >= len(t.b) || t.b[i] == '\n'
}

// secretAt reports the word at i as a password.
func (t *text) secretAt(i int) {
	j := i
	for c := t.at(j); c > ' ' && c != '"' && c != ';' && j-i < 256; c = t.at(j) {
		j++
	}
	if b := t.b[i:j]; len(b) > 0 && b[0] != '-' && !isPlaceholder(b) {
		t.report(Password, Secret, i, j, 70)
	}
}

// commandUser judges "-u user:password" of a command line.
func (t *text) commandUser(i int) {
	for t.at(i) == ' ' {
		i++
	}
	j := i
	for isUserByte(t.at(j)) && j-i < 64 {
		j++
	}
	if j == i || t.at(j) != ':' || t.at(j+1) <= ' ' || t.at(j+1) == '/' {
		return
	}
	if b := t.b[i:j]; formOf(b).letters > 0 {
		t.report(Username, Named, i, j, 75)
		if c := t.at(j + 1); c == '\'' || c == '"' {
			if end := quoteEnd(t.b, j+2, c, 0); end > 0 {
				t.report(Password, Secret, j+1, end+1, 75)
			}
			return
		}
		t.secretAt(j + 1)
	}
}
