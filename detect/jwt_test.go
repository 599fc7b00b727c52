package detect

import "testing"

func TestJWT(t *testing.T) {
	const (
		header  = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
		payload = "eyJzdWIiOiIxMjM0NTY3ODkwIn0"
		sig     = "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
	)
	testConformance(t, JWT, header+"."+payload+"."+sig)
	testValues(t, []valueTest{
		{"header value", "Authorization: Bearer «" + header + "." + payload + "." + sig + "»"},
		{"percent-encoded space", "Bearer%20«" + header + "." + payload + "." + sig + "»"},
		{"query", "?t=«" + header + "." + payload + "." + sig + "»&x=1"},
		{"encrypted", "«" + header + "." + sig + "." + sig + "." + sig + "." + sig + "»"},
		{"encrypted, direct", "«" + header + ".." + sig + "." + sig + "." + sig + "»"},
		{"not signed", "«" + header + "." + payload + ".» x"},
		{"signature taken away", "«" + header + "." + payload + "»"},
		{"header only", header},
		{"names with dots", "eyJustice.example.com internationalisation.service.example.com"},
	}, JWT)
}
