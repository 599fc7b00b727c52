package detect

import "testing"

func TestURLUserinfo(t *testing.T) {
	testValues(t, []valueTest{
		{"user and password", "https://«someone:secret»@example.com/x"},
		{"user", "ftp://«someone»@192.0.2.1"},
		{"password with delimiters", "amqp://«app:p,w;(1)'2»@example.com:5672/vhost"},
		{"at sign in the password", "redis://«:p@ss»@example.com:6379"},
		{"percent-encoded user", "https://«a%40example.org»@example.com/"},
		{"JSON escapes", `{"url":"https:\/\/«someone:secret»@example.com\/x"}`},
		{"upper case", "HTTP://«Someone:Secret»@EXAMPLE.COM"},
		{"none", "https://example.com/a@b https://example.com?x=a@b https://example.com#a@b"},
		{"port and mail after", "http://example.com:80,someone@example.com"},
		{"mail after", "http://example.com, someone@example.com http://example.com someone@example.com"},
		{"repository", "ssh://git@example.com/a.git git+ssh://git@example.com/b"},
		{"no scheme", "://someone@example.com"},
		{"quotes end it", `"https://example.com"@x`},
		{"end of text", "https://«a:b»@"},
		{"over a line end", "https://someone:\nsecret@example.com"},
	}, URLUserinfo)
}

func TestURLUserinfoHidesMailInIt(t *testing.T) {
	testValues(t, []valueTest{{"whole", "https://«a@example.com:secret»@example.org/"}}, URLUserinfo, Email)
}
