package detect

import (
	"fmt"
	"math/bits"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// Options say what to look for. The zero value looks for every built-in kind.
type Options struct {
	// Kinds are the kinds to report; nil means all.
	Kinds []Kind
	// Regions are ISO 3166-1 codes of the regions whose national phone numbers
	// are looked for without a country code in front: "CA", "FR".
	Regions []string
	// Base64 says that text in base64 is searched, too.
	Base64 bool
	// Names are values to be found where they stand bare.
	Names     *Names
	onlyNames bool // nothing else is found
	// Explain says that near misses are noted; see Scanner.Misses.
	Explain bool
	// Fields says which kind the values of a field are, by its name. It goes
	// before what scrim knows of names. None says that a name means nothing.
	Fields map[string]Kind
	// Custom are kinds of the user's own: Custom[i] is FirstCustom+i.
	Custom []Custom
	// Allow says which values are no match, whatever finds them.
	Allow Allow
}

// An Engine finds what its Options ask for. It is safe for concurrent use; each
// goroutine scans with a Scanner of its own.
type Engine struct {
	opts   Options
	wanted [MaxKinds]bool
	active []uint8 // detectors that may report a wanted kind, as indices in the list
	prog   *bitmap.Program
	names  *nameTable

	customs *customs
	allowed *allowed
}

// New returns an Engine.
func New(opts Options) (*Engine, error) {
	e := &Engine{opts: opts}
	var err error
	if e.customs, err = newCustoms(opts.Custom); err != nil {
		return nil, err
	}
	if opts.Kinds == nil {
		for k := None + 1; k < numKinds; k++ {
			e.wanted[k] = true
		}
		for i := range opts.Custom {
			e.wanted[FirstCustom+Kind(i)] = true
		}
	}
	for _, k := range opts.Kinds {
		if k == None || k >= numKinds && int(k)-int(FirstCustom) >= len(opts.Custom) || k >= numKinds && k < FirstCustom {
			return nil, fmt.Errorf("detect: no kind has the number %d", k)
		}
		e.wanted[k] = true
	}
	if err := checkRegions(opts.Regions); err != nil {
		return nil, err
	}
	var anchors []bitmap.Expr
	for i, d := range list {
		if d.verify == nil || d == &learned && opts.Names == nil || d != &learned && opts.onlyNames || d == &base64Text && !opts.Base64 {
			continue
		}
		for _, k := range d.Kinds {
			if e.wanted[k] {
				e.active = append(e.active, uint8(i))
				anchors = append(anchors, d.anchorFor(&opts))
				break
			}
		}
	}
	e.prog = bitmap.Compile(anchors)
	e.names = newNameTable(opts.Fields)
	e.allowed, err = newAllowed(e, opts.Allow)
	return e, err
}

// NewScanner returns a Scanner for one goroutine.
func (e *Engine) NewScanner() *Scanner {
	s := &Scanner{e: e, machine: bitmap.NewMachine(e.prog), next: make([]int, len(e.active))}
	s.t.opts, s.t.wanted, s.t.names, s.t.cache = &e.opts, &e.wanted, e.names, new(caches)
	s.custom = e.customs.newScanner()
	return s
}

// A Scanner finds matches in texts, one after the other.
type Scanner struct {
	e       *Engine
	machine *bitmap.Machine
	next    []int // per active detector: where it wants to be called next
	alone   []int // spans to be searched again, in ScanSpans
	decoded [maxLayers]decoding
	misses  []Miss
	t       text
	custom  *customScanner // nil without custom kinds
	low     []byte         // of values that may be allowed
	known   []Match
	resolver
}

// Scan returns the matches in b, in order and not overlapping. The slice is
// valid until the next call; b is not retained.
func (s *Scanner) Scan(b []byte) []Match {
	s.t.found = s.t.found[:0]
	s.find(b)
	return s.finish()
}

// ScanField returns the matches in b, the value of a field, like Scan; f says
// what the name of the field tells of it.
func (s *Scanner) ScanField(f Field, b []byte) []Match {
	s.t.found = s.t.found[:0]
	s.find(b)
	if f.Kind != None {
		s.t.reportColumn(f, 0, len(b))
	}
	return s.finish()
}

func (s *Scanner) finish() []Match {
	s.t.again()
	return s.settled()
}

func (s *Scanner) settled() []Match {
	if s.e.opts.Names != nil {
		s.t.found = s.takeKnown(s.t.found)
	}
	m := s.resolver.resolve(s.t.b, s.t.found)
	if s.e.opts.Names != nil {
		m = s.addKnown(m)
	}
	if s.e.allowed != nil {
		m = s.allow(m)
	}
	if s.e.opts.Explain {
		s.explain(m)
	}
	s.t.b = nil
	return m
}

func (s *Scanner) find(b []byte) {
	t := &s.t
	t.b, t.runs = b, t.runs[:0]
	clear(s.next)
	for at := 0; at < len(b); at += bitmap.ChunkBytes {
		s.machine.Run(b, at)
		for i, d := range s.e.active {
			marks := s.machine.Nonzero(i)
			if marks[0]|marks[1] == 0 {
				continue
			}
			t.current = d
			verify, next := list[d].verify, s.next[i]
			out := s.machine.Out(i)
			for half, mark := range marks {
				words := (*[64]uint64)(out[64*half:])
				for ; mark != 0; mark &= mark - 1 {
					w := bits.TrailingZeros64(mark) & 63
					from := at + (64*half+w)*64
					for x := words[w]; x != 0; x &= x - 1 {
						if p := from + bits.TrailingZeros64(x); p >= next {
							next = verify(t, p)
						}
					}
				}
			}
			s.next[i] = next
		}
	}
	if s.custom != nil {
		s.custom.find(t)
	}
	if len(t.runs) > 0 {
		s.findEncoded(b)
	}
}
