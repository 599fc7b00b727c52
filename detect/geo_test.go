package detect

import (
	"slices"
	"testing"
)

func TestGeo(t *testing.T) {
	runTextCases(t, Options{Kinds: []Kind{Geo}}, []textCase{
		{"word", "location: 48.8584, 2.2945", []string{"geo:48.8584, 2.2945"}},
		{"uri", "geo:48.8584,2.2945;u=10", []string{"geo:48.8584,2.2945"}},
		{"iso 6709", "at +40.20361-075.00417/ now", []string{"geo:+40.20361-075.00417/"}},
		{"degrees", "40°26'46\"N, 79°58'56\"W", []string{"geo:40°26'46\"N, 79°58'56\"W"}},
		{"out of range", "location 98.8584, 192.2945", nil},
		{"few decimals", "between 1.25, 2.75 s", nil},
		{"list", "location 1.2345, 2.3456, 3.4567", nil},
		{"version", "lat 1.2.3.4, 5.6", nil},
	})
	for text, want := range map[string][]string{
		"47.6275": {"47.6275"}, "-122": {"-122"}, "[47.6, -122.3]": {"47.6, -122.3"}, "197.5": nil, "north": nil,
	} {
		if got := fieldSpans(t, Geo, text); !slices.Equal(got, want) {
			t.Errorf("field %q: got %q, want %q", text, got, want)
		}
	}
}
