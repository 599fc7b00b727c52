package bitmap

import "math/bits"

// runGo executes prog, which ends with codeEnd, on slots. It defines what the
// vector forms compute.
func runGo(prog []instr, slots []slot, marks [][2]uint64) {
	for _, in := range prog {
		switch in.code {
		case codeEnd:
			return
		case codeMark:
			marks[in.dst] = nonzero(&slots[in.a])
		default:
			dst, a, b := slots[in.dst].view(), slots[in.a].view(), &slots[in.b]
			if in.shift == 0 {
				applyHere(op(in.code%numOps), dst, a, b.view())
			} else {
				applyMoved(op(in.code%numOps), dst, a, b, int(in.shift))
			}
		}
	}
}

// applyHere sets dst to a o b.
func applyHere(o op, dst, a, b *[viewWords]uint64) {
	switch o {
	case opAnd:
		for w := range dst {
			dst[w] = a[w] & b[w]
		}
	case opOr:
		for w := range dst {
			dst[w] = a[w] | b[w]
		}
	default:
		for w := range dst {
			dst[w] = a[w] &^ b[w]
		}
	}
}

// applyMoved sets bit p of dst to a[p] o b[p+shift]. A bit of b before its slot
// or after is zero.
//
// The word of b that begins shift bits further on is made of two words: the
// upper bits of one and the lower bits of the next. Both are rotated into place
// and kept by a mask, since shifts by a variable count cost thrice a logic op.
func applyMoved(o op, dst, a *[viewWords]uint64, b *slot, shift int) {
	first, turn := slotFirst+shift>>6, -(shift & 63)
	keep := ^uint64(0) >> (uint(shift) & 63)
	next := (*[viewWords]uint64)(b[first+1:])
	x := bits.RotateLeft64(b[first], turn)
	switch o {
	case opAnd:
		for w, y := range next {
			y = bits.RotateLeft64(y, turn)
			dst[w] = a[w] & (y ^ (x^y)&keep)
			x = y
		}
	case opOr:
		for w, y := range next {
			y = bits.RotateLeft64(y, turn)
			dst[w] = a[w] | (y ^ (x^y)&keep)
			x = y
		}
	default:
		for w, y := range next {
			y = bits.RotateLeft64(y, turn)
			dst[w] = a[w] &^ (y ^ (x^y)&keep)
			x = y
		}
	}
}

// nonzero has bit w set where word w of the chunk in s is not zero.
func nonzero(s *slot) (mask [2]uint64) {
	chunk := (*[chunkWords]uint64)(s[slotFirst+leadWords:])
	for i := range mask {
		var m uint64
		for _, x := range chunk[64*i : 64*i+64] {
			m = m>>1 | (x|-x)&(1<<63)
		}
		mask[i] = m
	}
	return mask
}
