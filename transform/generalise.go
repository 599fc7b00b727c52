package transform

import (
	"errors"
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"
)

var generaliseInfo = Info{
	Name: "generalise",
	Doc:  "A class of values in place of the value: 30-39 of 34, 1984 of a date, 198.51.0.0/16 of an address, 902 of a postal code.",
	Params: []Param{
		{Name: "bucket", Main: true, Doc: "width of the class of a number: with 10, 34 is 30-39"},
		{Name: "digits", Doc: "letters and digits to keep at the start, with what stands between them"},
		{Name: "to", Default: "year", Doc: "class of a date: month, year or decade"},
		{Name: "v4", Default: "16", Doc: "bits of the network of an IPv4 address"},
		{Name: "v6", Default: "32", Doc: "bits of the network of an IPv6 address"},
		{Name: "order", Doc: "dmy or mdy: how to read 03/04/2024 when the month is to stay"},
	},
	Preserves: "the class, for group-bys",
	Attacks:   "a class with few members still names them: combine with a threshold, and mind several coarse fields together",
}

var errNoClass = errors.New("generalise: value has no class: state bucket or digits for numbers and text")

type generalise struct {
	bucket, digits int // -1 where not given
	v4, v6         int
	to             string
	order, other   dateOrder // other is tried too, where the order is of no matter
}

func newGeneralise(a *arguments, _ Target, _ *Keys) (Transform, error) {
	g := &generalise{
		bucket: a.number("bucket", 2, 1_000_000_000),
		digits: a.number("digits", 1, 1000),
		v4:     a.number("v4", 0, 32),
		v6:     a.number("v6", 0, 128),
		to:     a.choice("to", "month", "year", "decade"),
		order:  orderNamed(a.choice("order", "dmy", "mdy")),
	}
	g.other = g.order
	if g.to != "month" && g.order == orderUnknown {
		g.order, g.other = dayFirst, monthFirst // of no matter to the year
	}
	if g.bucket > 0 && g.digits > 0 {
		a.fail("digits", "no bucket beside it")
	}
	return g, nil
}

// Append goes by the form of the value: a number when there is a bucket, the
// first characters when there are digits, else an address or a date. A number
// alone has no class, since it may be an age or a telephone number.
func (g *generalise) Append(dst []byte, v Value) ([]byte, error) {
	out, ok := dst, false
	switch {
	case g.bucket > 0:
		out, ok = g.appendBucket(dst, v.Text, v.Place.Typed)
	case g.digits > 0:
		out, ok = g.appendFirst(dst, v.Text)
	}
	if ok {
		return out, nil
	}
	if a, ok := addr(v); ok {
		bits := g.v6
		if a.Is4() {
			bits = g.v4
		} else if ip := a.As16(); ip[0] == 0x20 && ip[1] == 0x02 {
			// A 6to4 address holds an IPv4 address (RFC 3056).
			bits = min(bits, 16+g.v4)
		}
		prefix, err := a.Prefix(bits)
		if err != nil {
			return dst, errNoClass
		}
		return prefix.AppendTo(dst), nil
	}
	d, ok := parseDate(v.Text, g.order)
	if !ok {
		d, ok = parseDate(v.Text, g.other)
	}
	if !ok {
		d, ok = parseDate(v.canonical(), g.order)
	}
	if !ok {
		return dst, errNoClass
	}
	switch g.to {
	case "month":
		dst = append(appendPadded(dst, d.year, 4), '-')
		return appendPadded(dst, d.mon, 2), nil
	case "decade":
		return append(appendPadded(dst, d.year/10*10, 4), 's'), nil
	}
	return appendPadded(dst, d.year, 4), nil
}

// Clone gives g itself: it is only read.
func (g *generalise) Clone() Transform { return g }

// appendBucket appends "30-39" for 34 or 34.5; with a number below zero in it,
// "-10..-1"; where there is room for a number alone, "30". The number has at most 15
// digits before the point.
func (g *generalise) appendBucket(dst, b []byte, alone bool) ([]byte, bool) {
	at, below := 0, false
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		at, below = 1, b[0] == '-'
	}
	n, end := digits(b, at, 15)
	if end == at {
		return dst, false
	}
	rest, broken := b[end:], false
	if len(rest) > 1 && rest[0] == '.' {
		for _, c := range rest[1:] {
			if !isDigit(c) {
				return dst, false
			}
			broken = broken || c != '0'
		}
	} else if len(rest) > 0 {
		return dst, false
	}
	low := n / g.bucket * g.bucket
	if below && (n > 0 || broken) {
		if broken {
			n++ // the floor of -3.5 is -4
		}
		low = -(n + g.bucket - 1) / g.bucket * g.bucket
	}
	if low > math.MaxInt-g.bucket {
		return dst, false
	}
	dst = strconv.AppendInt(dst, int64(low), 10)
	if alone {
		return dst, true
	}
	if low < 0 {
		dst = append(dst, '.', '.')
	} else {
		dst = append(dst, '-')
	}
	return strconv.AppendInt(dst, int64(low+g.bucket-1), 10), true
}

// appendFirst appends b up to the last of so many letters and digits. When b
// has no more of them, there is no class.
func (g *generalise) appendFirst(dst, b []byte) ([]byte, bool) {
	seen, end := 0, 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		i += n
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == utf8.RuneError {
			seen++
			if seen > g.digits {
				return append(dst, b[:end]...), true
			}
			end = i
		}
	}
	return dst, false
}
