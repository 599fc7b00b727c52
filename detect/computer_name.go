package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

// computerName finds the names that systems give computers by themselves.
var computerName = Detector{
	Name:   "computer_name",
	Doc:    "A name as installers and clouds give them: DESKTOP-7C3G2KD, WIN-0A1B2C3D4E5, ip-10-0-0-1, node-17, node-D4.",
	Kinds:  []Kind{Hostname},
	anchor: computerNameAnchor(),
	verify: verifyComputerName,
}

// computerNameAnchor is at a dash between two capitals and five capitals or
// digits, or between two small letters and a digit, with a capital before it or
// none.
func computerNameAnchor() bitmap.Expr {
	dash, small := bitmap.In(bitmap.Dash), letters.And(bitmap.In(bitmap.Small))
	given := dash.AndAt(-2, capital.Run(2)).AndAt(1, capital.Or(decimal).Run(5))
	counted := dash.AndAt(-2, small.Run(2)).AndAt(1, decimal.Or(capital.AndAt(1, decimal)))
	return given.Or(counted)
}

// nodeWords name a machine of a cluster, with a number behind a dash.
var nodeWords = wordsOf(`node compute worker master cn rack blade host server srv vm`)

func verifyComputerName(t *text, at int) int {
	start := at
	for start > 0 && at-start < 10 && isAlpha(t.b[start-1]) {
		start--
	}
	if c := t.at(start - 1); isNamePart(c) || c == '/' || c == '@' || c == '=' || c == '$' {
		return 0
	}
	end := at + 1
	digits, capitals := 0, 0
	for isWord(t.at(end)) && end-at < 24 {
		switch c := t.b[end]; {
		case isDigit(c):
			digits++
		case isUpper(c):
			capitals++
		}
		end++
	}
	n := end - at - 1
	switch string(t.b[start:at]) {
	case "DESKTOP", "LAPTOP", "WIN":
		// Seven letters and digits, eight, eleven: fifteen in all (the limit of NetBIOS).
		if digits+capitals != n || n < 5 || n > 11 || digits == 0 || capitals == 0 {
			return 0
		}
	case "ip":
		for range 3 {
			if t.at(end) != '-' || digits == 0 || digits != end-at-1 || !isDigit(t.at(end+1)) {
				return 0
			}
			at = end
			digits = 0
			for end++; isDigit(t.at(end)) && end-at < 5; end++ {
				digits++
			}
		}
	default:
		if n < 1 || n > 4 || digits < n-1 || digits == 0 || digits < n && !isUpper(t.b[at+1]) || !nodeWords.isIn(t.b[start:at]) || !isLower(t.b[start]) {
			return 0
		}
	}
	if c := t.at(end); isNamePart(c) && !(c == '.' && !isAlnum(t.at(end+1))) || c == '/' || c == '=' || c == '(' {
		return 0
	}
	t.report(Hostname, Shaped, start, end, 70)
	return end
}
