package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/scrim-dev/scrim/pipeline/job"
)

// writeMetrics writes where a job is, and what it found if it is over, to a file
// in the Prometheus text format (exposition format 0.0.4), whole or not at all.
func writeMetrics(name string, p job.Position, s *job.Summary) error {
	var b strings.Builder
	gauge := func(name, help string, n int64) {
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s gauge\n%s %d\n", name, help, name, name, n)
	}
	gauge("scrim_inputs", "Inputs of the job.", p.Files)
	gauge("scrim_inputs_done", "Inputs done by this run.", p.Done)
	gauge("scrim_inputs_unchanged", "Inputs done before and unchanged.", p.Unchanged)
	gauge("scrim_inputs_failed", "Inputs that failed.", p.Failed)
	gauge("scrim_input_bytes", "Bytes of all inputs, as stored.", p.Bytes)
	gauge("scrim_input_bytes_done", "Bytes of inputs dealt with, as stored.", bytesDone(p))
	running := int64(1)
	if s != nil {
		running = 0
		gauge("scrim_output_bytes", "Bytes written, as stored.", s.BytesOut)
		kinds := map[string]uint64{}
		var failures uint64
		for _, e := range s.Fresh {
			for k, n := range e.Kinds {
				kinds[k] += n
			}
			failures += e.Failures
		}
		gauge("scrim_transform_failures", "Values redacted because their transform could not be done.", int64(failures))
		fmt.Fprint(&b, "# HELP scrim_matches Values found by this run.\n# TYPE scrim_matches gauge\n")
		for _, k := range slices.Sorted(maps.Keys(kinds)) {
			fmt.Fprintf(&b, "scrim_matches{kind=%q} %d\n", k, kinds[k])
		}
	}
	gauge("scrim_running", "1 while the job runs.", running)
	return writeFile(name, []byte(b.String()))
}
