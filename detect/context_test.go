package detect

import (
	"strings"
	"testing"
)

// TestContext holds what a value's surroundings make of it, in lines of several
// kinds.
func TestContext(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"mailbox again in the name of a message", "from bob@example.com id <20210203101112-1-bob@example.com> sent",
			"email bob@example.com, email bob@example.com"},
		{"last name again", "Maria Lindqvist came, and Lindqvist left", "person Maria Lindqvist, person Lindqvist"},
		{"first name not known", "it was Zorvan Petersen who left", "person Zorvan Petersen"},
		{"initial between", "it was Zorvan Q. Petersen who left", "person Zorvan Q. Petersen"},
		{"street of a name", "the Murphy Street bridge", ""},
		{"option", "run --db-password s3cr3t-x --verbose", "password s3cr3t-x"},
		{"option, one dash", "run -user bob77 -v", "username bob77"},
		{"option, quoted", `run --password "two words" now`, "password two words"},
		{"option with another behind", "run --password --verbose", ""},
		{"no option", "well-user bob77 is", ""},
		{"given name under a weak name", `{"displayName":"Anna","title":"Anna"}`, "person Anna"},
		{"name of an installer", "from DESKTOP-7C3G2KD to LAPTOP-0A1B2C3D", "hostname DESKTOP-7C3G2KD, hostname LAPTOP-0A1B2C3D"},
		{"name of a cloud", "on ip-10-0-0-1 now", "hostname ip-10-0-0-1"},
		{"name of a cluster", "on node-17 now", "hostname node-17"},
		{"name of a cluster's part", "on node-D4 and node-R63 now", "hostname node-D4, hostname node-R63"},
		{"no computer", "the DESKTOP-version, ip-10-0, node-17x, server-12345", ""},
		{"path", "in /srv/node-17/x", ""},
		{"login where a mailbox is asked for", `{"email":"bob77"}`, "username bob77"},
		{"word where a mailbox is asked for", `{"email":"missing"}`, ""},
		{"call of SIP", `"call_id":"8694cd7e-976e4fc3@192.0.2.1"`, "session_id 8694cd7e-976e4fc3@192.0.2.1"},
		{"kind of user of SIP", "Contact: <sip:203.0.113.7:5060;user=phone>", "ipv4 203.0.113.7"},
		{"scheme", "Authorization: Basic 123456ABCDEF", "api_key 123456ABCDEF"},
		{"name under a computer", `{"username":"DESKTOP-7C3G2KD\\bob77"}`, "hostname DESKTOP-7C3G2KD, username bob77"},
		{"word for streets before the number", "at Villacher Strasse 89, then", "address Villacher Strasse 89"},
		{"address that is named", "Address: the corner of Kossuth u. 10 and Elm Street 5", "address the corner of Kossuth u. 10 and Elm Street 5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, m := range newScanner(t, Options{}).Scan([]byte(c.in)) {
				got = append(got, m.Kind.String()+" "+c.in[m.Start:m.End])
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

// TestSpansNameTheirValues has text of which a format has cut the values: what a
// name between them says is left to the span's Field, what one within a value
// says is not.
func TestSpansNameTheirValues(t *testing.T) {
	const in = `{"user":"bob77","note":"user=eve42 left","kind":"user","value":"x"}`
	span := func(v string) Span {
		i := strings.Index(in, v)
		return Span{Start: i, End: i + len(v)}
	}
	spans := []Span{span("bob77"), span("user=eve42 left")}
	for _, named := range []bool{false, true} {
		want := "eve42"
		if named {
			spans[0].Field, want = Field{Kind: Username}, "bob77 eve42"
		}
		var got []string
		for _, m := range newScanner(t, Options{}).ScanSpans([]byte(in), spans) {
			got = append(got, in[m.Start:m.End])
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("named %t: got %q, want %q", named, s, want)
		}
	}
}
