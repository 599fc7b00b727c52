package detect

import "testing"

func TestIPv6(t *testing.T) {
	testConformance(t, IPv6, "2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:DB8:1:2:3:4:5:6", "::ffff:192.0.2.1", "64:ff9b::192.0.2.33",
		"fe80::1%eth0", "::1", "1:2:3:4:5:6:192.0.2.1", "fe80::1ff:fe23:4567:890a")
	testValues(t, []valueTest{
		{"gap at the end", "«2001:db8::» x «1:2:3:4:5:6:7::»"},
		{"gap anywhere", "«1::8» «1:2::8» «1:2:3:4:5:6::8» «2001:db8::2:1»"},
		{"leading zeros", "«2001:0db8:0001:0000:0000:0ab9:c0a8:0102»"},
		{"all zeros", "«0:0:0:0:0:0:0:0» «0:0:0:0:0:0:0:1»"},
		{"alone", "a :: b"},
		{"alone in quotes, an operator", `"::"`},
		{"alone in brackets", "listen [«::»]:80"},
		{"alone between tabs", "x\t«::»\t135"},
		{"namespaces", "std::string a::b Foo::Bar ::add dead::beef x::y::z"},
		{"namespaces of digits", "Mod1::func2 std::vector<int>::at"},
		{"time", "10:20:30 2026-01-02T10:20:30:123 02/Jan/2026:10:20:30"},
		{"time and word", "12:30:00,034::WARNING::"},
		{"time with gap", "12:30:45::1"},
		{"hardware address", "00:00:5e:00:53:01 00:00:5e:ff:fe:00:53:01"},
		{"fingerprint", "2d:37:6b:11:43:f8:96:08:fe:60:42:20:98:9f:75:af"},
		{"words of hex letters", "dead:beef abc:def:fed"},
		{"too many groups", "1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1"},
		{"too few groups", "684D:1111:222:3333:4444:5555:77"},
		{"group too long", "::11111 11111:1:1:1:1:1:1:1"},
		{"two gaps", "2001::db8::1"},
		{"bad IPv4 tail", "::ffff:256.0.0.1 ::ffff:192.168.1 2001:db8::256.1.1.1"},
		{"zone", "«fe80::1%eth0» «fe80::1%3» «fe80::1%25en0» «ff02::5678%pvc1.3»"},
		{"brackets and port", "http://[«2001:db8::1»]:8080/ [«::1»]:80"},
		{"port without brackets", "«::1»:37752 «2001:db8::1234»:58430 «1:2:3:4:5:6:7:8»:443"},
		{"port and word", "/«0:0:0:0:0:0:0:0»:2181:FastLeader"},
		{"mask", "«2001:db8::»/32 «2001:db8:a::1»/128"},
		{"name in front", "[IPv6:«2001:db8::1»] (smtpd:«2001:db8:0:1::3») en0:«2001:db8:1:2:3:4:5:6» v6(en0+:«2001:db8::7»)"},
		{"percent-encoded brackets", "%5B«2001:db8::1»%5D:80 %5B«::1»%5D"},
		{"JSON escapes", `"x\n«2001:db8::1»\t«2001:db8::2»"`},
		{"sentence", "from «2001:db8::1». Then «2001:db8::2», then «2001:db8::3»: ok"},
		{"comma-joined", "«2001:db8::1»,«2001:db8::2»"},
		{"v4 mapped", "ip=«::ffff:192.0.2.1»:443"},
		{"part of a word", "text2001:db8::1 2001:db8::1g"},
		{"over a line end", "2001:db8:\n:1"},
	}, IPv6)
}
