package job

import (
	"bytes"

	"github.com/scrim-dev/scrim/pipeline"
)

// A hole is where something stands for a value: text[start:end]. hit is the index
// of the hit in its block.
type hole struct{ start, end, hit int }

// A group is the least stretch of a block that begins and ends where a line does
// in the input and in the output: a line, or more where a value has line ends in
// it. Groups whose record is dropped have no text.
type group struct {
	line       int64 // of its first byte in the input
	data       pipeline.Range
	out        pipeline.Range // of Block.Out
	hits       pipeline.Range // of Block.Hits
	holes      pipeline.Range // of blockMap.holes
	newlines   int            // in out
	incomplete bool           // it has no line end
}

// A blockMap says where what stands for each part of a block is in its Out.
type blockMap struct {
	groups []group
	holes  []hole // in Out
}

// mapBlock aligns the output of a block with its input: what stands between the
// values of the input stands in the output too, in order. It returns false where
// that does not hold.
func (m *blockMap) mapBlock(b *pipeline.Block) bool {
	m.groups, m.holes = m.groups[:0], m.holes[:0]
	at, hit, out, line := 0, 0, 0, b.Line
	for at < len(b.Data) {
		end, next := groupEnd(b, at, hit)
		g := group{line: line, data: pipeline.Range{Start: at, End: end}, hits: pipeline.Range{Start: hit, End: next}}
		g.holes.Start, g.out.Start = len(m.holes), out
		line += int64(bytes.Count(b.Data[at:end], []byte{'\n'}))
		if !dropped(b, at, end) {
			n, ok := m.mapGroup(b, g, b.Out[out:], out)
			if !ok {
				return false
			}
			out += n
		}
		g.holes.End, g.out.End = len(m.holes), out
		text := b.Out[g.out.Start:g.out.End]
		g.newlines = bytes.Count(text, []byte{'\n'})
		g.incomplete = len(text) > 0 && text[len(text)-1] != '\n'
		m.groups = append(m.groups, g)
		at, hit = end, next
	}
	return out == len(b.Out)
}

// groupEnd returns where the group that begins at data[at] ends, and the first
// hit behind it.
func groupEnd(b *pipeline.Block, at, hit int) (end, next int) {
	for {
		n := bytes.IndexByte(b.Data[at:], '\n')
		if n < 0 {
			return len(b.Data), len(b.Hits)
		}
		end = at + n + 1
		for hit < len(b.Hits) && b.Hits[hit].End < end {
			hit++
		}
		if hit == len(b.Hits) || b.Hits[hit].Start >= end || b.Hits[hit].Keep {
			if hit < len(b.Hits) && b.Hits[hit].Keep && b.Hits[hit].Start < end {
				hit++
			}
			return end, hit
		}
		at = b.Hits[hit].End // the line end stands in a value
	}
}

// dropped says whether data[start:end] is of a record that was dropped.
func dropped(b *pipeline.Block, start, end int) bool {
	for _, d := range b.Dropped {
		if d.Start < end && d.End > start {
			return true
		}
	}
	return false
}

// mapGroup finds the holes of a group at the start of text, which stands at base
// in what holds it, and returns how long the group is there.
func (m *blockMap) mapGroup(b *pipeline.Block, g group, text []byte, base int) (int, bool) {
	at, from := g.data.Start, 0 // in data, in text
	open := -1                  // the hit whose hole is not closed
	for i := g.hits.Start; i <= g.hits.End; i++ {
		end := g.data.End
		if i < g.hits.End {
			if b.Hits[i].Keep {
				continue
			}
			end = max(b.Hits[i].Start, at)
		}
		lit := b.Data[at:end]
		n := 0
		if open < 0 {
			if !bytes.HasPrefix(text[from:], lit) {
				return 0, false
			}
		} else if n = m.find(text[from:], lit, i == g.hits.End); n < 0 {
			return 0, false
		}
		if open >= 0 {
			m.holes = append(m.holes, hole{base + from, base + from + n, open})
		}
		from += n + len(lit)
		if i < g.hits.End {
			open, at = i, max(b.Hits[i].End, at)
		}
	}
	return from, true
}

// find finds a literal behind a hole. The last one, without a line end, is that
// of the input: nothing can follow.
func (m *blockMap) find(text, lit []byte, last bool) int {
	if last && (len(lit) == 0 || lit[len(lit)-1] != '\n') {
		if !bytes.HasSuffix(text, lit) {
			return -1
		}
		return len(text) - len(lit)
	}
	return bytes.Index(text, lit)
}
