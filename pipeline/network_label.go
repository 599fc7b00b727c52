package pipeline

import (
	"errors"
	"net/netip"

	"github.com/scrim-dev/scrim/transform"
)

// Check refuses a label that could not be told from other text.
func (l NetworkLabel) Check() error {
	ok := l.Label != "" && len(l.Label) <= 32
	for _, c := range []byte(l.Label) {
		ok = ok && (c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-')
	}
	if !ok {
		return errors.New("a network label wants 1 to 32 upper-case letters, digits, - and _")
	}
	return nil
}

// labelled puts labels in place of the addresses of some networks, and leaves the
// others to a transform.
type labelled struct {
	transform.Transform
	labels []NetworkLabel
}

func (l labelled) Append(dst []byte, v transform.Value) ([]byte, error) {
	if ip, err := netip.ParseAddr(string(v.Canonical)); err == nil {
		ip = ip.Unmap().WithZone("")
		for i := range l.labels {
			for _, p := range l.labels[i].Networks {
				if p.Contains(ip) {
					return append(append(append(dst, '['), l.labels[i].Label...), ']'), nil
				}
			}
		}
	}
	return l.Transform.Append(dst, v)
}

func (l labelled) Clone() transform.Transform { return labelled{l.Transform.Clone(), l.labels} }
