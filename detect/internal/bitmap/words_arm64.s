//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// The bits 1 to 128 of eight bytes, twice.
DATA bitWeights<>+0(SB)/8, $0x8040201008040201
DATA bitWeights<>+8(SB)/8, $0x8040201008040201
GLOBL bitWeights<>(SB), RODATA|NOPTR, $16

// LOOK leaves in y of what is there what the tables say of the bytes in x, by
// their halves.
#define LOOK(x, low, high, y) \
	VAND  V22.B16, x.B16, V8.B16    \
	VUSHR $4, x.B16, V9.B16         \
	VAND  V23.B16, V9.B16, V9.B16   \
	VTBL  V8.B16, [low.B16], V8.B16 \
	VTBL  V9.B16, [high.B16], V9.B16 \
	VAND  V8.B16, y.B16, y.B16      \
	VAND  V9.B16, y.B16, y.B16

// PLACE looks at the bytes of a block from r on.
#define PLACE(r, low, high) \
	VLD1 (r), [V0.B16, V1.B16, V2.B16, V3.B16] \
	LOOK(V0, low, high, V4) \
	LOOK(V1, low, high, V5) \
	LOOK(V2, low, high, V6) \
	LOOK(V3, low, high, V7)

#define ALL(x) VCMEQ x.B16, x.B16, x.B16

// WEIGH turns bytes that are not zero into their weights.
#define WEIGH(x) \
	VCMTST x.B16, x.B16, x.B16 \
	VAND   V28.B16, x.B16, x.B16

// func wordsNEON(dst *slot, text *[viewBytes]byte, s *wordSet)
TEXT ·wordsNEON(SB), NOSPLIT, $0-24
	MOVD dst+0(FP), R0
	MOVD text+8(FP), R1
	MOVD s+16(FP), R2

	VLD1.P 48(R2), [V16.B16, V17.B16, V18.B16]
	VLD1.P 48(R2), [V19.B16, V20.B16, V21.B16]
	MOVD   $0x0f, R3
	VDUP   R3, V22.B16
	MOVD   $0x07, R3
	VDUP   R3, V23.B16
	MOVD   $bitWeights<>(SB), R2
	VLD1   (R2), [V28.B16]
	ADD    $const_viewOffset, R0
	MOVD   $(const_viewWords-1), R2

block:
	ADD   $1, R1, R3
	ADD   $2, R1, R4
	ALL(V4)
	ALL(V5)
	ALL(V6)
	ALL(V7)
	PLACE(R1, V16, V19)
	PLACE(R3, V17, V20)
	PLACE(R4, V18, V21)
	WEIGH(V4)
	WEIGH(V5)
	WEIGH(V6)
	WEIGH(V7)
	VADDP V5.B16, V4.B16, V4.B16
	VADDP V7.B16, V6.B16, V6.B16
	VADDP V6.B16, V4.B16, V4.B16
	VADDP V4.B16, V4.B16, V4.B16
	VMOV  V4.D[0], R5
	MOVD  R5, (R0)
	ADD   $64, R1
	ADD   $8, R0
	SUBS  $1, R2
	BNE   block
	RET
