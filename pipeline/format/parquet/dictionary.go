package parquet

import "hash/maphash"

// maxOut is the longest value that is told from others by its number.
const maxOut = 4 * maxKnownLength

// A Dictionary is what became of a dictionary.
type Dictionary struct {
	// Changed says that values were: if none was, nothing was put.
	Changed bool
	// Places has the place of each value in the new dictionary, -1 of a null. It is
	// nil where all of them are where they were.
	Places []int32
	// Entries is the number of values that are to be in it; Nulled says that some became
	// null.
	Entries int
	Nulled  bool
	// Classes has the class of each value, nil if all of them are in Class.
	Classes []int32
	Class   int32
}

// A building is a dictionary in the making.
type building struct {
	became []became // of each value
	out    *interner
	seen   interner // a look at out, of what it had
	// marks has for each number in out the dictionary that has it last, of those that
	// were built, and the place in it.
	marks []mark
	built uint32
	seeds [2]maphash.Seed
	long  map[[2]uint64]int32 // places of longer values than maxOut, by their hashes

	places []int32 // of values in their vocabularies
}

type mark struct {
	dictionary uint32
	place      int32
}

// Dictionary edits the values of a dictionary, and if one changes calls put for what
// is to be in the new one, in its order, each value once: readers that build dictionaries of
// their own (pyarrow) want entries that differ. A value keeps its place unless one
// before it came out the same or became null. variants has that of each value, or one
// for all of them.
func (e *Editor) Dictionary(values [][]byte, put func(plain []byte), variants ...int32) (d Dictionary, err error) {
	if err := e.learn(values, variants); err != nil {
		return d, err
	}
	e.built++
	clear(e.long)
	d.Places = make([]int32, len(values))
	moved := false
	for i, x := range e.became {
		var plain []byte
		switch x.out {
		case goneNull:
		case noNumber:
			if x, plain, err = e.single(values[i], variants[min(i, len(variants)-1)]); err != nil {
				return d, err
			}
		default:
			plain = e.seen.of(x.out)
		}
		d.class(i, x.class, len(values))
		if x.changed && !d.Changed {
			d.Changed = true
			d.PutKept(values[:i], put)
		}
		if x.out == goneNull {
			d.Places[i], d.Nulled, moved = -1, true, true
			continue
		}
		place, ok := e.place(x.out, plain, int32(d.Entries))
		d.Places[i] = place
		if ok {
			moved = true
			continue
		}
		if d.Changed {
			put(plain)
		}
		d.Entries++
	}
	if !moved {
		d.Places = nil
	}
	return d, nil
}

// PutKept calls put for values that were kept, each once: those of a dictionary that
// did not change, or the first ones of one that did.
func (d *Dictionary) PutKept(values [][]byte, put func(plain []byte)) {
	next := int32(0)
	for i, v := range values {
		if d.Places == nil || d.Places[i] == next {
			put(v)
			next++
		}
	}
}

// class notes the class of value i of n.
func (d *Dictionary) class(i int, class int32, n int) {
	switch {
	case i == 0:
		d.Class = class
	case d.Classes == nil && class != d.Class:
		d.Classes = make([]int32, n)
		for k := range i {
			d.Classes[k] = d.Class
		}
		d.Classes[i] = class
	case d.Classes != nil:
		d.Classes[i] = class
	}
}

// single edits a value that is not remembered.
func (e *Editor) single(value []byte, variant int32) (x became, plain []byte, err error) {
	edits, err := e.Edit([][]byte{value}, variant)
	if err != nil {
		return x, nil, err
	}
	x = became{goneNull, edits[0].Class, edits[0].Changed}
	if edits[0].Null {
		return x, nil, nil
	}
	x.out, plain = noNumber, edits[0].Plain
	if len(plain) <= maxOut {
		e.memory.mu.Lock()
		x.out, _ = e.out.number(plain)
		e.memory.mu.Unlock()
	}
	return x, plain, nil
}

// place returns the place in the dictionary that is built of a value, with its
// number in out if it is no longer than maxOut; it is next, and ok is false, if it
// has none yet.
func (e *Editor) place(out int32, plain []byte, next int32) (place int32, ok bool) {
	if len(plain) > maxOut {
		if e.long == nil {
			e.long, e.seeds = map[[2]uint64]int32{}, [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}
		}
		key := [2]uint64{maphash.Bytes(e.seeds[0], plain), maphash.Bytes(e.seeds[1], plain)}
		if place, ok = e.long[key]; !ok {
			place = next
			e.long[key] = next
		}
		return place, ok
	}
	if n := int(out) + 1; n > len(e.marks) {
		e.marks = append(e.marks, make([]mark, max(n, e.seen.len())-len(e.marks))...)
	}
	m := &e.marks[out]
	if m.dictionary == e.built {
		return m.place, true
	}
	*m = mark{e.built, next}
	return next, false
}
