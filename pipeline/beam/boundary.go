package scrimbeam

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/format"
)

// lookBack is how much of a file before a place says whether it may be cut there,
// in bytes: what formats of lines keep together over line ends (PEM blocks) is
// not longer.
const lookBack = 64 << 10

// boundary returns the first place of a file of lines, at offset at or behind it,
// that a range can begin at; -1 if there is none. The format says where it may be
// cut. It depends on the file, the format and at alone, so that the range that
// ends there and the one that begins there agree.
func boundary(ctx context.Context, f *File, name string, at int64) (int64, error) {
	switch {
	case at <= 0:
		return 0, nil
	case at >= f.Size:
		return -1, nil
	}
	kind, ok := format.ByName(name)
	if !ok {
		return 0, fmt.Errorf("no format is called %q", name)
	}
	start := max(0, at-lookBack)
	in, err := openAt(ctx, f.Path, start)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	b := bufio.NewReaderSize(in, lookBack)
	block := make([]byte, at-start, 2*lookBack)
	if _, err := io.ReadFull(b, block); err != nil {
		return 0, err
	}
	// The place itself is one where a line ends just before it.
	for {
		if block[len(block)-1] == '\n' {
			cutter := kind.NewCutter(format.Options{})
			cutter.Start(nil)
			head, err := b.Peek(16)
			if len(head) == 0 {
				if err == io.EOF {
					return -1, nil
				}
				return 0, err
			}
			if startsPlain(head) && cutter.Cut(block) == len(block) {
				return at, nil
			}
		}
		if len(block) > 4*lookBack {
			block = block[:copy(block, block[len(block)-lookBack:])]
		}
		s, err := b.ReadSlice('\n')
		block = append(block, s...)
		at += int64(len(s))
		switch {
		case err == io.EOF:
			return -1, nil
		case err != nil && err != bufio.ErrBufferFull:
			return 0, err
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
