package detect

import "testing"

func TestIPv4(t *testing.T) {
	testConformance(t, IPv4, "192.0.2.1", "0.0.0.0", "255.255.255.255", "127.0.0.1", "198.51.100.255", "1.1.1.1")
	testValues(t, []valueTest{
		{"port", "«1.2.3.4»:443 «192.0.2.1»:8080:x"},
		{"mask", "«192.0.2.0»/24"},
		{"forwarded for", "X-Forwarded-For: «192.0.2.1»,«198.51.100.2», «203.0.113.3»"},
		{"brackets", "[«192.0.2.1»]"},
		{"sentence end", "from «192.0.2.1»."},
		{"sentence goes on", "from «192.0.2.1». Then"},
		{"range", "«192.0.2.1»-«192.0.2.9» and «192.0.2.1»-254"},
		{"range of small ones", "«1.2.3.4»-«1.2.3.9»"},
		{"too large", "256.0.0.1 1.2.3.256 1.2.3.1000 192.0.2.999"},
		{"leading zeros", "01.2.3.4 1.2.3.04 0200.200.200.200"},
		{"three numbers", "1.2.3 192.0.2"},
		{"object identifier", "1.3.6.1.4.1.9 2.5.29.17.1 1.2.3.4.5"},
		{"port after a dot", "IP «192.0.2.1».54321 > «198.51.100.2».443: Flags"},
		{"browser", "Chrome/120.0.0.0 Safari/537.36"},
		{"other products", `"Firefox/2.0.0.4" OPR/9.1.2.3; BonEcho/2.0.0.1)`},
		{"interface", "to inside/«192.0.2.1»(51763) outside/«192.0.2.2»/80"},
		{"host and address", "localhost/«127.0.0.1»:2181 /«192.0.2.1»"},
		{"URL", "http://«192.0.2.1»/x ftp://«192.0.2.2»:21"},
		{"version word", "version 8.5.1.2, Version: 8.5.1.2 ver=8.5.1.2"},
		{"version in JSON", `"appVersion":"8.5.1.2","version": "8.5.1.2"`},
		{"server is no version", "server: «192.0.2.1» server=«192.0.2.2»"},
		{"firmware", "firmware 9.1.2.3 build 1.2.3.4"},
		{"v in front", "v1.2.3.4"},
		{"section", "section 4.3.2.1"},
		{"release with suffix", "hdp/2.3.0.0-2557 1.2.3.4-SNAPSHOT 1.2.3.4+deb9u1 1.2.3.4~rc1"},
		{"file", "log4j-1.2.3.4.jar lib-192.0.2.1.tar.gz"},
		{"package", "libfoo_1.2.3.4_amd64.deb"},
		{"dashes", "ip-10-0-0-1.ec2.internal"},
		{"name from address", "«192.0.2.1».dyn.example.com"},
		{"node name", "IP-«192.0.2.1» TOR-Node-«198.51.100.7»"},
		{"percent-encoded", "ip%3D«192.0.2.1»%26x ?u=%22«10.0.0.1»%22 %20«1.2.3.4»"},
		{"JSON escape", `"x\n«10.0.0.1»\t«10.0.0.2»" \u0022«10.0.0.3»\u0022`},
		{"rsyslog tab", "#011«10.0.0.1»"},
		{"letters next to it", "a192.0.2.1 192.0.2.1b"},
		{"over a line end", "192.0.\n2.1"},
		{"decimal comma", "1.000.000.000,5"},
		{"equals", "SRC=«192.0.2.1» DST=«192.0.2.2» LEN=60"},
		{"firewall field", "fw=«192.0.2.1» pri=6"},
	}, IPv4)
}

func TestIPNamed(t *testing.T) {
	testNamed(t, IPv4, []valueTest{
		{"port", "«192.0.2.1»:80"},
		{"none", "-"},
		{"word", "unknown"},
		{"many", "«192.0.2.1», «2001:db8::1»,«198.51.100.1»"},
		{"looks like a version", "version=«4.3.2.1»"},
	})
	testNamed(t, IPv6, []valueTest{{"v4 in v6", "«::ffff:192.0.2.1»"}, {"brackets", "[«2001:db8::1»]:443"}, {"unspecified", "«::»"}, {"a v4 address", "«192.0.2.1»"}})
}

func TestIPCanonical(t *testing.T) {
	testCanonical(t, IPv4, [][2]string{{"192.0.2.1", "192.0.2.1"}})
	testCanonical(t, IPv6, [][2]string{
		{"::ffff:192.0.2.1", "192.0.2.1"},
		{"::FFFF:C000:0201", "192.0.2.1"},
		{"2001:0DB8:0:0:0:0:0:1", "2001:db8::1"},
		{"fe80::1%eth0", "fe80::1%eth0"},
	})
}
