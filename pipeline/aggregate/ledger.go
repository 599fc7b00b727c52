package aggregate

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/google/renameio/v2"
)

// ErrBudget says that a query would use more than is left of a budget.
var ErrBudget = errors.New("the privacy budget of this ledger is used up")

// A ledger is a file of the budgets that queries about one set of people used.
type ledger struct {
	Schema string `json:"schema"`
	// Spent is in millionths of epsilon.
	Spent   int64 `json:"spent_micro_epsilon"`
	Queries int   `json:"queries"`
}

const ledgerSchema = "scrim.ledger/1"

// charge adds epsilon to the ledger and returns what is spent then, or refuses.
// It is charged before the result is given out: a query that fails after it has
// used its budget all the same. Two queries at once want a lock, or one of them
// is forgotten; so a lock file stands beside the ledger meanwhile.
func charge(name string, epsilon, budget Fraction) (float64, error) {
	lock, err := os.OpenFile(name+".lock", os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fmt.Errorf("the ledger is in use, or its folder cannot be written: remove %s.lock if no query runs", name)
	}
	defer func() { _ = os.Remove(name + ".lock") }()
	defer func() { _ = lock.Close() }()
	l := ledger{Schema: ledgerSchema}
	b, err := os.ReadFile(name)
	if err == nil {
		if json.Unmarshal(b, &l) != nil || l.Schema != ledgerSchema || l.Spent < 0 {
			return 0, fmt.Errorf("%s is no ledger of scrim aggregate", name)
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return 0, err
	}
	cost := epsilon.Num * (1e6 / epsilon.Den)
	if l.Spent+cost > budget.Num*(1e6/budget.Den) {
		return 0, fmt.Errorf("%w: %g of %g is spent, and this query wants %g", ErrBudget, float64(l.Spent)/1e6, budget.Float(), epsilon.Float())
	}
	l.Spent += cost
	l.Queries++
	if b, err = json.Marshal(l); err != nil {
		return 0, err
	}
	return float64(l.Spent) / 1e6, renameio.WriteFile(name, append(b, '\n'), 0o600)
}
