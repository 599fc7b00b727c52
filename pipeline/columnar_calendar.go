package pipeline

import (
	"context"
	"sync"

	"github.com/scrim-dev/scrim/pipeline/format/parquet"
	"github.com/scrim-dev/scrim/pipeline/timestamp"
	"github.com/scrim-dev/scrim/transform"
)

// A calendar tells the periods of rows, for a policy whose keys change with them.
type calendar struct {
	s       *columnSearch
	groups  map[int]timedGroup
	number  int // of the row group whose periods are known, if there are any
	periods []int32
	// names are those of the periods that were seen: a period's number is its place
	// here. The first stands for rows whose time is not known.
	names   []string
	numbers map[string]int32
	mu      sync.Mutex // of names
}

type timedGroup struct {
	rowGroup
	rows int64
}

// show tells the calendar of a row group.
func (c *calendar) show(n int, g rowGroup, rows int64) {
	if !c.s.p.plan.rotates {
		return
	}
	if c.groups == nil {
		c.groups = map[int]timedGroup{}
		c.names, c.numbers = []string{""}, map[string]int32{"": 0}
	}
	c.groups[n] = timedGroup{g, rows}
}

// of returns the period of each row of a row group. The time stands in the column
// that the policy names, or in the first one in which a time is found.
func (c *calendar) of(ctx context.Context, n int) ([]int32, error) {
	if c.periods != nil && c.number == n {
		return c.periods, nil
	}
	g := c.groups[n]
	c.number, c.periods = n, make([]int32, g.rows)
	field := c.s.p.plan.policy.Rotate.Field
	left := g.rows
	for i := range c.s.columns {
		k := &c.s.columns[i]
		if left == 0 || field == "" && !k.timed || field != "" && !matchField([]string{field}, k.field.name) {
			continue
		}
		entries := map[int32]int32{} // of a dictionary
		err := g.Values(ctx, i, parquet.FormText, func(v *parquet.Values) error {
			for slot, e := range v.Index {
				row := v.Rows[slot]
				if e < 0 || c.periods[row] != 0 {
					continue
				}
				p, known := entries[e]
				if !known || !v.Dict {
					p = c.period(v.Text[e])
				}
				if v.Dict {
					entries[e] = p
				}
				if c.periods[row] = p; p != 0 {
					left--
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return c.periods, nil
}

// period returns the number of the period of a time, 0 if text is none.
func (c *calendar) period(text []byte) int32 {
	t, ok := timestamp.Find(text)
	if !ok {
		return 0
	}
	name, err := transform.PeriodOf(c.s.p.plan.policy.Rotate.Every, t)
	if err != nil {
		return 0
	}
	p, ok := c.numbers[name]
	if !ok {
		p = int32(len(c.names))
		c.numbers[name] = p
		c.mu.Lock()
		c.names = append(c.names, name)
		c.mu.Unlock()
	}
	return p
}

// name returns the name of a period, while others are found.
func (c *calendar) name(period int32) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.names[period]
}
