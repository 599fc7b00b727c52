// Package aggregate groups the records of inputs and counts, and gives out only
// groups in which no one can be recognised.
//
//  1. [ParseKey] reads what groups are made by: a field, a transform of a field,
//     a day, or the kind, field or file of what was found.
//  2. An [Aggregate] watches the pipeline: every worker groups what it sees, and
//     writes sorted groups to a temporary file when it has too many.
//  3. [Aggregate.Result] merges them, and either suppresses small groups
//     (k-threshold, with those that a total would give away) or adds noise
//     (differential privacy).
//  4. [Result] writes itself as a table, CSV, JSON or Parquet.
//
// What stands in a group's key went through the policy first, so that a field
// of addresses gives one group [EMAIL] and not one for each address, unless a
// key says what is to be done with it.
//
// docs/aggregate.md says what each protection is good for and what not.
package aggregate

import (
	"errors"
	"fmt"
	"hash/maphash"
	"sync"
	"time"

	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// DefaultK is the threshold under which a group is not given out.
const DefaultK = 10

// DefaultMaxGroups is how many groups a worker keeps in memory.
const DefaultMaxGroups = 50_000

// A Config says what an Aggregate does.
type Config struct {
	// By are the keys of groups; none gives one group of all.
	By []Key
	// Distinct, Sum, Min, Max and Avg are names of fields, or of kinds where no
	// field has the name.
	Distinct, Sum, Min, Max, Avg []string
	// Person is the field (or kind) that says whose record it is. With it, K
	// counts people and not records.
	Person string
	// K is the least number of records or people in a group that is given out;
	// 0 or 1 gives out all.
	K int
	// Noise, if it is set, takes the place of K's suppression.
	Noise *Noise
	// MaxGroups is how many groups a worker keeps in memory; 0 means
	// DefaultMaxGroups.
	MaxGroups int
	// TempDir is where they go beyond; "" means that of the system.
	TempDir string
	// Keys are for transforms in By that need one.
	Keys *transform.Keys
	// Now tells the year of times without one; zero means the present.
	Now time.Time
}

// An Aggregate is a group-by over inputs.
type Aggregate struct {
	cfg    Config
	plan   *plan
	seed   maphash.Seed
	people *people // with Noise and Person

	mu       sync.Mutex
	watchers []*watcher
	idle     []*watcher // of inputs that are done
	files    []tempFile
	spilled  int // files of level 0 that there were
	err      error
}

// New returns an Aggregate, or says what is wrong with cfg.
func New(cfg Config) (*Aggregate, error) {
	if cfg.MaxGroups == 0 {
		cfg.MaxGroups = DefaultMaxGroups
	}
	if cfg.MaxGroups < 1 || cfg.K < 0 {
		return nil, errors.New("threshold and number of groups cannot be negative")
	}
	if cfg.Now.IsZero() {
		cfg.Now = time.Now()
	}
	a := &Aggregate{cfg: cfg, seed: maphash.MakeSeed()}
	if n := cfg.Noise; n != nil {
		if len(cfg.Distinct)+len(cfg.Min)+len(cfg.Max)+len(cfg.Avg) > 0 {
			return nil, errors.New("with noise only counts and sums can be had: one person can change any other figure without bound")
		}
		if err := n.check(len(cfg.Sum)); err != nil {
			return nil, err
		}
		if cfg.Person != "" {
			a.people = newPeople(n.Contributions)
		}
	}
	var err error
	if a.plan, err = newPlan(&cfg); err != nil {
		return nil, err
	}
	if cfg.Noise != nil && a.plan.matches && cfg.Person == "" {
		return nil, errors.New("with noise, groups by kind or field want --person: a record may hold any number of matches")
	}
	return a, nil
}

// Watch is for [pipeline.Config].
func (a *Aggregate) Watch(name string) pipeline.Watch {
	a.mu.Lock()
	defer a.mu.Unlock()
	var w *watcher
	if n := len(a.idle); n > 0 {
		w, a.idle = a.idle[n-1], a.idle[:n-1]
	} else {
		w = newWatcher(a)
		a.watchers = append(a.watchers, w)
	}
	w.open(name)
	return w
}

// EndInput says that the run over an input is over. An error is one of a
// temporary file.
func (a *Aggregate) EndInput() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.idle = append(a.idle[:0], a.watchers...)
	return a.err
}

// Close removes what is left of temporary files.
func (a *Aggregate) Close() {
	for _, f := range a.files {
		f.discard()
	}
	a.files = nil
}

func (a *Aggregate) fail(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.err == nil {
		a.err = fmt.Errorf("cannot keep groups in a temporary file: %w", err)
	}
}
