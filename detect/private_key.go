package detect

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

var privateKey = Detector{
	Name:   "private_key",
	Doc:    "A block from BEGIN ... PRIVATE KEY to its END, or to the end of its base64 where that is cut off; line ends may be escaped.",
	Kinds:  []Kind{PrivateKey},
	anchor: bitmap.In(bitmap.Dash).Run(4).AndNotAt(-1, bitmap.In(bitmap.Dash)),
	verify: verifyPrivateKey,
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
	if !t.hasFold(i, "begin ") {
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
		if t.hasFold(j, "end ") {
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
	end = i
	for end < limit {
		j := end
		for j < limit && (isAlnum(t.b[j]) || bytes.IndexByte([]byte("+/=\\\r"), t.b[j]) >= 0) {
			j++
		}
		if j < limit && t.b[j] != '\n' {
			if c := t.b[j]; c == ':' || c == '-' || c == ',' || c == ' ' && j > end {
				// A header line: Proc-Type, DEK-Info, Version, Comment.
				if k := bytes.IndexByte(t.b[j:limit], '\n'); k >= 0 && k < 100 && bytes.IndexByte(t.b[end:j+k], ':') > 0 {
					end = j + k + 1
					continue
				}
			}
			if c := t.b[j]; c != '"' && c != '\'' && c != ' ' && c != ',' && c != '<' {
				return end, false
			}
			return j, false
		}
		end = min(j+1, limit)
	}
	return end, false
}
