package pipeline

import (
	"bufio"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// Byte order marks (Unicode, section 23.8).
const (
	markUTF8    = "\xef\xbb\xbf"
	markUTF16LE = "\xff\xfe"
	markUTF16BE = "\xfe\xff"
)

// markOf returns the mark that r begins with, or nothing. It reads no further
// than it must.
func markOf(r *bufio.Reader) string {
	for n := 1; n <= len(markUTF8); n++ {
		head, err := r.Peek(n)
		if err != nil {
			return ""
		}
		switch h := string(head); h {
		case markUTF8, markUTF16LE, markUTF16BE:
			return h
		case markUTF8[:1], markUTF8[:2], markUTF16LE[:1], markUTF16BE[:1]:
		default:
			return ""
		}
	}
	return ""
}

// oddByte stands before the last byte of UTF-16 that has an odd number of them.
// It is in no text that comes from whole units.
const oddByte = 0xff

// A utf16Reader gives UTF-16 as WTF-8: UTF-8 in which a surrogate without its
// other half is written as the three bytes of its number. So every input can be
// written back exactly by a utf16Writer.
type utf16Reader struct {
	r    io.Reader
	big  bool
	raw  []byte // read and not yet decoded, at most a surrogate and a byte between reads
	text []byte // decoded; text[at:] is not yet given
	at   int
	err  error
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for u.at == len(u.text) {
		if u.err != nil {
			return 0, u.err
		}
		if u.raw == nil {
			u.raw = make([]byte, 0, sourceBytes)
		}
		var n int
		n, u.err = u.r.Read(u.raw[len(u.raw):cap(u.raw)])
		u.raw = u.raw[:len(u.raw)+n]
		u.text, n = fromUTF16(u.text[:0], u.raw, u.big, u.err != nil)
		u.raw = u.raw[:copy(u.raw, u.raw[n:])]
		u.at = 0
	}
	n := copy(p, u.text[u.at:])
	u.at += n
	return n, nil
}

// fromUTF16 appends src as WTF-8 to dst and returns how much of src it took.
// Unless it is the last of the input, half a unit or half a pair is left.
func fromUTF16(dst, src []byte, big, last bool) ([]byte, int) {
	i := 0
	for i+2 <= len(src) {
		r := utf16Unit(src[i:], big)
		if r < utf8.RuneSelf {
			dst = append(dst, byte(r))
			i += 2
			continue
		}
		if r >= 0xd800 && r < 0xdc00 {
			if i+4 > len(src) && !last {
				return dst, i
			}
			if i+4 <= len(src) {
				if pair := utf16.DecodeRune(r, utf16Unit(src[i+2:], big)); pair != utf8.RuneError {
					dst = utf8.AppendRune(dst, pair)
					i += 4
					continue
				}
			}
		}
		if utf16.IsSurrogate(r) {
			dst = append(dst, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0x3f, 0x80|byte(r)&0x3f)
		} else {
			dst = utf8.AppendRune(dst, r)
		}
		i += 2
	}
	if last && i < len(src) {
		dst = append(dst, oddByte, src[i])
		i++
	}
	return dst, i
}

func utf16Unit(b []byte, big bool) rune {
	if big {
		return rune(binary.BigEndian.Uint16(b))
	}
	return rune(binary.LittleEndian.Uint16(b))
}

// A utf16Writer is the inverse of a utf16Reader. Bytes that are not WTF-8 become
// U+FFFD.
type utf16Writer struct {
	w    io.Writer
	big  bool
	rest []byte // of a sequence that is not complete
	text []byte
	out  []byte
}

func (u *utf16Writer) Write(p []byte) (int, error) {
	if err := u.write(p, false); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Close writes what was held back; it does not close what is under it.
func (u *utf16Writer) Close() error { return u.write(nil, true) }

func (u *utf16Writer) write(p []byte, last bool) error {
	for first := true; first || len(p) > 0; first = false {
		k := min(len(p), sourceBytes)
		u.text = append(append(u.text[:0], u.rest...), p[:k]...)
		p = p[k:]
		var n int
		u.out, n = toUTF16(u.out[:0], u.text, u.big, last)
		u.rest = append(u.rest[:0], u.text[n:]...)
		if len(u.out) == 0 {
			continue
		}
		if _, err := u.w.Write(u.out); err != nil {
			return err
		}
	}
	return nil
}

// toUTF16 appends src as UTF-16 to dst and returns how much of src it took.
// Unless it is the last of the input, a sequence that may go on is left.
func toUTF16(dst, src []byte, big, last bool) ([]byte, int) {
	i := 0
	for i < len(src) {
		c := src[i]
		if c < utf8.RuneSelf {
			dst = appendUTF16(dst, rune(c), big)
			i++
			continue
		}
		if c == oddByte && len(src)-i <= 2 {
			if !last {
				return dst, i
			}
			if len(src)-i == 2 {
				return append(dst, src[i+1]), len(src)
			}
		}
		if wtf8Surrogate(src[i:]) {
			if len(src)-i < 3 && !last {
				return dst, i
			}
			if len(src)-i >= 3 && src[i+2]&0xc0 == 0x80 {
				dst = appendUTF16(dst, 0xd000|rune(src[i+1]&0x3f)<<6|rune(src[i+2]&0x3f), big)
				i += 3
				continue
			}
		} else if !last && !utf8.FullRune(src[i:]) {
			return dst, i
		}
		r, n := utf8.DecodeRune(src[i:])
		if hi, lo := utf16.EncodeRune(r); hi != utf8.RuneError {
			dst = appendUTF16(appendUTF16(dst, hi, big), lo, big)
		} else {
			dst = appendUTF16(dst, r, big)
		}
		i += n
	}
	return dst, i
}

// wtf8Surrogate says whether b begins as the three bytes of a surrogate do.
func wtf8Surrogate(b []byte) bool {
	return b[0] == 0xed && len(b) > 1 && b[1] >= 0xa0 && b[1] <= 0xbf
}

func appendUTF16(dst []byte, r rune, big bool) []byte {
	if big {
		return append(dst, byte(r>>8), byte(r))
	}
	return append(dst, byte(r), byte(r>>8))
}
