package job

import (
	"bytes"
	"io"
	"strconv"
)

// lines reads a text ahead. What it keeps is bounded by what is asked for, and
// that by the length of a record.
type lines struct {
	r   io.Reader
	buf []byte // buf[at:] is read and not yet skipped
	at  int
	err error
}

// longestLine bounds a line of an output, in bytes: a record of the input cannot
// be much longer.
const longestLine = 256 << 20

func newLines(r io.Reader) *lines { return &lines{r: r} }

// more reads some bytes.
func (l *lines) more() bool {
	if l.err != nil {
		return false
	}
	if l.at > 0 && l.at >= len(l.buf)/2 {
		l.buf = l.buf[:copy(l.buf, l.buf[l.at:])]
		l.at = 0
	}
	if len(l.buf) == cap(l.buf) {
		grown := make([]byte, len(l.buf), max(2*cap(l.buf), 512<<10))
		copy(grown, l.buf)
		l.buf = grown
	}
	for range 100 {
		n, err := l.r.Read(l.buf[len(l.buf):cap(l.buf)])
		l.buf = l.buf[:len(l.buf)+n]
		l.err = err
		if n > 0 {
			return true
		}
		if err != nil {
			return false
		}
	}
	l.err = io.ErrNoProgress
	return false
}

// peek returns the next n bytes, fewer at the end.
func (l *lines) peek(n int) []byte {
	for len(l.buf)-l.at < n && l.more() {
	}
	return l.buf[l.at:min(l.at+n, len(l.buf))]
}

// next returns the n lines that begin skip bytes on, or what there is to the end;
// for n = 0 that is all without a line end, to the end.
func (l *lines) next(n, skip int) []byte {
	from := skip
	for found := 0; ; {
		rest := l.buf[min(l.at+from, len(l.buf)):]
		i := bytes.IndexByte(rest, '\n')
		if i >= 0 {
			from += i + 1
			if found++; found >= n {
				return l.buf[l.at+skip : l.at+from]
			}
			continue
		}
		from = max(from, len(l.buf)-l.at)
		if len(l.buf)-l.at-skip > longestLine || !l.more() {
			return l.buf[min(l.at+skip, len(l.buf)):]
		}
	}
}

// skip moves on.
func (l *lines) skip(n int) { l.at += n }

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
