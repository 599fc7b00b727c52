package pipeline

import (
	"bytes"
	"slices"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/transform"
)

// mapped gives an IPv4 address that is written as an IPv6 one (RFC 4291, section
// 2.5.5.2) the token that it has as IPv4: both are one machine.
type mapped struct {
	transform.Transform                     // of IPv6
	four                transform.Transform // the same, of IPv4
}

func (m mapped) Append(dst []byte, v transform.Value) ([]byte, error) {
	if isIPv4(v.Canonical) {
		return m.four.Append(dst, v)
	}
	return m.Transform.Append(dst, v)
}

func (m mapped) Clone() transform.Transform { return mapped{m.Transform.Clone(), m.four.Clone()} }

// isIPv4 says whether the canonical spelling of an address is of version 4.
func isIPv4(canonical []byte) bool {
	return len(canonical) > 0 && bytes.IndexByte(canonical, ':') < 0
}

// keyed says whether a transform makes tokens of the kind's own key.
func keyed(s transform.Spec) bool {
	return slices.ContainsFunc(transform.List(), func(i transform.Info) bool { return i.Name == s.Name && i.NeedsKey })
}

// tokenKindOf returns the kind whose key the tokens of a value are made with.
func tokenKindOf(k detect.Kind, canonical []byte) detect.Kind {
	if k == detect.IPv6 && isIPv4(canonical) {
		return detect.IPv4
	}
	return k
}
