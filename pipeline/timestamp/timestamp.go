// Package timestamp reads the times that records of logs and tables carry.
package timestamp

import (
	"bytes"
	"strings"
	"time"
)

// timeFields are the names, in lower case and without the path before them, of
// fields that say when a record was made.
var timeFields = map[string]bool{
	"ts": true, "time": true, "timestamp": true, "@timestamp": true, "_time": true, "datetime": true, "date": true,
	"date_time": true, "event_time": true, "eventtime": true, "time_local": true, "created": true, "created_at": true,
	"createdat": true, "logged_at": true, "start_time": true, "starttime": true, "time_iso8601": true,
}

// IsField says whether a field of that name holds the time of its record.
func IsField(name string) bool {
	name = name[strings.LastIndexByte(name, '.')+1:]
	if len(name) > 12 {
		return false
	}
	if timeFields[name] {
		return true
	}
	return timeFields[strings.ToLower(name)]
}

// OfLine returns the time at which a line says that it was written: at its
// start, or in the brackets of a common log format.
func OfLine(line []byte, now time.Time) (time.Time, bool) {
	if t, ok := Read(line, now); ok {
		return t, true
	}
	line = line[:min(len(line), 256)]
	if i := bytes.IndexByte(line, '['); i >= 0 {
		if t, ok := dayFirst(line[i+1:]); ok {
			return t, true
		}
	}
	for i := range 3 { // "date=... time=", "time=", "ts="
		key := [...]string{"time=", "ts=", "timestamp="}[i]
		if at := bytes.Index(line, []byte(key)); at >= 0 {
			if t, ok := Read(line[at+len(key):], now); ok {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// Read reads the time with which b begins: ISO 8601 and RFC 3339 (also with a
// space or slashes), RFC 3164 and ANSI C (their year is the latest that is not
// after now), the common log format, RFC 5322, and seconds since 1970 or
// thousandths, millionths or billionths of them.
// Behind a syslog priority, a version and brackets it is found too. A time
// without a zone is taken as UTC.
func Read(b []byte, now time.Time) (time.Time, bool) {
	b = b[:min(len(b), 64)]
	if len(b) > 0 && b[0] == '<' {
		if i := bytes.IndexByte(b[:min(len(b), 6)], '>'); i > 0 {
			b = bytes.TrimPrefix(b[i+1:], []byte("1 "))
		}
	}
	for len(b) > 0 && (b[0] == '[' || b[0] == '"' || b[0] == '\'' || b[0] == ' ' || b[0] == '(') {
		b = b[1:]
	}
	if len(b) < 10 {
		return time.Time{}, false
	}
	if isDigit(b[0]) {
		if t, ok := dated(b); ok {
			return t, true
		}
		return epoch(b)
	}
	return named(b, now)
}

// maxFind is how far into a record Find looks, in bytes.
const maxFind = 512

// Find returns the first date in b that has its year, with the time behind it, in
// any of the forms of Read; or at the start of b seconds since 1970.
func Find(b []byte) (time.Time, bool) {
	b = b[:min(len(b), maxFind)]
	if t, ok := epoch(b); ok {
		return t, true
	}
	for i := range b {
		if !isDigit(b[i]) || i > 0 && isDigit(b[i-1]) {
			continue
		}
		if t, ok := dated(b[i:min(i+64, len(b))]); ok {
			return t, true
		}
	}
	return time.Time{}, false
}

func isDigit(c byte) bool { return c-'0' <= 9 }

// dated reads a date with its year, and the time behind it.
func dated(b []byte) (time.Time, bool) {
	if t, ok := iso(b); ok {
		return t, true
	}
	return dayFirst(b)
}

// digits reads n digits of b at i; -1 if they are not all digits.
func digits(b []byte, i, n int) int {
	if i < 0 || i+n > len(b) {
		return -1
	}
	v := 0
	for _, c := range b[i : i+n] {
		if !isDigit(c) {
			return -1
		}
		v = v*10 + int(c-'0')
	}
	return v
}

func date(y, m, d, clock int, zone int) (time.Time, bool) {
	if y < 1970 || y > 9998 || m < 1 || m > 12 || d < 1 || time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Day() != d {
		return time.Time{}, false
	}
	return time.Date(y, time.Month(m), d, 0, 0, clock-zone, 0, time.UTC), true
}

// clock reads hh:mm:ss, or hh:mm, at i: seconds of the day and how long it is.
func clock(b []byte, i int) (seconds, n int) {
	h, m := digits(b, i, 2), digits(b, i+3, 2)
	if h < 0 || m < 0 || h > 23 || m > 59 || b[i+2] != ':' {
		return -1, 0
	}
	if s := digits(b, i+6, 2); s >= 0 && s <= 60 && b[i+5] == ':' {
		return h*3600 + m*60 + s, 8
	}
	return h*3600 + m*60, 5
}

// zone reads Z, +hh:mm or +hhmm at i, in seconds; 0 if there is none.
func zone(b []byte, i int) int {
	if i >= len(b) || b[i] != '+' && b[i] != '-' {
		return 0
	}
	h, m := digits(b, i+1, 2), digits(b, i+3, 2)
	if m < 0 {
		m = digits(b, i+4, 2)
	}
	if h < 0 || h > 14 || m > 59 {
		return 0
	}
	z := h*3600 + max(m, 0)*60
	if b[i] == '-' {
		return -z
	}
	return z
}

// clockAndZone reads the time behind a date that ends at i, and its zone, in
// seconds; zeros if there is none.
func clockAndZone(b []byte, i int) (seconds, east int) {
	if i >= len(b) || strings.IndexByte("Tt :_-", b[i]) < 0 {
		return 0, 0
	}
	s, n := clock(b, i+1)
	if s < 0 {
		return 0, 0
	}
	i += 1 + n
	if i < len(b) && (b[i] == '.' || b[i] == ',') {
		for i++; i < len(b) && isDigit(b[i]); i++ {
		}
	}
	if i+1 < len(b) && b[i] == ' ' && (b[i+1] == '+' || b[i+1] == '-') && digits(b, i+2, 4) >= 0 {
		i++
	}
	return s, zone(b, i)
}

// iso reads 2000-10-10T13:55:36-07:00 and its relatives.
func iso(b []byte) (time.Time, bool) {
	y, m, d := digits(b, 0, 4), digits(b, 5, 2), digits(b, 8, 2)
	if y < 0 || m < 0 || d < 0 || b[4] != b[7] || b[4] != '-' && b[4] != '/' && b[4] != '.' || len(b) > 10 && isDigit(b[10]) {
		return time.Time{}, false
	}
	s, east := clockAndZone(b, 10)
	return date(y, m, d, s, east)
}

// dayFirst reads 10/Oct/2000:13:55:36 -0700 and 10 Oct 2000 13:55:36 -0700.
func dayFirst(b []byte) (time.Time, bool) {
	n := 2
	if digits(b, 0, 2) < 0 {
		n = 1
	}
	if len(b) < n+9 || b[n] != '/' && b[n] != ' ' && b[n] != '-' || b[n+4] != b[n] || len(b) > n+9 && isDigit(b[n+9]) {
		return time.Time{}, false
	}
	s, east := clockAndZone(b, n+9)
	return date(digits(b, n+5, 4), month(b[n+1:n+4]), digits(b, 0, n), s, east)
}

// epoch reads ten digits of seconds since 1970, or thirteen, sixteen or nineteen
// of parts of them: from 2001 to 2100.
func epoch(b []byte) (time.Time, bool) {
	n := 0
	for n < len(b) && isDigit(b[n]) {
		n++
	}
	if n != 10 && n != 13 && n != 16 && n != 19 || n < len(b) && isLetter(b[n]) {
		return time.Time{}, false
	}
	t := digits(b, 0, 10)
	if t < 1e9 || t > 4102444800 {
		return time.Time{}, false
	}
	return time.Unix(int64(t), 0).UTC(), true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c == '-' || c == ':' }

const months = "janfebmaraprmayjunjulaugsepoctnovdec"

// month reads a month's first three letters; 0 if they are none.
func month(b []byte) int {
	var m [3]byte
	for i := range m {
		m[i] = b[i] | 0x20
	}
	if i := strings.Index(months, string(m[:])); i >= 0 && i%3 == 0 {
		return i/3 + 1
	}
	return 0
}

// named reads "Mar 14 09:26:53" and "Sat Mar 14 09:26:53.123 2026".
func named(b []byte, now time.Time) (time.Time, bool) {
	m := month(b)
	if m == 0 && len(b) > 14 && b[3] == ' ' {
		b = b[4:]
		m = month(b)
	}
	if m == 0 || len(b) < 15 || b[3] != ' ' {
		return time.Time{}, false
	}
	d := digits(b, 4, 2)
	if b[4] == ' ' {
		d = digits(b, 5, 1)
	}
	s, n := clock(b, 7)
	if d < 0 || n != 8 {
		return time.Time{}, false
	}
	i := 15
	if i < len(b) && b[i] == '.' {
		for i++; i < len(b) && isDigit(b[i]); i++ {
		}
	}
	if i < len(b) && b[i] == ' ' {
		if y := digits(b, i+1, 4); y >= 1970 && (i+5 == len(b) || b[i+5] == ']' || b[i+5] == ' ') {
			return date(y, m, d, s, 0)
		}
	}
	t, ok := date(now.Year(), m, d, s, 0)
	// A day's grace for clocks and zones.
	if ok && t.After(now.Add(24*time.Hour)) {
		return date(now.Year()-1, m, d, s, 0)
	}
	return t, ok
}
