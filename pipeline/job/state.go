package job

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"
)

// A state is the hold that a job has on its output folder.
type state struct {
	root     *os.Root
	manifest *Manifest
	shard    string // "-1-of-4", or empty
	locks    []*os.File
	synced   sync.Map // folders that are on the disk
}

// IsState says whether a folder of this name, in a folder that is an input, is
// what scrim kept there when it was an output: no data.
func IsState(name string) bool { return name == stateDir }

// ErrLocked says that another process works on the output folder.
var ErrLocked = errors.New("another scrim run works on this output folder: wait for it, or give another folder (or --shard) to this one")

// openState locks the output folder: for one process, or for the shards of one
// job together, each with its own.
func openState(root *os.Root, shard, shards int) (*state, error) {
	s := &state{root: root}
	if shards > 1 {
		s.shard = fmt.Sprintf("-%d-of-%d", shard, shards)
	}
	err := root.Mkdir(stateDir, 0o700)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("cannot write to the output folder: %w", err)
	}
	if err = s.lock("lock", s.shard != ""); err == nil && s.shard != "" {
		err = s.lock("lock"+s.shard, false)
	}
	if err == nil {
		s.manifest, err = openManifest(root, s.shard)
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *state) lock(name string, shared bool) error {
	f, err := s.root.OpenFile(path.Join(stateDir, name), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("cannot write to the output folder: %w", err)
	}
	s.locks = append(s.locks, f)
	return lockFile(f, shared)
}

// close lets go of the folder. The files of the locks stay: removing them would
// let two processes hold locks on two files of one name.
func (s *state) close() {
	if s.manifest != nil {
		s.manifest.close()
	}
	for _, f := range s.locks {
		f.Close()
	}
}

// tempPrefix begins the names of files that are not whole.
const tempPrefix = ".scrim-tmp"

// clearTemps removes what a run that was killed left behind. While the lock is
// held, no one else is writing under these names.
func (s *state) clearTemps(ctx context.Context) {
	_ = fs.WalkDir(s.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return fs.SkipAll
		}
		if err == nil && d.Type().IsRegular() && strings.HasPrefix(d.Name(), tempPrefix) &&
			(s.shard == "" || strings.HasPrefix(d.Name(), s.tempName())) {
			_ = s.root.Remove(name)
		}
		return nil
	})
}

// tempName is what the names of this process's temporary files begin with.
func (s *state) tempName() string { return tempPrefix + s.shard + "." }

// sync has the entries of a folder, and the folders it stands in, on the disk.
func (s *state) sync(dir string) error {
	if err := syncDir(s.root, dir); err != nil {
		return err
	}
	for up := path.Dir(dir); dir != "."; dir, up = up, path.Dir(up) {
		if _, ok := s.synced.LoadOrStore(up, true); ok {
			break
		}
		if err := syncDir(s.root, up); err != nil {
			return err
		}
	}
	return nil
}
