package scrimbeam

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/policy"
	"github.com/scrim-dev/scrim/transform"
)

// Settings say what is done to the data, in the words of scrim's flags of the
// same names. They hold no key, only where workers find it.
type Settings struct {
	// Policy is the name of a preset or of the file that PolicyText was read
	// from, which stage does; what the others say goes before it.
	Policy     string `json:"policy,omitempty"`
	PolicyText string `json:"policy_text,omitempty"`

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

// config returns what s says, without keys.
func (s *Settings) config() (pipeline.Config, error) {
	cfg := pipeline.Config{Format: s.Format, Workers: s.Workers, BatchSize: s.BatchSize, MaxRecord: s.MaxRecord}
	p := &cfg.Policy
	var err error
	switch {
	case s.PolicyText != "":
		*p, err = policy.Parse(s.Policy, []byte(s.PolicyText))
	case s.Policy != "":
		*p, err = policy.Load(s.Policy)
	}
	if err != nil {
		return cfg, err
	}
	if len(s.Only) > 0 {
		if p.Only, err = p.ParseKinds(strings.Join(s.Only, ",")); err != nil {
			return cfg, fmt.Errorf("only: %w", err)
		}
	}
	if len(s.Skip) > 0 {
		skip, err := p.ParseKinds(strings.Join(s.Skip, ","))
		if err != nil {
			return cfg, fmt.Errorf("skip: %w", err)
		}
		p.Skip = append(p.Skip, skip...)
	}
	if err := s.fields(p); err != nil {
		return cfg, fmt.Errorf("field: %w", err)
	}
	for _, r := range s.Regions {
		p.Regions = append(p.Regions, strings.ToUpper(r))
	}
	if err := s.rules(p); err != nil {
		return cfg, fmt.Errorf("set: %w", err)
	}
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

// fields sets what is said of fields.
func (s *Settings) fields(p *pipeline.Policy) error {
	if p.Fields == nil {
		p.Fields = map[string]detect.Kind{}
	}
	for _, f := range s.Fields {
		i := strings.LastIndexByte(f, '=')
		if i <= 0 {
			return errors.New("want NAME=KIND, such as caller=phone")
		}
		k := detect.None
		if name := f[i+1:]; name != "none" {
			var err error
			if k, err = p.ParseKind(name); err != nil {
				return err
			}
		}
		p.Fields[f[:i]] = k
	}
	return nil
}

// rules sets rules as scrim does: what is said of a kind goes before what is said
// of all, and the last word before the first.
func (s *Settings) rules(p *pipeline.Policy) error {
	var rules, general []pipeline.Rule
	for _, set := range s.Set {
		r, err := p.ParseSet(set)
		switch {
		case err != nil:
			return err
		case len(r.Kinds) == 0:
			general = slices.Insert(general, 0, r)
		default:
			rules = slices.Insert(rules, 0, r)
		}
	}
	p.Rules = slices.Concat(rules, general, p.Rules)
	return nil
}

// stage writes s into the output folder and returns its name there, which has
// the sum of what is in it: settings that are read once need not be read again.
func (s *Settings) stage(ctx context.Context, fsys filesystem.Interface, output string) (string, error) {
	if err := s.readPolicy(ctx); err != nil {
		return "", &SettingsError{err}
	}
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

// readPolicy reads a policy that is in a file, so that workers need not have it.
func (s *Settings) readPolicy(ctx context.Context) error {
	isPreset := func(p policy.Preset) bool { return p.Name == s.Policy }
	if s.Policy == "" || s.PolicyText != "" || slices.ContainsFunc(policy.Presets(), isPreset) {
		return nil
	}
	fsys, err := openFS(ctx, s.Policy)
	if err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	defer fsys.Close()
	b, err := filesystem.Read(ctx, fsys, s.Policy)
	if err != nil {
		return fmt.Errorf("policy: %w", err)
	}
	s.PolicyText = string(b)
	return nil
}

// A SettingsError says that the settings are wrong.
type SettingsError struct{ Err error }

func (e *SettingsError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *SettingsError) Unwrap() error { return e.Err }

// Over returns s with what it leaves unsaid taken from kept. Rules of s stand
// before those of kept.
func (s Settings) Over(kept Settings) Settings {
	out := kept
	if s.Policy != "" {
		out.Policy, out.PolicyText = s.Policy, s.PolicyText
	}
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
