package bitmap

// classify and apply are the two functions that a vector form may replace.
var (
	classify = classifyGo
	apply    = applyGo
)

// applyGo sets bit p of dst to a[p] o b[p+shift] for every p that holds text.
// It defines what the vector forms compute. dst is neither a nor b.
func applyGo(o op, dst, a, b *slot, shift int) {
	switch {
	case shift == 0:
		applyHere(o, dst, a, b)
	case shift > 0 && shift < 64:
		applyAhead(o, dst, a, b, uint(shift))
	case shift < 0 && shift > -64:
		applyBehind(o, dst, a, b, uint(-shift))
	default:
		applyFar(o, dst, a, b, shift)
	}
}

func applyHere(o op, dst, a, b *slot) {
	switch o {
	case opAnd:
		for w := slotFirst; w < slotEnd; w++ {
			dst[w] = a[w] & b[w]
		}
	case opOr:
		for w := slotFirst; w < slotEnd; w++ {
			dst[w] = a[w] | b[w]
		}
	default:
		for w := slotFirst; w < slotEnd; w++ {
			dst[w] = a[w] &^ b[w]
		}
	}
}

func applyAhead(o op, dst, a, b *slot, k uint) {
	switch o {
	case opAnd:
		for w := slotFirst; w < slotEnd; w++ {
			dst[w] = a[w] & (b[w]>>(k&63) | b[w+1]<<((64-k)&63))
		}
	case opOr:
		for w := slotFirst; w < slotEnd; w++ {
			dst[w] = a[w] | (b[w]>>(k&63) | b[w+1]<<((64-k)&63))
		}
	default:
		for w := slotFirst; w < slotEnd; w++ {
			dst[w] = a[w] &^ (b[w]>>(k&63) | b[w+1]<<((64-k)&63))
		}
	}
}

func applyBehind(o op, dst, a, b *slot, k uint) {
	switch o {
	case opAnd:
		for w := slotFirst; w < slotEnd; w++ {
			dst[w] = a[w] & (b[w]<<(k&63) | b[w-1]>>((64-k)&63))
		}
	case opOr:
		for w := slotFirst; w < slotEnd; w++ {
			dst[w] = a[w] | (b[w]<<(k&63) | b[w-1]>>((64-k)&63))
		}
	default:
		for w := slotFirst; w < slotEnd; w++ {
			dst[w] = a[w] &^ (b[w]<<(k&63) | b[w-1]>>((64-k)&63))
		}
	}
}

// applyFar is for shifts of a word and more, which are rare.
func applyFar(o op, dst, a, b *slot, shift int) {
	words, k := shift>>6, uint(shift&63)
	at := func(w int) uint64 {
		if w < 0 || w >= slotWords {
			return 0
		}
		return b[w]
	}
	for w := slotFirst; w < slotEnd; w++ {
		x := at(w+words) >> k
		if k != 0 {
			x |= at(w+words+1) << (64 - k)
		}
		switch o {
		case opAnd:
			dst[w] = a[w] & x
		case opOr:
			dst[w] = a[w] | x
		default:
			dst[w] = a[w] &^ x
		}
	}
}
