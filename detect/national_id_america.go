package detect

// Numbers of the Americas.
var americanIDs = []idForm{
	{"us_itin", []string{"999-99-9999"}, alone, americanITIN},
	{"us_itin_bare", []string{"999999999", "999 99 9999"}, told, americanITIN},
	{"us_ein", []string{"99-9999999"}, told, func([]byte) bool { return true }},
	{"ca_sin", []string{"999-999-999", "999 999 999"}, lone, canadianSIN},
	{"ca_sin_bare", []string{"999999999"}, told, canadianSIN},
	{"mx_curp", []string{"AAAA999999AAAAAA*9"}, alone, mexicanCURP},
	{"mx_rfc", []string{"AAAA999999***", "AAA999999***", "AAAA-999999-***"}, told, func(c []byte) bool { return ymd(c[len(c)-9:]) }},
	{"br_cpf", []string{"999.999.999-99"}, alone, brazilianCPF},
	{"br_cpf_bare", []string{"99999999999", "999999999-99"}, lone, brazilianCPF},
	{"br_cnpj", []string{"99.999.999/9999-99"}, alone, brazilianCNPJ},
	{"br_cnpj_bare", []string{"99999999999999"}, told, brazilianCNPJ},
	{"ar_cuit", []string{"99-99999999-9"}, alone, argentineCUIT},
	{"ar_cuit_bare", []string{"99999999999"}, told, argentineCUIT},
	{"cl_rut", []string{"99.999.999-*", "9.999.999-*"}, alone, chileanRUT},
	{"cl_rut_bare", []string{"99999999-*", "9999999-*"}, lone, chileanRUT},
	{"co_nit", []string{"999.999.999-9"}, alone, colombianNIT},
	{"co_nit_bare", []string{"999999999-9", "9999999999"}, told, colombianNIT},
	{"pe_ruc", []string{"99999999999"}, told, peruvianRUC},
	{"ec_ci", []string{"999999999-9"}, lone, ecuadorian},
	{"ec_ci_bare", []string{"9999999999"}, told, ecuadorian},
	{"ec_ruc", []string{"9999999999999"}, told, func(c []byte) bool { return ecuadorian(c[:10]) || c[2] >= '6' }},
	{"uy_rut", []string{"999999999999"}, told, uruguayan},
	{"ve_rif", []string{"A-99999999-9"}, alone, venezuelan},
	{"ve_rif_bare", []string{"A999999999"}, lone, venezuelan},
	{"do_cedula", []string{"999-9999999-9"}, alone, luhn},
	{"cr_cedula", []string{"9-9999-9999", "99-9999-9999"}, lone, costaRican},
	{"cr_cedula_bare", []string{"999999999", "9999999999", "9-999-999"}, told, costaRican},
}

// americanITIN checks the ranges of the Internal Revenue Service: area 9xx, group
// 50 to 65, 70 to 88, 90 to 92, 94 to 99.
func americanITIN(c []byte) bool {
	g := number(c[3:5])
	return c[0] == '9' && (50 <= g && g <= 65 || 70 <= g && g <= 88 || 90 <= g && g != 93)
}

func canadianSIN(c []byte) bool { return c[0] != '0' && c[0] != '8' && luhn(c) }

// mexicanCURP checks date, sex, and the last digit, for which characters count by
// their place in the digits and the Spanish alphabet.
func mexicanCURP(c []byte) bool {
	if !ymd(c[4:10]) || c[10] != 'H' && c[10] != 'M' && c[10] != 'X' {
		return false
	}
	sum := 0
	for i, x := range c[:17] {
		v := int(x - '0')
		if isAlpha(x) {
			if v = int(x-'A') + 10; x > 'N' {
				v++ // after Ñ
			}
		}
		sum += v * (18 - i)
	}
	return (10-sum%10)%10 == digit(c[17])
}

func brazilianCPF(c []byte) bool {
	a := weighted(c, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
	b := weighted(c, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
	return a == digit(c[9]) && b == digit(c[10]) && !oneDigit(c)
}

func brazilianCNPJ(c []byte) bool {
	check := func(sum int) int {
		if r := sum % 11; r >= 2 {
			return 11 - r
		}
		return 0
	}
	return check(weighted(c, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(c[12]) &&
		check(weighted(c, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(c[13]) && !oneDigit(c)
}

func argentineCUIT(c []byte) bool {
	switch number(c[:2]) {
	case 20, 23, 24, 25, 26, 27, 30, 33, 34:
		r := (11 - weighted(c, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
		return r == digit(c[10]) || r == 10 && c[10] == '9'
	}
	return false
}

func chileanRUT(c []byte) bool {
	n := len(c) - 1
	if !allDigits(c[:n]) {
		return false
	}
	sum := 0
	for i := range n {
		sum += digit(c[n-1-i]) * (2 + i%6)
	}
	return "0K987654321"[sum%11] == c[n]
}

func colombianNIT(c []byte) bool {
	r := weighted(c, 41, 37, 29, 23, 19, 17, 13, 7, 3) % 11
	if r > 1 {
		r = 11 - r
	}
	return r == digit(c[9])
}

func peruvianRUC(c []byte) bool {
	switch number(c[:2]) {
	case 10, 15, 16, 17, 20:
		return (11-weighted(c, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%10 == digit(c[10])
	}
	return false
}

func ecuadorian(c []byte) bool {
	p := number(c[:2])
	return (1 <= p && p <= 24 || p == 30) && c[2] <= '6' && luhn(c)
}

// costaRican checks the province of birth or registration, volume and entry are
// any numbers: there is no check digit.
func costaRican(c []byte) bool {
	if len(c) == 10 {
		if c[0] != '0' {
			return false
		}
		c = c[1:]
	}
	return c[0] != '0' && !oneDigit(c)
}

func uruguayan(c []byte) bool {
	return (11-weighted(c, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)%11)%11 == digit(c[11])
}

func venezuelan(c []byte) bool {
	kind := map[byte]int{'V': 4, 'E': 8, 'J': 12, 'P': 16, 'G': 20}[c[0]]
	r := 11 - (kind+weighted(c[1:], 3, 2, 7, 6, 5, 4, 3, 2))%11
	if r > 9 {
		r = 0
	}
	return kind != 0 && r == digit(c[9])
}
