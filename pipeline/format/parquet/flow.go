package parquet

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// The flow of Rewrite: pages are read in order, edited side by side, and written in
// the order in which they were read.

// maxJobs bounds the pages that are on their way at once; maxAhead their memory, in
// bytes for each worker and one to spare, each of which may have one page that is larger.
const maxJobs, maxAhead = 512, 1 << 20

// A job is a page on its way through, or the end of a chunk.
type job struct {
	part  *part
	page  page
	block *block // that holds the page's bytes
	// head and payload are written in the place of the page; if it was not changed, the
	// page is.
	head, payload []byte
	changed       bool
	nulled        int64 // values that are null now
	first         bool  // of the chunk
	end           bool  // of the chunk, and no page
	err           error
	blocks        bool          // those behind it in its chunk wait until it is edited
	done          chan struct{} // closed when it was
	weight        int64
	*scratch
}

// A scratch is where payloads are made.
type scratch struct{ plain, packed []byte }

// A part is a chunk on its way through.
type part struct {
	group, column int
	chunk
	leaf   *leaf
	change *change // nil: it is copied when it is its turn
	meta   record
	moved
	edited
	// What is read off its pages in order, or added up.
	serial    bool  // its pages are edited one after the other
	seen      bool  // its first page was read
	dictAt    int64 // where its dictionary was written
	dataAt    int64 // and the first of its pages with values
	gone      int64 // values that are null now
	mu        sync.Mutex
	blocked   bool   // by a job that is edited
	waiting   []*job // for it
	rows      int64
	present   int64   // values that stand in its dictionary
	each      []int64 // these by entry
	encodings []int64 // that pages have now and had not
}

// flow passes all chunks through.
func (r *rewriter) flow() error {
	g, ctx := errgroup.WithContext(r.ctx)
	// Two jobs more than order holds are on their way: one is put there, one is taken.
	work, order := make(chan *job, maxJobs+2), make(chan *job, maxJobs)
	room := semaphore.NewWeighted(maxAhead * int64(r.opts.Workers+1))
	circles := make([]*circle, r.opts.Workers)
	asks := make(chan *question, maxJobs)
	ended := make(chan struct{})
	g.Go(func() error {
		defer close(order)
		return r.produce(ctx, room, work, order)
	})
	for i := range circles {
		circles[i] = &circle{asks, r.changes, make([]*Editor, len(r.leaves))}
		g.Go(func() error { return r.work(ctx, circles[i], work, ended) })
	}
	g.Go(func() error {
		defer close(ended)
		return r.finish(ctx, room, order)
	})
	err := g.Wait()
	for _, c := range circles {
		for i, e := range c.editors {
			if e != nil {
				e.AddTo(&r.counts, i)
			}
		}
	}
	if r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	return err
}

// produce reads the pages of all chunks. Its errors travel with the jobs.
func (r *rewriter) produce(ctx context.Context, room *semaphore.Weighted, work, order chan<- *job) error {
	pass := func(p *part, j *job) error {
		j.part, j.first, j.done = p, !p.seen, make(chan struct{})
		p.seen = true
		if j.weight > 0 {
			if err := room.Acquire(ctx, j.weight); err != nil {
				return err
			}
		}
		edited := !j.end && j.err == nil
		if !edited {
			close(j.done)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case order <- j:
		}
		if edited {
			switch j.page.enc {
			case encDelta, encDeltaLength, encDeltaBytes: // see library
				p.serial = true
			}
			j.blocks = p.serial || j.page.kind == pageDict
			p.submit(j, work)
		}
		return nil
	}
	for g := range r.chunks {
		for i := range r.leaves {
			if r.out.w == nil && r.changes[i] == nil {
				continue
			}
			p := &part{group: g, column: i, chunk: r.chunks[g][i], leaf: &r.leaves[i], change: r.changes[i], edited: edited{row: -1}}
			err := r.begin(ctx, p)
			if err == nil && p.change != nil {
				err = r.eachBlock(ctx, p.chunk, func(b *block, page *page) error {
					return pass(p, &job{page: *page, block: b.held(), weight: min(int64(len(page.bytes)), maxAhead)})
				})
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			last := &job{end: err == nil, err: err}
			if err := pass(p, last); err != nil {
				return err
			}
			if !last.end {
				return nil // its error is for finish
			}
		}
	}
	return nil
}

// submit has a job edited when it may be. There is room in work for all that are on
// their way.
func (p *part) submit(j *job, work chan<- *job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.blocked {
		p.waiting = append(p.waiting, j)
		return
	}
	p.blocked = j.blocks
	work <- j
}

// resume has those edited that waited for a job, which was.
func (p *part) resume(work chan<- *job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.blocked = false
	for len(p.waiting) > 0 && !p.blocked {
		j := p.waiting[0]
		p.waiting, p.blocked = p.waiting[1:], j.blocks
		work <- j
	}
}

// A circle is a worker's editors, and the questions that workers have for others.
type circle struct {
	asks    chan *question
	changes []*change
	editors []*Editor // by column
}

// of returns the editor of a column.
func (c *circle) of(column int) *Editor {
	if c.editors[column] == nil {
		x := c.changes[column]
		e := NewEditor(x.text, x.New(), x.memory)
		e.others, e.column = c, column
		c.editors[column] = e
	}
	return c.editors[column]
}

// give offers a question to others; false if they have enough of them.
func (c *circle) give(q *question) bool {
	select {
	case c.asks <- q:
		return true
	default:
		return false
	}
}

// help answers a question, if there is one.
func (c *circle) help() bool {
	select {
	case q := <-c.asks:
		c.answer(q)
		return true
	default:
		return false
	}
}

// answer answers a question. Who asked learns of an error.
func (c *circle) answer(q *question) {
	var err error
	defer recovered(&err)
	_ = c.of(q.column).answer(q)
}

// work edits pages, and answers questions.
func (r *rewriter) work(ctx context.Context, c *circle, work chan *job, ended <-chan struct{}) error {
	var h hand
	for {
		var j *job
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ended:
			return nil
		case q := <-c.asks:
			c.answer(q)
			continue
		case j = <-work:
		}
		j.scratch = r.scratches.get()
		h.editor, h.part, h.job = c.of(j.part.column), j.part, j
		buffers := r.buffers.get()
		buffer := &buffers[0]
		if j.page.kind == pageDict {
			buffer = &buffers[1]
		}
		h.pageBuf = *buffer
		j.err = h.edit()
		*buffer = h.pageBuf
		r.buffers.put(buffers)
		if j.blocks {
			j.part.resume(work)
		}
		close(j.done)
	}
}

// finish writes what was edited.
func (r *rewriter) finish(ctx context.Context, room *semaphore.Weighted, order <-chan *job) error {
	for j := range order {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-j.done:
		}
		p := j.part
		if err := r.put(ctx, j); err != nil {
			return within(err, p.leaf.Path, p.group)
		}
		if j.scratch != nil {
			r.scratches.put(j.scratch)
		}
		if j.block != nil {
			j.block.release()
			room.Release(j.weight)
		}
	}
	return nil
}

// put writes a job, and ends its chunk if it is the last.
func (r *rewriter) put(ctx context.Context, j *job) (err error) {
	defer recovered(&err)
	p := j.part
	if j.err != nil {
		return j.err
	}
	if p.moved.start == 0 {
		p.moved.start = r.out.n
	}
	if j.end {
		if p.change == nil {
			if err := r.copy(ctx, p.chunk); err != nil {
				return err
			}
		}
		return r.close(p)
	}
	at, kind := r.out.n, j.page.kind
	if kind == pageIndex {
		p.moved.changed = true // nothing is known to write them
		return nil
	}
	if kind == pageDict {
		p.dictAt = at
	} else if p.dataAt == 0 {
		p.dataAt = at
	}
	if j.changed {
		p.moved.changed = true
		p.gone += j.nulled
		p.grown += int64(j.page.size+len(j.head)) - int64(j.page.stated+j.page.head)
		if _, err := r.out.Write(j.head); err != nil {
			return err
		}
		_, err = r.out.Write(j.payload)
	} else {
		_, err = r.out.Write(j.page.bytes)
	}
	if p.outer.find(chunkOffsetIndex) != nil && kind != pageDict {
		p.pages = append(p.pages, location{at, r.out.n - at})
	}
	return err
}

// copy writes the pages of a chunk as they are; those to come are read meanwhile. They
// are walked, not copied blindly: that shows that the footer is right about them, and
// leaves behind bytes that belong to no page.
func (r *rewriter) copy(ctx context.Context, c chunk) error {
	type piece struct {
		*block
		bytes []byte
	}
	pieces := make(chan piece, 4)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		defer close(pieces)
		defer recovered(&err)
		return r.eachBlock(ctx, c, func(b *block, p *page) error {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case pieces <- piece{b.held(), p.bytes}:
				return nil
			}
		})
	})
	g.Go(func() error {
		for p := range pieces {
			if _, err := r.out.Write(p.bytes); err != nil {
				return err
			}
			p.release()
		}
		return nil
	})
	return g.Wait()
}
