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

		{"list, the unknown first", "with Quuxa, Anna and Carla.", []string{"person:Quuxa", "person:Anna", "person:Carla"}},
		{"last names", "a talk of Quuxa, Lindqvist and Hernandez.", []string{"person:Quuxa", "person:Lindqvist", "person:Hernandez"}},
		{"last name alone in prose", "the Lindqvist novel is about", []string{"person:Lindqvist"}},
		{"last name by its ending", "said Quuxa Zorbadottir yesterday", []string{"person:Quuxa Zorbadottir"}},
		{"marks on letters", "a call from Tómas Quux and Zorba Müller", []string{"person:Tómas Quux", "person:Zorba Müller"}},
		{"field of an address", "billing address: Anna Quux\n12 Main Street", []string{"person:Anna Quux"}},

		{"signature", "All the best,\n\nZorba Quux\n", []string{"person:Zorba Quux"}},
		{"curly apostrophe", "was Anna Quux’s idea", []string{"person:Anna Quux"}},
		{"agent of a browser", "user agent Mozilla here", nil},
		{"columns", "a,b,\nName\nc", nil},
		{"street", "at Alexander Street", nil},
		{"program", "Jenkins build Jackson 2.1", nil},
		{"month", "in April and May", nil},
		{"all capitals", "ANNA QUUX", nil},
		{"greeting of many", "Dear Customer, hi all,", nil},
		{"places", "in Houston, Texas and in San Francisco, too", nil},
		{"programs", "Redis, Kafka and Nginx; Docker and Jenkins are up", nil},
		{"end of a word that is no name", "the Product Comparison, the Person Section, a Brand Season", nil},
		{"key", "Victoria: 1, Anna=2", nil},
	})
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Ångström": "angstrom", "Þórólfsdóttir": "thorolfsdottir", "Jerković": "jerkovic", "Łukasz": "lukasz", "Groß": "gross", "Æsa": "aesa",
		"Ωmega": "", "Анна": "", "Aĳ": "ai", "A name that is longer than any": "",
	} {
		var buf [maxWord]byte
		if got := string(fold(&buf, []byte(in))); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzPerson(f *testing.F) {
	f.Add([]byte("Ångström, Anna and Þór\xc3"))
	f.Add([]byte("Dr. \xc5\xff Müller & Sons"))
	e, err := New(Options{Kinds: []Kind{Person}})
	if err != nil {
		f.Fatal(err)
	}
	s := e.NewScanner()
	f.Fuzz(func(t *testing.T, b []byte) {
		last := 0
		for _, m := range s.Scan(b) {
			if m.Start < last || m.End <= m.Start || m.End > len(b) {
				t.Fatalf("match %d-%d after %d in %d bytes", m.Start, m.End, last, len(b))
			}
			last = m.End
		}
	})
}
