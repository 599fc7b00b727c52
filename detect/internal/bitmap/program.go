package bitmap

import "slices"

// An instr is a step of a Program: it sets slot dst to a op (b shifted), see
// node; or says where the chunk in slot a is not zero, in mark dst; or ends.
// The vector forms read it, so its fields are theirs as well.
type instr struct {
	code      uint16 // op + numOps*shape, or codeMark, or codeEnd
	dst, a, b uint16
	shift     int64 // as wide as a vector's lane, so that it can be loaded as one
}

// The shapes of a shift, each of which may have a faster form of its own.
const (
	shapeHere   = iota // none
	shapeAhead         // 1 to 63
	shapeBehind        // -63 to -1
	shapeFar           // a word and more
	numShapes

	codeMark = numOps * numShapes
	codeEnd  = codeMark + 1
)

func shapeOf(shift int) uint16 {
	switch {
	case shift == 0:
		return shapeHere
	case shift > 0 && shift < 64:
		return shapeAhead
	case shift < 0 && shift > -64:
		return shapeBehind
	}
	return shapeFar
}

// A Program computes a set of expressions. It is safe for concurrent use.
type Program struct {
	words  []*wordSet // whose slots follow those of the classes
	instrs []instr    // the last is codeEnd
	outs   []uint16   // slot of each expression
	slots  int
}

// Compile makes one Program of exprs. Parts that are equal are computed once.
func Compile(exprs []Expr) *Program {
	p := &Program{}
	for _, e := range exprs {
		p.collect(e.n)
	}
	p.slots = p.given()
	type key struct {
		op    op
		a, b  uint16
		shift int
	}
	seen := map[key]uint16{}
	done := map[*node]uint16{}
	var emit func(n *node) uint16
	emit = func(n *node) uint16 {
		if n.op == opClass {
			return uint16(n.class)
		}
		if n.op == opWords {
			return uint16(int(NumClasses) + slices.Index(p.words, n.words))
		}
		if s, ok := done[n]; ok {
			return s
		}
		k := key{n.op, emit(n.a), emit(n.b), n.shift}
		if k.shift == 0 && k.op != opAndNot && k.a > k.b {
			k.a, k.b = k.b, k.a
		}
		s, ok := seen[k]
		if !ok {
			s = uint16(p.slots)
			p.slots++
			p.instrs = append(p.instrs, instr{uint16(k.op) + numOps*shapeOf(k.shift), s, k.a, k.b, int64(k.shift)})
			seen[k] = s
		}
		done[n] = s
		return s
	}
	for i, e := range exprs {
		p.outs = append(p.outs, emit(e.n))
		// The mark is taken at once, while the slot is in the nearest cache.
		p.instrs = append(p.instrs, instr{code: codeMark, dst: uint16(i), a: p.outs[i]})
	}
	p.instrs = append(p.instrs, instr{code: codeEnd})
	p.share()
	return p
}

// collect adds the words that n needs.
func (p *Program) collect(n *node) {
	switch {
	case n.op == opWords:
		if !slices.Contains(p.words, n.words) {
			p.words = append(p.words, n.words)
		}
	case n.op != opClass:
		p.collect(n.a)
		p.collect(n.b)
	}
}

// given returns how many slots no instr sets.
func (p *Program) given() int { return int(NumClasses) + len(p.words) }

// share gives slots that are not needed at the same time one place. What the
// expressions of all detectors compute on the way is much more than a core's
// first cache holds; what they need at a time is not.
func (p *Program) share() {
	last := make([]int, p.slots)
	for i, in := range p.instrs {
		last[in.a] = i
		if in.code < codeMark {
			last[in.b] = i
		}
	}
	for _, s := range p.outs {
		last[s] = len(p.instrs)
	}
	place := make([]uint16, p.slots)
	for s := range uint16(p.given()) {
		place[s], last[s] = s, len(p.instrs)
	}
	var free []uint16
	p.slots = p.given()
	for i := range p.instrs {
		in := &p.instrs[i]
		a, b := in.a, in.b
		in.a, in.b = place[a], place[b]
		if in.code >= codeMark {
			continue
		}
		// A place is freed after dst has its own, for dst is never a or b.
		dst := uint16(p.slots)
		if n := len(free); n > 0 {
			dst, free = free[n-1], free[:n-1]
		} else {
			p.slots++
		}
		place[in.dst], in.dst = dst, dst
		if last[a] == i {
			free = append(free, place[a])
		}
		if last[b] == i && b != a {
			free = append(free, place[b])
		}
	}
	for i, s := range p.outs {
		p.outs[i] = place[s]
	}
}
