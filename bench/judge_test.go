package bench

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// judgeCases are records of 100 bytes with the counts that the judging of
// score.py gives them (TestJudgeAgrees holds them to it, where it is there).
var judgeCases = []struct {
	name      string
	record    Record
	predicted []Span
	want      map[string]Counts
	negative  map[string]Negative
}{
	{
		name:      "found, with the same bounds",
		record:    Record{Spans: []Span{{Start: 10, End: 20, Type: "EMAIL"}}},
		predicted: []Span{{Start: 10, End: 20, Type: "EMAIL"}},
		want:      map[string]Counts{"EMAIL": {Gold: 1, Cover: 1, Exact: Outcome{TP: 1}, Overlap: Outcome{TP: 1}}},
	},
	{
		name:   "missed",
		record: Record{Spans: []Span{{Start: 10, End: 20, Type: "EMAIL"}}},
		want:   map[string]Counts{"EMAIL": {Gold: 1, Exact: Outcome{FN: 1}, Overlap: Outcome{FN: 1}}},
	},
	{
		name:      "bounds too narrow: an alarm only of the exact mode",
		record:    Record{Spans: []Span{{Start: 10, End: 20, Type: "EMAIL"}}},
		predicted: []Span{{Start: 12, End: 20, Type: "EMAIL"}},
		want:      map[string]Counts{"EMAIL": {Gold: 1, Exact: Outcome{FN: 1, FP: 1}, Overlap: Outcome{TP: 1}}},
	},
	{
		name:      "covered by two of another type, side by side",
		record:    Record{Spans: []Span{{Start: 10, End: 20, Type: "PERSON"}}},
		predicted: []Span{{Start: 15, End: 25, Type: "EMAIL"}, {Start: 5, End: 15, Type: "PHONE"}},
		want: map[string]Counts{
			"PERSON": {Gold: 1, Cover: 1, Exact: Outcome{FN: 1}, Overlap: Outcome{FN: 1}},
			"EMAIL":  {Exact: Outcome{Unjudged: 1}, Overlap: Outcome{Unjudged: 1}},
			"PHONE":  {Exact: Outcome{Unjudged: 1}, Overlap: Outcome{Unjudged: 1}},
		},
	},
	{
		name:      "right by alt",
		record:    Record{Spans: []Span{{Start: 10, End: 20, Type: "USERNAME", Alt: []string{"EMAIL"}}}},
		predicted: []Span{{Start: 10, End: 20, Type: "EMAIL"}},
		want:      map[string]Counts{"USERNAME": {Gold: 1, Cover: 1, Exact: Outcome{TP: 1}, Overlap: Outcome{TP: 1}}},
	},
	{
		name:      "two pieces of one span",
		record:    Record{Spans: []Span{{Start: 10, End: 20, Type: "PHONE"}}, CompleteFor: []string{"PHONE"}},
		predicted: []Span{{Start: 10, End: 13, Type: "PHONE"}, {Start: 14, End: 20, Type: "PHONE"}},
		want:      map[string]Counts{"PHONE": {Gold: 1, Exact: Outcome{FN: 1, FP: 2}, Overlap: Outcome{TP: 1}}},
	},
	{
		name: "one prediction over two spans",
		record: Record{Spans: []Span{
			{Start: 10, End: 20, Type: "PERSON"}, {Start: 21, End: 30, Type: "PERSON"}}},
		predicted: []Span{{Start: 10, End: 30, Type: "PERSON"}},
		want:      map[string]Counts{"PERSON": {Gold: 2, Cover: 2, Exact: Outcome{FN: 2, FP: 1}, Overlap: Outcome{TP: 2}}},
	},
	{
		name:      "alarm where labels are complete",
		record:    Record{CompleteFor: []string{"IPV4"}},
		predicted: []Span{{Start: 10, End: 20, Type: "IPV4"}, {Start: 30, End: 40, Type: "IPV6"}},
		want: map[string]Counts{
			"IPV4": {Exact: Outcome{FP: 1}, Overlap: Outcome{FP: 1}},
			"IPV6": {Exact: Outcome{Unjudged: 1}, Overlap: Outcome{Unjudged: 1}},
		},
	},
	{
		name:      "alarms where there is nothing",
		record:    Record{NegativeFor: []string{"IBAN", "MAC"}},
		predicted: []Span{{Start: 10, End: 20, Type: "IBAN"}, {Start: 30, End: 40, Type: "IBAN"}},
		want:      map[string]Counts{"IBAN": {Exact: Outcome{FP: 2}, Overlap: Outcome{FP: 2}}},
		negative:  map[string]Negative{"IBAN": {Records: 1, Bytes: 100, Alarms: 2, Hit: 1}, "MAC": {Records: 1, Bytes: 100}},
	},
	{
		name:      "half on a version, less than half on one",
		record:    Record{NonPII: []Span{{Start: 10, End: 20, Type: "VERSION"}, {Start: 40, End: 50, Type: "VERSION"}}},
		predicted: []Span{{Start: 5, End: 15, Type: "IPV4"}, {Start: 34, End: 45, Type: "IPV4"}},
		want: map[string]Counts{"IPV4": {Exact: Outcome{FP: 1, Unjudged: 1},
			Overlap: Outcome{FP: 1, NonPII: 1, Unjudged: 1}}},
	},
	{
		name: "ignored: of the type, of any, and not of another",
		record: Record{CompleteFor: []string{"IPV4"}, Ignore: []Span{
			{Start: 10, End: 20, Type: "IPV4"}, {Start: 30, End: 40, Type: "*"}, {Start: 50, End: 60, Type: "PHONE"}}},
		predicted: []Span{{Start: 19, End: 25, Type: "IPV4"}, {Start: 30, End: 35, Type: "IPV4"}, {Start: 50, End: 60, Type: "IPV4"}},
		want:      map[string]Counts{"IPV4": {Exact: Outcome{FP: 1, Ignored: 2}, Overlap: Outcome{FP: 1, Ignored: 2}}},
	},
	{
		name:      "said twice, once by another word",
		record:    Record{Spans: []Span{{Start: 10, End: 20, Type: "IPV4"}}, CompleteFor: []string{"IPV4"}},
		predicted: []Span{{Start: 10, End: 20, Type: "IPV4"}, {Start: 10, End: 20, Type: "IP_ADDRESS"}},
		want:      map[string]Counts{"IPV4": {Gold: 1, Cover: 1, Exact: Outcome{TP: 1}, Overlap: Outcome{TP: 1}}},
	},
}

func (r Record) withText() *Record {
	r.Text = strings.Repeat("x", 100)
	return &r
}

func values[T any](m map[string]*T) map[string]T {
	out := map[string]T{}
	for k, v := range m {
		out[k] = *v
	}
	return out
}

func TestJudge(t *testing.T) {
	for _, c := range judgeCases {
		t.Run(c.name, func(t *testing.T) {
			var j Judge
			j.Add(c.record.withText(), c.predicted)
			if d := cmp.Diff(c.want, values(j.Scores().All)); d != "" {
				t.Errorf("counts (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.negative, values(j.Scores().Negatives)); len(c.negative)+len(j.Scores().Negatives) > 0 && d != "" {
				t.Errorf("negatives (-want +got):\n%s", d)
			}
		})
	}
}

func TestJudgeKeepsErrors(t *testing.T) {
	j := Judge{Errors: 1, By: func(*Record) string { return "section" }}
	r := Record{ID: "a", Spans: []Span{{Start: 1, End: 2, Type: "MAC"}, {Start: 3, End: 4, Type: "MAC"}}, CompleteFor: []string{"MAC"}}
	j.Add(r.withText(), []Span{{Start: 50, End: 60, Type: "MAC"}})
	var got []string
	for _, e := range j.Scores().Errors {
		got = append(got, fmt.Sprint(e.ID, e.Type, e.Missed, e.Start, e.End))
	}
	if d := cmp.Diff([]string{"aMACtrue 1 2", "aMACfalse 50 60"}, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(values(j.Scores().All), values(j.Scores().Sections["section"])); d != "" {
		t.Error(d)
	}
}

const shared = "../../shared/corpus"

// guesses makes predictions that go wrong in every way: from the gold spans,
// some dropped, moved, cut, doubled, of another type, and some from nowhere.
func guesses(rng *rand.Rand, r *Record) []Span {
	types := []string{"EMAIL", "IPV4", "IP", "HOST", "NUMBER", "SECRET", "IPV4,MAC", "PERSON", "SOCIAL_HANDLE", "URL_USERINFO", "PHONE"}
	out := []Span{}
	within := func(x int) int { return min(max(x, 0), len(r.Text)) }
	for _, spans := range [][]Span{r.Spans, r.NonPII, r.Ignore} {
		for _, s := range spans {
			p := Span{Start: s.Start, End: s.End, Type: s.Type}
			if p.Type == "*" || rng.IntN(5) == 0 {
				p.Type = types[rng.IntN(len(types))]
			}
			switch rng.IntN(6) {
			case 0:
				continue
			case 1:
				p.Start = within(p.Start + rng.IntN(7) - 3)
			case 2:
				p.End = max(p.Start, within(p.End+rng.IntN(7)-3))
			case 3:
				out = append(out, p, Span{Start: p.Start, End: (p.Start + p.End) / 2, Type: p.Type})
			}
			out = append(out, p)
		}
	}
	for range rng.IntN(3) {
		at := rng.IntN(len(r.Text) + 1)
		out = append(out, Span{Start: at, End: within(at + rng.IntN(20)), Type: types[rng.IntN(len(types))]})
	}
	return out
}

// TestJudgeAgrees holds the counts to those of score.py, over all records.
func TestJudgeAgrees(t *testing.T) {
	script := filepath.Join(shared, "score.py")
	if _, err := os.Stat(script); err != nil {
		t.Skip("no labelled records beside the repository")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	records, err := ReadRecordFiles(filepath.Join(shared, "labelled"))
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range judgeCases {
		r := c.record.withText()
		r.ID, r.Source = fmt.Sprint("case-", i), "cases"
		records = append(records, r)
	}
	for _, noGeneric := range []bool{false, true} {
		rng := rand.New(rand.NewPCG(1, 2))
		j := Judge{By: func(r *Record) string { return r.Source }, NoGeneric: noGeneric}
		dir := t.TempDir()
		pred, err := os.Create(filepath.Join(dir, "pred.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		gold, err := os.Create(filepath.Join(dir, "gold.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		enc := json.NewEncoder(pred)
		for i, r := range records {
			r.ID = strconv.Itoa(i)
			p := guesses(rng, r)
			enc.Encode(map[string]any{"id": r.ID, "spans": p})
			j.Add(r, p)
		}
		if err := WriteRecords(gold, records); err != nil {
			t.Fatal(err)
		}
		args := []string{script, gold.Name(), "-p", pred.Name(), "--by", "source", "--json", filepath.Join(dir, "out.json"),
			"--alias", "URL_USERINFO=PASSWORD,URL_USERINFO;SOCIAL_HANDLE=SOCIAL_HANDLE,USERNAME"}
		if noGeneric {
			args = append(args, "--no-generic")
		}
		out, err := exec.Command(python, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		compareWithPython(t, j.Scores(), filepath.Join(dir, "out.json"), string(out))
	}
}

func compareWithPython(t *testing.T, s *Scores, file, printed string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]map[string]map[string]int
	if err := json.Unmarshal(b, &raw); err != nil {
		t.Fatal(err)
	}
	want := map[string]map[string]Counts{}
	for section, table := range raw {
		want[section] = map[string]Counts{}
		for typ, n := range table {
			outcome := func(mode string) Outcome {
				return Outcome{TP: n["tp_"+mode], FN: n["fn_"+mode], FP: n["fp_"+mode], Unjudged: n["unj_"+mode], Ignored: n["ign_"+mode]}
			}
			c := Counts{Gold: n["gold"], Cover: n["cover"], Exact: outcome("x"), Overlap: outcome("o")}
			c.Overlap.NonPII = n["fp_nonpii"]
			want[section][typ] = c
		}
	}
	got := map[string]map[string]Counts{"all": values(s.All)}
	for name, table := range s.Sections {
		got[name] = values(table)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("counts (-score.py +ours):\n%.4000s", d)
	}
	row := regexp.MustCompile(`(?m)^(\S+) +(\d+) +[\d.]+ +(\d+) +(\d+) +\d+%`)
	negatives := map[string][3]int{}
	for _, m := range row.FindAllStringSubmatch(printed, -1) {
		var n [3]int
		for i := range n {
			n[i], _ = strconv.Atoi(m[i+2])
		}
		negatives[m[1]] = n
	}
	ours := map[string][3]int{}
	for typ, n := range s.Negatives {
		ours[typ] = [3]int{n.Records, n.Alarms, n.Hit}
	}
	if d := cmp.Diff(negatives, ours); d != "" || len(negatives) == 0 {
		t.Errorf("negatives (-score.py +ours):\n%s", d)
	}
}
