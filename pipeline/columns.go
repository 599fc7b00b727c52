package pipeline

import (
	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format"
)

// A ColumnReport says what a column, or the values under one path of object
// keys, was taken for, by its name and a sample of its values. Share is the part
// of the Values looked at that are of Kind by themselves, Score the confidence,
// both in percent. Kind is "" where each value is judged alone.
type ColumnReport struct {
	Column   string `json:"column"`
	Kind     string `json:"kind"`
	Score    uint8  `json:"score"`
	Share    uint8  `json:"share"`
	Values   int    `json:"values"`
	Evidence string `json:"evidence"`
}

// maxColumns bounds the columns that are judged: beyond, keys are data.
const maxColumns = 1000

// columns are the columns of one input. They are judged before anything of it is
// worked on, from its first bytes, so that what comes out depends neither on how
// the input is cut into batches nor on who works on them.
type columns struct {
	fields map[string]detect.Field
	report []ColumnReport
}

// judgeColumns judges the columns in the whole records of head.
func (p *Pipeline) judgeColumns(f *format.Format, opts format.Options, head []byte, atEOF bool) columns {
	cutter := f.NewCutter(opts)
	cutter.Start(head)
	if !atEOF {
		head = head[:cutter.Cut(head)]
	}
	parser := f.NewParser(cutter)
	var values [][][]byte
	for _, c := range parser.Cells(nil, head) {
		if c.Field < 0 || c.Field >= maxColumns || c.Flags&(format.Name|format.Free) != 0 {
			continue
		}
		for int(c.Field) >= len(values) {
			values = append(values, nil)
		}
		if len(values[c.Field]) == detect.MaxColumnValues {
			continue
		}
		v := head[c.Start:c.End]
		if c.Flags&format.Escaped != 0 {
			v, _ = parser.Decode(nil, nil, head, c)
		}
		values[c.Field] = append(values[c.Field], v)
	}
	var out columns
	if len(values) == 0 {
		return out
	}
	w := newWorker(workConfig{pl: p.bare}, noParser)
	for i, v := range values {
		if len(v) > 0 {
			out.judge(w, parser.Field(int32(i)), parser.Field(int32(i)), v)
		}
	}
	return out
}

// judge judges one column, with the scanner for names of w; named is what counts of its
// name.
func (c *columns) judge(w *worker, name, named string, values [][]byte) detect.Field {
	judged := w.nameScanner().JudgeColumn(named, values)
	if c.fields == nil {
		c.fields = map[string]detect.Field{}
	}
	c.fields[name] = judged.Field
	f := w.newField(name)
	r := ColumnReport{Column: w.shown(&f), Score: judged.Score, Share: judged.Share, Values: judged.Values,
		Evidence: string(judged.Evidence)}
	if judged.Score > 0 {
		r.Kind = w.cfg.pl.name(judged.Field.Kind)
	}
	c.report = append(c.report, r)
	return judged.Field
}
