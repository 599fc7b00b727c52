package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// cryptHash finds password hashes by their form.
var cryptHash = Detector{
	Name:   "crypt_hash",
	Doc:    "A password hash in the modular format of crypt(3): $6$salt$hash, $2y$10$hash, $argon2id$..., $apr1$....",
	Kinds:  []Kind{Password},
	anchor: cryptAnchor(),
	verify: verifyCrypt,
}

// cryptAnchor is at the scheme behind a '$', which is in no class, as is the one
// that ends the scheme.
func cryptAnchor() bitmap.Expr {
	first := alnums.AndNotAt(-1, classed)
	return first.AndNotAt(1, classed).Or(first.AndNotAt(2, classed)).Or(first.AndAt(1, letters).AndAt(3, alnums).AndNotAt(4, classed)).
		Or(first.AndAt(1, letters).AndNotAt(8, classed))
}

// schemes has the shortest hash text that follows each scheme, in bytes.
var schemes = map[string]int{"1": 22, "5": 43, "6": 86, "2a": 53, "2b": 53, "2x": 53, "2y": 53, "y": 43, "gy": 43, "apr1": 22,
	"argon2id": 40, "7": 43, "8": 20, "9": 20, "md5": 22, "P": 20, "H": 20, "S": 20}

func verifyCrypt(t *text, at int) int {
	if t.at(at-1) != '$' {
		return 0
	}
	end := at
	for isAlnum(t.at(end)) && end-at < 9 {
		end++
	}
	least, ok := schemes[string(t.b[at:end])]
	if !ok || t.at(end) != '$' {
		return 0
	}
	i := end + 1
	for c := t.at(i); (isAlnum(c) || c == '.' || c == '/' || c == '$' || c == '=' || c == '+' || c == ',' || c == '-') && i-end < 300; c = t.at(i) {
		i++
	}
	for t.b[i-1] == ',' || t.b[i-1] == '.' {
		i--
	}
	if i-end-1 < least {
		return 0
	}
	t.report(Password, Secret, at-1, i, 95)
	return i
}
