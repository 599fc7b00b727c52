package pipeline

import (
	"strings"
	"testing"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

// TestEncodedValues holds that what is written under escapes is replaced inside
// them, and by what stands for the value itself.
func TestEncodedValues(t *testing.T) {
	for _, c := range []struct{ name, set, in, want string }{
		{"label", "email=redact", "/x?m=a%40example.com&y=1\n", "/x?m=[EMAIL]&y=1\n"},
		{"percent", "email=mask:keep=1", "/x?m=a%40example.com&y=1\n", "/x?m=%2A%2A%2A%2A%2A%2A%2A%2A%2A%2A%2A%2Am&y=1\n"},
		{"kept", "email=keep", "/x?m=a%40example.com&y=1\n", "/x?m=a%40example.com&y=1\n"},
		{"string in a string", "email=redact", `l: "{\"to\":\"a\\u0040example.com\"}"` + "\n", `l: "{\"to\":\"[EMAIL]\"}"` + "\n"},
		{"entity", "email=redact", "<a>a&#64;example.com</a>\n", "<a>[EMAIL]</a>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := set(t, c.set)
			p.Only = []detect.Kind{detect.Email}
			if got, _ := runOn(t, Config{Policy: p, Format: "text"}, strings.NewReader(c.in)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	p := set(t, "email=hash")
	p.Only = []detect.Kind{detect.Email}
	out, _ := runOn(t, Config{Policy: p, Keys: transform.Ephemeral(), Format: "text"},
		strings.NewReader("x A@example.com y\nx a%40example.com y\nx a\\u0040example.com y\nx a&#64;example.com y\n"))
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for _, l := range lines[1:] {
		if l != lines[0] {
			t.Errorf("tokens differ: %q and %q", lines[0], l)
		}
	}
}
