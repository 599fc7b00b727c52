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

// spill writes the groups of w, sorted by key, to a temporary file that only its
// owner can read and that has no name any more where the system allows that.
// Keys in it went through the policy; of distinct values it has sketches.
func (w *watcher) spill() {
	f, err := os.CreateTemp(w.a.cfg.TempDir, "scrim-groups-*")
	if err != nil {
		w.a.fail(err)
		clear(w.groups)
		return
	}
	_ = os.Remove(f.Name())
	w.a.mu.Lock()
	w.a.runs = append(w.a.runs, f)
	w.a.mu.Unlock()
	out := bufio.NewWriterSize(f, 64<<10)
	var body, head []byte
	for _, key := range slices.Sorted(maps.Keys(w.groups)) {
		body, err = w.groups[key].append(body[:0])
		if err == nil {
			head = binary.AppendUvarint(head[:0], uint64(len(key)))
			head = append(head, key...)
			head = binary.AppendUvarint(head, uint64(len(body)))
			_, err = out.Write(append(head, body...))
		}
		if err != nil {
			break
		}
	}
	if ferr := out.Flush(); err == nil {
		err = ferr
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		w.a.fail(err)
	}
	clear(w.groups)
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
func (a *Aggregate) merge(do func(key string, g *group)) error {
	var h runHeap
	push := func(r *run) error {
		ok, err := r.next(a.plan)
		if ok && err == nil {
			heap.Push(&h, r)
		}
		return err
	}
	for _, f := range a.runs {
		if err := push(&run{file: bufio.NewReaderSize(f, 64<<10)}); err != nil {
			return err
		}
	}
	for _, w := range a.watchers {
		if err := push(&run{keys: slices.Sorted(maps.Keys(w.groups)), groups: w.groups}); err != nil {
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
				do(key, sum)
			}
			key, sum = r.key, r.group
		}
		if err := push(r); err != nil {
			return err
		}
	}
	if sum != nil {
		do(key, sum)
	}
	return nil
}
