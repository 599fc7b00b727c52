package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var geo = Detector{
	Name:  "geo",
	Doc:   "Latitude and longitude as decimals after a word such as location or with four decimals or more, with degree signs, in a geo: URI, or as ISO 6709 has them.",
	Kinds: []Kind{Geo},
	anchor: func() bitmap.Expr {
		d := bitmap.In(bitmap.Digit)
		// A decimal: one to three digits behind no word, path or clock time, a dot,
		// two digits; and a degree sign, or whole degrees in a geo: URI, behind a
		// digit.
		first := d.AndNotAt(-1, wordish.Or(bitmap.In(bitmap.Dot, bitmap.Slash)).Or(bitmap.In(bitmap.Colon).AndAt(-1, d)))
		last := first.Or(d.AndAt(-1, first)).Or(d.AndAt(-1, d).AndAt(-2, first))
		point := inNumber.AndAt(1, d.Run(2)).AndNot(dotAfter).AndAt(-1, last)
		degree := bitmap.In(bitmap.High).AndAt(-1, d)
		return point.Or(degree)
	}(),
	verify:    verifyGeo,
	named:     namedGeo,
	canonical: canonicalGeo,
}

// A degree is a decimal number as written.
type degree struct {
	start, end int
	value      float64
	decimals   int
	signed     bool
}

// readDegree reads a signed decimal of at most three digits before its point.
func (t *text) readDegree(at int) (x degree, ok bool) {
	x.start = at
	i := at
	neg := t.at(i) == '-'
	if neg || t.at(i) == '+' {
		x.signed = true
		i++
	}
	first := i
	for isDigit(t.at(i)) && i-first < 4 {
		x.value = x.value*10 + float64(t.b[i]-'0')
		i++
	}
	if i == first || i-first > 3 {
		return x, false
	}
	if t.at(i) == '.' && isDigit(t.at(i+1)) {
		i++
		for scale := 0.1; isDigit(t.at(i)) && x.decimals < 20; i++ {
			x.value += float64(t.b[i]-'0') * scale
			scale /= 10
			x.decimals++
		}
	}
	if neg {
		x.value = -x.value
	}
	x.end = i
	return x, !isDigit(t.at(i))
}

// inRange says whether x can be a latitude (limit 90) or longitude (180).
func (x *degree) inRange(limit float64) bool { return -limit <= x.value && x.value <= limit }

func verifyGeo(t *text, at int) int {
	start := at
	for start > 0 && at-start < 4 && isDigit(t.b[start-1]) {
		start--
	}
	if at-start > 3 {
		return at + 1
	}
	if t.b[at] != '.' {
		return t.sexagesimal(start, at)
	}
	if c := t.at(start - 1); c == '-' || c == '+' {
		start--
	}
	if c := t.at(start - 1); isWord(c) || c == '.' || c == '-' || c == '/' {
		return at + 1
	}
	lat, ok := t.readDegree(start)
	if !ok {
		return max(lat.end, at+1)
	}
	// ISO 6709: +40.20361-075.00417/
	if lat.signed && (t.at(lat.end) == '+' || t.at(lat.end) == '-') {
		lon, ok := t.readDegree(lat.end)
		if ok && lat.inRange(90) && lon.inRange(180) && lon.decimals > 0 {
			end := lon.end
			if t.at(end) == '+' || t.at(end) == '-' { // an altitude
				if h, ok := t.readDegree(end); ok && t.at(h.end) == '/' {
					end = h.end
				}
			}
			if t.at(end) == '/' {
				t.report(Geo, Checked, start, end+1, 95)
				return end + 1
			}
		}
		return lat.end
	}
	if c := t.at(lat.end); c == 0xc2 && t.at(lat.end+1) == 0xb0 {
		return t.sexagesimal(start, lat.end)
	}
	i, comma := lat.end, false
	for n := 0; n < 4; n++ {
		if c := t.at(i); c == ',' && !comma || c == ';' && !comma {
			comma = true
		} else if c != ' ' {
			break
		}
		i++
	}
	if !comma {
		return lat.end
	}
	lon, ok := t.readDegree(i)
	if !ok || !lat.inRange(180) || !lon.inRange(180) || !lat.inRange(90) && !lon.inRange(90) || t.geoGoesOn(lon.end) {
		return lat.end
	}
	both := min(lat.decimals, lon.decimals)
	uri := start >= 4 && t.foldAt(start-4, "geo:")
	h, far := t.hints(start)
	switch {
	case uri, h&hintGeo != 0 && far <= 2:
		t.report(Geo, Checked, start, lon.end, 95)
	case t.whole(start, lon.end) && both >= 1,
		t.at(start-1) == '(' && t.at(lon.end) == ')' && both >= 3:
		t.report(Geo, Shaped, start, lon.end, 75)
	case both >= 4 && (lat.signed || lon.signed || both >= 5) && h&hintOther == 0:
		t.report(Geo, Shaped, start, lon.end, 65)
	}
	return lon.end
}

// geoGoesOn says whether more numbers follow: a list, not a pair.
func (t *text) geoGoesOn(end int) bool {
	c := t.at(end)
	if isWord(c) || c == '%' || c == '.' && isDigit(t.at(end+1)) {
		return true
	}
	if c != ',' {
		return false
	}
	i := end + 1
	if t.at(i) == ' ' {
		i++
	}
	if t.at(i) == '-' {
		i++
	}
	return isDigit(t.at(i))
}

// sexagesimal judges degrees with a degree sign at sign, and maybe minutes and
// seconds, with the letter of a hemisphere: two of them, latitude first.
func (t *text) sexagesimal(start, sign int) int {
	if c := t.at(start - 1); isWord(c) || c == '.' {
		return sign + 1
	}
	if h := lower(t.at(start - 1)); h == 'n' || h == 's' {
		return sign + 1
	}
	mid, ok := t.readDMS(sign)
	if !ok {
		return sign + 1
	}
	i := mid
	for n := 0; n < 3 && (t.at(i) == ' ' || t.at(i) == ','); n++ {
		i++
	}
	digits := i
	for isDigit(t.at(i)) || t.at(i) == '.' && i-digits < 12 {
		i++
	}
	if i == digits || i-digits > 12 {
		return mid
	}
	end, ok := t.readDMS(i)
	if !ok || isWord(t.at(end)) {
		return mid
	}
	t.report(Geo, Checked, start, end, 95)
	return end
}

// readDMS reads from a degree sign on: minutes with ' or a prime, seconds with "
// or a double prime, and N, S, E, W or O.
func (t *text) readDMS(sign int) (end int, ok bool) {
	if t.at(sign) != 0xc2 || t.at(sign+1) != 0xb0 {
		return 0, false
	}
	i := sign + 2
	for part := 0; part < 3; part++ {
		for t.at(i) == ' ' {
			if i++; i > sign+24 {
				return 0, false
			}
		}
		switch lower(t.at(i)) {
		case 'n', 's', 'e', 'w', 'o':
			return i + 1, true
		}
		digits := i
		for isDigit(t.at(i)) || t.at(i) == '.' {
			if i++; i > digits+10 {
				return 0, false
			}
		}
		if i == digits {
			return 0, false
		}
		switch {
		case t.at(i) == '\'' || t.at(i) == '"':
			for t.at(i) == '\'' || t.at(i) == '"' {
				if i++; i > digits+14 {
					return 0, false
				}
			}
		case t.at(i) == '\\' && t.at(i+1) == '"':
			i += 2
		case t.at(i) == 0xe2 && t.at(i+1) == 0x80:
			i += 3
		}
	}
	switch lower(t.at(i)) {
	case 'n', 's', 'e', 'w', 'o':
		return i + 1, true
	}
	return 0, false
}

// namedGeo takes a decimal within 180, or two of them, as the fields for latitude
// and longitude hold; and any text of digits with the letter of a hemisphere.
func namedGeo(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	for start < end && (t.b[start] == '[' || t.b[start] == '(' || t.b[start] == '{') {
		start++
	}
	for start < end && (t.b[end-1] == ']' || t.b[end-1] == ')' || t.b[end-1] == '}') {
		end--
	}
	if t.foldAt(start, "geo:") {
		start += len("geo:")
	}
	x, ok := t.readDegree(start)
	if !ok || x.end > end || !x.inRange(180) {
		return
	}
	i := x.end
	for i < end && (t.b[i] == ' ' || t.b[i] == ',' || t.b[i] == ';') {
		i++
	}
	switch {
	case i == end:
		t.report(k, Checked, start, x.end, 90)
	case t.at(i) == 0xc2 && i == x.end:
		t.report(k, Checked, start, end, 90)
	case end-i == 1 && isAlpha(t.b[i]):
		t.report(k, Checked, start, end, 90)
	case i > x.end:
		if y, ok := t.readDegree(i); ok && y.end <= end && y.inRange(180) {
			t.report(k, Checked, start, y.end, 92)
		}
	}
}
