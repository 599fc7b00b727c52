package main

import (
	"io"
	"os"
	"strconv"
)

// A terminalWriter is a buffer in front of what may be a terminal.
type terminalWriter struct {
	io.Writer
	to io.Writer
}

// terminalWidth is how many characters fit a line: what COLUMNS says, or else
// the width of the terminal that w goes to; 0 if there is none.
func terminalWidth(w io.Writer) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if t, ok := w.(terminalWriter); ok {
		w = t.to
	}
	if f, ok := w.(*os.File); ok && isTerminal(f) {
		return widthOf(f)
	}
	return 0
}
