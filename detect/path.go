package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// path finds the names of home directories.
var path = Detector{
	Name:   "path",
	Doc:    "The name of a home directory: /home/name, /Users/name, C:\\Users\\name.",
	Kinds:  []Kind{Username},
	anchor: pathAnchor(),
	verify: verifyPath,
}

// pathAnchor is at the separator before what may be "home", "Users" or
// "Documents and Settings".
func pathAnchor() bitmap.Expr {
	low, high := bitmap.In(bitmap.HexAlpha), bitmap.In(bitmap.Alpha)
	slash := bitmap.In(bitmap.Slash, bitmap.Escape)
	home := slash.AndAt(5, slash).AndAt(1, high).AndAt(4, low)
	users := slash.AndAt(6, slash).AndAt(1, high).AndAt(3, low)
	settings := slash.AndAt(10, bitmap.In(bitmap.Space)).AndAt(1, low).AndAt(2, high)
	resource := slash.AndAt(-5, bitmap.In(bitmap.Colon)).AndAt(-2, low)
	return home.Or(users).Or(settings).Or(resource)
}

func verifyPath(t *text, at int) int {
	sep := t.b[at]
	i := at + 1
	if t.has(at-5, ":user/") { // an Amazon resource name
		for (isUserByte(t.at(i)) || t.at(i) == '/') && i-at < maxUsername {
			i++
		}
		if i > at+1 {
			t.report(Username, Named, at+1, i, 75)
		}
		return i
	}
	switch {
	case t.foldAt(i, "home"):
		i += 4
	case t.foldAt(i, "users") && (sep == '\\' || t.b[i] == 'U'):
		i += 5
	case t.foldAt(i, "documents and settings"):
		i += 22
	default:
		return 0
	}
	if sep == '/' {
		if t.at(i) != '/' || t.at(i+1) == '/' || !t.startsPath(at) {
			return 0
		}
		i++
	} else {
		n := i
		for t.at(i) == '\\' && i-n < 8 {
			i++
		}
		if i == n {
			return 0
		}
	}
	start := i
	for isUserByte(t.at(i)) && i-start < maxUsername {
		i++
	}
	end := i
	// Windows names may have spaces in them, where the path goes on.
	if sep == '\\' && t.at(i) == ' ' {
		for j := i; j-start < 40 && (isUserByte(t.at(j)) || t.at(j) == ' '); j++ {
			if t.at(j+1) == '\\' {
				end = j + 1
			}
		}
	}
	for end > start && t.b[end-1] == '.' {
		end--
	}
	v := t.b[start:end]
	if len(v) == 0 || isShared(v) || formOf(v).letters+formOf(v).high == 0 {
		return 0
	}
	if sep == '/' && t.at(end) != '/' {
		for j := len(v) - 1; j >= 0; j-- {
			if v[j] == '.' && isFileEnding(v[j+1:]) {
				return 0
			}
		}
	}
	t.report(Username, Named, start, end, 80)
	return end
}

// startsPath says whether the path whose slash is at starts there, or is in a
// place where other systems keep homes, and is not the target of a web request.
func (t *text) startsPath(at int) bool {
	c := t.at(at - 1)
	if c == ' ' && isUpper(t.at(at-2)) && isUpper(t.at(at-3)) && isUpper(t.at(at-4)) {
		return false
	}
	if !isWord(c) && c != '.' && c != '-' && c != '/' && c != '%' {
		return true
	}
	for _, root := range []string{"/export", "/data", "/mnt", "/var", "/usr", "file://", "/Volumes", "/System"} {
		if t.has(at-len(root), root) {
			return !isWord(t.at(at - len(root) - 1))
		}
	}
	return false
}

func isUserByte(c byte) bool {
	return isWord(c) || c == '.' || c == '-' || c == '$' || c == '+' || c == '~' || c == '@' || c >= 0x80
}

var sharedHomes = wordsOf(`public default shared all defaultuser0 allusers common guest index about login search api v1 v2 me static assets css js img images
	user users username username> lost+found`)

// isShared says whether v is the name of a home that is nobody's.
func isShared(v []byte) bool { return sharedHomes.isIn(v) }
