package pipeline

import (
	"fmt"
	"path"
	"runtime"
	"strings"
)

// A FaultError is a fault in scrim itself. It says where in the code it is, and
// nothing of the data.
type FaultError struct{ Where string }

func (e *FaultError) Error() string {
	return "internal fault at " + e.Where + "; the rest of this input is not written. Please report it with that place"
}

// fault says where the panic that is being recovered from came from.
func fault() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s (%s:%d)", path.Base(f.Function), path.Base(f.File), f.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}
