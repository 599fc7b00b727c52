// Command scrim finds personal data in logs, CSV and Parquet and takes it out.
//
// See the README, or scrim --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/scrim-dev/scrim/pipeline"
)

// Exit codes. Scripts rely on them.
const (
	exitDone   = 0 // done
	exitFailed = 1 // an error stopped it, or some input failed
	exitUsage  = 2 // the command line or the policy is wrong
	exitFound  = 3 // done, and what --fail-on or verify asks about was found
)

func main() {
	easeCollector()
	// A closed pipe downstream shall end the program by an error of the write,
	// not by a signal in the middle of it.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	widen(os.Stdin)
	widen(os.Stdout)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// A usageError says that the command line or the policy is wrong.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// errFound says that what --fail-on asks about was found.
var errFound = errors.New("found what --fail-on names")

// errInputs says that some inputs failed; each has been reported already.
var errInputs = errors.New("some inputs failed")

// run is the program: arguments and streams in, exit code out.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot(streams{stdin, stdout, stderr})
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return exitDone
	case errors.Is(err, errWeak), errors.Is(err, errListed):
		return exitFound
	case errors.Is(err, errFound), errors.Is(err, errFaults):
		fmt.Fprintf(stderr, "scrim: %v\n", err)
		return exitFound
	case errors.Is(err, errInputs):
		return exitFailed
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "scrim: interrupted")
		return exitFailed
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "scrim: %v\n", err)
		return exitUsage
	}
	fmt.Fprintf(stderr, "scrim: %v\n", err)
	return exitFailed
}

// streams are the standard ones.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func newRoot(std streams) *cobra.Command {
	root := newFilter(std)
	root.Use = "scrim [filter] [FILE...]"
	root.Version = version()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see %s --help", err, c.CommandPath())}
	})
	filter := newFilter(std)
	filter.Hidden = true
	root.AddCommand(filter, newRun(std), newVerify(std), newScan(std), newBreach(std), newAggregate(std), newPolicy(std),
		newReveal(std), newFind(std), newBench(std), newKinds(std), newTransforms(std), newKeygen(std))
	return root
}

// inputFailed reports that one input failed, and that the others go on.
func inputFailed(stderr io.Writer, name string, err error) {
	var pe *os.PathError
	var de *pipeline.DecodeError
	switch { // the name is said once
	case errors.As(err, &pe):
		err = pe.Err
	case errors.As(err, &de) && de.Name == name:
		fmt.Fprintf(stderr, "scrim: %v\n", err)
		return
	}
	fmt.Fprintf(stderr, "scrim: %s: %s\n", name, strings.TrimPrefix(err.Error(), name+": "))
}

// fatal says whether err leaves no point in going on with other inputs.
func fatal(err error) bool {
	var w *pipeline.WriteError
	return errors.As(err, &w) || errors.Is(err, context.Canceled)
}
