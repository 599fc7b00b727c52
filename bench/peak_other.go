//go:build !unix

package bench

import "os"

// peakKB returns 0: the system does not tell.
func peakKB(*os.ProcessState) int64 { return 0 }
