package format

import "bytes"

type quoteKind uint8

const (
	quoteClosed  quoteKind = iota // closed, and the cell ends there
	quoteMixed                    // closed, and the cell goes on unquoted
	quoteLiteral                  // an ordinary character
	quoteOpen                     // more input is needed to tell
)

// A quoted is what became of a quote that opens a cell.
type quoted struct {
	kind    quoteKind
	end     int  // of the closing quote; where to go on, for quoteOpen
	doubled bool // the cell holds a doubled quote
}

// scanQuoted follows the quote at b[open], from b[from] on, to the quote that
// closes it. It is an ordinary character when none does within maxQuoted or,
// final being set, before the end of b; and when the one that would close it
// stands behind a line feed and before other text: it is then one that opens a
// later cell.
func scanQuoted(b []byte, open, from int, comma byte, final bool) quoted {
	limit := min(len(b), open+1+maxQuoted)
	q := quoted{doubled: from > open+1}
	for i := from; ; {
		k := indexQuote(b[:limit], i)
		if k < 0 {
			if limit < len(b) || limit == open+1+maxQuoted || final {
				q.kind = quoteLiteral
				return q
			}
			q.kind, q.end = quoteOpen, limit
			return q
		}
		if k+1 == len(b) {
			q.kind, q.end = quoteOpen, k
			if final {
				q.kind = quoteClosed
			}
			return q
		}
		switch next := b[k+1]; {
		case next == '"':
			q.doubled = true
			i = k + 2
			continue
		case next == comma, next == '\n':
			q.kind, q.end = quoteClosed, k
			return q
		case next == '\r':
			if k+2 == len(b) && !final {
				q.kind, q.end = quoteOpen, k
				return q
			}
			if k+2 == len(b) || b[k+2] == '\n' {
				q.kind, q.end = quoteClosed, k
				return q
			}
		}
		q.kind, q.end = quoteMixed, k
		if bytes.IndexByte(b[open:k], '\n') >= 0 {
			q.kind = quoteLiteral
		}
		return q
	}
}

// indexQuote returns the index of the first quote of b from i on, or -1. Most
// quoted cells are short, so a word at a time beats a call.
func indexQuote(b []byte, i int) int {
	for ; i+8 <= len(b); i += 8 {
		if m := zeros(word(b, i) ^ lows*'"'); m != 0 {
			return i + first(m)
		}
	}
	for ; i < len(b); i++ {
		if b[i] == '"' {
			return i
		}
	}
	return -1
}
