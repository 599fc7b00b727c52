package pipeline

import "github.com/scrim-dev/scrim/detect"

// Rows are some rows of columnar data, column by column: nothing of them is put
// together, so that a Watch can do for a value of a dictionary once what need not
// be done for each row that has it.
type Rows struct {
	// First is the number of the first row, from 0; Len, how many there are.
	First int64
	Len   int
	// Continued says that this is the row that was shown last, alone, of whose lists
	// more comes.
	Continued bool
	// Columns are those in which something may be found, and those whose values the
	// Watch wants: the same in all Rows of an input.
	Columns []Slots
	// Apply appends what the policy puts in the place of a sighting.
	Apply func(dst []byte, s *Sighting) []byte
}

// Slots are what a column has in Rows. A column that is no list has one for each
// row, unless these are Continued.
type Slots struct {
	*Values
	// Index has for each slot the number of its value, -1 where there is none.
	Index []int32

	rows  []int64 // by slot, in the row group; nil where it is the number of the slot
	first int64   // row
}

// Row returns the row of a slot, from 0.
func (s *Slots) Row(slot int) int {
	if s.rows == nil {
		return slot
	}
	return int(s.rows[slot] - s.first)
}

// Values are values of a column, and what was found in them: those that its
// dictionaries have, or values that each have one slot.
type Values struct {
	// Name is that of the column as policies see it, Show as reports do.
	Name, Show string
	// Number tells the Values that a Watch is shown apart. Those of one number only
	// become more, behind those that were there.
	Number int64
	// Times says how many slots each value has. It is nil where each has one.
	Times []int64

	field   int32
	entries *entries // nil if nothing is searched: then they are texts
	texts   [][]byte
}

// Len returns the number of values.
func (v *Values) Len() int {
	if v.entries == nil {
		return len(v.texts)
	}
	return len(v.entries.spans)
}

// Text returns value i.
func (v *Values) Text(i int) []byte {
	if v.entries == nil {
		return v.texts[i]
	}
	sp := v.entries.spans[i]
	return v.entries.text[sp.Start:sp.End]
}

// Kinds appends the kinds that were found in value i, one for each match.
func (v *Values) Kinds(dst []detect.Kind, i int) []detect.Kind {
	if v.entries != nil {
		for _, m := range v.entries.of(i) {
			dst = append(dst, m.Kind)
		}
	}
	return dst
}

// Sightings appends the matches in value i. Their bounds are those in the value.
func (v *Values) Sightings(dst []Sighting, i int) []Sighting {
	if v.entries == nil {
		return dst
	}
	from := v.entries.spans[i].Start
	for _, m := range v.entries.of(i) {
		dst = append(dst, Sighting{
			Kind: m.Kind, Score: m.Score, Start: m.Start - from, End: m.End - from, Cell: -1, Field: v.Show,
			Value: v.entries.text[m.Start:m.End], match: m, field: v.field,
		})
	}
	return dst
}

// count adds up the kinds in all slots.
func (v *Values) count(kinds *[detect.MaxKinds]uint64) {
	if v.Times == nil {
		for _, m := range v.entries.found {
			kinds[m.Kind]++
		}
		return
	}
	for i, n := range v.Times {
		for _, m := range v.entries.of(i) {
			kinds[m.Kind] += uint64(n)
		}
	}
}
