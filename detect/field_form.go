package detect

import "bytes"

// prose are words that follow a name in a sentence and are no value of it.
var prose = wordsOf(`a an the is was are were be been being has have had not no for from to in on at by of with without as and or but if then
	this that these those it its he she they we you his her their your my our can could will would shall should may might must
	failed fails fail success successful successfully succeeded error errors denied granted accepted rejected refused
	authentication authenticated authorization authorized unauthorized login logged logout logon logging changed change changing expired expires
	expiry invalid valid missing incorrect wrong required requested request session sessions name names account accounts id ids user users username usernames
	host hosts hostname group groups password passwords passwd data info information agent agents interface mode space level list
	table type types access root_dir via after before during until while since because only also already now today just does did do doesn didn
	created deleted removed added updated modified disabled enabled locked unlocked unknown using use used set unset connection connected disconnected
	connecting closed opened open opening closing started starting stopped stopping running ended exit exited found lookup check checking
	query queries service services server servers client clients input output config configuration setting settings profile profiles role roles
	permission permissions policy policies event events action actions activity limit limits quota count total max min number per all any each every
	some more less one two first last next previous new old other another same different own which who whom whose what when where why how
	specified supplied provided given defined default into onto over under about against between through within out up down off again
	attempt attempts attempted try tries tried key keys value values field fields file files directory path home shell
	there than too very so such both either neither nor yet still even ever never always often once
	reset resetting here there accessing affected details command response info aborted disconnected inactivity maximum too many
	reset resetting registration registered register verification verify verified token tokens email mail address phone`)

// isProse says whether v is a common word of sentences about accounts and hosts.
func isProse(v []byte) bool { return prose.isIn(v) }

// valueForm counts what a value is made of.
type valueForm struct{ letters, digits, spaces, dots, others, high int }

func formOf(v []byte) (f valueForm) {
	for _, c := range v {
		switch {
		case isAlpha(c):
			f.letters++
		case isDigit(c):
			f.digits++
		case c == ' ':
			f.spaces++
		case c == '.':
			f.dots++
		case c >= 0x80:
			f.high++
		default:
			f.others++
		}
	}
	return f
}

// looksLike says whether v has the form of a value of k, where the name is weak.
func looksLike(k Kind, v []byte) bool {
	f := formOf(v)
	switch k {
	case Email:
		return bytes.IndexByte(v, '@') >= 0
	case Phone:
		return f.digits >= 7
	case Username:
		return f.letters+f.high > 0 && (f.spaces == 0 && f.dots <= 2 || isFullName(v) || bytes.IndexByte(v, '\\') > 0) &&
			!isRandom(v) && !isProse(v) && !isReverseName(v)
	case Hostname:
		return f.spaces == 0 && !isReverseName(v) && (isFQDN(v) || f.letters > 0 && f.digits > 0 && f.dots == 0 && len(v) <= 32 && f.others <= 4)
	case Person:
		return isFullName(v) || givenNames.isIn(v) && isUpper(v[0]) && !ambiguousNames.isIn(v)
	case Address:
		return f.spaces > 0 && f.digits > 0 && f.letters > 2 || f.digits >= 4 && len(v) <= 10 && f.dots+f.others <= 1
	case Geo:
		return isCoordinates(v)
	case SessionID:
		return len(v) >= 6 && f.digits > 0 && f.spaces == 0 && (f.letters > 0 || f.dots == 0)
	case APIKey:
		return (len(v) >= 16 && f.digits > 1 || len(v) >= 10 && f.digits > 2) && f.letters > 1 && f.spaces <= 1 && v[0] != '/' && !isReverseName(v) && !bytes.Contains(v, []byte("://"))
	case Password:
		return len(v) >= 3 && f.spaces == 0
	case DeviceID:
		return len(v) >= 6 && f.digits > 1 && f.spaces == 0 && f.dots == 0
	case SocialHandle:
		return v[0] == '@'
	}
	return true
}

// plausible says whether v may be a value of k, where the name is strong.
func plausible(k Kind, v []byte) bool {
	f := formOf(v)
	switch k {
	case Geo:
		return f.digits > 0 && f.letters < 4
	case DeviceID:
		return len(v) >= 4 && len(v) <= 128 && f.spaces == 0 && f.digits > 0
	case BirthDate:
		return f.digits >= 2 && len(v) <= 40
	case Gender:
		return f.digits <= 1 && f.spaces <= 2 && len(v) <= 24
	case APIKey:
		return len(v) >= 6 && (f.digits > 0 || len(v) >= 16)
	case Cookie:
		return len(v) >= 3
	}
	return true
}

// isRandom says whether v looks made by a machine: a UUID, a long hexadecimal
// number, letters of either case and digits mixed.
func isRandom(v []byte) bool {
	upper, low, digits, hex := 0, 0, 0, 0
	for _, c := range v {
		switch {
		case isUpper(c):
			upper++
		case isLower(c):
			low++
		case isDigit(c):
			digits++
		}
		if isHex(c) || c == '-' {
			hex++
		}
	}
	return hex == len(v) && len(v) >= 12 && digits > 1 || upper > 1 && low > 1 && digits > 0 && len(v) >= 14 && upper+low+digits == len(v)
}

// isCoordinates says whether v is two decimal numbers, or one with a fraction.
func isCoordinates(v []byte) bool {
	numbers, fractions := 0, 0
	for i := 0; i < len(v); {
		c := v[i]
		switch {
		case isDigit(c):
			numbers++
			for i < len(v) && isDigit(v[i]) {
				i++
			}
			if i+1 < len(v) && v[i] == '.' && isDigit(v[i+1]) {
				fractions++
				for i++; i < len(v) && isDigit(v[i]); {
					i++
				}
			}
			continue
		case c == ' ', c == ',', c == '-', c == '+', c == '(', c == ')', c == '[', c == ']':
		default:
			return false
		}
		i++
	}
	return numbers == fractions && (numbers == 1 || numbers == 2)
}
