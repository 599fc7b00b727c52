package pipeline

import (
	"fmt"
	"strings"
	"time"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format/parquet"
	"github.com/scrim-dev/scrim/transform"
)

// suits says of the columns that are not text what the policy cannot do with them,
// before anything is written: a transform of whose results most are not of the
// column's type, or a null where there can be none. It is tried on the columns'
// samples; a value that fails later is null, and counted.
func (s *columnSearch) suits(columns []parquet.Column, groups []rowGroup) error {
	if !s.writes {
		return nil
	}
	w := s.worker()
	defer s.rest(w)
	if s.p.plan.rotates { // with the key of some period
		if name, err := transform.PeriodOf(s.p.plan.policy.Rotate.Every, time.Unix(0, 0)); err == nil {
			w.actions.at(name)
			w.period = -1
		}
	}
	failures := w.b.failures
	defer func() { w.b.failures = failures }()
	for i, c := range columns {
		k := &s.columns[i]
		if !k.search || len(k.sample) == 0 {
			continue
		}
		if err := s.suit(w, c, k, groups[0]); err != nil {
			return err
		}
		k.sample = nil
	}
	return nil
}

// suit is suits of one column.
func (s *columnSearch) suit(w *columnWorker, c parquet.Column, k *column, g rowGroup) error {
	r := &columnRewriter{s: s, column: k}
	var unfit *action // that most values fail with
	fits, fails := 0, 0
	for values := k.sample; len(values) > 0; {
		n := together(values)
		w.entries.search(w.worker, k.field.says, values[:n])
		for i, v := range values[:n] {
			found := w.entries.of(i)
			var a *action
			for _, m := range found {
				if x := w.actionFor(m, k.field.name); !x.keep {
					a = x
				}
			}
			if a == nil {
				continue
			}
			var reply parquet.Reply
			r.reply(w, &reply, v, found, w.entries.spans[i].Start)
			if reply.Verdict != parquet.Null && g.Fits(c.Index, k.form, reply.Text) {
				fits++
			} else {
				unfit, fails = a, fails+1
			}
		}
		values = values[n:]
	}
	if fails <= fits {
		return nil
	}
	name, use := typed(c, k)
	switch {
	case !unfit.redacts:
		return fmt.Errorf("column %s (%s): what %s makes is not of its type; use %s, or redact, which leaves null, or keep", k.field.show, name, unfit.name, use)
	case !c.Optional:
		return fmt.Errorf("column %s (%s) is required, and %s would leave null in it; use %s, or keep", k.field.show, name, unfit.name, use)
	}
	return nil
}

// typed names the type of a column, and the transforms that keep it.
func typed(c parquet.Column, k *column) (name, use string) {
	name, _, _ = strings.Cut(c.Logical, "(")
	if k.place.Bits > 0 && !strings.EqualFold(name, "decimal") || name == "None" || name == "" {
		name = c.Physical
	}
	switch {
	case k.form == parquet.FormIP:
		return name, "truncate, generalise, ip-prefix or hash:form=keep"
	case k.timed || k.field.says.Kind == detect.BirthDate:
		return name, "truncate, generalise or shift"
	case name == "UUID", k.form == parquet.FormUUID:
		return name, "hash"
	case k.place.Bits >= 53:
		return name, "fpe, generalise:digits=3 or hash"
	}
	return name, "fpe or generalise:digits=3"
}
