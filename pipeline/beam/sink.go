package scrimbeam

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
)

const (
	// stateDir is the folder, in an output folder, that is scrim's own.
	stateDir = ".scrim"
	tempDir  = stateDir + "/tmp"
)

// A sink is an output that is not there yet. A local one is a temporary file of
// the output folder that commit renames. In an object store, and in memory, an
// object appears when its writer is closed, and does not when the context of the
// writer ends before.
type sink struct {
	name string
	temp string // local
	file *os.File
	out  io.WriteCloser
	sum  hash.Hash
	size int64
	err  error

	fsys   filesystem.Interface
	cancel context.CancelFunc
}

func tempName(output string) string { return join(output, tempDir+"/"+rand.Text()) }

// create makes a sink for a file in an output folder.
func create(ctx context.Context, output, name string) (*sink, error) {
	k := &sink{name: name, sum: sha256.New()}
	if isLocal(output) {
		k.temp = tempName(output)
		if err := os.MkdirAll(filepath.Dir(k.temp), 0o777); err != nil {
			return nil, err
		}
		var err error
		k.file, err = os.OpenFile(k.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		k.out = k.file
		return k, err
	}
	fsys, err := openFS(ctx, output)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	out, err := fsys.OpenWrite(ctx, name)
	if err != nil {
		cancel()
		return nil, errors.Join(err, fsys.Close())
	}
	k.out, k.fsys, k.cancel = out, fsys, cancel
	return k, nil
}

// Write implements io.Writer. An error stays.
func (k *sink) Write(p []byte) (int, error) {
	n, err := k.out.Write(p)
	k.sum.Write(p[:n])
	k.size += int64(n)
	if err != nil && k.err == nil {
		k.err = err
	}
	return n, err
}

// commit makes the output appear, a local one with the mode and the time of
// change of its input.
func (k *sink) commit(f *File) error {
	if k.err != nil {
		k.abort()
		return fmt.Errorf("cannot write the output: %w", k.err)
	}
	var err error
	if k.file == nil {
		err = k.out.Close()
		k.cancel()
		err = errors.Join(err, k.fsys.Close())
	} else {
		err = k.rename(f)
	}
	if err != nil {
		return fmt.Errorf("cannot write the output: %w", err)
	}
	return nil
}

func (k *sink) rename(f *File) error {
	mode, at := fs.FileMode(0o644), time.Time{}
	if f.Mode != 0 {
		mode = fs.FileMode(f.Mode)
	}
	if f.MTime != 0 {
		at = time.Unix(0, f.MTime)
	}
	err := k.file.Chmod(mode)
	err = errors.Join(err, k.file.Sync(), k.file.Close())
	if err == nil && !at.IsZero() {
		err = os.Chtimes(k.temp, at, at)
	}
	if err == nil {
		err = os.MkdirAll(filepath.Dir(k.name), 0o777)
	}
	if err == nil {
		err = os.Rename(k.temp, k.name)
	}
	if err != nil {
		_ = os.Remove(k.temp)
	}
	return err
}

// abort leaves nothing behind of an output that is not to appear.
func (k *sink) abort() {
	if k.file != nil {
		k.file.Close()
		_ = os.Remove(k.temp)
		return
	}
	k.cancel() // the writer is not closed: closing would commit it
	k.fsys.Close()
}

func (k *sink) hash() string { return hex.EncodeToString(k.sum.Sum(nil)) }
