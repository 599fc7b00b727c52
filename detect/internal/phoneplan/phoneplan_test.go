package phoneplan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

// library is what the oracle says of digits dialled in a region.
func library(digits, region string) bool {
	n, err := phonenumbers.Parse(digits, region)
	return err == nil && phonenumbers.IsValidNumberForRegion(n, region)
}

func TestRegions(t *testing.T) {
	if !slices.IsSortedFunc(plans[:], func(x, y plan) int { return slices.Compare([]byte(x.region), []byte(y.region)) }) {
		t.Fatal("plans are not in order")
	}
	known := phonenumbers.GetSupportedRegions()
	if len(known) != len(plans) {
		t.Errorf("%d plans, the library has %d", len(plans), len(known))
	}
	for region := range known {
		if !Has(region) {
			t.Errorf("no plan for %s", region)
		}
	}
	for _, none := range []string{"", "ZZ", "fr", "001"} {
		if Has(none) || Of(none) != nil {
			t.Errorf("a plan for %q", none)
		}
	}
}

// TestValid holds every plan to the library, on numbers that are valid, nearly
// valid and random, with and without prefixes.
func TestValid(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		t.Fatal(err)
	}
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	valid, judged := 0, 0
	for _, m := range all.GetMetadata() {
		region := m.GetId()
		if len(region) != 2 {
			continue
		}
		r := Of(region)
		check := func(digits string) {
			if len(digits) < 3 || len(digits) > 18 {
				return
			}
			want := library(digits, region)
			if got := r.Valid([]byte(digits)); got != want {
				t.Errorf("%s in %s: got %t, the library says %t", digits, region, got, want)
			}
			judged++
			if want {
				valid++
			}
		}
		bases := []string{""}
		for _, d := range forms(m) {
			if x := d.GetExampleNumber(); x != "" {
				bases = append(bases, x)
			}
		}
		prefixes := []string{"", "0", "00", "1", "8", "011", m.GetNationalPrefix(), fmt.Sprint(m.GetCountryCode()),
			fmt.Sprintf("00%d", m.GetCountryCode()), fmt.Sprintf("00%d0", m.GetCountryCode()), fmt.Sprintf("011%d", m.GetCountryCode()),
			fmt.Sprintf("%d%s", m.GetCountryCode(), m.GetNationalPrefix()), "0033", "001"}
		for _, base := range bases {
			for _, p := range prefixes {
				check(p + base)
				for range rounds {
					x := []byte(p + base)
					switch rng.IntN(4) {
					case 0:
						x = append(x, byte('0'+rng.IntN(10)))
					case 1:
						x = x[:max(len(x)-1-rng.IntN(4), 0)]
					case 2:
						for len(x) < 7+rng.IntN(6) {
							x = append(x, byte('0'+rng.IntN(10)))
						}
					}
					if len(x) > len(p) {
						x[len(p)+rng.IntN(len(x)-len(p))] = byte('0' + rng.IntN(10))
					}
					check(string(x))
				}
			}
		}
	}
	if valid < judged/20 || valid > judged-judged/20 {
		t.Errorf("%d of %d numbers are valid: this tests little", valid, judged)
	}
}

func forms(m *phonenumbers.PhoneMetadata) []*phonenumbers.PhoneNumberDesc {
	return []*phonenumbers.PhoneNumberDesc{m.GetFixedLine(), m.GetMobile(), m.GetPremiumRate(), m.GetTollFree(), m.GetSharedCost(),
		m.GetVoip(), m.GetPersonalNumber(), m.GetPager(), m.GetUan(), m.GetVoicemail()}
}

func TestAreaInUse(t *testing.T) {
	for area := range 1000 {
		n, err := phonenumbers.Parse(fmt.Sprintf("+1%03d2530000", area), "")
		if want := err == nil && phonenumbers.IsValidNumber(n); AreaInUse(area) != want {
			t.Errorf("area %03d: got %t", area, !want)
		}
	}
	if AreaInUse(-1) || AreaInUse(1024) || AreaInUse(1<<40) {
		t.Error("an area of more than three digits")
	}
}

func FuzzValid(f *testing.F) {
	f.Add("0199001234", uint8(70))
	f.Add("5145550100", uint8(35))
	f.Fuzz(func(t *testing.T, digits string, region uint8) {
		if len(digits) < 3 || len(digits) > 18 {
			return
		}
		for _, c := range digits {
			if c < '0' || c > '9' {
				return
			}
		}
		name := plans[int(region)%len(plans)].region
		if got, want := Of(name).Valid([]byte(digits)), library(digits, name); got != want {
			t.Errorf("%s in %s: got %t, the library says %t", digits, name, got, want)
		}
	})
}
