//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
)

// positionSignal returns a channel that receives when the process is asked where
// it is (SIGUSR1).
func positionSignal() <-chan struct{} {
	from := make(chan os.Signal, 1)
	signal.Notify(from, syscall.SIGUSR1)
	to := make(chan struct{})
	go func() {
		for range from {
			to <- struct{}{}
		}
	}()
	return to
}
