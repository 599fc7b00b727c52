package pipeline

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/detect"
)

// TestBase64 holds that text in base64 comes out as base64 of what the text would
// have come out as, whatever it stands in.
func TestBase64(t *testing.T) {
	std, url := base64.StdEncoding, base64.RawURLEncoding
	inner := `{"ip":"203.0.113.9","email":"alice@example.com"}`
	nested := std.EncodeToString([]byte("from bob@example.com to me, 12"))
	allow := Policy{Allow: detect.Allow{Values: []string{"alice@example.com"}}}
	for _, c := range []struct {
		name     string
		policy   Policy
		format   string
		in, want string
	}{
		{"two values", Policy{}, "text", "x " + std.EncodeToString([]byte(inner)) + " y", "x " + std.EncodeToString([]byte(`{"ip":"203.0.113.0","email":"[EMAIL]"}`)) + " y"},
		{"one is kept", set(t, "ipv4=keep"), "text", std.EncodeToString([]byte(inner)), std.EncodeToString([]byte(`{"ip":"203.0.113.9","email":"[EMAIL]"}`))},
		{"both are kept", set(t, "ipv4=keep", "email=keep"), "text", std.EncodeToString([]byte(inner)), std.EncodeToString([]byte(inner))},
		{"one is allowed", allow, "text", std.EncodeToString([]byte(inner)), std.EncodeToString([]byte(`{"ip":"203.0.113.0","email":"alice@example.com"}`))},
		{"alphabet of URLs", Policy{}, "text", url.EncodeToString([]byte("ip 203.0.113.9 ok?>~")), url.EncodeToString([]byte("ip 203.0.113.0 ok?>~"))},
		{"nested", Policy{}, "jsonl", `{"t":"` + std.EncodeToString([]byte(`{"n":"`+nested+`"}`)) + `"}`,
			`{"t":"` + std.EncodeToString([]byte(`{"n":"`+std.EncodeToString([]byte("from [EMAIL] to me, 12"))+`"}`)) + `"}`},
		{"under percent signs", Policy{}, "text", "q=" + strings.ReplaceAll(std.EncodeToString([]byte("to bob@example.com!")), "=", "%3D") + "&z",
			"q=" + strings.ReplaceAll(std.EncodeToString([]byte("to [EMAIL]!")), "=", "%3D") + "&z"},
		{"a secret as a whole", Policy{}, "text", "Authorization: Basic " + std.EncodeToString([]byte("bob@example.com:hunter2")), "Authorization: Basic [API_KEY]"},
		{"by what stands around", Policy{}, "text", "?" + strings.ReplaceAll("user%3D"+url.EncodeToString([]byte("no value is in here")), "%3D", "="), "?user=[USERNAME]"},
	} {
		cfg := Config{Policy: c.policy, Format: c.format, Base64: true}
		if got, _ := runOn(t, cfg, strings.NewReader(c.in)); got != c.want {
			t.Errorf("%s: %s\ngot  %s\nwant %s", c.name, c.in, got, c.want)
		}
		cfg.Base64 = false
		if got, _ := runOn(t, cfg, strings.NewReader(c.in)); got == c.want && c.want != c.in && !strings.Contains(c.want, "[") {
			t.Errorf("%s: unasked, too", c.name)
		}
	}
}
