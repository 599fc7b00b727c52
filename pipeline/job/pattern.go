package job

import (
	"errors"
	"path"
	"strings"
)

// A pattern is a glob over slash-separated names: * and ? within a part, [..]
// classes, ** for any number of parts. Without a slash it is for the last part
// of a name, wherever it stands.
type pattern struct {
	parts []string
}

func parsePattern(s string) (pattern, error) {
	s = strings.Trim(strings.TrimPrefix(path.Clean("/"+toSlash(s)), "/"), "/")
	parts := strings.Split(s, "/")
	if len(parts) == 1 {
		parts = []string{"**", parts[0]}
	}
	for _, p := range parts {
		if _, err := path.Match(p, ""); err != nil {
			return pattern{}, errors.New("a pattern has a [ without its ]")
		}
	}
	return pattern{parts}, nil
}

func parsePatterns(list []string) ([]pattern, error) {
	var out []pattern
	for _, s := range list {
		p, err := parsePattern(s)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// match says whether the pattern is for name.
func (p pattern) match(name string) bool { return matchParts(p.parts, strings.Split(name, "/")) }

// matchParts keeps the place behind the last ** to come back to, so that its
// work is bounded by the product of both lengths.
func matchParts(pat, name []string) bool {
	i, j, star, from := 0, 0, -1, 0
	for j < len(name) {
		switch {
		case i < len(pat) && pat[i] == "**":
			star, from = i, j
			i++
			continue
		case i < len(pat):
			if ok, _ := path.Match(pat[i], name[j]); ok {
				i, j = i+1, j+1
				continue
			}
		}
		if star < 0 {
			return false
		}
		from++
		i, j = star+1, from
	}
	for i < len(pat) && pat[i] == "**" {
		i++
	}
	return i == len(pat)
}

// matchAny says whether one of the patterns is for name or for a folder that it
// stands in.
func matchAny(list []pattern, name string) bool {
	for _, p := range list {
		for at := name; at != "." && at != "/" && at != ""; at = path.Dir(at) {
			if p.match(at) {
				return true
			}
		}
	}
	return false
}

func hasMeta(s string) bool { return strings.ContainsAny(s, "*?[") }
