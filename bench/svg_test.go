package bench

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestBarChart(t *testing.T) {
	for name, c := range map[string]*BarChart{
		"empty":  {Title: "nothing"},
		"zeros":  {Bars: []Bar{{Label: "none"}}},
		"spread": {Title: `a < b & "c"`, Unit: "GB/s", Bars: []Bar{{Label: "<x>", Value: 2, Low: 1, High: 3, Ours: true}, {Label: "y", Value: 0.00001, Rule: true}}},
	} {
		var b bytes.Buffer
		if err := c.WriteSVG(&b); err != nil {
			t.Fatal(err)
		}
		if n := countElements(t, name, b.Bytes(), "rect"); n != len(c.Bars) {
			t.Errorf("%s: %d bars drawn of %d", name, n, len(c.Bars))
		}
	}
}

func TestWriteBarCharts(t *testing.T) {
	var b bytes.Buffer
	one := &BarChart{Title: "one", Bars: []Bar{{Label: "x", Value: 1}}}
	if err := WriteBarCharts(&b, one, &BarChart{Bars: []Bar{{Label: "y", Value: 2}, {Label: "z"}}}); err != nil {
		t.Fatal(err)
	}
	if n := countElements(t, "two charts", b.Bytes(), "rect"); n != 3 {
		t.Errorf("%d bars drawn of 3", n)
	}
}

// countElements returns how many elements of a name a picture has. It must be XML,
// and every figure a number.
func countElements(t *testing.T, name string, svg []byte, element string) (n int) {
	t.Helper()
	if s := string(svg); strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
		t.Errorf("%s: not a number", name)
	}
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			t.Fatalf("%s: not XML: %v", name, err)
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == element {
			n++
		}
	}
}

func TestLineChart(t *testing.T) {
	for name, c := range map[string]*LineChart{
		"empty":     {Title: "nothing"},
		"one point": {Lines: []ChartLine{{Label: "x", Points: []Point{{X: 3, Y: 4}}}}},
		"zeros":     {Lines: []ChartLine{{Points: []Point{{}, {X: 1}}}}},
		"lines": {Title: `a < b & "c"`, X: "bytes", Y: "ns", LogX: true, Lines: []ChartLine{
			{Label: "<x>", Points: []Point{{10, 2, 1, 3}, {1e10, 5, 4, 6}}},
			{Label: "ideal", Dashed: true, Points: []Point{{X: 10, Y: 1}, {X: 100, Y: 2}}},
		}},
	} {
		var b bytes.Buffer
		if err := c.WriteSVG(&b); err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, l := range c.Lines {
			if !l.Dashed {
				want += len(l.Points)
			}
		}
		if n := countElements(t, name, b.Bytes(), "circle"); n != want {
			t.Errorf("%s: %d points drawn of %d", name, n, want)
		}
	}
	for x, want := range map[float64]string{20: "20", 1000: "1k", 250_000: "250k", 1e6: "1M", 1e10: "10G"} {
		if got := short(x); got != want {
			t.Errorf("%g is %s, want %s", x, got, want)
		}
	}
}
