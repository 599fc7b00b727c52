package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var creditCard = Detector{
	Name:  "credit_card",
	Doc:   "Digits in the number range and length of a card network, whole or in its usual groups, whose Luhn digit is right.",
	Kinds: []Kind{CreditCard},
	anchor: func() bitmap.Expr {
		d := bitmap.In(bitmap.Digit)
		sep := bitmap.In(bitmap.Dash, bitmap.Space)
		d4 := d.Run(4)
		d6 := d4.AndAt(2, d4)
		// 4-4-4..., 4-6-5 and 4-6-4, or twelve digits at least.
		parted := d4.AndAt(4, sep).AndAt(5, d4).AndAt(9, sep)
		amex := d4.AndAt(4, sep).AndAt(5, d6).AndAt(11, sep)
		bare := d6.AndAt(6, d6)
		return parted.Or(amex).Or(bare).AndNotAt(-1, d)
	}(),
	verify:    verifyCard,
	named:     namedCard,
	canonical: appendDigits,
}

// A network is a range of issuer identification numbers. lengths is a set of
// bits. weak ranges are so wide or so much like other numbers that they need a
// word, or to stand alone.
type network struct {
	lo, hi  int // first six digits
	lengths uint32
	weak    bool
}

const (
	len12to19 = 1<<12 | 1<<13 | 1<<14 | len15to19
	len15to19 = 1<<15 | len16to19
	len16to19 = 1<<16 | 1<<17 | 1<<18 | 1<<19
)

// networks has the ranges that are in use (ISO/IEC 7812; the networks' own
// published tables). The first that fits a number decides.
var networks = [...]network{
	{220000, 220499, 1 << 16, false},              // Mir
	{222100, 272099, 1 << 16, false},              // Mastercard
	{510000, 559999, 1 << 16, false},              // Mastercard
	{340000, 349999, 1 << 15, false},              // American Express
	{370000, 379999, 1 << 15, false},              // American Express
	{300000, 305999, 1 << 14, false},              // Diners Club
	{309500, 309599, 1 << 14, false},              // Diners Club
	{360000, 369999, 1 << 14, false},              // Diners Club
	{380000, 399999, 1 << 14, false},              // Diners Club
	{352800, 358999, 1 << 16, false},              // JCB
	{400000, 499999, 1 << 16, false},              // Visa
	{400000, 499999, 1<<13 | 1<<18 | 1<<19, true}, // Visa
	{601100, 601199, 1 << 16, false},              // Discover
	{644000, 659999, 1 << 16, false},              // Discover, RuPay, Verve
	{601100, 601199, 1<<17 | 1<<18 | 1<<19, true}, // Discover
	{644000, 659999, 1<<17 | 1<<18 | 1<<19, true}, // Discover
	{620000, 629999, 1 << 16, false},              // UnionPay
	{620000, 629999, 1<<17 | 1<<18 | 1<<19, true}, // UnionPay
	{810000, 819999, len16to19, true},             // UnionPay, RuPay
	{820000, 829999, 1 << 16, true},               // RuPay
	{508500, 508999, 1 << 16, false},              // RuPay
	{606985, 607984, 1 << 16, false},              // RuPay
	{608001, 608500, 1 << 16, false},              // RuPay
	{979200, 979289, 1 << 16, false},              // Troy
	{506099, 506198, 1<<16 | 1<<18 | 1<<19, true}, // Verve
	{500000, 509999, len12to19, true},             // Maestro
	{560000, 589999, len12to19, true},             // Maestro
	{600000, 699999, len12to19, true},             // Maestro
	{300000, 399999, len16to19, true},             // Diners Club, JCB
	{213100, 213199, 1 << 15, true},               // JCB
	{100000, 199999, 1 << 15, true},               // UATP
}

// cardNetwork says whether the digits are in a network's range.
func cardNetwork(d []byte) (ok, weak bool) {
	if len(d) < 12 || len(d) > 19 {
		return false, false
	}
	for iin, i := number(d[:6]), 0; i < len(networks); i++ {
		if n := &networks[i]; n.lo <= iin && iin <= n.hi && n.lengths>>len(d)&1 != 0 {
			return true, n.weak
		}
	}
	return false, false
}

func verifyCard(t *text, at int) int {
	x, full := t.readNumeral(at)
	if !full && x.ng == 0 {
		return t.digitsEnd(at)
	}
	if c := t.b[at]; c == '0' || c == '7' || !t.opensBefore(at) {
		return x.ends[0]
	}
	groups, ok := x.cardGroups()
	if !ok {
		return x.ends[0]
	}
	if groups == 5 && !x.isCard(5) {
		groups = 4 // a year or a code after it
	}
	end := x.ends[groups-1]
	if !x.isCard(groups) || groups == x.ng && !t.closedAfter(end) {
		t.miss(CreditCard, at, end, "its check digit is wrong, or a longer number goes on")
		return x.ends[0]
	}
	_, weak := cardNetwork(x.first(groups))
	h, far := t.hints(at)
	switch {
	case h&hintCard != 0:
		t.report(CreditCard, Checked, at, end, 98)
	case h&^weakHints != 0 && far <= 1 || h&hintIdent != 0: // a number of something else
		t.miss(CreditCard, at, end, "the words before it say that it is something else")
		return end
	case weak && !t.whole(at, end):
		t.miss(CreditCard, at, end, "its range is rarely used, and no word says that it is a card")
		return x.ends[0]
	case weak:
		t.report(CreditCard, Shaped, at, end, 60)
	default:
		t.report(CreditCard, Checked, at, end, 85)
	}
	return end
}

// isCard says whether the first groups of x are a number of a network.
func (x *numeral) isCard(groups int) bool {
	d := x.first(groups)
	ok, _ := cardNetwork(d)
	return ok && luhn(d)
}

// first returns the digits of the first groups of x.
func (x *numeral) first(groups int) []byte {
	n := 0
	for _, g := range x.groups[:groups] {
		n += int(g)
	}
	return x.digits[:n]
}

// cardGroups returns how many groups of x make a card number as cards have it
// printed: one group of all digits, 4-4-4-4 with up to three digits more, 4-6-5
// or 4-6-4, divided by the same ' ' or '-'.
func (x *numeral) cardGroups() (int, bool) {
	if x.ng == 1 || x.groups[0] >= 12 {
		return 1, x.ng == 1 || x.seps[1] == ' '
	}
	sep := x.seps[1]
	same := 1
	for same < x.ng && x.seps[same] == sep {
		same++
	}
	if sep == '.' || same < x.ng && x.seps[same] != ' ' {
		return 0, false
	}
	g := x.groups[:same]
	switch {
	case same >= 5 && g[0] == 4 && g[1] == 4 && g[2] == 4 && g[3] == 4 && g[4] <= 3 && (same == 5 || sep == ' '):
		return 5, true
	case same >= 4 && g[0] == 4 && g[1] == 4 && g[2] == 4 && g[3] == 4 && (same == 4 || sep == ' '):
		return 4, true
	case same >= 3 && g[0] == 4 && g[1] == 6 && (g[2] == 5 || g[2] == 4) && (same == 3 || sep == ' '):
		return 3, true
	}
	return 0, false
}

// namedCard takes any number of the right length, whatever its check digit: a
// column of card numbers may hold test data or errors, and is as private.
func namedCard(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	digits := 0
	for _, c := range t.b[start:end] {
		switch {
		case isDigit(c):
			digits++
		case c != '*' && c != 'x' && c != 'X' && c != ' ' && c != '-':
			return
		}
	}
	if digits >= 12 && digits <= 19 {
		t.report(k, Checked, start, end, 90)
	}
}
