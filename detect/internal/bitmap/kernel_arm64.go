//go:build arm64 && !purego

package bitmap

// vectorKernels returns the NEON form, which every processor of the kind can
// run. It was tested under emulation only, and so has no figures.
func vectorKernels() []kernel { return []kernel{{"neon", classifyNEON, wordsNEON, runNEON}} }

//go:noescape
func classifyNEON(classes *[NumClasses]slot, text *[viewBytes]byte)

//go:noescape
func wordsNEON(dst *slot, text *[viewBytes]byte, s *wordSet)

// applyNEON sets dst to a o b, of which each word is moved right by shift bits,
// 0 to 63, out of the next.
//
//go:noescape
func applyNEON(o uint64, dst, a *[viewWords]uint64, b *uint64, shift uint64)

func runNEON(prog []instr, slots []slot, marks [][2]uint64) {
	for _, in := range prog {
		switch in.code {
		case codeEnd:
			return
		case codeMark:
			marks[in.dst] = nonzero(&slots[in.a])
		default:
			b := &slots[in.b][slotFirst+in.shift>>6]
			applyNEON(uint64(in.code%numOps), slots[in.dst].view(), slots[in.a].view(), b, uint64(in.shift)&63)
		}
	}
}
