package detect

// Numbers of western and southern Europe.
var westernIDs = []idForm{
	{"es_dni", []string{"99999999A", "99999999-A", "99.999.999-A", "99999999 A"}, alone, spanishDNI},
	{"es_dni_short", []string{"9999999A", "9999999-A"}, lone, spanishDNI},
	{"es_nie", []string{"A9999999A", "A-9999999-A", "A9999999-A", "A-9999999A"}, alone, spanishNIE},
	{"es_cif", []string{"A99999999", "A9999999A", "A-99999999"}, lone, spanishCIF},
	{"it_codice_fiscale", []string{"AAAAAA99A99A999A", "AAA AAA 99A99 A999A"}, alone, italianCode},
	{"it_partita_iva", []string{"99999999999", "AA99999999999"}, told, italianVAT},
	{"gb_nino", []string{"AA999999A", "AA 99 99 99 A", "AA 999999 A", "AA 999 999 A", "AA-99-99-99-A", "AA999999 A"}, alone, britishNINO},
	{"gb_utr", []string{"9999999999", "99999 99999"}, told, britishUTR},
	{"gb_nhs", []string{"9999999999", "999 999 9999", "999-999-9999"}, told, britishNHS},
	{"ie_pps", []string{"9999999A", "9999999AA", "9999999A/A"}, lone, irishPPS},
	{"fr_nir", []string{"9 99 99 99999 999 99", "9 99 99 99 999 999 99", "9-99-99-99999-999-99", "9 99 99 9A 999 999 99", "9 99 99 9A999 999 99"}, alone, frenchNIR},
	{"fr_nir_bare", []string{"999999999999999", "9999999999999 99", "999999A99999999"}, lone, frenchNIR},
	{"fr_siren", []string{"999999999", "999 999 999"}, told, luhn},
	{"fr_siret", []string{"99999999999999", "999 999 999 99999"}, told, luhn},
	{"fr_tva", []string{"AA99999999999", "AA 99 999999999", "AA99 999 999 999"}, alone, frenchVAT},
	{"be_nrn", []string{"99.99.99-999.99", "99 99 99 999 99", "999999-999.99", "99.99.99.999.99"}, alone, belgianNRN},
	{"be_nrn_bare", []string{"99999999999", "999999 999 99", "999999-999-99"}, lone, belgianNRN},
	{"nl_bsn", []string{"999999999", "9999.99.999", "999 999 999"}, told, dutchBSN},
	{"de_steuer_id", []string{"99999999999", "99 999 999 999"}, told, germanTaxID},
	{"de_steuernummer", []string{"99/999/99999", "999/999/99999", "999/9999/9999"}, told, func(c []byte) bool { return !oneDigit(c) }},
	{"de_rvnr", []string{"99999999A999", "99 999999 A 999", "99 999999 A999"}, alone, germanRVNR},
	{"de_vat", []string{"AA999999999", "AA 999999999"}, alone, func(c []byte) bool { return string(c[:2]) == "DE" && mod1110(c[2:]) }},
	{"at_svnr", []string{"9999999999", "9999 999999", "9999-999999"}, lone, austrianSVNR},
	{"ch_ahv", []string{"999.9999.9999.99"}, alone, swissAHV},
	{"ch_ahv_bare", []string{"9999999999999"}, lone, swissAHV},
	{"ch_uid", []string{"AAA-999.999.999", "AAA999999999", "AAA-999999999"}, alone, swissUID},
	{"pt_nif", []string{"999999999", "999 999 999"}, told, portugueseNIF},
	{"pt_cc", []string{"99999999 9 AA9", "999999999AA9"}, alone, portugueseCC},
	{"gr_amka", []string{"99999999999"}, lone, func(c []byte) bool { return dmy(c) && luhn(c) }},
	{"gr_afm", []string{"999999999", "AA999999999"}, told, greekAFM},
	{"eu_vat", []string{"AA99999999", "AA999999999", "AA9999999999", "AA99999999999", "AA999999999999", "AAA99999999", "AA999999999A99"}, told, europeanVAT},
	{"passport", []string{"AA9999999", "AA999999", "A99999999", "A9999999", "999999999", "99AA99999", "AAA999999"}, told, func([]byte) bool { return true }},
}

const dniLetters = "TRWAGMYFPDXBNJZSQVHLCKE"

func spanishDNI(c []byte) bool {
	n := len(c) - 1
	return dniLetters[number(c[:n])%23] == c[n]
}

func spanishNIE(c []byte) bool {
	if c[0] < 'X' || c[0] > 'Z' {
		return false
	}
	return dniLetters[(int(c[0]-'X')*10000000+number(c[1:8]))%23] == c[8]
}

func spanishCIF(c []byte) bool {
	sum := 0
	for i, d := range c[1:8] {
		v := digit(d)
		if i%2 == 0 {
			v *= 2
			v = v/10 + v%10
		}
		sum += v
	}
	r := (10 - sum%10) % 10
	kind := c[0]
	if kind == 'I' || kind == 'O' || kind == 'T' || kind > 'W' {
		return false
	}
	return isDigit(c[8]) && digit(c[8]) == r || c[8] == "JABCDEFGHI"[r]
}

// italianCode checks the last letter: characters at odd places count by a table,
// digits there as the letters of the same rank.
func italianCode(c []byte) bool {
	odd := [...]int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}
	sum := 0
	for i, x := range c[:15] {
		v := int(x - '0')
		if isAlpha(x) {
			v = int(x - 'A')
		}
		if i%2 == 0 {
			v = odd[v]
		}
		sum += v
	}
	return c[15] == byte('A'+sum%26)
}

func italianVAT(c []byte) bool {
	if len(c) == 13 {
		return string(c[:2]) == "IT" && luhn(c[2:])
	}
	return luhn(c) && !oneDigit(c)
}

// britishNINO checks prefix and suffix (HMRC NIM39110). There is no check digit.
func britishNINO(c []byte) bool {
	for i, x := range c[:2] {
		switch x {
		case 'D', 'F', 'I', 'Q', 'U', 'V':
			return false
		case 'O':
			if i == 1 {
				return false
			}
		}
	}
	switch string(c[:2]) {
	case "BG", "GB", "NK", "KN", "TN", "NT", "ZZ":
		return false
	}
	return c[8] <= 'D'
}

func britishUTR(c []byte) bool {
	r := weighted(c[1:], 6, 7, 8, 9, 10, 5, 4, 3, 2) % 11
	return "21987654321"[r] == c[0]
}

func britishNHS(c []byte) bool {
	r := 11 - weighted(c, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11
	return r%11 == digit(c[9]) && r != 10
}

func irishPPS(c []byte) bool {
	sum := weighted(c, 8, 7, 6, 5, 4, 3, 2)
	if len(c) == 9 && c[8] != 'W' {
		sum += int(c[8]-'A'+1) * 9
	}
	return c[7] == "WABCDEFGHIJKLMNOPQRSTUV"[sum%23]
}

func frenchNIR(c []byte) bool {
	if c[0] < '1' || c[0] > '8' {
		return false
	}
	if m := number(c[3:5]); m < 1 || m > 42 && m < 50 {
		return false
	}
	n := 0
	switch c[6] {
	case 'A':
		n = number(c[:6])*10000000 + number(c[7:13]) - 1000000
	case 'B':
		n = number(c[:6])*10000000 + number(c[7:13]) - 2000000
	default:
		if !allDigits(c) {
			return false
		}
		return 97-number(c[:13])%97 == number(c[13:15])
	}
	return allDigits(c[:6]) && 97-n%97 == number(c[13:15])
}

func frenchVAT(c []byte) bool {
	return string(c[:2]) == "FR" && (12+3*(number(c[4:])%97))%97 == number(c[2:4]) && luhn(c[4:])
}

// belgianNRN checks the remainder by 97, with a 2 in front since 2000.
func belgianNRN(c []byte) bool {
	if m := number(c[2:4]) % 20; m > 12 || number(c[4:6]) > 31 {
		return false
	}
	n, check := number(c[:9]), number(c[9:11])
	return 97-n%97 == check || 97-(n+2000000000)%97 == check
}

func dutchBSN(c []byte) bool {
	return !oneDigit(c) && (weighted(c, 9, 8, 7, 6, 5, 4, 3, 2)-digit(c[8])+11)%11 == 0
}

// germanTaxID also wants one digit twice or thrice among the first ten.
func germanTaxID(c []byte) bool {
	var seen [10]int
	most, twice := 0, 0
	for _, d := range c[:10] {
		seen[d-'0']++
	}
	for _, n := range seen {
		most = max(most, n)
		if n > 1 {
			twice++
		}
	}
	return c[0] != '0' && most >= 2 && most <= 3 && twice == 1 && mod1110(c) || mod1110(c) && most == 1
}

func germanRVNR(c []byte) bool {
	if m := number(c[4:6]); m > 12 || m == 0 || number(c[2:4]) > 31+50 {
		return false
	}
	letter := int(c[8]-'A') + 1
	values := [...]int{digit(c[0]), digit(c[1]), digit(c[2]), digit(c[3]), digit(c[4]), digit(c[5]), digit(c[6]), digit(c[7]),
		letter / 10, letter % 10, digit(c[9]), digit(c[10])}
	sum := 0
	for i, w := range [...]int{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1} {
		v := values[i] * w
		sum += v/10 + v%10
	}
	return sum%10 == digit(c[11])
}

func austrianSVNR(c []byte) bool {
	if m := number(c[6:8]); m == 0 || m > 13 || number(c[4:6]) > 31 {
		return false
	}
	return (weighted(c, 3, 7, 9)+weighted(c[4:], 5, 8, 4, 2, 1, 6))%11 == digit(c[3])
}

func swissAHV(c []byte) bool {
	return string(c[:3]) == "756" && (10-weighted(c, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3)%10)%10 == digit(c[12])
}

func swissUID(c []byte) bool {
	return string(c[:3]) == "CHE" && (11-weighted(c[3:], 5, 4, 3, 2, 7, 6, 5, 4)%11)%11 == digit(c[11])
}

func portugueseNIF(c []byte) bool {
	r := 11 - weighted(c, 9, 8, 7, 6, 5, 4, 3, 2)%11
	if r > 9 {
		r = 0
	}
	return c[0] != '0' && r == digit(c[8])
}

// portugueseCC checks the citizen card: Luhn over letters too, which count from 10.
func portugueseCC(c []byte) bool {
	sum := 0
	for i, x := range c {
		v := int(x - '0')
		if isAlpha(x) {
			v = int(x-'A') + 10
		}
		if i%2 == 0 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

func greekAFM(c []byte) bool {
	if len(c) == 11 {
		if p := string(c[:2]); p != "EL" && p != "GR" {
			return false
		}
		c = c[2:]
	}
	return weighted(c, 256, 128, 64, 32, 16, 8, 4, 2)%11%10 == digit(c[8]) && !oneDigit(c)
}

// europeanVAT checks only the country; the states' digits differ.
func europeanVAT(c []byte) bool {
	switch string(c[:2]) {
	case "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT",
		"NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI", "GB", "NO", "CH":
		return true
	}
	return false
}
