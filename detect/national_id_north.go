package detect

// Numbers of northern Europe and the Baltic states.
var northernIDs = []idForm{
	{"fi_hetu", []string{"999999A999*", "999999-999A"}, alone, finnishHetu},
	{"fi_hetu_digits", []string{"999999-9999"}, alone, finnishHetu},
	{"se_personnummer", []string{"999999-9999", "99999999-9999"}, alone, swedishPerson},
	{"se_personnummer_bare", []string{"9999999999", "999999999999"}, told, swedishPerson},
	{"se_orgnummer", []string{"999999-9999"}, lone, func(c []byte) bool { return c[2] >= '2' && luhn(c) }},
	{"dk_cpr", []string{"999999-9999", "9999999999"}, told, dmy},
	{"no_fnr", []string{"999999 99999"}, alone, norwegian},
	{"no_fnr_bare", []string{"99999999999"}, lone, norwegian},
	{"ee_lt", []string{"99999999999"}, lone, baltic},
	{"lv_pk", []string{"999999-99999"}, alone, latvian},
}

func finnishHetu(c []byte) bool {
	if !dmy(c) {
		return false
	}
	tail := c[6:]
	if isAlpha(c[6]) {
		switch c[6] {
		case 'A', 'B', 'C', 'D', 'E', 'F', 'Y', 'X', 'W', 'V', 'U':
		default:
			return false
		}
		tail = c[7:]
	}
	n := number(c[:6])*1000 + number(tail[:3])
	return allDigits(tail[:3]) && "0123456789ABCDEFHJKLMNPRSTUVWXY"[n%31] == tail[3]
}

// swedishPerson also takes coordination numbers, whose day is 60 higher.
func swedishPerson(c []byte) bool {
	if len(c) == 12 {
		if century := number(c[:2]); century < 18 || century > 20 {
			return false
		}
		c = c[2:]
	}
	d := number(c[4:6])
	return (day(number(c[2:4]), d) || day(number(c[2:4]), d-60)) && luhn(c)
}

func norwegian(c []byte) bool {
	d := number(c[:2])
	if !day(number(c[2:4])%40, d) && !day(number(c[2:4])%40, d-40) {
		return false
	}
	k1 := (11 - weighted(c, 3, 7, 6, 1, 8, 9, 4, 5, 2)%11) % 11
	k2 := (11 - weighted(c, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	return k1 == digit(c[9]) && k2 == digit(c[10])
}

// baltic checks Estonian and Lithuanian personal codes, which are made alike.
func baltic(c []byte) bool {
	if c[0] < '1' || c[0] > '8' || !ymd(c[1:]) {
		return false
	}
	r := weighted(c, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11
	if r == 10 {
		r = weighted(c, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10
	}
	return r == digit(c[10])
}

// latvian checks personal codes with a birth date; those from 2017 on begin with
// 32 and have no check digit.
func latvian(c []byte) bool {
	if c[0] == '3' && c[1] >= '2' {
		return true
	}
	return dmy(c) && (1101-weighted(c, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))%11 == digit(c[10])
}
