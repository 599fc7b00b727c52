package transform

import "testing"

func TestByText(t *testing.T) {
	for _, c := range []struct {
		spec string
		want bool
	}{{"redact", true}, {"mask:keep=1", true}, {"truncate", true}, {"truncate:runes=3", false}, {"generalise:to=year", false}} {
		s, err := ParseSpec(c.spec)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := New(s, Target{Label: "X", Domain: "x"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := ByText(tr); got != c.want {
			t.Errorf("ByText(%s) = %v, want %v", c.spec, got, c.want)
		}
		// What is said of it holds: with a Canonical the result is the same.
		for _, v := range []string{"192.0.2.7", "::ffff:192.0.2.7", "0200.5e10.0000", "02005e100000"} {
			got, err := tr.Append(nil, Value{Text: []byte(v)})
			with, errWith := tr.Append(nil, Value{Text: []byte(v), Canonical: []byte("02:00:5e:10:00:00")})
			if c.want && err == nil && (errWith != nil || string(got) != string(with)) {
				t.Errorf("%s of %s goes by its canonical spelling", c.spec, v)
			}
		}
	}
}
