package detect

import "testing"

func TestSyslog(t *testing.T) {
	testEvidence(t, []Kind{Hostname, Username}, []evidenceCase{
		{"RFC 3164", "Jan  5 10:00:00 ws7 sshd[12]: hello", []string{"hostname:ws7"}},
		{"RFC 3164 with priority", "<34>Oct 11 22:14:15 ws7 su: hello", []string{"hostname:ws7"}},
		{"RFC 5424", "<165>1 2003-10-11T22:14:15.003Z ws7 app - ID47 hello", []string{"hostname:ws7"}},
		{"RFC 5424 with zone", "<165>1 2003-08-24T05:14:15.000003-07:00 ws7.example.com app 8710 - hello", []string{"hostname:ws7.example.com"}},
		{"ISO time", "2026-01-05T10:00:00+01:00 ws7 sshd[12]: hello", []string{"hostname:ws7"}},
		{"module", "Jan  5 10:00:00 ws7 sshd(pam_unix)[12]: hello", []string{"hostname:ws7"}},
		{"kernel", "Jan  5 10:00:00 ws7 kernel: hello", []string{"hostname:ws7"}},
		{"relay", "Jan  5 10:00:00 src@ws7 crond[12]: hello", []string{"hostname:ws7"}},
		{"facility", "Jan  5 10:00:00 ws7 auth.info sshd[12]: hello", []string{"hostname:ws7"}},
		{"Cisco", "Jan  5 10:00:00 ws7 : %ASA-6-302013: Built", nil},
		{"Cisco host", "Jan  5 10:00:00 ws7: %ASA-6-302013: Built", []string{"hostname:ws7"}},
		{"keys behind", "Jan  5 10:00:00 ws7 level=info", []string{"hostname:ws7"}},
		{"two words", "Jan  5 10:00:00 ws7 Some App[12]: hello", []string{"hostname:ws7"}},
		{"pkexec", "Jan  5 10:00:00 ws7 pkexec[12]: zoe7: Executing", []string{"hostname:ws7", "username:zoe7"}},
		{"relayed, no program", "2005.11.09 ws7 Nov  9 12:10:43 local@ws7 - some words of it", []string{"hostname:ws7", "hostname:ws7"}},
		{"W3C extended", "2025-01-01 10:11:12 W3SVC1 WEB7 192.0.2.1 GET /x q=1 443 OFFICE\\zoe7 198.51.100.9 Mozilla 200", []string{"hostname:WEB7", "username:OFFICE\\zoe7"}},
		{"W3C without names", "2025-01-01 10:11:12 192.0.2.1 POST /x - 443 zoe7 2001:db8::9 - 200", []string{"username:zoe7"}},
		{"W3C, nobody", "2025-01-01 10:11:12 192.0.2.1 GET /x - 443 - 198.51.100.9 - 200", nil},
		{"time and a method", "2025-01-01 10:11:12 worker got GET /x from 192.0.2.1", nil},
		{"openvpn without a host", "Jan  5 10:00:00 openvpn[12]: zoe7/192.0.2.1:99 x", []string{"username:zoe7"}},
		{"access log", `192.0.2.1 - zoe7 [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0"`, []string{"username:zoe7"}},
		{"access log without a user", `192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0"`, nil},
		{"access log of a host", `ws7 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0"`, []string{"hostname:ws7"}},

		{"level", "2026-01-05 10:00:00 INFO main: hello", nil},
		{"level and thread", "2026-01-05 10:00:00,123 WARN [main] hello: x", nil},
		{"sentence", "2026-01-05 10:00:00 Connection closed by peer", nil},
		{"program only", "Jan  5 10:00:00 sshd[12]: hello", nil},
		{"address", "Jan  5 10:00:00 192.0.2.1 sshd[12]: hello", nil},
		{"range", "from 10:00:00 to 11:00:00 all: quiet", nil},
	})
}
