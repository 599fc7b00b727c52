package main

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// keepOutOfCoreDumps keeps keys out of the file that the system may write when
// the program crashes, and out of the reach of debuggers of the same user.
func keepOutOfCoreDumps() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("cannot switch core dumps off, which would hold the key: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("cannot switch core dumps off, which would hold the key: %w", err)
	}
	return nil
}
