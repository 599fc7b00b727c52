package bitmap

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// yes is what an Expr means, said as slowly and plainly as can be: bit p is
// a[p] op b[p+shift], and there is no class outside the text.
func (n *node) yes(text []byte, p int) bool {
	if n.op == opClass {
		return p >= 0 && p < len(text) && classOf[text[p]] == n.class
	}
	a, b := n.a.yes(text, p), n.b.yes(text, p+n.shift)
	switch n.op {
	case opAnd:
		return a && b
	case opOr:
		return a || b
	}
	return a && !b
}

// checkRun compares every bit and mark of a run at at with the meaning.
func checkRun(t *testing.T, m *Machine, exprs []Expr, text []byte, at int) {
	t.Helper()
	m.Run(text, at)
	for i, e := range exprs {
		out, mark := m.Out(i), m.Nonzero(i)
		for w, got := range out {
			var want uint64
			for b := range 64 {
				if e.n.yes(text, at+64*w+b) {
					want |= 1 << b
				}
			}
			if got != want {
				t.Fatalf("kernel %s, text of %d, at %d, expr %d, word %d: got %064b, want %064b",
					m.kernel.name, len(text), at, i, w, got, want)
			}
			if (mark[w/64]>>(w%64)&1 == 1) != (want != 0) {
				t.Fatalf("kernel %s, text of %d, at %d, expr %d: wrong mark for word %d",
					m.kernel.name, len(text), at, i, w)
			}
		}
	}
}

// eachKernel runs f once for each form that this machine can run.
func eachKernel(t *testing.T, f func(t *testing.T, k kernel)) {
	for _, k := range kernels {
		t.Run("kernel="+k.name, func(t *testing.T) { f(t, k) })
	}
}

// sample returns n bytes in which every class is frequent.
func sample(r *rand.Rand, n int) []byte {
	const common = "0123456789abcdefABghijXYZ__..--::@@+()  ==\"'//%&\\\n\r\x80\xff\x00\t;<`{\x7f"
	text := make([]byte, n)
	for i := range text {
		text[i] = common[r.IntN(len(common))]
		if r.IntN(8) == 0 {
			text[i] = byte(r.Uint32())
		}
	}
	return text
}

// randomExpr returns an expression that looks no further than is allowed.
func randomExpr(r *rand.Rand, depth int) Expr {
	if depth == 0 || r.IntN(6) == 0 {
		return In(Class(r.IntN(int(NumClasses))))
	}
	a, b := randomExpr(r, depth-1), randomExpr(r, depth-1)
	lo, hi := b.n.back-MaxBehind, MaxAhead-b.n.ahead
	shift := 0
	switch r.IntN(4) {
	case 0:
		shift = lo + r.IntN(hi-lo+1)
	case 1:
		shift = max(lo, min(hi, r.IntN(9)-4))
	case 2:
		shift = max(lo, min(hi, []int{-64, -63, -1, 1, 63, 64, 65, 127, 128}[r.IntN(9)]))
	}
	return combine(op(r.IntN(numOps)), a.n, b.n, shift)
}

func TestClassifyEveryByteEverywhere(t *testing.T) {
	eachKernel(t, func(t *testing.T, k kernel) {
		r := rand.New(rand.NewPCG(1, 2))
		classes := new([NumClasses]slot)
		text := (*[viewBytes]byte)(sample(r, viewBytes))
		for c := range 256 {
			for p := range blockBytes {
				at := r.IntN(viewWords)*blockBytes + p
				was := text[at]
				text[at] = byte(c)
				k.classify(classes, text)
				for q := range text {
					for class := range NumClasses {
						got := classes[class][slotFirst+q/64]>>(q%64)&1 == 1
						if got != (classOf[text[q]] == class) && (q == at || p == 0) {
							t.Fatalf("byte %#x at %d: class %d is %t", text[q], q, class, got)
						}
					}
					if p != 0 && q == 0 {
						q = at // only p == 0 looks at the whole view
					}
				}
				text[at] = was
			}
		}
	})
}

// A text may begin at any address: vector loads must not want a round one.
func TestClassifyAlignment(t *testing.T) {
	eachKernel(t, func(t *testing.T, k kernel) {
		r := rand.New(rand.NewPCG(3, 4))
		buf := sample(r, viewBytes+64)
		for shift := range 64 {
			text := (*[viewBytes]byte)(buf[shift:])
			got, want := new([NumClasses]slot), new([NumClasses]slot)
			k.classify(got, text)
			classifyGo(want, text)
			if *got != *want {
				t.Fatalf("text at %d: not what the plain form gives", shift)
			}
		}
	})
}

func FuzzClassify(f *testing.F) {
	f.Add([]byte("GET /a?b=c%40d HTTP/1.1\r\n"), 0)
	f.Add([]byte{0x7f, 0x80, 0xff, 0, '`', '<', 'O', 'P', '*'}, 63)
	f.Fuzz(func(t *testing.T, data []byte, at int) {
		var text [viewBytes]byte
		copy(text[uint(at)%viewBytes:], data)
		want := new([NumClasses]slot)
		classifyGo(want, &text)
		for _, k := range kernels {
			got := new([NumClasses]slot)
			if k.classify(got, &text); *got != *want {
				t.Fatalf("kernel %s: not what the plain form gives", k.name)
			}
		}
	})
}

// Every shift and every op, on slots whose bits are random up to both edges.
func TestApplyEveryShift(t *testing.T) {
	eachKernel(t, func(t *testing.T, k kernel) {
		r := rand.New(rand.NewPCG(5, 6))
		got, want := make([]slot, 4), make([]slot, 4)
		marks, wantMarks := make([][2]uint64, 2), make([][2]uint64, 2)
		for shift := -MaxBehind; shift <= MaxAhead; shift++ {
			for o := range uint16(numOps) {
				for s := range got {
					for w := range got[s].view() {
						got[s].view()[w] = r.Uint64()
						if r.IntN(8) == 0 { // so that marks differ
							got[s].view()[w] = 0
						}
					}
					want[s] = got[s]
				}
				prog := []instr{
					{o + numOps*shapeOf(shift), 3, 1, 2, int64(shift)},
					{code: codeMark, dst: 1, a: 3},
					{code: codeMark, dst: 0, a: 0},
					{code: codeEnd},
				}
				k.run(prog, got, marks)
				for p := range viewBytes {
					w, b := p/64, p%64
					var y bool
					if q := p + shift; q >= 0 && q < viewBytes {
						y = want[2].view()[q/64]>>(q%64)&1 == 1
					}
					x := want[1].view()[w]>>b&1 == 1
					yes := [...]bool{opAnd: x && y, opOr: x || y, opAndNot: x && !y}[o]
					want[3].view()[w] = want[3].view()[w]&^(1<<b) | map[bool]uint64{true: 1}[yes]<<b
				}
				for i, s := range []int{0, 3} {
					for w, x := range want[s][slotFirst+leadWords:][:chunkWords] {
						wantMarks[i][w/64] &^= 1 << (w % 64)
						if x != 0 {
							wantMarks[i][w/64] |= 1 << (w % 64)
						}
					}
				}
				for s := range got {
					if got[s] != want[s] {
						t.Fatalf("op %d, shift %d: slot %d is wrong", o, shift, s)
					}
				}
				if marks[0] != wantMarks[0] || marks[1] != wantMarks[1] {
					t.Fatalf("op %d, shift %d: marks are wrong", o, shift)
				}
			}
		}
	})
}

func TestRunAtTextEnds(t *testing.T) {
	eachKernel(t, func(t *testing.T, k kernel) {
		r := rand.New(rand.NewPCG(7, 8))
		exprs := []Expr{
			In(Digit),
			In(Digit).OrAt(-1, In(Digit)).OrAt(1, In(Alpha, HexAlpha)),
			In(Digit).AndNotAt(-1, In(Digit)),
			In(Digit).AndNotAt(1, In(Digit)),
			In(Digit, HexAlpha).Run(4).AndAt(4, In(Dot, Dash)),
			In(High).OrAt(MaxAhead, In(Space)).OrAt(-MaxBehind, In(Newline)),
		}
		m := newMachine(Compile(exprs), k)
		for _, n := range []int{0, 1, 2, 63, 64, 65, ChunkBytes - 1, ChunkBytes, ChunkBytes + 1,
			ChunkBytes + MaxAhead, viewBytes - 64, viewBytes, viewBytes + 63, viewBytes + 64, 2*ChunkBytes + 7} {
			text := sample(r, n)
			for at := 0; at <= n; at += 1 + r.IntN(4000) {
				checkRun(t, m, exprs, text, at)
			}
			checkRun(t, m, exprs, text, n)
		}
	})
}

func FuzzRun(f *testing.F) {
	f.Add(uint64(1), uint(0), uint(0))
	f.Add(uint64(2), uint(64), uint(64))
	f.Add(uint64(3), uint(ChunkBytes+viewBytes), uint(ChunkBytes))
	f.Add(uint64(4), uint(viewBytes), uint(65))
	f.Fuzz(func(t *testing.T, seed uint64, n, at uint) {
		n %= 3 * ChunkBytes
		r := rand.New(rand.NewPCG(seed, 9))
		text := sample(r, int(n))
		exprs := make([]Expr, 1+r.IntN(12))
		for i := range exprs {
			exprs[i] = randomExpr(r, r.IntN(5))
			if i > 0 && r.IntN(2) == 0 { // a part that is used again, or an equal output
				if e := exprs[r.IntN(i)]; max(e.n.back, exprs[i].n.back) <= MaxBehind {
					exprs[i] = exprs[i].Or(e)
				}
			}
		}
		p := Compile(exprs)
		for _, k := range kernels {
			m := newMachine(p, k)
			checkRun(t, m, exprs, text, int(at%(n+1)))
			checkRun(t, m, exprs, text, 0) // what the run before left must not show
		}
	})
}

// A program of many detectors needs few slots at a time.
func TestSlotsAreShared(t *testing.T) {
	exprs := detectors(200)
	p := Compile(exprs)
	if ops := countOps(p); ops < 200 || p.slots > int(NumClasses)+len(exprs)+40 {
		t.Errorf("%d ops of %d expressions take %d slots", ops, len(exprs), p.slots)
	}
	eachKernel(t, func(t *testing.T, k kernel) {
		checkRun(t, newMachine(p, k), exprs, sample(rand.New(rand.NewPCG(1, 1)), ChunkBytes), 0)
	})
}

func TestRunAllocatesNothing(t *testing.T) {
	text := sample(rand.New(rand.NewPCG(1, 1)), 3*ChunkBytes)
	eachKernel(t, func(t *testing.T, k kernel) {
		m := newMachine(Compile(detectors(60)), k)
		if n := testing.AllocsPerRun(10, func() { m.Run(text, 0); m.Run(text, ChunkBytes) }); n != 0 {
			t.Errorf("%v allocations", n)
		}
	})
}

// countOps returns the number of operations on bitmaps in p.
func countOps(p *Program) (n int) {
	for _, in := range p.instrs {
		if in.code < codeMark {
			n++
		}
	}
	return n
}

// detectors returns expressions as detectors state them, of ops operations or
// a few more in all: groups of digits or hex with a separator between them, and
// nothing of the kind before.
func detectors(ops int) (exprs []Expr) {
	seps := []Class{Dash, Colon, Dot, Space, Slash, Under, Equal, Quote}
	for i := 0; countOps(Compile(exprs)) < ops; i++ {
		part := In(Digit)
		if i%2 == 1 {
			part = In(Digit, HexAlpha)
		}
		sep := In(seps[i%len(seps)])
		n := 2 + i%5
		group := part.Run(n).AndAt(n, sep)
		x := group.AndAt(n+1, group).AndAt(2*n+2, part.Run(n+i/5))
		exprs = append(exprs, x.AndNotAt(-1, part).AndNotAt(-1, sep))
	}
	return exprs
}

func BenchmarkClassify(b *testing.B) {
	text := (*[viewBytes]byte)(sample(rand.New(rand.NewPCG(1, 1)), viewBytes))
	classes := new([NumClasses]slot)
	for _, k := range kernels {
		b.Run("kernel="+k.name, func(b *testing.B) {
			b.SetBytes(ChunkBytes)
			b.ReportAllocs()
			for b.Loop() {
				k.classify(classes, text)
			}
		})
	}
}

func BenchmarkRun(b *testing.B) {
	text := sample(rand.New(rand.NewPCG(1, 1)), 64*ChunkBytes)
	for _, ops := range []int{60, 200} {
		p := Compile(detectors(ops))
		for _, k := range kernels {
			b.Run(fmt.Sprintf("ops=%d/kernel=%s", ops, k.name), func(b *testing.B) {
				m := newMachine(p, k)
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					for at := 0; at < len(text); at += ChunkBytes {
						m.Run(text, at)
					}
				}
			})
		}
	}
}

// BenchmarkProgram leaves the classes as they are: the operations alone.
func BenchmarkProgram(b *testing.B) {
	text := sample(rand.New(rand.NewPCG(1, 1)), 2*ChunkBytes)
	for _, ops := range []int{60, 200} {
		p := Compile(detectors(ops))
		for _, k := range kernels {
			b.Run(fmt.Sprintf("ops=%d/kernel=%s", ops, k.name), func(b *testing.B) {
				m := newMachine(p, k)
				m.Run(text, 0)
				b.SetBytes(ChunkBytes)
				for b.Loop() {
					k.run(p.instrs, m.slots, m.marks)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*countOps(p)), "ns/bitmap-op")
			})
		}
	}
}
