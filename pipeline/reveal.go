package pipeline

import (
	"fmt"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

// tokenKind is the kind of reversible tokens, which no custom kind reaches.
const tokenKind detect.Kind = detect.MaxKinds - 1

// A matcher finds what a worker is to deal with; detect.Scanner is one.
type matcher interface {
	Scan(b []byte) []detect.Match
	ScanSpans(b []byte, spans []detect.Span) []detect.Match
}

func (pl *plan) newMatcher() matcher {
	switch {
	case pl.tokens != nil:
		return &seeker{next: pl.tokens.next}
	case pl.reveals:
		s := &seeker{next: nextReversible}
		for _, k := range pl.wanted {
			if pl.byField || !pl.plain[k].keep {
				s.values = pl.engine.NewScanner()
				break
			}
		}
		return s
	}
	return pl.engine.NewScanner()
}

// TokenName is what reports call reversible tokens, among the kinds and the
// detectors.
const TokenName = "token"

// name returns the name of a kind as reports have it.
func (pl *plan) name(k detect.Kind) string {
	if k == tokenKind {
		return TokenName
	}
	return pl.engine.Name(k)
}

// detector names what found m.
func (pl *plan) detector(m detect.Match) string {
	if m.Kind == tokenKind || pl.tokens != nil {
		return TokenName
	}
	return m.Detector()
}

// A seeker finds tokens, and values that tokens are not.
type seeker struct {
	// next returns the first token in b.
	next   func(b []byte) (start, end int, kind detect.Kind, ok bool)
	values *detect.Scanner // nil: only tokens
	found  []detect.Match
	merged []detect.Match
}

func (s *seeker) Scan(b []byte) []detect.Match {
	s.found = s.found[:0]
	s.seek(b, 0)
	if s.values == nil {
		return s.found
	}
	return s.merge(s.values.Scan(b))
}

func (s *seeker) ScanSpans(b []byte, spans []detect.Span) []detect.Match {
	s.found = s.found[:0]
	for _, sp := range spans {
		s.seek(b[sp.Start:sp.End], sp.Start)
	}
	if s.values == nil {
		return s.found
	}
	return s.merge(s.values.ScanSpans(b, spans))
}

// seek adds the tokens of b, which stands at offset at.
func (s *seeker) seek(b []byte, at int) {
	for {
		start, end, kind, ok := s.next(b)
		if !ok {
			return
		}
		s.found = append(s.found, detect.Match{Start: at + start, End: at + end, Kind: kind, Score: 100})
		b, at = b[end:], at+end
	}
}

// merge adds values to the tokens, but for those that overlap one.
func (s *seeker) merge(values []detect.Match) []detect.Match {
	s.merged = s.merged[:0]
	i := 0
	for _, v := range values {
		for i < len(s.found) && s.found[i].End <= v.Start {
			s.merged = append(s.merged, s.found[i])
			i++
		}
		if i == len(s.found) || s.found[i].Start >= v.End {
			s.merged = append(s.merged, v)
		}
	}
	return append(s.merged, s.found[i:]...)
}

func nextReversible(b []byte) (start, end int, kind detect.Kind, ok bool) {
	start, end, ok = transform.FindToken(b)
	return start, end, tokenKind, ok
}

// openAction opens reversible tokens; nil where they are not looked for.
func (pl *plan) openAction() *action {
	if !pl.reveals {
		return nil
	}
	return &action{do: opener{pl.keys}, opens: true, stay: true}
}

// opener is the transform that puts the value in place of a token. How the value
// was written is lost with it: in a column values are not written.
type opener struct{ keys *transform.Keys }

func (o opener) Append(dst []byte, v transform.Value) ([]byte, error) {
	opened, err := transform.Reveal(v.Text, o.keys)
	return append(dst, opened.Text...), err
}

func (o opener) Clone() transform.Transform { return o }

// makeReverse makes the action that undoes rule r for kind k.
func (pl *plan) makeReverse(k detect.Kind, r Rule, keys *transform.Keys) (*action, error) {
	target := pl.target(k)
	switch r.Transform.Name {
	case "fpe", "ip-prefix", "shift":
	default:
		return &action{keep: true}, nil
	}
	t, err := transform.New(r.Transform, target, keys)
	if err != nil {
		return nil, fmt.Errorf("%s=%s: %w", target.Domain, r.Transform, err)
	}
	rev, ok := t.(transform.Reverser)
	if s, goesBy := t.(transform.SubjectTransform); !ok || goesBy && s.By() != "" {
		return &action{keep: true}, nil // whose it was may be a token by now
	}
	return &action{do: reversing{rev}, stay: true}, nil
}

// reversing is the transform that undoes another.
type reversing struct{ transform.Reverser }

func (r reversing) Append(dst []byte, v transform.Value) ([]byte, error) {
	return r.Reverse(dst, v.Text)
}

func (r reversing) Clone() transform.Transform {
	if c, ok := r.Reverser.Clone().(transform.Reverser); ok {
		return reversing{c}
	}
	return failing{}
}
