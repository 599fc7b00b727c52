package bench

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"runtime"
	"slices"
	"time"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/transform"
)

// A Sweep runs data through the flow in this process, once for every setting of
// workers, batch size and format, and says what that took. Its output is thrown
// away.
type Sweep struct {
	// Inputs are what is run, decompressed, by the format they are read as. A
	// format is a name that pipeline.Config takes.
	Inputs []Input
	// Workers and Batches are the settings; nil means Workers from 1 to the
	// number of processors, doubling, and Batches of 64 KiB to 1 MiB with the
	// default of this machine.
	Workers []int
	Batches []int
	// Runs is how often each setting is run, the settings taking turns; 0 means 3.
	Runs   int
	Policy pipeline.Policy
}

// An Input is data and the format it is read as.
type Input struct {
	Format string
	Data   []byte
}

// A Setting is what the flow was given and what it did with that.
type Setting struct {
	Format    string `json:"format"`
	Workers   int    `json:"workers"`
	BatchSize int    `json:"batch_size"` // bytes
	// Rate is in bytes of input a second.
	Rate Spread `json:"rate"`
	// Memory is how many bytes were allocated in a run, the least of all: what
	// the batches and the tables of the workers take.
	Memory uint64 `json:"memory"`
}

// Run returns a Setting for each of the combinations, the formats in the order of
// Inputs, and of a format the fastest first.
func (s *Sweep) Run(ctx context.Context) ([]Setting, error) {
	workers, batches := s.Workers, s.Batches
	if workers == nil {
		for n := 1; n < runtime.NumCPU(); n *= 2 {
			workers = append(workers, n)
		}
		workers = append(workers, runtime.NumCPU())
	}
	if batches == nil {
		batches = []int{64 << 10, 128 << 10, 256 << 10, 512 << 10, 1 << 20}
	}
	var all []Setting
	for _, in := range s.Inputs {
		settings, err := s.input(ctx, in, workers, batches)
		if err != nil {
			return nil, err
		}
		all = append(all, settings...)
	}
	return all, nil
}

// input returns the settings of one input, the fastest first.
func (s *Sweep) input(ctx context.Context, in Input, workers, batches []int) ([]Setting, error) {
	var settings []Setting
	for _, w := range workers {
		for _, b := range batches {
			settings = append(settings, Setting{Format: in.Format, Workers: w, BatchSize: b})
		}
	}
	rates := make([][]float64, len(settings))
	runs := s.Runs
	if runs <= 0 {
		runs = 3
	}
	for range runs {
		for i := range settings {
			x := &settings[i]
			cfg := pipeline.Config{Policy: s.Policy, Workers: x.Workers, BatchSize: x.BatchSize, Format: x.Format}
			took, _, memory, err := timed(ctx, cfg, in.Data, io.Discard)
			if err != nil {
				return nil, err
			}
			rates[i] = append(rates[i], float64(len(in.Data))/took.Seconds())
			if x.Memory == 0 || memory < x.Memory {
				x.Memory = memory
			}
		}
	}
	for i := range settings {
		settings[i].Rate = SpreadOf(rates[i])
	}
	slices.SortStableFunc(settings, func(x, y Setting) int { return cmp.Compare(y.Rate.Median, x.Rate.Median) })
	return settings, nil
}

// Best returns the setting to use of those of one format, the fastest first: of
// all that are within a twentieth of the fastest, the one that takes the least
// memory.
func Best(settings []Setting) Setting {
	best := settings[0]
	for _, x := range settings {
		if x.Rate.Median >= 0.95*settings[0].Rate.Median && x.Memory < best.Memory {
			best = x
		}
	}
	return best
}

// timed runs data through the flow once and returns the time it took, on the
// clock and of all cores, and the bytes it allocated.
func timed(ctx context.Context, cfg pipeline.Config, data []byte, to io.Writer) (took, cores time.Duration, memory uint64, err error) {
	p, err := pipeline.New(cfg)
	if err != nil {
		return 0, 0, 0, err
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start, used := time.Now(), ProcessorTime()
	src := pipeline.NewSource(bytes.NewReader(data), "data")
	_, err = p.Run(ctx, src, to)
	took, cores = time.Since(start), ProcessorTime()-used
	src.Close()
	runtime.ReadMemStats(&after)
	return took, cores, after.TotalAlloc - before.TotalAlloc, err
}

// A Stage is a part of the work, and the processor time it takes for a byte of
// input on one worker, in nanoseconds.
type Stage struct {
	Name string  `json:"name"`
	Cost float64 `json:"ns_per_byte"`
}

// Stages returns where the time of one worker goes: reading, decompressing where
// raw is compressed, searching by kind, the slowest first, transforming, and
// writing. raw is the input as it stands, or the beginning of that which holds all
// of its text. Nothing is read from a disk or written to one.
//
// What kinds share, above all the one classification of the text, stands apart;
// so kinds together take less than the sum of each alone. A part below what can
// be measured is left out.
func Stages(ctx context.Context, raw []byte, in Input, policy pipeline.Policy) ([]Stage, error) {
	perByte := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / float64(len(in.Data)) }
	reading := func(b []byte) (time.Duration, error) {
		return least(func() (time.Duration, error) {
			used := ProcessorTime()
			src := pipeline.NewSource(bytes.NewReader(b), "data")
			defer src.Close()
			_, err := io.CopyN(io.Discard, src, int64(len(in.Data)))
			return ProcessorTime() - used, err
		})
	}
	read, err := reading(in.Data)
	if err != nil {
		return nil, err
	}
	unpack, err := reading(raw)
	if err != nil {
		return nil, err
	}
	run := func(policy pipeline.Policy, to io.Writer) (time.Duration, error) {
		return least(func() (time.Duration, error) {
			_, cores, _, err := timed(ctx, pipeline.Config{Policy: policy, Workers: 1, Format: in.Format}, in.Data, to)
			return cores, err
		})
	}
	all, err := run(policy, io.Discard)
	if err != nil {
		return nil, err
	}
	kept := policy
	kept.Rules = []pipeline.Rule{{Transform: transform.Spec{Name: "keep"}}}
	keep, err := run(kept, io.Discard)
	if err != nil {
		return nil, err
	}
	search, err := run(policy, nil)
	if err != nil {
		return nil, err
	}
	var kinds []Stage
	shared := search
	for _, k := range detect.Kinds() {
		if len(policy.Only) > 0 && !slices.Contains(policy.Only, k.Kind) || slices.Contains(policy.Skip, k.Kind) {
			continue
		}
		one := policy
		one.Only = []detect.Kind{k.Kind}
		took, err := run(one, nil)
		if err != nil {
			return nil, err
		}
		shared = min(shared, took)
		kinds = append(kinds, Stage{k.Name, perByte(took)})
	}
	for i := range kinds {
		kinds[i].Cost -= perByte(shared)
	}
	slices.SortStableFunc(kinds, func(x, y Stage) int { return cmp.Compare(y.Cost, x.Cost) })
	stages := []Stage{{"read", perByte(read)}}
	if packed := perByte(unpack - read); packed >= 0.01 {
		stages = append(stages, Stage{"decompress (beside the rest)", packed})
	}
	stages = append(stages, Stage{"classify, and what kinds share", perByte(shared)})
	for _, k := range kinds {
		if k.Cost >= 0.01 {
			stages = append(stages, Stage{"find " + k.Name, k.Cost})
		}
	}
	return append(stages,
		Stage{"find all kinds together", perByte(search - shared)},
		Stage{"transform", perByte(max(all-keep, 0))},
		Stage{"write", perByte(max(keep-search, 0))}), nil
}

// least returns the shortest of three times.
func least(do func() (time.Duration, error)) (time.Duration, error) {
	best := time.Duration(0)
	for range 3 {
		took, err := do()
		if err != nil {
			return 0, err
		}
		if best == 0 || took < best {
			best = took
		}
	}
	return best, nil
}
