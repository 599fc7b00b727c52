// Package job runs a pipeline over trees of files, archives among them, into an
// output folder, so that it can be stopped at any moment and go on later.
//
//  1. The inputs are listed ([Inputs]) and each is given the name of its output,
//     in one order. A shard takes its part of the list.
//  2. The output folder is locked, what a stopped run left behind is cleared,
//     and the [Manifest] says which inputs are done and unchanged.
//  3. The others run side by side, as many as the cores carry: each is read,
//     unpacked, filtered entry by entry and packed again into a temporary file;
//     once more, if a secret that one place of it showed is left in another.
//  4. That file is synced and renamed, and only then its line goes into the
//     manifest.
//
// So a file under its final name is whole, and a line in the manifest speaks of
// a file that is there. An input that fails does not stop the others.
//
// [Verify] compares the inputs of a job with its outputs, without trusting what
// made them.
//
// # Terminology
//
//   - Input: one file to be read; a [File] of the list.
//   - Entry: a file in an archive (tar or zip).
//   - Manifest: the lines of JSON that say what was done.
//   - Shard: a part of the inputs that one of several processes does.
package job

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"github.com/scrim-dev/scrim/pipeline"
)

// A Config says what a Job does.
type Config struct {
	// Pipeline is what is done with each input. Its Workers is the number of
	// cores that are used in all.
	Pipeline pipeline.Config
	Inputs   Inputs
	// Output is the folder that the outputs go to. It is made if need be.
	Output string
	// Names replaces personal data in the names of files and entries too.
	Names  bool
	Limits Limits
	// Shard of Shards is the part of the inputs that is done, from 1; Shards 0
	// means all of them.
	Shard, Shards int
	// Version is put into the manifest.
	Version string
	// Stdin is what the input "-" reads.
	Stdin io.Reader
	// Failed is called for each input that fails, one at a time; Skipped for
	// each thing that is left out, with the reason. Both may be nil.
	Failed  func(path string, err error)
	Skipped func(path, why string)
}

// waitingPerCore is how many outputs may be on their way to the disk for each
// core.
const waitingPerCore = 8

// bigInput is the size in bytes over which an input is given all cores.
const bigInput = 16 << 20

// A Job is a list of inputs on its way to an output folder.
type Job struct {
	cfg   Config
	files []*File
	wide  *pipeline.Pipeline // with all workers
	small *pipeline.Pipeline // with one
	cores int

	policy, key string

	report  sync.Mutex // of the callbacks
	current sync.Map   // *File -> *atomic.Int64: bytes read
	done    counters
	total   counters
}

// counters count files and bytes, as stored.
type counters struct {
	files, bytes, skipped, failed atomic.Int64
}

// New lists the inputs. An input that cannot be listed is one that fails later;
// an error means that the job makes no sense as it is.
func New(cfg Config) (*Job, error) {
	if cfg.Output == "" {
		return nil, errors.New("no output folder: name one with -o")
	}
	if cfg.Shards < 0 || cfg.Shards > 0 && (cfg.Shard < 1 || cfg.Shard > cfg.Shards) {
		return nil, errors.New("a shard is one of 1 to the number of shards")
	}
	cfg.Limits.setDefaults()
	j := &Job{cfg: cfg, cores: cfg.Pipeline.Workers}
	if j.cores <= 0 {
		j.cores = runtime.GOMAXPROCS(0)
	}
	var err error
	if j.wide, err = pipeline.New(cfg.Pipeline); err != nil {
		return nil, err
	}
	one := cfg.Pipeline
	one.Workers = 1
	if j.small, err = pipeline.New(one); err != nil {
		return nil, err
	}
	j.policy, j.key = j.wide.PolicyHash(), j.wide.KeyID()
	if j.files, err = cfg.Inputs.list(cfg.Output, j.skipped); err != nil {
		return nil, err
	}
	if err := j.nameOutputs(); err != nil {
		return nil, err
	}
	j.takeShard()
	for _, f := range j.files {
		j.total.files.Add(1)
		j.total.bytes.Add(max(f.Size, 0))
	}
	return j, nil
}

// nameOutputs gives each input the name of its output.
func (j *Job) nameOutputs() error {
	if j.cfg.Names {
		if err := j.anonymiseNames(); err != nil {
			return err
		}
	}
	at := make(map[string]*File, len(j.files))
	for _, f := range j.files {
		if f.Output == "" {
			f.Output = f.Name
		}
		if f.Err != nil {
			continue
		}
		if top, _, _ := strings.Cut(f.Output, "/"); top == stateDir || strings.HasPrefix(filepath.Base(f.Output), tempPrefix) {
			f.Err = errors.New("the name is one that scrim uses in output folders: rename the input")
			continue
		}
		if other, ok := at[f.Output]; ok {
			return fmt.Errorf("%s and %s would both become %s: run them into different folders", other.Path, f.Path, f.Output)
		}
		at[f.Output] = f
	}
	return nil
}

// takeShard drops the inputs of other shards. Which one an input belongs to
// depends on its name alone.
func (j *Job) takeShard() {
	if j.cfg.Shards <= 1 {
		return
	}
	kept := j.files[:0]
	for _, f := range j.files {
		h := fnv.New64a()
		h.Write([]byte(f.Name))
		if int(h.Sum64()%uint64(j.cfg.Shards)) == j.cfg.Shard-1 {
			kept = append(kept, f)
		}
	}
	j.files = kept
}

// A Summary says what a Job did.
type Summary struct {
	// Done, Unchanged and Failed count inputs: done now, done before, and not.
	Done      int64 `json:"done"`
	Unchanged int64 `json:"unchanged"`
	Failed    int64 `json:"failed"`
	// BytesIn and BytesOut count what was read and written now, as stored.
	BytesIn  int64 `json:"bytes_in"`
	BytesOut int64 `json:"bytes_out"`
	// Entries are those of the manifest for the inputs that are there, done now
	// or before, in the order of the inputs.
	Entries []*Entry `json:"-"`
	// Fresh are those of them that were done now.
	Fresh []*Entry `json:"-"`
}

// Run does the job. When ctx is done, files that are not finished are left
// undone, and the error is that of ctx; the Summary is right all the same.
// Inputs that fail are counted and are no error.
func (j *Job) Run(ctx context.Context) (*Summary, error) {
	if err := os.MkdirAll(j.cfg.Output, 0o777); err != nil {
		return nil, fmt.Errorf("cannot make the output folder: %w", err)
	}
	root, err := os.OpenRoot(j.cfg.Output)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	state, err := openState(root, j.cfg.Shard, j.cfg.Shards)
	if err != nil {
		return nil, err
	}
	defer state.close()
	state.clearTemps(ctx)

	results := make([]*Entry, len(j.files))
	fresh := make([]bool, len(j.files))
	room := semaphore.NewWeighted(int64(j.cores))
	// What waits for the disk needs no core.
	waiting := semaphore.NewWeighted(int64(waitingPerCore * j.cores))
	g, gctx := errgroup.WithContext(ctx)
	for i, f := range j.files {
		if f.Err != nil {
			j.fail(f, f.Err)
			continue
		}
		if e := state.manifest.done(root, f, j.policy, j.key); e != nil {
			results[i] = e
			j.done.skipped.Add(1)
			j.advance(f, f.Size)
			continue
		}
		weight := int64(1)
		if f.Size < 0 || f.Size >= bigInput {
			weight = int64(j.cores)
		}
		if waiting.Acquire(gctx, 1) != nil || room.Acquire(gctx, weight) != nil {
			break
		}
		g.Go(func() error {
			defer waiting.Release(1)
			release := sync.OnceFunc(func() { room.Release(weight) })
			defer release()
			e, err := j.one(gctx, state, f, weight > 1, release)
			switch {
			case err == nil:
				results[i], fresh[i] = e, true
				j.done.files.Add(1)
			case gctx.Err() != nil:
				return gctx.Err()
			case errors.Is(err, errManifest):
				return err
			default:
				j.fail(f, err)
			}
			return nil
		})
	}
	err = g.Wait()
	if err == nil {
		err = ctx.Err()
	}
	s := &Summary{Done: j.done.files.Load(), Unchanged: j.done.skipped.Load(), Failed: j.done.failed.Load()}
	for i, e := range results {
		if e == nil {
			continue
		}
		s.Entries = append(s.Entries, e)
		if fresh[i] {
			s.Fresh = append(s.Fresh, e)
			s.BytesIn += e.Size
			s.BytesOut += e.OutputSize
		}
	}
	if err == nil {
		err = state.manifest.compact(root)
	}
	return s, err
}

// Plan calls do for each input in order, without doing anything: done says that
// it is done already and unchanged.
func (j *Job) Plan(do func(f *File, done bool)) error {
	var m *Manifest
	root, err := os.OpenRoot(j.cfg.Output)
	if err == nil {
		defer root.Close()
		if m, err = readManifests(root); err != nil {
			return err
		}
	}
	for _, f := range j.files {
		do(f, root != nil && f.Err == nil && m.done(root, f, j.policy, j.key) != nil)
	}
	return nil
}

func (j *Job) fail(f *File, err error) {
	j.done.failed.Add(1)
	j.report.Lock()
	defer j.report.Unlock()
	if j.cfg.Failed != nil {
		j.cfg.Failed(f.Path, err)
	}
}

func (j *Job) skipped(path, why string) {
	if j.cfg.Skipped != nil {
		j.cfg.Skipped(path, why)
	}
}
