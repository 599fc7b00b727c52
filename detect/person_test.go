package detect

import "testing"

func TestPersonInText(t *testing.T) {
	testEvidence(t, []Kind{Person}, []evidenceCase{
		{"title", "talk to Dr. Zorba Quux, please", []string{"person:Zorba Quux"}},
		{"title without a point", "talk to Mrs Quux now", []string{"person:Quux"}},
		{"introduction", "Hello, my name is Zorba Quux.", []string{"person:Zorba Quux"}},
		{"letter", "Dear Zorba,\n\nplease", []string{"person:Zorba"}},
		{"given name", "a call from Anna Quux today", []string{"person:Anna Quux"}},
		{"particle", "met Guido van Quux and left", []string{"person:Guido van Quux"}},
		{"initial", "by Anna K. Quux", []string{"person:Anna K. Quux"}},
		{"alone in prose", "we told Michelle that it works", []string{"person:Michelle"}},
		{"start of text", "Michelle is here", []string{"person:Michelle"}},
		{"list", "with Anna, Quuxa and Carla.", []string{"person:Anna", "person:Quuxa", "person:Carla"}},

		{"signature", "All the best,\n\nZorba Quux\n", []string{"person:Zorba Quux"}},
		{"curly apostrophe", "was Anna Quux’s idea", []string{"person:Anna Quux"}},
		{"agent of a browser", "user agent Mozilla here", nil},
		{"columns", "a,b,\nName\nc", nil},
		{"street", "at Alexander Street", nil},
		{"program", "Jenkins build Jackson 2.1", nil},
		{"month", "in April and May", nil},
		{"all capitals", "ANNA QUUX", nil},
		{"greeting of many", "Dear Customer, hi all,", nil},
		{"key", "Victoria: 1, Anna=2", nil},
	})
}
