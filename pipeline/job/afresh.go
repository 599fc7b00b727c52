package job

import (
	"bytes"
	"context"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

// afresh searches an output for the values that were found in its input, and for
// values that the policy would remove. What stands for a value has been compared
// already, and looks like one at times: a truncated address, a token.
func (c *comparison) afresh(ctx context.Context, a side, t *textCheck) error {
	src := c.open(a)
	defer src.Close()
	src.Peek(1)
	src.Watch(c.budget.spend)
	f := &freshCheck{c: c, t: t}
	f.next()
	report, err := c.plain.Walk(ctx, src, f.block)
	if report != nil {
		c.after += report.BytesIn
	}
	return err
}

// A freshCheck goes through an output and the list of what stands for values in
// it together.
type freshCheck struct {
	c          *comparison
	t          *textCheck
	start, end int64 // the first stretch that is not behind the block
	more       bool
	mine       []pipeline.Range // stretches in the block
	left       []pipeline.Range // what the policy keeps, in the block
}

func (f *freshCheck) next() { f.start, f.end, f.more = f.t.spans.next() }

func (f *freshCheck) block(b *pipeline.Block) error {
	limit := b.Offset + int64(len(b.Data))
	f.mine, f.left = f.mine[:0], f.left[:0]
	for f.more && f.start < limit {
		f.mine = append(f.mine, pipeline.Range{Start: int(max(f.start-b.Offset, 0)), End: int(min(f.end, limit) - b.Offset)})
		if f.end > limit {
			break // it goes on in the next block
		}
		f.next()
	}
	at := 0
	for _, h := range b.Hits {
		if h.Keep {
			f.left = append(f.left, h.Range)
			continue
		}
		if overlaps(f.mine, h.Range, &at) {
			if f.c.v.cfg.UnknownKey {
				f.token(b, h)
			}
			continue
		}
		switch h.Rank {
		case detect.Shaped, detect.Named: // nothing is sure of its form
			f.note(b, h.Range, FaultFound, h.Kind, 0)
		default:
			f.fault(b, h.Range, FaultFound, h.Kind, 0)
		}
	}
	mineAt, leftAt := 0, 0
	f.t.values.search(b.Data, func(start, end int, v value) {
		r := pipeline.Range{Start: start, End: end}
		if !overlaps(f.mine, r, &mineAt) && !overlaps(f.left, r, &leftAt) {
			f.note(b, r, FaultSurvives, v.kind, v.before)
		}
	})
	return nil
}

// token looks at what stands for a value whose key is not known: it may be any
// value of its kind, but not one that was to be removed.
func (f *freshCheck) token(b *pipeline.Block, h pipeline.Hit) {
	f.t.values.search(h.Value, func(start, end int, v value) {
		if end-start == len(h.Value) && v.rank < detect.Shaped {
			f.fault(b, h.Range, FaultSurvives, v.kind, v.before)
		}
	})
}

// note counts a value that stands where the search took it for none: the run left
// it, and the bytes around it are those of the input. If notes are faults, it is
// one.
func (f *freshCheck) note(b *pipeline.Block, r pipeline.Range, what string, k detect.Kind, before int64) {
	if f.c.v.cfg.Strict {
		f.fault(b, r, what, k, before)
		return
	}
	if f.c.notes == nil {
		f.c.notes = map[string]uint64{}
	}
	f.c.notes[f.c.pipe.KindName(k)]++
}

// fault reports a value that should not be there.
func (f *freshCheck) fault(b *pipeline.Block, r pipeline.Range, what string, k detect.Kind, before int64) {
	line := bytes.LastIndexByte(b.Data[:r.Start], '\n') + 1
	f.c.fault(Fault{What: what, Before: before, After: b.Line + int64(bytes.Count(b.Data[:r.Start], []byte{'\n'})),
		Column: int64(r.Start-line) + 1, Kind: f.c.pipe.KindName(k)})
}

// overlaps says whether r shares a byte with one of list, which is in order. at
// is where the last search ended: what is asked for comes in order, too, by its
// start.
func overlaps(list []pipeline.Range, r pipeline.Range, at *int) bool {
	for *at < len(list) && list[*at].End <= r.Start {
		*at++
	}
	return *at < len(list) && list[*at].Start < r.End
}
