package transform

import "time"

var months = [...]string{"january", "february", "march", "april", "may", "june", "july",
	"august", "september", "october", "november", "december"}

var weekdays = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// nameOf finds a name written whole or with its first three letters.
func nameOf(b []byte, names []string) (int, bool) {
	if len(b) < 3 || len(b) > 9 {
		return 0, false
	}
	var lower [9]byte
	for i, c := range b {
		lower[i] = c | 0x20
	}
	for i, name := range names {
		if len(b) == 3 && string(lower[:3]) == name[:3] || string(lower[:len(b)]) == name {
			return i, true
		}
	}
	return 0, false
}

// truncate writes the date of b with everything finer than unit at its least
// value, in the form of b: 2024-05-17T13:14:15Z to the month is
// 2024-05-01T00:00:00Z.
func (d *date) truncate(dst, b []byte, unit dateUnit) ([]byte, bool) {
	m, dd := d.mon, d.day
	if unit <= month {
		dd = 1
	}
	if unit == year {
		m = 1
	}
	return d.write(dst, b, d.year, m, dd, unit), true
}

// write writes another day in the form of b. Of the time of day it keeps what
// is as coarse as unit; with unit second it keeps all.
func (d *date) write(dst, b []byte, y, m, dd int, unit dateUnit) []byte {
	pad := d.padding(b)
	last := 0
	for _, f := range d.field[:d.n] {
		dst = append(dst, b[last:f.start]...)
		was := b[f.start:f.end]
		last = f.end
		switch {
		case f.what == year:
			dst = appendPadded(dst, y, 4)
		case f.what == month && f.word:
			dst = appendName(dst, months[m-1], was)
		case f.what == month:
			dst = appendPadded(dst, m, pad)
		case f.what == day:
			dst = appendPadded(dst, dd, pad)
		case f.what == weekday:
			w := time.Date(y, time.Month(m), dd, 0, 0, 0, 0, time.UTC).Weekday()
			dst = appendName(dst, weekdays[w], was)
		case f.what <= unit || f.what == ampm && unit >= hour || unit == second:
			dst = append(dst, was...)
		case f.what == hour && d.twelve:
			dst = append(dst, "12"...)
		case f.what == ampm:
			dst = append(dst, 'A'|was[0]&0x20, was[1])
		default:
			for range was {
				dst = append(dst, '0')
			}
		}
	}
	return append(dst, b[last:]...)
}

// padding gives the digits that a day or month has at least. Two digits
// without a zero in front tell nothing; a single digit anywhere says that there
// is no padding (17.5.1984 becomes 1.5.1984), and so does a month in letters
// before the day, as in May 17, 1984.
func (d *date) padding(b []byte) int {
	for i, f := range d.field[:d.n] {
		switch f.what {
		case month, day:
			if f.end-f.start == 1 || f.word && d.field[i+1].what == day && b[d.field[i+1].start] != '0' {
				return 1
			}
		}
	}
	return 2
}

func appendPadded(dst []byte, n, width int) []byte {
	for at, scale := 4, 1000; at > 0; at, scale = at-1, scale/10 {
		if n >= scale || at <= width {
			dst = append(dst, byte('0'+n/scale%10))
		}
	}
	return dst
}

// appendName writes a name as long and in the case of the one before.
func appendName(dst []byte, name string, was []byte) []byte {
	if len(was) == 3 {
		// May is whole and short at once; short is the more common.
		name = name[:3]
	}
	for i := range len(name) {
		c := name[i]
		if i < len(was) && was[i] < 'a' || i >= len(was) && was[len(was)-1] < 'a' {
			c &^= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}
