//go:build !unix || solaris || aix

package main

// keepOutOfCoreDumps does nothing where the program cannot say so.
func keepOutOfCoreDumps() error { return nil }
