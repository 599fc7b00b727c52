package job

import "encoding/binary"

// spans is a list of stretches of a text, in order and not overlapping, in about
// three bytes each.
type spans struct {
	packed []byte
	last   int64 // end of the one added last
	at     int   // of the cursor
	end    int64 // of the one before the cursor
}

// add appends a stretch, which is not empty.
func (s *spans) add(start, end int64) {
	if start = max(start, s.last); end <= start {
		return
	}
	s.packed = binary.AppendUvarint(s.packed, uint64(start-s.last))
	s.packed = binary.AppendUvarint(s.packed, uint64(end-start))
	s.last = end
}

// next moves the cursor over the next stretch.
func (s *spans) next() (start, end int64, ok bool) {
	if s.at == len(s.packed) {
		return 0, 0, false
	}
	gap, n := binary.Uvarint(s.packed[s.at:])
	s.at += n
	length, n := binary.Uvarint(s.packed[s.at:])
	s.at += n
	start = s.end + int64(gap)
	s.end = start + int64(length)
	return start, s.end, true
}
