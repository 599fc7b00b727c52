// Package scrimbeam runs scrim on Apache Beam, so on the engines that Beam runs
// on: Prism, Flink, Spark, Dataflow.
//
// A job takes file patterns and an output folder, each local or of one of Beam's
// file systems (s3, gs, memfs), and goes through these steps:
//
//  1. list: a pattern becomes [File] elements, each with the name of its output.
//  2. plan: a file becomes [Part] elements. A large file of lines (text or JSON
//     lines, not compressed) is cut into ranges, every other file is one part.
//  3. scrub: a part goes through a pipeline. A whole file appears under its final
//     name; a range goes to a temporary file.
//  4. finish: the ranges of a file are put together; the file gets its [Entry].
//  5. report: entries become the manifest and the report, files that failed
//     become dead letters.
//
// Every step can be done again: an engine that loses a worker repeats what it
// had, and the same bytes appear. Files are there whole or not at all.
//
// What is done to the data is in [Settings], a file that workers read. The job
// that is handed to the engine holds its name and nothing else of it; keys are
// read by the workers, from a file or an environment variable of theirs.
//
// # Terminology
//
//   - Part: a file or a range of it, the unit of work.
//   - Entry: a line of the manifest, an input whose output is there.
//   - Dead letter: an input that failed, with the reason.
package scrimbeam

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/log"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	// File systems that patterns and outputs can stand in; beamx has the others.
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/memfs"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/s3"
)

func init() {
	register.DoFn3x1[context.Context, string, func(string, File), error](&listFn{})
	register.DoFn4x1[context.Context, string, func(*File) bool, func(Part), error](&planFn{})
	register.DoFn3x1[context.Context, Part, func(string, Part), error](&scrubFn{})
	register.DoFn4x1[context.Context, string, func(*Part) bool, func(Outcome), error](&finishFn{})
	register.DoFn3x1[context.Context, int, func(*Outcome) bool, error](&reportFn{})
	register.Emitter1[Part]()
	register.Emitter1[Outcome]()
	register.Emitter2[string, File]()
	register.Emitter2[string, Part]()
	register.Iter1[File]()
	register.Iter1[Part]()
	register.Iter1[Outcome]()
}

// DefaultRange is the size of a range in bytes: large enough that opening an
// object costs nothing beside it, small enough to spread a file over many cores.
const DefaultRange = 256 << 20

// A Config is a job.
type Config struct {
	// Patterns name the inputs: files, local folders, globs as the file system
	// has them.
	Patterns []string
	// Output is the folder of the outputs.
	Output string
	// Range is the size over which a file of lines is cut, in bytes; 0 means
	// DefaultRange.
	Range int64
	// Attempts is how often the job is submitted until the engine finishes it;
	// 0 means once. Inputs that fail are no reason to submit it again.
	Attempts int
	Settings Settings
}

// Run stages the settings, hands the job to the engine that Beam's flags name,
// waits for it, and returns what it wrote about itself. Inputs that failed are
// no error: they are in Result.Dead.
func Run(ctx context.Context, cfg Config) (*Result, error) {
	if len(cfg.Patterns) == 0 || cfg.Output == "" {
		return nil, errors.New("a job wants patterns and an output folder")
	}
	if cfg.Range < 0 || cfg.Attempts < 0 {
		return nil, errors.New("range size and attempts cannot be negative")
	}
	if cfg.Range == 0 {
		cfg.Range = DefaultRange
	}
	fsys, err := openFS(ctx, cfg.Output)
	if err != nil {
		return nil, err
	}
	defer fsys.Close()
	if err := clearState(ctx, fsys, cfg.Output); err != nil {
		return nil, err
	}
	settings, err := cfg.Settings.stage(ctx, fsys, cfg.Output)
	if err != nil {
		return nil, err
	}
	for attempt := 1; ; attempt++ {
		p, s := beam.NewPipelineWithRoot()
		build(s, cfg, settings)
		_, err = beamx.RunWithMetrics(ctx, p)
		if err == nil || attempt >= cfg.Attempts || ctx.Err() != nil {
			break
		}
		log.Warnf(ctx, "attempt %d of %d: the engine gave the job up; it is submitted again", attempt, cfg.Attempts)
	}
	if err != nil {
		return nil, fmt.Errorf("the engine did not finish the job: %w", err)
	}
	r, err := readResult(ctx, fsys, cfg.Output)
	if err != nil {
		return nil, fmt.Errorf("the engine finished, but what it reported cannot be read: %w", err)
	}
	return r, clearTemps(ctx, fsys, cfg.Output)
}

// build makes the graph of the job. Grouping stands where work is to be spread
// over workers again, and where ranges meet.
func build(s beam.Scope, cfg Config, settings string) {
	patterns := beam.CreateList(s, cfg.Patterns)
	listed := beam.ParDo(s.Scope("list"), &listFn{Output: cfg.Output}, patterns)
	byOutput := beam.GroupByKey(s, listed)
	parts := beam.ParDo(s.Scope("plan"), &planFn{Settings: settings, Range: cfg.Range}, byOutput)
	spread := beam.Reshuffle(s, parts)
	done := beam.ParDo(s.Scope("scrub"), &scrubFn{Settings: settings, Output: cfg.Output}, spread)
	byFile := beam.GroupByKey(s, done)
	outcomes := beam.ParDo(s.Scope("finish"), &finishFn{Settings: settings, Output: cfg.Output}, byFile)
	all := beam.GroupByKey(s, beam.AddFixedKey(s, outcomes))
	beam.ParDo0(s.Scope("report"), &reportFn{Output: cfg.Output}, all)
}

// openFS returns the file system that name stands in.
func openFS(ctx context.Context, name string) (fsys filesystem.Interface, err error) {
	defer func() { // the file systems panic over credentials and settings
		if recover() != nil {
			fsys, err = nil, fmt.Errorf("%s: the file system cannot be opened; see its credentials and settings", name)
		}
	}()
	return filesystem.New(ctx, name)
}

// join sets a slash-separated name under a folder of any file system.
func join(dir, name string) string { return strings.TrimRight(dir, "/") + "/" + name }

// isLocal says whether a name is that of a local file.
func isLocal(name string) bool { return !strings.Contains(name, "://") }
