//go:build unix

package bench

import (
	"os"
	"runtime"
	"syscall"
	"time"
)

// ProcessorTime returns how much this process has used, of all cores.
func ProcessorTime() time.Duration {
	var r syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// peakKB returns the most memory an ended process held, in KiB.
func peakKB(p *os.ProcessState) int64 {
	r, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return int64(r.Maxrss) / 1024 //nolint:unconvert // counted in bytes there
	}
	return int64(r.Maxrss) //nolint:unconvert // 32 bits on some systems
}
