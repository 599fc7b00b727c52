package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// Unions of classes that several anchors share, so that they are computed once.
var (
	letters = bitmap.In(bitmap.HexAlpha, bitmap.Alpha)
	alnums  = letters.Or(bitmap.In(bitmap.Digit))
	wordish = alnums.Or(bitmap.In(bitmap.Under))
	// inside is what may stand within a value, and not around a word of prose.
	inside = wordish.Or(bitmap.In(bitmap.Dot)).Or(bitmap.In(bitmap.Dash)).Or(bitmap.In(bitmap.Colon)).Or(bitmap.In(bitmap.At)).
		Or(bitmap.In(bitmap.Plus)).Or(bitmap.In(bitmap.Equal)).Or(bitmap.In(bitmap.Slash)).Or(bitmap.In(bitmap.Escape)).Or(bitmap.In(bitmap.High))
	classed = inside.Or(bitmap.In(bitmap.Space)).Or(bitmap.In(bitmap.Quote)).Or(bitmap.In(bitmap.Newline))
)
