//go:build !unix

package bench

import (
	"os"
	"time"
)

// peakKB returns 0: the system does not tell.
func peakKB(*os.ProcessState) int64 { return 0 }

var started = time.Now()

// processorTime is the time on the clock, as the best that there is.
func processorTime() time.Duration { return time.Since(started) }
