package bench

import (
	"bytes"
	"context"
	"testing"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
)

func TestSweep(t *testing.T) {
	var text bytes.Buffer
	if err := (Corpus{Seed: 1, Bytes: 100_000, Density: 0.3}).WriteFile(&text, nil); err != nil {
		t.Fatal(err)
	}
	in := Input{Format: "text", Data: text.Bytes()}
	s := Sweep{Inputs: []Input{in}, Workers: []int{1, 2}, Batches: []int{8 << 10, 16 << 10}, Runs: 1}
	settings, err := s.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(settings) != 4 {
		t.Fatalf("%d settings, want 4", len(settings))
	}
	for i, x := range settings {
		if x.Rate.Median <= 0 || x.Memory == 0 {
			t.Errorf("%+v has no figures", x)
		}
		if i > 0 && x.Rate.Median > settings[i-1].Rate.Median {
			t.Error("not the fastest first")
		}
	}
	stages, err := Stages(context.Background(), in.Data, in, pipeline.Policy{Only: []detect.Kind{detect.Email, detect.IPv4}})
	if err != nil {
		t.Fatal(err)
	}
	if len(stages) < 4 || stages[1].Cost <= 0 {
		t.Errorf("stages are %+v", stages)
	}
}

func TestBest(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings []Setting
		want     int // workers
	}{
		{"one", []Setting{{Workers: 1, Rate: Spread{Median: 5}, Memory: 9}}, 1},
		{"as fast and smaller", []Setting{{Workers: 2, Rate: Spread{Median: 100}, Memory: 9}, {Workers: 1, Rate: Spread{Median: 96}, Memory: 3}}, 1},
		{"smaller but slower", []Setting{{Workers: 2, Rate: Spread{Median: 100}, Memory: 9}, {Workers: 1, Rate: Spread{Median: 90}, Memory: 3}}, 2},
	} {
		if got := Best(c.settings).Workers; got != c.want {
			t.Errorf("%s: %d workers, want %d", c.name, got, c.want)
		}
	}
}
