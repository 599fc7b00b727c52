package detect

const (
	// maxValue bounds the value of a field in running text, in bytes: cookies and
	// tokens are long.
	maxValue = 16384
	// maxElement bounds the text of an element.
	maxElement = 2048
)

// takeValue reports the value behind the '=' or ':' at, or the '>' of "=>". It returns its end, or 0.
func (t *text) takeValue(f Field, at int) int {
	i := at + 1
	if t.b[at] == ':' || t.b[at] == '>' || t.at(at-1) == ' ' || t.at(at-1) == ':' || t.at(at-1) == '?' {
		for i-at < 8 && t.at(i) == ' ' {
			i++
		}
	}
	spaced := i > at+1
	if c := t.at(i); !spaced && c == ' ' && (f.Kind == Username || f.Kind == Hostname) {
		// "user=  x": a value of fixed width, if it is not the next field.
		j := i
		for t.at(j) == ' ' && j-i < 3 {
			j++
		}
		v := t.slotAt(j)
		if c := t.at(v.end); v.quoted || v.start == v.end || c != ')' && c != ',' && c != ' ' || isProse(t.b[v.start:v.end]) || isLevel(t.b[v.start:v.end]) || c == ' ' && !isProse(t.b[v.end+1:t.wordEnd(v.end+1)]) {
			return 0
		}
		i = j
	}
	// "USERID:[11] \"x\"": a length before the value.
	if t.at(i) == '[' && isDigit(t.at(i+1)) {
		j := i + 1
		for j-i < 6 && isDigit(t.at(j)) {
			j++
		}
		if t.at(j) == ']' && t.at(j+1) == ' ' && (t.at(j+2) == '"' || t.at(j+2) == '\'') {
			i = j + 2
		}
	}
	slashes := 0
	for t.at(i+slashes) == '\\' && slashes < 8 {
		slashes++
	}
	q := t.at(i + slashes)
	switch {
	case q == '"' || (q == '\'' || q == '`') && slashes == 0:
		start := i + slashes + 1
		end := quoteEnd(t.b, start, q, slashes)
		if end < 0 {
			return 0
		}
		if c := t.at(start); c == '{' || c == '[' { // more names are inside
			return 0
		}
		t.reportField(f, start, end)
		return end
	case slashes > 0:
		return 0
	}
	start, closer := i, byte(0)
	switch q {
	case '<':
		closer = '>'
	case '(':
		closer = ')'
	case '[':
		closer = ']'
	case '{':
		closer = '}'
	}
	if closer != 0 {
		start++
		if c := t.at(start); c == '"' || c == '\'' || c == '{' || c == '[' || c == ' ' {
			// A list of strings: the first is taken, as the field's others rarely differ in kind.
			if q != '[' || c != '"' {
				return 0
			}
			end := quoteEnd(t.b, start+1, c, 0)
			if end < 0 {
				return 0
			}
			return t.listItems(f, start+1, end)
		}
	}
	if f.Kind == APIKey { // "Authorization: Basic x"
		word := start
		for isWord(t.at(word)) || t.at(word) == '-' {
			word++
		}
		if t.at(word) == ' ' && authSchemes.isIn(t.b[start:word]) {
			start = word + 1
		}
	}
	end := start
	if wide(f.Kind) && t.b[at] == ':' || closer == '>' || f.Kind == Address {
		end = t.wideEnd(start)
	} else {
		limit := maxValue
		if f.Kind == Username || f.Kind == Hostname {
			limit = maxHostname
		}
		for end < len(t.b) && end-start < limit && !endsValue(t.b[end], f.Kind) && !(t.b[end] == '\\' && t.lineEscape(end, f.Kind)) {
			end++
		}
	}
	if spaced && t.b[at] == ':' && !t.standsAlone(f.Kind, start, end) {
		return 0
	}
	for end > start && (t.b[end-1] == '.' || t.b[end-1] == ':' || f.Kind != Password && (t.b[end-1] == '\'' || t.b[end-1] == '!' || t.b[end-1] == '?')) {
		end--
	}
	if f.Kind == Password {
		end = t.unbracketed(start, end)
	}
	if k := f.Kind; k == Username || k == Hostname {
		for _, c := range t.b[start:end] {
			if c == '=' || c == '{' {
				return 0
			}
		}
	}
	if end > start && !(closer == '>' && isProse(t.b[start:end])) {
		t.reportField(f, start, end)
	}
	return end
}

// authSchemes are those of the Authorization header (RFC 9110, section 11, and
// the registry it names) that a secret follows.
var authSchemes = wordsOf(`basic bearer token negotiate ntlm apikey api-key dpop hoba digest hawk mac aws4-hmac-sha256`)

// lineEscape says whether the backslash at i starts the escape of a line end, in
// a text within JSON, and not the second half of DOMAIN\name.
func (t *text) lineEscape(i int, k Kind) bool {
	if c := t.at(i + 1); c != 'n' && c != 'r' && c != 't' {
		return k == Hostname
	}
	if k != Username {
		return true
	}
	j := i + 2
	for isWord(t.at(j)) && j-i < 40 {
		j++
	}
	c := t.at(j)
	return c == ':' || c == '=' || c == '\\'
}

// listItems reports the strings of a JSON list, the first of which is
// t.b[start:end].
func (t *text) listItems(f Field, start, end int) int {
	for n := 0; ; n++ {
		t.reportField(f, start, end)
		i := end + 1
		for i-end < 32 && (isBlank(t.at(i)) || t.at(i) == ',') {
			i++
		}
		if t.at(i) != '"' || n > 256 {
			return end
		}
		next := quoteEnd(t.b, i+1, '"', 0)
		if next < 0 {
			return end
		}
		start, end = i+1, next
	}
}

// quoteEnd returns where a value ends that starts at start behind a quote q with
// that many backslashes before it, without the backslashes of the end quote; -1
// if it does not end.
func quoteEnd(b []byte, start int, q byte, slashes int) int {
	limit := min(len(b), start+maxValue)
	for i := start; i < limit; i++ {
		switch b[i] {
		case q:
			n := 0
			for i-n > start && b[i-n-1] == '\\' {
				n++
			}
			if n <= slashes {
				return i - n
			}
			if slashes == 0 && n%2 == 0 {
				return i
			}
		case '\n':
			return -1
		}
	}
	return -1
}

// wide says whether values of k have spaces in them.
func wide(k Kind) bool { return k == Person || k == Address || k == Cookie || k == Geo || k == Phone }

// endsValue says whether c ends a value without quotes.
func endsValue(c byte, k Kind) bool {
	switch c {
	case ' ', '\t', '\n', '\r', '"', ',', ';', '&', ')', ']', '}', '<', '>', '|':
		return !(k == Password && (c == ')' || c == ']' || c == '}' || c == '<' || c == '>' || c == '|'))
	}
	return false
}

// wideEnd returns the end of a value with spaces in it: before a separator or
// before the next key.
func (t *text) wideEnd(start int) int {
	space := -1
	i := start
	for ; i < len(t.b) && i-start < 256; i++ {
		switch c := t.b[i]; c {
		case '\t', '\n', '\r', '"', ',', ';', '&', ')', ']', '}', '<', '>', '|', '{', '[':
			for i > start && t.b[i-1] == ' ' {
				i--
			}
			return i
		case ' ':
			if t.at(i+1) == ' ' {
				return i
			}
			space = i
		case '=', ':':
			if space > start && !isBlank(t.at(i-1)) {
				return space
			}
		}
	}
	return i
}

// standsAlone says whether the word t.b[start:end] after "name: " is a value and
// not the start of a sentence.
func (t *text) standsAlone(k Kind, start, end int) bool {
	if wide(k) || k != Password && k != Username && k != Hostname && k != SessionID && k != APIKey {
		return true
	}
	if c := t.at(end); c != ' ' {
		return true
	}
	if k != Password && k != APIKey {
		f := formOf(t.b[start:end])
		return !isProse(t.b[start:end]) && f.letters+f.high > 0 && t.endsThere(end)
	}
	// A secret with more words behind it: it has something of a secret in it.
	for _, c := range t.b[start:end] {
		if !isAlpha(c) && c != '\'' && c != '.' {
			return true
		}
	}
	return false
}

// endsThere says whether what follows the space at end is not the rest of a
// sentence: punctuation, another field, or a word that may follow a user's name.
func (t *text) endsThere(end int) bool {
	i := end + 1
	start := i
	for isAlpha(t.at(i)) && i-start < 24 {
		i++
	}
	if i == start {
		return true
	}
	if c := t.at(i); c == '=' || c == ':' || c == '_' || c == '.' {
		return true
	}
	return afterUser.isIn(t.b[start:i]) || isUpper(t.b[start])
}

// reportColumn judges the value of a column, of which f speaks.
func (t *text) reportColumn(f Field, start, end int) {
	t.current = fieldIndex
	t.why = whyColumn
	t.reportField(f, start, end)
	t.why = whyForm
}

// reportField judges t.b[start:end], of which f speaks.
func (t *text) reportField(f Field, start, end int) {
	for start < end && isBlank(t.b[start]) {
		start++
	}
	for end > start && isBlank(t.b[end-1]) {
		end--
	}
	v := t.b[start:end]
	if len(v) == 0 || isPlaceholder(v) && !((f.Kind == PrivateKey || f.Given) && isDigit(v[0])) {
		t.miss(f.Kind, start, end, "its name says so, but it stands for no value")
		return
	}
	if f.Given {
		n := len(t.found)
		if t.reportNamed(f.Kind, start, end); len(t.found) == n {
			t.report(f.Kind, Named, start, end, 90)
		}
		for i := n; i < len(t.found) && f.Kind < numKinds && hasForm[f.Kind]; i++ {
			// A form that it has by chance, a number's check digit, counts for less.
			t.found[i].Rank, t.found[i].Score = Checked, max(t.found[i].Score, 98)
		}
		return
	}
	if f.Weak && !looksLike(f.Kind, v) {
		t.miss(f.Kind, start, end, "its name may mean something else, and its form does not bear it out")
		return
	}
	if f.Kind < numKinds && !hasForm[f.Kind] && !plausible(f.Kind, v) {
		t.miss(f.Kind, start, end, "its name says so, but its form is another")
		return
	}
	if f.Weak && f.Kind == Username && isFullName(v) {
		t.reportNamed(Person, start, end)
		return
	}
	n := len(t.found)
	t.reportNamed(f.Kind, start, end)
	if f.Proven && len(t.found) == n && isNumber[f.Kind] && 2*formOf(v).digits >= len(v) && len(v) >= 5 {
		t.report(f.Kind, Named, start, end, 60) // one with an error in it
	}
	if len(t.found) == n {
		t.miss(f.Kind, start, end, "its name says so, but its form is another")
	}
	for i := n; i < len(t.found); i++ {
		// A form that the name speaks for goes before another without one.
		if m := &t.found[i]; m.Rank == Shaped || m.Rank == Checked {
			m.Rank, m.Score = Checked, max(m.Score, 98)
		}
	}
}

// placeholders stand where there is no value.
var placeholders = wordsOf(`- -- --- null nil none unknown n/a na undefined true false yes no (null) <nil> <none> <null> (none) anonymous_not_set
	default empty not_set unset redacted [redacted] <redacted> hidden <hidden> (unknown) [unknown] <unknown> ? 0 -1 1 * ** ? any all other self
	string int integer bool boolean number object array void missing not n/d disabled enabled on off invalid notset nan`)

// isPlaceholder says whether v says that there is no value, or stands for one
// that is filled in later.
func isPlaceholder(v []byte) bool {
	if len(v) == 0 {
		return true
	}
	if placeholders.isIn(v) {
		return true
	}
	switch v[0] {
	case '%', '$', '{':
		if len(v) < 3 || v[1] == '{' || v[0] == '%' && v[len(v)-1] == '%' || v[0] == '$' && v[1] == '(' || v[0] == '{' && formOf(v).digits == 0 {
			return true
		}
	}
	if v[0] == '<' && v[len(v)-1] == '>' || string(v) == `N\A` || string(v) == `N\\A` {
		return true
	}
	for _, c := range v {
		if c != '*' && c != 'X' && c != 'x' && c != '-' && c != '.' && c != '#' && c != '?' && c != '_' && c != ' ' && c != '<' && c != '>' && c != '[' && c != ']' && c != '{' && c != '}' {
			return false
		}
	}
	return true
}
