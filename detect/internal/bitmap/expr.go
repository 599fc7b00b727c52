package bitmap

// An Expr says of each place in a text yes or no. It is built from classes and
// [Words] by
// its methods, and never changed.
type Expr struct{ n *node }

type op uint8

const (
	opAnd op = iota
	opOr
	opAndNot
	numOps  = iota
	opClass = op(numOps)
	opWords = opClass + 1
)

// A node is a class, a set of words, or a combined with b shifted: bit p of the result is
// a[p] op b[p+shift].
type node struct {
	op    op
	class Class
	words *wordSet
	shift int
	a, b  *node
	// back and ahead bound the bytes that the node depends on.
	back, ahead int
}

// In says of each byte whether it is in one of the classes.
func In(classes ...Class) Expr {
	var e Expr
	for i, c := range classes {
		x := Expr{&node{op: opClass, class: c}}
		if i == 0 {
			e = x
		} else {
			e = e.Or(x)
		}
	}
	return e
}

// combine makes a node; a shift is part of it, since there it costs next to nothing.
func combine(o op, a, b *node, shift int) Expr {
	n := &node{op: o, a: a, b: b, shift: shift}
	n.back = max(a.back, b.back-shift, 0)
	n.ahead = max(a.ahead, b.ahead+shift, 0)
	if n.back > MaxBehind || n.ahead > MaxAhead {
		panic("bitmap: expression looks too far")
	}
	return Expr{n}
}

// And says yes where both do.
func (e Expr) And(x Expr) Expr { return combine(opAnd, e.n, x.n, 0) }

// Or says yes where either does.
func (e Expr) Or(x Expr) Expr { return combine(opOr, e.n, x.n, 0) }

// AndNot says yes where e does and x does not.
func (e Expr) AndNot(x Expr) Expr { return combine(opAndNot, e.n, x.n, 0) }

// AndAt says yes at p where e does at p and x does at p+n; n may be negative.
// A text has no class before its start or after its end.
func (e Expr) AndAt(n int, x Expr) Expr { return combine(opAnd, e.n, x.n, n) }

// OrAt says yes at p where e does at p or x does at p+n.
func (e Expr) OrAt(n int, x Expr) Expr { return combine(opOr, e.n, x.n, n) }

// AndNotAt says yes at p where e does at p and x does not at p+n.
func (e Expr) AndNotAt(n int, x Expr) Expr { return combine(opAndNot, e.n, x.n, n) }

// Run says yes where e does n times in a row, from here on.
func (e Expr) Run(n int) Expr {
	have, x := 1, e
	for have < n {
		step := min(have, n-have)
		x = x.AndAt(step, x)
		have += step
	}
	return x
}
