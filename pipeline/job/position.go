package job

import (
	"cmp"
	"slices"
	"sync/atomic"
)

// A Position says how far a Job is.
type Position struct {
	// Files and Bytes (as stored) are all of the job; the others count those
	// dealt with.
	Files, Bytes                       int64
	Done, Unchanged, Failed, BytesDone int64
	// Current are the inputs in hand, by name.
	Current []Current
}

// A Current is an input in hand.
type Current struct {
	Path string
	// Read of Size bytes have been read; Size is -1 if it is not known.
	Read, Size int64
}

// Position may be called at any time, while Run is running too.
func (j *Job) Position() Position {
	p := Position{
		Files: j.total.files.Load(), Bytes: j.total.bytes.Load(),
		Done: j.done.files.Load(), Unchanged: j.done.skipped.Load(), Failed: j.done.failed.Load(),
		BytesDone: j.done.bytes.Load(),
	}
	j.current.Range(func(k, v any) bool {
		f, n := k.(*File), v.(*atomic.Int64).Load()
		p.Current = append(p.Current, Current{f.Path, n, f.Size})
		return true
	})
	slices.SortFunc(p.Current, func(a, b Current) int { return cmp.Compare(a.Path, b.Path) })
	return p
}

// advance counts the bytes of an input that are dealt with.
func (j *Job) advance(f *File, n int64) {
	if f.Size >= 0 {
		j.done.bytes.Add(n)
	}
}
