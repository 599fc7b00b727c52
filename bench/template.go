package bench

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// A slot is a word that a template writes in braces, and what it stands for.
type slot struct {
	typ   string // of a gold span; VERSION, HASH ... of a trap; "" of filler
	role  role
	alt   []string
	value func(rng *rand.Rand, dst []byte) []byte
}

type role uint8

const (
	filler role = iota
	gold
	trap
	unknown // whether it is a match is a matter of taste
)

// A template is a line with slots: "user={username} logged in".
type template struct {
	pieces []piece
	types  []string // of its gold spans
}

type piece struct {
	literal string
	slot    *slot // nil for a literal
}

func parseAll(lines []string) []*template {
	out := make([]*template, len(lines))
	for i, l := range lines {
		out[i] = parse(l)
	}
	return out
}

// parse reads a template. A brace that does not open a slot's name stands for
// itself, so that JSON needs no escapes.
func parse(s string) *template {
	t := new(template)
	literal := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '{' {
			continue
		}
		n := strings.IndexByte(s[i:], '}')
		if n < 0 {
			break
		}
		v, ok := slots[s[i+1:i+n]]
		if !ok {
			continue
		}
		t.pieces = append(t.pieces, piece{literal: s[literal:i]}, piece{slot: v})
		if v.role == gold && !slices.Contains(t.types, v.typ) {
			t.types = append(t.types, v.typ)
		}
		i += n
		literal = i + 1
	}
	t.pieces = append(t.pieces, piece{literal: s[literal:]})
	return t
}

func (t *template) write(rng *rand.Rand, l *Line) {
	for _, p := range t.pieces {
		if p.slot == nil {
			l.Text = append(l.Text, p.literal...)
		} else {
			p.slot.write(rng, l)
		}
	}
}

func (v *slot) write(rng *rand.Rand, l *Line) {
	start := len(l.Text)
	l.Text = v.value(rng, l.Text)
	s := Span{Start: start, End: len(l.Text), Type: v.typ, Alt: v.alt}
	switch v.role {
	case gold:
		l.Spans = append(l.Spans, s)
	case trap:
		l.NonPII = append(l.NonPII, s)
	case unknown:
		l.Ignore = append(l.Ignore, s)
	}
}

// byContext are the types of which a value tells little without what stands
// before it.
var byContext = []string{"USERNAME", "HOSTNAME", "PERSON", "ADDRESS", "GEO", "DATE_OF_BIRTH", "GENDER",
	"DEVICE_ID", "IMEI", "IMSI", "NATIONAL_ID", "COOKIE", "SESSION_ID", "PASSWORD", "API_KEY", "SOCIAL_HANDLE", "PHONE"}

// breakUp cuts the line at spaces into lines of about want bytes.
func (l *Line) breakUp(dst []*Line, want int) []*Line {
	inside := func(at int, spans []Span) bool {
		return slices.ContainsFunc(spans, func(s Span) bool { return s.Start < at && at < s.End })
	}
	from := 0
	for at := 0; at <= len(l.Text); at++ {
		end := at == len(l.Text)
		if !end && (at-from < want || l.Text[at] != ' ' || inside(at, l.Spans) || inside(at, l.NonPII)) {
			continue
		}
		part := &Line{Text: l.Text[from:at]}
		part.Spans, part.Ignore = cut(l.Spans, from, at), cut(l.Ignore, from, at)
		part.NonPII = cut(l.NonPII, from, at)
		part.Spans = slices.DeleteFunc(part.Spans, func(s Span) bool {
			if slices.Contains(byContext, s.Type) {
				s.Type = "*"
				part.Ignore = append(part.Ignore, s)
				return true
			}
			return false
		})
		dst = append(dst, part)
		from = at + 1
	}
	return dst
}

// cut returns the spans that lie between from and to, as seen from there.
func cut(spans []Span, from, to int) []Span {
	var out []Span
	for _, s := range spans {
		if from <= s.Start && s.End <= to {
			s.Start, s.End = s.Start-from, s.End-from
			out = append(out, s)
		}
	}
	return out
}
