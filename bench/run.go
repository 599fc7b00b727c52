package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Sample is what one run of a command took.
type Sample struct {
	Seconds float64 `json:"seconds"` // wall clock
	User    float64 `json:"user"`    // seconds of all cores
	System  float64 `json:"system"`
	// PeakKB is the most memory it held, in KiB; 0 where the system does not
	// tell. Linux counts what the starting process held, so it is never under
	// that.
	PeakKB int64 `json:"peak_kb"`
}

// A Command is a program to be measured. Its output is thrown away.
type Command struct {
	Argv []string
	Env  []string // beyond the environment
	// Input is what it reads from a pipe; nil is the null device.
	Input io.Reader
	// Drain has a pipe read the output instead of the null device, for programs
	// (grep) that do less work when they see that device.
	Drain bool
	// OK are the exit codes that are no error, besides 0.
	OK []int
}

// Measure runs a command to its end.
func Measure(ctx context.Context, c Command) (Sample, error) {
	cmd := exec.CommandContext(ctx, c.Argv[0], c.Argv[1:]...)
	cmd.Env = append(os.Environ(), c.Env...)
	cmd.Stdin = c.Input
	var stderr tail
	cmd.Stderr = &stderr
	if c.Drain {
		cmd.Stdout = discard{}
	}
	start := time.Now()
	err := cmd.Run()
	s := Sample{Seconds: time.Since(start).Seconds()}
	if ctx.Err() != nil {
		return s, fmt.Errorf("%s: took longer than it was given", c.Argv[0])
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && slices.Contains(c.OK, exit.ExitCode()) {
		err = nil
	}
	if err != nil {
		return s, fmt.Errorf("%s: %w: %s", c.Argv[0], err, strings.TrimSpace(string(stderr)))
	}
	s.User, s.System = cmd.ProcessState.UserTime().Seconds(), cmd.ProcessState.SystemTime().Seconds()
	s.PeakKB = peakKB(cmd.ProcessState)
	return s, nil
}

// LowerFloor makes this process as small as it can be and, on Linux, forget how
// large it has been: the peak memory of a program is not told where it is under
// that of the process that starts it.
func LowerFloor() {
	debug.SetGCPercent(10)
	debug.FreeOSMemory()
	// 5 resets the peak (proc(5)); elsewhere there is no such file.
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// Build builds the command of this repository, at whose root it is called, in dir
// and returns its path.
func Build(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "scrim")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/scrim")
	cmd.Stderr = os.Stderr
	return program, cmd.Run()
}

// Scrim returns the command to measure: the one at path, or, if that is empty,
// this repository's, built into dir.
func Scrim(ctx context.Context, path, dir string) (string, error) {
	if path == "" {
		return Build(ctx, dir)
	}
	return filepath.Abs(path)
}

// PeakFloor returns the peak memory in KiB under which nothing can be told: what a
// program is said to hold that holds nothing. It is 0 where that cannot be told.
func PeakFloor(ctx context.Context) int64 {
	s, err := Measure(ctx, Command{Argv: []string{"true"}})
	if err != nil {
		return 0
	}
	return s.PeakKB
}

// RunFolder makes the folder in which a run is kept, out, or, if that is empty,
// bench/runs/<date>-<machine>, and returns it.
func RunFolder(out, date string, m Machine) (string, error) {
	if out == "" {
		out = filepath.Join("bench", "runs", date+"-"+m.Slug())
	}
	return out, os.MkdirAll(out, 0o777)
}

// Version returns the first line of what a command prints when it is asked for its
// version.
func Version(ctx context.Context, argv ...string) string {
	out, _ := exec.CommandContext(ctx, argv[0], argv[1:]...).CombinedOutput()
	first, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return first
}

// discard is a writer that is no file, so that the command gets a pipe.
type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }

// tail keeps the last of what a command wrote on standard error.
type tail []byte

func (t *tail) Write(b []byte) (int, error) {
	const keep = 400
	*t = append(*t, b...)
	if len(*t) > keep {
		*t = (*t)[len(*t)-keep:]
	}
	return len(b), nil
}

// A Spread is the middle and the ends of some figures.
type Spread struct {
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

// SpreadOf returns the spread of figures; zeros of none.
func SpreadOf(x []float64) Spread {
	if len(x) == 0 {
		return Spread{}
	}
	s := slices.Sorted(slices.Values(x))
	n := len(s)
	return Spread{Median: (s[(n-1)/2] + s[n/2]) / 2, Min: s[0], Max: s[n-1]}
}

// A Machine is what a figure depends on, and no more than that.
type Machine struct {
	CPU   string `json:"cpu"`
	Cores int    `json:"cores"`
	OS    string `json:"os"`
	Arch  string `json:"arch"`
	Go    string `json:"go"`
}

var modelName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^(?:model name|Model)\s*:\s*(.+)$`) })

// ThisMachine describes the machine that this runs on.
func ThisMachine() Machine {
	m := Machine{CPU: runtime.GOARCH, Cores: runtime.NumCPU(), OS: runtime.GOOS, Arch: runtime.GOARCH, Go: runtime.Version()}
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if f := modelName().FindSubmatch(b); f != nil {
			m.CPU = string(f[1])
		}
	}
	return m
}

var (
	notSlug = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[^a-z0-9]+`) })
	marks   = strings.NewReplacer("(r)", "", "(tm)", "", "@", " at ")
)

// Slug is the machine as part of a folder's name: intel-xeon-processor-2-cores.
func (m Machine) Slug() string {
	s := notSlug().ReplaceAllString(marks.Replace(strings.ToLower(m.CPU)), "-")
	return fmt.Sprintf("%s-%d-cores", strings.Trim(s, "-"), m.Cores)
}
