package aggregate

import (
	"bufio"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"os"
	"slices"
)

// maxRuns is how many files of a level are merged into one of the next, so that
// few are open at once, and each group is written a few times only.
const maxRuns = 32

// A tempFile is a sorted sequence of groups on disk. Files of level 0 were
// spilled, those of higher levels merged from maxRuns of the level below.
type tempFile struct {
	*os.File
	level int
}

// spill writes the groups of w, sorted by key, to a temporary file that only its
// owner can read and that has no name any more where the system allows that.
// Keys in it went through the policy; of distinct values it has sketches.
func (w *watcher) spill() {
	err := w.a.store([]*run{{keys: slices.Sorted(maps.Keys(w.groups)), groups: w.groups}}, 0)
	clear(w.groups)
	if err != nil {
		w.a.fail(err)
	}
}

// store merges runs into a new file, and that with others of its level when
// there are many.
func (a *Aggregate) store(runs []*run, level int) error {
	f, err := os.CreateTemp(a.cfg.TempDir, "scrim-groups-*") // made with mode 0600
	if err != nil {
		return err
	}
	_ = os.Remove(f.Name())
	out := bufio.NewWriterSize(f, 64<<10)
	var body, head []byte
	err = a.mergeRuns(runs, func(key string, g *group) error {
		var err error
		if body, err = g.append(body[:0]); err != nil {
			return err
		}
		head = binary.AppendUvarint(head[:0], uint64(len(key)))
		head = append(head, key...)
		head = binary.AppendUvarint(head, uint64(len(body)))
		_, err = out.Write(append(head, body...))
		return err
	})
	if ferr := out.Flush(); err == nil {
		err = ferr
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	a.mu.Lock()
	a.files = append(a.files, tempFile{f, level})
	if level == 0 {
		a.spilled++
	}
	var full []tempFile
	for _, t := range a.files {
		if t.level == level {
			full = append(full, t)
		}
	}
	if err != nil || len(full) < maxRuns {
		a.mu.Unlock()
		return err
	}
	a.files = slices.DeleteFunc(a.files, func(t tempFile) bool { return t.level == level })
	a.mu.Unlock()
	runs = runs[:0]
	for _, t := range full {
		runs = append(runs, &run{file: bufio.NewReaderSize(t.File, 64<<10)})
	}
	err = a.store(runs, level+1)
	for _, t := range full {
		t.discard()
	}
	return err
}

// discard closes a file, and removes it where that could not be done before.
func (t tempFile) discard() {
	_ = t.Close()
	_ = os.Remove(t.Name())
}

// A run is a sorted sequence of groups: of a file, or of memory.
type run struct {
	key   string
	group *group

	file   *bufio.Reader
	keys   []string
	groups map[string]*group
}

// next goes to the next group; false when there is none.
func (r *run) next(p *plan) (bool, error) {
	if r.file == nil {
		if len(r.keys) == 0 {
			return false, nil
		}
		r.key, r.keys = r.keys[0], r.keys[1:]
		r.group = r.groups[r.key]
		return true, nil
	}
	key, err := readChunk(r.file)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	body, err := readChunk(r.file)
	if err != nil {
		return false, errSpilled
	}
	r.key = string(key)
	r.group, err = readGroup(p, body)
	return true, err
}

func readChunk(r *bufio.Reader) ([]byte, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	if n > 1<<30 {
		return nil, errSpilled
	}
	b := make([]byte, n)
	_, err = io.ReadFull(r, b)
	return b, err
}

type runHeap []*run

func (h runHeap) Len() int           { return len(h) }
func (h runHeap) Less(i, j int) bool { return h[i].key < h[j].key }
func (h runHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)        { *h = append(*h, x.(*run)) }
func (h *runHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// merge calls do for every group, in the order of the keys.
func (a *Aggregate) merge(do func(key string, g *group) error) error {
	var runs []*run
	for _, f := range a.files {
		runs = append(runs, &run{file: bufio.NewReaderSize(f, 64<<10)})
	}
	for _, w := range a.watchers {
		runs = append(runs, &run{keys: slices.Sorted(maps.Keys(w.groups)), groups: w.groups})
	}
	return a.mergeRuns(runs, do)
}

// mergeRuns calls do for every group of the runs, in the order of the keys.
func (a *Aggregate) mergeRuns(runs []*run, do func(key string, g *group) error) error {
	var h runHeap
	push := func(r *run) error {
		ok, err := r.next(a.plan)
		if ok && err == nil {
			heap.Push(&h, r)
		}
		return err
	}
	for _, r := range runs {
		if err := push(r); err != nil {
			return err
		}
	}
	var key string
	var sum *group
	for h.Len() > 0 {
		r := heap.Pop(&h).(*run)
		if sum != nil && r.key == key {
			if err := sum.merge(r.group); err != nil {
				return err
			}
		} else {
			if sum != nil {
				if err := do(key, sum); err != nil {
					return err
				}
			}
			key, sum = r.key, r.group
		}
		if err := push(r); err != nil {
			return err
		}
	}
	if sum != nil {
		return do(key, sum)
	}
	return nil
}
