package pipeline

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/scrim-dev/scrim/detect"
)

// A Finding is a match and where it stands. It does not hold the value, unless
// that is asked for.
type Finding struct {
	Path string `json:"path"`
	// Line counts from 1. Start and End are byte offsets in that line from 0; End
	// may lie behind the line's end.
	Line  int64 `json:"line"`
	Start int64 `json:"start"`
	End   int64 `json:"end"`
	// Offset is that of the match in the decompressed input, in bytes from 0.
	Offset int64 `json:"offset"`
	// Kind, Score (percent) and Detector are the match's; Field is the name of its
	// column or the path of its keys, "" in running text.
	Kind     string `json:"kind"`
	Score    uint8  `json:"score"`
	Field    string `json:"field"`
	Detector string `json:"detector"`
	// Validation and Evidence say how the value was checked and what else speaks
	// for the match, with Config.Explain.
	Validation string `json:"validation,omitempty"`
	Evidence   string `json:"evidence,omitempty"`
	// Miss says why what stands here, which looks like a value of Kind, is not
	// taken for one: it is no match, and nothing is done about it. Only with
	// Config.Explain.
	Miss string `json:"miss,omitempty"`
	// Value is set only with Config.ShowValues.
	Value string `json:"value,omitempty"`

	length int // in bytes of the input
}

// misses are the near misses of the last scan, if they are asked for.
func (w *worker) misses() []detect.Miss {
	if s, ok := w.scanner.(*detect.Scanner); ok && w.cfg.explain && w.cfg.findings {
		return s.Misses()
	}
	return nil
}

// miss adds near misses, of which place gives the places in b.data.
func (b *batch) miss(misses []detect.Miss, values bool, place func(int) int) {
	for _, m := range misses {
		start, end := place(m.Start), place(m.End)
		if start < b.body.start || end > b.body.end || start >= end {
			continue
		}
		f := Finding{Offset: int64(start), length: end - start, Kind: m.Kind.String(), Miss: m.Reason}
		if values {
			f.Value = string(b.data[start:end])
		}
		b.findings = append(b.findings, f)
	}
}

// locate sets Line and Start of the findings of b, whose Offset is still one
// into data: Line counts from 0 at the batch's body, Start from the line's begin
// or, in the first line, from the body's.
func (b *batch) locate() {
	slices.SortStableFunc(b.findings, func(x, y Finding) int { return cmp.Compare(x.Offset, y.Offset) })
	at, line, lineStart := b.body.start, int64(0), b.body.start
	for i := range b.findings {
		f := &b.findings[i]
		for int(f.Offset) > at {
			n := bytes.IndexByte(b.data[at:f.Offset], '\n')
			if n < 0 {
				break
			}
			at += n + 1
			line, lineStart = line+1, at
		}
		f.Line, f.Start = line, f.Offset-int64(lineStart)
	}
}

// A position is how far an input has been written.
type position struct {
	offset int64 // bytes before the next body
	line   int64 // line ends before it
	column int64 // bytes since the last of them
}

// place makes the findings of b absolute and moves p behind it.
func (p *position) place(b *batch, path string, emit func(*Finding) error) error {
	for i := range b.findings {
		f := &b.findings[i]
		f.Path = path
		f.Offset += p.offset - int64(b.body.start)
		if f.Line == 0 {
			f.Start += p.column
		}
		f.Line += p.line + 1
		f.End = f.Start + int64(f.length)
		if err := emit(f); err != nil {
			return err
		}
	}
	body := b.data[b.body.start:b.body.end]
	p.offset += int64(len(body))
	if n := bytes.LastIndexByte(body, '\n'); n >= 0 {
		p.line += b.lines
		p.column = int64(len(body) - n - 1)
	} else {
		p.column += int64(len(body))
	}
	return nil
}
