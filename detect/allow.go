package detect

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/dlclark/regexp2/v2"
)

// Allow says which values are no match, whatever finds them. The zero value
// allows none.
type Allow struct {
	// Values are allowed in every spelling of theirs.
	Values []string
	// Networks hold allowed IP addresses; see NetworkSet.
	Networks []netip.Prefix
	// Domains are those whose mailboxes and hosts are allowed, with the domains
	// below them: "example.com".
	Domains []string
	// Patterns are regular expressions (the syntax of Custom.Pattern) for the whole of a
	// value, with DefaultPatternTimeout: when that is over, the value is not
	// allowed.
	Patterns []string
}

// allowed is an Allow made ready.
type allowed struct {
	values   map[Kind]map[string]bool
	networks []netip.Prefix
	domains  []string
	patterns []*regexp2.Regexp
}

func newAllowed(e *Engine, a Allow) (*allowed, error) {
	if len(a.Values)+len(a.Networks)+len(a.Domains)+len(a.Patterns) == 0 {
		return nil, nil
	}
	out := &allowed{values: map[Kind]map[string]bool{}, networks: a.Networks}
	for i := range MaxKinds {
		k := Kind(i)
		if !e.wanted[k] || len(a.Values) == 0 {
			continue
		}
		out.values[k] = map[string]bool{}
		for _, v := range a.Values {
			out.values[k][string(e.AppendCanonical(nil, k, []byte(v)))] = true
		}
	}
	for _, p := range a.Networks {
		if !p.IsValid() {
			return nil, errors.New("detect: an allowed network is none")
		}
	}
	for _, d := range a.Domains {
		out.domains = append(out.domains, strings.ToLower(strings.Trim(d, ".@")))
	}
	for i, expr := range a.Patterns {
		re, err := compilePattern(`\A(?:`+expr+`)\z`, false, 0)
		if err != nil {
			return nil, fmt.Errorf("detect: allowed pattern %d: %w", i+1, err)
		}
		out.patterns = append(out.patterns, re)
	}
	return out, nil
}

// allow takes the allowed values out of found, in place.
func (s *Scanner) allow(found []Match) []Match {
	kept := found[:0]
	for _, m := range found {
		v := s.t.b[m.Start:m.End]
		if m.Encoding != 0 {
			v = m.Encoding.AppendDecoded(nil, v)
		}
		if m.Timeout || m.Base64 || !s.isAllowed(m.Kind, v) {
			kept = append(kept, m)
		} else {
			s.t.miss(m.Kind, m.Start, m.End, "the policy allows it")
		}
	}
	return kept
}

// isAllowed says whether a value of kind k is allowed.
func (s *Scanner) isAllowed(k Kind, value []byte) bool {
	a := s.e.allowed
	s.low = s.e.AppendCanonical(s.low[:0], k, value)
	if a.values[k][string(s.low)] {
		return true
	}
	switch k {
	case IPv4, IPv6:
		if inNetworks(a.networks, s.low) {
			return true
		}
	case Email, Hostname:
		if inDomains(a.domains, s.low) {
			return true
		}
	}
	for _, re := range a.patterns {
		if ok, err := re.MatchString(string(value)); ok && err == nil {
			return true
		}
	}
	return false
}

func inNetworks(networks []netip.Prefix, address []byte) bool {
	if len(networks) == 0 {
		return false
	}
	ip, err := netip.ParseAddr(string(address))
	return err == nil && slices.ContainsFunc(networks, func(p netip.Prefix) bool { return p.Contains(ip.Unmap().WithZone("")) })
}

// inDomains says whether a mailbox or a host, in its canonical spelling, is in
// one of domains.
func inDomains(domains []string, value []byte) bool {
	if len(domains) == 0 {
		return false
	}
	host := bytes.TrimRight(bytes.ToLower(value[bytes.LastIndexByte(value, '@')+1:]), ".")
	for _, d := range domains {
		if rest, ok := bytes.CutSuffix(host, []byte(d)); ok && d != "" && (len(rest) == 0 || rest[len(rest)-1] == '.') {
			return true
		}
	}
	return false
}

// networkSets are networks of which everybody knows that they are nobody's, or
// whose.
var networkSets = []struct {
	name     string
	networks []netip.Prefix
}{
	// RFC 1918, RFC 4193.
	{"private", prefixes("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7")},
	// RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3.
	{"loopback", prefixes("127.0.0.0/8 ::1/128")},
	// RFC 3927; RFC 4291, section 2.5.6.
	{"link-local", prefixes("169.254.0.0/16 fe80::/10")},
	// RFC 5737; RFC 3849; RFC 9637.
	{"documentation", prefixes("192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32 3fff::/20")},
	// The public name servers of Google, Cloudflare, Quad9 and OpenDNS.
	{"resolvers", prefixes(`8.8.8.8/32 8.8.4.4/32 1.1.1.1/32 1.0.0.1/32 9.9.9.9/32 149.112.112.112/32
		208.67.222.222/32 208.67.220.220/32 2001:4860:4860::8888/128 2001:4860:4860::8844/128 2606:4700:4700::1111/128
		2606:4700:4700::1001/128 2620:fe::fe/128 2620:fe::9/128 2620:119:35::35/128 2620:119:53::53/128`)},
}

func prefixes(s string) (out []netip.Prefix) {
	for f := range strings.FieldsSeq(s) {
		out = append(out, netip.MustParsePrefix(f))
	}
	return out
}

// NetworkSet returns the networks that go by a name: private, loopback,
// link-local, documentation or resolvers; see NetworkSets.
func NetworkSet(name string) ([]netip.Prefix, bool) {
	for _, s := range networkSets {
		if s.name == name {
			return slices.Clone(s.networks), true
		}
	}
	return nil, false
}

// NetworkSets returns the names that NetworkSet knows.
func NetworkSets() (names []string) {
	for _, s := range networkSets {
		names = append(names, s.name)
	}
	return names
}
