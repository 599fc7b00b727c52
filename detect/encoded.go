package detect

import (
	"bytes"
	"slices"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// encoded looks for text under escapes. What it finds is decoded and searched
// by all detectors, and what they find is put back to where it is written: see
// Scanner.findEncoded. It reports nothing itself.
var encoded = Detector{
	Name:   "encoded",
	Doc:    "Text written with %40, \\u0040, \\x40 or &#64; is decoded and searched by the other detectors.",
	Kinds:  allKinds(),
	anchor: encodedAnchor(),
	verify: verifyEncoded,
}

// encodedAnchor is at what may begin an escape that hides something: a % or &
// or \ before two letters or digits, "&#", "\/". Escapes of line ends and tabs,
// and quotes behind backslashes, detectors read as they stand.
func encodedAnchor() bitmap.Expr {
	escape := bitmap.In(bitmap.Escape)
	return escape.AndAt(1, alnums).AndAt(2, alnums).Or(escape.AndNotAt(1, classed)).Or(escape.AndAt(1, bitmap.In(bitmap.Slash)))
}

const (
	// maxGap is how far apart escapes may be in one run.
	maxGap = 256
	// runContext is how much of a line on either side of a run is looked at with
	// it: a name before a value, a bracket behind it.
	runContext = 64
	// maxRun bounds a run.
	maxRun = 64 << 10
)

// A run is a part of a text that is written in one layer of escapes.
type run struct {
	start, end int
	layer      Encoding
}

func verifyEncoded(t *text, at int) int {
	layer := t.escapeLayer(at)
	if layer == 0 || t.depth == maxLayers {
		return 0
	}
	floor := max(0, at-maxGap)
	if n := len(t.runs); n > 0 {
		floor = max(floor, t.runs[n-1].end)
	}
	start, end := at, at
	for start > floor && !layer.ends(t, start-1) {
		start--
	}
	for last := at; end < len(t.b) && end-last < maxGap && end-at < maxRun && (end == at || !layer.ends(t, end)); end++ {
		if c := t.b[end]; (c == '%' || c == '\\' || c == '&') && t.escapeLayer(end) == layer {
			last = end
			if layer == Backslash { // a backslash behind it may be escaped by it
				end++
			}
		}
	}
	end = min(end, len(t.b))
	t.runs = append(t.runs, run{start, end, layer})
	return end
}

// escapeLayer says of which layer the escape at i is; 0 if it is none, or one
// that hides nothing.
func (t *text) escapeLayer(i int) Encoding {
	switch c := t.at(i + 1); t.b[i] {
	case '%':
		// What lies beyond ASCII is of no use without the rest of its name.
		if c >= '0' && c <= '7' && isHex(t.at(i+2)) {
			return Percent
		}
	case '\\':
		if c == 'u' && t.hexAt(i+2, 4) || c == 'x' && t.hexAt(i+2, 2) || c == '/' || (c == 'n' || c == 'r' || c == 't') && t.isKeyAt(i+2) {
			return Backslash
		}
	case '&':
		if _, n := entity(t.b[i:min(len(t.b), i+16)]); n > 0 {
			return Entity
		}
	}
	return 0
}

// isKeyAt says whether a name stands at i with a '=' or ':' behind it.
func (t *text) isKeyAt(i int) bool {
	start := i
	for isWord(t.at(i)) && i-start < 24 {
		i++
	}
	return i > start+1 && (t.at(i) == '=' || t.at(i) == ':' && t.at(i+1) != '\\')
}

// ends says whether a run in e ends before t.b[i].
func (e Encoding) ends(t *text, i int) bool {
	switch c := t.b[i]; {
	case c == '\n' || c == '\r':
		return true
	case e == Percent:
		return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\''
	case e == Backslash:
		return c == '"' && t.at(i-1) != '\\' || c == '\t'
	}
	return false
}

// A decoding is runs of a text, decoded and set one after the other, so that one
// scan serves them all.
type decoding struct {
	b     []byte
	at    []int32 // for each byte of b, how far behind its part's base it is written
	parts []part
	spare []run // for what is found in b
}

// A part of a decoding is one run. Runs near each other are decoded with what
// stands between them, as one segment.
type part struct {
	start, end int // in b
	segment    int // index of the first part of the segment
	last       int // index of the last, in the first
	base       int // of the segment, in the text
	layer      Encoding
}

// maxDecoded is how much is decoded at a time, so that memory stays bounded.
const maxDecoded = 256 << 10

// findEncoded searches the runs of b that find noted and adds the matches in
// them, in places of b.
func (s *Scanner) findEncoded(b []byte) {
	t := &s.t
	runs, d := t.runs, &s.decoded[t.depth]
	t.spans = nil
	t.runs = d.spare[:0]
	t.depth++
	for rest := runs; len(rest) > 0; {
		rest = d.fill(b, rest)
		n := len(t.found)
		s.find(d.b)
		if s.e.allowed != nil { // what stays is not to take the text around it along
			t.found = t.found[:n+len(s.allow(t.found[n:]))]
		}
		t.found = d.place(t.found, n)
	}
	t.depth--
	d.spare = t.runs[:0]
	t.b, t.runs = b, runs[:0]
}

// place moves found[n:] from places of d to those of the text; what does not
// touch a run was found without it.
func (d *decoding) place(found []Match, n int) []Match {
	slices.SortFunc(found[n:], byStart)
	kept, p := found[:n], 0
	for _, m := range found[n:] {
		for p < len(d.parts) && d.parts[p].end <= m.Start {
			p++
		}
		if p == len(d.parts) {
			break
		}
		x := d.parts[p]
		first := d.parts[x.segment]
		end := d.parts[first.last].end
		if m.Timeout { // of a line: the run in it goes whole
			m.Start, m.End = x.start, x.end
		}
		if x.layer == inBase64 {
			if m.Start >= x.start && m.End <= x.end {
				m.Start, m.End, m.Encoding, m.Base64 = x.base+int(d.at[x.start]), x.base+int(d.at[x.end]), 0, true
				// Nothing within it goes before it. What takes all of it for a
				// secret does.
				m.Rank, m.Score = min(m.Rank, Checked), min(m.Score, 50)
				kept = append(kept, m)
			}
			continue
		}
		if m.End > x.start && m.Start >= first.start && m.End <= end {
			m.Start, m.End = x.base+int(d.at[m.Start]), x.base+int(d.at[m.End])
			m.Encoding = m.Encoding<<layerBits | x.layer
			kept = append(kept, m)
		}
	}
	return kept
}

// fill decodes runs of b, each segment with what stands around it in its line,
// and returns those that are left.
func (d *decoding) fill(b []byte, runs []run) []run {
	d.b, d.at, d.parts = d.b[:0], d.at[:0], d.parts[:0]
	for len(runs) > 0 && len(d.b) < maxDecoded {
		r := runs[0]
		from := r.start
		for from > 0 && r.start-from < runContext && b[from-1] != '\n' {
			from--
		}
		for from > 0 && from < r.start && isKey(b[from-1]) && isKey(b[from]) { // not the end of a name
			from++
		}
		d.plain(b, from, from, r.start)
		segment := len(d.parts)
		for {
			d.decode(b, r, part{segment: segment, base: from, layer: r.layer})
			runs = runs[1:]
			if len(runs) == 0 || len(d.b) >= maxDecoded || runs[0].layer != r.layer || runs[0].start-r.end >= runContext ||
				bytes.IndexByte(b[r.end:runs[0].start], '\n') >= 0 {
				break
			}
			d.plain(b, from, r.end, runs[0].start)
			r = runs[0]
		}
		d.parts[segment].last = len(d.parts) - 1
		to := r.end
		for to < len(b) && to-r.end < runContext && b[to] != '\n' {
			to++
		}
		d.plain(b, from, r.end, to)
		d.b = append(d.b, '\n')
		d.at = append(d.at, int32(to-from))
	}
	return runs
}

// decode appends run r as part p.
func (d *decoding) decode(b []byte, r run, p part) {
	p.start = len(d.b)
	if r.layer == inBase64 {
		d.b, _ = DecodeBase64(d.b, b[r.start:r.end])
		for len(d.at) < len(d.b) {
			d.at = append(d.at, int32(r.start-p.base))
		}
		p.end = len(d.b)
		d.parts = append(d.parts, p)
		return
	}
	lead := r.layer.lead()
	for i := r.start; i < r.end; {
		n := bytes.IndexByte(b[i:r.end], lead)
		if n < 0 {
			n = r.end - i
		}
		if d.plain(b, p.base, i, i+n); i+n == r.end {
			break
		}
		i += n
		d.b, n = r.layer.decode(d.b, b[i:r.end])
		for len(d.at) < len(d.b) {
			d.at = append(d.at, int32(i-p.base))
		}
		i += n
	}
	p.end = len(d.b)
	d.parts = append(d.parts, p)
}

// plain appends b[i:to] as it stands.
func (d *decoding) plain(b []byte, base, i, to int) {
	d.b = append(d.b, b[i:to]...)
	n := len(d.at)
	d.at = slices.Grow(d.at, to-i)[:n+to-i]
	for k := range d.at[n:] {
		d.at[n+k] = int32(i - base + k)
	}
}
