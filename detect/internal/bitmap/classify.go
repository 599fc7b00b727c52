package bitmap

import "encoding/binary"

// A class is found as the crossing of one of four rows with one of four
// columns, so that eight bits a byte and one look-up tell sixteen classes
// apart: class c has bits c/4 and 4+c%4, and a byte in no class has none.
const (
	gridRows = 4
	gridCols = 4
)

// gridOf gives the row and column bit of every byte.
var gridOf = func() (t [256]byte) {
	for c, k := range classOf {
		if k < NumClasses {
			t[c] = 1<<(k/gridCols) | 1<<(gridRows+k%gridCols)
		}
	}
	return t
}()

// spread holds gridOf with bit i of the byte at bit 8i. Eight of them, shifted
// by position and or-ed, give eight bytes of bitmap at once.
var spread = func() (t [256]uint64) {
	for c, g := range gridOf {
		for i := range 8 {
			t[c] |= uint64(g>>i&1) << (8 * i)
		}
	}
	return t
}()

// classifyGo sets every word of every class's view from the block of the text
// that it stands for. It defines what the vector forms compute.
func classifyGo(classes *[NumClasses]slot, text *[viewBytes]byte) {
	for w := range viewWords {
		block := (*[blockBytes]byte)(text[w*blockBytes:])
		a0, a1, a2, a3 := eight(block, 0), eight(block, 8), eight(block, 16), eight(block, 24)
		a4, a5, a6, a7 := eight(block, 32), eight(block, 40), eight(block, 48), eight(block, 56)

		// Transpose the 8x8 bytes: this is four times faster than setting the
		// bits one class at a time.
		const m8, m16, m32 = 0x00ff00ff00ff00ff, 0x0000ffff0000ffff, 0x00000000ffffffff
		a0, a1 = a0&m8|a1&m8<<8, a0>>8&m8|a1&^m8
		a2, a3 = a2&m8|a3&m8<<8, a2>>8&m8|a3&^m8
		a4, a5 = a4&m8|a5&m8<<8, a4>>8&m8|a5&^m8
		a6, a7 = a6&m8|a7&m8<<8, a6>>8&m8|a7&^m8
		a0, a2 = a0&m16|a2&m16<<16, a0>>16&m16|a2&^m16
		a1, a3 = a1&m16|a3&m16<<16, a1>>16&m16|a3&^m16
		a4, a6 = a4&m16|a6&m16<<16, a4>>16&m16|a6&^m16
		a5, a7 = a5&m16|a7&m16<<16, a5>>16&m16|a7&^m16
		r0, c0 := a0&m32|a4<<32, a0>>32|a4&^m32
		r1, c1 := a1&m32|a5<<32, a1>>32|a5&^m32
		r2, c2 := a2&m32|a6<<32, a2>>32|a6&^m32
		r3, c3 := a3&m32|a7<<32, a3>>32|a7&^m32

		classes[Small][slotFirst+w] = smallOf(block)
		for i, r := range [gridRows]uint64{r0, r1, r2, r3} {
			classes[gridCols*i+0][slotFirst+w] = r & c0
			classes[gridCols*i+1][slotFirst+w] = r & c1
			classes[gridCols*i+2][slotFirst+w] = r & c2
			classes[gridCols*i+3][slotFirst+w] = r & c3
		}
	}
}

// smallOf returns the bits of Small for a block.
func smallOf(block *[blockBytes]byte) (bits uint64) {
	for i := 0; i < blockBytes; i += 8 {
		// The bit of each byte comes to the top, then all to the top byte, in order.
		q := binary.LittleEndian.Uint64(block[i:]) / caseBit & 0x0101010101010101
		bits |= q * 0x0102040810204080 >> 56 << i
	}
	return bits
}

// eight returns, in byte i, bit i of gridOf of the eight bytes at block[at:].
func eight(block *[blockBytes]byte, at int) uint64 {
	q := binary.LittleEndian.Uint64(block[at:])
	return spread[byte(q)] | spread[byte(q>>8)]<<1 | spread[byte(q>>16)]<<2 | spread[byte(q>>24)]<<3 |
		spread[byte(q>>32)]<<4 | spread[byte(q>>40)]<<5 | spread[byte(q>>48)]<<6 | spread[q>>56]<<7
}
