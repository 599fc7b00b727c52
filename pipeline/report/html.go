package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed page.html
var pageText string

// pages are parsed when the first is written: most runs write none.
var pages = sync.OnceValue(func() *template.Template { return template.Must(template.New("").Parse(pageText)) })

// Rows of a page: more do not help who reads it, and stand in the JSON.
const (
	maxHeatRows  = 40
	maxTableRows = 500
	maxColumns   = 24
)

// A figure is a number with its name.
type figure struct{ Name, Value string }

// A page is what every page has.
type page struct {
	Title, Subtitle, Version, Error string
	Figures                         []figure
}

type scanPage struct {
	page
	News      []Place
	Kinds     []pageRow
	Heat      template.HTML
	HeatRest  int
	Rows      []pageRow
	RowsRest  int
	Timeline  *pageTimeline
	Columns   []pageColumn
	Files     []pageFile
	FilesRest int
}

type pageRow struct{ Path, Field, Kind, Doc, Count, Distinct, Records, Share, Score, Line string }

type pageFile struct{ Path, Format, Records, Touched, Period, Kinds, Error string }

type pageTimeline struct {
	Chart  template.HTML
	Legend []string
	Step   string
	Rows   []pagePoint
}

type pagePoint struct {
	At     string
	Counts []string
}

type pageColumn struct {
	Path, Field string
	Bars        []pageBar
}

type pageBar struct {
	Kind, Share string
	Bar         template.HTML
}

// WriteHTML writes the report as one page of HTML with all that it needs inside:
// charts as SVG, each with a table behind it, for light and dark themes.
func (r *Report) WriteHTML(w io.Writer) error {
	p := scanPage{page: r.page("Personal data found", fmt.Sprintf("%s in %s of %s", plural(r.Totals.Touched, "record"),
		plural(int64(r.Totals.Inputs), "file"), bytesText(r.Totals.Bytes)))}
	p.Figures = []figure{
		{"files", number(int64(r.Totals.Inputs))}, {"records", number(r.Totals.Records)},
		{"records touched", number(r.Totals.Touched) + " (" + percent(share(uint64(r.Totals.Touched), r.Totals.Records)) + ")"},
		{"kinds", number(int64(len(r.Totals.Kinds)))},
	}
	if t := r.Totals.Period; t != nil {
		p.Figures = append(p.Figures, figure{"from", day(t.From)}, figure{"to", day(t.To)})
	}
	if r.New != nil {
		p.News = r.New.Places
	}
	for _, row := range r.Totals.Kinds {
		p.Kinds = append(p.Kinds, newPageRow(Line{Kind: row.Kind, Count: int64(row.Count), Records: int64(row.Records),
			Distinct: int64(row.Distinct), Share: row.Share}))
	}
	lines := r.Lines(By{File: true, Field: true})
	for _, l := range lines[:min(len(lines), maxTableRows)] {
		p.Rows = append(p.Rows, newPageRow(l))
	}
	p.RowsRest = len(lines) - len(p.Rows)
	p.Heat, p.HeatRest = heatMap(lines)
	p.Columns = columnProfiles(lines)
	if r.Timeline != nil {
		p.Timeline = newPageTimeline(r.Timeline, r.Totals.Kinds)
	}
	for _, in := range r.Inputs[:min(len(r.Inputs), maxTableRows)] {
		p.Files = append(p.Files, pageFile{Path: in.Path, Format: strings.TrimSpace(in.Format + " " + in.Compression),
			Records: number(in.Records), Touched: number(in.Touched), Period: periodText(in.Period), Error: in.Error})
	}
	p.FilesRest = len(r.Inputs) - len(p.Files)
	return pages().ExecuteTemplate(w, "scan", p)
}

func (r *Report) page(title, subtitle string) page {
	return page{Title: title, Subtitle: subtitle, Version: r.Version, Error: percent(r.Distinct.StandardError)}
}

func newPageRow(l Line) pageRow {
	return pageRow{l.Path, l.Field, l.Kind, kindDoc(l.Kind), number(l.Count), number(l.Distinct), number(l.Records),
		percent(l.Share), scores(l), number(l.FirstLine)}
}

// columnProfiles shows fields that are columns or keys, the fullest first.
func columnProfiles(lines []Line) (out []pageColumn) {
	type place struct{ path, field string }
	at := map[place]int{}
	var best []float64
	for _, l := range lines {
		if l.Field == "" {
			continue
		}
		key := place{l.Path, l.Field}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, pageColumn{Path: l.Path, Field: l.Field})
			best = append(best, 0)
		}
		best[i] = max(best[i], l.Share)
		out[i].Bars = append(out[i].Bars, pageBar{l.Kind, percent(l.Share), bar(l.Share)})
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case best[a] > best[b]:
			return -1
		case best[a] < best[b]:
			return 1
		}
		return 0
	})
	sorted := make([]pageColumn, 0, maxColumns)
	for _, i := range order[:min(len(order), maxColumns)] {
		sorted = append(sorted, out[i])
	}
	return sorted
}

func newPageTimeline(t *Timeline, kinds []Row) *pageTimeline {
	ranked := slices.Clone(kinds)
	slices.SortStableFunc(ranked, func(a, b Row) int { return int(b.Count) - int(a.Count) })
	p := &pageTimeline{Step: stepText(t.StepSeconds)}
	const named = 4
	for i, k := range ranked {
		if i == named {
			p.Legend = append(p.Legend, "other kinds")
			break
		}
		p.Legend = append(p.Legend, k.Kind)
	}
	var series [][]uint64
	for _, at := range t.Points {
		counts := make([]uint64, len(p.Legend))
		for k, n := range at.Kinds {
			i := slices.Index(p.Legend, k)
			if i < 0 {
				i = len(counts) - 1
			}
			counts[i] += n
		}
		series = append(series, counts)
		row := pagePoint{At: clockText(at.At)}
		for _, n := range counts {
			row.Counts = append(row.Counts, number(int64(n)))
		}
		p.Rows = append(p.Rows, row)
	}
	p.Chart = bars(t, series)
	return p
}

// number puts thin groups of three into n.
func number(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func plural(n int64, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return number(n) + " " + of + "s"
}

func bytesText(n int64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB", "PB"}
	f, i := float64(n), 0
	for f >= 1000 && i < len(units)-1 {
		f /= 1000
		i++
	}
	return strconv.FormatFloat(f, 'g', 3, 64) + " " + units[i]
}

func day(t string) string { return t[:min(len(t), 10)] }

func clockText(t string) string {
	return strings.TrimSuffix(strings.Replace(t, "T", " ", 1), ":00Z")
}

func periodText(p *Period) string {
	if p == nil {
		return ""
	}
	if day(p.From) == day(p.To) {
		return day(p.From)
	}
	return day(p.From) + " to " + day(p.To)
}

func stepText(seconds int64) string {
	switch d := time.Duration(seconds) * time.Second; {
	case seconds%86400 == 0 && seconds > 86400:
		return number(seconds/86400) + " days"
	case seconds == 86400:
		return "a day"
	case d >= 2*time.Hour:
		return number(seconds/3600) + " hours"
	case d == time.Hour:
		return "an hour"
	case d > time.Minute:
		return number(seconds/60) + " minutes"
	}
	return "a minute"
}
