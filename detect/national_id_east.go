package detect

import "strings"

// Numbers of central and eastern Europe and Turkey.
var easternIDs = []idForm{
	{"pl_pesel", []string{"99999999999"}, lone, polishPESEL},
	{"pl_nip", []string{"999-999-99-99", "999-99-99-999"}, alone, polishNIP},
	{"pl_nip_bare", []string{"9999999999", "AA9999999999"}, told, polishNIP},
	{"cz_sk_rc", []string{"999999/9999"}, alone, czechBirth},
	{"cz_sk_rc_bare", []string{"9999999999", "999999/999"}, told, czechBirth},
	{"ro_cnp", []string{"9999999999999"}, lone, romanian},
	{"bg_egn", []string{"9999999999"}, lone, bulgarian},
	{"hr_oib", []string{"99999999999"}, told, mod1110},
	{"yu_jmbg", []string{"9999999999999"}, lone, yugoslav},
	{"hu_taj", []string{"999 999 999", "999999999"}, told, hungarianTAJ},
	{"hu_tax", []string{"9999999999"}, told, hungarianTax},
	{"ru_snils", []string{"999-999-999 99", "999-999-999-99"}, alone, russianSNILS},
	{"ru_inn", []string{"9999999999", "999999999999"}, told, russianINN},
	{"by_unp", []string{"999999999", "AA9999999"}, told, belarusian},
	{"ua_rntrc", []string{"9999999999"}, told, ukrainian},
	{"tr_kimlik", []string{"99999999999"}, lone, turkish},
}

func polishPESEL(c []byte) bool {
	return day(number(c[2:4])%20, number(c[4:6])) &&
		(10-weighted(c, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3)%10)%10 == digit(c[10])
}

func polishNIP(c []byte) bool {
	if len(c) == 12 {
		if string(c[:2]) != "PL" {
			return false
		}
		c = c[2:]
	}
	return weighted(c, 6, 5, 7, 2, 3, 4, 5, 6, 7)%11 == digit(c[9]) && !oneDigit(c)
}

// czechBirth checks a birth number: women's months are 50 higher, and from 2004 on
// 20 more where a day ran out. Nine digits, of before 1954, have no check.
func czechBirth(c []byte) bool {
	if !day(number(c[2:4])%50%20, number(c[4:6])) {
		return false
	}
	if len(c) == 9 {
		return number(c[:2]) < 54
	}
	return number(c)%11 == 0 || number(c[:9])%11 == 10 && c[9] == '0'
}

func romanian(c []byte) bool {
	if c[0] == '0' || !ymd(c[1:]) {
		return false
	}
	r := weighted(c, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11
	if r == 10 {
		r = 1
	}
	return r == digit(c[12])
}

func bulgarian(c []byte) bool {
	return day(number(c[2:4])%20, number(c[4:6])) && number(c[2:4]) <= 52 &&
		weighted(c, 2, 4, 8, 5, 10, 9, 7, 3, 6)%11%10 == digit(c[9])
}

// yugoslav checks the unique citizen numbers of Yugoslavia's successors.
func yugoslav(c []byte) bool {
	if year := number(c[4:7]); !dmy(c) || year > 40 && year < 870 {
		return false
	}
	r := 11 - weighted(c, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11
	return r%11 == digit(c[12]) && r != 10
}

func hungarianTAJ(c []byte) bool {
	return weighted(c, 3, 7, 3, 7, 3, 7, 3, 7)%10 == digit(c[8])
}

func hungarianTax(c []byte) bool {
	return c[0] == '8' && weighted(c, 1, 2, 3, 4, 5, 6, 7, 8, 9)%11 == digit(c[9])
}

func russianSNILS(c []byte) bool {
	return weighted(c, 9, 8, 7, 6, 5, 4, 3, 2, 1)%101%100 == number(c[9:11]) && !oneDigit(c[:9])
}

func russianINN(c []byte) bool {
	if len(c) == 10 {
		return weighted(c, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(c[9])
	}
	return weighted(c, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(c[10]) &&
		weighted(c, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(c[11])
}

func ukrainian(c []byte) bool {
	sum := weighted(c[1:], 5, 7, 9, 4, 6, 10, 5, 7) - digit(c[0])
	return (sum%11+11)%11%10 == digit(c[9])
}

// belarusian checks a payer's number: of companies the first digit is that of the
// region, of people two letters stand for numbers.
func belarusian(c []byte) bool {
	var d [9]byte
	copy(d[:], c)
	for i := range d[:2] {
		if isAlpha(d[i]) {
			at := strings.IndexByte("ABCEHKMOPT", d[i])
			if at < 0 {
				return false
			}
			d[i] = byte('0' + at)
		}
	}
	r := weighted(d[:], 29, 23, 19, 17, 13, 7, 5, 3) % 11
	return r < 10 && r == digit(d[8])
}

func turkish(c []byte) bool {
	if c[0] == '0' {
		return false
	}
	odd := digit(c[0]) + digit(c[2]) + digit(c[4]) + digit(c[6]) + digit(c[8])
	even := digit(c[1]) + digit(c[3]) + digit(c[5]) + digit(c[7])
	return (odd*7-even+100)%10 == digit(c[9]) && (odd+even+digit(c[9]))%10 == digit(c[10])
}
