package report

import (
	"cmp"
	"hash/maphash"
	"slices"
	"sync"
	"time"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/timestamp"
)

// A Survey counts what a scan finds, file by file. Its memory is bounded by the
// number of files and by maxGroups, not by what they hold.
//
// Distinct values are estimated: each value's canonical spelling is hashed under
// a key that is made for the run and never leaves it, and only the hash goes
// into a sketch. Neither value nor hash is kept.
type Survey struct {
	Options

	seed   maphash.Seed
	mu     sync.Mutex
	open   map[string][]*watcher // by input
	inputs []Input
	totals tally
}

// Options of a Survey.
type Options struct {
	// Version is that of the program, for the Report.
	Version string
	// KindName names kinds, a policy's own too; nil means that of detect.
	KindName func(detect.Kind) string
	// Now tells the year of times that have none (RFC 3164 syslog): the latest
	// in which they are not after it. Zero means the present.
	Now time.Time
}

// NewSurvey returns an empty Survey.
func NewSurvey(o Options) *Survey {
	if o.Now.IsZero() {
		o.Now = time.Now()
	}
	if o.KindName == nil {
		o.KindName = detect.Kind.String
	}
	return &Survey{Options: o, seed: maphash.MakeSeed(), open: map[string][]*watcher{}}
}

// Watch is for [pipeline.Config]: what it returns counts for the survey.
func (s *Survey) Watch(name string) pipeline.Watch {
	w := &watcher{seed: s.seed, now: s.Now.UTC(), slots: map[slot]int32{}}
	s.mu.Lock()
	s.open[name] = append(s.open[name], w)
	s.mu.Unlock()
	return w
}

// Close adds up what the watches of an input saw, after its run. r is the run's
// report; path is how the input is called.
func (s *Survey) Close(r *pipeline.Report) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var t tally
	for _, w := range s.open[r.Path] {
		t.merge(w)
	}
	delete(s.open, r.Path)
	in := Input{
		Path: r.Path, Format: r.Format, Compression: r.Compression, Bytes: r.BytesIn, Lines: r.Lines,
		Records: t.records, Touched: t.touched, LongRecords: r.LongRecords, Columns: r.Columns, Error: r.Error,
	}
	in.Kinds, in.Fields = t.rows(t.records, s.KindName)
	in.Period = t.times.period()
	s.inputs = append(s.inputs, in)
	t.bytes = r.BytesIn
	s.totals.add(&t)
}

// Report returns what was found in the inputs that were closed.
func (s *Survey) Report() *Report {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &s.totals
	r := &Report{
		Schema: Schema, Version: s.Version,
		Distinct: Estimate{Method: "hyperloglog", StandardError: standardError},
		Inputs:   slices.Clone(s.inputs), Timeline: t.times.timeline(s.KindName),
	}
	if r.Inputs == nil {
		r.Inputs = []Input{}
	}
	r.Totals = Totals{Inputs: len(s.inputs), Bytes: t.bytes, Records: t.records, Touched: t.touched, Period: t.times.period()}
	r.Totals.Kinds, r.Totals.Fields = t.rows(t.records, s.KindName)
	for _, rows := range [][]Row{r.Totals.Kinds, r.Totals.Fields} {
		for i := range rows {
			rows[i].FirstLine = 0 // of which input?
		}
	}
	return r
}

// A slot names a group.
type slot struct {
	field string
	kind  detect.Kind
}

// A watcher is the watch of one worker on one input.
type watcher struct {
	seed  maphash.Seed
	now   time.Time
	slots map[slot]int32
	// text are the groups of running text, one more than their number.
	text [detect.MaxKinds]int32

	groups  []*group
	kinds   [detect.MaxKinds]kindCount
	records int64 // seen
	touched int64 // with a match
	times   times

	canonical []byte
	value     []byte
	found     []pipeline.Sighting
	table     rowTable // of columnar data
}

// A kindCount counts the records that hold a kind in any field.
type kindCount struct {
	records uint64
	last    int64 // record
}

// Look implements [pipeline.Watch].
func (w *watcher) Look(b *pipeline.View) {
	if b.Records == nil {
		w.lines(b)
		return
	}
	next := 0 // sighting
	for i, from := range b.Records {
		to := int32(len(b.Cells))
		if i+1 < len(b.Records) {
			to = b.Records[i+1]
		}
		if isHeader(b, from, to) {
			w.records--
		}
		w.records++
		first := next
		for next < len(b.Sightings) && b.Sightings[next].Cell < to {
			next++
		}
		if first == next {
			continue
		}
		w.touched++
		at, ok := w.cellTime(b, from, to)
		w.record(b, b.Sightings[first:next], at, ok)
	}
}

// lines counts in running text.
func (w *watcher) lines(b *pipeline.View) {
	before := w.records
	w.records += countLines(b.Data[b.Start:b.End])
	if b.Continued && w.records > before {
		w.records-- // its record was counted when it began
	}
	// Records that hold something get numbers of their own, which only have to
	// differ.
	for next := 0; next < len(b.Sightings); {
		start, end := lineAround(b, b.Sightings[next].Start)
		first := next
		for next < len(b.Sightings) && b.Sightings[next].Start < end {
			next++
		}
		if !b.Continued {
			w.touched++
		}
		at, ok := timestamp.OfLine(b.Data[start:end], w.now)
		w.record(b, b.Sightings[first:next], at, ok)
	}
}

// record counts the sightings of one record.
func (w *watcher) record(b *pipeline.View, found []pipeline.Sighting, at time.Time, timed bool) {
	id := w.touched
	var bucket *counts
	if timed {
		bucket = w.times.at(at.Unix())
	}
	for i := range found {
		s := &found[i]
		g := w.group(slot{s.Field, s.Kind})
		if g.count == 0 {
			g.line = b.LineOf(s.Start)
		}
		w.count(g, s, 1)
		if g.last != id {
			g.last = id
			g.records++
		}
		if k := &w.kinds[s.Kind]; k.last != id {
			k.last = id
			k.records++
		}
		if bucket != nil {
			bucket[s.Kind]++
		}
	}
}

// count counts a sighting that occurs so often.
func (w *watcher) count(g *group, s *pipeline.Sighting, times uint64) {
	if g.count == 0 {
		g.low = s.Score
	}
	g.count += times
	g.low, g.high = min(g.low, s.Score), max(g.high, s.Score)
	w.canonical = detect.AppendCanonical(w.canonical[:0], s.Kind, s.Value)
	g.sketch.InsertHash(maphash.Bytes(w.seed, w.canonical))
}

// group returns the group that a sighting in a field belongs to.
func (w *watcher) group(key slot) *group {
	if key.field == "" {
		if i := w.text[key.kind]; i > 0 {
			return w.groups[i-1]
		}
	}
	i, ok := w.slots[key]
	if !ok {
		if len(w.groups) >= maxGroups && key.field != otherFields {
			key.field = otherFields
			if i, ok = w.slots[key]; ok {
				return w.groups[i]
			}
		}
		i = int32(len(w.groups))
		w.slots[key] = i
		w.groups = append(w.groups, newGroup(key))
		if key.field == "" {
			w.text[key.kind] = i + 1
		}
	}
	return w.groups[i]
}

// A tally adds up watchers, and tallies of inputs.
type tally struct {
	groups  map[slot]*group
	kinds   [detect.MaxKinds]uint64 // records
	bytes   int64
	records int64
	touched int64
	times   times
}

func (t *tally) merge(w *watcher) {
	for _, g := range w.groups {
		t.put(g)
	}
	for k := range w.kinds {
		t.kinds[k] += w.kinds[k].records
	}
	t.records += w.records
	t.touched += w.touched
	t.times.add(&w.times)
}

func (t *tally) add(o *tally) {
	for _, g := range o.groups {
		t.put(g)
	}
	for k, n := range o.kinds {
		t.kinds[k] += n
	}
	t.bytes += o.bytes
	t.records += o.records
	t.touched += o.touched
	t.times.add(&o.times)
}

// put adds g, which it does not keep.
func (t *tally) put(g *group) {
	if t.groups == nil {
		t.groups = map[slot]*group{}
	}
	key := g.slot
	if _, ok := t.groups[key]; !ok && len(t.groups) >= maxGroups {
		key.field = otherFields
	}
	have, ok := t.groups[key]
	if !ok {
		have = newGroup(key)
		t.groups[key] = have
	}
	have.add(g)
}

// rows returns the counts by kind, and by field and kind, of so many records.
func (t *tally) rows(records int64, name func(detect.Kind) string) (kinds, fields []Row) {
	var byKind [detect.MaxKinds]*group
	for key, g := range t.groups {
		fields = append(fields, g.row(records, name))
		if byKind[key.kind] == nil {
			byKind[key.kind] = newGroup(slot{kind: key.kind})
		}
		byKind[key.kind].add(g)
	}
	for k, g := range byKind {
		if g != nil {
			g.records = t.kinds[k]
			kinds = append(kinds, g.row(records, name))
		}
	}
	slices.SortFunc(fields, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Kind, b.Kind))
	})
	slices.SortFunc(kinds, func(a, b Row) int { return cmp.Compare(a.Kind, b.Kind) })
	if kinds == nil {
		kinds, fields = []Row{}, []Row{}
	}
	return kinds, fields
}
