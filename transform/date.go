package transform

// A date is how a date, with or without time of day, is written: its fields in
// the order in which they stand. Between them stands punctuation only, after
// them at most a zone, so that a rewritten date lets nothing else pass.
type date struct {
	field          [9]dateField
	n              int
	year, mon, day int
	hour           int
	// twelve says that the hour is one of twelve, with AM or PM.
	twelve bool
	// guessed says that day and month were told apart by a day over 12: what
	// is written in this form with another day may no longer be.
	guessed bool
}

type dateField struct {
	what       dateUnit
	start, end int
	// word says that a month or a day of the week is written in letters.
	word bool
}

type dateUnit int

const (
	year dateUnit = iota + 1
	month
	day
	weekday
	hour
	minute
	second
	fraction
	ampm
)

func unitNamed(s string) dateUnit {
	switch s {
	case "year":
		return year
	case "month":
		return month
	case "day":
		return day
	case "hour":
		return hour
	case "minute":
		return minute
	}
	return 0
}

// dateOrder says how 03/04/2024 is to be read.
type dateOrder int

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
)

func orderNamed(s string) dateOrder {
	switch s {
	case "dmy":
		return dayFirst
	case "mdy":
		return monthFirst
	}
	return orderUnknown
}

// parseDate reads, of the Gregorian calendar:
//
//	2024-05-17  2024/05/17  2024.5.17  20240517          (ISO 8601 and its like)
//	17.05.2024  17-05-2024  05/17/2024  17/05/2024       (see dateOrder)
//	17 May 2024  17-May-2024  17/May/2024             (RFC 5322, CLF)
//	May 17, 2024  May 17 2024  Friday, 17 May 2024       (with or without day of the week)
//
// each alone or followed by a time of day and a zone:
//
//	T13:14:15.123Z   13:14   :13:14:15 +0200   1:14 PM   13:14:15 GMT
//
// Two-digit years are not read: their century is a guess.
func parseDate(b []byte, order dateOrder) (d date, ok bool) {
	if len(b) < 8 || len(b) > 64 {
		return d, false
	}
	at := d.parseWeekday(b)
	switch {
	case at < len(b) && isLetter(b[at]):
		at, ok = d.parseMonthFirst(b, at)
	default:
		at, ok = d.parseNumeric(b, at, order)
	}
	if !ok || !d.valid() {
		return d, false
	}
	return d, d.parseTime(b, at)
}

func (d *date) add(what dateUnit, start, end int, word bool) {
	d.field[d.n] = dateField{what, start, end, word}
	d.n++
}

// parseWeekday reads "Fri, " or "Friday ", and gives where the date begins.
func (d *date) parseWeekday(b []byte) int {
	end := letters(b, 0)
	if _, ok := nameOf(b[:end], weekdays[:]); !ok {
		return 0
	}
	at := end
	if at < len(b) && b[at] == ',' {
		at++
	}
	if at < len(b) && b[at] == ' ' {
		at++
	}
	if at == end {
		return 0
	}
	d.add(weekday, 0, end, true)
	return at
}

// parseMonthFirst reads "May 17, 2024".
func (d *date) parseMonthFirst(b []byte, at int) (int, bool) {
	end := letters(b, at)
	m, ok := nameOf(b[at:end], months[:])
	if !ok || end >= len(b) || b[end] != ' ' {
		return 0, false
	}
	d.mon = m + 1
	d.add(month, at, end, true)
	at = end + 1
	n, end := digits(b, at, 2)
	if end == at {
		return 0, false
	}
	d.day = n
	d.add(day, at, end, false)
	at = end
	if at < len(b) && b[at] == ',' {
		at++
	}
	if at >= len(b) || b[at] != ' ' {
		return 0, false
	}
	at++
	n, end = digits(b, at, 4)
	d.year = n
	d.add(year, at, end, false)
	return end, end == at+4
}

// parseNumeric reads the forms that begin with a number.
func (d *date) parseNumeric(b []byte, at int, order dateOrder) (int, bool) {
	first, end := digits(b, at, 8)
	switch end - at {
	case 8:
		d.year, d.mon, d.day = first/10000, first/100%100, first%100
		d.add(year, at, at+4, false)
		d.add(month, at+4, at+6, false)
		d.add(day, at+6, at+8, false)
		// Any eight digits may be a number; only those of our time are
		// taken for a date.
		return end, d.year >= 1800 && d.year < 2200
	case 4:
		return d.parseYearFirst(b, at, end, first)
	case 1, 2:
	default:
		return 0, false
	}
	if end >= len(b) || !isDateSeparator(b[end]) {
		return 0, false
	}
	sep := b[end]
	next := end + 1
	if next < len(b) && isLetter(b[next]) {
		last := letters(b, next)
		m, ok := nameOf(b[next:last], months[:])
		if !ok {
			return 0, false
		}
		d.day, d.mon = first, m+1
		d.add(day, at, end, false)
		d.add(month, next, last, true)
		return d.parseYearLast(b, last, sep)
	}
	second, last := digits(b, next, 2)
	if last == next || sep == ' ' {
		return 0, false
	}
	dayIsFirst := sep == '.' || sep == '-'
	if sep == '/' {
		switch {
		case order != orderUnknown:
			dayIsFirst = order == dayFirst
		case first > 12:
			dayIsFirst, d.guessed = true, true
		case second > 12:
			d.guessed = true
		default:
			return 0, false
		}
	}
	if dayIsFirst {
		d.day, d.mon = first, second
		d.add(day, at, end, false)
		d.add(month, next, last, false)
	} else {
		d.mon, d.day = first, second
		d.add(month, at, end, false)
		d.add(day, next, last, false)
	}
	return d.parseYearLast(b, last, sep)
}

func (d *date) parseYearFirst(b []byte, at, end, first int) (int, bool) {
	if end >= len(b) || !isDateSeparator(b[end]) || b[end] == ' ' {
		return 0, false
	}
	sep := b[end]
	d.year = first
	d.add(year, at, end, false)
	m, last := digits(b, end+1, 2)
	d.mon = m
	d.add(month, end+1, last, false)
	if last == end+1 || last >= len(b) || b[last] != sep {
		return 0, false
	}
	n, stop := digits(b, last+1, 2)
	d.day = n
	d.add(day, last+1, stop, false)
	return stop, stop > last+1
}

func (d *date) parseYearLast(b []byte, at int, sep byte) (int, bool) {
	if at >= len(b) || b[at] != sep {
		return 0, false
	}
	n, end := digits(b, at+1, 4)
	d.year = n
	d.add(year, at+1, end, false)
	return end, end == at+5
}

func (d *date) valid() bool {
	return d.year >= 1 && d.mon >= 1 && d.mon <= 12 && d.day >= 1 && d.day <= daysIn(d.year, d.mon)
}

// parseTime reads what may follow the date up to the end of b.
func (d *date) parseTime(b []byte, at int) bool {
	if at == len(b) {
		return true
	}
	switch b[at] {
	case 'T', 't', ' ', ':', '_':
		at++
	default:
		return false
	}
	n, end := digits(b, at, 2)
	if end == at || n > 24 {
		return false
	}
	d.hour = n
	d.add(hour, at, end, false)
	for _, what := range [...]dateUnit{minute, second} {
		if end >= len(b) || b[end] != ':' {
			if what == minute {
				return false
			}
			break
		}
		at = end + 1
		n, end = digits(b, at, 2)
		if end != at+2 || n > 60 {
			return false
		}
		d.add(what, at, end, false)
		if what == second && end < len(b) && (b[end] == '.' || b[end] == ',') {
			at = end + 1
			_, end = digits(b, at, 9)
			if end == at {
				return false
			}
			d.add(fraction, at, end, false)
		}
	}
	return d.parseZone(b, end)
}

func (d *date) parseZone(b []byte, at int) bool {
	if at == len(b) {
		return true
	}
	if b[at] == ' ' {
		at++
	}
	if at+2 <= len(b) && (b[at]|0x20 == 'a' || b[at]|0x20 == 'p') && b[at+1]|0x20 == 'm' {
		if d.hour < 1 || d.hour > 12 || d.n == len(d.field) {
			return false
		}
		d.add(ampm, at, at+2, false)
		d.twelve = true
		return at+2 == len(b)
	}
	rest := b[at:]
	switch {
	case len(rest) == 1 && rest[0]|0x20 == 'z':
		return true
	case len(rest) > 0 && (rest[0] == '+' || rest[0] == '-'):
		_, end := digits(rest, 1, 4)
		if end == 5 && len(rest) == 5 || end == 3 && len(rest) == 3 {
			return true
		}
		_, last := digits(rest, 4, 2)
		return end == 3 && len(rest) == 6 && rest[3] == ':' && last == 6
	}
	// UTC, GMT, CEST
	if len(rest) < 3 || len(rest) > 4 {
		return false
	}
	for _, c := range rest {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

func isDateSeparator(c byte) bool { return c == '-' || c == '/' || c == '.' || c == ' ' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func letters(b []byte, at int) (end int) {
	for end = at; end < len(b) && isLetter(b[end]); end++ {
	}
	return end
}

// digits reads a whole number of at most limit digits.
func digits(b []byte, at, limit int) (n, end int) {
	for end = at; end < len(b) && end-at < limit && isDigit(b[end]); end++ {
		n = n*10 + int(b[end]-'0')
	}
	return n, end
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
