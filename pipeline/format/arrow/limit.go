package arrow

import "github.com/apache/arrow/go/v17/arrow/memory"

// defaultMaxBuffer is the size of Options.MaxBuffer that 0 stands for.
const defaultMaxBuffer = 4 << 30

// A limit is an allocator that makes no room beyond a size. v17 allocates what
// the input states before it reads what is there; a panic here, which the caller
// recovers from, comes before an allocation that would end the process.
type limit struct {
	memory.Allocator
	size int
}

func newLimit(size int64) limit {
	if size <= 0 {
		size = defaultMaxBuffer
	}
	return limit{memory.DefaultAllocator, int(size)}
}

func (l limit) Allocate(size int) []byte {
	l.check(size)
	return l.Allocator.Allocate(size)
}

func (l limit) Reallocate(size int, b []byte) []byte {
	l.check(size)
	return l.Allocator.Reallocate(size, b)
}

func (l limit) check(size int) {
	if size < 0 || size > l.size {
		panic(errTooLarge)
	}
}
