package detect

// Classes of bytes, ASCII only: what detectors ask of a single byte.

func isDigit(c byte) bool { return c-'0' <= 9 }
func isAlpha(c byte) bool { return c|0x20-'a' <= 'z'-'a' }
func isAlnum(c byte) bool { return isDigit(c) || isAlpha(c) }
func isHex(c byte) bool   { return isDigit(c) || c|0x20-'a' <= 'f'-'a' }

// isWord is what may not touch a value on either side: letters, digits, '_'.
func isWord(c byte) bool { return isAlnum(c) || c == '_' }

func lower(c byte) byte {
	if c-'A' <= 'Z'-'A' {
		return c | 0x20
	}
	return c
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
