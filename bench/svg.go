package bench

import (
	"fmt"
	"html"
	"io"
	"strings"
)

// A BarChart is a picture of figures side by side, as SVG. It follows the
// reader's choice of light or dark.
type BarChart struct {
	Title string
	Note  string // under the title: what was measured, where
	Unit  string // of all values: MB/s
	Bars  []Bar
}

// A Bar is one figure with its spread.
type Bar struct {
	Label     string
	Value     float64
	Low, High float64 // the spread; both 0 for none
	Ours      bool    // drawn in the colour that stands out
	Rule      bool    // a line above, where a group begins
}

const chartStyle = `<style>
text{font:13px system-ui,sans-serif;fill:#1f2328}
.title{font-weight:600;font-size:15px}.note,.value{fill:#59636e;font-size:12px}
.bar{fill:#afb8c1}.ours{fill:#0969da}.spread{stroke:#1f2328;stroke-width:1}.rule{stroke:#d1d9e0}
@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.note,.value{fill:#9198a1}
.bar{fill:#656c76}.ours{fill:#4493f8}.spread{stroke:#f0f6fc}.rule{stroke:#3d444d}}
</style>
`

const (
	barWidth, barLeft, barRight = 780, 255, 140
	barTop, barStep             = 58, 26
)

// height is that of the picture, in pixels.
func (c *BarChart) height() int { return barTop + barStep*len(c.Bars) + 10 }

// WriteBarCharts writes pictures one under the other as one.
func WriteBarCharts(w io.Writer, charts ...*BarChart) error {
	total := 0
	for _, c := range charts {
		total += c.height()
	}
	if _, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d">`+"\n", barWidth, total, barWidth, total); err != nil {
		return err
	}
	at := 0
	for _, c := range charts {
		if _, err := fmt.Fprintf(w, `<g transform="translate(0 %d)">`+"\n", at); err != nil {
			return err
		}
		if err := c.WriteSVG(w); err != nil {
			return err
		}
		if _, err := io.WriteString(w, "</g>\n"); err != nil {
			return err
		}
		at += c.height()
	}
	_, err := io.WriteString(w, "</svg>\n")
	return err
}

// WriteSVG writes the picture.
func (c *BarChart) WriteSVG(w io.Writer) error {
	const (
		width, left, right = barWidth, barLeft, barRight
		top, step, height  = barTop, barStep, 16
	)
	most := 0.0
	for _, b := range c.Bars {
		most = max(most, b.Value, b.High)
	}
	scale := 0.0
	if most > 0 {
		scale = float64(width-left-right) / most
	}
	s := new(strings.Builder)
	total := c.height()
	fmt.Fprintf(s, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`+"\n",
		width, total, width, total, html.EscapeString(c.Title))
	s.WriteString(chartStyle)
	fmt.Fprintf(s, `<text class="title" x="10" y="22">%s</text>`+"\n", html.EscapeString(c.Title))
	fmt.Fprintf(s, `<text class="note" x="10" y="42">%s</text>`+"\n", html.EscapeString(c.Note))
	for i, b := range c.Bars {
		y := top + step*i
		class := "bar"
		if b.Ours {
			class = "ours"
		}
		if b.Rule {
			fmt.Fprintf(s, `<line class="rule" x1="10" x2="%d" y1="%d" y2="%d"/>`+"\n", width-10, y-5, y-5)
		}
		fmt.Fprintf(s, `<text x="%d" y="%d" text-anchor="end">%s</text>`, left-10, y+height-3, html.EscapeString(b.Label))
		fmt.Fprintf(s, `<rect class="%s" x="%d" y="%d" width="%.1f" height="%d" rx="2"/>`, class, left, y, max(b.Value*scale, 0.5), height)
		if b.High > 0 {
			mid := float64(y) + height/2.0
			fmt.Fprintf(s, `<line class="spread" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`,
				float64(left)+b.Low*scale, float64(left)+b.High*scale, mid, mid)
		}
		fmt.Fprintf(s, `<text class="value" x="%.1f" y="%d">%s %s</text>`+"\n",
			float64(left)+max(b.Value, b.High)*scale+8, y+height-4, figures(b.Value), html.EscapeString(c.Unit))
	}
	s.WriteString("</svg>\n")
	_, err := io.WriteString(w, s.String())
	return err
}

// figures writes a value with three significant digits.
func figures(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	case x >= 1:
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.3g", x)
}
