package aggregate

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
)

// An attacker knows that one person of FR lives in Nice and wants her salary.
// Everyone else is in groups of at least 20.
const victimSalary = 123457

func salaries(withVictim bool) string {
	var b strings.Builder
	b.WriteString("country,city,member,salary\n")
	id := 0
	add := func(country, city string, n, salary int) {
		for range n {
			fmt.Fprintf(&b, "%s,%s,m%d,%d\n", country, city, id, salary+7*id%1000)
			id++
		}
	}
	add("FR", "Paris", 40, 50_000)
	add("FR", "Lyon", 30, 40_000)
	add("DE", "Bonn", 25, 45_000)
	add("DE", "Kiel", 20, 41_000)
	if withVictim {
		fmt.Fprintf(&b, "FR,Nice,m%d,%d\n", id, victimSalary)
	}
	return b.String()
}

// subtract gives what the difference of two queries tells: the salary of those
// in total and not in parts. It is not known if any figure is missing.
func subtract(total map[string]float64, key string, parts map[string]float64, cities ...string) (float64, bool) {
	v, ok := total[key+"#sum(salary)"]
	for _, c := range cities {
		x, known := parts[c+"#sum(salary)"]
		v, ok = v-x, ok && known
	}
	return v, ok
}

func TestAttackBySubtractingTotals(t *testing.T) {
	in := salaries(true)
	run := func(k int) (float64, bool) {
		cfg := Config{Sum: []string{"salary"}, K: k}
		byCountry := mustQuery(t, cfg, []string{"country"}, []string{"*=keep"}, in)
		byCity := mustQuery(t, cfg, []string{"country", "city"}, []string{"*=keep"}, in)
		return subtract(byCountry, "FR", byCity, "FR|Paris", "FR|Lyon")
	}
	if got, ok := run(0); !ok || got != victimSalary {
		t.Errorf("without protection the attack finds %v (%v), want the salary: it is no attack", got, ok)
	}
	if got, ok := run(10); ok {
		t.Errorf("with k=10 the attack still finds %v", got)
	}
	// Suppression of small groups alone is not enough: that is what the
	// secondary one is for.
	byCity := mustQuery(t, Config{Sum: []string{"salary"}, K: 10}, []string{"country", "city"}, []string{"*=keep"}, in)
	if _, ok := byCity["FR|Lyon#count"]; ok {
		t.Error("the second smallest group of the line is still there")
	}
	if _, ok := byCity["DE|Kiel#count"]; !ok {
		t.Error("a group of a line in which nothing is suppressed is gone")
	}
}

func TestAttackByTheTotal(t *testing.T) {
	in := salaries(true)
	r, err := query(t, Config{K: 10}, []string{"city"}, []string{"*=keep"}, in)
	if err != nil {
		t.Fatal(err)
	}
	rest := float64(0)
	for _, g := range r.Groups {
		rest += float64(g.Figures[0])
	}
	if r.Total == nil || float64(*r.Total)-rest < 10 {
		t.Errorf("total less the groups is %v: a group of fewer than 10", float64(*r.Total)-rest)
	}
}

// TestAttackByOverlappingGroups asks for city, and for a group that is Nice and
// the others of FR.
func TestAttackByOverlappingGroups(t *testing.T) {
	in := salaries(true)
	run := func(k int) (float64, bool) {
		cfg := Config{Sum: []string{"salary"}, K: k}
		all := mustQuery(t, cfg, nil, []string{"*=keep"}, in)
		byCity := mustQuery(t, cfg, []string{"city"}, []string{"*=keep"}, in)
		return subtract(all, "", byCity, "Paris", "Lyon", "Bonn", "Kiel")
	}
	if got, ok := run(0); !ok || got != victimSalary {
		t.Errorf("without protection the attack finds %v (%v)", got, ok)
	}
	if got, ok := run(10); ok {
		t.Errorf("with k=10 the attack still finds %v", got)
	}
}

// TestAttackByOtherCuts asks for prefixes of two lengths. The longer ones are no
// parts of a line that the threshold knows of; noise is what helps.
func TestAttackByOtherCuts(t *testing.T) {
	var b strings.Builder
	b.WriteString("ip,salary\n")
	for i := range 30 {
		fmt.Fprintf(&b, "198.51.%d.%d,40000\n", 100+i%2, i)
	}
	fmt.Fprintf(&b, "198.51.200.1,%d\n", victimSalary)
	// Without others the second group would go with the first, and the attack
	// with them.
	for i := range 20 {
		fmt.Fprintf(&b, "203.0.113.%d,40000\n", i)
	}
	run := func(cfg Config) float64 {
		cfg.Sum = []string{"salary"}
		short := mustQuery(t, cfg, []string{"truncate(ip,16)"}, nil, b.String())
		long := mustQuery(t, cfg, []string{"truncate(ip,17)"}, nil, b.String())
		return short["198.51.0.0#sum(salary)"] - long["198.51.0.0#sum(salary)"]
	}
	if got := run(Config{K: 10}); got != victimSalary {
		t.Errorf("the threshold alone: got %v; then the docs are wrong", got)
	}
	near := 0
	for range 30 {
		if math.Abs(run(Config{Noise: &Noise{Epsilon: Fraction{1, 2}, Clip: 200_000, Delta: 0.01}})-victimSalary) < 1000 {
			near++
		}
	}
	if near > 2 {
		t.Errorf("with noise %d of 30 attacks came within 1000", near)
	}
}

// TestAttackByTime asks the same before and after the victim's row came. A
// threshold is no help, as docs/aggregate.md says; noise is.
func TestAttackByTime(t *testing.T) {
	run := func(cfg Config) float64 {
		cfg.Sum = []string{"salary"}
		before := mustQuery(t, cfg, []string{"country"}, []string{"*=keep"}, salaries(false))
		after := mustQuery(t, cfg, []string{"country"}, []string{"*=keep"}, salaries(true))
		return after["FR#sum(salary)"] - before["FR#sum(salary)"]
	}
	if got := run(Config{K: 10}); got != victimSalary {
		t.Errorf("the threshold alone: got %v; then the docs are wrong", got)
	}
	noise := func() *Noise { return &Noise{Epsilon: Fraction{1, 2}, Clip: 200_000, Delta: 1e-6} }
	near := 0
	const runs = 30
	for range runs {
		if math.Abs(run(Config{Noise: noise(), Person: "member"})-victimSalary) < 1000 {
			near++
		}
	}
	// The noise of a difference has a standard deviation over a million, so that
	// one of a thousand runs comes as near.
	if near > 2 {
		t.Errorf("with noise %d of %d attacks came within 1000", near, runs)
	}
}

// TestAttackByRepetition asks the same again and again and takes the mean, which
// the ledger ends.
func TestAttackByRepetition(t *testing.T) {
	in := salaries(true)
	ask := func(n *Noise) (float64, bool) {
		r, err := query(t, Config{Noise: n}, nil, []string{"*=keep"}, in)
		if err != nil || len(r.Groups) == 0 {
			return 0, false
		}
		return float64(r.Groups[0].Figures[0]), true
	}
	mean := func(most int, noise func() *Noise) (float64, int) {
		sum, n := 0.0, 0
		for range most {
			v, ok := ask(noise())
			if !ok {
				break
			}
			sum += v
			n++
		}
		return sum / float64(max(n, 1)), n
	}
	free := func() *Noise { return &Noise{Epsilon: Fraction{1, 1}, Delta: 0.01} }
	if got, n := mean(150, free); n < 150 || math.Abs(got-116) > 0.5 {
		t.Errorf("without a ledger the mean of %d is %v, want nearly 116: it is no attack", n, got)
	}
	name := filepath.Join(t.TempDir(), "ledger.json")
	kept := func() *Noise {
		n := free()
		n.Ledger, n.Budget = name, Fraction{3, 1}
		return n
	}
	if _, n := mean(20, kept); n != 3 {
		t.Errorf("the ledger let %d queries pass, want 3", n)
	}
}

// TestManyRowsOfOnePerson shows why a threshold on records is not one on people.
func TestManyRowsOfOnePerson(t *testing.T) {
	in := "city,member\n" + strings.Repeat("Nice,m1\n", 50)
	for i := range 40 {
		in += fmt.Sprintf("Paris,p%d\n", i)
	}
	if got := mustQuery(t, Config{K: 10}, []string{"city"}, nil, in); got["Nice#count"] != 50 {
		t.Errorf("threshold on records: %v", got)
	}
	if got := mustQuery(t, Config{K: 10, Person: "member"}, []string{"city"}, nil, in); len(got) != 0 {
		t.Errorf("threshold on people: %v; one group is small, and the other would be the total", got)
	}
	r, err := query(t, Config{Noise: &Noise{Epsilon: Fraction{10, 1}, Contributions: 2, Delta: 0.01}, Person: "member"}, []string{"city"}, nil, in)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range r.Groups {
		if g.Keys[0] == "Nice" || float64(g.Figures[0]) > 60 {
			t.Errorf("with contributions bounded: %v", g)
		}
	}
}

func TestLaplace(t *testing.T) {
	for _, l := range []laplace{{1, 1}, {3, 2}, {20, 1}} {
		const n = 20_000
		var sum, squares float64
		for range n {
			x, err := l.sample()
			if err != nil {
				t.Fatal(err)
			}
			sum += float64(x)
			squares += float64(x) * float64(x)
		}
		want := l.deviation()
		if mean := sum / n; math.Abs(mean) > 6*want/math.Sqrt(n) {
			t.Errorf("%v: mean %v", l, mean)
		}
		// The kurtosis is near 6, so the variance of the variance is 5 sigma^4/n.
		if v := squares / n; math.Abs(v/want/want-1) > 6*math.Sqrt(5.0/n)+0.02 {
			t.Errorf("%v: standard deviation %v, want %v", l, math.Sqrt(v), want)
		}
	}
	if _, err := (laplace{0, 1}).sample(); err == nil {
		t.Error("no scale: no error")
	}
}

func TestParseFraction(t *testing.T) {
	for s, want := range map[string]float64{"1": 1, "0.5": 0.5, "0.000001": 1e-6, "1000": 1000, "": 0, "0": 0, "-1": 0, "1e3": 0, "1001": 0, "0.0000001": 0, "x": 0, ".": 0, "NaN": 0} {
		f, err := ParseFraction(s)
		if (err == nil) != (want > 0) || err == nil && f.Float() != want {
			t.Errorf("%q: %v, %v", s, f, err)
		}
	}
}
