//go:build unix && !linux && !solaris && !aix

package main

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// keepOutOfCoreDumps keeps keys out of the file that the system may write when
// the program crashes.
func keepOutOfCoreDumps() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("cannot switch core dumps off, which would hold the key: %w", err)
	}
	return nil
}
