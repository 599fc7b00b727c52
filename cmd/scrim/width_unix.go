//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// widthOf is the width of a terminal in characters, 0 if it does not say.
func widthOf(f *os.File) int {
	size, err := unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return 0
	}
	return int(size.Col)
}
