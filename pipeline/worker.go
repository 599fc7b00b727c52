package pipeline

import (
	"bytes"
	"slices"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/transform"
)

// A worker turns batches into what stands for them. Each goroutine has its own.
type worker struct {
	cfg     workConfig
	parse   func() format.Parser
	parser  format.Parser
	scanner matcher
	names   *detect.Scanner // for the names of fields; nil until one is shown
	inner   *detect.Scanner // for text in base64; nil until some is found
	actions *actions
	fields  []field // by Cell.Field, as far as they have been seen

	cells     []format.Cell
	spans     []detect.Span
	values    values // of the escaped cells
	edits     []format.Edit
	drops     []span // records of the block that are dropped, in order
	text      []byte // of the edits
	record    span   // for whose time the actions are, where keys rotate
	time      []byte // of a record
	timeAt    []int32
	canonical []byte
	watcher   *watcher // nil: nobody watches
	decoded   []byte   // a value, without its escapes
}

// workConfig says what a worker does besides counting.
type workConfig struct {
	pl        *plan
	columns   map[string]detect.Field // what a sample of the input showed them to be
	write     bool                    // make the output
	findings  bool                    // note every match
	byField   bool                    // count by field
	explain   bool                    // say why, and why not
	values    bool                    // put values into findings
	documents bool                    // a record may have many lines
	hits      bool                    // keep every match, for Walk
	learn     bool                    // note what may be learned
	users     bool                    // and user names
}

// A field is what the worker knows of a field's name.
type field struct {
	name string       // as policies see it
	show string       // as reports show it: without personal data in it
	says detect.Field // of its values
}

func newWorker(cfg workConfig, parse func() format.Parser) *worker {
	return &worker{cfg: cfg, parse: parse, parser: parse(), scanner: cfg.pl.newMatcher(),
		actions: cfg.pl.newActions()}
}

// do works on one batch. A fault of ours fails the input, not the program, and
// nothing of the batch is written.
func (w *worker) do(b *batch) {
	defer func() {
		if recover() != nil {
			b.err = &FaultError{Where: fault()}
		}
	}()
	w.search(b)
	b.lines = int64(bytes.Count(b.data[b.body.start:b.body.end], []byte{'\n'}))
	w.show(b)
	if w.cfg.findings {
		b.locate()
	}
}

func (w *worker) search(b *batch) {
	w.record = span{}
	if m, ok := w.crossing(b, b.front, b.body.start); ok {
		start := lineEnd(b.data, m.End)
		b.line += int64(bytes.Count(b.data[b.body.start:start], []byte{'\n'}))
		b.body.start = start
	}
	if b.window {
		w.doWindow(b)
		return
	}
	if len(w.fields) > format.MaxFields { // keys that are data: forget them
		w.parser, w.fields = w.parse(), nil
	}
	w.cells = w.parser.Cells(w.cells[:0], b.data)
	if len(w.cells) == 1 && w.cells[0].Flags&format.Free != 0 {
		w.doFree(b)
		return
	}
	w.doCells(b)
}

// doText works on running text: found are the matches in body.
func (w *worker) doText(b *batch, found []detect.Match, body span) {
	w.drops = w.drops[:0]
	if w.cfg.pl.drops {
		for _, m := range found {
			w.mark(b, m.Kind, nil, m.Start)
		}
	}
	b.miss(w.misses(), w.cfg.values, func(i int) int { return i })
	at := body.start
	for _, m := range found {
		a := w.note(b, m, m.Start, m.End, nil)
		if w.cfg.hits {
			b.hit(m, a, m.Start, m.End, b.data[m.Start:m.End])
		}
		if w.cfg.learn && !a.keep {
			b.lessons.add(m, b.data[m.Start:m.End], w.cfg.users)
		}
		w.sight(m, m.Start, m.End, -1, b.data[m.Start:m.End])
		if !w.cfg.write || a.keep {
			continue
		}
		if at = w.copy(b, at, m.Start); at > m.Start {
			continue // its record is dropped
		}
		if a.opens {
			if v, ok := w.open(b, b.data[m.Start:m.End]); ok {
				b.out, at = append(b.out, v.AsWritten()...), m.End
			}
			continue // what does not open is copied as it is
		}
		if s, ok := a.do.(transform.SubjectTransform); ok && a.by != "" {
			s.SetSubject(nil) // running text has no fields
		}
		b.out = w.apply(b, b.out, a, m, transform.Value{Text: b.data[m.Start:m.End]})
		at = m.End
	}
	if w.cfg.write {
		w.copy(b, at, body.end)
	}
}

// mark notes the record that holds place at as dropped, if that is what becomes
// of kind k in field f. Records are marked before any of a block is written,
// since what drops one may stand at its end.
func (w *worker) mark(b *batch, k detect.Kind, f *field, at int) {
	name := ""
	if f != nil {
		name = f.name
	}
	if !w.actions.of(k, name).drop {
		return
	}
	d := b.body // of an overlong record, the window
	if !b.window {
		d.start, d.end = w.parser.Record(b.data, at)
	}
	if n := len(w.drops); n == 0 || w.drops[n-1].end < d.end {
		w.drops = append(w.drops, d)
		if w.cfg.hits {
			b.gone = append(b.gone, d)
		}
	}
}

// copy appends data[at:to] to the output, without the records that are dropped,
// and returns the place up to which the input is dealt with: to, or the end of a
// dropped record behind it.
func (w *worker) copy(b *batch, at, to int) int {
	for len(w.drops) > 0 && w.drops[0].start <= to && w.drops[0].start < len(b.data) {
		d := w.drops[0]
		w.drops = w.drops[1:]
		if at < d.start {
			b.out = append(b.out, b.data[at:d.start]...)
		}
		at = max(at, d.end)
		b.dropped++
	}
	if at < to {
		b.out = append(b.out, b.data[at:to]...)
		at = to
	}
	return at
}

// apply appends what stands for v, the value of m. A transform that fails
// redacts. A value under escapes is decoded for the transform, so that all its
// spellings have one token, and what it gives is written under the same ones.
func (w *worker) apply(b *batch, dst []byte, a *action, m detect.Match, v transform.Value) []byte {
	if a.exact {
		m.Encoding = 0
	}
	stood := v.Text
	if m.Encoding != 0 {
		w.decoded = m.Encoding.AppendDecoded(w.decoded[:0], v.Text)
		v.Text = w.decoded
	}
	if m.Base64 && !a.exact { // what comes back to the byte goes whole
		if out, ok := w.within(b, m.Kind, slices.Clone(v.Text)); ok {
			return m.Encoding.AppendEncoded(dst, out)
		}
	}
	from := len(dst)
	out, err := w.transform(dst, a, m.Kind, v)
	if err != nil {
		b.failures++
		if a.stay {
			return append(dst, stood...)
		}
		return append(dst, a.label...)
	}
	if m.Encoding != 0 {
		if bytes.Equal(out[from:], a.label) {
			return out // as safe as it stands
		}
		w.decoded = append(w.decoded[:0], out[from:]...)
		out = m.Encoding.AppendEncoded(out[:from], w.decoded)
	}
	return out
}

// transform appends what the transform of a makes of v. Its canonical spelling,
// which costs more than most transforms, is found where it counts.
func (w *worker) transform(dst []byte, a *action, k detect.Kind, v transform.Value) ([]byte, error) {
	if a.byText {
		if out, err := a.do.Append(dst, v); err == nil {
			return out, nil
		}
	}
	w.canonical = w.cfg.pl.engine.AppendCanonical(w.canonical[:0], k, v.Text)
	v.Canonical = w.canonical
	return a.do.Append(dst, v)
}

// open opens a reversible token; one that does not open is counted as a failure.
func (w *worker) open(b *batch, token []byte) (transform.Value, bool) {
	v, err := transform.Reveal(token, w.cfg.pl.keys)
	if err != nil {
		b.failures++
	}
	return v, err == nil
}

// note counts match m, found where data[start:end] stands in the batch, and
// returns what is to be done about it.
func (w *worker) note(b *batch, m detect.Match, start, end int, f *field) *action {
	b.counts[m.Kind]++
	name, show := "", ""
	if f != nil {
		name = f.name
		if w.cfg.byField || w.cfg.findings {
			show = w.shown(f)
		}
	}
	if w.cfg.byField {
		b.fields = append(b.fields, fieldCount{show, m.Kind})
	}
	if w.cfg.findings {
		b.findings = append(b.findings, Finding{
			Offset: int64(start), length: end - start,
			Kind: w.cfg.pl.name(m.Kind), Score: m.Score, Field: show, Detector: w.cfg.pl.detector(m),
		})
		if w.cfg.explain {
			x := &b.findings[len(b.findings)-1]
			x.Validation, x.Evidence = m.Validation(), m.Evidence()
		}
		if w.cfg.values {
			b.findings[len(b.findings)-1].Value = string(b.data[start:end])
		}
	}
	if w.cfg.pl.rotates {
		w.turn(b, start)
	}
	if m.Timeout && !w.cfg.write {
		b.failures++
	}
	return w.actionFor(m, name)
}

// actionFor returns what is to be done about m in a field.
func (w *worker) actionFor(m detect.Match, field string) *action {
	a := w.actions.of(m.Kind, field)
	if m.Timeout || m.Base64 && !a.exact { // what is in it is not known, or not all
		return &action{do: failing{}, label: a.label}
	}
	return a
}

// within returns text in base64, in which a value of kind k stands, with what is
// in it replaced. It is not ok where no value of that kind is found without what
// stands around: the text goes whole then.
func (w *worker) within(b *batch, k detect.Kind, text []byte) (out []byte, ok bool) {
	plain, ok := detect.DecodeBase64(nil, text)
	if !ok {
		return nil, false
	}
	if w.inner == nil {
		w.inner = w.cfg.pl.engine.NewScanner()
	}
	found := slices.Clone(w.inner.Scan(plain)) // text in base64 may have more in it
	ok = w.actions.of(k, "").keep
	at := 0
	for _, m := range found {
		ok = ok || m.Kind == k
		a := w.actionFor(m, "")
		if a.keep {
			continue
		}
		if a.drop {
			return nil, false
		}
		out = append(out, plain[at:m.Start]...)
		out = w.apply(b, out, a, m, transform.Value{Text: plain[m.Start:m.End]})
		at = m.End
	}
	if at == 0 {
		return slices.Clone(text), ok
	}
	return detect.EncodeBase64(nil, append(out, plain[at:]...), text), ok
}
