package pipeline

import (
	"context"
	"io"

	"github.com/scrim-dev/scrim/detect"
)

// learn reads an input, which all gives, for its user names. It returns a
// Pipeline that knows them, a reader of the same input, and a function to be
// called when that is done with. Names are learned in the order of the input, so
// that which ones are known does not depend on the workers.
func (p *Pipeline) learn(ctx context.Context, src *Source, head []byte, atEOF bool, all io.Reader) (*Pipeline, io.Reader, func(), error) {
	in, size, done, err := spool(src, all)
	if err != nil {
		return nil, nil, nil, err
	}
	first := *p
	first.cfg.Findings, first.cfg.Watch, first.cfg.Explain = nil, nil, false
	var names detect.Names
	_, err = first.pass(ctx, src, head, atEOF, io.NewSectionReader(in, 0, size), nil, func(b *batch) error {
		for _, h := range b.hits {
			if h.Kind == detect.Username && h.Rank == detect.Named {
				names.Add(h.Value)
			}
		}
		return nil
	})
	if err != nil {
		done()
		return nil, nil, nil, err
	}
	second, plan := *p, *p.plan
	if plan.engine, err = plan.engine.WithNames(&names); err != nil {
		done()
		return nil, nil, nil, err
	}
	second.plan = &plan
	return &second, io.NewSectionReader(in, 0, size), done, nil
}
