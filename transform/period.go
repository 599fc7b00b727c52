package transform

import (
	"bytes"
	"errors"
	"time"
)

// PeriodOf names the period in which t lies, in UTC, for keys that are to
// change: of "daily" it is "2026-11-21", of "monthly" "2026-11".
func PeriodOf(rotate string, t time.Time) (string, error) {
	switch rotate {
	case "daily":
		return t.UTC().Format("2006-01-02"), nil
	case "monthly":
		return t.UTC().Format("2006-01"), nil
	}
	return "", errors.New("rotate: wants daily or monthly")
}

// ForPeriod derives keys for a period, one to sixteen letters, digits and
// dashes: tokens of different periods do not match. The keys that they are
// derived from reveal the reversible tokens of every period.
func (k *Keys) ForPeriod(period string) (*Keys, error) {
	if !isPeriod([]byte(period)) {
		return nil, errors.New("key: period wants 1 to 16 letters, digits or dashes, such as 2026-11")
	}
	if k.ring().current.period != "" {
		return nil, errors.New("key: is for one period already: derive from the master key")
	}
	r := &ring{current: k.ring().current.forPeriod(period)}
	for i := range k.ring().previous {
		r.previous = append(r.previous, k.ring().previous[i].forPeriod(period))
	}
	return newRing(r), nil
}

func (m *master) forPeriod(period string) master {
	return master{prk: m.expand("period", period, MinKeyLen), id: m.id, period: period}
}

func isPeriod(b []byte) bool {
	return isTokenWord(b, 16) && !bytes.ContainsAny(b, "_.:")
}

// named gives the masters with the id that stands in a token, current first.
func (r *ring) named(id []byte) []master {
	base, period, periodic := bytes.Cut(id, []byte("."))
	if periodic && !isPeriod(period) {
		return nil
	}
	var found []master
	for _, m := range append([]master{r.current}, r.previous...) {
		switch {
		case m.id != string(base):
		case m.period == string(period):
			found = append(found, m)
		case m.period == "":
			found = append(found, m.forPeriod(string(period)))
		}
	}
	return found
}
