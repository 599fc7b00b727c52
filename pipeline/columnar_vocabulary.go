package pipeline

import (
	"bytes"

	"github.com/scrim-dev/scrim/detect"
)

// maxHeld bounds what the vocabularies of a worker hold in bytes, apart from the
// dictionaries at hand; heldEach is about what a value costs besides its text.
const maxHeld, heldEach = 64 << 20, 128

// A vocabulary is the values of the dictionaries of a column, each searched once.
// Row groups mostly have the same ones, in another order.
type vocabulary struct {
	Values
	numbers map[string]int32 // nil before there is a second dictionary
	// places are the numbers of the values of the dictionary at hand, nil where those
	// are theirs.
	places  []int32
	strange bool // most of the dictionary at hand was new
	held    int
	fresh   [][]byte
}

// learn takes a dictionary. If there is no room, or no use, in holding what was
// there, that goes.
func (v *vocabulary) learn(w *watching, c *column, texts [][]byte, kinds *[detect.MaxKinds]uint64) {
	if !c.search {
		w.number++
		v.Number, v.texts = w.number, texts
		return
	}
	if v.strange || w.held > maxHeld || v.Number > 0 && v.numbers == nil && !v.knows(texts) {
		v.close(w, kinds)
	}
	v.places, v.strange = v.places[:0], false
	if v.Number == 0 {
		w.number++
		v.Number = w.number
		if len(texts) == 1 { // which would not be copied
			texts = [][]byte{bytes.Clone(texts[0])}
		}
		v.entries.search(w.worker, c.field.says, texts)
	} else {
		v.number(texts)
		v.entries.add(w.worker, c.field.says, v.fresh)
		v.strange = 2*len(v.fresh) > len(texts)
	}
	v.Times = append(v.Times, make([]int64, v.Len()-len(v.Times))...)
	w.held -= v.held
	v.held = len(v.entries.text) + heldEach*v.Len()
	w.held += v.held
}

// knows says whether most of a dictionary's values are there, by some of them: it
// costs much less than to number all where they are not.
func (v *vocabulary) knows(texts [][]byte) bool {
	some := map[string]bool{}
	for i := 0; i < len(texts); i += len(texts)/64 + 1 {
		some[string(texts[i])] = true
	}
	n := len(some)
	for i := 0; i < v.Len() && len(some) > 0; i++ {
		delete(some, string(v.Text(i)))
	}
	return 2*len(some) <= n
}

// number numbers the values of a dictionary; those that are fresh are to follow.
func (v *vocabulary) number(texts [][]byte) {
	if v.numbers == nil {
		v.numbers = make(map[string]int32, v.Len())
		for i := range v.Len() {
			v.numbers[string(v.Text(i))] = int32(i)
		}
	}
	v.fresh = v.fresh[:0]
	for _, text := range texts {
		n, ok := v.numbers[string(text)]
		if !ok {
			n = int32(v.Len() + len(v.fresh))
			v.numbers[string(text)] = n
			v.fresh = append(v.fresh, text)
		}
		v.places = append(v.places, n)
	}
}

// count counts the values in slots, whose places in the dictionary at hand give way
// to their numbers.
func (v *vocabulary) count(index []int32) {
	if v.entries == nil {
		return
	}
	for i, k := range index {
		if k < 0 {
			continue
		}
		if len(v.places) > 0 {
			k = v.places[k]
			index[i] = k
		}
		v.Times[k]++
	}
}

// close tells of all values, and forgets them.
func (v *vocabulary) close(w *watching, kinds *[detect.MaxKinds]uint64) {
	if v.Number == 0 || v.entries == nil {
		return
	}
	w.tell(&v.Values, kinds)
	w.held -= v.held
	v.Number, v.Times, v.numbers, v.held = 0, v.Times[:0], nil, 0
}
