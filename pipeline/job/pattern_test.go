package job

import (
	"slices"
	"strings"
	"testing"
)

func TestPatterns(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"*.log", "a.log", true},
		{"*.log", "d/e/a.log", true},
		{"*.log", "d/a.txt", false},
		{"d/*.log", "d/a.log", true},
		{"d/*.log", "c/d/a.log", false},
		{"d/*.log", "d/e/a.log", false},
		{"d/**/*.log", "d/a.log", true},
		{"d/**/*.log", "d/e/f/a.log", true},
		{"**/e/**", "d/e/f/a.log", true},
		{"**/e/**/x", "d/e/f/a.log", false},
		{"**", "a", true},
		{"/d/a", "d/a", true},
		{"[ab].log", "b.log", true},
	} {
		p, err := parsePattern(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.match(c.name); got != c.want {
			t.Errorf("%s of %s: %v", c.pattern, c.name, got)
		}
	}
	if _, err := parsePattern("a["); err == nil {
		t.Error("a[ is taken for a pattern")
	}
}

func TestReadList(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		nul  bool
		want []string
	}{
		"lines":       {"a\nb c\n\nd", false, []string{"a", "b c", "d"}},
		"windows":     {"a\r\nb\r\n", false, []string{"a", "b"}},
		"nul":         {"a\nb\x00c\x00", true, []string{"a\nb", "c"}},
		"nothing":     {"", false, nil},
		"nul, no end": {"a\x00b", true, []string{"a", "b"}},
	} {
		got, err := ReadList(strings.NewReader(c.in), c.nul)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestClimbs(t *testing.T) {
	for name, want := range map[string]bool{
		"a": false, "a/b": false, "./a": false, "a/../b": false, "..a": false, "": false, "a/..": false,
		"/a": true, "..": true, "../a": true, "a/../../b": true, `..\a`: true, `C:\a`: true, "c:a": true, `\a`: true,
	} {
		if climbs(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

// FuzzPatterns holds matchParts to the plain definition of **.
func FuzzPatterns(f *testing.F) {
	f.Add("**/a/*", "x/a/b")
	f.Add("a/**/b/**", "a/b/b")
	f.Fuzz(func(t *testing.T, pat, name string) {
		if len(pat) > 24 || len(name) > 24 {
			return
		}
		p, n := strings.Split(pat, "/"), strings.Split(name, "/")
		if _, err := parsePatterns(p); err != nil {
			return
		}
		if got, want := matchParts(p, n), plainMatch(p, n); got != want {
			t.Errorf("%q of %q: %v", pat, name, got)
		}
	})
}

func plainMatch(pat, name []string) bool {
	switch {
	case len(pat) == 0:
		return len(name) == 0
	case pat[0] == "**":
		return plainMatch(pat[1:], name) || len(name) > 0 && plainMatch(pat, name[1:])
	case len(name) == 0:
		return false
	}
	return (pattern{pat[:1]}).match(name[0]) && plainMatch(pat[1:], name[1:])
}
