package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// TestEaseCollector lets the heap grow to several times its size while it is small,
// and to twice when it is not.
func TestEaseCollector(t *testing.T) {
	if os.Getenv("GOGC") != "" {
		t.Skip("GOGC is set")
	}
	was := debug.SetGCPercent(100)
	defer debug.SetGCPercent(was)
	percent := func() int {
		p := debug.SetGCPercent(100)
		debug.SetGCPercent(p)
		return p
	}
	runtime.GC() // of what tests before left
	easeCollector()
	if p := percent(); p <= 100 || p > 400 {
		t.Errorf("%d percent with a small heap", p)
	}
	large := make([]byte, 4*spare)
	for range 100 { // what is to be done after a collection is done some time later
		runtime.GC()
		if time.Sleep(10 * time.Millisecond); percent() == 100 {
			break
		}
	}
	if p := percent(); p != 100 {
		t.Errorf("%d percent with a large heap", p)
	}
	runtime.KeepAlive(large)
}
