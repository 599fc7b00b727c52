package pipeline

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// flow moves an input through the workers to the sink, in order:
//
//	reader -> work -> workers
//	   |                 | done
//	   +---> ordered --> writer -> free -> reader
//
// Every batch goes to the queue of the workers and to the ordered one; the
// writer takes from the ordered one and waits for that batch to be done. When
// one of them fails, all stop; what was in order before the failure has been
// written. A read that blocks is not waited for then: it ends when the source
// has something, or is closed.
func flow(ctx context.Context, r *reader, workers []*worker, write func(*batch) error) error {
	batches := 2*len(workers) + 2
	free := make(chan *batch, batches)
	for range batches {
		free <- newBatch()
	}
	// Both have room for every batch there is.
	work := make(chan *batch, batches)
	ordered := make(chan *batch, batches)

	caller := ctx
	g, ctx := errgroup.WithContext(ctx)
	go func() {
		defer close(work)
		defer close(ordered)
		defer func() {
			if recover() != nil {
				r.err = &FaultError{Where: fault()}
			}
		}()
		for {
			select {
			case <-ctx.Done():
				return
			case b := <-free:
				if !r.fill(b) || ctx.Err() != nil {
					return
				}
				r.number(b)
				work <- b
				ordered <- b
			}
		}
	}()
	for _, w := range workers {
		g.Go(func() error {
			for {
				b, err := take(ctx, work)
				if b == nil {
					return err
				}
				w.do(b)
				b.done <- struct{}{}
			}
		})
	}
	g.Go(func() error {
		for {
			b, err := take(ctx, ordered)
			if b == nil {
				return err
			}
			select {
			case <-b.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if b.err != nil {
				return b.err
			}
			if err := write(b); err != nil {
				return err
			}
			free <- b
		}
	})
	if err := g.Wait(); err != nil {
		return err
	}
	if err := caller.Err(); err != nil {
		return err // what was written is not all
	}
	return r.failure()
}

// take receives a batch: nil when there will be no more, or when ctx is done.
func take(ctx context.Context, from <-chan *batch) (*batch, error) {
	select {
	case b := <-from:
		return b, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
