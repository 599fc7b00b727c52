package detect

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// sentence finds values by the words around them in the messages that servers
// write.
var sentence = Detector{
	Name:   "sentence",
	Doc:    "A user, host or password in the common sentences of logs: \"Failed password for X from\", \"session opened for user X\", \"(X) CMD\".",
	Kinds:  []Kind{Username, Hostname, Password},
	anchor: sentenceAnchor(),
	verify: verifySentence,
}

// tellingWords are those that afterWord knows.
var tellingWords = [...]string{"user", "username", "account", "login", "for", "from", "password", "passwd", "logged"}

// sentenceAnchor is at the space behind a telling word, by its last letters, and
// at what else sentences have beside a value.
func sentenceAnchor() bitmap.Expr {
	space, open, colon := bitmap.In(bitmap.Space), bitmap.In(bitmap.Plus), bitmap.In(bitmap.Colon)
	var ends []string
	for _, w := range tellingWords {
		ends = append(ends, w[len(w)-3:])
	}
	e := space.AndAt(-3, bitmap.Words(ends...))
	for _, x := range []bitmap.Expr{
		open.AndAt(1, letters).AndAt(4, bitmap.In(bitmap.Equal)),                             // (uid=
		open.AndAt(-1, space).AndAt(-2, colon),                                               // cron: (
		open.AndAt(-1, space).AndAt(-4, colon).AndNotAt(1, decimal.Run(4)),                   // a MAC (, but no zone
		open.AndAt(1, letters).AndAt(3, space),                                               // (to
		open.AndAt(-5, space).AndAt(-4, capital).AndAt(-3, letters.Run(3)).AndAt(1, wordish), // User(
		colon.AndAt(-1, space).AndAt(1, space),                                               // sudo: X :
		space.AndAt(-2, bitmap.In(bitmap.Dash)).AndAt(-3, space),                             // -u
	} {
		e = e.Or(x)
	}
	return e
}

func verifySentence(t *text, at int) int {
	switch t.b[at] {
	case '(':
		t.parenthesis(at)
	case ')', '+':
	case ':':
		t.sudoer(at)
	default:
		t.afterWord(at)
	}
	return 0
}

// afterWord looks at the value behind the word that ends at the space at.
func (t *text) afterWord(at int) {
	start := at
	for start > 0 && at-start < 16 && isAlpha(t.b[start-1]) {
		start--
	}
	var low [9]byte
	if at-start > 8 || isWord(t.at(start-1)) {
		return
	}
	for i := start; i < at; i++ {
		low[i-start] = lower(t.b[i])
	}
	switch string(low[:at-start]) {
	case "user":
		t.userNamed(start, at+1)
	case "username":
		if v := t.slotAt(at + 1); v.end > v.start && (v.quoted || !isProse(t.b[v.start:v.end])) {
			t.reportUser(v)
		}
	case "account", "login":
		if v := t.slotAt(at + 1); v.quoted && at+1 < v.start && t.at(v.start-1) != '(' {
			t.reportUser(v)
		} else if !v.quoted && t.foldAt(v.end, " pw ") {
			t.reportUser(v)
			t.secretAt(v.end + 4)
		}
	case "for":
		w := t.wordAt(start - 1)
		if sure := authWords.isIn(w); sure || doorWords.isIn(w) {
			v := t.slotAt(at + 1)
			if b := t.b[v.start:v.end]; v.quoted || !isProse(b) && (sure || formOf(b).letters < len(b)) {
				t.reportUser(v)
			}
		}
	case "from":
		t.peerNamed(at + 1)
	case "passwd": // the file of that name is named more often than its word is used
		if c := t.at(at + 1); (c == '"' || c == '\'') && t.at(start-1) == ' ' {
			t.passwordNamed(start, at+1)
		}
	case "password":
		t.passwordNamed(start, at+1)
	case "logged":
		if !t.has(at+1, "in") && !t.has(at+1, "on") && !t.has(at+1, "out") && !t.has(at+1, "off") || t.at(start-1) != ' ' {
			return
		}
		end := start - 1
		from := end
		for from > 0 && isUserByte(t.b[from-1]) && end-from < maxUsername {
			from--
		}
		if before := t.at(from - 1); (before == 0 || before == '\n' || t.at(from-2) == ':' || t.at(from-2) == ']') && !isProse(t.b[from:end]) {
			t.reportUser(slot{from, end, false})
		}
	case "u":
		t.commandUser(at + 1)
	}
}

// authWords are what stands before "for X" when X is a user.
var authWords = wordsOf(`password publickey pam mic none hostbased failure failures exceeded attempt attempts auth authentication login logon su
	challenge credentials certificate keyboard-interactive authorization`)

// doorWords are others, after which much else may stand: what has more than
// letters is a user then.
var doorWords = wordsOf(`token opened closed`)

// wordAt returns the word that ends before the space at end; nil if there is no space.
func (t *text) wordAt(end int) []byte {
	if t.at(end) != ' ' {
		return nil
	}
	start := end
	for start > 0 && end-start < 24 && (isAlpha(t.b[start-1]) || t.b[start-1] == '-') {
		start--
	}
	return t.b[start:end]
}

// A slot is a value in a sentence, without its quotes.
type slot struct {
	start, end int
	quoted     bool
}

// slotAt returns the value at i.
func (t *text) slotAt(i int) slot {
	closer := byte(0)
	if t.at(i) == '\\' && t.at(i+1) == '"' {
		if end := quoteEnd(t.b, i+2, '"', 1); end > 0 && end-i < maxUsername {
			return slot{i + 2, end, true}
		}
		return slot{}
	}
	switch t.at(i) {
	case '\'', '"':
		closer = t.b[i]
	case '`':
		closer = '\''
	case '[':
		closer = ']'
	case '<':
		closer = '>'
	case '(':
		closer = ')'
	case '{':
		closer = '}'
	}
	if closer != 0 {
		for j := i + 1; j-i < maxUsername && j < len(t.b) && t.b[j] != '\n'; j++ {
			// O'Leary: a quote between letters does not close.
			if t.b[j] == '`' && t.b[i] == '`' || t.b[j] == closer && !(closer == '\'' && isAlpha(t.at(j+1)) && isAlpha(t.b[j-1])) {
				return slot{i + 1, j, true}
			}
		}
		return slot{}
	}
	j := i
	for (isUserByte(t.at(j)) || t.at(j) == '\\' && isWord(t.at(j+1)) && j > i) && j-i < maxUsername {
		j++
	}
	for j > i && (t.b[j-1] == '.' || t.b[j-1] == '-') {
		j--
	}
	return slot{i, j, false}
}

func (t *text) reportUser(v slot) {
	b := t.b[v.start:v.end]
	if len(b) == 0 || isPlaceholder(b) || isAddressForm(b) || isLevel(b) || b[0] == '/' {
		return
	}
	if bytes.IndexByte(b, '=') > 0 && bytes.IndexByte(b, ' ') > 0 {
		return // more fields
	}
	if f := formOf(b); f.letters+f.digits+f.high == 0 || f.spaces > 3 || f.letters+f.high == 0 && !v.quoted && f.digits < 4 {
		return
	}
	t.report(Username, Named, v.start, v.end, 80)
}

// beforeUser are words before "user X", afterUser behind it.
var (
	beforeUser = wordsOf(`for invalid illegal unknown by from of to as failed nonexistent existing remote local authenticating disconnecting closed
		reset adding new delete deleting removed add changed kicked banned blocked locked unlocked sasl ftp ssh smtp imap pop vpn ldap radius virtual`)
	afterUser = wordsOf(`from by on at logged has was failed not is did does attempted authenticated connected disconnected tried password via with
		rejected accepted denied locked login logout exceeded successfully using could cannot requested changed executed session`)
)

// userNamed judges the value at i behind the word "user" at start.
func (t *text) userNamed(start, i int) {
	if c := t.at(start - 1); c == '-' || c == '.' || c == '/' || c == '=' {
		return
	}
	v := t.slotAt(i)
	if v.end <= v.start {
		return
	}
	b := t.b[v.start:v.end]
	if v.quoted {
		t.reportUser(v)
		return
	}
	if isProse(b) {
		return
	}
	after := t.at(v.end)
	ok := beforeUser.isIn(t.wordAt(start-1)) || after == 0 || after == '\n' || after == '\r' || after == ':' || after == ',' ||
		after == '(' || after == ')' || after == '"' || after == '\'' || after == ';'
	if after == '.' || after == '/' {
		ok = ok && (isBlank(t.at(v.end+1)) || v.end+1 >= len(t.b))
	}
	if after == ' ' && !ok {
		j := v.end + 1
		end := j
		for isAlpha(t.at(end)) && end-j < 16 {
			end++
		}
		ok = t.at(j) == '(' || t.at(j) == '[' || afterUser.isIn(t.b[j:end])
	}
	if ok && (after != '=' && after != '\\') {
		t.reportUser(v)
	}
}

// peerNamed judges the value at i behind "from": a host whose address follows.
func (t *text) peerNamed(i int) {
	j := i
	for (isWord(t.at(j)) || t.at(j) == '-' || t.at(j) == '.') && j-i < maxHostname {
		j++
	}
	k := j
	if t.at(k) == ' ' {
		k++
	}
	if c := t.at(k); j == i || c != '[' && c != '(' {
		return
	}
	n := k + 1
	for isHex(t.at(n)) && n-k < 6 {
		n++
	}
	if c := t.at(n); n == k+1 && c != ':' || c != '.' && c != ':' {
		return
	}
	if v := t.b[i:j]; !isPlaceholder(v) && !isProse(v) && !isAddressForm(v) && formOf(v).letters > 0 {
		t.report(Hostname, Named, i, j, 80)
	}
}

// parenthesis judges what stands around a '('.
func (t *text) parenthesis(at int) {
	switch {
	case t.has(at, "(uid="):
		start := at
		for start > 0 && isUserByte(t.b[start-1]) && at-start < maxUsername {
			start--
		}
		if c := t.at(start - 1); c == ' ' {
			if w := string(t.wordAt(start - 1)); (w == "by" || w == "user" || w == "for") && !isProse(t.b[start:at]) {
				t.reportUser(slot{start, at, false})
			}
		}
	case t.has(at, "(to "):
		end := at + 4
		for isUserByte(t.at(end)) && end-at < maxUsername {
			end++
		}
		if t.at(end) != ')' || t.at(end+1) != ' ' {
			return
		}
		v := t.slotAt(end + 2)
		if t.has(v.end, " on ") {
			t.reportUser(slot{at + 4, end, false})
			t.reportUser(v)
		}
	default:
		end := at + 1
		for isUserByte(t.at(end)) && end-at < maxUsername {
			end++
		}
		if t.at(end) != ')' || end == at+1 {
			return
		}
		if t.at(at-5) == ' ' && t.at(end+1) <= ' ' { // "User(x) Host(y)"
			switch {
			case t.has(at-4, "User"):
				t.reportUser(slot{at + 1, end, false})
			case t.has(at-4, "Host"):
				t.reportHost(at+1, end)
			}
			return
		}
		if t.has(end, ") via") {
			t.report(Hostname, Named, at+1, end, 80)
			return
		}
		// cron: "(root) CMD (", "(bob) RELOAD (", "(bob) LIST (".
		j := end + 2
		n := 0
		for isUpper(t.at(j+n)) && n < 12 {
			n++
		}
		if t.at(end+1) == ' ' && n >= 3 && (t.at(j+n) == ' ' && t.at(j+n+1) == '(' || t.has(j, "END EDIT") || t.has(j, "BEGIN EDIT")) {
			t.reportUser(slot{at + 1, end, false})
		}
	}
}

// sudoer judges "X : TTY=", at the colon.
func (t *text) sudoer(at int) {
	i := at + 2
	if !t.has(i, "TTY=") && !t.has(i, "user NOT") && !t.has(i, "command not") && !t.has(i, "problem with") && !t.has(i, "HOST=") &&
		!(isDigit(t.at(i)) && t.has(i+1, " incorrect password")) && !t.has(i, "a password is required") {
		return
	}
	end := at - 1
	start := end
	for start > 0 && isUserByte(t.b[start-1]) && end-start < maxUsername {
		start--
	}
	t.reportUser(slot{start, end, false})
}
