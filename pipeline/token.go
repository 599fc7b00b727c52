package pipeline

import (
	"bytes"
	"cmp"
	"errors"
	"slices"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

// A Token is what stands for a value in data that was changed.
type Token struct {
	Kind detect.Kind
	// Transform is the one that makes it.
	Transform transform.Spec
	Text      []byte
}

// usualSpecs are what may have made a token where no policy says so.
var usualSpecs = []string{"hash", "hash:kid", "hash:form=keep", "encrypt", "encrypt:canonical", "ip-prefix", "fpe"}

// FindTokens returns the tokens of a value under keys: for each kind that it may
// be of, and each keyed transform that the policy has for that kind, those of
// every key there is. A policy without keyed transforms means the usual ones.
// For a policy that rotates keys, periods ("2026-11") are those to look at.
//
// Tokens of encrypt are those of the value as it is spelled, and in its canonical
// spelling; Config.FindValue finds those of all spellings.
func FindTokens(p *Policy, keys *transform.Keys, value []byte, periods []string) ([]Token, error) {
	if keys == nil {
		return nil, transform.ErrNoKey
	}
	value = bytes.TrimSpace(value)
	if len(value) == 0 {
		return nil, errors.New("there is no value to look for")
	}
	var all []*transform.Keys
	for _, k := range keys.Each() {
		if p.Rotate.Every == "" {
			all = append(all, k)
		}
		for _, period := range periods {
			of, err := k.ForPeriod(period)
			if err != nil {
				return nil, err
			}
			all = append(all, of)
		}
	}
	if len(all) == 0 {
		return nil, errors.New("the policy rotates keys: name the periods to look at")
	}
	var out []Token
	for _, k := range p.Kinds() {
		canonical, ok, err := p.plausible(k, value)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		name := p.KindName(tokenKindOf(k, canonical))
		for _, spec := range p.keyedSpecs(k) {
			for _, of := range all {
				t, err := transform.New(spec, transform.Target{Label: labelOf(name), Domain: name}, of)
				if err != nil {
					continue // not for this kind
				}
				for _, text := range [][]byte{value, canonical} {
					token, err := t.Append(nil, transform.Value{Text: text, Canonical: canonical})
					if err == nil && len(token) >= minToken && !bytes.Equal(token, text) {
						out = append(out, Token{k, spec, token})
					}
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Token) int { return cmp.Or(bytes.Compare(a.Text, b.Text), cmp.Compare(a.Kind, b.Kind)) })
	return slices.CompactFunc(out, func(a, b Token) bool { return bytes.Equal(a.Text, b.Text) }), nil
}

// plausible says whether value as a whole may be of kind k, and its canonical
// spelling.
func (p *Policy) plausible(k detect.Kind, value []byte) ([]byte, bool, error) {
	e, err := detect.New(detect.Options{Kinds: []detect.Kind{k}, Regions: p.Regions, Custom: p.Custom})
	if err != nil {
		return nil, false, err
	}
	for _, m := range e.NewScanner().ScanField(detect.Field{Kind: k}, value) {
		if m.Kind == k && m.Start == 0 && m.End == len(value) {
			return e.AppendCanonical(nil, k, value), true, nil
		}
	}
	return nil, false, nil
}

// keyedSpecs returns the keyed transforms for a kind.
func (p *Policy) keyedSpecs(k detect.Kind) (specs []transform.Spec) {
	keyed := map[string]bool{}
	for _, i := range transform.List() {
		keyed[i.Name] = i.NeedsKey
	}
	any := false
	for _, r := range p.Effective() {
		if !keyed[r.Transform.Name] {
			continue
		}
		any = true
		if len(r.Kinds) == 0 || slices.Contains(r.Kinds, k) {
			specs = append(specs, p.spec(r.Transform))
		}
	}
	if any {
		return specs
	}
	for _, s := range usualSpecs {
		if spec, err := transform.ParseSpec(s); err == nil {
			specs = append(specs, p.spec(spec))
		}
	}
	return specs
}

// minToken is the least length of a token that is looked for: shorter ones stand
// by chance.
const minToken = 4

// A tokenSet finds any of some tokens.
type tokenSet struct {
	// by has the tokens by their first two bytes.
	by map[[2]byte][]Token
	// starts has a bit for each such pair.
	starts [1 << 16 / 64]uint64
	// holds says whether a reversible token holds the value.
	holds func(token []byte) (detect.Kind, bool)
}

func newTokenSet(cfg *Config, e *detect.Engine) (*tokenSet, error) {
	if cfg.Tokens == nil {
		return nil, nil
	}
	tokens := cfg.Tokens
	s := &tokenSet{by: map[[2]byte][]Token{}, holds: func([]byte) (detect.Kind, bool) { return detect.None, false }}
	if cfg.FindValue != nil {
		s.holds = holder(cfg, e)
		i := uint('e')<<8 | uint('n') // as every reversible token begins
		s.starts[i/64] |= 1 << (i % 64)
	}
	for _, t := range tokens {
		if len(t.Text) < minToken {
			return nil, errors.New("a token is too short to be looked for")
		}
		head := [2]byte(t.Text)
		s.by[head] = append(s.by[head], t)
		i := uint(head[0])<<8 | uint(head[1])
		s.starts[i/64] |= 1 << (i % 64)
	}
	return s, nil
}

// next returns the first token in b that stands by itself.
func (s *tokenSet) next(b []byte) (start, end int, kind detect.Kind, ok bool) {
	for i := 0; i+1 < len(b); i++ {
		x := uint(b[i])<<8 | uint(b[i+1])
		if s.starts[x/64]>>(x%64)&1 == 0 {
			continue
		}
		if b[i] == 'e' {
			if from, to, ok := transform.FindToken(b[i:min(len(b), i+maxReversible)]); ok && from == 0 {
				if k, ok := s.holds(b[i : i+to]); ok {
					return i, i + to, k, true
				}
				i += to - 1
				continue
			}
		}
		for _, t := range s.by[[2]byte(b[i:])] {
			end := i + len(t.Text)
			if bytes.HasPrefix(b[i:], t.Text) && (i == 0 || !inToken(b[i-1])) && (end == len(b) || !inToken(b[end])) {
				return i, end, t.Kind, true
			}
		}
	}
	return 0, 0, detect.None, false
}

// maxReversible bounds the reversible tokens that are opened to see what they
// hold, in bytes.
const maxReversible = 4096

// holder returns a function that opens a reversible token and compares what is in
// it with the value that is looked for, in the canonical spelling of its kind.
func holder(cfg *Config, e *detect.Engine) func([]byte) (detect.Kind, bool) {
	p := cfg.Policy
	value := bytes.TrimSpace(cfg.FindValue)
	return func(token []byte) (detect.Kind, bool) {
		_, rest, _ := bytes.Cut(token, []byte("~"))
		domain, _, _ := bytes.Cut(rest, []byte("~"))
		k, err := p.ParseKind(string(domain))
		if err != nil {
			return k, false
		}
		v, err := transform.Reveal(token, cfg.Keys)
		if err != nil {
			return k, false
		}
		return k, bytes.Equal(e.AppendCanonical(nil, k, v.Text), e.AppendCanonical(nil, k, value))
	}
}

// inToken says whether c may go on with a token: then another one stands there.
func inToken(c byte) bool {
	return c|0x20-'a' <= 'z'-'a' || c-'0' <= 9 || c == '_'
}
