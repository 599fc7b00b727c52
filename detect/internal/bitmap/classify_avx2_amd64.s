//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// Two look-ups of rectangles (see nibble_amd64.go) for each half of a block,
// then the top bit of every byte of both halves as one word, rectangle after
// rectangle.

// LOOKUP sets c to what the tables say of x, whose high halves are in h. A byte
// from 0x80 is looked up as zero.
#define LOOKUP(low, high, x, h, t, c) \
	VPSHUFB x, low, c  \
	VPSHUFB h, high, t \
	VPAND   t, c, c

// TAKE moves the top bits of lo and hi to r.
#define TAKE(lo, hi, r) \
	VPMOVMSKB hi, r  \
	VPMOVMSKB lo, R8 \
	SHLQ      $32, r \
	ORQ       R8, r

// TAKENEXT brings the next bit to the top first.
#define TAKENEXT(lo, hi, r) \
	VPADDB lo, lo, lo \
	VPADDB hi, hi, hi \
	TAKE(lo, hi, r)

#define CLASS(c, r) MOVQ r, (const_viewOffset + c*const_slotBytes)(DI)

// func classifyAVX2(classes *[NumClasses]slot, text *[viewBytes]byte)
TEXT ·classifyAVX2(SB), NOSPLIT, $0-16
	MOVQ classes+0(FP), DI
	MOVQ text+8(FP), SI

	VMOVDQU ·nibbles+0(SB), Y15
	VMOVDQU ·nibbles+32(SB), Y14
	VMOVDQU ·nibbles+64(SB), Y13
	VMOVDQU ·nibbles+96(SB), Y12
	MOVL    $0x0f0f0f0f, AX
	VMOVD   AX, X11
	VPBROADCASTD X11, Y11
	MOVQ    $const_viewWords, CX

block:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	TAKE(Y0, Y1, AX)
	CLASS(const_High, AX)
	VPSLLW $2, Y0, Y2 // caseBit to the top
	VPSLLW $2, Y1, Y3
	TAKE(Y2, Y3, AX)
	CLASS(const_Small, AX)

	VPSRLW $4, Y0, Y2
	VPSRLW $4, Y1, Y3
	VPAND  Y11, Y2, Y2
	VPAND  Y11, Y3, Y3
	LOOKUP(Y15, Y14, Y0, Y2, Y8, Y4)
	LOOKUP(Y15, Y14, Y1, Y3, Y9, Y5)
	LOOKUP(Y13, Y12, Y0, Y2, Y8, Y6)
	LOOKUP(Y13, Y12, Y1, Y3, Y9, Y7)

	// The bits of the number of a punctuation in AX, BX, DX: what has two of
	// them or three first, then what has one alone.
	TAKE(Y4, Y5, AX)
	TAKENEXT(Y4, Y5, BX)
	TAKENEXT(Y4, Y5, DX)
	MOVQ AX, R9
	ANDQ BX, R9              // 3 and 7
	MOVQ AX, R10
	ANDQ DX, R10             // 5 and 7
	MOVQ BX, R11
	ANDQ DX, R11             // 6 and 7
	MOVQ R9, R12
	ANDQ DX, R12             // 7
	XORQ R9, AX              // 1 and 5
	XORQ R11, BX             // 2 and 3
	XORQ R10, DX             // 4 and 6
	XORQ R12, R9             // 3
	XORQ R12, R10            // 5
	XORQ R12, R11            // 6
	XORQ R10, AX             // 1
	XORQ R9, BX              // 2
	XORQ R11, DX             // 4
	CLASS(const_Dot, AX)
	CLASS(const_Dash, BX)
	CLASS(const_Slash, R9)
	CLASS(const_Space, DX)
	CLASS(const_Quote, R10)
	CLASS(const_Plus, R11)

	TAKENEXT(Y4, Y5, AX)
	TAKENEXT(Y4, Y5, BX)
	MOVQ AX, DX
	ANDQ BX, DX
	XORQ DX, AX
	XORQ DX, BX
	CLASS(const_Digit, AX)
	CLASS(const_Colon, DX)
	CLASS(const_Equal, BX)

	TAKENEXT(Y4, Y5, AX)
	CLASS(const_Newline, AX)
	TAKENEXT(Y4, Y5, BX)
	CLASS(const_At, BX)
	TAKENEXT(Y4, Y5, DX)
	CLASS(const_Under, DX)

	TAKE(Y6, Y7, AX)
	ORQ R12, AX
	CLASS(const_Escape, AX)
	TAKENEXT(Y6, Y7, BX)
	CLASS(const_HexAlpha, BX)
	TAKENEXT(Y6, Y7, AX)
	TAKENEXT(Y6, Y7, BX)
	ORQ BX, AX
	CLASS(const_Alpha, AX)

	ADDQ $64, SI
	ADDQ $8, DI
	DECQ CX
	JNZ  block
	VZEROUPPER
	RET
