package bitmap

const (
	blockBytes = 64
	// ChunkBytes is how much text a Machine looks at in one run.
	ChunkBytes = 8192
	chunkWords = ChunkBytes / blockBytes

	// An anchor at p may depend on bytes p-MaxBehind to p+MaxAhead.
	// MaxBehind and MaxAhead bound what an Expr may look at around a place.
	MaxBehind = leadWords * blockBytes
	MaxAhead  = 2 * blockBytes

	// The view of a chunk is the chunk with the blocks around it that an Expr
	// may look at, and as many more behind it as make whole vectors of 8 words.
	leadWords = 1
	viewWords = 136
	viewBytes = viewWords * blockBytes

	// Zero words stand around the view, so that a shift needs no edge case.
	padWords  = 8
	slotFirst = padWords
	slotEnd   = slotFirst + viewWords
	slotWords = slotEnd + padWords
	slotBytes = slotWords * 8

	// Where a slot's view and, in it, the chunk begin: for the vector forms.
	viewOffset  = slotFirst * 8
	chunkOffset = viewOffset + leadWords*8
)

// A slot is a bitmap of the view of a chunk: bit b of word slotFirst+w stands
// for byte 64w+b of the view. The words around the view are always zero. Its
// size, 19 cache lines, keeps slots of a Machine from sharing cache sets.
type slot [slotWords]uint64

// view returns the words of s that stand for text.
func (s *slot) view() *[viewWords]uint64 { return (*[viewWords]uint64)(s[slotFirst:]) }
