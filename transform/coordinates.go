package transform

// cutCoordinates cuts the decimals of a latitude and longitude in degrees
// (ISO 6709, decimal), with a comma, a semicolon or a space between them, or
// of one of the two alone. A number without decimals is no coordinate.
func (t *truncate) cutCoordinates(dst, b []byte) (out []byte, ok bool) {
	end, point, ok := degrees(b, 180)
	if !ok {
		return dst, false
	}
	if end == len(b) {
		return appendDecimals(dst, b, point, t.decimals), point < end
	}
	next := end
	for next < len(b) && next-end < 3 && (b[next] == ',' || b[next] == ';' || b[next] == ' ') {
		next++
	}
	// Two whole numbers between commas are more likely anything else.
	end2, point2, ok := degrees(b[next:], 180)
	if next == end || !ok || next+end2 != len(b) || point == end || point2 == end2 {
		return dst, false
	}
	dst = appendDecimals(dst, b[:end], point, t.decimals)
	dst = append(dst, b[end:next]...)
	return appendDecimals(dst, b[next:], point2, t.decimals), true
}

// degrees finds the end of a decimal number at the start of b, and its point,
// which is end where there is none. Its size is at most limit.
func degrees(b []byte, limit int) (end, point int, ok bool) {
	if end < len(b) && (b[end] == '-' || b[end] == '+') {
		end++
	}
	start, whole := end, 0
	for end < len(b) && isDigit(b[end]) && end-start < 3 {
		whole = whole*10 + int(b[end]-'0')
		end++
	}
	if end == start || whole > limit {
		return 0, 0, false
	}
	point = end
	if end < len(b) && b[end] == '.' {
		end++
		for end < len(b) && isDigit(b[end]) {
			end++
		}
		if end == point+1 {
			return 0, 0, false
		}
	}
	return end, point, true
}

func appendDecimals(dst, number []byte, point, decimals int) []byte {
	end := min(len(number), point+1+decimals)
	if decimals == 0 {
		end = point
	}
	return append(dst, number[:end]...)
}
