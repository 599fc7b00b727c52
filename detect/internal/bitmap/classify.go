package bitmap

import "encoding/binary"

// spread[g][c] has, for each class 8g+k, bit 8k set when byte c is in it. Eight
// of them, shifted by position and or-ed, give eight class bytes at once.
var spread = func() (t [2][256]uint64) {
	for c, k := range classOf {
		if k < NumClasses {
			t[k/8][c] = 1 << (8 * (k % 8))
		}
	}
	return t
}()

// classifyGo sets word w of every class's slot from the block of view at
// 64*(w-slotFirst), for all words that hold text. It defines what the vector
// forms compute.
func classifyGo(slots *[NumClasses]slot, view *[viewBytes]byte) {
	for w := slotFirst; w < slotEnd; w++ {
		block := (*[blockBytes]byte)(view[(w-slotFirst)*blockBytes:])
		classify8(slots, 0, w, block)
		classify8(slots, 8, w, block)
	}
}

// classify8 does the eight classes from first on: table look-ups, then a
// transpose of the 8x8 bytes so found. The transpose is four times faster than
// setting the bits one class at a time.
func classify8(slots *[NumClasses]slot, first Class, w int, block *[blockBytes]byte) {
	t := &spread[first/8&1]
	var a [8]uint64
	for i := range a {
		q := binary.LittleEndian.Uint64(block[8*i:])
		a[i] = t[byte(q)] | t[byte(q>>8)]<<1 | t[byte(q>>16)]<<2 | t[byte(q>>24)]<<3 |
			t[byte(q>>32)]<<4 | t[byte(q>>40)]<<5 | t[byte(q>>48)]<<6 | t[byte(q>>56)]<<7
	}
	swap := func(i, j int, shift uint, mask uint64) {
		x := (a[i]>>shift ^ a[j]) & mask
		a[i] ^= x << shift
		a[j] ^= x
	}
	const m8, m16, m32 = 0x00ff00ff00ff00ff, 0x0000ffff0000ffff, 0x00000000ffffffff
	swap(0, 1, 8, m8)
	swap(2, 3, 8, m8)
	swap(4, 5, 8, m8)
	swap(6, 7, 8, m8)
	swap(0, 2, 16, m16)
	swap(1, 3, 16, m16)
	swap(4, 6, 16, m16)
	swap(5, 7, 16, m16)
	swap(0, 4, 32, m32)
	swap(1, 5, 32, m32)
	swap(2, 6, 32, m32)
	swap(3, 7, 32, m32)
	for i, x := range a {
		slots[first+Class(i)][w] = x
	}
}
