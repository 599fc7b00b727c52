package report

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"slices"
	"strings"
)

// A drawing is an SVG picture in the making. All text in it is escaped here.
type drawing struct{ strings.Builder }

func (d *drawing) begin(width, height int, title, about string) {
	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="%s">`,
		width, height, width, height, html.EscapeString(title+". "+about))
	fmt.Fprintf(d, `<title>%s</title><desc>%s</desc>`, html.EscapeString(title), html.EscapeString(about))
}

func (d *drawing) text(x, y float64, class, anchor, text string) {
	fmt.Fprintf(d, `<text x="%.1f" y="%.1f" class="%s" text-anchor="%s">%s</text>`, x, y, class, anchor, html.EscapeString(text))
}

func (d *drawing) rect(x, y, w, h float64, class string, opacity float64, title string) {
	fmt.Fprintf(d, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" class="%s" fill-opacity="%.2f">`, x, y, w, h, class, opacity)
	if title != "" {
		fmt.Fprintf(d, `<title>%s</title>`, html.EscapeString(title))
	}
	d.WriteString("</rect>")
}

func (d *drawing) end() template.HTML {
	d.WriteString("</svg>")
	return template.HTML(d.String()) //nolint:gosec // every text in it went through EscapeString
}

// heatMap draws places by kinds, the places with the most matches first, and
// says how many places it has no room for.
func heatMap(lines []Line) (template.HTML, int) {
	type place struct{ path, field string }
	totals := map[place]int64{}
	cells := map[place]map[string]Line{}
	var places []place
	kindSet := map[string]bool{}
	for _, l := range lines {
		p := place{l.Path, l.Field}
		if cells[p] == nil {
			cells[p] = map[string]Line{}
			places = append(places, p)
		}
		cells[p][l.Kind] = l
		totals[p] += l.Count
	}
	slices.SortStableFunc(places, func(a, b place) int {
		switch {
		case totals[a] > totals[b]:
			return -1
		case totals[a] < totals[b]:
			return 1
		}
		return 0
	})
	rest := max(len(places)-maxHeatRows, 0)
	places = places[:len(places)-rest]
	for _, p := range places {
		for k := range cells[p] {
			kindSet[k] = true
		}
	}
	var kinds []string
	for k := range kindSet {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)

	const cellW, cellH, top = 46, 24, 96
	names := make([]string, len(places))
	longest := 0
	for i, p := range places {
		names[i] = p.path
		if p.field != "" {
			names[i] = shorten(p.path, 12) + " · " + p.field
		}
		// Short enough to leave room for cells on a narrow screen.
		names[i] = shorten(names[i], 26)
		longest = max(longest, len([]rune(names[i])))
	}
	left := 13*longest/2 + 14
	var d drawing
	d.begin(left+cellW*len(kinds)+70, top+cellH*len(places)+8, "Heat map of kinds by file and field",
		fmt.Sprintf("%d places, %d kinds; the table below has the figures", len(places), len(kinds)))
	for i, k := range kinds {
		x := float64(left + i*cellW + cellW/2)
		fmt.Fprintf(&d, `<text transform="translate(%.0f %d) rotate(-50)">%s</text>`, x, top-8, html.EscapeString(k))
	}
	for r, p := range places {
		y := float64(top + r*cellH)
		d.text(float64(left-8), y+16, "", "end", names[r])
		for c, k := range kinds {
			x := float64(left + c*cellW)
			l, ok := cells[p][k]
			if !ok {
				d.rect(x, y, cellW-2, cellH-2, "zero", 1, "")
				continue
			}
			// Shares differ by powers of ten: 0.1 % shall be seen beside 100 %.
			depth := 0.25 + 0.75*max(0, 1+math.Log10(max(l.Share, 1e-4))/4)
			d.rect(x, y, cellW-2, cellH-2, "heat", depth, fmt.Sprintf("%s: %d %s in %s of records", names[r], l.Count, k, percent(l.Share)))
			class := ""
			if depth > 0.6 {
				class = "on"
			}
			d.text(x+cellW/2-1, y+16, class, "middle", brief(l.Count))
		}
	}
	return d.end(), rest
}

// brief is a number in at most five characters.
func brief(n int64) string {
	units := []string{"", "k", "M", "G", "T"}
	f, i := float64(n), 0
	for f >= 9999.5 && i < len(units)-1 || i > 0 && f >= 999.5 {
		f /= 1000
		i++
	}
	if i > 0 && f < 10 {
		return fmt.Sprintf("%.1f%s", f, units[i])
	}
	return fmt.Sprintf("%.0f%s", f, units[i])
}

// bar draws a share as a bar that is as wide as there is room. The figure stands
// beside it, so it is hidden from who hears the page.
func bar(share float64) template.HTML {
	var d drawing
	fmt.Fprintf(&d, `<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">`)
	d.rect(0, 0, 100, 8, "zero", 1, "")
	d.rect(0, 0, 100*share, 8, "heat", 1, "")
	return d.end()
}

// bars draws stacked bars over time: series by point, then by kind.
func bars(t *Timeline, series [][]uint64) template.HTML {
	const height, left, bottom, top = 200, 48, 24, 12
	first, last := unix(t.Points[0].At), unix(t.Points[len(t.Points)-1].At)
	slots := int((last-first)/t.StepSeconds) + 1
	width := min(max(slots*8, 560), 980)
	each := float64(width) / float64(slots)
	most := uint64(1)
	for _, counts := range series {
		sum := uint64(0)
		for _, n := range counts {
			sum += n
		}
		most = max(most, sum)
	}
	var d drawing
	d.begin(left+width+16, height+bottom+top, "Matches over time",
		fmt.Sprintf("%d steps from %s to %s, at most %d a step; the table below has the figures", len(series), t.Points[0].At, t.Points[len(t.Points)-1].At, most))
	for i := range 3 {
		y := top + height*float64(i)/2
		fmt.Fprintf(&d, `<line x1="%d" x2="%d" y1="%.1f" y2="%.1f" class="axis"/>`, left, left+width, y, y)
		d.text(left-6, y+4, "dim", "end", brief(int64(float64(most)*float64(2-i)/2)))
	}
	for i, counts := range series {
		x := left + each*float64((unix(t.Points[i].At)-first)/t.StepSeconds)
		y := float64(top + height)
		for k, n := range counts {
			if n == 0 {
				continue
			}
			h := height * float64(n) / float64(most)
			y -= h
			d.rect(x, y, max(each-1, 0.8), h, fmt.Sprintf("k%d", k), 1, fmt.Sprintf("%s: %d", t.Points[i].At, n))
		}
	}
	d.text(left, height+top+18, "dim", "start", clockText(t.Points[0].At))
	if slots > 1 {
		d.text(float64(left+width), height+top+18, "dim", "end", clockText(t.Points[len(t.Points)-1].At))
	}
	return d.end()
}
