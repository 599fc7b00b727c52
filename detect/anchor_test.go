package detect

import (
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/detect/internal/bitmap"
)

// fires returns the places of b, of which there is one chunk, where e says yes.
func fires(e bitmap.Expr, b string) (at []int) {
	m := bitmap.NewMachine(bitmap.Compile([]bitmap.Expr{e}))
	m.Run([]byte(b), 0)
	for i := range b {
		if m.Out(0)[i/64]>>(i%64)&1 != 0 {
			at = append(at, i)
		}
	}
	return at
}

// Every form of a national number that needs no word is looked at where neither
// a word nor the start of a line is near, and every other behind a word.
func TestNationalAnchorHasForms(t *testing.T) {
	for shape, forms := range idForms {
		prefix := "0), "
		if forms[0].need != alone {
			prefix = "tax id: "
		}
		if strings.HasPrefix(shape, "99AA") {
			continue // passports of a form that no detector starts in
		}
		value := strings.NewReplacer("9", "5", "A", "X").Replace(shape)
		at := fires(nationalAnchor(), prefix+value+" (")
		if len(at) == 0 {
			t.Errorf("%s: not looked at", shape)
		}
	}
}

// The places where a telephone number may begin, and those where the numbers of
// logs do that are none.
func TestPhoneAnchor(t *testing.T) {
	for _, s := range []string{
		"], 514-787-2100", "], 514 787 2100", "], 514.787.2100", "], 1-514-787-2100", "], 1 (514) 787-2100", "], (514) 787-2100", "], (514)787-2100",
		"], +44 20 7946 0123", "], 0044 20 7946 0123", "call: 5147872100", "tel 01 42 68 53 00", "01 42 68 53 00", "\n  01 42 68 53 00\n",
	} {
		if len(fires(phoneAnchor(), s)) == 0 {
			t.Errorf("%q: not looked at", s)
		}
	}
	for _, s := range []string{
		`HTTP/1.1" 200 9043 "-"`, "] 2015-07-29 17:41:44,747 - INFO", "[22/Dec/2016:16:26:18 +0300]", ") Chrome/41.0.2228.0 Safari/537.36", "]- 1131566461 2005.11.09 a", " 10.250.19.102:50010",
	} {
		if at := fires(phoneAnchor(), s); len(at) > 0 {
			t.Errorf("%q: looked at %d", s, at)
		}
	}
}
