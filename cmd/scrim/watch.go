package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/scrim-dev/scrim/pipeline/job"
)

// How often a watch looks.
const (
	watchBars    = 150 * time.Millisecond
	watchLines   = 10 * time.Second
	watchMetrics = 15 * time.Second
)

// A watch tells how far a job is while it runs: as a bar on a terminal, as lines
// elsewhere, and as lines whenever it is asked for by a signal.
type watch struct {
	std     streams
	job     *job.Job
	metrics string
	lines   bool
	bars    *mpb.Progress // nil: not on a terminal
	bar     *mpb.Bar
	since   time.Time
	quit    chan struct{}
	over    sync.WaitGroup
}

func startWatch(std streams, j *job.Job, f *runFlags) *watch {
	w := &watch{std: std, job: j, metrics: f.metrics, since: time.Now(), quit: make(chan struct{})}
	if !f.noProgress && !f.quiet {
		if _, ok := terminal(std.err); ok {
			w.bars = mpb.New(mpb.WithOutput(std.err), mpb.WithRefreshRate(watchBars))
			w.bar = w.bars.AddBar(max(j.Position().Bytes, 1),
				mpb.PrependDecorators(decor.Any(w.files), decor.CountersKiloByte(" % .1f / % .1f")),
				mpb.AppendDecorators(decor.Any(w.rate)))
		} else {
			w.lines = true
		}
	}
	ask := positionSignal()
	w.over.Go(func() { w.loop(ask) })
	return w
}

func (w *watch) loop(ask <-chan struct{}) {
	bars, lines, metrics := time.NewTicker(watchBars), time.NewTicker(watchLines), time.NewTicker(watchMetrics)
	defer bars.Stop()
	defer lines.Stop()
	defer metrics.Stop()
	for {
		select {
		case <-w.quit:
			return
		case <-ask:
			w.tell(true)
		case <-bars.C:
			if w.bar != nil {
				w.bar.SetCurrent(bytesDone(w.job.Position()))
			}
		case <-lines.C:
			if w.lines {
				w.tell(false)
			}
		case <-metrics.C:
			if w.metrics != "" {
				// The last write, which can fail the run, tells of an error.
				_ = writeMetrics(w.metrics, w.job.Position(), nil)
			}
		}
	}
}

// stop ends the watch.
func (w *watch) stop() {
	close(w.quit)
	w.over.Wait()
	if w.bar != nil {
		w.bar.SetCurrent(bytesDone(w.job.Position()))
		w.bar.Abort(false)
		w.bars.Wait()
	}
}

// bytesDone are those dealt with, with those of the inputs in hand.
func bytesDone(p job.Position) int64 {
	n := p.BytesDone
	for _, c := range p.Current {
		if c.Size >= 0 {
			n += min(c.Read, c.Size)
		}
	}
	return min(n, p.Bytes)
}

func (w *watch) files(decor.Statistics) string {
	p := w.job.Position()
	return fmt.Sprintf("%d/%d files", p.Done+p.Unchanged+p.Failed, p.Files)
}

func (w *watch) rate(decor.Statistics) string {
	p := w.job.Position()
	n := bytesDone(p)
	spent := time.Since(w.since)
	s := fmt.Sprintf(" %s/s", size(int64(float64(n)/max(spent.Seconds(), 0.001))))
	if n > 0 && n < p.Bytes {
		left := time.Duration(float64(spent) * float64(p.Bytes-n) / float64(n))
		s += fmt.Sprintf(" %s left", left.Round(time.Second))
	}
	return s
}

// tell writes a line; all of it also which inputs are in hand.
func (w *watch) tell(all bool) {
	p := w.job.Position()
	var b strings.Builder
	fmt.Fprintf(&b, "scrim: %d of %d files (%d unchanged, %d failed), %s of %s,%s\n",
		p.Done+p.Unchanged+p.Failed, p.Files, p.Unchanged, p.Failed, size(bytesDone(p)), size(p.Bytes), w.rate(decor.Statistics{}))
	if all {
		for _, c := range p.Current {
			of := ""
			if c.Size >= 0 {
				of = " of " + size(c.Size)
			}
			fmt.Fprintf(&b, "scrim: in %s at %s%s\n", c.Path, size(c.Read), of)
		}
	}
	_, _ = io.WriteString(w.stderr(w.std), b.String())
}
