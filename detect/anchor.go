package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// Unions of classes, and forms, that several anchors share, so that they are computed once.
var (
	letters = bitmap.In(bitmap.HexAlpha, bitmap.Alpha)
	capital = letters.AndNot(bitmap.In(bitmap.Small))
	alnums  = letters.Or(bitmap.In(bitmap.Digit))
	wordish = alnums.Or(bitmap.In(bitmap.Under))
	// inside is what may stand within a value, and not around a word of prose.
	inside = wordish.Or(bitmap.In(bitmap.Dot)).Or(bitmap.In(bitmap.Dash)).Or(bitmap.In(bitmap.Colon)).Or(bitmap.In(bitmap.At)).
		Or(bitmap.In(bitmap.Plus)).Or(bitmap.In(bitmap.Equal)).Or(bitmap.In(bitmap.Slash)).Or(bitmap.In(bitmap.Escape)).Or(bitmap.In(bitmap.High))
	visible = inside.Or(bitmap.In(bitmap.Quote))
	classed = visible.Or(bitmap.In(bitmap.Space)).Or(bitmap.In(bitmap.Newline))
)

// lettersBefore is where a letter stands, or up to three bytes before.
var lettersBefore = func() bitmap.Expr {
	letter := letters.Or(bitmap.In(bitmap.High))
	two := letter.OrAt(-1, letter)
	return two.OrAt(-2, two)
}()

// nearWord is e where touchesWord may see a word, which e does not stand in.
func nearWord(e bitmap.Expr) bitmap.Expr {
	between := e.AndNotAt(-1, bitmap.In(bitmap.Slash, bitmap.Dash, bitmap.At, bitmap.Newline)).AndNotAt(-2, decimal)
	return between.AndAt(-2, lettersBefore).Or(e.AndAt(-1, bitmap.In(bitmap.High)))
}

// startsLine is e where no more than a blank may stand before it in its line, or
// a byte of no class.
func startsLine(e bitmap.Expr) bitmap.Expr {
	return e.AndNotAt(-1, visible.Or(bitmap.In(bitmap.Space).AndAt(-1, visible)))
}

// inNumber is a dot between two digits, and dotAfter one that another such dot
// follows after three digits at most.
var (
	decimal  = bitmap.In(bitmap.Digit)
	inNumber = bitmap.In(bitmap.Dot).AndAt(-1, decimal).AndAt(1, decimal)
	dotAfter = before(inNumber)
)

// before says yes at a dot in a number where x does at the next, after three
// digits at most.
func before(x bitmap.Expr) bitmap.Expr {
	return inNumber.AndAt(2, x).Or(inNumber.AndAt(3, x)).Or(inNumber.AndAt(4, x).AndAt(2, decimal))
}

// quad is at the first digit of up to three before the first dot of four groups
// of such digits that no fifth follows: what dottedQuad finds. Most numbers in
// logs that might be something else are addresses, and told off here.
var quad = func() bitmap.Expr {
	last := inNumber.AndNot(dotAfter).AndNotAt(1, decimal.Run(4))
	first := before(before(last))
	return decimal.AndAt(1, first).Or(decimal.AndAt(2, first)).Or(decimal.AndAt(3, first).AndAt(1, decimal))
}()
