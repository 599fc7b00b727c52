package detect

// Numbers of Asia.
var asianIDs = []idForm{
	{"in_pan", []string{"AAAAA9999A"}, alone, indianPAN},
	{"in_aadhaar", []string{"9999 9999 9999", "9999-9999-9999"}, lone, indianAadhaar},
	{"in_aadhaar_bare", []string{"999999999999"}, told, indianAadhaar},
	{"cn_ric", []string{"99999999999999999*"}, alone, chinese},
	{"kr_rrn", []string{"999999-9999999"}, alone, koreanRRN},
	{"kr_rrn_bare", []string{"9999999999999"}, told, koreanRRN},
	{"kr_brn", []string{"999-99-99999"}, lone, koreanBRN},
	{"jp_my_number", []string{"999999999999", "9999 9999 9999"}, told, japanese},
	{"sg_nric", []string{"A9999999A"}, alone, singaporean},
	{"my_nric", []string{"999999-99-9999"}, alone, malaysian},
	{"my_nric_bare", []string{"999999999999"}, told, malaysian},
	{"th_pin", []string{"9-9999-99999-99-9", "9 9999 99999 99 9"}, alone, thai},
	{"th_pin_bare", []string{"9999999999999"}, lone, thai},
	{"tw_id", []string{"A999999999"}, lone, taiwanese},
	{"pk_cnic", []string{"99999-9999999-9"}, alone, func(c []byte) bool { return c[0] != '0' && c[0] <= '7' && !oneDigit(c) }},
	{"pk_cnic_bare", []string{"9999999999999"}, told, func(c []byte) bool { return c[0] != '0' && c[0] <= '7' }},
	{"ae_eid", []string{"999-9999-9999999-9"}, alone, emirati},
	{"ae_eid_bare", []string{"999999999999999"}, lone, emirati},
	{"sa_id", []string{"9999999999"}, told, func(c []byte) bool { return (c[0] == '1' || c[0] == '2') && luhn(c) }},
	{"il_id", []string{"999999999"}, told, luhn},
	{"kz_iin", []string{"999999999999"}, told, kazakh},
	{"id_nik", []string{"9999999999999999"}, told, indonesian},
}

func indianPAN(c []byte) bool {
	switch c[3] {
	case 'A', 'B', 'C', 'F', 'G', 'H', 'J', 'L', 'P', 'T':
		return string(c[5:9]) != "0000"
	}
	return false
}

func indianAadhaar(c []byte) bool { return c[0] >= '2' && verhoeff(c) }

func chinese(c []byte) bool {
	y := number(c[6:10])
	return c[0] != '0' && 1880 <= y && y < 2040 && ymd(c[8:14]) && mod112(c)
}

// koreanRRN checks the date and the digit for sex and century. The check digit
// went out of use in 2020.
func koreanRRN(c []byte) bool { return ymd(c) && c[6] >= '1' && c[6] <= '8' }

func koreanBRN(c []byte) bool {
	sum := weighted(c, 1, 3, 7, 1, 3, 7, 1, 3, 5) + digit(c[8])*5/10
	return (10-sum%10)%10 == digit(c[9])
}

func japanese(c []byte) bool {
	r := weighted(c, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11
	if r <= 1 {
		return c[11] == '0'
	}
	return 11-r == digit(c[11])
}

func singaporean(c []byte) bool {
	r := weighted(c[1:], 2, 7, 6, 5, 4, 3, 2)
	switch c[0] {
	case 'S':
		return "JZIHGFEDCBA"[r%11] == c[8]
	case 'T':
		return "JZIHGFEDCBA"[(r+4)%11] == c[8]
	case 'F':
		return "XWUTRQPNMLK"[r%11] == c[8]
	case 'G':
		return "XWUTRQPNMLK"[(r+4)%11] == c[8]
	case 'M':
		return "KLJNPQRTUWX"[10-(r+3)%11] == c[8]
	}
	return false
}

func malaysian(c []byte) bool {
	place := number(c[6:8])
	return ymd(c) && (1 <= place && place <= 16 || 21 <= place && place <= 59 || place == 82)
}

func thai(c []byte) bool {
	return c[0] != '0' && (11-weighted(c, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11)%10 == digit(c[12])
}

// taiwanese checks a national id: the letter of the place of birth counts by a
// table, men are 1 and women 2, foreigners 8 and 9.
func taiwanese(c []byte) bool {
	places := [...]int{10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33}
	p := places[c[0]-'A']
	sum := p/10 + p%10*9 + weighted(c[1:], 8, 7, 6, 5, 4, 3, 2, 1, 1)
	return (c[1] == '1' || c[1] == '2' || c[1] == '8' || c[1] == '9') && sum%10 == 0
}

func emirati(c []byte) bool { return string(c[:3]) == "784" && luhn(c) }

func kazakh(c []byte) bool {
	if !ymd(c) || c[6] > '6' {
		return false
	}
	r := weighted(c, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) % 11
	if r == 10 {
		r = weighted(c, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2) % 11
	}
	return r == digit(c[11])
}

// indonesian checks the date, where women's days are 40 higher.
func indonesian(c []byte) bool {
	return day(number(c[8:10]), number(c[6:8])%40) && string(c[12:]) != "0000"
}
