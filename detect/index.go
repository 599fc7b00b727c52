package detect

import "bytes"

// indexFrom returns the first place at or after at where sub stands in b, or -1.
func indexFrom(b []byte, at int, sub []byte) int {
	i := bytes.Index(b[at:], sub)
	if i < 0 {
		return -1
	}
	return at + i
}
