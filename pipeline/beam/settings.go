package scrimbeam

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// Settings say what is done to the data, in the words of scrim's flags of the
// same names. They hold no key, only where workers find it.
type Settings struct {
	Set     []string `json:"set,omitempty"`
	Only    []string `json:"only,omitempty"`
	Skip    []string `json:"skip,omitempty"`
	Fields  []string `json:"field,omitempty"`
	Regions []string `json:"region,omitempty"`

	Format    string `json:"input_format,omitempty"`
	Delimiter string `json:"delimiter,omitempty"`
	NoHeader  bool   `json:"no_header,omitempty"`
	Workers   int    `json:"workers,omitempty"`
	BatchSize int    `json:"batch_size,omitempty"`
	MaxRecord int    `json:"max_record,omitempty"`

	// KeyFile is a file that each worker can read, local or of one of Beam's
	// file systems; KeyEnv a variable in the environment of each worker.
	KeyFile string `json:"key_file,omitempty"`
	KeyEnv  string `json:"key_env,omitempty"`
}

// ReadSettings reads settings that are kept in a file of any file system.
func ReadSettings(ctx context.Context, name string) (Settings, error) {
	var s Settings
	fsys, err := openFS(ctx, name)
	if err != nil {
		return s, err
	}
	defer fsys.Close()
	b, err := filesystem.Read(ctx, fsys, name)
	if err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return s, fmt.Errorf("settings: %s is no JSON object of settings", name)
	}
	return s, nil
}

// Check says what is wrong with s. Keys are left to the workers, so a rule that
// wants a key is right if it is said where there is one.
func (s *Settings) Check() error {
	cfg, err := s.config()
	if err != nil {
		return err
	}
	if s.KeyFile != "" || s.KeyEnv != "" {
		cfg.Keys = transform.Ephemeral() // so that the rules can be tried
	}
	_, err = pipeline.New(cfg)
	return err
}

// config returns what s says, without keys. A policy file is one more source of
// rules here: it goes behind those of --set.
func (s *Settings) config() (pipeline.Config, error) {
	cfg := pipeline.Config{Format: s.Format, Workers: s.Workers, BatchSize: s.BatchSize, MaxRecord: s.MaxRecord}
	var err error
	if cfg.Policy.Only, err = kinds(s.Only); err != nil {
		return cfg, fmt.Errorf("only: %w", err)
	}
	if cfg.Policy.Skip, err = kinds(s.Skip); err != nil {
		return cfg, fmt.Errorf("skip: %w", err)
	}
	cfg.Policy.Fields = map[string]detect.Kind{}
	for _, f := range s.Fields {
		i := strings.LastIndexByte(f, '=')
		if i <= 0 {
			return cfg, errors.New("field: want NAME=KIND, such as caller=phone")
		}
		k, ok := detect.ParseKind(f[i+1:])
		if !ok && f[i+1:] != "none" {
			return cfg, fmt.Errorf("field: no kind is called %q; see scrim kinds", f[i+1:])
		}
		cfg.Policy.Fields[f[:i]] = k
	}
	for _, r := range s.Regions {
		cfg.Policy.Regions = append(cfg.Policy.Regions, strings.ToUpper(r))
	}
	// As in scrim: what is said of a kind goes before what is said of all, and
	// the last word before the first.
	var rules, general []pipeline.Rule
	for _, set := range s.Set {
		r, err := pipeline.ParseSet(set)
		switch {
		case err != nil:
			return cfg, fmt.Errorf("set: %w", err)
		case len(r.Kinds) == 0:
			general = slices.Insert(general, 0, r)
		default:
			rules = slices.Insert(rules, 0, r)
		}
	}
	cfg.Policy.Rules = slices.Concat(rules, general)
	switch {
	case s.Delimiter == `\t`:
		cfg.FormatOptions.Comma = '\t'
	case len(s.Delimiter) == 1:
		cfg.FormatOptions.Comma = s.Delimiter[0]
	case s.Delimiter != "":
		return cfg, errors.New("delimiter: want one character")
	}
	cfg.FormatOptions.NoHeader = s.NoHeader
	if s.KeyFile != "" && s.KeyEnv != "" {
		return cfg, errors.New("only one of a key file and a key variable can be given")
	}
	return cfg, nil
}

func kinds(names []string) ([]detect.Kind, error) {
	if len(names) == 0 {
		return nil, nil
	}
	return pipeline.ParseKinds(strings.Join(names, ","))
}

// stage writes s into the output folder and returns its name there, which has
// the sum of what is in it: settings that are read once need not be read again.
func (s *Settings) stage(ctx context.Context, fsys filesystem.Interface, output string) (string, error) {
	if err := s.Check(); err != nil {
		return "", &SettingsError{err}
	}
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	name := join(output, stateDir+"/settings-"+hex.EncodeToString(sum[:8])+".json")
	if err := filesystem.Write(ctx, fsys, name, append(b, '\n')); err != nil {
		return "", fmt.Errorf("cannot write the settings where workers read them: %w", err)
	}
	return name, nil
}

// A SettingsError says that the settings are wrong.
type SettingsError struct{ Err error }

func (e *SettingsError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *SettingsError) Unwrap() error { return e.Err }

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

// keyID names the key; "" without one.
func (r *ready) keyID() string {
	if r.cfg.Keys == nil {
		return ""
	}
	return r.cfg.Keys.ID()
}

// Over returns s with what it leaves unsaid taken from kept. Rules of s stand
// before those of kept.
func (s Settings) Over(kept Settings) Settings {
	out := kept
	out.Set = slices.Concat(kept.Set, s.Set) // the last word goes first
	out.Fields = slices.Concat(kept.Fields, s.Fields)
	for _, l := range []struct{ to, from *[]string }{{&out.Only, &s.Only}, {&out.Skip, &s.Skip}, {&out.Regions, &s.Regions}} {
		if len(*l.from) > 0 {
			*l.to = *l.from
		}
	}
	if s.Format != "" && s.Format != "auto" {
		out.Format = s.Format
	}
	if s.KeyFile != "" || s.KeyEnv != "" {
		out.KeyFile, out.KeyEnv = s.KeyFile, s.KeyEnv
	}
	if s.Delimiter != "" {
		out.Delimiter = s.Delimiter
	}
	out.NoHeader = kept.NoHeader || s.NoHeader
	for _, n := range []struct{ to, from *int }{{&out.Workers, &s.Workers}, {&out.BatchSize, &s.BatchSize}, {&out.MaxRecord, &s.MaxRecord}} {
		if *n.from != 0 {
			*n.to = *n.from
		}
	}
	return out
}
