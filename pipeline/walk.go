package pipeline

import (
	"context"

	"github.com/scrim-dev/scrim/detect"
)

// A Block is some whole records of an input with what was found in them, as Walk
// gives it. It is valid until the function that got it returns, but for the
// Values of its Hits, which may be kept.
type Block struct {
	// Data is the text of the block; Offset is its place in the text of the
	// input, in bytes, and Line that of its first byte, from 1.
	Data   []byte
	Offset int64
	Line   int64
	// Out is what the pipeline writes for Data.
	Out []byte
	// Hits are what was found in Data, in order.
	Hits []Hit
	// Dropped are the records of Data that have no place in Out, in order.
	Dropped []Range
	// Part says that Data is a part of a record that is over the limit. What Out
	// stands for is then a little more or less than Data.
	Part bool
}

// A Range is Data[Start:End] of a Block.
type Range struct{ Start, End int }

// A Hit is a match and what the policy says of it.
type Hit struct {
	// Range is where its value is written: in bare JSON values the whole cell,
	// which may get quotes around it.
	Range
	Kind detect.Kind
	Rank detect.Rank
	// Keep says that the policy leaves the value.
	Keep bool
	// Coarse says that nothing could be cut off the value: it may well stand in
	// the output, for another that was cut down to it.
	Coarse bool
	// Value is the value, unescaped.
	Value []byte
}

func (b *batch) hit(m detect.Match, a *action, start, end int, value []byte) {
	b.hits = append(b.hits, Hit{Range: Range{start, end}, Kind: m.Kind, Rank: m.Rank, Keep: a.keep, Coarse: a.isCoarse(value),
		Value: append([]byte(nil), value...)})
}

// Walk reads src to its end and calls see for every block, in order. An error of
// see ends it and is returned.
func (p *Pipeline) Walk(ctx context.Context, src *Source, see func(*Block) error) (*Report, error) {
	var block Block
	line, offset := int64(1), int64(0)
	return p.run(ctx, src, nil, func(b *batch) error {
		start, end := b.body.start, b.body.end
		block = Block{Data: b.data[start:end], Offset: offset, Line: line, Out: b.out,
			Hits: block.Hits[:0], Dropped: block.Dropped[:0], Part: b.window}
		for _, h := range b.hits {
			// Of a window, matches may reach over its borders.
			h.Start, h.End = min(max(h.Start-start, 0), end-start), min(max(h.End-start, 0), end-start)
			block.Hits = append(block.Hits, h)
		}
		for _, d := range b.gone {
			block.Dropped = append(block.Dropped, Range{max(d.start-start, 0), min(d.end, end) - start})
		}
		line += b.lines
		offset += int64(end - start)
		return see(&block)
	})
}
