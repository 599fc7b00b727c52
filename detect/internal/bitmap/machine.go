package bitmap

// An instr sets slot dst to a op (b shifted); see node.
type instr struct {
	op        op
	dst, a, b uint16
	shift     int16
}

// A Program computes a set of expressions. It is safe for concurrent use.
type Program struct {
	instrs []instr
	outs   []uint16 // slot of each expression
	slots  int
}

// Compile makes one Program of exprs. Parts that are equal are computed once.
func Compile(exprs []Expr) *Program {
	p := &Program{slots: int(NumClasses)}
	type key struct {
		op    op
		a, b  uint16
		shift int16
	}
	seen := map[key]uint16{}
	done := map[*node]uint16{}
	var emit func(n *node) uint16
	emit = func(n *node) uint16 {
		if n.op == opClass {
			return uint16(n.class)
		}
		if s, ok := done[n]; ok {
			return s
		}
		k := key{n.op, emit(n.a), emit(n.b), int16(n.shift)}
		if k.shift == 0 && k.op != opAndNot && k.a > k.b {
			k.a, k.b = k.b, k.a
		}
		s, ok := seen[k]
		if !ok {
			s = uint16(p.slots)
			p.slots++
			p.instrs = append(p.instrs, instr{k.op, s, k.a, k.b, k.shift})
			seen[k] = s
		}
		done[n] = s
		return s
	}
	for _, e := range exprs {
		p.outs = append(p.outs, emit(e.n))
	}
	return p
}

// A Machine runs a Program over a text. It belongs to one goroutine.
type Machine struct {
	prog    *Program
	classes *[NumClasses]slot
	temps   []slot
	view    [viewBytes]byte
}

// NewMachine returns a Machine for p.
func NewMachine(p *Program) *Machine {
	return &Machine{prog: p, classes: new([NumClasses]slot), temps: make([]slot, p.slots-int(NumClasses))}
}

func (m *Machine) slot(i uint16) *slot {
	if i < uint16(NumClasses) {
		return &m.classes[i]
	}
	return &m.temps[i-uint16(NumClasses)]
}

// Run evaluates the program over the chunk text[at:at+ChunkBytes], or what is
// left of it. It looks at, but does not answer for, the bytes around the chunk.
func (m *Machine) Run(text []byte, at int) {
	m.classify(text, at)
	for _, in := range m.prog.instrs {
		dst, a, b := m.slot(in.dst), m.slot(in.a), m.slot(in.b)
		apply(in.op, dst, a, b, int(in.shift))
	}
}

// classify fills the class slots. Text that does not fill the view is copied
// into one that is zero around it; zero is in no class.
func (m *Machine) classify(text []byte, at int) {
	from := at - leadWords*blockBytes
	if from >= 0 && from+viewBytes <= len(text) {
		classify(m.classes, (*[viewBytes]byte)(text[from:]))
		return
	}
	clear(m.view[:])
	lo, hi := max(from, 0), min(from+viewBytes, len(text))
	copy(m.view[lo-from:], text[lo:hi])
	classify(m.classes, &m.view)
}

// Out returns where expression i said yes: bit b of word w stands for byte
// at+64*w+b of the text of the last Run. It is valid until the next Run.
func (m *Machine) Out(i int) *[chunkWords]uint64 {
	return (*[chunkWords]uint64)(m.slot(m.prog.outs[i])[slotFirst+leadWords:])
}
