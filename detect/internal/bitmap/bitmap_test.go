package bitmap

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// in says of each place from lo to hi of text whether the expression of n is
// true there. It is what an Expr means, said as plainly as can be: bit p is
// a[p] op b[p+shift], and there is no class outside the text.
func (n *node) in(text []byte, lo, hi int) []bool {
	yes := make([]bool, hi-lo)
	if n.op == opClass {
		for p := max(lo, 0); p < min(hi, len(text)); p++ {
			yes[p-lo] = n.class.has(text[p])
		}
		return yes
	}
	if n.op == opWords {
		for p := max(lo, 0); p < min(hi, len(text)); p++ {
			yes[p-lo] = n.words.in(text[p:])
		}
		return yes
	}
	a, b := n.a.in(text, lo, hi), n.b.in(text, lo+n.shift, hi+n.shift)
	for i := range yes {
		yes[i] = n.op.of(a[i], b[i])
	}
	return yes
}

// in says whether b may begin with a word of s; nothing stands for a zero.
func (s *wordSet) in(b []byte) bool {
	bucket := byte(0xff)
	for j := range wordBytes {
		c := byte(0)
		if j < len(b) {
			c = b[j]
		}
		bucket &= s.low[j][c&15] & s.high[j][c>>4&7]
	}
	return bucket != 0
}

func (o op) of(a, b bool) bool {
	switch o {
	case opAnd:
		return a && b
	case opOr:
		return a || b
	}
	return a && !b
}

// meaning returns what the outputs for the chunk at at are to be.
func meaning(exprs []Expr, text []byte, at int) [][chunkWords]uint64 {
	want := make([][chunkWords]uint64, len(exprs))
	for i, e := range exprs {
		for p, yes := range e.n.in(text, at, at+ChunkBytes) {
			if yes {
				want[i][p/64] |= 1 << (p % 64)
			}
		}
	}
	return want
}

// checkRun compares every bit and mark of a run with the meaning.
func checkRun(t *testing.T, m *Machine, want [][chunkWords]uint64, text []byte, at int) {
	t.Helper()
	m.Run(text, at)
	for i := range want {
		if got := m.Out(i); *got != want[i] {
			t.Fatalf("kernel %s, text of %d, at %d: expression %d is wrong", m.kernel.name, len(text), at, i)
		}
		for w, x := range want[i] {
			if mark := m.Nonzero(i); (mark[w/64]>>(w%64)&1 == 1) != (x != 0) {
				t.Fatalf("kernel %s, text of %d, at %d: mark of word %d of expression %d is wrong",
					m.kernel.name, len(text), at, w, i)
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
	if depth > 0 && r.IntN(12) == 0 {
		words := make([]string, 1+r.IntN(20))
		for i := range words {
			words[i] = strings.NewReplacer("\x00", "0", "\x80", "8").Replace(string(sample(r, wordBytes)))
		}
		return Words(words...)
	}
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
		check := func(p int) {
			for class := range NumClasses {
				got := classes[class][slotFirst+p/64]>>(p%64)&1 == 1
				if got != class.has(text[p]) {
					t.Fatalf("byte %#x at %d: class %d is %t", text[p], p, class, got)
				}
			}
		}
		k.classify(classes, text)
		for p := range text {
			check(p)
		}
		for c := range 256 {
			for p := range blockBytes {
				at := r.IntN(viewWords)*blockBytes + p
				text[at] = byte(c)
				k.classify(classes, text)
				check(at)
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

// shifted returns, bit by bit, a o (b shifted).
func shifted(o op, a, b *slot, shift int) (dst slot) {
	bit := func(s *slot, p int) bool {
		return p >= 0 && p < viewBytes && s.view()[p/64]>>(p%64)&1 == 1
	}
	for p := range viewBytes {
		if o.of(bit(a, p), bit(b, p+shift)) {
			dst.view()[p/64] |= 1 << (p % 64)
		}
	}
	return dst
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
				want[3] = shifted(op(o), &want[1], &want[2], shift)
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
				checkRun(t, m, meaning(exprs, text, at), text, at)
			}
			checkRun(t, m, meaning(exprs, text, n), text, n)
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
		first := int(at % (n + 1))
		want, again := meaning(exprs, text, first), meaning(exprs, text, 0)
		for _, k := range kernels {
			m := newMachine(p, k)
			checkRun(t, m, want, text, first)
			checkRun(t, m, again, text, 0) // what the run before left must not show
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
	text := sample(rand.New(rand.NewPCG(1, 1)), ChunkBytes)
	want := meaning(exprs, text, 0)
	eachKernel(t, func(t *testing.T, k kernel) { checkRun(t, newMachine(p, k), want, text, 0) })
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

func TestWords(t *testing.T) {
	const text = "GET /a FOR user: Username=x, login from b; for\nLOGI lo "
	for _, c := range []struct {
		words []string
		want  []int
	}{
		{[]string{"for"}, []int{7, 43}},
		{[]string{"user", "login"}, []int{11, 17, 29, 47}},
		{[]string{"get", "a f", "lo "}, []int{0, 5, 52}},
		{[]string{"xyz"}, nil},
	} {
		eachKernel(t, func(t *testing.T, k kernel) {
			m := newMachine(Compile([]Expr{Words(c.words...)}), k)
			m.Run([]byte(text), 0)
			var got []int
			for i := range text {
				if m.Out(0)[i/64]>>(i%64)&1 != 0 {
					got = append(got, i)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q: at %d, want %d", c.words, got, c.want)
			}
		})
	}
}
