package pipeline

import (
	"context"
	"io"

	"github.com/scrim-dev/scrim/detect"
)

// Learning returns a Pipeline that does what p does, and adds to names the
// secrets that it removes (and the user names, with Config.Learn), in the order of
// the input, so that which ones are known does not depend on the workers. It is
// for one input at a time.
func (p *Pipeline) Learning(names *detect.Names) *Pipeline {
	q := *p
	q.learned = names
	return &q
}

// Knowing returns a Pipeline that does what p does, and finds names where they
// stand bare, too. A name gives way to whatever else is found where it stands, so
// that all the rest stays as p writes it.
func (p *Pipeline) Knowing(names *detect.Names) (*Pipeline, error) {
	return p.withEngine(p.plan.engine.WithNames(names))
}

// OnlyNames returns a Pipeline that finds names where they stand bare, and nothing
// else.
func (p *Pipeline) OnlyNames(names *detect.Names) (*Pipeline, error) {
	q, err := p.withEngine(p.plan.engine.OnlyNames(names))
	if err == nil {
		q.bare, q.cfg.Learn = q.plan, false
	}
	return q, err
}

func (p *Pipeline) withEngine(e *detect.Engine, err error) (*Pipeline, error) {
	if err != nil {
		return nil, err
	}
	q, plan := *p, *p.plan
	plan.engine = e
	q.plan = &plan
	return &q, nil
}

// learn reads an input, which all gives, for its user names and secrets. It
// returns a Pipeline that knows them, a reader of the same input, and a function
// to be called when that is done with.
func (p *Pipeline) learn(ctx context.Context, src *Source, head []byte, atEOF bool, all io.Reader) (*Pipeline, io.Reader, func(), error) {
	in, size, done, err := spool(src, all)
	if err != nil {
		return nil, nil, nil, err
	}
	names := p.plan.engine.Names()
	first := p.Learning(names)
	first.cfg.Findings, first.cfg.Watch, first.cfg.Explain = nil, nil, false
	_, err = first.pass(ctx, src, head, atEOF, io.NewSectionReader(in, 0, size), nil, nil)
	if err != nil {
		done()
		return nil, nil, nil, err
	}
	second, err := p.Knowing(names)
	if err != nil {
		done()
		return nil, nil, nil, err
	}
	return second, io.NewSectionReader(in, 0, size), done, nil
}

// A lesson is a value that may be learned: text[start:end] of its batch.
type lesson struct {
	kind       detect.Kind
	start, end int
}

// A lessons list is what a batch has to be learned, in order.
type lessons struct {
	list []lesson
	text []byte
}

func (l *lessons) reset() { l.list, l.text = l.list[:0], l.text[:0] }

// add notes match m of this value, if it is one to be learned.
func (l *lessons) add(m detect.Match, value []byte, users bool) {
	if m.Rank == detect.Known || !detect.Learnable(m.Kind) && !(users && m.Kind == detect.Username && m.Rank == detect.Named) {
		return
	}
	from := len(l.text)
	l.text = append(l.text, value...)
	l.list = append(l.list, lesson{m.Kind, from, len(l.text)})
}

func (l *lessons) teach(names *detect.Names) {
	for _, x := range l.list {
		if x.kind == detect.Username {
			names.AddUser(l.text[x.start:x.end])
		} else {
			names.AddSecrets(x.kind, l.text[x.start:x.end])
		}
	}
}
