//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// Each instr is done by a routine of its own, which ends by jumping to the next
// one's. A view is 17 vectors; the routines are unrolled, for a loop of 17 is
// left by a mispredicted jump, which costs as much as half of the work.
//
//	SI  the instr           DI  the view of slot 0
//	DX  the marks           R8  the routines, by code
//	R9, R10, R11            the views of dst, a and b
//	R12, Z31                the shift

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

// VPSHRDVQ looks at the lower 6 bits of the shift alone.
#define SHIFT VPBROADCASTQ instr_shift(SI), Z31

#define HERE(OP, i) \
	VMOVDQU64 (64*i)(R11), Z0     \
	OP        (64*i)(R10), Z0, Z0 \
	VMOVDQU64 Z0, (64*i)(R9)

// AHEAD has vector i of b in lo and loads the next into hi.
#define AHEAD(OP, i, lo, hi) \
	VMOVDQU64 (64*i+64)(R11), hi  \
	VALIGNQ   $1, lo, hi, Z2      \
	VPSHRDVQ  Z31, Z2, lo         \
	OP        (64*i)(R10), lo, lo \
	VMOVDQU64 lo, (64*i)(R9)

// BEHIND has the vector of b before vector i in lo and loads that into hi.
#define BEHIND(OP, i, lo, hi) \
	VMOVDQU64 (64*i)(R11), hi     \
	VALIGNQ   $7, lo, hi, Z2      \
	VPSHRDVQ  Z31, hi, Z2         \
	OP        (64*i)(R10), Z2, Z2 \
	VMOVDQU64 Z2, (64*i)(R9)

// FAR has whole words of the shift in R11.
#define FAR(OP, i) \
	VMOVDQU64 (64*i)(R11), Z0     \
	VMOVDQU64 (64*i+8)(R11), Z1   \
	VPSHRDVQ  Z31, Z1, Z0         \
	OP        (64*i)(R10), Z0, Z0 \
	VMOVDQU64 Z0, (64*i)(R9)

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
	DO(OP, 16)

#define CHAIN(DO, OP) \
	DO(OP, 0, Z0, Z1)  \
	DO(OP, 1, Z1, Z0)  \
	DO(OP, 2, Z0, Z1)  \
	DO(OP, 3, Z1, Z0)  \
	DO(OP, 4, Z0, Z1)  \
	DO(OP, 5, Z1, Z0)  \
	DO(OP, 6, Z0, Z1)  \
	DO(OP, 7, Z1, Z0)  \
	DO(OP, 8, Z0, Z1)  \
	DO(OP, 9, Z1, Z0)  \
	DO(OP, 10, Z0, Z1) \
	DO(OP, 11, Z1, Z0) \
	DO(OP, 12, Z0, Z1) \
	DO(OP, 13, Z1, Z0) \
	DO(OP, 14, Z0, Z1) \
	DO(OP, 15, Z1, Z0) \
	DO(OP, 16, Z0, Z1)

#define HERE_ROUTINE(OP) \
	OPERANDS      \
	ALL(HERE, OP) \
	NEXT

#define AHEAD_ROUTINE(OP) \
	OPERANDS             \
	SHIFT                \
	VMOVDQU64 (R11), Z0  \
	CHAIN(AHEAD, OP)     \
	NEXT

#define BEHIND_ROUTINE(OP) \
	OPERANDS               \
	SHIFT                  \
	VMOVDQU64 -64(R11), Z0 \
	CHAIN(BEHIND, OP)      \
	NEXT

#define FAR_ROUTINE(OP) \
	OPERANDS            \
	SHIFT               \
	MOVQ instr_shift(SI), R12 \
	SARQ $6, R12        \
	LEAQ (R11)(R12*8), R11 \
	ALL(FAR, OP)        \
	NEXT

TEXT hereAnd512<>(SB), NOSPLIT|NOFRAME, $0-0
	HERE_ROUTINE(VPANDQ)

TEXT hereOr512<>(SB), NOSPLIT|NOFRAME, $0-0
	HERE_ROUTINE(VPORQ)

TEXT hereAndNot512<>(SB), NOSPLIT|NOFRAME, $0-0
	HERE_ROUTINE(VPANDNQ)

TEXT aheadAnd512<>(SB), NOSPLIT|NOFRAME, $0-0
	AHEAD_ROUTINE(VPANDQ)

TEXT aheadOr512<>(SB), NOSPLIT|NOFRAME, $0-0
	AHEAD_ROUTINE(VPORQ)

TEXT aheadAndNot512<>(SB), NOSPLIT|NOFRAME, $0-0
	AHEAD_ROUTINE(VPANDNQ)

TEXT behindAnd512<>(SB), NOSPLIT|NOFRAME, $0-0
	BEHIND_ROUTINE(VPANDQ)

TEXT behindOr512<>(SB), NOSPLIT|NOFRAME, $0-0
	BEHIND_ROUTINE(VPORQ)

TEXT behindAndNot512<>(SB), NOSPLIT|NOFRAME, $0-0
	BEHIND_ROUTINE(VPANDNQ)

TEXT farAnd512<>(SB), NOSPLIT|NOFRAME, $0-0
	FAR_ROUTINE(VPANDQ)

TEXT farOr512<>(SB), NOSPLIT|NOFRAME, $0-0
	FAR_ROUTINE(VPORQ)

TEXT farAndNot512<>(SB), NOSPLIT|NOFRAME, $0-0
	FAR_ROUTINE(VPANDNQ)

#define MARK(i) \
	VMOVDQU64 (64*i+const_chunkOffset-const_viewOffset)(R10), Z0 \
	VPTESTMQ  Z0, Z0, K1 \
	KMOVB     K1, i(R9)

TEXT mark512<>(SB), NOSPLIT|NOFRAME, $0-0
	MOVWLZX instr_dst(SI), R9
	MOVWLZX instr_a(SI), R10
	SHLQ    $4, R9
	IMUL3Q  $const_slotBytes, R10, R10
	ADDQ    DX, R9
	ADDQ    DI, R10
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
	NEXT

TEXT end512<>(SB), NOSPLIT|NOFRAME, $0-0
	VZEROUPPER
	RET

// In the order of instr.code.
DATA routines512<>+0(SB)/8, $hereAnd512<>(SB)
DATA routines512<>+8(SB)/8, $hereOr512<>(SB)
DATA routines512<>+16(SB)/8, $hereAndNot512<>(SB)
DATA routines512<>+24(SB)/8, $aheadAnd512<>(SB)
DATA routines512<>+32(SB)/8, $aheadOr512<>(SB)
DATA routines512<>+40(SB)/8, $aheadAndNot512<>(SB)
DATA routines512<>+48(SB)/8, $behindAnd512<>(SB)
DATA routines512<>+56(SB)/8, $behindOr512<>(SB)
DATA routines512<>+64(SB)/8, $behindAndNot512<>(SB)
DATA routines512<>+72(SB)/8, $farAnd512<>(SB)
DATA routines512<>+80(SB)/8, $farOr512<>(SB)
DATA routines512<>+88(SB)/8, $farAndNot512<>(SB)
DATA routines512<>+96(SB)/8, $mark512<>(SB)
DATA routines512<>+104(SB)/8, $end512<>(SB)
GLOBL routines512<>(SB), NOPTR, $112

// func runAVX512(prog []instr, slots []slot, marks [][2]uint64)
TEXT ·runAVX512(SB), NOSPLIT, $0-72
	MOVQ prog_base+0(FP), SI
	MOVQ slots_base+24(FP), DI
	MOVQ marks_base+48(FP), DX
	ADDQ $const_viewOffset, DI
	LEAQ routines512<>(SB), R8

	MOVWLZX instr_code(SI), AX
	JMP     (R8)(AX*8)
