package main

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestMain is the command where it starts itself.
func TestMain(m *testing.M) {
	if slices.Contains(os.Args, "-tree") {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// TestNight rehearses a small night.
func TestNight(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command, and runs it some dozen times")
	}
	t.Chdir("../..")
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"-files", "150", "-bytes", "4000000", "-kills", "3", "-dir", t.TempDir()}, &stdout, &stderr)
	if code != 0 || strings.Count(stdout.String(), "| fault: ") != len(faults) {
		t.Errorf("exit code %d: %s\n%s", code, stderr.String(), stdout.String())
	}
}

func TestNightRefuses(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"-files", "x"}, &stdout, &stderr); code != 2 {
		t.Errorf("exit code %d for a wrong flag", code)
	}
	if code := run(t.Context(), []string{"-dir", "/nonexistent"}, &stdout, &stderr); code != 1 {
		t.Errorf("exit code %d for a folder that is not there", code)
	}
}
