//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// The grid bits of a byte transpose as an 8x8 matrix of bits for each 8 bytes
// (GFNI, times bitOf), then as 8x8 bytes (VPERMB by planes); then the 8 words
// of 8 blocks, as an 8x8 matrix of words, give 8 words of each row and column.

DATA bitOf<>+0(SB)/8, $0x8040201008040201
GLOBL bitOf<>(SB), RODATA|NOPTR, $8

// As a matrix, turns the bits of each byte round: GFNI numbers rows from the top.
DATA turn<>+0(SB)/8, $0x8040201008040201
GLOBL turn<>(SB), RODATA|NOPTR, $8

DATA planes<>+0(SB)/8, $0x3830282018100800
DATA planes<>+8(SB)/8, $0x3931292119110901
DATA planes<>+16(SB)/8, $0x3a322a221a120a02
DATA planes<>+24(SB)/8, $0x3b332b231b130b03
DATA planes<>+32(SB)/8, $0x3c342c241c140c04
DATA planes<>+40(SB)/8, $0x3d352d251d150d05
DATA planes<>+48(SB)/8, $0x3e362e261e160e06
DATA planes<>+56(SB)/8, $0x3f372f271f170f07
GLOBL planes<>(SB), RODATA|NOPTR, $64

// BLOCK sets word i of z to grid bit i of the n-th block, each byte turned round,
// and the word of Small.
// VPERMI2B looks at 7 bits of a byte, so the bytes from 0x80 are set after it.
#define BLOCK(n, z) \
	VMOVDQU64      (64*n)(SI), z  \
	VPTESTMB       z, Z25, K2     \
	KMOVQ          K2, (const_viewOffset + const_Small*const_slotBytes + 8*n)(DI) \
	VPMOVB2M       z, K1          \
	VPERMI2B       Z30, Z31, z    \
	VMOVDQU8       Z29, K1, z     \
	VGF2P8AFFINEQB $0, z, Z28, z  \
	VPERMB         z, Z27, z

// LANES sets p0, p2, p4, p6 to the lanes 0 to 3 of a, b, c, d.
#define LANES(a, b, c, d, p0, p2, p4, p6) \
	VSHUFI64X2 $0x44, b, a, Z20   \
	VSHUFI64X2 $0xee, b, a, Z21   \
	VSHUFI64X2 $0x44, d, c, Z22   \
	VSHUFI64X2 $0xee, d, c, Z23   \
	VSHUFI64X2 $0x88, Z22, Z20, p0 \
	VSHUFI64X2 $0xdd, Z22, Z20, p2 \
	VSHUFI64X2 $0x88, Z23, Z21, p4 \
	VSHUFI64X2 $0xdd, Z23, Z21, p6

#define TURN(z) VGF2P8AFFINEQB $0, Z26, z, z

#define CLASS(c, row, col) \
	VPANDQ    row, col, Z20 \
	VMOVDQU64 Z20, (const_viewOffset + c*const_slotBytes)(DI)

// func classifyAVX512(classes *[NumClasses]slot, text *[viewBytes]byte)
TEXT ·classifyAVX512(SB), NOSPLIT, $0-16
	MOVQ classes+0(FP), DI
	MOVQ text+8(FP), SI

	VMOVDQU64    ·gridOf+0(SB), Z31
	VMOVDQU64    ·gridOf+64(SB), Z30
	VPBROADCASTB ·gridOf+255(SB), Z29
	VPBROADCASTQ bitOf<>(SB), Z28
	VMOVDQU64    planes<>(SB), Z27
	VPBROADCASTQ turn<>(SB), Z26
	MOVL         $const_caseBit, AX
	VPBROADCASTB AX, Z25
	MOVQ         $(const_viewWords/8), CX

blocks:
	BLOCK(0, Z0)
	BLOCK(1, Z1)
	BLOCK(2, Z2)
	BLOCK(3, Z3)
	BLOCK(4, Z4)
	BLOCK(5, Z5)
	BLOCK(6, Z6)
	BLOCK(7, Z7)
	VPUNPCKLQDQ Z1, Z0, Z8
	VPUNPCKHQDQ Z1, Z0, Z9
	VPUNPCKLQDQ Z3, Z2, Z10
	VPUNPCKHQDQ Z3, Z2, Z11
	VPUNPCKLQDQ Z5, Z4, Z12
	VPUNPCKHQDQ Z5, Z4, Z13
	VPUNPCKLQDQ Z7, Z6, Z14
	VPUNPCKHQDQ Z7, Z6, Z15
	LANES(Z8, Z10, Z12, Z14, Z0, Z2, Z4, Z6)
	LANES(Z9, Z11, Z13, Z15, Z1, Z3, Z5, Z7)
	TURN(Z0)
	TURN(Z1)
	TURN(Z2)
	TURN(Z3)
	TURN(Z4)
	TURN(Z5)
	TURN(Z6)
	TURN(Z7)
	CLASS(0, Z0, Z4)
	CLASS(1, Z0, Z5)
	CLASS(2, Z0, Z6)
	CLASS(3, Z0, Z7)
	CLASS(4, Z1, Z4)
	CLASS(5, Z1, Z5)
	CLASS(6, Z1, Z6)
	CLASS(7, Z1, Z7)
	CLASS(8, Z2, Z4)
	CLASS(9, Z2, Z5)
	CLASS(10, Z2, Z6)
	CLASS(11, Z2, Z7)
	CLASS(12, Z3, Z4)
	CLASS(13, Z3, Z5)
	CLASS(14, Z3, Z6)
	CLASS(15, Z3, Z7)
	ADDQ $512, SI
	ADDQ $64, DI
	DECQ CX
	JNZ  blocks
	VZEROUPPER
	RET
