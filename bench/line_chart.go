package bench

import (
	"fmt"
	"html"
	"io"
	"math"
	"strings"
)

// A LineChart is a picture of how a figure changes with another, as SVG. It
// follows the reader's choice of light or dark.
type LineChart struct {
	Title string
	Note  string // under the title: what was measured, where
	X, Y  string // what the axes show
	LogX  bool   // equal steps are equal factors; X must be above 0
	Lines []ChartLine
}

// A ChartLine is one line of a LineChart, its points in the order of X.
type ChartLine struct {
	Label  string
	Points []Point
	Dashed bool // a yardstick, nothing that was measured
}

// A Point is a figure with its spread.
type Point struct {
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

const lineStyle = `<style>
text{font:12px system-ui,sans-serif;fill:#59636e}
.title{font-weight:600;font-size:15px;fill:#1f2328}
.grid{stroke:#d1d9e0}.line{fill:none;stroke-width:2}.spread{stroke-width:1}
.c0{stroke:#0969da;fill:#0969da}.c1{stroke:#bc4c00;fill:#bc4c00}.c2{stroke:#1a7f37;fill:#1a7f37}.dashed{stroke:#59636e;stroke-dasharray:4 4}
@media (prefers-color-scheme:dark){text{fill:#9198a1}.title{fill:#f0f6fc}.grid{stroke:#3d444d}
.c0{stroke:#4493f8;fill:#4493f8}.c1{stroke:#db6d28;fill:#db6d28}.c2{stroke:#3fb950;fill:#3fb950}.dashed{stroke:#9198a1}}
.line{fill:none}
</style>
`

// The picture, in pixels, and the area of the lines in it.
const (
	lineWidth, lineHeight                    = 640, 340
	areaLeft, areaTop, areaRight, areaBottom = 60, 62, 620, 280
	maxTicks                                 = 6
	lineColours                              = 3
)

// WriteSVG writes the picture.
func (c *LineChart) WriteSVG(w io.Writer) error {
	lowX, highX, highY := math.Inf(1), math.Inf(-1), 0.0
	for _, l := range c.Lines {
		for _, p := range l.Points {
			lowX, highX = min(lowX, c.place(p.X)), max(highX, c.place(p.X))
			highY = max(highY, p.Y, p.High)
		}
	}
	if highX <= lowX {
		highX = lowX + 1
	}
	step := niceStep(highY)
	top := step * math.Ceil(max(highY, step)/step)
	x := func(v float64) float64 {
		return areaLeft + (c.place(v)-lowX)/(highX-lowX)*(areaRight-areaLeft)
	}
	y := func(v float64) float64 { return areaBottom - v/top*(areaBottom-areaTop) }
	s := new(strings.Builder)
	fmt.Fprintf(s, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`+"\n",
		lineWidth, lineHeight, lineWidth, lineHeight, html.EscapeString(c.Title))
	s.WriteString(lineStyle)
	fmt.Fprintf(s, `<text class="title" x="10" y="22">%s</text><text x="10" y="42">%s</text>`+"\n", html.EscapeString(c.Title), html.EscapeString(c.Note))
	for v := 0.0; v <= top*1.0001; v += step {
		fmt.Fprintf(s, `<line class="grid" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/><text x="%d" y="%.1f" text-anchor="end">%.3g</text>`+"\n",
			areaLeft, areaRight, y(v), y(v), areaLeft-6, y(v)+4, v)
	}
	for _, v := range c.ticks() {
		fmt.Fprintf(s, `<text x="%.1f" y="%d" text-anchor="middle">%s</text>`, x(v), areaBottom+18, short(v))
	}
	fmt.Fprintf(s, "\n"+`<text x="%d" y="%d" text-anchor="middle">%s</text><text x="14" y="%d" text-anchor="middle" transform="rotate(-90 14 %d)">%s</text>`+"\n",
		(areaLeft+areaRight)/2, areaBottom+38, html.EscapeString(c.X), (areaTop+areaBottom)/2, (areaTop+areaBottom)/2, html.EscapeString(c.Y))
	key := areaLeft
	for i, l := range c.Lines {
		class := fmt.Sprintf("c%d", i%lineColours)
		if l.Dashed {
			class = "dashed"
		}
		var path []string
		for _, p := range l.Points {
			path = append(path, fmt.Sprintf("%.1f,%.1f", x(p.X), y(p.Y)))
		}
		fmt.Fprintf(s, `<polyline class="line %s" points="%s"/>`+"\n", class, strings.Join(path, " "))
		for _, p := range l.Points {
			if l.Dashed {
				break
			}
			fmt.Fprintf(s, `<circle class="%s" cx="%.1f" cy="%.1f" r="3"/>`, class, x(p.X), y(p.Y))
			if p.High > p.Low {
				fmt.Fprintf(s, `<line class="spread %s" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, class, x(p.X), x(p.X), y(p.Low), y(p.High))
			}
		}
		fmt.Fprintf(s, "\n"+`<line class="line %s" x1="%d" x2="%d" y1="%d" y2="%d"/><text x="%d" y="%d">%s</text>`+"\n",
			class, key, key+18, lineHeight-8, lineHeight-8, key+24, lineHeight-4, html.EscapeString(l.Label))
		key += 40 + 7*len(l.Label)
	}
	s.WriteString("</svg>\n")
	_, err := io.WriteString(w, s.String())
	return err
}

// place is where a value stands on the X axis.
func (c *LineChart) place(x float64) float64 {
	if c.LogX {
		return math.Log10(x)
	}
	return x
}

// ticks are the values of the first line that are written under the axis.
func (c *LineChart) ticks() (out []float64) {
	if len(c.Lines) == 0 {
		return nil
	}
	points := c.Lines[0].Points
	every := (len(points) + maxTicks - 1) / maxTicks
	for i := len(points) - 1; i >= 0; i -= max(every, 1) {
		out = append(out, points[i].X)
	}
	return out
}

// niceStep is 1, 2 or 5 times a power of ten: a step by which four to ten make top.
func niceStep(top float64) float64 {
	if top <= 0 {
		return 1
	}
	step := math.Pow(10, math.Floor(math.Log10(top)))
	for _, part := range []float64{0.1, 0.2, 0.5} {
		if top/(step*part) <= 8 {
			return step * part
		}
	}
	return step
}

// short writes a value as people say it: 20, 1k, 100k, 1M, 10G.
func short(x float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1e9, "G"}, {1e6, "M"}, {1e3, "k"}} {
		if x >= unit.size {
			return fmt.Sprintf("%.3g%s", x/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%.3g", x)
}
