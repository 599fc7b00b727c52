package detect

import (
	"slices"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"google.golang.org/protobuf/proto"
)

func TestPhone(t *testing.T) {
	runTextCases(t, Options{Kinds: []Kind{Phone}}, []textCase{
		{"e164", "+442079460018", []string{"phone:+442079460018"}},
		{"spaced", "at +49 30 1234567 today", []string{"phone:+49 30 1234567"}},
		{"trunk in brackets", "+44 (0)20 7946 0018", []string{"phone:+44 (0)20 7946 0018"}},
		{"code in brackets", "(+44) 20 7946 0018", []string{"phone:(+44) 20 7946 0018"}},
		{"status after it", "+1 514 555 0100 200 OK", []string{"phone:+1 514 555 0100"}},
		{"00 prefix", "ring 0044 20 7946 0018.", []string{"phone:0044 20 7946 0018"}},
		{"tel uri", "tel:+1-201-555-0123;ext=12", []string{"phone:+1-201-555-0123;ext=12"}},
		{"extension", "(514) 555-0100 ext. 5 and 514.555.0101 x123", []string{"phone:(514) 555-0100 ext. 5", "phone:514.555.0101 x123"}},
		{"toll free", "1-800-555-0100", []string{"phone:1-800-555-0100"}},
		{"area not in use", "111-555-0100 and 299-555-0100", nil},
		{"word and national form", "Phone: 02 79 46 00 18", []string{"phone:02 79 46 00 18"}},
		{"word and bare digits", "call me at 5145550100", []string{"phone:5145550100"}},
		{"key in camel case", `{"callerNumber":"5145550100"}`, []string{"phone:5145550100"}},
		{"no word", "02 79 46 00", nil},
		{"several", "+15145550100, +15145550101", []string{"phone:+15145550100", "phone:+15145550101"}},
		{"no country 999", "+999123456789", nil},
		{"too short for its country, alone", "+5051234567", []string{"phone:+5051234567"}},
		{"too short for its country, after a word", "phone +5051234567 or", []string{"phone:+5051234567"}},
		{"too short for its country, in a text", "delta +5051234567 bytes", nil},
		{"area code and the rest, alone", "415-6667777", []string{"phone:415-6667777"}},
		{"area code and the rest, in a text", "part 415-6667777 sold", nil},
		{"bare with an extension", "4156667777 x 123", []string{"phone:4156667777 x 123"}},
		{"short under a weak name", "clid=278463&clid=15145550100", []string{"phone:15145550100"}},
		{"longer than any", "(tel:1598040493.253 325)", nil},
	})
}

func TestPhoneRegions(t *testing.T) {
	runTextCases(t, Options{Kinds: []Kind{Phone}, Regions: []string{"fr", "DE"}}, []textCase{
		{"french", "le 01 99 00 12 34 ou 0199001234", []string{"phone:01 99 00 12 34", "phone:0199001234"}},
		{"too short", "le 01 99 00 12", nil},
		{"date", "2024-01-02 and 01.02.2024", nil},
	})
	if _, err := New(Options{Regions: []string{"ZZ"}}); err == nil {
		t.Error("no error for a region that is none")
	}
}

func TestPhoneField(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"81050017", []string{"81050017"}},
		{"5145550100", []string{"5145550100"}},
		{"2201", []string{"2201"}},
		{"+1 514 555 0100; 514 555 0101", []string{"+1 514 555 0100", "514 555 0101"}},
		{"unknown", nil},
		{"2024-01-02 03:04:05", nil},
		{"", nil},
	} {
		if got := fieldSpans(t, Phone, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestPhoneCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"+1 514 555 0100": "+15145550100", "(514) 555-0100": "+15145550100", "1-514-555-0100": "+15145550100", "5145550100": "+15145550100",
		"+44 (0)20 7946 0018": "+442079460018", "0044 20 7946 0018": "+442079460018", "+39 06 123456": "+3906123456",
		"514-555-0100 x12": "+15145550100;ext=12", "+15145550100;ext=12": "+15145550100;ext=12", "81050017": "81050017",
	} {
		if got := string(AppendCanonical(nil, Phone, []byte(in))); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestCallingCodes holds the table to the library's metadata.
func TestCallingCodes(t *testing.T) {
	known := phonenumbers.GetSupportedCallingCodes()
	for code, lengths := range callingCodes {
		if got := lengths != 0; got != known[code] {
			t.Errorf("calling code %d: in the table %t, in use %t", code, got, known[code])
			continue
		}
		national := uint64(2000)
		for n := 4; n <= 14 && lengths != 0; n++ {
			p := &phonenumbers.PhoneNumber{CountryCode: proto.Int32(int32(code)), NationalNumber: proto.Uint64(national)}
			want := phonenumbers.IsPossibleNumberWithReason(p) == phonenumbers.IS_POSSIBLE
			if got := lengths>>n&1 != 0; got != want {
				t.Errorf("calling code %d, %d digits: table says %t", code, n, got)
			}
			national *= 10
		}
	}
}
