package bench

import (
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"net/netip"
	"strings"
)

// Made-up people. A first name and a surname are common ones of several
// countries, put together at random.
var (
	firstNames = []string{"Anna", "James", "Maria", "Robert", "Elena", "Omar", "Sofia", "Liam", "Chloé", "Yusuf",
		"Ingrid", "Diego", "Emma", "Noah", "Priya", "Hannah", "Lucas", "Amélie", "Peter", "Grace", "Thomas", "Nadia"}
	surnames = []string{"Smith", "Tremblay", "Müller", "Garcia", "Rossi", "Kowalski", "Johnson", "Nguyen", "Patel",
		"Andersson", "Dubois", "O'Brien", "Haddad", "Silva", "Novak", "Brown", "Jansen", "Fischer", "Martin", "Wilson"}
	streets = []string{"Elm Street", "Maple Avenue", "Church Road", "Station Road", "Lakeview Drive", "Second Avenue", "Mill Lane"}
	towns   = []string{"Springfield, IL 62704", "Riverside, CA 92501", "Montreal, QC H3B 2Y5", "Leeds LS1 4AP", "Salem, OR 97301"}
)

func person(rng *rand.Rand, dst []byte) []byte {
	return fmt.Appendf(dst, "%s %s", pick(rng, firstNames), pick(rng, surnames))
}

// ascii is a name as logins spell it.
var ascii = strings.NewReplacer("é", "e", "ü", "u", "'", "")

func username(rng *rand.Rand, dst []byte) []byte {
	first, last := strings.ToLower(ascii.Replace(pick(rng, firstNames))), strings.ToLower(ascii.Replace(pick(rng, surnames)))
	switch rng.IntN(6) {
	case 0:
		return fmt.Appendf(dst, "%c%s", first[0], last)
	case 1:
		return fmt.Appendf(dst, "%s.%s", first, last)
	case 2:
		return fmt.Appendf(dst, "%c%s%d", first[0], last, 1+rng.IntN(99))
	case 3:
		return fmt.Appendf(dst, "%s_%c", first, last[0])
	case 4:
		return fill(rng, dst, "u90000")
	default:
		return fmt.Appendf(dst, "%s%d", first, 10+rng.IntN(90))
	}
}

var mailDomains = []string{"example.com", "example.org", "example.net", "mail.example.com", "corp.example.org", "eu.mail.example.net"}

// mailbox returns an address with its at sign written as given.
func mailbox(at string) func(*rand.Rand, []byte) []byte {
	return func(rng *rand.Rand, dst []byte) []byte {
		switch rng.IntN(10) {
		case 0:
			dst = chars(rng, dst, 1, lower)
		case 1:
			dst = append(username(rng, dst), pick(rng, []string{"+news", "+test1", "-ext"})...)
		case 2:
			dst = fmt.Appendf(dst, "%s.%s", pick(rng, []string{"Anna", "James", "Maria"}), pick(rng, []string{"Smith", "Garcia", "Rossi"}))
		default:
			dst = username(rng, dst)
		}
		return append(append(dst, at...), pick(rng, mailDomains)...)
	}
}

func address(rng *rand.Rand, dst []byte) []byte {
	switch rng.IntN(4) {
	case 0:
		return fmt.Appendf(dst, "%d rue des Lilas, 750%02d Paris", 1+rng.IntN(99), 1+rng.IntN(20))
	case 1:
		return fmt.Appendf(dst, "Hauptstraße %d, 10115 Berlin", 1+rng.IntN(200))
	default:
		return fmt.Appendf(dst, "%d %s, %s", 1+rng.IntN(9900), pick(rng, streets), pick(rng, towns))
	}
}

// phone patterns are of numbers kept for fiction: 555-01xx (NANP), 7946 0xxx
// (Ofcom), 99 00 (ARCEP), 5550 (ACMA), 23125 (BNetzA).
var phone = filled("+\\1 514 555 \\0\\100", "(514) 555-\\0\\100", "+\\1-212-555-\\0\\100", "\\1-646-555-\\0\\100", "(416) 555-\\0\\100",
	"+\\1514555\\0\\100", "+44 2\\0 7\\946 \\0000", "+33 \\1 \\9\\9 \\0\\0 00 00", "+61 2 555\\0 0000", "+4\\9 3\\0 23\\125 000")

func ipv4(rng *rand.Rand, dst []byte) []byte {
	switch rng.IntN(6) {
	case 0:
		return fill(rng, dst, pick(rng, []string{"\\1\\92.\\0.2.", "\\1\\98.51.\\1\\0\\0.", "2\\03.\\0.\\1\\13."})+pick(rng, []string{"9", "90", "\\100"}))
	case 1:
		return fmt.Appendf(dst, "10.%d.%d.%d", rng.IntN(256), rng.IntN(256), 1+rng.IntN(254))
	case 2:
		return fmt.Appendf(dst, "192.168.%d.%d", rng.IntN(256), 1+rng.IntN(254))
	default:
		return fmt.Appendf(dst, "%d.%d.%d.%d", pick(rng, []int{23, 45, 62, 78, 91, 104, 133, 151, 178, 185, 201, 217}), rng.IntN(256), rng.IntN(256), 1+rng.IntN(254))
	}
}

func ipv6(rng *rand.Rand, dst []byte) []byte {
	a := [16]byte{0x20, 0x01, 0x0d, 0xb8}
	random := func(from int) {
		for i := from; i < 16; i++ {
			a[i] = byte(rng.Uint32())
		}
	}
	switch rng.IntN(5) {
	case 0: // one interface of a small network
		a[5], a[15] = byte(rng.IntN(256)), byte(1+rng.IntN(255))
	case 1:
		a = [16]byte{0xfe, 0x80}
		random(8)
	case 2:
		return ipv4(rng, append(dst, "::ffff:"...))
	case 3: // written in full
		random(4)
		return append(dst, netip.AddrFrom16(a).StringExpanded()...)
	default:
		random(4)
	}
	return netip.AddrFrom16(a).AppendTo(dst)
}

func uuid(rng *rand.Rand, dst []byte) []byte {
	start := len(dst)
	dst = fill(rng, dst, "hhhhhhhh-hhhh-4hhh-")
	dst = append(dst, pick(rng, []byte("89ab")))
	dst = fill(rng, dst, "hhh-hhhhhhhhhhhh")
	if rng.IntN(5) == 0 {
		copy(dst[start:], strings.ToUpper(string(dst[start:])))
	}
	return dst
}

var (
	mac       = filled("hh:hh:hh:hh:hh:hh", "HH:HH:HH:HH:HH:HH", "HH-HH-HH-HH-HH-HH", "hhhh.hhhh.hhhh")
	imsi      = filled("3\\1\\0260000000000", "2\\0\\8\\0\\10000000000", "262\\0\\10000000000", "3\\02720000000000")
	deviceID  = filled("hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh", "\\0\\0\\0\\08\\030-\\0\\0HHHHHHHHHHHHHH", "hhhhhhhhhhhhhhhh")
	hostname  = either(filled("web-\\09", "db9.prod.example.com", "DESKTOP-HAHAHAH", "app9.internal.example.net", "mail9.example.org", "LAPTOP-A0A0A0A0"), laptop)
	cookie    = filled("hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh", "G\\A1.2.9000000000.\\1600000000", "s%3\\AHhHhHhHhHhHhHhHhHhHhHhHh")
	sessionID = filled("hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh", "hhhhhhhhhhhhhhhhhhhhhhhh", "SHHHHHHHHHHHHHHHH")
	birthDate = func(rng *rand.Rand, dst []byte) []byte {
		y, m, d := born(rng)
		return fmt.Appendf(dst, pick(rng, []string{"%04[1]d-%02[2]d-%02[3]d", "%02[2]d/%02[3]d/%04[1]d", "%02[3]d.%02[2]d.%04[1]d"}), y, m, d)
	}
	gender = oneOf("female", "male", "Female", "Male", "F", "M", "non-binary")
)

func laptop(rng *rand.Rand, dst []byte) []byte {
	return append(fmt.Appendf(dst, "%s-", strings.ToLower(ascii.Replace(pick(rng, firstNames)))), pick(rng, []string{"mbp.local", "laptop", "pc.example.com"})...)
}

// sipCallID appends a Call-ID with the host that made it (RFC 3261, 20.8).
func sipCallID(rng *rand.Rand, dst []byte) []byte {
	return ipv4(rng, append(sessionID(rng, dst), '@'))
}

// degrees returns a latitude (of up to 90) or a longitude (180).
func degrees(up int) func(*rand.Rand, []byte) []byte {
	return func(rng *rand.Rand, dst []byte) []byte {
		return fmt.Appendf(dst, "%.5f", (rng.Float64()*2-1)*float64(up)*0.95)
	}
}

func geo(rng *rand.Rand, dst []byte) []byte {
	return degrees(180)(rng, append(degrees(90)(rng, dst), pick(rng, []string{",", ", "})...))
}

func userinfo(rng *rand.Rand, dst []byte) []byte {
	return chars(rng, append(username(rng, dst), ':'), 10, base62)
}

func jwt(rng *rand.Rand, dst []byte) []byte {
	enc := base64.RawURLEncoding
	dst = enc.AppendEncode(dst, []byte(pick(rng, []string{`{"alg":"HS256","typ":"JWT"}`, `{"typ":"JWT","alg":"RS256"}`})))
	dst = enc.AppendEncode(append(dst, '.'), fmt.Appendf(nil, `{"sub":"%d","iat":%d}`, rng.IntN(1e9), 1600000000+rng.IntN(1e8)))
	return chars(rng, append(dst, '.'), 43, base64u)
}

// apiKey appends a token of a widespread form. The prefixes stand apart from
// what follows, so that no scanner takes this file for a leak.
func apiKey(rng *rand.Rand, dst []byte) []byte {
	switch rng.IntN(6) {
	case 0:
		return chars(rng, append(dst, "AKIA"...), 16, base32)
	case 1: // its last six characters are a check sum of the rest
		body := chars(rng, nil, 30, base62)
		dst = append(append(dst, "ghp"+"_"...), body...)
		sum := crc32.ChecksumIEEE(body)
		var tail [6]byte
		for i := range tail {
			tail[5-i] = base62[sum%62]
			sum /= 62
		}
		return append(dst, tail[:]...)
	case 2:
		return chars(rng, fill(rng, append(dst, "xoxb"...), "-900000000000-900000000000-"), 24, base62)
	case 3:
		return chars(rng, append(dst, "sk"+"_live_"...), 24, base62)
	case 4:
		return chars(rng, append(dst, "glpat"+"-"...), 20, base64u)
	default:
		return chars(rng, append(dst, "AIza"...), 35, base64u)
	}
}

func password(rng *rand.Rand, dst []byte) []byte {
	switch rng.IntN(4) {
	case 0:
		return chars(rng, append(dst, "$2b$12$"...), 53, base62)
	case 1:
		return chars(rng, append(chars(rng, append(dst, "$6$"...), 8, base62), '$'), 86, base62)
	default:
		return chars(rng, append(chars(rng, dst, 9+rng.IntN(6), base62), pick(rng, []byte("!#*9"))), 1, lower)
	}
}

// privateKey returns a PEM block (RFC 7468) with the line ends written as given.
func privateKey(lineEnd string) func(*rand.Rand, []byte) []byte {
	return func(rng *rand.Rand, dst []byte) []byte {
		name := pick(rng, []string{"RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY"})
		dst = append(fmt.Appendf(dst, "-----BEGIN %s-----", name), lineEnd...)
		for range 3 + rng.IntN(8) {
			dst = append(chars(rng, dst, 64, base64s), lineEnd...)
		}
		dst = append(chars(rng, dst, 30, base64s), "=="...)
		return fmt.Appendf(dst, "%s-----END %s-----", lineEnd, name)
	}
}

func handle(rng *rand.Rand, dst []byte) []byte {
	return append(dst, ascii.Replace(pick(rng, firstNames)+"_"+pick(rng, surnames))...)
}
