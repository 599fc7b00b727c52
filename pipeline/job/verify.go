package job

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

// A VerifyConfig says what is compared with what.
type VerifyConfig struct {
	// Pipeline is what was done: the same policy and, if there is one, key.
	Pipeline pipeline.Config
	// UnknownKey says that the key in Pipeline is not the one that was used: what
	// stands for a value is then not compared, only what stands around it, and
	// that the value itself is gone.
	UnknownKey bool
	// Inputs are what was read, or one file; After is the output folder, or the
	// file that was made of the one.
	Inputs Inputs
	After  string
	// Names says that names in archives were replaced too.
	Names  bool
	Limits Limits
	// Strict makes faults of notes: values that stand where the search takes them
	// for none, and where BEFORE has them.
	Strict bool
	// MaxFaults is how many faults are listed; more are only counted. 0 means
	// DefaultMaxFaults.
	MaxFaults int
	// MaxValues is how many distinct values of one file are searched for in its
	// output; 0 means DefaultMaxValues.
	MaxValues int
	Version   string
}

// Defaults of VerifyConfig.
const (
	DefaultMaxFaults = 1000
	DefaultMaxValues = 4 << 20
)

// What a fault is.
const (
	FaultMissing    = "missing"    // an input without an output
	FaultExtra      = "extra"      // an output, or entry, without an input
	FaultUnreadable = "unreadable" // a file cannot be read to its end
	FaultManifest   = "manifest"   // a hash, policy or key is not that of the manifest
	FaultForm       = "form"       // another compression, or another archive, entry or header
	FaultLost       = "lost"       // a record is not there
	FaultAdded      = "added"      // a record is there that was not
	FaultChanged    = "changed"    // bytes are others, that no match accounts for
	FaultValue      = "value"      // what stands for a value is not what the policy gives
	FaultSurvives   = "survives"   // a value that was found stands in the output
	FaultFound      = "found"      // a fresh search of the output finds a value to be removed
	FaultUnverified = "unverified" // it could not be told
)

// A Fault is one thing that is wrong. It holds no value.
type Fault struct {
	What string `json:"what"`
	// Path is the name of the input, or of the output where there is no input;
	// Entry says which entry of an archive, by numbers from 1: "2/5".
	Path  string `json:"path"`
	Entry string `json:"entry,omitempty"`
	// Before and After are line numbers in the texts, from 1; 0 where there is
	// none to name. Column is the byte in that line of After, from 1.
	Before int64  `json:"before_line,omitempty"`
	After  int64  `json:"after_line,omitempty"`
	Column int64  `json:"column,omitempty"`
	Kind   string `json:"kind,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// A VerifyReport says what was compared and what is wrong.
type VerifyReport struct {
	OK      bool   `json:"ok"`
	Version string `json:"version"`
	Policy  string `json:"policy"`
	Key     string `json:"key,omitempty"`
	// KeyKnown says that what stands for the values was compared too.
	KeyKnown bool `json:"key_known"`
	// Manifest says that there was one, with the hashes of inputs and outputs.
	Manifest bool  `json:"manifest"`
	Files    int64 `json:"files"`
	Entries  int64 `json:"entries"`
	// Records, BytesBefore and BytesAfter are of the texts.
	Records     int64 `json:"records"`
	BytesBefore int64 `json:"bytes_before"`
	BytesAfter  int64 `json:"bytes_after"`
	// Values counts the matches in Before that the policy removes, Kept those
	// that it leaves.
	Values uint64 `json:"values"`
	Kept   uint64 `json:"kept"`
	// Notes counts, by kind, places where a value of BEFORE stands that the search
	// takes for none there, and values that are found only now and whose form is
	// no more than likely.
	Notes map[string]uint64 `json:"notes"`
	// Count is the number of faults, of which Faults lists the first of each
	// file, in the order of the inputs.
	Count  int64   `json:"fault_count"`
	Faults []Fault `json:"faults"`
}

// A verifier compares.
type verifier struct {
	cfg   VerifyConfig
	wide  *pipeline.Pipeline
	small *pipeline.Pipeline
	total VerifyReport
}

// Verify compares. An error means that it could not be done; what is wrong with
// the files is in the report.
func Verify(ctx context.Context, cfg VerifyConfig) (*VerifyReport, error) {
	cfg.Limits.setDefaults()
	cfg.MaxFaults = cmp.Or(cfg.MaxFaults, DefaultMaxFaults)
	cfg.MaxValues = cmp.Or(cfg.MaxValues, DefaultMaxValues)
	v := &verifier{cfg: cfg}
	var err error
	if v.wide, err = pipeline.New(cfg.Pipeline); err != nil {
		return nil, err
	}
	one := cfg.Pipeline
	one.Workers = 1
	if v.small, err = pipeline.New(one); err != nil {
		return nil, err
	}
	v.total = VerifyReport{Version: cfg.Version, Policy: v.wide.PolicyHash(), KeyKnown: !cfg.UnknownKey, Faults: []Fault{}, Notes: map[string]uint64{}}
	if !cfg.UnknownKey {
		v.total.Key = v.wide.KeyID()
	}
	pairs, err := v.pairs()
	if err != nil {
		return nil, err
	}
	cores := cfg.Pipeline.Workers
	if cores <= 0 {
		cores = runtime.GOMAXPROCS(0)
	}
	found := make([]*comparison, len(pairs))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(cores)
	for i, p := range pairs {
		g.Go(func() error {
			found[i] = v.pair(gctx, p)
			return gctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	r := &v.total
	for _, c := range found {
		r.add(c, cfg.MaxFaults)
	}
	r.OK = r.Count == 0
	return r, nil
}

func (r *VerifyReport) add(c *comparison, most int) {
	r.Files += c.files
	r.Entries += c.entries
	r.Records += c.records
	r.BytesBefore += c.before
	r.BytesAfter += c.after
	r.Values += c.values
	r.Kept += c.kept
	for k, n := range c.notes {
		r.Notes[k] += n
	}
	r.Count += c.count
	r.Faults = append(r.Faults, c.faults[:min(len(c.faults), max(most-len(r.Faults), 0))]...)
}

// A pair is an input and its output; one of them may be missing.
type pair struct {
	name          string
	before, after string // paths; "" is missing
	entry         *Entry
	err           error
}

// pairs returns what is to be compared, in order.
func (v *verifier) pairs() ([]pair, error) {
	info, err := os.Stat(v.cfg.After)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		if len(v.cfg.Inputs.Paths) != 1 {
			return nil, errors.New("one file can be compared with one other")
		}
		if b, err := os.Stat(v.cfg.Inputs.Paths[0]); err != nil {
			return nil, err
		} else if b.IsDir() {
			return nil, errors.New("a folder cannot be compared with a file")
		}
		return []pair{{name: filepath.Base(v.cfg.Inputs.Paths[0]), before: v.cfg.Inputs.Paths[0], after: v.cfg.After}}, nil
	}
	files, err := v.cfg.Inputs.list(v.cfg.After, func(string, string) {})
	if err != nil {
		return nil, err
	}
	manifest, err := ReadManifest(v.cfg.After)
	if err != nil {
		return nil, err
	}
	v.total.Manifest = len(manifest) > 0
	byInput := make(map[string]*Entry, len(manifest))
	for _, e := range manifest {
		byInput[e.Path] = e
	}
	outputs, err := v.outputs()
	if err != nil {
		return nil, err
	}
	var out []pair
	for _, f := range files {
		p := pair{name: f.Name, before: f.Path, entry: byInput[f.Name], err: f.Err}
		at := f.Name
		if p.entry != nil {
			at = p.entry.Output
		}
		if outputs[at] {
			p.after = filepath.Join(v.cfg.After, filepath.FromSlash(at))
			delete(outputs, at)
		}
		out = append(out, p)
	}
	for at := range outputs {
		out = append(out, pair{name: at, after: filepath.Join(v.cfg.After, filepath.FromSlash(at))})
	}
	slices.SortStableFunc(out, func(a, b pair) int { return cmp.Compare(a.name, b.name) })
	return out, nil
}

// outputs returns the names of all files in the output folder but scrim's own.
func (v *verifier) outputs() (map[string]bool, error) {
	out := map[string]bool{}
	err := fs.WalkDir(os.DirFS(v.cfg.After), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name == stateDir:
			return fs.SkipDir
		case !d.IsDir() && !strings.HasPrefix(path.Base(name), tempPrefix):
			out[name] = true
		}
		return nil
	})
	return out, err
}

// pair compares one input with its output.
func (v *verifier) pair(ctx context.Context, p pair) *comparison {
	c := &comparison{v: v, name: p.name, most: v.cfg.MaxFaults}
	switch {
	case p.err != nil:
		c.fault(Fault{What: FaultUnreadable, Detail: "the input cannot be read: " + reason(p.err)})
		return c
	case p.before == "":
		c.fault(Fault{What: FaultExtra, Detail: "an output without an input"})
		return c
	case p.after == "":
		c.fault(Fault{What: FaultMissing, Detail: "an input without an output"})
		return c
	}
	c.files = 1
	before, bsize, err := openFile(p.before)
	if err != nil {
		c.fault(Fault{What: FaultUnreadable, Detail: "the input cannot be read: " + reason(err)})
		return c
	}
	defer before.Close()
	after, asize, err := openFile(p.after)
	if err != nil {
		c.fault(Fault{What: FaultUnreadable, Detail: "the output cannot be read: " + reason(err)})
		return c
	}
	defer after.Close()
	c.manifest(ctx, p, before, after)
	c.plain = v.small
	if bsize >= bigInput {
		c.plain = v.wide
	}
	// As run does: first without knowing any secret.
	secrets := new(detect.Names)
	first := c.with(c.plain.Learning(secrets))
	first.sides(ctx, side{before, bsize}, side{after, asize})
	if secrets.Len() == 0 {
		return first
	}
	if first.count == c.count {
		if left, err := standsIn(ctx, c.plain, secrets, after, v.cfg.Limits, privateFile); err == nil && !left {
			return first
		}
	}
	if c.plain, err = c.plain.Knowing(secrets); err != nil {
		c.fault(Fault{What: FaultUnverified, Detail: reason(err)})
		return c
	}
	second := c.with(c.plain)
	second.sides(ctx, side{before, bsize}, side{after, asize})
	return second
}

// with returns a comparison like c, with what it has found, in which BEFORE is
// searched by pipe.
func (c *comparison) with(pipe *pipeline.Pipeline) *comparison {
	return &comparison{v: c.v, pipe: pipe, plain: c.plain, name: c.name, most: c.most, files: c.files, count: c.count, faults: slices.Clone(c.faults)}
}

// sides compares the two sides of a pair.
func (c *comparison) sides(ctx context.Context, before, after side) {
	c.budget.ratio = c.v.cfg.Limits.Ratio
	c.budget.stored = func() int64 { return before.size + after.size }
	if err := c.compare(ctx, before, after, 0); err != nil && ctx.Err() == nil {
		c.fault(Fault{What: FaultUnreadable, Detail: reason(err)})
	}
}

func openFile(name string) (*os.File, int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("is no regular file")
	}
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

// reason leaves out the path, which is said already.
func reason(err error) string {
	var pe *os.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fmt.Sprint(err)
}
