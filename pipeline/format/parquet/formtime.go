package parquet

import (
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/parquet/schema"
)

// Points in time in text. A replacement may be cut short, as by a transform that
// keeps the month alone: what is missing counts as the first of its kind. Values
// outside the years 0 to 9999 are shown as the integers they are.

const dayLayout = "2006-01-02"

func dateForm(w int) textForm {
	return textForm{
		append: func(dst, v []byte) ([]byte, bool) {
			n := integerOf(v)
			t := time.Unix(n*86400, 0).UTC()
			if n < minDay || n > maxDay {
				return strconv.AppendInt(dst, n, 10), true
			}
			return t.AppendFormat(dst, dayLayout), true
		},
		parse: func(dst, text []byte) ([]byte, bool) {
			t, ok := parseTime(text)
			if !ok {
				return dst, false
			}
			return appendInteger(dst, floorDiv(t.Unix(), 86400), w)
		},
	}
}

// Days since 1970 of 0000-01-01 and 9999-12-31 (proleptic Gregorian).
const minDay, maxDay = -719528, 2932896

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// unitOf returns the units in a second, and the digits behind the point.
func unitOf(u schema.TimeUnitType) (perSecond int64, fraction string) {
	switch u {
	case schema.TimeUnitMillis:
		return 1e3, ".000"
	case schema.TimeUnitMicros:
		return 1e6, ".000000"
	}
	return 1e9, ".000000000"
}

func timestampForm(w int, u schema.TimeUnitType, utc bool) textForm {
	per, fraction := unitOf(u)
	layout := dayLayout + "T15:04:05" + fraction
	if utc {
		layout += "Z"
	}
	return textForm{
		append: func(dst, v []byte) ([]byte, bool) {
			n := integerOf(v)
			sec := floorDiv(n, per)
			if day := floorDiv(sec, 86400); day < minDay || day > maxDay {
				return strconv.AppendInt(dst, n, 10), true
			}
			return time.Unix(sec, (n-sec*per)*(1e9/per)).UTC().AppendFormat(dst, layout), true
		},
		parse: func(dst, text []byte) ([]byte, bool) {
			t, ok := parseTime(text)
			if !ok {
				return dst, false
			}
			sec := t.Unix()
			n := sec * per
			if n/per != sec {
				return dst, false
			}
			return appendInteger(dst, n+int64(t.Nanosecond())/(1e9/per), w)
		},
	}
}

// clockForm is a time of day.
func clockForm(w int, u schema.TimeUnitType) textForm {
	per, fraction := unitOf(u)
	layout := "15:04:05" + fraction
	return textForm{
		append: func(dst, v []byte) ([]byte, bool) {
			n := integerOf(v)
			if n < 0 || n >= 86400*per {
				return strconv.AppendInt(dst, n, 10), true
			}
			return time.Unix(n/per, n%per*(1e9/per)).UTC().AppendFormat(dst, layout), true
		},
		parse: func(dst, text []byte) ([]byte, bool) {
			for _, layout := range []string{"15:04:05", "15:04"} {
				if t, err := time.Parse(layout, string(text)); err == nil {
					sec := int64(t.Hour()*3600 + t.Minute()*60 + t.Second())
					return appendInteger(dst, sec*per+int64(t.Nanosecond())/(1e9/per), w)
				}
			}
			return dst, false
		},
	}
}

// julianEpoch is the Julian day number of 1970-01-01.
const julianEpoch = 2440588

// int96Form is the timestamp of Impala and Spark: nanoseconds of the day, then
// the Julian day.
var int96Form = textForm{
	append: func(dst, v []byte) ([]byte, bool) {
		nanos := int64(binary.LittleEndian.Uint64(v))
		day := int64(int32(binary.LittleEndian.Uint32(v[8:]))) - julianEpoch
		if day < minDay || day > maxDay || nanos < 0 || nanos >= 86400e9 {
			return dst, false
		}
		return time.Unix(day*86400+nanos/1e9, nanos%1e9).UTC().AppendFormat(dst, dayLayout+"T15:04:05.000000000"), true
	},
	parse: func(dst, text []byte) ([]byte, bool) {
		t, ok := parseTime(text)
		if !ok {
			return dst, false
		}
		day := floorDiv(t.Unix(), 86400)
		nanos := (t.Unix()-day*86400)*1e9 + int64(t.Nanosecond())
		dst = binary.LittleEndian.AppendUint64(dst, uint64(nanos))
		return binary.LittleEndian.AppendUint32(dst, uint32(day+julianEpoch)), true
	},
}

var timeLayouts = []string{
	dayLayout, "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05",
	"2006-01-02 15:04:05Z07:00", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01", "2006",
}

func parseTime(text []byte) (time.Time, bool) {
	if len(text) > 40 {
		return time.Time{}, false
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, string(text)); err == nil {
			return t.UTC(), true
		}
	}
	if decade, ok := strings.CutSuffix(string(text), "0s"); ok {
		t, err := time.Parse("2006", decade+"0")
		return t, err == nil
	}
	return time.Time{}, false
}
