package scrimbeam

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// A ready is settings made ready on a worker, once for a process.
type ready struct {
	cfg pipeline.Config

	mu    sync.Mutex
	pipes map[pipeKey]*pipeline.Pipeline
}

type pipeKey struct {
	format string
	wide   bool
}

var (
	readyMu sync.Mutex
	readies = map[string]*ready{}
)

// loadReady reads the staged settings of that name, and the key.
func loadReady(ctx context.Context, name string) (*ready, error) {
	readyMu.Lock()
	defer readyMu.Unlock()
	if r, ok := readies[name]; ok {
		return r, nil
	}
	s, err := ReadSettings(ctx, name)
	if err != nil {
		return nil, err
	}
	r := &ready{pipes: map[pipeKey]*pipeline.Pipeline{}}
	if r.cfg, err = s.config(); err != nil {
		return nil, err
	}
	if r.cfg.Keys, err = s.keys(ctx); err != nil {
		return nil, err
	}
	if _, err := r.pipeline("", false); err != nil {
		return nil, err
	}
	readies[name] = r
	return r, nil
}

// keys reads the key where the settings say that it is.
func (s *Settings) keys(ctx context.Context) (*transform.Keys, error) {
	switch {
	case s.KeyEnv != "":
		return transform.KeyFromEnv(s.KeyEnv)
	case s.KeyFile == "":
		return nil, nil
	case isLocal(s.KeyFile):
		return transform.LoadKeyFile(s.KeyFile)
	}
	fsys, err := openFS(ctx, s.KeyFile)
	if err != nil {
		return nil, err
	}
	defer fsys.Close()
	b, err := filesystem.Read(ctx, fsys, s.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	// A private file for as long as it takes to read it.
	f, err := os.CreateTemp("", "scrim-key-*") // 0600
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	keys, err := transform.LoadKeyFile(f.Name())
	if err != nil {
		return nil, fmt.Errorf("key file %s: is no key file as scrim keygen makes them", s.KeyFile)
	}
	return keys, nil
}

// pipeline returns the pipeline for a format, "" for the one of the settings;
// wide is with all workers, for large inputs.
func (r *ready) pipeline(format string, wide bool) (*pipeline.Pipeline, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k := pipeKey{format, wide}
	if p, ok := r.pipes[k]; ok {
		return p, nil
	}
	cfg := r.cfg
	if format != "" {
		cfg.Format = format
	}
	if !wide {
		cfg.Workers = 1
	}
	p, err := pipeline.New(cfg)
	if err == nil {
		r.pipes[k] = p
	}
	return p, err
}
