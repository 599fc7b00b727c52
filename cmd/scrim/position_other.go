//go:build !unix

package main

// positionSignal returns a channel on which nothing comes: there is no such
// signal here.
func positionSignal() <-chan struct{} { return nil }
