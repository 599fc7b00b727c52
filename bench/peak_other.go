//go:build !unix

package bench

import (
	"os"
	"time"
)

// peakKB returns 0: the system does not tell.
func peakKB(*os.ProcessState) int64 { return 0 }

var started = time.Now()

// ProcessorTime is the time on the clock, as the best that there is.
func ProcessorTime() time.Duration { return time.Since(started) }
