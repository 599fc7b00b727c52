package detect

import "testing"

func TestCookie(t *testing.T) {
	testValues(t, []valueTest{
		{"one", "Cookie: sid=«abc123»\r\nHost: x"},
		{"many", "cookie: sid=«abc123»; theme=«dark»;x=«1»"},
		{"quoted value", `Cookie: sid="«abc123»"; b=«c»`},
		{"set", "Set-Cookie: sid=«abc123»; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly"},
		{"in JSON", `{"headers":"Cookie: sid=«abc123»; b=«c»","k":1`},
		{"JSON key", `{"cookie":"sid=«abc123»; b=«c»","k":1}`},
		{"JSON in JSON", `"{\"Cookie\":\"sid=«abc123»; b=«c»\",\"k\":1}"`},
		{"JSON list", `{"set-cookie":["a=«1»; Path=/","b=«2»; HttpOnly"],"k":"v=1"}`},
		{"curl", `-H 'Cookie: sid=«abc123»; b=«c'»`},
		{"escaped line end", `Cookie: sid=«abc123»\r\nHost: x`},
		{"equals signs", "Cookie: s=«a=b==»; t=«c»"},
		{"empty value", "Cookie: a=; b=«c»"},
		{"no pairs", "Cookie: none"},
		{"other words", "Rookie: a=b fortunecookie: a=b"},
	}, Cookie)
}

func TestCookieNamed(t *testing.T) {
	testNamed(t, Cookie, []valueTest{
		{"pairs", "sid=«abc123»;theme=«dark»"},
		{"attributes", "sid=«abc123»; Path=/x; SameSite=Lax"},
		{"value", "«345hkjhdrs87/0000»"},
		{"none", "-"},
	})
}
