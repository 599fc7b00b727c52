package detect

// Numbers of Oceania and Africa.
var southernIDs = []idForm{
	{"au_tfn", []string{"999999999", "999 999 999", "999-999-999", "99999999"}, told, australianTFN},
	{"au_abn", []string{"99 999 999 999"}, alone, australianABN},
	{"au_abn_bare", []string{"99999999999"}, lone, australianABN},
	{"au_acn", []string{"999999999", "999 999 999"}, told, australianACN},
	{"au_medicare", []string{"9999999999", "9999 99999 9", "99999999999"}, told, australianMedicare},
	{"nz_ird", []string{"99999999", "999999999", "99-999-999", "999-999-999"}, told, newZealandIRD},
	{"za_id", []string{"9999999999999", "999999 9999 99 9"}, lone, southAfrican},
	{"eg_id", []string{"99999999999999"}, lone, egyptian},
	{"mu_nid", []string{"A999999999999*"}, alone, func(c []byte) bool { return dmy(c[1:]) }},
	{"ke_pin", []string{"A999999999A"}, lone, func(c []byte) bool { return c[0] == 'A' || c[0] == 'P' }},
}

func australianTFN(c []byte) bool {
	if len(c) == 8 {
		return weighted(c, 10, 7, 8, 4, 6, 3, 5, 1)%11 == 0
	}
	return weighted(c, 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0 && !oneDigit(c)
}

func australianABN(c []byte) bool {
	return c[0] != '0' && (weighted(c, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)-10)%89 == 0
}

func australianACN(c []byte) bool {
	return (10-weighted(c, 8, 7, 6, 5, 4, 3, 2, 1)%10)%10 == digit(c[8])
}

func australianMedicare(c []byte) bool {
	return c[0] >= '2' && c[0] <= '6' && weighted(c, 1, 3, 7, 9, 1, 3, 7, 9)%10 == digit(c[8])
}

func newZealandIRD(c []byte) bool {
	d := [9]byte{'0'}
	copy(d[9-len(c):], c)
	r := (11 - weighted(d[:], 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	if r == 10 {
		r = (11 - weighted(d[:], 7, 4, 3, 2, 5, 2, 7, 6)%11) % 11
	}
	return r == digit(d[8]) && number(c) > 10000000 && number(c) < 150000000
}

func southAfrican(c []byte) bool {
	return ymd(c) && (c[10] <= '1') && luhn(c)
}

// egyptian checks century, date and governorate.
func egyptian(c []byte) bool {
	g := number(c[7:9])
	return (c[0] == '2' || c[0] == '3') && ymd(c[1:]) && (1 <= g && g <= 35 || g == 88)
}
