package pipeline

import (
	"strings"
	"time"
)

// maxTimeSearch is how far into a record a time is looked for, in bytes.
const maxTimeSearch = 512

// findTime returns the first date and time in b: RFC 3339 and its relatives with
// a slash or a space (2026-03-14T09:26:53.5+01:00), that of access logs
// (14/Mar/2026:09:26:53 +0100), that of RFC 5322 (14 Mar 2026 09:26:53 +0100), or
// at the start seconds, or thousandths or less of them, since 1970. A time
// without zone is in UTC; a date without time is its first moment.
func findTime(b []byte) (time.Time, bool) {
	b = b[:min(len(b), maxTimeSearch)]
	if t, ok := epoch(b); ok {
		return t, true
	}
	for i := 0; i < len(b); i++ {
		if !digit(b[i]) || i > 0 && digit(b[i-1]) {
			continue
		}
		if t, ok := timeAt(b[i:]); ok {
			return t, true
		}
	}
	return time.Time{}, false
}

func digit(c byte) bool { return c-'0' <= 9 }

// number reads n digits at b[i:].
func number(b []byte, i, n int) (int, bool) {
	if i+n > len(b) {
		return 0, false
	}
	v := 0
	for _, c := range b[i : i+n] {
		if !digit(c) {
			return 0, false
		}
		v = 10*v + int(c-'0')
	}
	return v, i+n == len(b) || !digit(b[i+n])
}

// epoch reads seconds since 1970, with a fraction or in thousandths, millionths
// or billionths, of the years 2001 to 2286.
func epoch(b []byte) (time.Time, bool) {
	n := 0
	for n < len(b) && digit(b[n]) {
		n++
	}
	if n != 10 && n != 13 && n != 16 && n != 19 || b[0] == '0' {
		return time.Time{}, false
	}
	seconds := int64(0)
	for _, c := range b[:10] {
		seconds = 10*seconds + int64(c-'0')
	}
	return time.Unix(seconds, 0), true
}

// timeAt reads the time that b begins with.
func timeAt(b []byte) (time.Time, bool) {
	var year, mon, day, at int
	var ok1, ok2, ok3 bool
	year, ok1 = number(b, 0, 4)
	switch {
	case ok1 && len(b) >= 10 && (b[4] == '-' || b[4] == '/') && b[7] == b[4]:
		mon, ok2 = number(b, 5, 2)
		day, ok3 = number(b, 8, 2)
		at = 10
	default:
		n := 2
		if day, ok1 = number(b, 0, 2); !ok1 {
			day, ok1 = number(b, 0, 1)
			n = 1
		}
		if !ok1 || n+9 > len(b) || b[n] != '/' && b[n] != ' ' && b[n] != '-' || b[n+4] != b[n] {
			return time.Time{}, false
		}
		mon = monthNamed(string(b[n+1 : n+4]))
		ok2 = mon > 0
		year, ok3 = number(b, n+5, 4)
		at = n + 9
	}
	if !ok1 || !ok2 || !ok3 || year < 1970 || year > 9998 || mon < 1 || mon > 12 || day < 1 || day > 31 {
		return time.Time{}, false
	}
	d := time.Date(year, time.Month(mon), day, 0, 0, 0, 0, time.UTC)
	if d.Day() != day {
		return time.Time{}, false
	}
	return d.Add(clock(b[at:])), true
}

func monthNamed(s string) int {
	i := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(s))
	if i < 0 || i%3 != 0 {
		return 0
	}
	return i/3 + 1
}

// clock reads the time of day behind a date, less the distance of its zone from
// UTC; 0 where there is none.
func clock(b []byte) time.Duration {
	if len(b) < 6 || b[0] != 'T' && b[0] != 't' && b[0] != ' ' && b[0] != ':' && b[0] != '_' {
		return 0
	}
	hour, ok1 := number(b, 1, 2)
	minute, ok2 := number(b, 4, 2)
	if !ok1 || !ok2 || b[3] != ':' || hour > 23 || minute > 59 {
		return 0
	}
	d := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
	i := 6
	for i < len(b) && (digit(b[i]) || b[i] == ':' || b[i] == '.' || b[i] == ',') {
		i++ // seconds do not change the day, but for the zone they end the time
	}
	if i < len(b) && b[i] == ' ' {
		i++
	}
	if i >= len(b) || b[i] != '+' && b[i] != '-' {
		return d
	}
	zoneHour, ok1 := firstNumber(b, i+1)
	if !ok1 || zoneHour > 14 {
		return d
	}
	j := i + 3
	if j < len(b) && b[j] == ':' {
		j++
	}
	zoneMinute, ok2 := number(b, j, 2)
	if !ok2 || zoneMinute > 59 {
		zoneMinute = 0
	}
	zone := time.Duration(zoneHour)*time.Hour + time.Duration(zoneMinute)*time.Minute
	if b[i] == '-' {
		return d + zone
	}
	return d - zone
}

// firstNumber reads two digits, whatever is behind them.
func firstNumber(b []byte, i int) (int, bool) {
	if i+2 > len(b) {
		return 0, false
	}
	return number(b[:i+2], i, 2)
}
