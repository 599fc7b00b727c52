package aggregate

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/scrim-dev/scrim/pipeline"
)

// query runs an aggregate over inputs, which are called in0, in1 and so on.
func query(t testing.TB, cfg Config, by []string, policy []string, inputs ...string) (*Result, error) {
	t.Helper()
	for _, s := range by {
		k, err := ParseKey(s)
		if err != nil {
			t.Fatal(err)
		}
		cfg.By = append(cfg.By, k)
	}
	a, err := New(cfg)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	pc := pipeline.Config{Watch: a.Watch, Workers: 3, BatchSize: 4 << 10}
	for _, s := range policy {
		r, err := pipeline.ParseSet(s)
		if err != nil {
			t.Fatal(err)
		}
		pc.Policy.Rules = append(pc.Policy.Rules, r)
	}
	p, err := pipeline.New(pc)
	if err != nil {
		t.Fatal(err)
	}
	for i, in := range inputs {
		if _, err := p.Run(context.Background(), pipeline.NewSource(strings.NewReader(in), "in"+strconv.Itoa(i)), nil); err != nil {
			t.Fatal(err)
		}
		if err := a.EndInput(); err != nil {
			return nil, err
		}
	}
	return a.Result()
}

func mustQuery(t testing.TB, cfg Config, by []string, policy []string, inputs ...string) map[string]float64 {
	t.Helper()
	r, err := query(t, cfg, by, policy, inputs...)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, g := range r.Groups {
		for i, f := range g.Figures {
			out[strings.Join(g.Keys, "|")+"#"+r.Figures[i]] = float64(f)
		}
	}
	return out
}

// visits makes rows of people, and the same as JSON lines.
func visits(rows int) (csvText, jsonText string) {
	r := rand.New(rand.NewPCG(1, 2))
	var c, j strings.Builder
	c.WriteString("ts,country,city,email,bytes\n")
	for i := range rows {
		at := time.Date(2026, 3, 1+r.IntN(5), r.IntN(24), 0, 0, 0, time.UTC).Format(time.RFC3339)
		country := []string{"CA", "US", "FR"}[r.IntN(3)]
		city := fmt.Sprintf("%s \"%d\"", country, r.IntN(7)*r.IntN(7))
		mail := fmt.Sprintf("u%d@example.com", r.IntN(rows/4+1))
		n := r.IntN(1000)
		fmt.Fprintf(&c, "%s,%s,\"%s\",%s,%d\n", at, country, strings.ReplaceAll(city, `"`, `""`), mail, n)
		fmt.Fprintf(&j, `{"ts":%q,"country":%q,"city":%q,"email":%q,"bytes":%d}`+"\n", at, country, city, mail, n)
		_ = i
	}
	return c.String(), j.String()
}

func TestAgainstNaive(t *testing.T) {
	text, jsonText := visits(5000)
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	type naive struct {
		n, sum, low, high float64
		people            map[string]bool
	}
	want := map[string]*naive{}
	for _, rec := range records[1:] {
		key := rec[0][:10] + "|" + rec[1] + "|" + rec[2]
		g := want[key]
		if g == nil {
			g = &naive{low: math.Inf(1), high: math.Inf(-1), people: map[string]bool{}}
			want[key] = g
		}
		v, _ := strconv.ParseFloat(rec[4], 64)
		g.n++
		g.sum += v
		g.low, g.high = min(g.low, v), max(g.high, v)
		g.people[rec[3]] = true
	}
	cfg := Config{Distinct: []string{"email"}, Sum: []string{"bytes"}, Min: []string{"bytes"}, Max: []string{"bytes"}, Avg: []string{"bytes"}}
	keep := []string{"*=keep"}
	for name, in := range map[string]string{"csv": text, "json": jsonText} {
		for _, limit := range []int{0, 1, 7} {
			cfg.MaxGroups, cfg.TempDir = limit, t.TempDir()
			got := mustQuery(t, cfg, []string{"day(ts)", "country", "city"}, keep, in)
			if len(got) != 6*len(want) {
				t.Fatalf("%s: %d figures, want %d", name, len(got), 6*len(want))
			}
			for key, g := range want {
				for figure, v := range map[string]float64{"count": g.n, "sum(bytes)": g.sum, "min(bytes)": g.low, "max(bytes)": g.high,
					"avg(bytes)": g.sum / g.n, "distinct(email)": float64(len(g.people))} {
					if x := got[key+"#"+figure]; x != v && !(figure == "distinct(email)" && near(x, v)) {
						t.Errorf("%s, %d groups in memory: %s %s is %v, want %v", name, limit, key, figure, got[key+"#"+figure], v)
					}
				}
			}
			if left, _ := filepath.Glob(filepath.Join(cfg.TempDir, "*")); len(left) > 0 {
				t.Errorf("%d temporary files are left", len(left))
			}
		}
	}
}

// near is for estimates: of so few values one is lost now and then, where two
// hashes agree in 25 bits.
func near(got, want float64) bool { return math.Abs(got-want) <= 1 }

func TestKeys(t *testing.T) {
	log := "2026-03-14T09:26:53Z from 192.0.2.7 to a@example.com\n2026-03-14T10:00:00Z from 192.0.2.9\nno time, 198.51.100.1\n"
	table := "kind,mail,note\nx,a@example.com,write to a@example.com now\ny,b@example.com,none\n"
	tests := []struct {
		name   string
		by     []string
		policy []string
		in     string
		want   map[string]float64
	}{
		{"time of a line", []string{"hour(time)"}, nil, log, map[string]float64{"2026-03-14T09": 1, "2026-03-14T10": 1, "(none)": 1}},
		{"kind as a name", []string{"truncate(ipv4,24)"}, nil, log, map[string]float64{"192.0.2.0": 2, "198.51.100.0": 1}},
		{"kinds", []string{"kind"}, nil, log, map[string]float64{"ipv4": 3, "email": 1}},
		{"kinds by file", []string{"file", "kind"}, nil, log, map[string]float64{"in0|ipv4": 3, "in0|email": 1}},
		{"fields", []string{"field", "kind"}, nil, table, map[string]float64{"mail|email": 2, "note|email": 1}},
		{"a column called kind", []string{`"kind"`}, nil, table, map[string]float64{"x": 1, "y": 1}},
		{"the policy", []string{"mail"}, nil, table, map[string]float64{"[EMAIL]": 2}},
		{"the policy inside of text", []string{"note"}, nil, table, map[string]float64{"write to [EMAIL] now": 1, "none": 1}},
		{"a policy that keeps", []string{"mail"}, []string{"email=keep"}, table, map[string]float64{"a@example.com": 1, "b@example.com": 1}},
		{"a transform", []string{"mask(mail,keep=1)"}, nil, table, map[string]float64{"************m": 2}},
		{"no such field", []string{"nonesuch"}, nil, table, map[string]float64{"(none)": 2}},
		{"nothing", nil, nil, table, map[string]float64{"": 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := mustQuery(t, Config{}, tt.by, tt.policy, tt.in)
			if len(got) != len(tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			for k, n := range tt.want {
				if got[k+"#count"] != n {
					t.Errorf("%q is %v, want %v; all: %v", k, got[k+"#count"], n, got)
				}
			}
		})
	}
}

func TestParseKeyErrors(t *testing.T) {
	for _, s := range []string{"", "day(", "day()", "day(ts,2)", "keep(x)", "nonesuch(x)", "truncate"} {
		_, err := ParseKey(s)
		if s == "truncate" { // a field may be called so
			if err != nil {
				t.Errorf("%q: %v", s, err)
			}
			continue
		}
		if err == nil {
			t.Errorf("%q: no error", s)
		}
	}
	if _, err := New(Config{By: []Key{mustKey(t, "hash(mail)")}}); err == nil {
		t.Error("a transform without its key: no error")
	}
}

func mustKey(t *testing.T, s string) Key {
	t.Helper()
	k, err := ParseKey(s)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func FuzzParseKey(f *testing.F) {
	for _, s := range []string{"a", "day(ts)", `"x"`, "truncate(ip,16)", "((", "mask(a,keep=1,)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if k, err := ParseKey(s); err == nil && k.Text != s {
			t.Error("the key is not what was read")
		}
	})
}

func FuzzReadGroup(f *testing.F) {
	p := &plan{person: 0, distinct: []int{0}, numbers: []int{0}}
	g := newGroup(p)
	g.count = 3
	g.people.InsertHash(1 << 60)
	g.numbers[0].add(2.5)
	b, err := g.append(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if g, err := readGroup(p, b); err == nil && g == nil {
			t.Error("neither group nor error")
		}
	})
}

func TestWriters(t *testing.T) {
	text, _ := visits(500)
	r, err := query(t, Config{K: 2, Sum: []string{"bytes"}, Min: []string{"nonesuch"}}, []string{"country"}, nil, text)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := r.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(rows) != 4 || rows[0][2] != "sum(bytes)" || rows[1][3] != "" {
		t.Errorf("CSV: %v, %v", rows, err)
	}
	out.Reset()
	if err := r.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	var back map[string]any
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back["schema"] != Schema {
		t.Errorf("JSON: %v", err)
	}
	out.Reset()
	if err := r.WriteTable(&out, 40); err != nil || !strings.Contains(out.String(), "# total: 500 records") {
		t.Errorf("table: %v\n%s", err, out.String())
	}
	out.Reset()
	if err := r.WriteParquet(&out); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("PAR1")) {
		t.Errorf("Parquet: %v", err)
	}
}

func TestSpillFails(t *testing.T) {
	text, _ := visits(300)
	_, err := query(t, Config{MaxGroups: 1, TempDir: filepath.Join(t.TempDir(), "nonesuch")}, []string{"city"}, nil, text)
	if err == nil || errors.Is(err, errSpilled) {
		t.Errorf("groups that cannot be kept: %v", err)
	}
}
