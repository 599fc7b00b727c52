//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// The bits 1 to 128 of eight bytes, twice.
DATA weights<>+0(SB)/8, $0x8040201008040201
DATA weights<>+8(SB)/8, $0x8040201008040201
GLOBL weights<>(SB), RODATA|NOPTR, $16

// GRID sets c to the grid bits of the bytes in x. What is out of the range of
// one table is left to the other; from 0x80 on, out of both.
#define GRID(x, c) \
	VTBL   x.B16, [V16.B16, V17.B16, V18.B16, V19.B16], c.B16 \
	VEOR   V25.B16, x.B16, V8.B16                             \
	VTBX   V8.B16, [V20.B16, V21.B16, V22.B16, V23.B16], c.B16 \
	VCMTST V26.B16, x.B16, V9.B16                             \
	VAND   V27.B16, V9.B16, V9.B16                            \
	VORR   V9.B16, c.B16, c.B16

// PLANE sums, for the bit that V29 holds, the weights of each four bytes of a
// block's grid bits into p. V29 is moved on to the next bit.
#define PLANE(p) \
	VCMTST V29.B16, V4.B16, V8.B16  \
	VCMTST V29.B16, V5.B16, V9.B16  \
	VCMTST V29.B16, V6.B16, V10.B16 \
	VCMTST V29.B16, V7.B16, V11.B16 \
	VAND   V28.B16, V8.B16, V8.B16   \
	VAND   V28.B16, V9.B16, V9.B16   \
	VAND   V28.B16, V10.B16, V10.B16 \
	VAND   V28.B16, V11.B16, V11.B16 \
	VADDP  V9.B16, V8.B16, V8.B16    \
	VADDP  V11.B16, V10.B16, V10.B16 \
	VADDP  V10.B16, V8.B16, p.B16    \
	VSHL   $1, V29.B16, V29.B16

// PLANES takes two bits as two words.
#define PLANES(r, s) \
	PLANE(V12)                       \
	PLANE(V13)                       \
	VADDP V13.B16, V12.B16, V12.B16  \
	VMOV  V12.D[0], r                \
	VMOV  V12.D[1], s

// SMALL sums, as PLANE, for the bit that V30 holds of the bytes of a block.
#define SMALL(p) \
	VCMTST V30.B16, V0.B16, V8.B16  \
	VCMTST V30.B16, V1.B16, V9.B16  \
	VCMTST V30.B16, V2.B16, V10.B16 \
	VCMTST V30.B16, V3.B16, V11.B16 \
	VAND   V28.B16, V8.B16, V8.B16   \
	VAND   V28.B16, V9.B16, V9.B16   \
	VAND   V28.B16, V10.B16, V10.B16 \
	VAND   V28.B16, V11.B16, V11.B16 \
	VADDP  V9.B16, V8.B16, V8.B16    \
	VADDP  V11.B16, V10.B16, V10.B16 \
	VADDP  V10.B16, V8.B16, p.B16

#define CLASS(c, row, col) \
	AND  row, col, R13 \
	MOVD R13, (const_viewOffset + c*const_slotBytes)(R0)

// func classifyNEON(classes *[NumClasses]slot, text *[viewBytes]byte)
TEXT ·classifyNEON(SB), NOSPLIT, $0-16
	MOVD classes+0(FP), R0
	MOVD text+8(FP), R1

	MOVD  $·gridOf(SB), R2
	VLD1.P 64(R2), [V16.B16, V17.B16, V18.B16, V19.B16]
	VLD1  (R2), [V20.B16, V21.B16, V22.B16, V23.B16]
	MOVBU 191(R2), R3
	VDUP  R3, V27.B16
	MOVD  $0x40, R3
	VDUP  R3, V25.B16
	MOVD  $0x80, R3
	VDUP  R3, V26.B16
	MOVD  $weights<>(SB), R2
	VLD1  (R2), [V28.B16]
	MOVD  $const_viewWords, R2
	MOVD  $const_caseBit, R3
	VDUP  R3, V30.B16
	MOVD  $1, R3

block:
	VLD1.P 64(R1), [V0.B16, V1.B16, V2.B16, V3.B16]
	SMALL(V12)
	VADDP V12.B16, V12.B16, V12.B16
	VMOV  V12.D[0], R4
	MOVD  R4, (const_viewOffset + const_Small*const_slotBytes)(R0)
	GRID(V0, V4)
	GRID(V1, V5)
	GRID(V2, V6)
	GRID(V3, V7)
	VDUP R3, V29.B16
	PLANES(R4, R5)
	PLANES(R6, R7)
	PLANES(R8, R9)
	PLANES(R10, R11)
	CLASS(0, R4, R8)
	CLASS(1, R4, R9)
	CLASS(2, R4, R10)
	CLASS(3, R4, R11)
	CLASS(4, R5, R8)
	CLASS(5, R5, R9)
	CLASS(6, R5, R10)
	CLASS(7, R5, R11)
	CLASS(8, R6, R8)
	CLASS(9, R6, R9)
	CLASS(10, R6, R10)
	CLASS(11, R6, R11)
	CLASS(12, R7, R8)
	CLASS(13, R7, R9)
	CLASS(14, R7, R10)
	CLASS(15, R7, R11)
	ADD  $8, R0
	SUBS $1, R2
	BNE  block
	RET

// Unlike Go's assembler, the processor can shift by a vector: right, by the
// negative count in V30, and left, by that in V31, where 64 gives zero.
#define USHL_V0_V30 WORD $(0x6ee04400 | 30<<16 | 0<<5 | 0)
#define USHL_V1_V30 WORD $(0x6ee04400 | 30<<16 | 1<<5 | 1)
#define USHL_V2_V31 WORD $(0x6ee04400 | 31<<16 | 2<<5 | 2)
#define USHL_V3_V31 WORD $(0x6ee04400 | 31<<16 | 3<<5 | 3)

// MOVED loads four words of a into V4 and V5 and four of b, moved, into V0 and V1.
#define MOVED \
	VLD1.P 32(R3), [V0.D2, V1.D2] \
	VLD1.P 32(R4), [V2.D2, V3.D2] \
	VLD1.P 32(R2), [V4.D2, V5.D2] \
	USHL_V0_V30 \
	USHL_V1_V30 \
	USHL_V2_V31 \
	USHL_V3_V31 \
	VORR V2.B16, V0.B16, V0.B16 \
	VORR V3.B16, V1.B16, V1.B16

#define STORE \
	VST1.P [V0.D2, V1.D2], 32(R1) \
	SUBS   $1, R6

// func applyNEON(o uint64, dst, a *[viewWords]uint64, b *uint64, shift uint64)
TEXT ·applyNEON(SB), NOSPLIT, $0-40
	MOVD o+0(FP), R0
	MOVD dst+8(FP), R1
	MOVD a+16(FP), R2
	MOVD b+24(FP), R3
	MOVD shift+32(FP), R5
	ADD  $8, R3, R4
	NEG  R5, R7
	VDUP R7, V30.D2
	ADD  $64, R7
	VDUP R7, V31.D2
	MOVD $(const_viewWords/4), R6
	CMP  $const_opOr, R0
	BEQ  or
	BHI  andNot

and:
	MOVED
	VAND V4.B16, V0.B16, V0.B16
	VAND V5.B16, V1.B16, V1.B16
	STORE
	BNE  and
	RET

or:
	MOVED
	VORR V4.B16, V0.B16, V0.B16
	VORR V5.B16, V1.B16, V1.B16
	STORE
	BNE  or
	RET

andNot:
	MOVED
	VAND V4.B16, V0.B16, V0.B16
	VAND V5.B16, V1.B16, V1.B16
	VEOR V4.B16, V0.B16, V0.B16
	VEOR V5.B16, V1.B16, V1.B16
	STORE
	BNE  andNot
	RET
