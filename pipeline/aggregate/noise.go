package aggregate

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Noise asks for differential privacy: integers of the discrete Laplace
// distribution (two-sided geometric; Canonne, Kamath and Steinke 2020) are
// added to counts and sums. The unit that is protected is a person, if
// Config.Person is set, and else a record.
type Noise struct {
	// Epsilon is the budget for all figures together, as a fraction.
	Epsilon Fraction
	// Delta bounds the probability that a group shows although only one person
	// is in it; 0 means 1e-9.
	Delta float64
	// Contributions is how many records (matches) of a person count at most; 0 means 1.
	// Others are left out.
	Contributions int
	// Clip bounds each value that is summed, from -Clip to Clip. It is needed
	// for sums, and has to be chosen without a look at the data.
	Clip int64
	// Ledger is a file in which budgets that were used are added up, and Budget
	// how much may be used in all: a query that would exceed it is refused. An
	// empty name keeps no account.
	Ledger string
	Budget Fraction
}

// A Fraction is a positive decimal number as it was written.
type Fraction struct{ Num, Den int64 }

// ParseFraction reads a decimal number over 0 and up to 1000 with at most six
// digits behind the point.
func ParseFraction(s string) (Fraction, error) {
	whole, frac, _ := strings.Cut(s, ".")
	f := Fraction{Den: 1}
	for range frac {
		f.Den *= 10
		if f.Den > 1e6 {
			break
		}
	}
	n, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil || f.Den > 1e6 || n <= 0 || n > 1000*f.Den || s[0] == '-' || s[0] == '+' {
		return f, errors.New("wants a number over 0 and up to 1000, with at most six digits behind the point")
	}
	f.Num = n
	return f, nil
}

// Float is the value of f.
func (f Fraction) Float() float64 { return float64(f.Num) / float64(f.Den) }

// ParseNoise reads key=value with commas between: epsilon, delta,
// contributions, clip, ledger, budget.
func ParseNoise(s string) (*Noise, error) {
	n := &Noise{}
	for part := range strings.SplitSeq(s, ",") {
		key, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		var err error
		switch key {
		case "epsilon":
			n.Epsilon, err = ParseFraction(value)
		case "budget":
			n.Budget, err = ParseFraction(value)
		case "delta":
			n.Delta, err = strconv.ParseFloat(value, 64)
		case "contributions":
			n.Contributions, err = strconv.Atoi(value)
		case "clip":
			n.Clip, err = strconv.ParseInt(value, 10, 64)
		case "ledger":
			n.Ledger = value
		default:
			return nil, errors.New("knows epsilon, delta, contributions, clip, ledger and budget, as in epsilon=1,contributions=5")
		}
		if err != nil {
			return nil, fmt.Errorf("%s wants a number", key)
		}
	}
	return n, nil
}

// check fills in what is left out.
func (n *Noise) check(sums int) error {
	if n.Delta == 0 {
		n.Delta = 1e-9
	}
	if n.Contributions == 0 {
		n.Contributions = 1
	}
	switch {
	case n.Epsilon.Num == 0:
		return errors.New("noise wants epsilon, such as epsilon=1")
	case !(n.Delta > 0 && n.Delta < 0.1):
		return errors.New("delta wants a number between 0 and 0.1, far under one in the number of people")
	case n.Contributions < 1 || n.Contributions > 1<<20:
		return errors.New("contributions wants a whole number from 1 to a million")
	case sums > 0 && (n.Clip < 1 || n.Clip > 1<<31):
		return errors.New("sums with noise want clip=N, a bound for each value from 1 to 2147483648, chosen without a look at the data")
	case (n.Ledger == "") != (n.Budget.Num == 0):
		return errors.New("ledger and budget go together")
	}
	return nil
}

// clip bounds a value that is summed, and rounds it.
func (n *Noise) clip(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return math.Round(max(-float64(n.Clip), min(float64(n.Clip), v)))
}

// A NoiseNote says what noise is in a Result.
type NoiseNote struct {
	Mechanism     string  `json:"mechanism"`
	Unit          string  `json:"unit"` // person or record
	Epsilon       float64 `json:"epsilon"`
	Delta         float64 `json:"delta"`
	Contributions int     `json:"contributions"`
	Clip          int64   `json:"clip,omitempty"`
	// CountError and SumError are standard deviations of the noise.
	CountError float64 `json:"count_standard_deviation"`
	SumError   float64 `json:"sum_standard_deviation,omitempty"`
	// Threshold is what a noisy count must reach for its group to be given out.
	Threshold int64 `json:"threshold"`
	// Spent is the sum of the ledger after this query, of Budget.
	Spent  float64 `json:"ledger_spent,omitempty"`
	Budget float64 `json:"ledger_budget,omitempty"`
}

// addNoise makes every figure of r private. Only groups whose noisy count
// reaches a threshold are given out, since that a group is there at all may
// tell of one person; there is no total, which would want a share of the
// budget, and how many groups are left out is not said.
func (a *Aggregate) addNoise(r *Result) error {
	n := a.cfg.Noise
	note := &NoiseNote{Mechanism: "discrete laplace", Unit: "record", Epsilon: n.Epsilon.Float(), Delta: n.Delta,
		Contributions: n.Contributions, Clip: n.Clip}
	per := int64(1) // records of one unit
	if a.people != nil {
		note.Unit = "person"
		per = int64(n.Contributions)
	} else {
		note.Contributions = 1
	}
	if n.Ledger != "" {
		spent, err := charge(n.Ledger, n.Epsilon, n.Budget)
		if err != nil {
			return err
		}
		note.Spent, note.Budget = spent, n.Budget.Float()
	}
	// The budget is shared evenly: scale = sensitivity * figures / epsilon.
	figures := int64(1 + len(a.cfg.Sum))
	count := laplace{per * figures * n.Epsilon.Den, n.Epsilon.Num}
	sum := laplace{per * figures * n.Clip * n.Epsilon.Den, n.Epsilon.Num}
	note.CountError = count.deviation()
	if figures > 1 {
		note.SumError = sum.deviation()
	}
	least := float64(per) + count.scale()*math.Log(float64(per)/(2*n.Delta))
	note.Threshold = max(int64(math.Ceil(least)), int64(a.cfg.K))
	kept := r.Groups[:0]
	for _, row := range r.Groups {
		noisy, err := count.sample()
		if err != nil {
			return err
		}
		noisy += int64(row.count)
		if noisy < note.Threshold {
			continue
		}
		row.Figures[0] = Figure(noisy)
		for i := 1; i < len(row.Figures); i++ {
			x, err := sum.sample()
			if err != nil {
				return err
			}
			row.Figures[i] = Figure(float64(row.Figures[i]) + float64(x))
		}
		kept = append(kept, row)
	}
	r.Groups, r.Noise, r.K = kept, note, 0
	return nil
}
