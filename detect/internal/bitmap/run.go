package bitmap

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
func applyMoved(o op, dst, a *[viewWords]uint64, b *slot, shift int) {
	k := uint(shift) & 63
	first := slotFirst + shift>>6
	next := (*[viewWords]uint64)(b[first+1:])
	// 64-k may be 64, which the machine cannot shift by at once.
	lo, up := b[first], 63-k
	switch o {
	case opAnd:
		for w, hi := range next {
			dst[w] = a[w] & (lo>>(k&63) | hi<<1<<(up&63))
			lo = hi
		}
	case opOr:
		for w, hi := range next {
			dst[w] = a[w] | (lo>>(k&63) | hi<<1<<(up&63))
			lo = hi
		}
	default:
		for w, hi := range next {
			dst[w] = a[w] &^ (lo>>(k&63) | hi<<1<<(up&63))
			lo = hi
		}
	}
}

// nonzero has bit w set where word w of the chunk in s is not zero.
func nonzero(s *slot) (mask [2]uint64) {
	chunk := (*[chunkWords]uint64)(s[slotFirst+leadWords:])
	for w, x := range chunk {
		mask[w/64] |= (x | -x) >> 63 << (w % 64)
	}
	return mask
}
