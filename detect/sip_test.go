package detect

import "testing"

func TestSIP(t *testing.T) {
	testValues(t, []valueTest{
		{"invite", "INVITE sip:«15145550134»@192.0.2.5 SIP/2.0"},
		{"plus", "From: <sips:«+442079460123»@pbx.example.com:5061>;tag=1"},
		{"extension", "sip:1001@pbx.example.com"},
		{"no scheme", "x 15145550134@192.0.2.5"},
		{"too long", "sip:1514555013415145550134@192.0.2.5"},
	}, Phone)
}
