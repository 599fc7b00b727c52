package detect

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

var privateKey = Detector{
	Name:   "private_key",
	Doc:    "A block from BEGIN ... PRIVATE KEY to its END, or to the end of its base64 where that is cut off; line ends may be escaped. The private lines of a PuTTY key.",
	Kinds:  []Kind{PrivateKey},
	anchor: bitmap.In(bitmap.Dash).Run(4).AndNotAt(-1, bitmap.In(bitmap.Dash)),
	verify: verifyPrivateKey,
	named:  namedPrivateKey,
}

// maxKeyBlock bounds a block, in bytes: an RSA key of 16384 bits takes 13 KB.
const maxKeyBlock = 64 << 10

func verifyPrivateKey(t *text, at int) int {
	i := at
	for t.at(i) == '-' {
		i++
	}
	if t.at(i) == ' ' {
		i++
	}
	if !t.foldAt(i, "begin ") {
		return i
	}
	label := i + len("begin ")
	i = label
	for i-label < 64 && (isAlnum(t.at(i)) || t.at(i) == ' ' || t.at(i) == '_') {
		i++
	}
	if !bytes.Contains(t.b[label:i], []byte("PRIVATE KEY")) || t.at(i) != '-' {
		return i
	}
	end, done := t.keyEnd(i)
	score := uint8(99)
	if !done {
		score = 90
	}
	t.report(PrivateKey, Secret, at, end, score)
	return end
}

// keyEnd returns the end of the block whose first dashes end its label at i, and
// whether its END line is there. What is read stops at the next row of dashes.
func (t *text) keyEnd(i int) (end int, done bool) {
	for t.at(i) == '-' {
		i++
	}
	n := bytes.Index(t.b[i:min(len(t.b), i+maxKeyBlock)], []byte("----"))
	if n >= 0 {
		j := i + n
		for t.at(j) == '-' || t.at(j) == ' ' {
			j++
		}
		if t.foldAt(j, "end ") {
			for j < len(t.b) && t.b[j] != '-' && t.b[j] != '\n' {
				j++
			}
			for t.at(j) == '-' {
				j++
			}
			return j, true
		}
	}
	// Cut off: as far as lines are base64 or headers.
	limit := min(len(t.b), i+maxKeyBlock)
	if n >= 0 {
		limit = i + n
	}
	return t.keyLines(i, limit), false
}

// keyLines returns the end of the lines from i on that are base64, or headers of
// a key (RFC 1421, RFC 9580). A line may end in \n, escaped, or in a space.
func (t *text) keyLines(i, limit int) int {
	for i < limit {
		j := i
		for j < limit && (isAlnum(t.b[j]) || bytes.IndexByte([]byte("+/=\\\r"), t.b[j]) >= 0) {
			j++
		}
		switch c := t.at(j); {
		case j == limit || c == '"' || c == '\'' || c == ',' || c == '<':
			return j
		case c == '\n' || c == ' ' && j-i >= 16:
			i = j + 1
		case t.isKeyHeader(i):
			k := bytes.IndexByte(t.b[i:min(limit, i+200)], '\n')
			if k < 0 {
				return i
			}
			i += k + 1
		default:
			return i
		}
	}
	return i
}

func (t *text) isKeyHeader(i int) bool {
	for _, name := range []string{"proc-type:", "dek-info:", "version:", "comment:", "subject:"} {
		if t.foldAt(i, name) {
			return true
		}
	}
	return false
}

// namedPrivateKey takes the value, if it is no number; a number is that of the
// lines of base64 below it, as PuTTY writes them.
func namedPrivateKey(t *text, k Kind, start, end int) {
	if !allDigits(t.b[start:end]) {
		t.report(k, Secret, start, end, 80)
		return
	}
	i := end
	for t.at(i) == '\r' || t.at(i) == '\n' {
		i++
	}
	if limit := min(len(t.b), i+maxKeyBlock); i > end && end-start <= 3 {
		t.report(k, Secret, i, t.keyLines(i, limit), 95)
	}
}
