// Command scrim-beam takes personal data out of files on an Apache Beam engine:
// Prism, Flink, Spark, Dataflow.
//
// See docs/beam.md, or scrim-beam --help. The same program is the worker, and
// the process that starts one (Beam's PROCESS environment).
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/spf13/cobra"

	scrimbeam "github.com/scrim-dev/scrim/pipeline/beam"
)

// Exit codes, those of scrim.
const (
	exitDone   = 0 // done
	exitFailed = 1 // an error stopped it, or some input failed
	exitUsage  = 2 // the command line or the settings are wrong
)

func main() {
	args := os.Args[1:]
	switch {
	case hasFlag(args, "provision_endpoint"):
		if err := startWorker(args); err != nil {
			fmt.Fprintf(os.Stderr, "scrim-beam: worker: %v\n", err)
			os.Exit(exitFailed)
		}
		return
	case hasFlag(args, "worker"):
		flag.Parse()
		beam.Init() // does not return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, args, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// hasFlag says whether a flag is given, in the forms that Go's flags have.
func hasFlag(args []string, name string) bool {
	for _, a := range args {
		if a == "--" {
			return false
		}
		a, _, _ = strings.Cut(a, "=")
		if a == "--"+name || a == "-"+name {
			return true
		}
	}
	return false
}

var errUsage = errors.New("usage")

// run is the program that submits jobs: arguments and streams in, exit code out.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := newCommand(stdout, stderr)
	c.SetArgs(args)
	c.SetOut(stdout)
	c.SetErr(stderr)
	err := c.ExecuteContext(ctx)
	var settings *scrimbeam.SettingsError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errInputs):
		return exitFailed
	case errors.Is(err, errUsage), errors.As(err, &settings):
		fmt.Fprintf(stderr, "scrim-beam: %v\n", err)
		return exitUsage
	}
	fmt.Fprintf(stderr, "scrim-beam: %v\n", err)
	return exitFailed
}

// errInputs says that some inputs failed; each has been reported already.
var errInputs = errors.New("some inputs failed")

const help = `scrim-beam takes personal data out of the files that PATTERNs name, on the engine
that BEAM-FLAGs name; without one, on Prism in this process. Patterns and the
output are local or begin with gs:// or s3://.

The output folder gets a file for each input, whole or not at all, and in .scrim:
manifest.jsonl, report.json (as scrim --stats writes it) and dead-letter.jsonl,
one line for each input that failed.

--set and its like go into a file in .scrim that workers read, not into the job.
Keys go nowhere: workers read --key-file or --key-env where they run.

Exit codes: 0 done; 1 some input failed or the engine did; 2 the command line or
the settings are wrong.`

func newCommand(stdout, stderr io.Writer) *cobra.Command {
	var f jobFlags
	c := &cobra.Command{
		Use:   "scrim-beam PATTERN... -o DIR [-- BEAM-FLAG...]",
		Short: "Take personal data out of files on an Apache Beam engine",
		Long:  help,
		Example: `  scrim-beam /data/logs -o /data/clean
  scrim-beam 'gs://lake/logs/**' -o gs://clean/logs --set ipv4=hash --key-env SCRIM_KEY -- \
      --runner=dataflow --project=my-project --region=europe-west1 --staging_location=gs://my-staging/beam`,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(c *cobra.Command, args []string) error {
			patterns, engine := args, []string(nil)
			if n := c.ArgsLenAtDash(); n >= 0 {
				patterns, engine = args[:n], args[n:]
			}
			return f.run(c.Context(), patterns, engine, stdout, stderr)
		},
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return fmt.Errorf("%w: %w; see scrim-beam --help (flags of Beam go behind --)", errUsage, err)
	})
	f.add(c)
	return c
}
