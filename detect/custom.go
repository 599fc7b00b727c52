package detect

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// A Custom is a kind of the user's own. Its values are found by a pattern, by a
// list of words, or only where Options.Fields names a field.
type Custom struct {
	// Name is one to 32 lower-case letters, digits, dashes and underscores; the
	// kind is called "custom:" and the name.
	Name string
	// Pattern is a regular expression in the syntax of RE2 (that of package
	// regexp), with lookaround, backreferences and possessive quantifiers besides.
	// It is tried on a line, without its end (of a long one, on overlapping
	// windows), in which one of Literals stands. A match has at most 1,024 bytes.
	Pattern string
	// Literals are texts of which one stands in every value, as it is written
	// here: without one near, Pattern is not tried.
	Literals []string
	// Timeout is how long Pattern may take for one line; 0 means
	// DefaultPatternTimeout. A line for which it takes longer goes as a whole,
	// with Match.Timeout.
	Timeout time.Duration
	// Words are values as they are, between characters that are of no word.
	Words []string
	// IgnoreCase says that case means nothing, in Pattern and in Words.
	IgnoreCase bool
}

// DefaultPatternTimeout is far more than a pattern without nested repetition
// takes for a line.
const DefaultPatternTimeout = 100 * time.Millisecond

const (
	// maxCustom leaves kinds at the end for others to use.
	maxCustom = 128
	// customReach is how far around a literal a pattern is tried, in bytes;
	// customStep, how far windows of one line lie apart.
	customReach = 2048
	customStep  = 1024
	// maxTimeouts is how often a Scanner lets a pattern run out of time before
	// it takes every line with a literal of it as such, so that an input made to
	// be slow costs seconds, not days.
	maxTimeouts = 64
	// customDetector stands for the detector of custom kinds in a Match.
	customDetector = 255
)

// customs are the custom kinds of an Engine.
type customs struct {
	patterns []pattern
	words    []*dictionary // by kind, nil where there are none
	names    []string
	fold     []bool
}

type pattern struct {
	kind     Kind
	re       *regexp2.Regexp
	literals [][]byte
}

func newCustoms(list []Custom) (*customs, error) {
	if len(list) == 0 {
		return nil, nil
	}
	if len(list) > maxCustom {
		return nil, fmt.Errorf("detect: at most %d custom kinds", maxCustom)
	}
	c := &customs{}
	for i, x := range list {
		if !isCustomName(x.Name) {
			return nil, fmt.Errorf("detect: custom kind %d: the name wants 1 to 32 lower-case letters, digits, - and _", i+1)
		}
		if slices.Contains(c.names, x.Name) {
			return nil, fmt.Errorf("detect: custom kind %s stands twice", x.Name)
		}
		c.names, c.fold = append(c.names, x.Name), append(c.fold, x.IgnoreCase)
		kind := FirstCustom + Kind(i)
		if x.Pattern != "" {
			p, err := newPattern(x, kind)
			if err != nil {
				return nil, fmt.Errorf("detect: custom kind %s: %w", x.Name, err)
			}
			c.patterns = append(c.patterns, p)
		}
		var words *dictionary
		if len(x.Words) > 0 {
			words = newDictionary(x.Words, x.IgnoreCase)
		}
		c.words = append(c.words, words)
	}
	return c, nil
}

func isCustomName(s string) bool {
	if s == "" || len(s) > 32 {
		return false
	}
	for _, c := range []byte(s) {
		if !isLower(c) && !isDigit(c) && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

func newPattern(x Custom, kind Kind) (pattern, error) {
	p := pattern{kind: kind}
	re, err := compilePattern(x.Pattern, x.IgnoreCase, x.Timeout)
	if err != nil {
		return p, err
	}
	p.re = re
	for _, l := range x.Literals {
		if len(l) < 2 {
			return p, errors.New("a literal wants two bytes at least")
		}
		if strings.ContainsAny(l, "\r\n") {
			return p, errors.New("a literal cannot hold a line end")
		}
		p.literals = append(p.literals, []byte(l))
	}
	if len(p.literals) == 0 {
		return p, errors.New("a pattern wants a literal: a text that stands in every value")
	}
	return p, nil
}

// compilePattern leaves the library's error out: it quotes the pattern, which
// may have been made from data.
func compilePattern(expr string, ignoreCase bool, timeout time.Duration) (*regexp2.Regexp, error) {
	patternClock.Do(func() { regexp2.SetTimeoutCheckPeriod(5 * time.Millisecond) })
	opts := regexp2.RE2
	if ignoreCase {
		opts |= regexp2.IgnoreCase
	}
	re, err := regexp2.Compile(expr, opts, regexp2.OptionMaxBacktrackingStackSize(1<<20))
	if err != nil {
		return nil, errors.New("the pattern is not a regular expression")
	}
	re.MatchTimeout = timeout
	if timeout <= 0 {
		re.MatchTimeout = DefaultPatternTimeout
	}
	return re, nil
}

// patternClock sets how often the library looks at the time, which is ten times a
// second if nobody says otherwise. The clock runs only while a pattern does.
var patternClock sync.Once

// A customScanner finds custom kinds for one Scanner.
type customScanner struct {
	*customs
	timeouts []int // by pattern
	ahead    []int
	low      []byte
}

func (c *customs) newScanner() *customScanner {
	if c == nil {
		return nil
	}
	return &customScanner{customs: c, timeouts: make([]int, len(c.patterns))}
}

// find reports the matches in t.b.
func (c *customScanner) find(t *text) {
	t.current = customDetector
	for i := range c.patterns {
		if t.wanted[c.patterns[i].kind] {
			c.match(t, i)
		}
	}
	for i, w := range c.words {
		if w != nil && t.wanted[FirstCustom+Kind(i)] {
			c.low = w.find(t, FirstCustom+Kind(i), c.low)
		}
	}
}

// match tries pattern i on the lines that have a literal of it.
func (c *customScanner) match(t *text, i int) {
	p := &c.patterns[i]
	c.ahead = c.ahead[:0]
	for range p.literals {
		c.ahead = append(c.ahead, -1)
	}
	done := 0
	for done < len(t.b) {
		at, n := p.next(t.b, done, c.ahead)
		if at < 0 {
			return
		}
		start := max(bytes.LastIndexByte(t.b[:at], '\n')+1, at-customReach)
		end := min(len(t.b), at+n+customReach)
		lineEnds := false
		if k := bytes.IndexByte(t.b[at:end], '\n'); k >= 0 {
			end, lineEnds = at+k, true
		}
		if lineEnds && end > at+n && t.b[end-1] == '\r' {
			c.try(t, i, start, end-1)
		} else {
			c.try(t, i, start, end)
		}
		if done = at + customStep; lineEnds || end == len(t.b) {
			done = max(end, at+1)
		}
	}
}

// next returns where the first literal at or after from stands, -1 if none does.
// ahead keeps for each literal where it stands next, so that each byte is
// searched once.
func (p *pattern) next(b []byte, from int, ahead []int) (at, n int) {
	at = -1
	for i, l := range p.literals {
		if ahead[i] < from {
			ahead[i] = len(b)
			if k := bytes.Index(b[from:], l); k >= 0 {
				ahead[i] = from + k
			}
		}
		if ahead[i] < len(b) && (at < 0 || ahead[i] < at) {
			at, n = ahead[i], len(l)
		}
	}
	return at, n
}

// try reports the matches of pattern i in t.b[start:end], or all of it when the
// pattern runs out of time.
func (c *customScanner) try(t *text, i, start, end int) {
	p := &c.patterns[i]
	if c.timeouts[i] < maxTimeouts {
		found, err := p.re.FindAllStringIndex(string(t.b[start:end]), -1)
		if err == nil {
			for _, m := range found {
				if len(m) >= 2 && m[0] < m[1] && m[1] <= end-start {
					t.report(p.kind, Checked, start+m[0], start+m[1], 90)
				}
			}
			return
		}
		c.timeouts[i]++
	}
	t.found = append(t.found, Match{Start: start, End: end, Kind: p.kind, Rank: Named, Score: 50, Timeout: true, detector: customDetector})
}

// Name returns the name of a kind, built-in or custom.
func (e *Engine) Name(k Kind) string {
	if i := int(k) - int(FirstCustom); e.customs != nil && i >= 0 && i < len(e.customs.names) {
		return "custom:" + e.customs.names[i]
	}
	return k.String()
}

// AppendCanonical is the function of that name, for custom kinds too: where case
// means nothing, they are in lower case.
func (e *Engine) AppendCanonical(dst []byte, k Kind, value []byte) []byte {
	if i := int(k) - int(FirstCustom); e.customs != nil && i >= 0 && i < len(e.customs.fold) && e.customs.fold[i] {
		return append(dst, bytes.ToLower(value)...)
	}
	return AppendCanonical(dst, k, value)
}
