//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// LOOK sets z to what the table in lo and hi says of the bytes at off of the
// block. VPERMI2B looks at 7 bits of a byte.
#define LOOK(off, lo, hi, z) \
	VMOVDQU64 off(SI), z  \
	VPERMI2B  hi, lo, z

// func wordsAVX512(dst *slot, text *[viewBytes]byte, s *wordSet)
TEXT ·wordsAVX512(SB), NOSPLIT, $0-24
	MOVQ dst+0(FP), DI
	MOVQ text+8(FP), SI
	MOVQ s+16(FP), BX

	VMOVDQU64 (wordSet_whole+0)(BX), Z16
	VMOVDQU64 (wordSet_whole+64)(BX), Z17
	VMOVDQU64 (wordSet_whole+128)(BX), Z18
	VMOVDQU64 (wordSet_whole+192)(BX), Z19
	VMOVDQU64 (wordSet_whole+256)(BX), Z20
	VMOVDQU64 (wordSet_whole+320)(BX), Z21
	ADDQ      $const_viewOffset, DI
	MOVQ      $(const_viewWords-1), CX

block:
	LOOK(0, Z16, Z17, Z0)
	LOOK(1, Z18, Z19, Z1)
	LOOK(2, Z20, Z21, Z2)
	VPANDQ   Z1, Z0, Z0
	VPTESTMB Z2, Z0, K1
	KMOVQ    K1, (DI)
	ADDQ     $64, SI
	ADDQ     $8, DI
	DECQ     CX
	JNZ      block
	VZEROUPPER
	RET
