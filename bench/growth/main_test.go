package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/scrim-dev/scrim/bench"
)

// TestRun runs a program that does nothing through every sweep, and looks at what
// is kept.
func TestRun(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh")
	}
	dir, out := t.TempDir(), t.TempDir()
	program := filepath.Join(dir, "program")
	if err := os.WriteFile(program, []byte("#!/bin/sh\ncat >/dev/null\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	c := config{out: out, scrim: program, bytes: 20_000, most: 1e6, rounds: 1}
	if err := c.run(context.Background(), "go run ./bench/growth", io.Discard); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(out, "growth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r results
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Sweeps) != len(sweepNames) {
		t.Errorf("%d sweeps, want %d", len(r.Sweeps), len(sweepNames))
	}
	for i, s := range r.Sweeps {
		if s.Name != sweepNames[i] || len(s.Points) == 0 {
			t.Errorf("sweep %d is %s with %d points", i, s.Name, len(s.Points))
		}
		for _, p := range s.Points {
			if len(p.Samples) != 1 || p.Bytes == 0 || p.rate().Median <= 0 {
				t.Errorf("%s at %g has %d samples of %d bytes", s.Name, p.X, len(p.Samples), p.Bytes)
			}
		}
	}
	page, err := os.ReadFile(filepath.Join(out, "growth.md"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page)+string(b), dir) {
		t.Error("the results name a temporary folder")
	}
	for _, name := range append(sweepNames, "memory") {
		picture := "growth-" + name + ".svg"
		if _, err := os.Stat(filepath.Join(out, picture)); err != nil || !strings.Contains(string(page), picture) {
			t.Errorf("no picture %s on the page: %v", picture, err)
		}
	}
}

func TestGrows(t *testing.T) {
	// cost is for a byte, in nanoseconds, so that seconds are x times it on the
	// sweeps by length.
	points := func(cost func(x float64) float64, xs ...float64) (out []*point) {
		for _, x := range xs {
			out = append(out, &point{X: x, Bytes: 1e9, Samples: []bench.Sample{{User: cost(x), Seconds: 1}}})
		}
		return out
	}
	for _, c := range []struct {
		name   string
		log    bool
		cost   func(x float64) float64
		figure float64
		linear bool
	}{
		{"the same for every byte", true, func(float64) float64 { return 7 }, 1, true},
		{"quadratic in the line", true, func(x float64) float64 { return x / 100 }, 2, false},
		{"a start that is shared out", true, func(x float64) float64 { return 1 + 1000/x }, 0.7, true},
		{"linear in kinds", false, func(x float64) float64 { return 2 + 3*x }, 1, true},
		{"quadratic in kinds", false, func(x float64) float64 { return 2 + x*x }, 1.47, false},
		{"no more for more", false, func(float64) float64 { return 2 }, 1, true},
	} {
		s := sweep{Log: c.log}
		xs := []float64{1, 10, 20, 30}
		if c.log {
			xs = []float64{10, 1000, 100_000, 1_000_000}
		}
		g := s.grows(points(c.cost, xs...))
		if g.figure < c.figure-0.1 || g.figure > c.figure+0.1 || g.linear != c.linear {
			t.Errorf("%s: %v (%g), want about %g", c.name, g, g.figure, c.figure)
		}
	}
	if g := (&sweep{}).grows(points(func(x float64) float64 { return x }, 1, 2)); g.says != "" {
		t.Errorf("two points are judged: %v", g)
	}
}

func TestRepeated(t *testing.T) {
	want := strings.Repeat("one\ntwo\n", 3) + "one"
	if err := iotest.TestReader(&repeated{piece: []byte("one\ntwo\n"), left: 27}, []byte(want)); err != nil {
		t.Error(err)
	}
	var b bytes.Buffer
	if n, err := (&repeated{piece: []byte("one\ntwo\n"), left: 27}).WriteTo(&b); err != nil || n != 27 || b.String() != want {
		t.Errorf("wrote %d bytes, %q, %v", n, b.String(), err)
	}
}
