//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// As run_avx512_amd64.s, with 34 vectors a view, and one routine for all shapes
// that move b: it loads b from two words, which costs less here than to make
// the second vector of the first ones.
//
//	SI  the instr           DI  the view of slot 0
//	DX  the marks           R8  the routines, by code
//	R9, R10, R11            the views of dst, a and b
//	Y14, Y15                the shift right, and left

#define NEXT \
	ADDQ    $instr__size, SI  \
	MOVWLZX instr_code(SI), AX \
	JMP     (R8)(AX*8)

#define OPERANDS \
	MOVWLZX instr_dst(SI), R9          \
	MOVWLZX instr_a(SI), R10           \
	MOVWLZX instr_b(SI), R11           \
	IMUL3Q  $const_slotBytes, R9, R9   \
	IMUL3Q  $const_slotBytes, R10, R10 \
	IMUL3Q  $const_slotBytes, R11, R11 \
	ADDQ    DI, R9                     \
	ADDQ    DI, R10                    \
	ADDQ    DI, R11

// SHIFT moves R11 by whole words. To shift left by 64 gives zero, as it should.
#define SHIFT \
	MOVQ         instr_shift(SI), R12 \
	MOVQ         R12, AX           \
	SARQ         $6, R12           \
	LEAQ         (R11)(R12*8), R11 \
	ANDQ         $63, AX           \
	VMOVQ        AX, X14           \
	VPBROADCASTQ X14, Y14          \
	NEGQ         AX                \
	ADDQ         $64, AX           \
	VMOVQ        AX, X15           \
	VPBROADCASTQ X15, Y15

#define HERE(OP, i) \
	VMOVDQU (32*i)(R11), Y0     \
	OP      (32*i)(R10), Y0, Y0 \
	VMOVDQU Y0, (32*i)(R9)

#define MOVED(OP, i) \
	VMOVDQU (32*i)(R11), Y0     \
	VMOVDQU (32*i+8)(R11), Y1   \
	VPSRLVQ Y14, Y0, Y0         \
	VPSLLVQ Y15, Y1, Y1         \
	VPOR    Y1, Y0, Y0          \
	OP      (32*i)(R10), Y0, Y0 \
	VMOVDQU Y0, (32*i)(R9)

#define ALL(DO, OP) \
	DO(OP, 0)  \
	DO(OP, 1)  \
	DO(OP, 2)  \
	DO(OP, 3)  \
	DO(OP, 4)  \
	DO(OP, 5)  \
	DO(OP, 6)  \
	DO(OP, 7)  \
	DO(OP, 8)  \
	DO(OP, 9)  \
	DO(OP, 10) \
	DO(OP, 11) \
	DO(OP, 12) \
	DO(OP, 13) \
	DO(OP, 14) \
	DO(OP, 15) \
	DO(OP, 16) \
	DO(OP, 17) \
	DO(OP, 18) \
	DO(OP, 19) \
	DO(OP, 20) \
	DO(OP, 21) \
	DO(OP, 22) \
	DO(OP, 23) \
	DO(OP, 24) \
	DO(OP, 25) \
	DO(OP, 26) \
	DO(OP, 27) \
	DO(OP, 28) \
	DO(OP, 29) \
	DO(OP, 30) \
	DO(OP, 31) \
	DO(OP, 32) \
	DO(OP, 33)

#define HERE_ROUTINE(OP) \
	OPERANDS      \
	ALL(HERE, OP) \
	NEXT

#define MOVED_ROUTINE(OP) \
	OPERANDS       \
	SHIFT          \
	ALL(MOVED, OP) \
	NEXT

TEXT hereAnd2<>(SB), NOSPLIT|NOFRAME, $0-0
	HERE_ROUTINE(VPAND)

TEXT hereOr2<>(SB), NOSPLIT|NOFRAME, $0-0
	HERE_ROUTINE(VPOR)

TEXT hereAndNot2<>(SB), NOSPLIT|NOFRAME, $0-0
	HERE_ROUTINE(VPANDN)

TEXT movedAnd2<>(SB), NOSPLIT|NOFRAME, $0-0
	MOVED_ROUTINE(VPAND)

TEXT movedOr2<>(SB), NOSPLIT|NOFRAME, $0-0
	MOVED_ROUTINE(VPOR)

TEXT movedAndNot2<>(SB), NOSPLIT|NOFRAME, $0-0
	MOVED_ROUTINE(VPANDN)

// MARK adds which of 4 words of the chunk are zero to the top of AX.
#define MARK(i) \
	VPCMPEQQ  (32*i+const_chunkOffset-const_viewOffset)(R10), Y15, Y0 \
	VMOVMSKPD Y0, BX \
	SHRQ      $4, AX \
	SHLQ      $60, BX \
	ORQ       BX, AX

TEXT mark2<>(SB), NOSPLIT|NOFRAME, $0-0
	MOVWLZX instr_dst(SI), R9
	MOVWLZX instr_a(SI), R10
	SHLQ    $4, R9
	IMUL3Q  $const_slotBytes, R10, R10
	ADDQ    DX, R9
	ADDQ    DI, R10
	VPXOR   Y15, Y15, Y15
	XORL    AX, AX
	MARK(0)
	MARK(1)
	MARK(2)
	MARK(3)
	MARK(4)
	MARK(5)
	MARK(6)
	MARK(7)
	MARK(8)
	MARK(9)
	MARK(10)
	MARK(11)
	MARK(12)
	MARK(13)
	MARK(14)
	MARK(15)
	NOTQ    AX
	MOVQ    AX, (R9)
	MARK(16)
	MARK(17)
	MARK(18)
	MARK(19)
	MARK(20)
	MARK(21)
	MARK(22)
	MARK(23)
	MARK(24)
	MARK(25)
	MARK(26)
	MARK(27)
	MARK(28)
	MARK(29)
	MARK(30)
	MARK(31)
	NOTQ    AX
	MOVQ    AX, 8(R9)
	NEXT

TEXT end2<>(SB), NOSPLIT|NOFRAME, $0-0
	VZEROUPPER
	RET

// In the order of instr.code.
DATA routines2<>+0(SB)/8, $hereAnd2<>(SB)
DATA routines2<>+8(SB)/8, $hereOr2<>(SB)
DATA routines2<>+16(SB)/8, $hereAndNot2<>(SB)
DATA routines2<>+24(SB)/8, $movedAnd2<>(SB)
DATA routines2<>+32(SB)/8, $movedOr2<>(SB)
DATA routines2<>+40(SB)/8, $movedAndNot2<>(SB)
DATA routines2<>+48(SB)/8, $movedAnd2<>(SB)
DATA routines2<>+56(SB)/8, $movedOr2<>(SB)
DATA routines2<>+64(SB)/8, $movedAndNot2<>(SB)
DATA routines2<>+72(SB)/8, $movedAnd2<>(SB)
DATA routines2<>+80(SB)/8, $movedOr2<>(SB)
DATA routines2<>+88(SB)/8, $movedAndNot2<>(SB)
DATA routines2<>+96(SB)/8, $mark2<>(SB)
DATA routines2<>+104(SB)/8, $end2<>(SB)
GLOBL routines2<>(SB), NOPTR, $112

// func runAVX2(prog []instr, slots []slot, marks [][2]uint64)
TEXT ·runAVX2(SB), NOSPLIT, $0-72
	MOVQ prog_base+0(FP), SI
	MOVQ slots_base+24(FP), DI
	MOVQ marks_base+48(FP), DX
	ADDQ $const_viewOffset, DI
	LEAQ routines2<>(SB), R8

	MOVWLZX instr_code(SI), AX
	JMP     (R8)(AX*8)
