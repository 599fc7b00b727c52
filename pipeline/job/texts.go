package job

import (
	"bytes"
	"context"
	"errors"
	"io"

	"github.com/scrim-dev/scrim/pipeline"
)

// lookahead is how many records are looked at to tell a lost or an added record
// from a changed one.
const lookahead = 64

// A textCheck compares two texts, record by record.
type textCheck struct {
	c      *comparison
	after  *lines
	at     int64 // offset of the next byte of after in its text
	line   int64 // its line
	m, alt blockMap
	values *valueSet
	spans  *spans // what stands for values in after, by offset
}

// errLost ends the walk over a text of which no more can be said.
var errLost = errors.New("lost")

// texts compares two texts: first record by record, then it searches the output
// for the values that were found in the input, and afresh.
func (c *comparison) texts(ctx context.Context, b, a side) error {
	before, after := c.open(b), c.open(a)
	defer before.Close()
	defer after.Close()
	before.Peek(1)
	before.Watch(c.budget.spend)
	t := &textCheck{c: c, after: newLines(after), line: 1, values: newValueSet(c.v.cfg.MaxValues), spans: new(spans)}
	report, err := c.pipe.Walk(ctx, before, t.block)
	if report != nil {
		c.before += report.BytesIn
		c.records += report.Lines
	}
	if err != nil && !errors.Is(err, errLost) {
		return err
	}
	if err == nil {
		t.rest()
	}
	if t.after.err != nil && !errors.Is(t.after.err, io.EOF) {
		return t.after.err
	}
	if t.values.full {
		c.fault(Fault{What: FaultUnverified, Detail: "more distinct values than are searched for: give --max-values more"})
	}
	return c.afresh(ctx, a, t)
}

// block compares what stands in after for one block of before.
func (t *textCheck) block(b *pipeline.Block) error {
	for i := range b.Hits {
		if b.Hits[i].Keep {
			t.c.kept++
		} else {
			t.c.values++
		}
	}
	mapped := !b.Part && t.m.mapBlock(b)
	if !mapped {
		t.m.groups = t.m.groups[:0]
	}
	text := t.after.peek(len(b.Out))
	if bytes.Equal(text, b.Out) {
		t.note(b, b.Out, mapped)
		t.advance(len(b.Out))
		return nil
	}
	if !mapped {
		t.values.addAll(b, nil)
		t.c.fault(Fault{What: FaultUnverified, Before: b.Line, After: t.line,
			Detail: "the output is another, in a record that is too long or too odd to compare by parts: nothing behind it was compared"})
		return errLost
	}
	t.values.addAll(b, t.m.identical(b))
	for i := 0; i < len(t.m.groups); {
		i += t.group(b, i)
	}
	return nil
}

// note keeps where values stood, and adds them to those to be searched for: not
// those that the policy leaves as they are (an address whose host part is 0).
func (t *textCheck) note(b *pipeline.Block, out []byte, mapped bool) {
	if !mapped {
		t.values.addAll(b, nil)
		t.spans.add(t.at, t.at+int64(len(out))) // it is what the policy gives
		return
	}
	for _, h := range t.m.holes {
		t.spans.add(t.at+int64(h.start), t.at+int64(h.end))
	}
	t.values.addAll(b, t.m.identical(b))
}

// identical returns, for each hit, whether what stands for it is the same.
func (m *blockMap) identical(b *pipeline.Block) []bool {
	same := make([]bool, len(b.Hits))
	for _, h := range m.holes {
		hit := b.Hits[h.hit]
		same[h.hit] = bytes.Equal(b.Out[h.start:h.end], b.Data[hit.Start:hit.End])
	}
	return same
}

// group compares group i of a block with what comes next in after, and returns
// how many groups it has dealt with.
func (t *textCheck) group(b *pipeline.Block, i int) int {
	groups := t.m.groups
	g := groups[i]
	if g.out.Start == g.out.End {
		return 1
	}
	text := t.after.next(g.newlines, 0)
	if t.same(b, g, text) {
		t.take(b, g, text)
		return 1
	}
	for k := 1; k <= lookahead && i+k < len(groups); k++ {
		other := groups[i+k]
		if next := t.after.next(other.newlines, 0); len(next) > 1 && other.out.Start < other.out.End && t.same(b, other, next) {
			t.c.fault(Fault{What: FaultLost, Before: g.line, After: t.line, Detail: plural(k, "record")})
			return k
		}
	}
	for k := 1; k <= lookahead; k++ {
		skipped := t.after.next(k, 0)
		next := t.after.next(g.newlines, len(skipped))
		if len(next) == 0 {
			break
		}
		if len(next) > 1 && t.same(b, g, next) {
			t.c.fault(Fault{What: FaultAdded, Before: g.line, After: t.line, Detail: plural(k, "record")})
			t.advance(len(skipped))
			t.take(b, g, next)
			return 1
		}
	}
	if len(text) == 0 {
		t.c.fault(Fault{What: FaultLost, Before: g.line, After: t.line, Detail: "the output ends before"})
		return len(groups) - i
	}
	t.differs(b, g, text)
	t.advance(len(text))
	return 1
}

// same says whether text is what may stand for a group: what the policy gives,
// or, where the key is not known, anything in the place of each value.
func (t *textCheck) same(b *pipeline.Block, g group, text []byte) bool {
	if bytes.Equal(text, b.Out[g.out.Start:g.out.End]) {
		return true
	}
	return t.c.v.cfg.UnknownKey && t.fits(b, g, text)
}

// fits says whether text has what stands around the values of a group.
func (t *textCheck) fits(b *pipeline.Block, g group, text []byte) bool {
	t.alt.holes = t.alt.holes[:0]
	n, ok := t.alt.mapGroup(b, g, text, 0)
	return ok && n == len(text)
}

// take moves behind what stands for a group.
func (t *textCheck) take(b *pipeline.Block, g group, text []byte) {
	if t.fits(b, g, text) {
		for _, h := range t.alt.holes {
			t.spans.add(t.at+int64(h.start), t.at+int64(h.end))
			hit := b.Hits[h.hit]
			if t.c.v.cfg.UnknownKey && len(hit.Value) >= leastValue && bytes.Contains(text[h.start:h.end], hit.Value) && !t.m.identical(b)[h.hit] {
				t.c.fault(Fault{What: FaultSurvives, Before: g.line, After: t.line, Column: int64(h.start) + 1, Kind: t.c.pipe.KindName(hit.Kind)})
			}
		}
	}
	t.advance(len(text))
}

// differs notes how text differs from what should stand for a group.
func (t *textCheck) differs(b *pipeline.Block, g group, text []byte) {
	want := b.Out[g.out.Start:g.out.End]
	f := Fault{What: FaultChanged, Before: g.line, After: t.line, Column: int64(prefix(text, want)) + 1}
	if t.fits(b, g, text) {
		f.What, f.Detail = FaultValue, "what stands for a value is not what the policy gives"
		for _, h := range t.alt.holes {
			if int64(h.end) >= f.Column {
				hit := b.Hits[h.hit]
				f.Kind, f.Column = t.c.pipe.KindName(hit.Kind), int64(h.start)+1
				if bytes.Contains(text[h.start:h.end], hit.Value) {
					f.What, f.Detail = FaultSurvives, ""
				}
				break
			}
		}
	}
	t.c.fault(f)
}

// rest notes what stands in after behind all that should.
func (t *textCheck) rest() {
	n := 0
	for text := t.after.next(1, 0); len(text) > 0; text = t.after.next(1, 0) {
		n++
		t.at += int64(len(text))
		t.after.skip(len(text))
	}
	if n > 0 {
		t.c.fault(Fault{What: FaultAdded, After: t.line, Detail: plural(n, "record")})
	}
}

// advance moves on in after.
func (t *textCheck) advance(n int) {
	t.line += int64(bytes.Count(t.after.peek(n), []byte{'\n'}))
	t.at += int64(n)
	t.after.skip(n)
}

// prefix returns how many first bytes are the same.
func prefix(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
