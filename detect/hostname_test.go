package detect

import "testing"

func TestHostnameForm(t *testing.T) {
	testEvidence(t, []Kind{Hostname, SocialHandle}, []evidenceCase{
		{"domain", "lookup of www.example.com failed", []string{"hostname:www.example.com"}},
		{"URL", "https://api.example.com/v1", []string{"hostname:api.example.com"}},
		{"port", "db.example.org:5432", []string{"hostname:db.example.org"}},
		{"trailing point", "see example.com.", []string{"hostname:example.com"}},
		{"local", "ws7.corp.local is up", []string{"hostname:ws7.corp.local"}},
		{"country", "mail.example.de", []string{"hostname:mail.example.de"}},
		{"underscore", "_x.ws_7.example.com", []string{"hostname:x.ws_7.example.com"}},
		{"no dots", "amqp://mq7:5672/", []string{"hostname:mq7"}},
		{"with user", "redis://u@mq7:6379", []string{"hostname:mq7"}},
		{"unknown domain", "http://ws7.tvec/x", []string{"hostname:ws7.tvec"}},
		{"profile", "https://twitter.com/zoe7x/status/1", []string{"hostname:twitter.com", "social_handle:zoe7x"}},
		{"page of the network", "https://twitter.com/search?q=1", []string{"hostname:twitter.com"}},

		{"file", "main.py foo.go README.md app.log", nil},
		{"package", "org.apache.kafka.common java.lang.String com.example.app", nil},
		{"method", "user.name() obj.id", nil},
		{"version", "1.2.3 v1.2.x", nil},
		{"sentence", "the end.In the", nil},
		{"mailbox", "a@example.com", nil},
		{"key", `"event.info":1`, nil},
		{"namespace", "http://www.w3.org/2001/XMLSchema", nil},
		{"robot", "(compatible; x/1.0; +http://example.com/bot)", nil},
		{"path", "/etc/app.com/x", nil},
		{"extension", "chrome-extension://abc/x file://x/y", nil},
	})
}
