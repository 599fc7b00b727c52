package detect

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// logonName finds user names with the domain of a Windows network before them.
var logonName = Detector{
	Name:   "logon_name",
	Doc:    "A user name behind its domain in capitals, OFFICE\\zoe (a down-level logon name), in quotes and JSON strings too.",
	Kinds:  []Kind{Username},
	anchor: bitmap.In(bitmap.Escape).AndAt(-1, capital.Or(decimal)).AndAt(1, wordish.Or(bitmap.In(bitmap.Escape).AndAt(1, wordish))),
	verify: verifyLogonName,
}

// maxDomain is the longest NetBIOS name.
const maxDomain = 15

func verifyLogonName(t *text, at int) int {
	if t.b[at] != '\\' {
		return 0
	}
	start := at
	for start > 0 && at-start <= maxDomain && (isUpper(t.b[start-1]) || isDigit(t.b[start-1]) || t.b[start-1] == '-' || t.b[start-1] == '_') {
		start--
	}
	i := at + 1
	doubled := t.at(i) == '\\'
	if doubled {
		i++
	}
	switch c := t.at(start - 1); {
	case at-start < 2 || !isUpper(t.b[start]) || at-start > maxDomain || isWord(c) || c >= 0x80:
		return 0
	case c == '\\' || c == '/' || c == ':' || c == '.' || c == '%' || c == '-' || c == '$':
		return 0 // a part of a path, a drive
	case !doubled && (isEscapeLetter(t.at(i)) || isDigit(t.at(i)) || (t.at(i) == 'x' || t.at(i) == 'u') && t.hexAt(i+1, 2)):
		return 0 // an escape
	}
	end := i
	for isUserByte(t.at(end)) && end-i < 64 {
		end++
	}
	for end > i && (t.b[end-1] == '.' || t.b[end-1] == '-') {
		end--
	}
	v := t.b[i:end]
	dot := bytes.LastIndexByte(v, '.')
	switch c := t.at(end); {
	case c > ' ' && c != '"' && c != '\'' && c != ',' && c != ';' && c != ')' && c != ']' && c != '>' && c != '<' && c != '|' && c != '.' && c != ':' &&
		!(c == '\\' && (t.at(end+1) == '"' || t.at(end+1) == 'n' || t.at(end+1) == 'r')):
		return 0
	case dot > 0 && isFileEnding(v[dot+1:]):
		return 0
	case len(v) < 2 || formOf(v).letters == 0 || registryRoots.isIn(t.b[start:at]):
		return 0
	}
	t.report(Username, Named, start, end, 75)
	return end
}

// registryRoots are what else stands in capitals before a backslash.
var registryRoots = wordsOf(`hklm hkcu hkcr hku hkcc hkey_local_machine hkey_current_user hkey_classes_root hkey_users software system windows winnt program
	machine user registry device harddiskvolume1 harddiskvolume2 bin lib src include`)
