package format

import (
	"encoding/binary"
	"math/bits"
)

// Eight bytes at a time: a word holds bytes b[i] to b[i+7], the first in its low
// byte. A mask has bit 7 of a byte set where the byte is one that was looked
// for. Only the lowest set bit of a mask is sure to be right (the subtraction
// borrows into the bytes above a hit), so only it is used.
const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

func word(b []byte, i int) uint64 { return binary.LittleEndian.Uint64(b[i : i+8 : i+8]) }

// zeros is the mask of the bytes of w that are 0.
func zeros(w uint64) uint64 { return (w - lows) &^ w & highs }

// below20 is the mask of the bytes of w under 0x20, the control characters.
func below20(w uint64) uint64 { return (w - lows*0x20) &^ w & highs }

// first is the index of the byte that the lowest bit of a mask stands for.
func first(mask uint64) int { return bits.TrailingZeros64(mask) >> 3 }
