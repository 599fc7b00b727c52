package detect

import (
	"strings"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// flag finds values by the name of the option before them in a command line.
var flag = Detector{
	Name:   "flag",
	Doc:    "A value behind an option of a command whose name says what it is: --password x, -user x.",
	Kinds:  allKinds(),
	anchor: bitmap.In(bitmap.Dash).AndAt(1, letters).AndAt(-1, bitmap.In(bitmap.Dash, bitmap.Space)).AndNotAt(-3, bitmap.In(bitmap.Dash)),
	verify: verifyFlag,
}

func verifyFlag(t *text, at int) int {
	dashes := at
	if t.at(at-1) == '-' {
		dashes--
	}
	if c := t.at(dashes - 1); c != ' ' && c != '"' && c != '\'' && c != '`' && dashes > 0 {
		return 0
	}
	if dashes == at {
		if end := t.shortOption(at + 1); end > 0 {
			return end
		}
	}
	start, end := at+1, at+1
	for (isWord(t.at(end)) || t.at(end) == '-') && end-start <= maxKey {
		end++
	}
	if t.at(end) != ' ' || end-start < 4 || t.at(end+1) == '-' {
		return 0
	}
	f := t.fieldAt(start, end)
	if f.Kind == None || !t.wanted[f.Kind] {
		return 0
	}
	i := end + 1
	if q := t.at(i); q == '"' || q == '\'' {
		if to := quoteEnd(t.b, i+1, q, 0); to > 0 {
			t.why = whyKey
			t.reportField(f, i+1, to)
			t.why = whyForm
			return to
		}
		return 0
	}
	to := i
	for to < len(t.b) && to-i < maxValue && !isBlank(t.b[to]) && t.b[to] != '"' && t.b[to] != '\\' {
		to++
	}
	for to > i && (t.b[to-1] == ',' || t.b[to-1] == ')' || t.b[to-1] == '.' || t.b[to-1] == ';') {
		to--
	}
	if v := t.b[i:to]; len(v) > 0 && !isProse(v) && !(dashes == at && f.Weak) {
		t.why = whyKey
		t.reportField(f, i, to)
		t.why = whyForm
	}
	return to
}

// passwordOptions are the one-letter options of programs that a password is given
// with; in upper case, it stands in one piece with the option. Of programs without
// any, the option is something else, whatever program stands before.
var passwordOptions = map[string]string{
	"mysql": "P", "mysqldump": "P", "mysqladmin": "P", "mysqlimport": "P", "mariadb": "P", "mariadb-dump": "P", "7z": "P", "7za": "P",
	"sshpass": "Pp", "login": "p", "redis-cli": "a", "ldapsearch": "w", "ldapmodify": "w", "ldapadd": "w", "ldapwhoami": "w", "rabbitmqadmin": "p",
	"mongo": "p", "mongosh": "p", "mongodump": "p", "mongorestore": "p", "sqlcmd": "Pp", "bcp": "Pp", "isql": "P",
	"ssh": "", "scp": "", "sftp": "", "rsync": "", "psql": "", "mkdir": "", "docker": "", "run": "", "nmap": "",
}

// shortOption reports the password behind the option of one letter at i, if its
// program takes one there, and returns where it ends, or 0.
func (t *text) shortOption(i int) int {
	c := lower(t.at(i))
	if c != 'p' && c != 'a' && c != 'w' || !t.wanted[Password] {
		return 0
	}
	start := i + 1
	how := c
	if t.at(start) == ' ' {
		start++
	} else {
		how &^= 0x20
	}
	end := start
	for c := t.at(end); c > ' ' && c != ';' && c != '|' && end-start < 128; c = t.at(end) {
		end++
	}
	if end == start || t.b[start] == '-' || end-start < 3 {
		return 0
	}
	// The program is a word before it in the line.
	for j := i - 1; j > 0 && i-j < 200 && t.b[j-1] != '\n'; {
		for j > 0 && !isWord(t.b[j-1]) && t.b[j-1] != '\n' {
			j--
		}
		word := j
		for word > 0 && (isWord(t.b[word-1]) || t.b[word-1] == '-') {
			word--
		}
		if word == j {
			return 0
		}
		if options, ok := passwordOptions[string(t.b[word:j])]; ok {
			if strings.IndexByte(options, how) < 0 {
				return 0
			}
			if q := t.b[start]; (q == '\'' || q == '"') && t.b[end-1] == q && end-start > 4 {
				start, end = start+1, end-1
			}
			if !isPlaceholder(t.b[start:end]) {
				t.report(Password, Secret, start, end, 70)
			}
			return end
		}
		j = word
	}
	return 0
}
