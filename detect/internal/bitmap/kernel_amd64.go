//go:build amd64 && !purego

package bitmap

import "golang.org/x/sys/cpu"

// vectorKernels returns the vector forms that the processor has every
// instruction of, and whose registers the operating system keeps.
func vectorKernels() (ks []kernel) {
	c := &cpu.X86
	if c.HasAVX2 {
		ks = append(ks, kernel{"avx2", classifyAVX2, wordsAVX2, runAVX2})
	}
	if c.HasAVX512F && c.HasAVX512BW && c.HasAVX512DQ && c.HasAVX512VBMI && c.HasAVX512VBMI2 && c.HasAVX512GFNI {
		ks = append(ks, kernel{"avx512", classifyAVX512, wordsAVX512, runAVX512})
	}
	return ks
}

//go:noescape
func classifyAVX2(classes *[NumClasses]slot, text *[viewBytes]byte)

//go:noescape
func wordsAVX2(dst *slot, text *[viewBytes]byte, s *wordSet)

//go:noescape
func wordsAVX512(dst *slot, text *[viewBytes]byte, s *wordSet)

//go:noescape
func runAVX2(prog []instr, slots []slot, marks [][2]uint64)

//go:noescape
func classifyAVX512(classes *[NumClasses]slot, text *[viewBytes]byte)

//go:noescape
func runAVX512(prog []instr, slots []slot, marks [][2]uint64)
