package aggregate

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"strconv"
	"strings"
	"time"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/pipeline/timestamp"
	"github.com/scrim-dev/scrim/transform"
)

// A watcher groups what one worker sees.
type watcher struct {
	a      *Aggregate
	file   string
	groups map[string]*group

	columns []column // by Cell.Field
	record  []part   // by name
	key     []byte
	buffers [][]byte // by name
	out     []byte
	found   []pipeline.Sighting // of a row
	slots   []int               // by column: the next
	do      map[doing]transform.Transform
}

// A column is what is known of a Cell.Field.
type column struct {
	name string
	want int // number of its name in the plan, -1
}

// A part is what a record has under a name.
type part struct {
	has   bool
	found []pipeline.Sighting
	value []byte
}

// An applying appends what the policy puts in the place of a sighting.
type applying func(dst []byte, s *pipeline.Sighting) []byte

type doing struct {
	key  int
	kind detect.Kind
}

func newWatcher(a *Aggregate) *watcher {
	n := len(a.plan.names)
	return &watcher{a: a, groups: map[string]*group{}, record: make([]part, n), buffers: make([][]byte, n), do: map[doing]transform.Transform{}}
}

// open makes w ready for an input.
func (w *watcher) open(name string) { w.file, w.columns = name, nil }

// Look implements [pipeline.Watch].
func (w *watcher) Look(b *pipeline.View) {
	next := 0 // sighting
	if b.Records == nil {
		w.lines(b)
		return
	}
	for i, from := range b.Records {
		to := int32(len(b.Cells))
		if i+1 < len(b.Records) {
			to = b.Records[i+1]
		}
		first := next
		for next < len(b.Sightings) && b.Sightings[next].Cell < to {
			next++
		}
		found := b.Sightings[first:next]
		if w.read(b, from, to, found) {
			w.group(b.Apply, found, nil)
		}
	}
}

// lines groups the lines of running text.
func (w *watcher) lines(b *pipeline.View) {
	data := b.Data[:b.End]
	next := 0
	for at := b.Start; at < len(data); {
		end := len(data)
		if i := bytes.IndexByte(data[at:], '\n'); i >= 0 && !b.Continued {
			end = at + i + 1
		}
		first := next
		for next < len(b.Sightings) && b.Sightings[next].Start < end {
			next++
		}
		found := b.Sightings[first:next]
		if !b.Continued || w.a.plan.matches {
			w.read(b, 0, 0, found)
			w.group(b.Apply, found, data[at:end])
		}
		at = end
	}
}

// read finds what the record has under the names that are wanted. It returns
// false for the header of a table.
func (w *watcher) read(b *pipeline.View, from, to int32, found []pipeline.Sighting) bool {
	for i := range w.record {
		w.record[i] = part{}
	}
	header := from < to
	for i := from; i < to; i++ {
		c := b.Cells[i]
		if c.Flags&format.Name != 0 {
			continue
		}
		header = false
		n := -1
		if c.Field >= 0 {
			name, _ := b.Names(c.Field)
			n = w.want(c.Field, name)
		}
		if n < 0 || w.record[n].has {
			continue
		}
		p := &w.record[n]
		p.has = true
		if c.Flags&format.Escaped != 0 {
			w.buffers[n] = b.Value(w.buffers[n], c)
			p.value = w.buffers[n]
		} else {
			p.value = b.Data[c.Start:c.End]
		}
		for len(found) > 0 && found[0].Cell < i {
			found = found[1:]
		}
		m := 0
		for m < len(found) && found[m].Cell == i {
			m++
		}
		p.found = found[:m]
	}
	return !header
}

// match fills the parts that no field has with the first match of the kind of
// that name.
func (w *watcher) match(found []pipeline.Sighting) {
	for n := range w.record {
		if p := &w.record[n]; !p.has && w.a.plan.kinds[n] != detect.None {
			for i := range found {
				if found[i].Kind == w.a.plan.kinds[n] {
					*p = part{has: true, found: found[i : i+1], value: found[i].Value}
					break
				}
			}
		}
	}
}

// want is the number in the plan of the name of a field, -1 if it is not wanted.
func (w *watcher) want(field int32, name string) int {
	for int(field) >= len(w.columns) {
		w.columns = append(w.columns, column{want: -2})
	}
	c := &w.columns[field]
	if c.want == -2 || c.name != name { // numbers begin anew where keys are data
		*c = column{name, w.a.plan.wants(name)}
	}
	return c.want
}

// group counts the record, or each match in it.
func (w *watcher) group(apply applying, found []pipeline.Sighting, line []byte) {
	w.match(found)
	if !w.a.plan.matches {
		if w.admit() {
			w.count(apply, nil, line)
		}
		return
	}
	for i := range found {
		if w.admit() {
			w.count(apply, &found[i], line)
		}
	}
}

// admit says whether one more record, or match, of its person counts.
func (w *watcher) admit() bool {
	return w.a.people == nil || w.a.people.admit(w.hash(&w.record[w.a.plan.person]))
}

// hash is the keyed hash of the canonical spelling of a part.
func (w *watcher) hash(p *part) uint64 {
	v := p.value
	if len(p.found) == 1 && len(p.found[0].Value) == len(v) {
		w.out = detect.AppendCanonical(w.out[:0], p.found[0].Kind, v)
		v = w.out
	}
	return maphash.Bytes(w.a.seed, v)
}

// count adds the record, or a match in it, to its group.
func (w *watcher) count(apply applying, s *pipeline.Sighting, line []byte) {
	w.key = w.key[:0]
	for i := range w.a.plan.keys {
		mark := len(w.key)
		w.key = append(w.key, 0, 0)
		w.key = w.appendKey(w.key, apply, i, s, line)
		if len(w.key)-mark-2 > maxKey {
			w.key = w.key[:mark+2+maxKey]
		}
		binary.BigEndian.PutUint16(w.key[mark:], uint16(len(w.key)-mark-2))
	}
	g := w.groups[string(w.key)]
	if g == nil {
		if len(w.groups) >= w.a.cfg.MaxGroups {
			w.spill()
		}
		g = newGroup(w.a.plan)
		w.groups[string(w.key)] = g
	}
	g.count++
	p := w.a.plan
	if g.people != nil && w.record[p.person].has {
		g.people.InsertHash(w.hash(&w.record[p.person]))
	}
	for i, n := range p.distinct {
		if w.record[n].has {
			g.distinct[i].InsertHash(w.hash(&w.record[n]))
		}
	}
	for i, n := range p.numbers {
		if w.record[n].has {
			if v, err := strconv.ParseFloat(string(bytes.TrimSpace(w.record[n].value)), 64); err == nil {
				if noise := w.a.cfg.Noise; noise != nil {
					v = noise.clip(v)
				}
				g.numbers[i].add(v)
			}
		}
	}
}

// maxKey bounds one key of a group in bytes.
const maxKey = 1024

// none stands for what a record has not.
const none = "(none)"

func (w *watcher) appendKey(dst []byte, apply applying, i int, s *pipeline.Sighting, line []byte) []byte {
	k := &w.a.plan.keys[i]
	switch k.kind {
	case byKindFound:
		return append(dst, s.Kind.String()...)
	case byFieldFound:
		return append(dst, s.Field...)
	case byFile:
		return append(dst, w.file...)
	}
	p := &w.record[w.a.plan.key[i]]
	if k.kind == byTime {
		var t time.Time
		ok := false
		if p.has {
			t, ok = timestamp.Read(p.value, w.a.cfg.Now)
		} else if line != nil {
			t, ok = timestamp.OfLine(line, w.a.cfg.Now)
		}
		if !ok {
			return append(dst, none...)
		}
		return t.UTC().AppendFormat(dst, k.step)
	}
	if !p.has {
		return append(dst, none...)
	}
	if k.kind == byTransform {
		return w.transform(dst, i, k, p)
	}
	// The value with what the policy puts in the place of each match.
	rest := p.value
	for j := range p.found {
		f := &p.found[j]
		at := bytes.Index(rest, f.Value) // a match stands in its cell as it is written there, or decoded
		if at < 0 {
			return append(dst, none...)
		}
		dst = append(dst, rest[:at]...)
		dst = apply(dst, f)
		rest = rest[at+len(f.Value):]
	}
	return append(dst, rest...)
}

// transform appends what the key's transform makes of a part.
func (w *watcher) transform(dst []byte, i int, k *Key, p *part) []byte {
	kind := detect.None
	if len(p.found) > 0 {
		kind = p.found[0].Kind
	}
	t := w.do[doing{i, kind}]
	if t == nil {
		label := "VALUE"
		domain := "value"
		if kind != detect.None {
			label, domain = strings.ToUpper(kind.String()), kind.String()
		}
		var err error
		t, err = transform.New(k.spec, transform.Target{Label: label, Domain: domain}, w.a.cfg.Keys)
		if err != nil { // New made the same one, so this cannot be
			return append(dst, none...)
		}
		w.do[doing{i, kind}] = t
	}
	w.out = append(w.out[:0], p.value...)
	if kind != detect.None {
		w.out = detect.AppendCanonical(w.out[:0], kind, p.value)
	}
	out, err := t.Append(dst, transform.Value{Text: p.value, Canonical: w.out})
	if err != nil {
		return append(dst, "(not transformed)"...)
	}
	return out
}
