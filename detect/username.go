package detect

// username judges values that a name says are user names. What else shows one,
// a sentence or a home directory, is in sentence.go and path.go.
var username = Detector{
	Name:      "username",
	Doc:       "A value that a name, a sentence or a home directory says is a user name; again where it stands bare in the same line.",
	Kinds:     []Kind{Username},
	named:     namedUsername,
	canonical: appendFolded,
}

// maxUsername is more than any system allows, with a domain.
const maxUsername = 128

func namedUsername(t *text, k Kind, start, end int) {
	v := t.b[start:end]
	if len(v) > maxUsername || isAddressForm(v) {
		return
	}
	f := formOf(v)
	if f.letters+f.high+f.digits == 0 || f.spaces > 6 || v[0] == '/' || v[0] == '=' {
		return
	}
	for i := 0; i+2 < len(v); i++ {
		if v[i] == ':' && v[i+1] == '/' && v[i+2] == '/' {
			return
		}
	}
	t.report(Username, Named, start, end, 80)
}

// isAddressForm says whether v is an IPv4 address, or is likely to be an IPv6
// one, with or without a port.
func isAddressForm(v []byte) bool {
	dots, colons := 0, 0
	for _, c := range v {
		switch {
		case isHex(c):
			if !isDigit(c) && colons == 0 && dots > 0 {
				return false
			}
		case c == '.':
			dots++
		case c == ':':
			colons++
		case c == '[', c == ']', c == '%', c == '/':
		default:
			return false
		}
	}
	return dots == 3 || colons >= 2
}

func isNamePart(c byte) bool { return isWord(c) || c == '-' || c == '.' || c >= 0x80 }

// isTelling says whether a name is unlikely to be a word of the line by chance.
func isTelling(v []byte, k Kind) bool {
	if len(v) < 3 || isProse(v) || isCommonName(v) {
		return false
	}
	f := formOf(v)
	if f.letters == 0 || f.spaces > 0 {
		return false
	}
	return k == Username || f.digits > 0 || f.others > 0
}

var commonNames = wordsOf(`root admin administrator user users test guest system service daemon nobody local localhost server client host machine
	anonymous operator backup default web www http https ftp ssh mail news git svn cron sudo bin sys kernel apache nginx mysql postgres redis
	docker jenkins public manager support info sales dev prod app data log logs api auth security network node master worker agent monitor
	owner none demo sample example public private shared main open windows linux android session process name tomcat hadoop yarn hdfs spark`)

// isCommonName says whether v names a role, a program or a system rather than
// somebody.
func isCommonName(v []byte) bool { return commonNames.isIn(v) }
