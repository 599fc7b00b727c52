//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// LOOK sets y to what the tables say of the bytes at off, by their halves.
#define LOOK(off, low, high, y, t) \
	VMOVDQU off(SI), y     \
	VPSRLW  $4, y, t       \
	VPAND   Y15, y, y      \
	VPAND   Y14, t, t      \
	VPSHUFB y, low, y      \
	VPSHUFB t, high, t     \
	VPAND   t, y, y

// HALF sets r to the bits of the 32 bytes at off where no word begins.
#define HALF(off, r) \
	LOOK(off, Y8, Y9, Y0, Y1)     \
	LOOK(off+1, Y10, Y11, Y2, Y3) \
	LOOK(off+2, Y12, Y13, Y4, Y5) \
	VPAND     Y2, Y0, Y0          \
	VPAND     Y4, Y0, Y0          \
	VPCMPEQB  Y7, Y0, Y0          \
	VPMOVMSKB Y0, r

// func wordsAVX2(dst *slot, text *[viewBytes]byte, s *wordSet)
TEXT ·wordsAVX2(SB), NOSPLIT, $0-24
	MOVQ dst+0(FP), DI
	MOVQ text+8(FP), SI
	MOVQ s+16(FP), BX

	VBROADCASTI128 (wordSet_low+0)(BX), Y8
	VBROADCASTI128 (wordSet_high+0)(BX), Y9
	VBROADCASTI128 (wordSet_low+16)(BX), Y10
	VBROADCASTI128 (wordSet_high+16)(BX), Y11
	VBROADCASTI128 (wordSet_low+32)(BX), Y12
	VBROADCASTI128 (wordSet_high+32)(BX), Y13
	MOVL           $0x0f0f0f0f, AX
	VMOVD          AX, X15
	VPBROADCASTD   X15, Y15
	MOVL           $0x07070707, AX
	VMOVD          AX, X14
	VPBROADCASTD   X14, Y14
	VPXOR          Y7, Y7, Y7
	ADDQ           $const_viewOffset, DI
	MOVQ           $(const_viewWords-1), CX

block:
	HALF(0, AX)
	HALF(32, DX)
	SHLQ $32, DX
	ORQ  DX, AX
	NOTQ AX
	MOVQ AX, (DI)
	ADDQ $64, SI
	ADDQ $8, DI
	DECQ CX
	JNZ  block
	VZEROUPPER
	RET
