package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// spare is what the heap may grow by before the collector runs, where it would run
// sooner otherwise: a run of some milliseconds would spend a fifth of them on it.
const spare = 24 << 20

// easeCollector lets a small heap grow by spare before it is collected. A larger one
// doubles as by default, and GOGC goes before both.
func easeCollector() {
	if os.Getenv("GOGC") != "" {
		return
	}
	const live = "/gc/heap/live:bytes"
	sample := []metrics.Sample{{Name: live}}
	type sentinel [4]uint64 // large enough to be collected by itself
	var ease func(*sentinel)
	ease = func(*sentinel) { // after each run of the collector
		metrics.Read(sample)
		percent := 400
		if sample[0].Value.Kind() == metrics.KindUint64 {
			if n := sample[0].Value.Uint64(); n > 0 {
				percent = int(min(400, max(100, 100*spare/n)))
			}
		}
		debug.SetGCPercent(percent)
		runtime.SetFinalizer(new(sentinel), ease)
	}
	ease(nil)
}
