package detect

import "github.com/scrim-dev/scrim/detect/internal/bitmap"

var imsi = Detector{
	Name:  "imsi",
	Doc:   "Fourteen or fifteen digits that begin with a mobile country code in use, after a word such as IMSI.",
	Kinds: []Kind{IMSI},
	anchor: func() bitmap.Expr {
		d := bitmap.In(bitmap.Digit)
		d7 := d.Run(7)
		bare := d7.AndAt(7, d7)
		sep := bitmap.In(bitmap.Space, bitmap.Dash)
		parted := d.Run(3).AndAt(3, sep).AndAt(4, d.Run(2)).AndAt(8, d.Run(7))
		return bare.Or(parted).AndNotAt(-1, d)
	}(),
	verify:    verifyIMSI,
	named:     namedIMSI,
	canonical: appendDigits,
}

// mobileCountries has the mobile country codes assigned (ITU-T E.212, annex to
// the Operational Bulletin), as first and last of each run.
var mobileCountries = [...][2]int{
	{1, 1}, {202, 202}, {204, 204}, {206, 206}, {208, 208}, {212, 214}, {216, 216}, {218, 222}, {225, 226},
	{228, 228}, {230, 232}, {234, 235}, {238, 238}, {240, 240}, {242, 242}, {244, 244}, {246, 248}, {250, 250},
	{255, 255}, {257, 257}, {259, 260}, {262, 262}, {266, 266}, {268, 268}, {270, 270}, {272, 272}, {274, 274},
	{276, 276}, {278, 278}, {280, 280}, {282, 284}, {286, 286}, {288, 290}, {292, 295}, {297, 297}, {302, 302},
	{308, 308}, {310, 316}, {330, 330}, {334, 334}, {338, 338}, {340, 340}, {342, 342}, {344, 344}, {346, 346},
	{348, 348}, {350, 350}, {352, 352}, {354, 354}, {356, 356}, {358, 358}, {360, 360}, {362, 366}, {368, 368},
	{370, 370}, {372, 372}, {374, 374}, {376, 376}, {400, 402}, {404, 406}, {410, 410}, {412, 422}, {424, 432},
	{434, 434}, {436, 438}, {440, 441}, {450, 450}, {452, 452}, {454, 457}, {460, 461}, {466, 467}, {470, 470},
	{472, 472}, {502, 502}, {505, 505}, {510, 510}, {514, 515}, {520, 520}, {525, 525}, {528, 528}, {530, 530},
	{536, 537}, {539, 555}, {602, 659}, {702, 702}, {704, 704}, {706, 706}, {708, 708}, {710, 710}, {712, 712},
	{714, 714}, {716, 716}, {722, 722}, {724, 724}, {730, 730}, {732, 732}, {734, 734}, {736, 736}, {738, 738},
	{740, 740}, {742, 742}, {744, 744}, {746, 746}, {748, 748}, {750, 750}, {901, 901}, {999, 999},
}

func mobileCountry(mcc int) bool {
	for _, r := range mobileCountries {
		if mcc <= r[1] {
			return mcc >= r[0]
		}
	}
	return false
}

func verifyIMSI(t *text, at int) int {
	x, full := t.readNumeral(at)
	if !full || x.n < 14 || x.n > 15 || x.ng != 1 && (x.ng != 3 || x.groups[0] != 3) ||
		!t.opensBefore(at) || !t.closedAfter(x.end) || !mobileCountry(number(x.digits[:3])) {
		return x.ends[0]
	}
	if h, far := t.hints(at); h&hintIMSI != 0 && far <= 2 {
		t.report(IMSI, Checked, at, x.end, 97)
	} else if x.ng == 3 && x.groups[1] <= 3 && t.whole(at, x.end) {
		t.report(IMSI, Shaped, at, x.end, 70)
	}
	return x.end
}

// namedIMSI takes 6 to 15 digits of a mobile country code in use.
func namedIMSI(t *text, k Kind, start, end int) {
	start, end = t.trim(start, end)
	var d [15]byte
	n := 0
	for _, c := range t.b[start:end] {
		switch {
		case isDigit(c) && n < len(d):
			d[n] = c
			n++
		case c != ' ' && c != '-':
			return
		}
	}
	if n >= 6 && mobileCountry(number(d[:3])) {
		t.report(k, Checked, start, end, 95)
	}
}
