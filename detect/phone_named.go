package detect

// namedPhone takes what a field named for telephone numbers holds: one number, or
// several with commas between, in any form, of 7 to 15 digits, or 3 to 6 without
// anything else, which is an extension.
func namedPhone(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	for i := start; i < end; {
		j := i
		for j < end && t.b[j] != ',' && t.b[j] != ';' && t.b[j] != '|' {
			j++
		}
		if j < end && t.b[j] == ';' && t.foldAt(j, ";ext=") || j < end && t.b[j] == ',' && t.extension(j) > j {
			j = min(t.extension(j), end)
		}
		t.namedNumber(k, i, j)
		i = j + 1
	}
}

func (t *text) namedNumber(k Kind, start, end int) {
	start, end = t.trim(start, end)
	if t.foldAt(start, "tel:") {
		start += len("tel:")
	}
	x, digits := start, 0
	for x < end && x-start < 40 {
		c := t.b[x]
		if isDigit(c) {
			digits++
		} else if !isSep(c) && c != '(' && c != ')' && c != '/' && c != '*' && !(c == '+' && x <= start+1) {
			break
		}
		x++
	}
	if x < end && t.extension(x) != end {
		return
	}
	switch {
	case digits >= 7 && digits <= 17 && t.b[start] == '+':
		t.report(k, Checked, start, end, 95)
	case digits > 15 && t.b[start] != '0':
		// More than E.164 has, and no prefix to dial before it.
	case digits >= 7 && digits <= 17 && !t.isTime(start, end):
		t.report(k, Shaped, start, end, 85)
	case digits >= 3 && digits < 7 && end-start == digits:
		t.report(k, Named, start, end, 60)
	}
}

// isTime says whether t.b[start:end] is written as an ISO 8601 date is.
func (t *text) isTime(start, end int) bool {
	return end-start >= 10 && t.b[start+4] == '-' && t.b[start+7] == '-' && (t.b[start] == '1' || t.b[start] == '2')
}

// canonicalPhone spells a number in E.164 form, "+15147872100", and with
// ";ext=" if it has an extension. What is in no international form is taken for
// North American if it has ten digits, and is otherwise left as its digits.
func canonicalPhone(dst, value []byte) []byte {
	t := text{b: value}
	at := 0
	for at < len(value) && !isDigit(value[at]) && value[at] != '+' {
		at++
	}
	plus := at < len(value) && value[at] == '+'
	var d [40]byte
	n, i := 0, at
	for ; i < len(value); i++ {
		c := value[i]
		if isDigit(c) {
			if n < len(d) {
				d[n] = c
				n++
			}
		} else if t.extension(i) > i {
			break
		}
	}
	digits := d[:n]
	if !plus {
		switch {
		case n > 9 && digits[0] == '0' && digits[1] == '0' && international(digits[2:], -1):
			plus, digits = true, digits[2:]
		case n > 10 && string(digits[:3]) == "011" && international(digits[3:], -1):
			plus, digits = true, digits[3:]
		case n == 11 && digits[0] == '1' && digits[1] > '1':
			plus = true
		case n == 10 && digits[0] > '1' && digits[3] > '1':
			dst = append(dst, "+1"...)
			dst = append(dst, digits...)
			return appendExtension(dst, value[i:])
		}
	}
	if plus {
		dst = append(dst, '+')
		// A trunk 0 after the calling code is not dialled, but in Italy.
		if cc := callingCode(digits); cc > 0 && cc < len(digits) && digits[cc] == '0' && string(digits[:cc]) != "39" {
			dst = append(dst, digits[:cc]...)
			digits = digits[cc+1:]
		}
	}
	dst = append(dst, digits...)
	return appendExtension(dst, value[i:])
}

func appendExtension(dst, rest []byte) []byte {
	if len(rest) == 0 {
		return dst
	}
	dst = append(dst, ";ext="...)
	return appendDigits(dst, rest)
}
