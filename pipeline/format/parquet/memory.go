package parquet

import (
	"errors"
	"slices"
	"sync"
)

// Row groups have dictionaries of their own, mostly of the same values: what became
// of values is remembered, of about so many and of no longer ones than that.
const maxKnown, maxKnownLength = 1 << 16, 256

// A Memory is what the Editors of a column know of the entries of dictionaries.
type Memory struct {
	mu    sync.Mutex
	known map[int32]*vocabulary // by variant
	size  int                   // of all of them
	out   *interner             // what they became
	told  sync.Cond             // when something became known
	err   error                 // why something never will
}

// A vocabulary has the entries of dictionaries, in one variant.
type vocabulary struct {
	interner
	became []became // by number
}

// A became is what became of an entry.
type became struct {
	out     int32 // its number in Memory.out, or one of those below
	class   int32
	changed bool
}

const (
	noNumber = -1 // it is too long to be remembered
	goneNull = -2
	asked    = -3 // it is not known yet
)

// NewMemory returns an empty Memory.
func NewMemory() *Memory {
	out := newInterner()
	m := &Memory{known: map[int32]*vocabulary{}, out: &out}
	m.told.L = &m.mu
	return m
}

// of returns the vocabulary of a variant.
func (m *Memory) of(variant int32) *vocabulary {
	v := m.known[variant]
	if v == nil {
		v = &vocabulary{interner: newInterner()}
		m.known[variant] = v
	}
	return v
}

// forget makes room. What an Editor still looks at is not written to.
func (m *Memory) forget() {
	if m.size > maxKnown {
		out := newInterner()
		m.out, m.known, m.size = &out, map[int32]*vocabulary{}, 0
	}
}

// reserveFor makes room for values.
func (v *vocabulary) reserveFor(values [][]byte) {
	size := 0
	for _, b := range values {
		if len(b) <= maxKnownLength {
			size += len(b)
		}
	}
	v.reserve(len(values), size)
	v.became = slices.Grow(v.became, len(values))
}

// A question is for what becomes of some values of a vocabulary.
type question struct {
	column  int
	v       *vocabulary
	out     *interner
	variant int32
	values  [][]byte
	numbers []int32
}

// maxAsked is the number of values in one question.
const maxAsked = 1 << 10

// learn finds out what becomes of the values of a dictionary, and asks for that of
// those that are not known.
func (e *Editor) learn(values [][]byte, variants []int32) error {
	m := e.memory
	m.mu.Lock()
	m.forget()
	e.out = m.out
	e.became, e.places = resized(e.became, len(values)), resized(e.places, len(values))
	var questions []*question
	words := make([]*vocabulary, 0, 1) // of each value, or of all
	for i, variant := range variants {
		if i == 0 || variant != variants[i-1] {
			words = append(words, m.of(variant))
		} else {
			words = append(words, words[i-1])
		}
	}
	if len(words) > 0 && len(words[0].became) == 0 { // it is the first dictionary, mostly
		words[0].reserveFor(values)
		m.out.reserve(len(values), 0)
	}
	for i, value := range values {
		v := words[min(i, len(words)-1)]
		if e.places[i] = noNumber; len(value) > maxKnownLength {
			continue
		}
		n, fresh := v.number(value)
		if e.places[i] = n; !fresh {
			continue
		}
		m.size++
		v.became = append(v.became, became{out: asked})
		last := len(questions) - 1
		if last < 0 || len(questions[last].values) == maxAsked || questions[last].v != v {
			questions = append(questions, &question{
				column: e.column, v: v, out: m.out, variant: variants[min(i, len(variants)-1)],
				values: make([][]byte, 0, min(maxAsked, len(values)-i)), numbers: make([]int32, 0, min(maxAsked, len(values)-i)),
			})
			last++
		}
		q := questions[last]
		q.values, q.numbers = append(q.values, value), append(q.numbers, n)
	}
	m.mu.Unlock()
	if err := e.ask(questions); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, n := range e.places {
		if n == noNumber {
			e.became[i] = became{out: noNumber}
			continue
		}
		v := words[min(i, len(words)-1)]
		for v.became[n].out == asked {
			if m.err != nil {
				return m.err
			}
			m.told.Wait()
		}
		e.became[i] = v.became[n]
	}
	e.seen = *e.out
	return nil
}

// ask has questions answered by whoever has time.
func (e *Editor) ask(questions []*question) error {
	for i, q := range questions {
		if i > 0 && e.others != nil && e.others.give(q) {
			continue
		}
		if err := e.answer(q); err != nil {
			return err
		}
	}
	for e.others != nil && e.others.help() {
	}
	return nil
}

var errUnanswered = errors.New("a rewriter failed")

// answer answers a question. An error ends all waiting for answers.
func (e *Editor) answer(q *question) (err error) {
	m := e.memory
	err = errUnanswered // if it panics
	defer func() {
		if err != nil {
			m.mu.Lock()
			m.err = err
			m.mu.Unlock()
		}
		m.told.Broadcast()
	}()
	edits, failed := e.Edit(q.values, q.variant)
	if failed != nil {
		return failed
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range edits {
		x := became{goneNull, edits[i].Class, edits[i].Changed}
		if !edits[i].Null {
			x.out, _ = q.out.number(edits[i].Plain)
		}
		q.v.became[q.numbers[i]] = x
	}
	return nil
}
