package detect

import (
	"fmt"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Number plans. The library that knows them takes 10 to 20 microseconds for each
// question, so that each is asked once: area codes in a table, whole numbers in
// a small cache where each has one place.

const phoneCacheSize = 1024

// A phoneCache remembers answers of the number plans for one Scanner.
type phoneCache struct {
	read    dialled     // the number being judged
	areas   [1000]uint8 // 0: not asked, or one of the answers
	numbers [phoneCacheSize]struct {
		key uint64
		ok  bool
	}
}

const (
	planNo  = 1
	planYes = 2
)

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
	if t.cache.phone.areas[area] == 0 {
		t.cache.phone.areas[area] = planNo
		// 253 is an exchange that every area could have.
		n, err := phonenumbers.Parse("+1"+string(d[:3])+"2530000", "")
		if err == nil && phonenumbers.IsValidNumber(n) {
			t.cache.phone.areas[area] = planYes
		}
	}
	return t.cache.phone.areas[area] == planYes
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
		n, err := phonenumbers.Parse(string(digits), strings.ToUpper(region))
		slot.ok = err == nil && phonenumbers.IsValidNumberForRegion(n, strings.ToUpper(region))
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
	known := phonenumbers.GetSupportedRegions()
	for i, r := range regions {
		if !known[strings.ToUpper(r)] {
			return fmt.Errorf("detect: region %d is not an ISO 3166-1 code with a number plan; write two letters such as CA or FR", i+1)
		}
	}
	return nil
}
