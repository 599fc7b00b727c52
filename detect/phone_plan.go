package detect

import (
	"fmt"
	"strings"

	"github.com/scrim-dev/scrim/detect/internal/phoneplan"
)

// Whether a number is of a region takes some regular expressions, so each is
// asked once: in a small cache where each number has one place.

const phoneCacheSize = 1024

// A phoneCache remembers answers of the number plans for one Scanner.
type phoneCache struct {
	read    dialled // the number being judged
	numbers [phoneCacheSize]struct {
		key uint64
		ok  bool
	}
}

// areaInUse says whether the area code of x, which has ten digits after its 1, is
// in use in the North American Numbering Plan.
func (t *text) areaInUse(x *dialled) bool {
	d := x.digits[x.n-10 : x.n]
	if d[0] < '2' || d[3] < '2' {
		return string(d[:3]) == "555"
	}
	area := number(d[:3])
	if area == 555 {
		return true // the area of examples
	}
	return phoneplan.AreaInUse(area)
}

// regionalForm says whether x, as written, is a number of one of the regions
// asked for: in groups, or after a trunk 0, or with the length of none other.
func (t *text) regionalForm(x *dialled) bool {
	if x.n > 15 || x.n < 7 || x.isDate() || x.dotted && x.groups == 4 && x.last <= 3 {
		return false
	}
	if x.groups == 1 && (x.digits[0] != '0' || x.n < 9) {
		return false
	}
	if x.groups > 1 && !looseForm(x, 0) {
		return false
	}
	for i, region := range t.opts.Regions {
		if t.cache.phone.valid(x.digits[:x.n], i, region) {
			return true
		}
	}
	return false
}

// valid says whether the digits are a number of the region, the i-th asked for.
func (c *phoneCache) valid(digits []byte, i int, region string) bool {
	v := uint64(number(digits)) // at most 15 digits: 50 bits
	key := v | uint64(len(digits))<<51 | uint64(i+1)<<55
	slot := &c.numbers[(key*0x9e3779b97f4a7c15)>>54]
	if slot.key != key {
		slot.key = key
		slot.ok = phoneplan.Of(strings.ToUpper(region)).Valid(digits)
	}
	return slot.ok
}

// maxRegions is how many regions may be asked for: a key of the cache has room
// for so many.
const maxRegions = 256

// checkRegions says whether there are number plans for all regions.
func checkRegions(regions []string) error {
	if len(regions) > maxRegions {
		return fmt.Errorf("detect: %d regions, at most %d are possible", len(regions), maxRegions)
	}
	for i, r := range regions {
		if !phoneplan.Has(strings.ToUpper(r)) {
			return fmt.Errorf("detect: region %d is not an ISO 3166-1 code with a number plan; write two letters such as CA or FR", i+1)
		}
	}
	return nil
}
