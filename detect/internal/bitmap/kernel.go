package bitmap

// A kernel is one form of the functions that do the work.
type kernel struct {
	name string
	// classify sets the view of each class's slot from the text.
	classify func(classes *[NumClasses]slot, text *[viewBytes]byte)
	// words sets dst to where words begin.
	words func(dst *slot, text *[viewBytes]byte, s *wordSet)
	// run executes the instrs on slots and marks.
	run func(prog []instr, slots []slot, marks [][2]uint64)
}

// kernels are the forms that this processor can run, the fastest last.
var kernels = append([]kernel{{"go", classifyGo, wordsGo, runGo}}, vectorKernels()...)
