package scrimbeam

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"

	"github.com/scrim-dev/scrim/pipeline"
)

// maxLine bounds how long a line of JSON a range may begin with, in bytes.
const maxLine = 1 << 20

// boundary returns the place of the first record of a file of lines that begins
// at offset at or behind it and that a range can begin with; -1 if there is
// none. It depends on the file, the format and at alone, so that the range that
// ends there and the one that begins there agree.
func boundary(ctx context.Context, f *File, format string, at int64) (int64, error) {
	if at <= 0 || at >= f.Size {
		if at <= 0 {
			return 0, nil
		}
		return -1, nil
	}
	// The byte before tells whether a line begins just there.
	in, err := openAt(ctx, f.Path, at-1)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	b := bufio.NewReaderSize(in, 64<<10)
	pos := at - 1
	for {
		n, err := skipLine(b)
		pos += n
		if err == io.EOF {
			return -1, nil
		}
		if err != nil {
			return 0, err
		}
		head, err := b.Peek(16)
		if len(head) == 0 {
			if err == io.EOF {
				return -1, nil
			}
			return 0, err
		}
		if !startsPlain(head) {
			continue
		}
		if format != "jsonl" {
			return pos, nil
		}
		ok, n, err := startsJSON(b)
		if err != nil && err != io.EOF {
			return 0, err
		}
		if ok {
			return pos, nil
		}
		pos += n
	}
}

// skipLine reads up to and with a line feed and returns how many bytes that was;
// io.EOF means that there was none.
func skipLine(b *bufio.Reader) (n int64, err error) {
	for {
		s, err := b.ReadSlice('\n')
		n += int64(len(s))
		if err != bufio.ErrBufferFull {
			return n, err
		}
	}
}

// startsPlain says whether an input that begins so is taken as it stands: not
// for compressed, not for UTF-16, not for one with a mark.
func startsPlain(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		return false
	}
	src := pipeline.NewSource(bytes.NewReader(head), "")
	defer src.Close()
	return src.Codec == "" && src.Charset == ""
}

// startsJSON says whether the next line is a JSON object or array. It reads, and
// counts, all of the line but its line feed, if not: a reader of JSON lines that
// began with such a line could take the rest for a document over many lines.
func startsJSON(b *bufio.Reader) (ok bool, n int64, err error) {
	var line []byte
	for {
		s, err := b.ReadSlice('\n')
		if err == nil {
			if n == int64(len(line)) {
				line = append(line, s...)
				t := bytes.TrimSpace(line)
				ok = len(t) > 0 && (t[0] == '{' || t[0] == '[') && json.Valid(t)
			}
			n += int64(len(s))
			if err := b.UnreadByte(); err != nil {
				return false, n, err
			}
			return ok, n - 1, nil
		}
		if n+int64(len(s)) <= maxLine {
			line = append(line, s...)
		}
		n += int64(len(s))
		if err == bufio.ErrBufferFull {
			continue
		}
		// The last line has no line feed: it is no place to cut at.
		return false, n, err
	}
}
