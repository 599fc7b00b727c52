package parquet

import "sync"

// A pool keeps what is not in use. Unlike a sync.Pool it gives each to whoever comes
// next, on any processor, which counts where they are large.
type pool[T any] struct {
	mu   sync.Mutex
	idle []*T
}

// get returns one that is not in use, or a new one.
func (p *pool[T]) get() *T {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.idle)
	if n == 0 {
		return new(T)
	}
	x := p.idle[n-1]
	p.idle = p.idle[:n-1]
	return x
}

func (p *pool[T]) put(x *T) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, x)
}
