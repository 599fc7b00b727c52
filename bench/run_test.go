package bench

import (
	"context"
	"os/exec"
	"strings"
	"testing"
)

func TestSpreadOf(t *testing.T) {
	for _, c := range []struct {
		of   []float64
		want Spread
	}{
		{nil, Spread{}},
		{[]float64{5}, Spread{5, 5, 5}},
		{[]float64{9, 1, 3}, Spread{3, 1, 9}},
		{[]float64{4, 1, 2, 3}, Spread{2.5, 1, 4}},
	} {
		if got := SpreadOf(c.of); got != c.want {
			t.Errorf("%v: %v, want %v", c.of, got, c.want)
		}
	}
}

func TestSlug(t *testing.T) {
	m := Machine{CPU: "Intel(R) Core(TM) i7-1185G7 CPU @ 3.00GHz", Cores: 8}
	if got, want := m.Slug(), "intel-core-i7-1185g7-cpu-at-3-00ghz-8-cores"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestMeasure(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh")
	}
	ctx := context.Background()
	for _, c := range []struct {
		name, script string
		ok           []int
		fails        bool
	}{
		{"ends well", "echo x", nil, false},
		{"fails", "exit 1", nil, true},
		{"may end with 1", "exit 1", []int{1}, false},
		{"ends with another code", "exit 2", []int{1}, true},
	} {
		for _, drain := range []bool{false, true} {
			s, err := Measure(ctx, Command{Argv: []string{sh, "-c", c.script}, Drain: drain, OK: c.ok})
			if (err != nil) != c.fails || s.Seconds <= 0 {
				t.Errorf("%s: %+v, %v", c.name, s, err)
			}
		}
	}
	if s, err := Measure(ctx, Command{Argv: []string{sh, "-c", "test \"$A\" = b"}, Env: []string{"A=b"}}); err != nil || s.PeakKB < 0 {
		t.Errorf("environment: %v", err)
	}
	if _, err := Measure(ctx, Command{Argv: []string{sh, "-c", "read x; test \"$x\" = b"}, Input: strings.NewReader("b\n")}); err != nil {
		t.Errorf("input: %v", err)
	}
}
