//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// replace becomes the command, so that an engine that ends the process it knows
// ends the worker.
func replace(c *exec.Cmd) error { return syscall.Exec(c.Path, c.Args, c.Env) }
