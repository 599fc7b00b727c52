//go:build !purego
#include "textflag.h"
// func classifyAVX2(classes *[NumClasses]slot, text *[viewBytes]byte)
TEXT ·classifyAVX2(SB), NOSPLIT, $0-16
	JMP ·classifyAVX512(SB)
// func runAVX2(prog []instr, slots []slot, marks [][2]uint64)
TEXT ·runAVX2(SB), NOSPLIT, $0-72
	JMP ·runAVX512(SB)
