package bench

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Precision is the share of predictions that are right; NaN of none.
func (o Outcome) Precision() float64 { return float64(o.TP) / float64(o.TP+o.FP) }

// Recall is the share of gold spans that are found; NaN of none.
func (o Outcome) Recall() float64 { return float64(o.TP) / float64(o.TP+o.FN) }

// F1 is the harmonic mean of precision and recall. It is NaN where one of them
// is, or nothing is right.
func (o Outcome) F1() float64 {
	p, r := o.Precision(), o.Recall()
	return 2 * p * r / (p + r)
}

// Leak is the share of gold spans of which at least a byte is left in the open.
func (c *Counts) Leak() float64 { return 1 - float64(c.Cover)/float64(c.Gold) }

func (o *Outcome) add(x Outcome) {
	o.TP += x.TP
	o.FN += x.FN
	o.FP += x.FP
	o.NonPII += x.NonPII
	o.Unjudged += x.Unjudged
	o.Ignored += x.Ignored
}

func (c *Counts) add(x *Counts) {
	c.Gold += x.Gold
	c.Cover += x.Cover
	c.Exact.add(x.Exact)
	c.Overlap.add(x.Overlap)
}

// Rounded is what a table shows of counts: shares in percent, or -1 where there
// is nothing to divide by.
type Rounded struct {
	Type        string  `json:"type"`
	Gold        int     `json:"gold"`
	Precision   float64 `json:"precision"`
	Recall      float64 `json:"recall"`
	F1          float64 `json:"f1"`
	OverlapF1   float64 `json:"overlap_f1"`
	Leak        float64 `json:"leak"`
	Alarms      int     `json:"alarms"`
	NonPII      int     `json:"alarms_nonpii"`
	AlarmsPerMB float64 `json:"alarms_per_mb"`
	Unjudged    int     `json:"unjudged"`
}

func percent(x float64) float64 {
	if x != x {
		return -1
	}
	return float64(int(x*1000+0.5)) / 10
}

func round(typ string, c *Counts, size int) Rounded {
	return Rounded{
		Type: typ, Gold: c.Gold,
		Precision: percent(c.Exact.Precision()), Recall: percent(c.Exact.Recall()), F1: percent(c.Exact.F1()),
		OverlapF1: percent(c.Overlap.F1()), Leak: percent(c.Leak()),
		Alarms: c.Overlap.FP, NonPII: c.Overlap.NonPII, Unjudged: c.Overlap.Unjudged,
		AlarmsPerMB: perMB(c.Overlap.FP, size),
	}
}

func perMB(n, size int) float64 {
	if size == 0 {
		return 0
	}
	return float64(int(float64(n)/(float64(size)/1e6)*10+0.5)) / 10
}

// Rows returns the rows of a table of counts by type, the most gold spans
// first, and a last one, "all", of their sum. types are those to show; nil
// means all. size is the bytes of text judged.
func Rows(table map[string]*Counts, types []string, size int) []Rounded {
	names := slices.SortedFunc(maps.Keys(table), func(a, b string) int {
		return cmp.Or(table[b].Gold-table[a].Gold, strings.Compare(a, b))
	})
	var sum Counts
	var rows []Rounded
	for _, t := range names {
		if types == nil || slices.Contains(types, t) {
			sum.add(table[t])
			rows = append(rows, round(t, table[t], size))
		}
	}
	return append(rows, round("all", &sum, size))
}

// WriteMarkdown writes the scores as tables: one of all records, one for each
// section, and one of the negatives. types are those to show; nil means all.
func (s *Scores) WriteMarkdown(w io.Writer, title string, types []string) error {
	b := new(strings.Builder)
	fmt.Fprintf(b, "## %s\n\n%d records, %.2f MB\n\n", title, s.Records, float64(s.Bytes)/1e6)
	writeTable(b, Rows(s.All, types, s.Bytes))
	for _, name := range slices.Sorted(maps.Keys(s.Sections)) {
		fmt.Fprintf(b, "\n### %s\n\n", name)
		writeTable(b, Rows(s.Sections[name], types, 0))
	}
	if len(s.Negatives) > 0 {
		b.WriteString("\n### Records with nothing of a type\n\n")
		b.WriteString("| type | records | KB | records hit | alarms |\n| --- | --: | --: | --: | --: |\n")
		for _, t := range slices.Sorted(maps.Keys(s.Negatives)) {
			if types == nil || slices.Contains(types, t) {
				n := s.Negatives[t]
				fmt.Fprintf(b, "| %s | %d | %.1f | %d | %d |\n", t, n.Records, float64(n.Bytes)/1e3, n.Hit, n.Alarms)
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeTable(b *strings.Builder, rows []Rounded) {
	b.WriteString("| type | gold | precision | recall | F1 | overlap F1 | leak | alarms | on non-personal | per MB | unjudged |\n")
	b.WriteString("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n")
	show := func(x float64) string {
		if x < 0 {
			return "–"
		}
		return fmt.Sprintf("%.1f", x)
	}
	for _, r := range rows {
		fmt.Fprintf(b, "| %s | %d | %s | %s | %s | %s | %s | %d | %d | %.1f | %d |\n", r.Type, r.Gold,
			show(r.Precision), show(r.Recall), show(r.F1), show(r.OverlapF1), show(r.Leak),
			r.Alarms, r.NonPII, r.AlarmsPerMB, r.Unjudged)
	}
}

// Alarms counts, by type, what was found in texts of which nothing is known.
type Alarms struct {
	Files int            `json:"files"`
	Bytes int            `json:"bytes"`
	Found map[string]int `json:"found"` // by type
}

// Add counts the predictions for a text of size bytes.
func (a *Alarms) Add(size int, predicted []Span) {
	if a.Found == nil {
		a.Found = map[string]int{}
	}
	a.Files++
	a.Bytes += size
	for _, p := range predicted {
		a.Found[p.Type]++
	}
}

// WriteMarkdown writes the counts and how many that is per MB.
func (a *Alarms) WriteMarkdown(w io.Writer, title string) error {
	b := new(strings.Builder)
	fmt.Fprintf(b, "## %s\n\n%d files, %.2f MB\n\n", title, a.Files, float64(a.Bytes)/1e6)
	b.WriteString("| type | found | per MB |\n| --- | --: | --: |\n")
	names := slices.SortedFunc(maps.Keys(a.Found), func(x, y string) int {
		return cmp.Or(a.Found[y]-a.Found[x], strings.Compare(x, y))
	})
	for _, t := range names {
		fmt.Fprintf(b, "| %s | %d | %.1f |\n", t, a.Found[t], perMB(a.Found[t], a.Bytes))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
