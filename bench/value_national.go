package bench

import (
	"fmt"
	"math/rand/v2"
)

// weigh returns the sum of digits, each by its weight.
func weigh(digits []byte, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(digits[i]-'0') * w
	}
	return sum
}

// born returns a date of birth between 1940 and 2009.
func born(rng *rand.Rand) (year, month, day int) {
	return 1940 + rng.IntN(70), 1 + rng.IntN(12), 1 + rng.IntN(28)
}

// nationals are national numbers with their check digits, and the names of
// fields that hold them.
var nationals = []struct {
	slot, field string
	value       func(rng *rand.Rand, dst []byte) []byte
}{
	{"national_es", "dni", func(rng *rand.Rand, dst []byte) []byte {
		n := rng.IntN(1e8)
		return fmt.Appendf(dst, "%08d%c", n, "TRWAGMYFPDXBNJZSQVHLCKE"[n%23])
	}},
	{"national_fr", "nir", func(rng *rand.Rand, dst []byte) []byte {
		y, m, _ := born(rng)
		n := fmt.Sprintf("%d%02d%02d%02d%03d%03d", 1+rng.IntN(2), y%100, m, 1+rng.IntN(95), 1+rng.IntN(900), 1+rng.IntN(900))
		return fmt.Appendf(dst, "%s%02d", n, 97-mod97([]byte(n)))
	}},
	{"national_pl", "pesel", func(rng *rand.Rand, dst []byte) []byte {
		y, m, d := born(rng)
		if y >= 2000 {
			m += 20
		}
		n := fmt.Appendf(nil, "%02d%02d%02d%04d", y%100, m, d, rng.IntN(1e4))
		sum := weigh(n, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
		return fmt.Appendf(dst, "%s%d", n, (10-sum%10)%10)
	}},
	{"national_nl", "bsn", func(rng *rand.Rand, dst []byte) []byte {
		for {
			n := fill(rng, nil, "90000000")
			if c := weigh(n, 9, 8, 7, 6, 5, 4, 3, 2) % 11; c < 10 {
				return fmt.Appendf(dst, "%s%d", n, c)
			}
		}
	}},
	{"national_br", "cpf", func(rng *rand.Rand, dst []byte) []byte {
		n := fill(rng, nil, "900000000")
		check := func(sum int) byte {
			if r := sum % 11; r >= 2 {
				return byte('0' + 11 - r)
			}
			return '0'
		}
		n = append(n, check(weigh(n, 10, 9, 8, 7, 6, 5, 4, 3, 2)))
		n = append(n, check(weigh(n, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)))
		return fmt.Appendf(dst, "%s.%s.%s-%s", n[:3], n[3:6], n[6:9], n[9:])
	}},
	{"national_ca", "sin", func(rng *rand.Rand, dst []byte) []byte {
		n := fill(rng, nil, pick(rng, []string{"1", "2", "4", "5", "6", "7"})+"0000000")
		n = append(n, luhnDigit(n))
		return fmt.Appendf(dst, "%s-%s-%s", n[:3], n[3:6], n[6:])
	}},
	{"national_in", "aadhaar", func(rng *rand.Rand, dst []byte) []byte {
		n := fill(rng, nil, pick(rng, []string{"2", "3", "5", "7", "8"})+"0000000000")
		n = append(n, verhoeffDigit(n))
		return fmt.Appendf(dst, "%s %s %s", n[:4], n[4:8], n[8:])
	}},
	{"national_fi", "hetu", func(rng *rand.Rand, dst []byte) []byte {
		y, m, d := born(rng)
		century, serial := byte('-'), 2+rng.IntN(897)
		if y >= 2000 {
			century = 'A'
		}
		n := (d*10000+m*100+y%100)*1000 + serial
		return fmt.Appendf(dst, "%02d%02d%02d%c%03d%c", d, m, y%100, century, serial, "0123456789ABCDEFHJKLMNPRSTUVWXY"[n%31])
	}},
	{"national_se", "personnummer", func(rng *rand.Rand, dst []byte) []byte {
		y, m, d := born(rng)
		n := fmt.Appendf(nil, "%02d%02d%02d%03d", y%100, m, d, 1+rng.IntN(999))
		return fmt.Appendf(dst, "%d%s-%s%c", y/100, n[:6], n[6:], luhnDigit(n))
	}},
	{"national_be", "rijksregisternummer", func(rng *rand.Rand, dst []byte) []byte {
		y, m, d := born(rng)
		n := fmt.Sprintf("%02d%02d%02d%03d", y%100, m, d, 1+rng.IntN(997))
		whole := n
		if y >= 2000 {
			whole = "2" + n
		}
		return fmt.Appendf(dst, "%s.%s.%s-%s.%02d", n[:2], n[2:4], n[4:6], n[6:], 97-mod97([]byte(whole)))
	}},
	{"national_cn", "resident_id", func(rng *rand.Rand, dst []byte) []byte {
		y, m, d := born(rng)
		n := fmt.Appendf(nil, "%s%04d%02d%02d%03d", pick(rng, []string{"110101", "310104", "440305"}), y, m, d, rng.IntN(1000))
		sum := weigh(n, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
		return append(append(dst, n...), "10X98765432"[sum%11])
	}},
	{"national_gb", "nhs_number", func(rng *rand.Rand, dst []byte) []byte {
		for {
			n := fill(rng, nil, "900000000")
			if c := 11 - weigh(n, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11; c != 10 {
				return fmt.Appendf(dst, "%s %s %s%d", n[:3], n[3:6], n[6:], c%11)
			}
		}
	}},
}

// verhoeffDigit returns the check digit of Verhoeff's scheme: permutations by
// place, multiplied in the dihedral group of the pentagon.
func verhoeffDigit(digits []byte) byte {
	multiply := func(a, b int) int {
		switch {
		case a < 5 && b < 5:
			return (a + b) % 5
		case a < 5:
			return 5 + (a+b-5)%5
		case b < 5:
			return 5 + (a-b+5)%5
		}
		return (a - b + 5) % 5
	}
	permutation := [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	c := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		for range (i + 1) % 8 {
			d = permutation[d]
		}
		c = multiply(c, d)
	}
	inverse := c
	if c > 0 && c < 5 {
		inverse = 5 - c
	}
	return byte('0' + inverse)
}
