package bitmap

// A Machine runs a Program over a text. It belongs to one goroutine.
type Machine struct {
	kernel kernel
	prog   *Program
	slots  []slot // those of the classes come first, then those of the words
	marks  [][2]uint64
	view   [viewBytes]byte
}

// NewMachine returns a Machine for p, in the fastest form that this processor can run.
func NewMachine(p *Program) *Machine { return newMachine(p, kernels[len(kernels)-1]) }

func newMachine(p *Program, k kernel) *Machine {
	return &Machine{kernel: k, prog: p, slots: make([]slot, p.slots), marks: make([][2]uint64, len(p.outs))}
}

// Run evaluates the program over the chunk text[at:at+ChunkBytes], or what is
// left of it; 0 <= at <= len(text). It looks at, but does not answer for, the
// bytes around the chunk. It allocates nothing and keeps nothing of text.
func (m *Machine) Run(text []byte, at int) {
	view := m.viewOf(text, at)
	m.kernel.classify((*[NumClasses]slot)(m.slots), view)
	for i, s := range m.prog.words {
		m.kernel.words(&m.slots[int(NumClasses)+i], view, s)
	}
	m.kernel.run(m.prog.instrs, m.slots, m.marks)
}

// viewOf returns the view of the chunk at at. Text that does not fill it is
// copied into one that is zero around it; zero is in no class.
func (m *Machine) viewOf(text []byte, at int) *[viewBytes]byte {
	from := at - leadWords*blockBytes
	if from >= 0 && from+viewBytes <= len(text) {
		return (*[viewBytes]byte)(text[from:])
	}
	lo, hi := max(from, 0), min(from+viewBytes, len(text))
	clear(m.view[:lo-from])
	n := copy(m.view[lo-from:], text[lo:hi])
	clear(m.view[lo-from+n:])
	return &m.view
}

// Out returns where expression i said yes: bit b of word w stands for byte
// at+64*w+b of the text of the last Run. It is valid until the next Run.
func (m *Machine) Out(i int) *[chunkWords]uint64 {
	return (*[chunkWords]uint64)(m.slots[m.prog.outs[i]][slotFirst+leadWords:])
}

// Nonzero says which words of Out(i) are not zero: bit w%64 of word w/64
// stands for word w. Most anchors fire in few words or none, and a caller then
// looks at two words instead of all.
func (m *Machine) Nonzero(i int) [2]uint64 { return m.marks[i] }
