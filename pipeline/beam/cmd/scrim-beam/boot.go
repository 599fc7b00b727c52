package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/apache/beam/sdks/v2/go/container/tools"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/util/grpcx"
)

// startWorker is what an engine calls in a PROCESS environment: it asks where
// the engine listens and runs this program as a worker. The engine stages the
// program too; what runs is the one at hand, so both must be the same build.
func startWorker(args []string) error {
	fs := flag.NewFlagSet("scrim-beam", flag.ContinueOnError)
	id := fs.String("id", "", "")
	provision := fs.String("provision_endpoint", "", "")
	for _, name := range []string{"logging_endpoint", "artifact_endpoint", "control_endpoint", "semi_persist_dir"} {
		fs.String(name, "", "") // older engines give them; the provision service says the same
	}
	if err := fs.Parse(args); err != nil {
		return err
	}
	// Prism puts quotes of a shell around the id, and there is no shell.
	worker := strings.Trim(*id, "'")
	if worker == "" {
		return errors.New("the engine gave no worker id")
	}
	ctx := grpcx.WriteWorkerID(context.Background(), worker)
	info, err := tools.ProvisionInfo(ctx, *provision)
	if err != nil {
		return fmt.Errorf("the engine does not say where it listens: %w", err)
	}
	options, err := tools.ProtoToJSON(info.GetPipelineOptions())
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, self,
		"--worker=true", "--id="+worker, "--options="+options,
		"--logging_endpoint="+info.GetLoggingEndpoint().GetUrl(),
		"--control_endpoint="+info.GetControlEndpoint().GetUrl())
	c.Env = append(os.Environ(),
		"STATUS_ENDPOINT="+info.GetStatusEndpoint().GetUrl(),
		"RUNNER_CAPABILITIES="+strings.Join(info.GetRunnerCapabilities(), " "))
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return replace(c)
}
