package report

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/xitongsys/parquet-go-source/buffer"
	"github.com/xitongsys/parquet-go/reader"

	"github.com/scrim-dev/scrim/pipeline"
)

var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// survey reports on inputs by name.
func survey(t testing.TB, workers, batch int, inputs ...[2]string) *Report {
	t.Helper()
	s := NewSurvey(Options{Version: "v1", Now: now})
	p, err := pipeline.New(pipeline.Config{Watch: s.Watch, Workers: workers, BatchSize: batch})
	if err != nil {
		t.Fatal(err)
	}
	for _, in := range inputs {
		r, err := p.Run(context.Background(), pipeline.NewSource(strings.NewReader(in[1]), in[0]), nil)
		if err != nil {
			t.Fatal(err)
		}
		s.Close(r)
	}
	return s.Report()
}

const secret = "zelda.quixote"

var samples = [][2]string{
	{"logs/a b.log", "2026-03-14T09:00:00Z from 192.0.2.7 to " + secret + "@example.com\nnothing here\n" +
		"2026-03-15T09:00:00Z from 192.0.2.8 and 192.0.2.8\n"},
	{"/data/t.csv", "id,mail,note\n1," + secret + "@example.com,\"two\nlines, b@example.com\"\n2,,none\n3,c@example.com,x\n"},
	{"e.jsonl", `{"ts":1773480413,"who":"` + secret + `@example.com","` + secret + `@example.com":"x 192.0.2.9"}` + "\n" + `{"n":1}` + "\n"},
	{"empty.log", ""},
}

func row(t *testing.T, rows []Row, field, kind string) Row {
	t.Helper()
	for _, r := range rows {
		if r.Field == field && r.Kind == kind {
			return r
		}
	}
	t.Errorf("no row for %q %s in %v", field, kind, rows)
	return Row{}
}

func TestSurvey(t *testing.T) {
	r := survey(t, 3, 0, samples...)
	text, table, lines := r.Inputs[0], r.Inputs[1], r.Inputs[2]
	if text.Records != 3 || text.Touched != 2 || table.Records != 3 || table.Touched != 2 || lines.Records != 2 || lines.Touched != 1 {
		t.Errorf("records: %d/%d %d/%d %d/%d", text.Records, text.Touched, table.Records, table.Touched, lines.Records, lines.Touched)
	}
	for _, tt := range []struct {
		name string
		rows []Row
		want Row
	}{
		{"text", text.Fields, Row{Kind: "ipv4", Count: 3, Records: 2, Distinct: 2, Share: 0.666667, FirstLine: 1}},
		{"column", table.Fields, Row{Field: "mail", Kind: "email", Count: 2, Records: 2, Distinct: 2, Share: 0.666667, FirstLine: 2}},
		{"quoted", table.Fields, Row{Field: "note", Kind: "email", Count: 1, Records: 1, Distinct: 1, Share: 0.333333, FirstLine: 3}},
		{"kind over columns", table.Kinds, Row{Kind: "email", Count: 3, Records: 2, Distinct: 3, Share: 0.666667, FirstLine: 2}},
		{"key that is data", lines.Fields, Row{Field: "(email)", Kind: "ipv4", Count: 1, Records: 1, Distinct: 1, Share: 0.5, FirstLine: 1}},
		{"all", r.Totals.Kinds, Row{Kind: "email", Count: 6, Records: 4, Distinct: 3, Share: 0.5}},
	} {
		got := row(t, tt.rows, tt.want.Field, tt.want.Kind)
		got.ScoreMin, got.ScoreMax = 0, 0
		if got != tt.want {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, tt.want)
		}
	}
	if p := r.Totals.Period; p == nil || p.From != "2026-03-14T09:00:00Z" || p.To != "2026-03-15T09:00:00Z" || p.Records != 3 {
		t.Errorf("period %+v", p)
	}
}

func TestReportDoesNotDependOnWorkersOrBatches(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, "2026-03-%02dT09:00:00Z user%d@example.com %s\n", 1+i%28, i%700, strings.Repeat("x", i%90))
	}
	in := [2]string{"x", b.String()}
	// Every run has a key of its own, so that estimates may differ by one or so.
	exact := func(r *Report) *Report {
		for _, rows := range [][]Row{r.Totals.Kinds, r.Totals.Fields, r.Inputs[0].Kinds, r.Inputs[0].Fields} {
			for i := range rows {
				rows[i].Distinct = 0
			}
		}
		return r
	}
	var want bytes.Buffer
	if err := exact(survey(t, 1, 1<<20, in)).WriteJSON(&want); err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{2, 7} {
		for _, batch := range []int{4096, 10_000} {
			var got bytes.Buffer
			if err := exact(survey(t, workers, batch, in)).WriteJSON(&got); err != nil {
				t.Fatal(err)
			}
			if got.String() != want.String() {
				t.Errorf("%d workers, batches of %d: the report differs", workers, batch)
			}
		}
	}
}

func TestDistinctIsWithinItsError(t *testing.T) {
	for _, n := range []int{10, 1000, 60_000} {
		var b strings.Builder
		for i := range n {
			// Each in two spellings, which are one value.
			fmt.Fprintf(&b, "u%d@example.com and U%d@Example.COM\n", i, i)
		}
		r := survey(t, 2, 0, [2]string{"x", b.String()})
		got := row(t, r.Totals.Kinds, "", "email").Distinct
		// Four standard errors: one of some ten thousand runs, each with a key of
		// its own, is farther off.
		if off := math.Abs(float64(got)/float64(n) - 1); off > 4*standardError {
			t.Errorf("%d distinct values are estimated as %d", n, got)
		}
	}
}

func TestManyFieldsAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range maxGroups + 500 {
		fmt.Fprintf(&b, `{"key%d":"a%d@example.com"}`+"\n", i, i)
	}
	r := survey(t, 2, 0, [2]string{"x.jsonl", b.String()})
	if n := len(r.Inputs[0].Fields); n > maxGroups+1 {
		t.Errorf("%d rows", n)
	}
	total := uint64(0)
	for _, row := range r.Inputs[0].Fields {
		total += row.Count
	}
	if total != maxGroups+500 {
		t.Errorf("%d matches, want %d", total, maxGroups+500)
	}
}

// outputs are all forms of a report.
func outputs(t *testing.T, r *Report) map[string]string {
	t.Helper()
	out := map[string]string{}
	lines := r.Lines(By{File: true, Field: true})
	b := r.Breach()
	for name, write := range map[string]func(*bytes.Buffer) error{
		"table":       func(w *bytes.Buffer) error { return WriteTable(w, By{File: true, Field: true}, lines, 80) },
		"csv":         func(w *bytes.Buffer) error { return WriteCSV(w, lines) },
		"json":        func(w *bytes.Buffer) error { return r.WriteJSON(w) },
		"sarif":       func(w *bytes.Buffer) error { return r.WriteSARIF(w) },
		"parquet":     func(w *bytes.Buffer) error { return WriteParquet(w, lines) },
		"html":        func(w *bytes.Buffer) error { return r.WriteHTML(w) },
		"breach text": func(w *bytes.Buffer) error { return b.WriteText(w) },
		"breach json": func(w *bytes.Buffer) error { return b.WriteJSON(w) },
		"breach html": func(w *bytes.Buffer) error { return b.WriteHTML(w) },
	} {
		var w bytes.Buffer
		if err := write(&w); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = w.String()
	}
	return out
}

func TestNoValueInAnyOutput(t *testing.T) {
	for name, text := range outputs(t, survey(t, 2, 0, samples...)) {
		for _, value := range []string{secret, "192.0.2.", "b@example.com"} {
			if strings.Contains(text, value) {
				t.Errorf("%s tells a value", name)
			}
		}
	}
}

func validate(t *testing.T, schema, text string) {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	s, err := c.Compile(schema)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(doc); err != nil {
		t.Errorf("%s: %v", schema, err)
	}
}

func TestSchemas(t *testing.T) {
	r := survey(t, 2, 0, samples...)
	old := survey(t, 2, 0, samples[0])
	for _, tt := range []struct {
		name string
		of   *Report
	}{{"full", r}, {"none", survey(t, 1, 0)}} {
		out := outputs(t, tt.of)
		validate(t, "../../docs/scan.schema.json", out["json"])
		validate(t, "testdata/sarif-2.1.0.json", out["sarif"])
	}
	r.Inputs[0].Error = "cut short"
	r.Compare(old)
	out := outputs(t, r)
	validate(t, "../../docs/scan.schema.json", out["json"])
	validate(t, "testdata/sarif-2.1.0.json", out["sarif"])
	for _, want := range []string{`"uri": "logs/a%20b.log"`, `"uri": "file:///data/t.csv"`, `"baselineState": "new"`, `"baselineState": "unchanged"`, `"executionSuccessful": false`} {
		if !strings.Contains(out["sarif"], want) {
			t.Errorf("SARIF has no %s", want)
		}
	}
	// A schema that lets everything pass is none.
	c := jsonschema.NewCompiler()
	s, err := c.Compile("../../docs/scan.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc any
	if err := json.Unmarshal([]byte(strings.Replace(out["json"], `"count": 3`, `"count": -3`, 1)), &doc); err != nil {
		t.Fatal(err)
	}
	if s.Validate(doc) == nil {
		t.Error("a negative count is valid")
	}
}

func TestBaseline(t *testing.T) {
	old := survey(t, 1, 0, samples[:2]...)
	var b bytes.Buffer
	if err := old.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	read, err := Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	if n := survey(t, 1, 0, samples[:2]...).Compare(read); len(n.Places) != 0 {
		t.Errorf("the same has news: %v", n.Places)
	}
	n := survey(t, 1, 0, samples...).Compare(read)
	for _, p := range n.Places {
		if p.Path != "e.jsonl" {
			t.Errorf("not new: %v", p)
		}
	}
	if len(n.Places) != 3 {
		t.Errorf("%d new places, want 3: %v", len(n.Places), n.Places)
	}
	for _, text := range []string{"", "{}", `{"schema":"scrim.scan/2"}`, secret} {
		if _, err := Read(strings.NewReader(text)); err != ErrNotReport {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestTableFits(t *testing.T) {
	r := survey(t, 1, 0, samples...)
	for _, by := range []By{{}, {File: true}, {Field: true}, {File: true, Field: true}} {
		for _, width := range []int{50, 80, 120} {
			var b bytes.Buffer
			if err := WriteTable(&b, by, r.Lines(by), width); err != nil {
				t.Fatal(err)
			}
			for line := range strings.SplitSeq(b.String(), "\n") {
				if n := len([]rune(line)); n > width {
					t.Errorf("by %v: a line of %d in a width of %d", by, n, width)
				}
			}
		}
	}
}

func TestCSVAndParquetHoldTheLines(t *testing.T) {
	r := survey(t, 1, 0, samples...)
	lines := r.Lines(By{File: true, Field: true})
	out := outputs(t, r)
	rows, err := csv.NewReader(strings.NewReader(out["csv"])).ReadAll()
	if err != nil || len(rows) != len(lines)+1 || rows[1][2] != lines[0].Kind {
		t.Errorf("CSV: %d rows, %v", len(rows), err)
	}
	file := buffer.NewBufferFileFromBytes([]byte(out["parquet"]))
	p, err := reader.NewParquetReader(file, new(Line), 1)
	if err != nil {
		t.Fatal(err)
	}
	defer p.ReadStop()
	back := make([]Line, p.GetNumRows())
	if err := p.Read(&back); err != nil {
		t.Fatal(err)
	}
	if len(back) != len(lines) {
		t.Fatalf("Parquet: %d rows, want %d", len(back), len(lines))
	}
	for i := range back {
		if back[i] != lines[i] {
			t.Errorf("Parquet: row %d is %+v, want %+v", i, back[i], lines[i])
		}
	}
}

func TestOverlongRecordIsOne(t *testing.T) {
	in := strings.Repeat("user@example.com, ", 20_000) + "\nnext a@example.com\n"
	s := NewSurvey(Options{Now: now})
	p, err := pipeline.New(pipeline.Config{Watch: s.Watch, Workers: 2, BatchSize: 8 << 10, MaxRecord: 1})
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Run(context.Background(), pipeline.NewSource(strings.NewReader(in), "x"), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Close(r)
	got := s.Report().Inputs[0]
	if e := row(t, got.Kinds, "", "email"); e.Count != 20_001 || e.FirstLine != 1 || got.Records != 2 {
		t.Errorf("%+v of %d records", e, got.Records)
	}
}

func TestSurveyOfCorpus(t *testing.T) {
	const name = "../../../shared/corpus/unlabelled/elastic_apache_logs.log"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Skip("no corpus beside the repository: ", err)
	}
	r := survey(t, 2, 0, [2]string{"x", string(text)})
	// The second count: findings, one by one.
	var n uint64
	touched := map[int64]bool{}
	distinct := map[string]bool{}
	p, err := pipeline.New(pipeline.Config{ShowValues: true, Findings: func(f *pipeline.Finding) error {
		touched[f.Line] = true
		if f.Kind == "ipv4" {
			n++
			distinct[f.Value] = true
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Run(context.Background(), pipeline.NewSource(bytes.NewReader(text), "x"), nil); err != nil {
		t.Fatal(err)
	}
	got := row(t, r.Totals.Kinds, "", "ipv4")
	if got.Count != n || r.Totals.Touched != int64(len(touched)) || r.Totals.Records != int64(bytes.Count(text, []byte{'\n'})) {
		t.Errorf("%d matches in %d of %d records, want %d in %d", got.Count, r.Totals.Touched, r.Totals.Records, n, len(touched))
	}
	if off := math.Abs(float64(got.Distinct)/float64(len(distinct)) - 1); off > 4*standardError {
		t.Errorf("%d distinct, want %d", got.Distinct, len(distinct))
	}
}
